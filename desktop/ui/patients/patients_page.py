"""The Patients room: search on the left, the chosen patient's chart on the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import Patient
from desktop.ui.copies.copy_page import CopyPage
from desktop.ui.copies.given_page import GivenPage
from desktop.ui.parts.asking import AskPath, ask_path
from desktop.ui.parts.background import Background
from desktop.ui.parts.image_words import what_it_is
from desktop.ui.parts.keeping_page import KeepingPage
from desktop.ui.parts.loop_verbs import SheetOf
from desktop.ui.parts.papers_page import PapersPage
from desktop.ui.parts.patient_form import PatientForm
from desktop.ui.parts.patient_search import PatientSearch
from desktop.ui.parts.pieces import EmptyState, button, on_click, words
from desktop.ui.parts.sheet_page import SheetPage
from desktop.ui.parts.sheet_verbs import SheetChoice
from desktop.ui.patients.chart import Chart
from desktop.ui.patients.consent_page import ConsentPage
from desktop.ui.patients.import_page import ImportPage
from desktop.ui.patients.sheets_page import SheetsPage
from desktop.ui.patients.time_page import TimePage
from desktop.ui.patients.verbs import PatientsVerbs

_SIDE = 340


class PatientsPage(QWidget):
    """`patient_opened` tells whose chart is on screen."""

    patient_opened = Signal(object)

    def __init__(
        self, *, background: Background, verbs: PatientsVerbs, ask: AskPath = ask_path
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.search = PatientSearch(background=background, find=verbs.find_patients)
        self.form = PatientForm(background=background, add=verbs.add_patient)
        self.chart = Chart(background=background, verbs=verbs)
        self.importing = ImportPage(background=background, verbs=verbs, ask=ask)
        self.keeping = KeepingPage(background=background, verbs=verbs.keeping)
        self.sheet = SheetPage(background=background, verbs=verbs.sheets, ask=ask)
        self.consent = ConsentPage(background=background, verbs=verbs.consent)
        self.papers = PapersPage(background=background, verbs=verbs.papers, ask=ask)
        self.sheets = SheetsPage(background=background, verbs=verbs.sheets, ask=ask)
        self.copying = CopyPage(background=background, verbs=verbs.copies, ask=ask)
        self.given = GivenPage(background=background, verbs=verbs.copies)
        self.timing = TimePage(background=background, correct=verbs.correct_times)
        self._build()
        self._connect()

    @property
    def shown_patient(self) -> Patient | None:
        """Whose chart, or a page over it, is shown."""
        in_room = self._stack.currentWidget() is self._room
        if in_room and self._right.currentWidget() is not self.chart:
            return None
        return None if self._stack.currentWidget() is self.importing else self.chart.patient

    @property
    def shown_images(self) -> tuple[ImageId, ...]:
        """The ticked images of the chart that is shown."""
        shown = self.shown_patient is not None
        return tuple(one.id for one in self.chart.model.ticked) if shown else ()

    def enter(self) -> None:
        """Come in: go to the search."""
        self._show_room()
        if self.chart.is_large:
            return
        self.search.field.setFocus()
        self.search.field.selectAll()

    def open_chart(self, patient: Patient) -> None:
        """Show a patient's chart whom another room names."""
        self.copying.clear()
        self.given.clear()
        self._show_room()
        self._open(patient)

    def open_sheet(self, found: SheetOf) -> None:
        """Show the record of a sheet over its patient's chart, whatever page was open."""
        self.open_chart(found.patient)
        self._stack.setCurrentWidget(self.sheets)
        self.sheets.open_for(found.patient, found=found)

    def refresh(self) -> None:
        """Images were filed elsewhere: fetch the chart again."""
        self.chart.reload()

    def help_words(self) -> list[tuple[str, str]]:
        """What the page is for and how it goes by keyboard: headings and sentences."""
        return [
            (
                self.tr("Find"),
                self.tr(
                    "Type part of a name, a number or a date of birth. Macrons do not matter. "
                    "Enter opens the only one found; arrow down goes to the list."
                ),
            ),
            (
                self.tr("Look"),
                self.tr(
                    "Enter opens an image large. There 0 fits, 1 is one to one with the original, "
                    "+ and - zoom, R turns, B and C change the light (with Shift the other way), "
                    "O shows it as it is, Page up and Page down go to other images, Escape goes "
                    "back. Nothing that you change in the view is kept."
                ),
            ),
            (
                self.tr("Play"),
                self.tr(
                    "Videos and recordings open on their first frame. Space plays and pauses, "
                    "arrows go 5 seconds (with Shift 1) and change the volume, M takes the sound "
                    "off, [ and ] change the speed, L plays again and again, comma and full stop "
                    "go one frame, 0, 1, + and - zoom, R turns."
                ),
            ),
            (
                self.tr("Measure"),
                self.tr(
                    "In an open image M lays a line. Lay it along a ruler in the picture, say its "
                    "length and keep it: then every line is told in millimetres, by whose ruler, "
                    "and only in its plane. Arrows move one end, Space takes the other. Compared "
                    "images are measured each by its own ruler, two over each other by the older's."
                ),
            ),
            (
                self.tr("Compare"),
                self.tr(
                    "Tick two to four images and press Ctrl+Enter: they lie beside each other, the "
                    "oldest left, and zoom and pan together; L lets each move alone. Two can also "
                    "lie over each other: F fades, W draws a curtain, and the arrows lay the newer "
                    "one in line. Series shows each body site on a line of time; Ctrl+Enter there "
                    "compares its first and last image, Enter shows its images."
                ),
            ),
            (
                self.tr("Print"),
                self.tr(
                    "Arrows go over the images, Space ticks them for a sheet, Ctrl+P prints it; "
                    "without ticks all are printed. F7 lists the sheets. Papers… has "
                    "forms, labels, notes, contact and comparison sheets. Sheets… names "
                    "every copy that was made, where it is, and recalls one. Scan a page's code "
                    "anywhere in the window, or type it into the search, and its record opens. "
                    "Ctrl+Shift+C copies the progress note on the ticked images, for other notes."
                ),
            ),
            (
                self.tr("Copy for others"),
                self.tr(
                    "Makes a copy of the ticked or opened image: who gets it and what for, masks "
                    "over what identifies, and a checklist. N lays a mask, arrows move it, Shift "
                    "and arrows size it, Delete takes it away. The original leaves only where "
                    "consent or an authority covers it. Given to others… lists who got what."
                ),
            ),
            (
                self.tr("Retention and holds"),
                self.tr(
                    "Says until when the images are kept. A hold keeps them longer: all of the "
                    "patient's, or the one image that is ticked."
                ),
            ),
            (
                self.tr("Correct the time"),
                self.tr(
                    "Tick images whose camera clock was wrong. Say the right time of one, or how "
                    "far the clock was off for several or for all that came in together, and why. "
                    "The file's own time stays beside it."
                ),
            ),
            (
                self.tr("Incomplete"),
                self.tr(
                    "An incomplete image is kept and linked, but something essential is not known "
                    "yet. File it again from the Desk with what was missing."
                ),
            ),
        ]

    def _build(self) -> None:
        self.add_button = button(self.tr("Add a patient…"), icon="user-plus", kind="link")
        self.import_button = button(self.tr("Import a list…"), icon="file-up", kind="link")
        self._side = side = QFrame()
        side.setObjectName("side")
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(words(self.tr("Patients"), kind="heading"))
        column.addWidget(self.search, 1)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.import_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._build_right()
        self._room = QWidget()
        row = QHBoxLayout(self._room)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self._right, 1)
        self._stack = QStackedWidget()
        others: tuple[QWidget, ...] = (self.importing, self.sheet, self.sheets, self.keeping)
        others += (self.copying, self.given, self.timing, self.papers, self.consent)
        for page in (self._room, *others):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _build_right(self) -> None:
        self._nobody = EmptyState(
            icon="id-card",
            heading=self.tr("No chart open"),
            sentence=self.tr("Find a patient on the left to see the images of the chart."),
        )
        form = QWidget()
        form.setObjectName("page")
        form_box = QHBoxLayout(form)
        form_box.setContentsMargins(32, 24, 32, 24)
        self.form.setMaximumWidth(460)
        form_box.addWidget(self.form, 1)
        form_box.addStretch(1)
        self._form_holder = form
        self._right = QStackedWidget()
        for widget in (self._nobody, self.chart, form):
            self._right.addWidget(widget)

    def _connect(self) -> None:
        self.search.patient_chosen.connect(self._open)
        on_click(self.add_button, self._add)
        on_click(self.import_button, self._import)
        self.form.patient_added.connect(self._added)
        self.form.cancelled.connect(self._show_chart)
        self.chart.sheet_wanted.connect(self._show_sheet)
        self.chart.wide_wanted.connect(self._side.setHidden)
        self.importing.left.connect(self._show_room)
        self.importing.patients_added.connect(self.search.refresh)
        self.sheet.left.connect(self._back_to_chart)
        self.chart.keeping_wanted.connect(self._show_keeping)
        self.keeping.left.connect(self._back_to_chart)
        self.chart.copy_wanted.connect(self._show_copy)
        self.chart.sheets_wanted.connect(self._show_sheets)
        self.sheets.left.connect(self._leave_sheets)
        self.chart.papers_wanted.connect(self._show_papers)
        self.chart.consent_wanted.connect(self._show_consent)
        self.consent.left.connect(self._leave_consent)
        self.papers.sheet_wanted.connect(self._show_sheet)
        self.papers.left.connect(self._leave_papers)
        self.copying.left.connect(self._leave_copying)
        self.copying.given_wanted.connect(self._show_given_of_copied)
        self.chart.given_wanted.connect(self._show_given)
        self.given.left.connect(self._leave_given)
        self.chart.time_wanted.connect(self._show_time)
        self.timing.left.connect(self._back_to_chart)
        self.timing.changed.connect(self.chart.reload)
        self.keeping.changed.connect(self.chart.reload)

    def _show_time(self, images: Sequence[ClinicalImage]) -> None:
        if self.chart.patient is not None and images:
            self._stack.setCurrentWidget(self.timing)
            self.timing.open_for(self.chart.patient, images)

    def _open(self, patient: Patient) -> None:
        self._right.setCurrentWidget(self.chart)
        self.chart.open_for(patient)
        self.chart.grid.setFocus()
        self.patient_opened.emit(patient)

    def _add(self) -> None:
        self._right.setCurrentWidget(self._form_holder)
        self.form.start(self.search.typed)

    def _added(self, patient: Patient) -> None:
        self.search.refresh()
        self._open(patient)

    def _import(self) -> None:
        self._stack.setCurrentWidget(self.importing)
        self.importing.choose.setFocus()

    def _show_sheet(self, choice: SheetChoice) -> None:
        self._stack.setCurrentWidget(self.sheet)
        self.sheet.open_for(choice)

    def _show_sheets(self) -> None:
        if self.chart.patient is not None:
            self._stack.setCurrentWidget(self.sheets)
            self.sheets.open_for(self.chart.patient)

    def _leave_sheets(self) -> None:
        self._back_to_chart(self.chart.sheets_button)

    def _show_papers(self, images: Sequence[ImageId]) -> None:
        if self.chart.patient is not None:
            self._stack.setCurrentWidget(self.papers)
            self.papers.open_for(self.chart.patient, images)

    def _show_consent(self) -> None:
        if self.chart.patient is not None:
            self._stack.setCurrentWidget(self.consent)
            self.consent.open_for(self.chart.patient)

    def _leave_consent(self) -> None:
        self._back_to_chart(self.chart.consent_button)

    def _leave_papers(self) -> None:
        self._back_to_chart(self.chart.papers_button)

    def _show_keeping(self, image: ClinicalImage | None) -> None:
        patient = self.chart.patient
        if patient is None:
            return
        self._stack.setCurrentWidget(self.keeping)
        if image is None:
            self.keeping.open_for(patient)
        else:
            self.keeping.open_for(patient, image=image.id, what=what_it_is(image))

    def _show_copy(self, image: ClinicalImage) -> None:
        if self.chart.patient is not None:
            self._stack.setCurrentWidget(self.copying)
            self.copying.open_for(self.chart.patient, image, what=what_it_is(image))

    def _leave_copying(self) -> None:
        self._back_to_chart()
        if self.chart.is_large:  # it was asked for in the viewer: go on there
            self.chart.large.copy_button.setFocus()

    def _show_given(self) -> None:
        if self.chart.patient is not None:
            self._stack.setCurrentWidget(self.given)
            self.given.open_for(self.chart.patient)

    def _show_given_of_copied(self) -> None:
        if self.chart.patient is not None and self.copying.image is not None:
            self._stack.setCurrentWidget(self.given)
            self.given.open_for(self.chart.patient, image=self.copying.image)

    def _leave_given(self) -> None:
        if self.copying.image is not None:
            self._stack.setCurrentWidget(self.copying)
            return
        self._back_to_chart(self.chart.given_button)

    def _back_to_chart(self, asked: QPushButton | None = None) -> None:
        """The keyboard goes to the button that was pressed, or, where that is folded away, to what
        the chart shows."""
        self._show_room()
        if asked is not None and asked.isVisible():
            asked.setFocus()
        elif self.chart.isVisible():
            self.chart.take_keyboard()

    def _show_room(self) -> None:
        self._stack.setCurrentWidget(self._room)

    def _show_chart(self) -> None:
        shown = self.chart if self.chart.patient is not None else self._nobody
        self._right.setCurrentWidget(shown)
