"""A list of sheets, and behind it the pages that its steps lead to: hold the paper, print again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.records.facts.sheet import Sheet
from desktop.ui.parts.asking import AskPath
from desktop.ui.parts.background import Background
from desktop.ui.parts.hold_paper import HoldPaper
from desktop.ui.parts.loop_verbs import SheetOf
from desktop.ui.parts.pieces import Notice, on_escape
from desktop.ui.parts.sheet_page import SheetPage
from desktop.ui.parts.sheet_steps import SheetSteps
from desktop.ui.parts.sheet_verbs import SheetChoice, SheetVerbs


class SheetStack(QStackedWidget):
    """`steps` and `notice` are for the list to show. `settled` carries a sentence, or nothing where
    a person only came back: the list fetches its rows again. `left` says that Escape was pressed in
    the list and nothing was open."""

    settled = Signal(str)
    left = Signal()

    def __init__(self, *, background: Background, verbs: SheetVerbs, ask: AskPath) -> None:
        super().__init__()
        self.notice = Notice()
        self.steps = SheetSteps(background=background, verbs=verbs.loop, notice=self.notice)
        self.hold = HoldPaper(background=background, verbs=verbs.loop)
        self.sheet = SheetPage(background=background, verbs=verbs, ask=ask)
        self._room = QWidget()
        self.steps.done.connect(self.settled)
        self.steps.hold_wanted.connect(self._show_hold)
        self.steps.again_wanted.connect(self._show_sheet)
        self.hold.confirmed.connect(self._in_hand)
        self.hold.again_wanted.connect(self._show_sheet)
        self.hold.left.connect(self._come_back)
        self.sheet.left.connect(self._come_back)

    @property
    def is_in_room(self) -> bool:
        """Whether the list is shown, not a page behind it."""
        return self.currentWidget() is self._room

    def take_room(self, room: QWidget) -> None:
        """This is the list."""
        self._room = room
        on_escape(room, self._escape)
        for page in (room, self.hold, self.sheet):
            self.addWidget(page)

    def show_room(self) -> None:
        """Back to the list, whatever page is open."""
        self.setCurrentWidget(self._room)

    def _escape(self) -> None:
        if self.steps.is_asking:
            self.steps.cancel()
        else:
            self.left.emit()

    def _show_hold(self, held: SheetOf) -> None:
        self.notice.clear()
        self.setCurrentWidget(self.hold)
        self.hold.open_for(held)

    def _show_sheet(self, choice: SheetChoice) -> None:
        self.notice.clear()
        self.setCurrentWidget(self.sheet)
        self.sheet.open_for(choice)

    def _in_hand(self, sheet: Sheet) -> None:
        self.show_room()
        said = self.tr("Sheet {}, copy {} is in hand. Put it into the chart now.")
        if sheet.kind.is_for_people:
            said = self.tr(
                "Sheet {}, copy {} is in hand. Once somebody took it, say “Handed over…”."
            )
        self.settled.emit(said.format(sheet.number, sheet.copy))

    def _come_back(self) -> None:
        self.show_room()
        self.settled.emit("")
