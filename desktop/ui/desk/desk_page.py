"""The Desk: where images come from, which ones, and whose they are; side by side, left to right."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.devices.source import MediaItem, SourceInfo
from desktop.intake.clearing_report import ClearOffer
from desktop.intake.filing_report import TRAY
from desktop.records.facts.ids import ImageId, IntakeId
from desktop.ui.desk.filing_panel import FilingPanel
from desktop.ui.desk.item_pane import ItemPane
from desktop.ui.desk.overdue_line import OverdueLine
from desktop.ui.desk.source_pane import SourcePane
from desktop.ui.desk.verbs import DeskVerbs
from desktop.ui.parts.asking import AskPath, ask_path
from desktop.ui.parts.background import Background
from desktop.ui.parts.clearing_verbs import receipt_order
from desktop.ui.parts.paper_page import PaperPage
from desktop.ui.parts.sheet_page import SheetPage
from desktop.ui.parts.sheet_verbs import SheetChoice

_ROOMY = 1100  # below this the sides give way, so that two columns of pictures stay
_SIDE = (198, 232)
_PANEL = (344, 400)


class DeskPage(QWidget):
    """The whole trip on one page. `images_filed` tells that records changed."""

    images_filed = Signal()

    def __init__(
        self,
        *,
        background: Background,
        verbs: DeskVerbs,
        ask: AskPath = ask_path,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.sources = SourcePane(background=background, verbs=verbs.sources, ask=ask)
        self.items = ItemPane(background=background, verbs=verbs, today=today)
        self.filing = FilingPanel(background=background, verbs=verbs)
        self.sheet = SheetPage(background=background, verbs=verbs.sheets, ask=ask)
        self.receipt = PaperPage(
            background=background,
            printing=verbs.clearing.printing,
            preview=verbs.clearing.preview_page,
            ask=ask,
        )
        self._clearing = verbs.clearing
        self.overdue = OverdueLine(background=background, verbs=verbs.clearing)
        self._build()
        self._connect()

    def start(self) -> None:
        """Begin to look for sources."""
        self.sources.start()
        self.overdue.load()

    def stop(self) -> None:
        """Look for sources no more."""
        self.sources.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out."""
        super().resizeEvent(event)
        roomy = self.width() >= _ROOMY
        self.sources.setFixedWidth(_SIDE[roomy])
        self.filing.setFixedWidth(_PANEL[roomy])

    def enter(self) -> None:
        """Come in: go to the images of the device."""
        self.items.setFocus()
        self.overdue.load()

    def open_clearing(self, offer: ClearOffer) -> None:
        """Clear the device of an earlier intake, if it is connected, or say what is to be done."""
        self._show_desk()
        self.filing.open_clearing(offer, self.sources.source_named(offer.source_name))

    def focus_search(self) -> None:
        """Go to the patient search."""
        self._show_desk()
        self.filing.focus_search()

    @property
    def shown_images(self) -> tuple[ImageId, ...]:
        """The ticked images that the office holds already: those of the tray."""
        source = self.items.source
        if source is None or source.id != TRAY:
            return ()
        return tuple(ImageId(UUID(one.key)) for one in self.items.ticked)

    def help_words(self) -> list[tuple[str, str]]:
        """What the page is for and how it goes by keyboard: headings and sentences."""
        return [
            (
                self.tr("1  Plug in"),
                self.tr(
                    "The device appears on the left by itself. A camera on your own network is "
                    "added there by its address, a scanner with “Scan…”, and a folder with "
                    "“Choose a folder…”, whatever put the images into it."
                ),
            ),
            (
                self.tr("2  Tick"),
                self.tr(
                    "Arrows move, Space ticks, Shift and arrows extend, Ctrl+A ticks all. "
                    "Enter goes on to the patient. Only camera images of today are shown; other "
                    "days are counts below, which Tab reaches and Space shows. What is here "
                    "already is marked, and Ctrl+A leaves it out."
                ),
            ),
            (
                self.tr("3  Say whose"),
                self.tr(
                    "Scan the label, or type and press Enter. Then read back a second identifier: "
                    "the date of birth, or the number if you searched by name."
                ),
            ),
            (
                self.tr("A page comes back"),
                self.tr(
                    "A photo or scan of a printed page is known by its square code. Tick it in the "
                    "tray: it says whose page it is. “This patient” takes them, and filing "
                    "attaches it to its paper."
                ),
            ),
            (
                self.tr("Which device"),
                self.tr(
                    "Alt+D: it is the device that was recognised, with all that is remembered of "
                    "it. Alt+P goes to its phone check; Y, N and ? answer, Escape is for later."
                ),
            ),
            (
                self.tr("From somebody else"),
                self.tr(
                    "Tick “Somebody else took and sent them”, or say that it is another "
                    "provider's device, and note who sent them and the six checks. For the "
                    "patient's own device, note who gives the copy. What is left open is kept as "
                    "incomplete, and waits in Worklists, “From others”."
                ),
            ),
            (
                self.tr("4  File"),
                self.tr(
                    "Enter files. The images are copied, sealed, read back and linked. Nothing is "
                    "deleted from the device by that. You can undo for ten seconds."
                ),
            ),
            (
                self.tr("5  Print"),
                self.tr("Print the sheet for the paper chart, and say that you hold all of it."),
            ),
            (
                self.tr("6  Clear the device"),
                self.tr(
                    "Images are deleted from the device one by one, each compared just before and "
                    "looked for afresh after. Its owner takes a receipt home. Nothing is ever "
                    "deleted from a patient's own device."
                ),
            ),
            (
                self.tr("7  Take the card out"),
                self.tr("Ctrl+E ejects the chosen card and says when it may be pulled out."),
            ),
        ]

    def _build(self) -> None:
        desk = QWidget()
        column = QVBoxLayout(desk)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.overdue)
        row = QHBoxLayout()
        row.setSpacing(0)
        column.addLayout(row, 1)
        row.addWidget(self.sources)
        row.addWidget(self.items, 1)
        row.addWidget(self.filing)
        self._desk = desk
        self._stack = QStackedWidget()
        self._stack.addWidget(desk)
        self._stack.addWidget(self.sheet)
        self._stack.addWidget(self.receipt)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _connect(self) -> None:
        self.sources.source_chosen.connect(self._open_source)
        self.sources.source_changed.connect(self.items.source_changed)
        self.sources.source_left.connect(self.items.source_gone)
        self.sources.source_leaving.connect(self.items.let_go)
        self.sources.source_ejected.connect(self.items.close_source)
        self.sources.scan_asked.connect(lambda _source: self.items.scan_more())
        self.items.again_wanted.connect(self.sources.try_again)
        self.items.folder_wanted.connect(self.sources.choose_folder)
        self.items.ticks_changed.connect(self._tell_items)
        self.items.went_on.connect(self.filing.focus_search)
        self.filing.filing_started.connect(lambda: self._hold_items(held=True))
        self.filing.filing_ended.connect(self._filing_ended)
        self.filing.filing_taken_back.connect(self.items.note_taken_back)
        self.filing.sheet_wanted.connect(self._show_sheet)
        self.sheet.left.connect(self._show_desk)
        self.filing.clear_step.started.connect(self._clearing_started)
        self.filing.clear_step.ended.connect(self._clearing_ended)
        self.filing.clear_step.receipt_asked.connect(self._show_receipt)
        self.receipt.left.connect(self._leave_receipt)

    def _open_source(self, source: SourceInfo) -> None:
        self.items.open_source(source)
        self._tell_items()

    def _tell_items(self) -> None:
        self.filing.show_items(self.items.source, self.items.ticked)

    def _hold_items(self, *, held: bool) -> None:
        """While a filing runs, what it was given stays as it is."""
        self.items.setEnabled(not held)
        self.sources.hold(held=held)

    def _filing_ended(self, in_record: tuple[MediaItem, ...]) -> None:
        self._hold_items(held=False)
        if in_record:
            self.items.note_filed(in_record)
            self.images_filed.emit()

    def _clearing_started(self, source: SourceInfo) -> None:
        self._hold_items(held=True)
        self.items.give_up(source)

    def _clearing_ended(self, source: SourceInfo) -> None:
        self._hold_items(held=False)
        if self.items.source is not None and self.items.source.id == source.id:
            self._open_source(self.items.source)
        self.overdue.load()
        self.images_filed.emit()

    def _show_receipt(self, intake: IntakeId) -> None:
        self._stack.setCurrentWidget(self.receipt)
        self.receipt.open_for(receipt_order(self._clearing, intake))

    def _leave_receipt(self) -> None:
        self._show_desk()
        self.filing.clear_step.focus()

    def _show_sheet(self, choice: SheetChoice) -> None:
        self._stack.setCurrentWidget(self.sheet)
        self.sheet.open_for(choice)

    def _show_desk(self) -> None:
        self._stack.setCurrentWidget(self._desk)
