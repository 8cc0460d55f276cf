"""The certificate of a disposal: looked at, printed, saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.printing.record_sheet_model import Paper
from desktop.problem import Problem
from desktop.records.rules.typed_date import typed_date
from desktop.ui.parts.asking import AskPath, PathQuestion
from desktop.ui.parts.background import Background
from desktop.ui.parts.paper_stage import PaperStage, drawn_pages
from desktop.ui.parts.pieces import Notice, button, on_click, on_escape, scrolled, words
from desktop.ui.worklists.verbs import CertificateChoice, CertificateVerbs

_SIDE = 340


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A certificate as made, and its first pages to look at."""

    choice: CertificateChoice
    pdf: bytes
    pages: Sequence[QImage]


class CertificatePage(QWidget):
    """One at a time. `left` tells that the person goes back, `loaded` that it is made."""

    left = Signal()
    loaded = Signal()

    def __init__(self, *, background: Background, verbs: CertificateVerbs, ask: AskPath) -> None:
        super().__init__()
        self.setObjectName("page")
        self._background = background
        self._verbs = verbs
        self._ask = ask
        self._number = ""
        self._made: _Made | None = None
        self._asked = 0
        self._build()
        self._connect()
        self._enable()

    def open_for(self, number: str) -> None:
        """Make the certificate of a finished disposal."""
        self._number = number
        self.title.setText(self.tr("Certificate {}").format(number))
        self.until.clear()
        self._background.run(
            self._verbs.printers, owner=self, done=self._show_printers, failed=self.notice.problem
        )
        self._make()
        self.print_button.setFocus()

    def _build(self) -> None:
        self.stage = PaperStage(self.tr("Preview of the certificate"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._build_side())
        layout.addWidget(self.stage, 1)

    def _build_side(self) -> QFrame:
        self.back = button(self.tr("Back"), icon="arrow-left", kind="link")
        self.title = words("", kind="title", wrap=True)
        self.paper, self.printer, self.until = QComboBox(), QComboBox(), QLineEdit()
        for paper in Paper:
            self.paper.addItem(paper.value, paper)
        self.until.setPlaceholderText(self.tr("as the history of backups tells"))
        form = QFormLayout()
        form.setSpacing(12)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("Older backups are gone by"), self.until)
        form.addRow(self.tr("Paper"), self.paper)
        form.addRow(self.tr("Printer"), self.printer)
        content = QWidget()
        upper = QVBoxLayout(content)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(14)
        upper.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        upper.addWidget(self.title)
        upper.addWidget(
            words(
                self.tr(
                    "Backups from before still hold the keys for a while. A day that is typed here "
                    "stands on the certificate as said by you; Enter puts it there."
                ),
                kind="quiet",
                wrap=True,
            )
        )
        upper.addLayout(form)
        upper.addStretch(1)
        return self._lay_out_side(content)

    def _lay_out_side(self, content: QWidget) -> QFrame:
        self.notice = Notice()
        self.print_button = button(self.tr("Print"), icon="printer", kind="primary")
        self.save_button = button(self.tr("Save as PDF…"), icon="download")
        side = QFrame()
        side.setObjectName("side")
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(20, 16, 20, 20)
        column.setSpacing(12)
        column.addWidget(scrolled(content, self.tr("What stands on the certificate")), 1)
        for widget in (self.notice, self.print_button, self.save_button):
            column.addWidget(widget)
        return side

    def _connect(self) -> None:
        on_click(self.back, self.left.emit)
        on_escape(self, self.left.emit)
        self.paper.currentIndexChanged.connect(lambda _row: self._make())
        self.until.returnPressed.connect(self._make)
        on_click(self.print_button, self._print)
        on_click(self.save_button, self._save)

    def _make(self) -> None:
        if not self._number:
            return
        self.notice.clear()
        try:
            typed = self.until.text().strip()
            until = typed_date(typed, today=date.today()) if typed else None  # noqa: DTZ011  as typed
        except Problem as problem:
            self.notice.problem(problem)
            return
        choice = CertificateChoice(
            number=self._number, paper=Paper(self.paper.currentData()), backups_until=until
        )
        self._asked += 1
        self._made = None
        self._enable()
        self._background.run(
            partial(_make, self._verbs, choice),
            owner=self,
            done=partial(self._show, self._asked),
            failed=self.notice.problem,
        )

    def _show(self, asked: int, made: _Made) -> None:
        if asked != self._asked:
            return
        self._made = made
        self.stage.show_pages(made.pages)
        self._enable()
        if self.focusWidget() in {None, self.back}:
            (self.print_button if self.print_button.isEnabled() else self.save_button).setFocus()
        self.loaded.emit()

    def _enable(self) -> None:
        self.print_button.setEnabled(self._made is not None and self.printer.count() > 0)
        self.save_button.setEnabled(self._made is not None)

    def _show_printers(self, names: Sequence[str]) -> None:
        self.printer.clear()
        self.printer.addItems(list(names))
        self.printer.setEnabled(bool(names))
        self.printer.setPlaceholderText(self.tr("No printer is set up"))
        self._enable()

    def _print(self) -> None:
        if self._made is not None and self.printer.currentText():
            name = self.printer.currentText()
            self._send(
                partial(self._verbs.print, self._made.pdf, self._made.choice, name),
                self.tr("Sent to {}. Sign it, and file it with the office's papers.").format(name),
            )

    def _save(self) -> None:
        if self._made is not None:
            self._ask(
                PathQuestion(
                    parent=self,
                    title=self.tr("Save the certificate"),
                    kind="save",
                    suggested=f"{self._made.choice.number}.pdf",
                    files=self.tr("PDF files (*.pdf)"),
                    then=self._save_to,
                )
            )

    def _save_to(self, path: Path) -> None:
        if self._made is not None:
            self._send(
                partial(self._verbs.save, self._made.pdf, path),
                self.tr("Saved as {}. It names patients: keep it safe.").format(path.name),
            )

    def _send(self, work: "partial[None]", sentence: str) -> None:
        self.notice.say(self.tr("Working…"))
        self._background.run(
            work,
            owner=self,
            done=lambda _nothing: self.notice.say(sentence, tone="good"),
            failed=self.notice.problem,
        )


def _make(verbs: CertificateVerbs, choice: CertificateChoice) -> _Made:
    pdf = verbs.make(choice)
    return _Made(choice=choice, pdf=pdf, pages=drawn_pages(pdf, verbs.preview_pages))
