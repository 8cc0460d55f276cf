"""The Worklists room: the lists at the left with how many wait, the chosen one at the right."""

from functools import partial

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from desktop.problem import Problem
from desktop.ui.parts.asking import AskPath, ask_path
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import Notice, words
from desktop.ui.worklists.lists import all_lists
from desktop.ui.worklists.names_model import NameDelegate, NamesModel
from desktop.ui.worklists.verbs import WorklistsVerbs
from desktop.ui.worklists.worklist import Worklist

_SIDE = 240
_CHOSEN = "worklists/chosen"  # the key of a list, never anything of a patient


class WorklistsPage(QWidget):
    """`chart_wanted` carries the Patient whose chart a person asks for from a list, `sheet_wanted`
    the SheetOf whose record, `clear_wanted` the ClearOffer of a device that is to be cleared at the
    Desk."""

    chart_wanted = Signal(object)
    sheet_wanted = Signal(object)
    clear_wanted = Signal(object)

    def __init__(
        self,
        *,
        background: Background,
        verbs: WorklistsVerbs,
        settings: QSettings,
        ask: AskPath = ask_path,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._background = background
        self._settings = settings
        self.lists = tuple(all_lists(background=background, verbs=verbs, ask=ask))
        self._build()
        self.names.selectionModel().currentChanged.connect(lambda now, _: self._go(now.row()))
        for shown in self.lists:
            shown.changed.connect(self._count)
            shown.chart_wanted.connect(self.chart_wanted)
            shown.sheet_wanted.connect(self.sheet_wanted)
            shown.clear_wanted.connect(self.clear_wanted)
            shown.took_room.connect(self._side.setHidden)

    @property
    def chosen(self) -> Worklist:
        """The list that is on screen."""
        return self.lists[max(self.names.currentIndex().row(), 0)]

    def enter(self) -> None:
        """Come in: count what waits everywhere, and show the list that was chosen last."""
        self._count()
        # before the keyboard comes: Qt makes a row current then without marking it as chosen
        if self.names.currentIndex().isValid():
            self.names.setCurrentIndex(self.names.currentIndex())
            self.chosen.load()
        else:
            keys = [shown.key for shown in self.lists]
            last = str(self._settings.value(_CHOSEN, ""))
            self.names.setCurrentIndex(self.model.index(keys.index(last) if last in keys else 0))
        self.names.setFocus()

    def help_words(self) -> list[tuple[str, str]]:
        """What the page is for and how it goes by keyboard: headings and sentences."""
        room = self.tr(
            "Each list at the left tells how many wait in it. Arrow up and down choose a list, Tab "
            "goes into it."
        )
        return [(self.tr("Worklists"), room), *self.chosen.help_words()]

    def _build(self) -> None:
        self.model = NamesModel([shown.name for shown in self.lists], self)
        self.names = QListView()
        self.names.setObjectName("parts")
        self.names.setAccessibleName(self.tr("Worklists"))
        self.names.setModel(self.model)
        self.names.setItemDelegate(NameDelegate(self.names))
        self.notice = Notice()
        self._stack = QStackedWidget()
        for shown in self.lists:
            self._stack.addWidget(shown)
        self._side = QFrame()
        self._side.setObjectName("side")
        self._side.setFixedWidth(_SIDE)
        column = QVBoxLayout(self._side)
        column.setContentsMargins(16, 16, 12, 16)
        column.setSpacing(12)
        column.addWidget(words(self.tr("Worklists"), kind="heading"))
        column.addWidget(self.names, 1)
        column.addWidget(self.notice)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._side)
        layout.addWidget(self._stack, 1)

    def _go(self, row: int) -> None:
        shown = self.lists[row]
        self._settings.setValue(_CHOSEN, shown.key)
        self._stack.setCurrentWidget(shown)
        shown.load()

    def _count(self) -> None:
        self.notice.clear()
        for row, shown in enumerate(self.lists):
            self._background.run(
                shown.count,
                owner=self,
                done=partial(self.model.show_count, row),
                failed=self._failed,
            )

    def _failed(self, problem: Problem) -> None:
        self.notice.problem(problem)
