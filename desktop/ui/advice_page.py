"""Ask for advice (R65): over whatever is being done, which waits below as it was."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.records.facts.patient import Patient
from desktop.records.facts.sheet import SheetKind
from desktop.ui.parts.asking import AskPath, ask_path
from desktop.ui.parts.background import Background
from desktop.ui.parts.banner import PatientBanner
from desktop.ui.parts.paper_page import PaperPage
from desktop.ui.parts.paper_verbs import PaperVerbs, PaperWanted
from desktop.ui.parts.pieces import button, on_click, on_escape, scrolled, words
from desktop.ui.parts.sheet_page import SheetPage
from desktop.ui.parts.sheet_verbs import SheetChoice, SheetVerbs

_WIDTH = 560
_MOST = 400


class AdvicePage(QStackedWidget):
    """Of one patient, or blank. `left` says that the person goes back to `interrupted`."""

    left = Signal()

    def __init__(
        self,
        *,
        background: Background,
        papers: PaperVerbs,
        sheets: SheetVerbs,
        ask: AskPath = ask_path,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._papers = papers
        self._patient: Patient | None = None
        self.interrupted: QWidget | None = None
        self.sheet = SheetPage(background=background, verbs=sheets, ask=ask)
        self.paper = PaperPage(
            background=background, printing=papers.printing, preview=papers.preview_page, ask=ask
        )
        self._build()
        self._connect()

    def open_over(self, interrupted: QWidget, patient: Patient | None) -> None:
        """Ask about this patient, or nobody; what is being done there is touched in nothing."""
        self.interrupted = interrupted
        self._patient = patient
        self.question.clear()
        self.banner.setVisible(patient is not None)
        if patient is None:
            self.banner.clear()
            self._about.setText(
                self.tr("No patient is shown: the paper is blank, to be filled in with a pen.")
            )
        else:
            self.banner.show_patient(patient)
            self._about.setText(
                self.tr(
                    "It goes into the chart, and the register follows it there. Scan it at the "
                    "Desk when the answer is written on it, and the scan joins the record."
                )
            )
        self.setCurrentWidget(self._room)

    def focus(self) -> None:
        """Go to the question, if that is what is shown."""
        if self.currentWidget() is self._room:
            self.question.setFocus()

    def clear(self) -> None:
        """Forget whom it was about."""
        self.sheet.clear()
        self.banner.clear()
        self.question.clear()
        self._patient = self.interrupted = None

    def help_words(self) -> list[tuple[str, str]]:
        """What the page is for and how it goes by keyboard: headings and sentences."""
        return [
            (
                self.tr("Ask for advice"),
                self.tr(
                    "F2 opens this on every page, for the patient that is shown there. Type what "
                    "is asked and press Enter, or leave it empty for a pen. The paper says whom to "
                    "ask, by the Office's settings, and has room for the answer."
                ),
            ),
            (
                self.tr("Go back"),
                self.tr(
                    "Escape leads back to where you were. What you had begun waits there as it was."
                ),
            ),
        ]

    def _build(self) -> None:
        self.back = button(self.tr("Back"), icon="arrow-left", kind="link")
        self.banner = PatientBanner()
        self._about = words("", kind="quiet", wrap=True)
        self.question = QLineEdit()
        self.question.setMaxLength(_MOST)
        self.question.setPlaceholderText(self.tr("may stay empty, for a pen"))
        self.go_button = button(self.tr("Show the paper"), icon="file-text", kind="primary")
        form = QFormLayout()
        form.setSpacing(6)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("What is asked"), self.question)
        content = QWidget()
        content.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(14)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(words(self.tr("Ask for advice"), kind="title"))
        column.addWidget(
            words(
                self.tr(
                    "When you are not sure whether an image may be taken, kept, shown or sent, ask "
                    "before you go on. The paper says whom to ask and has room for the answer. "
                    "What you had begun waits as it is."
                ),
                wrap=True,
            )
        )
        column.addWidget(self.banner)
        column.addLayout(form)
        column.addWidget(self._about)
        column.addWidget(self.go_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._room = QWidget()
        outer = QVBoxLayout(self._room)
        outer.setContentsMargins(24, 16, 24, 16)
        outer.addWidget(scrolled(content, self.tr("Ask for advice")))
        for page in (self._room, self.sheet, self.paper):
            self.addWidget(page)

    def _connect(self) -> None:
        on_click(self.back, self.left.emit)
        on_escape(self._room, self.left.emit)
        on_click(self.go_button, self._go)
        self.question.returnPressed.connect(self._go)
        for page in (self.sheet, self.paper):
            page.left.connect(self._come_back)

    def _go(self) -> None:
        asked = self.question.text().strip()
        written = (("why", asked),) if asked else ()
        if self._patient is not None:
            self.setCurrentWidget(self.sheet)
            self.sheet.open_for(
                SheetChoice(
                    patient=self._patient, images=(), kind=SheetKind.ADVICE, written=written
                )
            )
            return
        offer = next(one for one in self._papers.offers if one.kind is SheetKind.ADVICE)
        self.setCurrentWidget(self.paper)
        self.paper.open_for(
            self._papers.order(PaperWanted(offer=offer, patient=None, written=written))
        )

    def _come_back(self) -> None:
        self.setCurrentWidget(self._room)
        self.back.setFocus()
