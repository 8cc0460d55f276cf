"""The first step of a filing: whose images they are."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.desk.verbs import DeskVerbs
from desktop.ui.parts.background import Background
from desktop.ui.parts.patient_form import PatientForm
from desktop.ui.parts.patient_search import PatientSearch
from desktop.ui.parts.pieces import button, on_click, words


class PatientStep(QWidget):
    """Search for the patient, or add one who is not on record yet."""

    patient_chosen = Signal(object)

    def __init__(self, *, background: Background, verbs: DeskVerbs) -> None:
        super().__init__()
        self.search = PatientSearch(background=background, find=verbs.find_patients)
        self.form = PatientForm(background=background, add=verbs.add_patient)
        self.add_button = button(self.tr("Add a patient…"), icon="user-plus", kind="link")
        finding = QWidget()
        column = QVBoxLayout(finding)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(words(self.tr("Patient"), kind="heading"))
        column.addWidget(self.search, 1)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._finding = finding
        self._stack = QStackedWidget()
        self._stack.addWidget(finding)
        self._stack.addWidget(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.setFocusProxy(self.search)
        self.search.patient_chosen.connect(self.patient_chosen)
        self.form.patient_added.connect(self.patient_chosen)
        self.form.cancelled.connect(self._back_to_search)
        on_click(self.add_button, self._add)

    def start(self) -> None:
        """Nobody chosen, nothing typed."""
        self.search.clear()
        self._stack.setCurrentWidget(self._finding)

    def _add(self) -> None:
        self._stack.setCurrentWidget(self.form)
        self.form.start(self.search.typed)

    def _back_to_search(self) -> None:
        self._stack.setCurrentWidget(self._finding)
        self.search.setFocus()
