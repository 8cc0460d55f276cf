"""One paper that is not of the register of sheets: looked at, printed, saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.printing.ipp_connection import shown_name
from desktop.printing.laid_out import HeldPdf
from desktop.printing.print_options import PrintOptions
from desktop.printing.record_sheet_model import Paper
from desktop.problem import Problem
from desktop.ui.parts.asking import AskPath, PathQuestion, ask_path
from desktop.ui.parts.background import Background
from desktop.ui.parts.latin_name import LatinName
from desktop.ui.parts.paper_stage import PaperStage, PreviewPage, ShownPaper, shown_paper
from desktop.ui.parts.pieces import Notice, button, on_click, on_escape, scrolled, words
from desktop.ui.parts.print_panel import PrintPanel
from desktop.ui.parts.print_verbs import PrintVerbs

_SIDE = 340


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperOrder:
    """Which paper to show. `make`, `save` and `print` block, run in a lane, and raise problems;
    what they save or print is what they made. `file_name` is suggested; `after` is said once it is
    out, and `after_saving` in its place where there is a file to keep."""

    title: str
    sentence: str
    file_name: str
    after: str
    make: Callable[[Paper], bytes]
    save: Callable[[bytes, Path], object]
    print: Callable[[bytes, Paper, PrintOptions], object]
    after_saving: str = ""
    named: "Callable[[str], PaperOrder] | None" = None
    """The same paper with the patient's name in these Latin letters; None where nobody is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A paper as made, and its pages to look at."""

    paper: Paper
    pdf: bytes
    shown: ShownPaper


class PaperPage(QWidget):
    """One paper at a time. `left` tells that the person goes back, `loaded` that it is made."""

    left = Signal()
    loaded = Signal()

    def __init__(
        self,
        *,
        background: Background,
        printing: PrintVerbs,
        preview: PreviewPage,
        ask: AskPath = ask_path,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._background = background
        self.panel = PrintPanel(background=background, verbs=printing)
        self._preview = preview
        self._ask = ask
        self._order: PaperOrder | None = None
        self._made: _Made | None = None
        self._asked = 0
        self._build()
        self._connect()
        self._enable()

    def open_for(self, order: PaperOrder) -> None:
        """Make this paper and show it."""
        self.latin.clear()
        self._take(order)
        self.panel.load()
        self._make()
        self.back.setFocus()

    def _take(self, order: PaperOrder) -> None:
        self._order = order
        self.title.setText(order.title)
        self.sentence.setText(order.sentence)
        self.sentence.setVisible(bool(order.sentence))

    @property
    def pages_shown(self) -> int:
        """How many pages the preview shows."""
        return self.stage.shown

    def _build(self) -> None:
        self.stage = PaperStage(self.tr("Preview"), background=self._background)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._build_side())
        layout.addWidget(self.stage, 1)

    def _build_side(self) -> QFrame:
        self.back = button(self.tr("Back"), icon="arrow-left", kind="link")
        self.title = words("", kind="title", wrap=True)
        self.sentence = words("", kind="quiet", wrap=True)
        content = QWidget()
        upper = QVBoxLayout(content)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(14)
        upper.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        upper.addWidget(self.title)
        upper.addWidget(self.sentence)
        upper.addLayout(self._build_form())
        upper.addStretch(1)
        self.notice, self.latin = Notice(), LatinName()
        self.print_button = button(self.tr("Print"), icon="printer", kind="primary")
        self.save_button = button(self.tr("Save as PDF…"), icon="download")
        side = QFrame()
        side.setObjectName("side")
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(20, 16, 20, 20)
        column.setSpacing(12)
        column.addWidget(scrolled(content, self.tr("What is printed, and on what")), 1)
        for widget in (self.notice, self.latin, self.panel.question):
            column.addWidget(widget)
        for widget in (self.print_button, self.save_button):
            column.addWidget(widget)
        return side

    def _build_form(self) -> QFormLayout:
        self.paper = QComboBox()
        for paper in Paper:
            self.paper.addItem(paper.value, paper)
        form = QFormLayout()
        form.setSpacing(12)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for label, field in self._own_rows():
            form.addRow(label, field)
        form.addRow(self.tr("Paper"), self.paper)
        form.addRow(self.panel)
        return form

    def _own_rows(self) -> Sequence[tuple[str, QWidget]]:
        """What is asked before the paper and the printer, for pages of one kind of paper."""
        return ()

    def _connect(self) -> None:
        on_click(self.back, self._leave)
        on_escape(self, self._leave)
        self.stage.failed.connect(self.notice.problem)
        self.paper.currentIndexChanged.connect(lambda _row: self._take_paper())
        self.panel.changed.connect(self._enable)
        self.panel.waiting.settled.connect(self.notice.clear)
        self.latin.given.connect(self._name)
        on_click(self.print_button, self._print)
        on_click(self.save_button, self._save)

    def _leave(self) -> None:
        self._order = self._made = None
        self._asked += 1
        self.latin.clear()
        self.stage.clear()
        self.left.emit()

    def _make(self) -> None:
        if self._order is None:
            return
        self.notice.say(self.tr("Making the paper…"))
        self._asked += 1
        self._made = None
        self._enable()
        self._background.run(
            partial(_make, self._order, Paper(self.paper.currentData()), self._preview),
            owner=self,
            done=partial(self._show, self._asked),
            failed=partial(self._cannot, self._asked),
        )

    def _show(self, asked: int, made: _Made) -> None:
        if asked != self._asked:
            return
        self._made = made
        self.notice.clear()
        self.stage.show_paper(made.shown)
        self._enable()
        if self.focusWidget() in {None, self.back}:
            (self.print_button if self.print_button.isEnabled() else self.save_button).setFocus()
        self.loaded.emit()

    def _cannot(self, asked: int, problem: Problem) -> None:
        if asked == self._asked:
            self.stage.clear()
            if self._order is not None and self._order.named is not None:
                self.latin.tell(problem, self.notice)
            else:
                self.notice.problem(problem)

    def _name(self, name: str) -> None:
        """Go on with the patient's name in Latin letters."""
        if self._order is not None and self._order.named is not None:
            self.latin.hide()
            self._take(self._order.named(name))
            self._make()

    def _enable(self) -> None:
        self.print_button.setEnabled(self._made is not None and self.panel.options is not None)
        self.save_button.setEnabled(self._made is not None)

    def _take_paper(self) -> None:
        self.panel.show_paper(Paper(self.paper.currentData()))
        self._make()

    def _print(self) -> None:
        options = self.panel.options
        if self._order is not None and self._made is not None and options is not None:
            said = self.tr("Sent to {}.").format(shown_name(options.printer))
            work = partial(self._order.print, self._made.pdf, self._made.paper, options)
            self._send(work, f"{said} {self._order.after}")
            self.panel.keep()

    def _save(self) -> None:
        if self._order is not None and self._made is not None:
            self._ask(
                PathQuestion(
                    parent=self,
                    title=self.tr("Save the paper"),
                    kind="save",
                    suggested=self._order.file_name,
                    files=self.tr("PDF files (*.pdf)"),
                    then=self._save_to,
                )
            )

    def _save_to(self, path: Path) -> None:
        if self._order is not None and self._made is not None:
            said = self.tr("Saved as {}.").format(path.name)
            after = self._order.after_saving or self._order.after
            self._send(partial(self._order.save, self._made.pdf, path), f"{said} {after}")

    def _send(self, work: "partial[object]", sentence: str) -> None:
        self.notice.say(self.tr("Working…"))
        self._background.run(
            work,
            owner=self,
            done=lambda _out: self._sent(sentence.strip()),
            failed=self._not_sent,
        )

    def _sent(self, sentence: str) -> None:
        self.notice.say(sentence, tone="good")
        self.panel.waiting.look()

    def _not_sent(self, problem: Problem) -> None:
        self.notice.problem(problem)
        self.panel.waiting.look_after_failing()


def _make(order: PaperOrder, paper: Paper, preview: PreviewPage) -> _Made:
    pdf = order.make(paper)
    return _Made(paper=paper, pdf=pdf, shown=shown_paper(HeldPdf(pdf), preview))
