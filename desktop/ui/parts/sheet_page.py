"""A paper for the chart before it goes out: how many images a page, which paper and printer."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.printing.ipp_connection import shown_name
from desktop.printing.laid_out import SheetReady
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.sheet import Sheet, SheetKind
from desktop.ui.parts.asking import AskPath, PathQuestion, ask_path
from desktop.ui.parts.background import Background
from desktop.ui.parts.hold_paper import HoldPaper
from desktop.ui.parts.latin_name import named
from desktop.ui.parts.loop_verbs import SheetOf
from desktop.ui.parts.paper_stage import PaperStage, ShownPaper, shown_paper
from desktop.ui.parts.pieces import on_click, on_escape
from desktop.ui.parts.sheet_side import SheetSide
from desktop.ui.parts.sheet_verbs import SheetChoice, SheetVerbs
from desktop.ui.parts.sheet_words import next_step
from desktop.ui.parts.words import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class _Laid:
    """A sheet as laid out, and its pages to look at."""

    ready: SheetReady
    shown: ShownPaper


class SheetPage(QWidget):
    """Shows one sheet at a time, and once it was printed asks whether the paper is in hand. `left`
    says that the person goes back to where they came from."""

    left = Signal()
    sheet_made = Signal(object)

    def __init__(
        self, *, background: Background, verbs: SheetVerbs, ask: AskPath = ask_path
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._background = background
        self._verbs = verbs
        self._ask = ask
        self._choice: SheetChoice | None = None
        self._ready: SheetReady | None = None
        self._asked = 0
        self._to_hold: list[Sheet] = []
        self._build()
        self._connect()

    def open_for(self, choice: SheetChoice) -> None:
        """Lay out this choice, in the layout that was used last."""
        self._side.show_for(choice)
        self.notice.clear()
        self._stack.setCurrentIndex(0)
        self._choice = self._laid_as(choice)
        self._ask_why(needed=bool(choice.again))
        self.why.setText(choice.why)
        self.latin.clear()
        self.panel.load()
        self._lay_out()
        self.print_button.setFocus()

    def clear(self) -> None:
        """Forget the sheet and everybody on it."""
        self._choice = self._ready = None
        self._asked += 1
        self._side.banner.clear()
        self._stage.clear()
        self.hold.clear()
        self.latin.clear()
        self.why.clear()

    @property
    def summary(self) -> str:
        """Number of images and pages, as shown."""
        return self._side.summary.text()

    @property
    def pages_shown(self) -> int:
        """How many pages the preview shows."""
        return self._stage.shown

    def _build(self) -> None:
        before = QWidget()
        on_escape(before, self._leave)
        row = QHBoxLayout(before)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._side = side = SheetSide(background=self._background, verbs=self._verbs.printing)
        self._name_parts(side)
        row.addWidget(side)
        self._stage = PaperStage(self.tr("Preview of the sheet"), background=self._background)
        row.addWidget(self._stage, 1)
        self.hold = HoldPaper(background=self._background, verbs=self._verbs.loop)
        self._stack = QStackedWidget()
        for page in (before, self.hold):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _name_parts(self, side: SheetSide) -> None:
        """What is worked with at the side, by its own names."""
        self.back, self.notice, self.latin = side.back, side.notice, side.latin
        self.print_button, self.save_button = side.print_button, side.save_button
        self.dialog_button, self.panel, self.paper = side.dialog_button, side.panel, side.paper
        self.per_page, self.size_box, self.why = side.per_page, side.size_box, side.why

    def _connect(self) -> None:
        on_click(self.back, self._leave)
        self._stage.failed.connect(self.notice.problem)
        self.per_page.changed.connect(self._changed)
        self.latin.given.connect(self._name)
        self.paper.currentIndexChanged.connect(self._changed)
        self.size_box.changed.connect(self._changed)
        self.panel.changed.connect(self._other_printer)
        self.panel.waiting.settled.connect(self.notice.clear)
        on_click(self.print_button, self._print)
        on_click(self.save_button, self._save)
        on_click(self.dialog_button, self._open_dialog)
        self.hold.confirmed.connect(self._in_hand)
        self.hold.again_wanted.connect(self.open_for)
        self.hold.left.connect(self._leave)

    def _leave(self) -> None:
        self.clear()
        self.left.emit()

    def _paper_now(self) -> Paper:
        return Paper(self.paper.currentData())

    def _changed(self) -> None:
        self.panel.show_paper(self._paper_now())
        if self._choice is None:
            return
        self._choice = self._laid_as(self._choice)
        self._lay_out()

    def _laid_as(self, choice: SheetChoice) -> SheetChoice:
        """The choice as the fields say it is laid out."""
        is_life_size = choice.kind is SheetKind.RECORD and self.size_box.life_size.isChecked()
        self.per_page.setEnabled(not is_life_size)
        to = self.panel.options if is_life_size else None
        return replace(
            choice,
            per_page=self.per_page.number,
            paper=self._paper_now(),
            life_size=is_life_size,
            smaller=is_life_size and self.size_box.smaller.isChecked(),
            printer=to.printer if to else "",
            tray=to.tray if to else "",
        )

    def _other_printer(self) -> None:
        """A sheet in life size says what is known of the printer, so it is laid out again."""
        self._enable(on=self._ready is not None)
        if self._choice is not None and self._laid_as(self._choice) != self._choice:
            self._choice = self._laid_as(self._choice)
            self._lay_out()

    def _lay_out(self) -> None:
        if self._choice is None:
            return
        self._asked += 1
        self._ready = None
        self.notice.clear()  # it was said of another layout
        self._enable(on=False)
        self._side.summary.setText(self.tr("Laying the sheet out…"))
        self._background.run(
            partial(_laid_out, self._verbs, self._choice),
            owner=self,
            done=partial(self._show, self._asked),
            failed=partial(self._cannot, self._asked),
        )

    def _show(self, asked: int, laid: _Laid) -> None:
        if asked != self._asked:
            return
        self._ready = laid.ready
        self._ask_why(needed=laid.ready.copy > 1)
        pages = counted(laid.ready.pages, "page")
        copy = self.tr(" Copy {}.").format(laid.ready.copy) if laid.ready.copy > 1 else ""
        said = self.tr("{}. Number {}.").format(self._what_on(laid.ready, pages), laid.ready.number)
        self._side.summary.setText(said + copy)
        self._stage.show_paper(laid.shown)
        self._enable(on=True)

    def _what_on(self, ready: SheetReady, pages: str) -> str:
        if not ready.images:
            return pages
        return self.tr("{} on {}").format(counted(len(ready.images), "image"), pages)

    def _cannot(self, asked: int, problem: Exception) -> None:
        if asked == self._asked:
            self._side.summary.setText("")
            self._stage.clear()
            self.latin.tell(problem, self.notice)

    def _name(self, name: str) -> None:
        """Go on with the patient's name in Latin letters."""
        if self._choice is not None:
            self.notice.clear()
            self.latin.hide()
            self._choice = replace(self._choice, written=named(self._choice.written, name))
            self._lay_out()

    def _enable(self, *, on: bool) -> None:
        self.print_button.setEnabled(on and self.panel.options is not None)
        self.save_button.setEnabled(on)
        self.dialog_button.setEnabled(on)
        if self.print_button.isEnabled() and self.focusWidget() in {None, self.back}:
            self.print_button.setFocus()  # whichever came last, the pages or the printers

    def _ask_why(self, *, needed: bool) -> None:
        """A copy more than the first wants a reason, which the register keeps."""
        self._side.ask_why(needed=needed)

    def _may_go_out(self) -> bool:
        """Whether all is said; asks for the reason where it is not."""
        if self._choice is None or self._ready is None:
            return False
        why, more = self.why.text().strip(), self._side.asks_why
        if more and not why:
            self.notice.say(
                self.tr("Say why one more copy of this sheet is needed: the register keeps it."),
                tone="problem",
            )
            self.why.setFocus()
            return False
        self._choice = replace(self._choice, why=why if more else "")
        return True

    def _print(self) -> None:
        if not self._may_go_out():
            return
        options = self.panel.options
        if self._choice and self._ready and options:
            self._send(
                partial(self._verbs.print, self._choice, self._ready, options),
                self.tr("Sent to {}.").format(shown_name(options.printer)),
            )
            self.panel.keep()

    def _save(self) -> None:
        if self._ready and self._may_go_out():
            self._ask(
                PathQuestion(
                    parent=self,
                    title=self.tr("Save the paper"),
                    kind="save",
                    suggested=f"{self._ready.number}.pdf",
                    files=self.tr("PDF files (*.pdf)"),
                    then=self._save_to,
                )
            )

    def _save_to(self, path: Path) -> None:
        if self._choice and self._ready:
            self._send(
                partial(self._verbs.save, self._choice, self._ready, path),
                self.tr("Saved as {}. That file is not encrypted.").format(path.name),
                hold=False,
            )

    def _open_dialog(self) -> None:
        if self._ready is None or not self._may_go_out():
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._ready.number)
        dialog = QPrintDialog(printer, self)
        # The dialog's own “Print to File” would leave a sheet in the clear that no register knows.
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, False)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._print_on, printer))
        QDialog.open(dialog)  # the stubs know only the overload with a slot to call

    def _print_on(self, printer: QPrinter) -> None:
        if self._choice and self._ready:
            self._send(
                partial(self._verbs.print_on, self._choice, self._ready, printer),
                self.tr("Sent to {}.").format(printer.printerName()),
            )

    def _send(self, work: "partial[SheetReady]", sentence: str, *, hold: bool = True) -> None:
        self._enable(on=False)
        self.notice.say(self.tr("Working…"))
        self._background.run(
            work, owner=self, done=partial(self._sent, sentence, hold), failed=self._not_sent
        )

    def _sent(self, sentence: str, hold: bool, ready: SheetReady) -> None:
        self._ready = ready
        self._enable(on=True)
        self._ask_why(needed=True)
        self.why.clear()
        copy = self.tr(" Copy {} of sheet {} is in the register.").format(ready.copy, ready.number)
        self.notice.say(sentence + copy, tone="good")
        self.sheet_made.emit(ready)
        self._to_hold = [*ready.earlier, ready.line] if hold and ready.line else []
        if self._hold_next() and ready.waits:
            self.hold.notice.say(ready.waits)

    def _hold_next(self) -> bool:
        """Ask for the next copy that came out; whether there was one."""
        if not self._to_hold or self._choice is None:
            return False
        self._stack.setCurrentWidget(self.hold)
        self.hold.open_for(SheetOf(sheet=self._to_hold.pop(0), patient=self._choice.patient))
        return True

    def _in_hand(self, sheet: Sheet) -> None:
        if self._hold_next():
            return
        self._stack.setCurrentIndex(0)
        self.notice.say(
            self.tr("All of sheet {}, copy {} is in hand. {}").format(
                sheet.number, sheet.copy, next_step(sheet)
            ),
            tone="good",
        )
        self.back.setFocus()

    def _not_sent(self, problem: Exception) -> None:
        self._enable(on=True)
        self.notice.problem(problem)
        self.panel.waiting.look_after_failing()


def _laid_out(verbs: SheetVerbs, choice: SheetChoice) -> _Laid:
    """In a lane: lay out, and draw the first page for the screen."""
    ready = verbs.prepare(choice)
    return _Laid(ready=ready, shown=shown_paper(ready.laid, verbs.preview_page))
