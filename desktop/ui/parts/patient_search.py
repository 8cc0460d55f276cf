"""Find a patient as typed, or scanned: a field, and the list of who fits."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView, QStackedWidget, QVBoxLayout, QWidget

from desktop.problem import Problem
from desktop.records.facts.patient import Patient
from desktop.records.facts.sheet import read_page_code
from desktop.ui.parts.background import Background
from desktop.ui.parts.patient_list import PatientDelegate, PatientList
from desktop.ui.parts.pieces import EmptyState, Notice

_PAUSE_MS = 120
FindPatients = Callable[[str], Sequence[Patient]]


class PatientSearch(QWidget):
    """Enter takes the only patient that fits; with several it moves to the list, where Enter takes
    the one that is lit. So a scanned number needs no more keys, and a common name takes two.
    `code_typed` carries the code of a page, which is nobody's number."""

    patient_chosen = Signal(object)
    searched = Signal(int)
    code_typed = Signal(str)

    def __init__(self, *, background: Background, find: FindPatients) -> None:
        super().__init__()
        self._background = background
        self._find = find
        self._asked = 0
        self._enter_waits = False
        self._settled = True
        self._build()
        self._connect()
        self._clear_list()

    def clear(self) -> None:
        """Forget what was typed and found."""
        self.field.clear()
        self._clear_list()

    def refresh(self) -> None:
        """Ask again, after patients were added."""
        self._ask()

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return self.field.text().strip()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow down leaves the field for the list; arrow up on its first row comes back."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.field and event.key() == Qt.Key.Key_Down:
                self._enter_list()
                return True
            at_top = self.list.currentIndex().row() <= 0
            if watched is self.list and event.key() == Qt.Key.Key_Up and at_top:
                self.field.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("Find a patient"))
        self.field.setPlaceholderText(self.tr("Number, name or date of birth"))
        self.field.setClearButtonEnabled(True)
        self.model = PatientList(self)
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Patients found"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(PatientDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self._hint = EmptyState(icon="search", heading="", sentence="")
        self._notice = Notice()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._hint)
        self._stack.addWidget(self.list)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.field)
        layout.addWidget(self._notice)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.field)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self._entered)
        self._pause.timeout.connect(self._ask)
        self.list.activated.connect(self._take)
        self.list.clicked.connect(self._take)
        self.field.installEventFilter(self)
        self.list.installEventFilter(self)

    def _typed(self) -> None:
        self._settled = False
        self._enter_waits = False
        self._asked += 1  # answers to what was typed before are stale from now on
        self._pause.start()

    def _ask(self) -> None:
        self._pause.stop()
        if not self.typed:
            self._clear_list()
            return
        self._asked += 1
        self._background.run(
            partial(self._find, self.typed),
            owner=self,
            done=partial(self._found, self._asked),
            failed=partial(self._not_found, self._asked),
            lane="vault",
        )

    def _found(self, asked: int, patients: Sequence[Patient]) -> None:
        if asked != self._asked:
            return
        self._settled = True
        self._notice.clear()
        self.model.show(patients)
        if patients:
            self._stack.setCurrentWidget(self.list)
        else:
            self._hint.say(
                self.tr("Nobody found"),
                self.tr("Check the number or the spelling, or add the patient."),
            )
            self._stack.setCurrentWidget(self._hint)
        self.searched.emit(len(patients))
        if self._enter_waits:
            self._enter_waits = False
            self._entered()

    def _not_found(self, asked: int, problem: Problem) -> None:
        if asked != self._asked:
            return
        self._settled = True
        self._enter_waits = False
        self.model.show([])
        self._notice.problem(problem)

    def _entered(self) -> None:
        if read_page_code(self.typed) is not None:
            code = self.typed
            self.clear()
            self.code_typed.emit(code)
        elif not self._settled:
            self._ask()
            self._enter_waits = bool(self.typed)
        elif self.model.rowCount() == 1:
            self._take(self.model.index(0, 0))
        else:
            self._enter_list()

    def _enter_list(self) -> None:
        if self.model.rowCount() > 0:
            self.list.setFocus()
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.model.index(0, 0))

    def _take(self, index: object) -> None:
        patient = self.model.patient_at(index)  # type: ignore[arg-type]
        if patient is not None:
            self.patient_chosen.emit(patient)

    def _clear_list(self) -> None:
        self._asked += 1
        self._settled = True
        self._enter_waits = False
        self._pause.stop()
        self._notice.clear()
        self.model.show([])
        self._hint.say(
            self.tr("Whose images are they?"),
            self.tr("Scan the label, or type a number, part of the name or the date of birth."),
        )
        self._stack.setCurrentWidget(self._hint)
