"""Ask for advice (R65): over whatever is being done, which waits below as it was."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.records.facts.advice import NewQuestion
from desktop.records.facts.clinical_image import short_number
from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import Patient
from desktop.records.facts.sheet import SheetKind
from desktop.ui.parts.advice_verbs import AdviceVerbs
from desktop.ui.parts.asking import AskPath, ask_path
from desktop.ui.parts.background import Background
from desktop.ui.parts.banner import PatientBanner
from desktop.ui.parts.paper_page import PaperPage
from desktop.ui.parts.paper_verbs import PaperVerbs, PaperWanted
from desktop.ui.parts.pieces import Notice, button, on_click, on_escape, scrolled, words
from desktop.ui.parts.sheet_page import SheetPage
from desktop.ui.parts.sheet_verbs import SheetChoice, SheetVerbs
from desktop.ui.parts.words import counted

_WIDTH = 560
_MOST = 400
_NAMED = 6


class AdvicePage(QStackedWidget):
    """Of one patient, or blank. `left` says that the person goes back to `interrupted`."""

    left = Signal()

    def __init__(
        self,
        *,
        background: Background,
        papers: PaperVerbs,
        sheets: SheetVerbs,
        verbs: AdviceVerbs,
        ask: AskPath = ask_path,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._background = background
        self._papers = papers
        self._verbs = verbs
        self._patient: Patient | None = None
        self._images: tuple[ImageId, ...] = ()
        self.interrupted: QWidget | None = None
        self.sheet = SheetPage(background=background, verbs=sheets, ask=ask)
        self.paper = PaperPage(
            background=background, printing=papers.printing, preview=papers.preview_page, ask=ask
        )
        self._build()
        self._connect()

    def open_over(
        self, interrupted: QWidget, patient: Patient | None, images: tuple[ImageId, ...] = ()
    ) -> None:
        """Ask about this patient, or nobody; what is being done there is touched in nothing. The
        images can be parked."""
        self.interrupted = interrupted
        self._patient, self._images = patient, images
        self.question.clear()
        self.notice.clear()
        parks = self.tr("Park {}: neither filed nor given out before the advice is noted")
        self.park.setText(parks.format(counted(len(images), "ticked image")))
        self.park.setChecked(bool(images))
        self.park.setVisible(bool(images))
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
        self._images = ()

    def help_words(self) -> list[tuple[str, str]]:
        """What the page is for and how it goes by keyboard: headings and sentences."""
        return [
            (
                self.tr("Ask for advice"),
                self.tr(
                    "F2 opens this on every page, for the patient that is shown there. Type what "
                    "is asked and press Enter, or leave it empty for a pen. The paper says whom to "
                    "ask, by the Office's settings, and has room for the answer. What was typed "
                    "waits in Worklists, Advice awaited; images that were ticked can be parked."
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
        form = self._build_form()
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
        column.addWidget(self.park)
        column.addWidget(self.notice)
        column.addWidget(self._about)
        column.addWidget(self.go_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._room = QWidget()
        outer = QVBoxLayout(self._room)
        outer.setContentsMargins(24, 16, 24, 16)
        outer.addWidget(scrolled(content, self.tr("Ask for advice")))
        for page in (self._room, self.sheet, self.paper):
            self.addWidget(page)

    def _build_form(self) -> QFormLayout:
        self.question = QLineEdit()
        self.question.setMaxLength(_MOST)
        self.question.setPlaceholderText(self.tr("may stay empty, for a pen"))
        self.park = QCheckBox()
        self.notice = Notice()
        self.go_button = button(self.tr("Show the paper"), icon="file-text", kind="primary")
        form = QFormLayout()
        form.setSpacing(6)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("What is asked"), self.question)
        return form

    def _connect(self) -> None:
        on_click(self.back, self.left.emit)
        on_escape(self._room, self.left.emit)
        on_click(self.go_button, self._go)
        self.question.returnPressed.connect(self._go)
        for page in (self.sheet, self.paper):
            page.left.connect(self._come_back)

    def _go(self) -> None:
        """Put on record what was typed, or is parked, and show the paper."""
        typed = " ".join(self.question.text().split())
        parked = self._images if self.park.isChecked() else ()
        if not typed and not parked:
            self._show_paper("")
            return
        patient = None if self._patient is None else self._patient.id
        question = typed or self.tr("written on the paper")
        self._background.run(
            partial(
                self._verbs.ask, NewQuestion(question=question, patient=patient, images=parked)
            ),
            owner=self,
            done=lambda asked: self._show_paper(_on_paper(typed, asked.asked.images)),
            failed=self.notice.problem,
            lane="vault",
        )

    def _show_paper(self, asked: str) -> None:
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


def _on_paper(typed: str, parked: Sequence[ImageId]) -> str:
    """What is asked, with the numbers of what is parked."""
    shown = [short_number(one) for one in parked[:_NAMED]]
    more = [f"{len(parked) - _NAMED} more"] if len(parked) > _NAMED else []
    images = f"Parked: {', '.join(shown + more)}." if parked else ""
    return " ".join(filter(None, (typed, images)))
