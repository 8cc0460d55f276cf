"""The images of the chosen source: those of today as pictures to tick, other days as counts."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.devices.private_images import Day, newest
from desktop.devices.problems import SourceEmpty
from desktop.devices.source import MediaItem, SourceInfo, SourceState
from desktop.devices.states import state_of
from desktop.intake.filing_report import TRAY
from desktop.problem import Problem
from desktop.records.facts.patient import short_date
from desktop.records.facts.seen_files import FileMark, Seen
from desktop.ui.desk import scan_words
from desktop.ui.desk.day_list import DayList
from desktop.ui.desk.item_model import ItemModel
from desktop.ui.desk.item_words import found_so_far, newest_words, status_words
from desktop.ui.desk.listing_wait import ListingWait
from desktop.ui.desk.scan_words import is_scanner
from desktop.ui.desk.source_words import WORDS
from desktop.ui.desk.verbs import DeskVerbs
from desktop.ui.parts.background import Background, Job
from desktop.ui.parts.pictures import Pictures
from desktop.ui.parts.pieces import EmptyState, Notice, button, on_click, words
from desktop.ui.parts.tick_grid import TickGrid
from desktop.ui.parts.tiles import Index, Role


class ItemPane(QWidget):
    """`ticks_changed` tells that another set is ticked; `went_on` that Enter was pressed;
    `again_wanted` carries the source that a person wants to be asked once more.

    A phone holds its owner's private life: what is of another day, or was taken by no camera, is a
    number until a person asks for it. What was asked for is forgotten when the source leaves, for
    another one may come under its name, and when the office is locked.
    """

    ticks_changed = Signal()
    went_on = Signal()
    folder_wanted = Signal()
    again_wanted = Signal(object)
    listed = Signal()

    def __init__(
        self, *, background: Background, verbs: DeskVerbs, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._background = background
        self._verbs = verbs
        self._source: SourceInfo | None = None
        self._job: Job | None = None
        self._generation = 0
        self._is_listing = False
        self._is_cut_short = False
        self._failed: Problem | None = None
        self._today = today
        self._asked: dict[str, frozenset[Day]] = {}
        self._offered: date | None = None
        self._build()
        self._connect()
        self._show_source_state()

    @property
    def source(self) -> SourceInfo | None:
        """The source whose items are shown."""
        return self._source

    @property
    def ticked(self) -> tuple[MediaItem, ...]:
        """What is ticked."""
        return self.model.ticked

    @property
    def status(self) -> str:
        """The line below the grid."""
        return self._status.text()

    def open_source(self, source: SourceInfo) -> None:
        """Show a source's items as they are found."""
        self._stop_listing()
        self._source = source
        self._failed = None
        self._title.setText(source.name)
        self.notice.clear()
        if source.caution:
            self.notice.say(source.caution, tone="warning")
        self._begin(source)
        if source.state is SourceState.READY:
            self._list(source)
        self._show_source_state()

    def scan_more(self) -> None:
        """Scan once more with the scanner that is shown; its pages so far stay, ticks and all."""
        if self._source is not None and not self._is_listing and is_scanner(self._source):
            self.notice.clear()
            self._failed, self._is_cut_short = None, False
            self._list(self._source, more=True)
            self._show_source_state()

    def source_gone(self, source: SourceInfo) -> None:
        """The source was unplugged: say so within the next look."""
        self._asked.pop(source.id, None)
        if self._source is None or self._source.id != source.id:
            return
        self.close_source(source)
        self.notice.say(
            self.tr("{} was unplugged. What was filed is safe.").format(source.name),
            tone="warning",
        )

    def source_changed(self, source: SourceInfo) -> None:
        """The source says something else of itself: a phone was unlocked, say."""
        if self._source is None or self._source.id != source.id:
            return
        if source.state is not self._source.state:
            self.open_source(source)
        else:
            self._source = source
            self._show_source_state()

    def let_go(self, source: SourceInfo) -> None:
        """Read nothing more from a source: it is being ejected."""
        self._let_go(source, self.tr("Ejecting {}"), self.tr("Leave it in."), icon="eject")

    def give_up(self, source: SourceInfo) -> None:
        """Read nothing more from a source: it is being cleared, and shown anew after that."""
        said = self.tr("What is left on it is shown after that.")
        self._let_go(source, self.tr("Clearing {}"), said, icon="smartphone")

    def _let_go(self, source: SourceInfo, heading: str, sentence: str, *, icon: str) -> None:
        if self._source is not None and self._source.id == source.id:
            self._stop_listing()
            self._begin(None)
            self._tell_counts()
            self._empty.say(heading.format(source.name), sentence, icon=icon)
            self._stack.setCurrentWidget(self._empty)

    def close_source(self, source: SourceInfo) -> None:
        """Show it no more."""
        self._asked.pop(source.id, None)
        if self._source is not None and self._source.id == source.id:
            self._stop_listing()
            self._source = None
            self._failed = None
            self._begin(None)
            self.notice.clear()
            self._title.setText("")
            self._show_source_state()

    def note_filed(self, items: tuple[MediaItem, ...]) -> None:
        """Mark what is in the record now."""
        self.model.note_filed(items)

    def note_taken_back(self) -> None:
        """What was filed last is in no record any more."""
        self.model.note_taken_back()

    def _build(self) -> None:
        self._title = words("", kind="title", wrap=True)
        self.notice = Notice()
        self.model = ItemModel(
            pictures=Pictures(self._background, self),
            fetch=self._fetch,
            parent=self,
        )
        self.grid = TickGrid(self.tr("Images on the device"))
        self.grid.setModel(self.model)
        self._empty = EmptyState(icon="images", heading="", sentence="")
        self._empty_action = EmptyState(
            icon="state-plug-in",
            heading=self.tr("Plug in a phone, camera or card"),
            sentence=self.tr("Its images of today appear here. Older ones stay a count."),
            action=self.tr("Choose a folder…"),
        )
        self._stack = QStackedWidget()
        for widget in (self._empty_action, self._empty, self.grid):
            self._stack.addWidget(widget)
        self.days = DayList()
        self._wait = ListingWait(self)
        self._lay_out()

    def _lay_out(self) -> None:
        self._found = words("", kind="quiet")
        self.stop_button = button(self.tr("Stop"), kind="link")
        self._status = words("", kind="quiet")
        self._status.setMinimumWidth(60)  # long names give way to the pictures
        self._title.setMinimumWidth(60)
        footer = QHBoxLayout()
        footer.addWidget(self._status, 1)
        footer.addWidget(self._found)
        footer.addWidget(self.stop_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 16, 8, 12)
        layout.setSpacing(12)
        for part in (self._title, self.notice, self._stack, self.days):
            layout.addWidget(part, int(part is self._stack))
        layout.addLayout(footer)
        self.setFocusProxy(self.grid)

    def _connect(self) -> None:
        self.days.model.ticks_changed.connect(self._days_chosen)
        on_click(self.stop_button, self._stop_or_list_again)
        self.model.ticks_changed.connect(self._tell_ticks)
        self.grid.went_on.connect(self.went_on)
        self.grid.current_moved.connect(self._tell_current)
        self._empty_action.acted.connect(self.folder_wanted)
        self._empty.acted.connect(self._act)
        self._wait.ticked.connect(self._show_source_state)

    def _fetch(self, item: MediaItem) -> Callable[[], bytes | None]:
        source_id = self._source.id if self._source else ""
        return partial(self._verbs.thumbnail, source_id, item)

    def _begin(self, source: SourceInfo | None) -> None:
        """Show nothing yet. What is the office's own, as the tray is, holds nothing private."""
        today = self._today()
        asked = self._asked.get(source.id, frozenset()) if source else frozenset()
        self._is_cut_short = False
        self.days.model.start(today=today, ticked=asked)
        self.model.start(None if _is_ours(source) else asked | {today})

    def _list(self, source: SourceInfo, *, more: bool = False) -> None:
        self._is_listing = True
        verb = self._verbs.scan_more if more else self._verbs.list_items
        generation = self._generation
        self._background.run(
            partial(self._verbs.seen, source),
            owner=self,
            done=partial(self._seen_came, generation),
            failed=self.notice.problem,
        )
        self._job = self._background.run_long(
            lambda tell, stopped: verb(source.id, tell, stopped),
            owner=self,
            told=partial(self._items_came, generation),
            done=partial(self._list_ended, generation),
            failed=partial(self._list_failed, generation, more),
        )

    def _stop_listing(self) -> None:
        self._generation += 1
        self._is_listing = False
        if self._job is not None:
            self._job.stop()
            self._job = None

    def _stop_or_list_again(self) -> None:
        if self._is_listing:
            self._stop_listing()
            self._is_cut_short = True
            self._show_source_state()
            self.listed.emit()
        elif is_scanner(self._source):
            self.scan_more()
        elif self._source is not None:
            self.open_source(self._source)
            self.grid.setFocus()

    def _seen_came(self, generation: int, seen: Mapping[FileMark, Seen]) -> None:
        if generation == self._generation:
            self.model.note_seen(seen)

    def _items_came(self, generation: int, items: list[MediaItem]) -> None:
        if generation == self._generation:
            self.model.append(self.model.new_of(items) if is_scanner(self._source) else items)
            self._show_source_state()
            self.grid.start_at_first()

    def _list_ended(self, generation: int, _nothing: None) -> None:
        if generation == self._generation:
            self._is_listing = False
            self._show_source_state()
            self.listed.emit()

    def _list_failed(self, generation: int, was_more: bool, problem: Problem) -> None:
        if generation == self._generation:
            self._is_listing = False
            if is_scanner(self._source):
                self._scan_failed(problem, was_more=was_more)
            elif self.model.total:
                self.notice.problem(problem)
            else:
                self._failed = problem
            self._show_source_state()
            self.listed.emit()

    def _scan_failed(self, problem: Problem, *, was_more: bool) -> None:
        """What came of a stack that failed is not held; what was scanned before may be."""
        source = self._source
        if source is None:
            return
        self._begin(source)
        if was_more and not scan_words.lost_its_pages(problem):
            self._list(source)
            self.notice.problem(problem)
        else:
            self._failed = problem

    def _act(self) -> None:
        """What the empty state offers: the newest day, or to ask the source once more."""
        source = self._source
        if source is None:
            return
        if self._offered is not None:
            self.days.model.tick(self._offered)
            self.grid.setFocus()
            return
        self._empty.say(self.tr("Asking {} again…").format(source.name), "", icon="usb")
        self.again_wanted.emit(source)

    def _days_chosen(self) -> None:
        if self._source is not None:
            self._asked[self._source.id] = ticked = self.days.model.ticked
            self.model.show_days(ticked | {self._today()})
            self._show_source_state()
            self.grid.start_at_first()

    def _show_source_state(self) -> None:
        self._wait.wait_for(None if not self._is_listing or self.model.total else self._source)
        self._offered = None
        if self._source is None:
            self._stack.setCurrentWidget(self._empty_action)
        elif self._failed is not None:
            self._say_failed(self._source, self._failed)
            self._stack.setCurrentWidget(self._empty)
        elif self._source.state is not SourceState.READY:
            self._say_state(self._source, self._source.state, self._source.detail)
            self._stack.setCurrentWidget(self._empty)
        elif self.model.rowCount() == 0:
            self._say_nothing_shown()
            self._stack.setCurrentWidget(self._empty)
        else:
            self._stack.setCurrentWidget(self.grid)
        self._tell_counts()

    def _say_failed(self, source: SourceInfo, problem: Problem) -> None:
        again = self.tr("Try again")
        if isinstance(problem, SourceEmpty):
            heading = self.tr("No images here")
            self._empty.say(heading, str(problem), icon="state-empty", action=again)
        elif is_scanner(source):
            self._empty.say(scan_words.FAILED, str(problem), icon="state-empty", action=again)
        else:
            self._say_state(source, state_of(problem), str(problem))

    def _say_state(self, source: SourceInfo, state: SourceState, sentence: str) -> None:
        said = WORDS[state]
        heading = said.heading.format(source.name)
        again = self.tr("Try again")
        self._empty.say(heading, sentence, icon=said.picture, action=again)

    def _say_nothing_shown(self) -> None:
        if is_scanner(self._source):
            self._empty.say(*scan_words.nothing_yet(is_listing=self._is_listing), icon="file-text")
            return
        if self._is_listing and self.model.total == 0 and self._source is not None:
            self._empty.say(*self._wait.words(self._source), icon="images")
            return
        latest = newest(day for day in self.model.counts if day != self._today())
        if self._is_listing or latest is None:
            below = self.tr("Other days are listed below, each a count until you tick it.")
            self._empty.say(self.tr("No images of today"), below, icon="clock")
            return
        self._offered = latest
        show = self.tr("Show {}").format(short_date(latest))
        heading, said = self.tr("No images of today"), newest_words(latest, today=self._today())
        self._empty.say(heading, said, icon="clock", action=show)

    def _tell_counts(self) -> None:
        self.days.model.show({} if _is_ours(self._source) else self.model.counts)
        self.days.say(self.model.hidden)
        scans = is_scanner(self._source)
        so_far = scan_words.scanning if scans else found_so_far
        said = so_far(
            self.model.total, is_listing=self._is_listing, is_cut_short=self._is_cut_short
        )
        self._found.setText("" if scans and self._failed else said)
        can_act = self._is_listing or self._is_cut_short or scans
        self.stop_button.setVisible(can_act and self._failed is None)
        onward = scan_words.MORE if scans else self.tr("List all")
        self.stop_button.setText(self.tr("Stop") if self._is_listing else onward)

    def _tell_ticks(self) -> None:
        self._tell_current(self.grid.currentIndex())
        self.ticks_changed.emit()

    def _tell_current(self, current: Index) -> None:
        item = current.data(Role.FACT) if current.isValid() else None
        said = status_words(self.model, item)
        self._status.setText(said)
        self._status.setToolTip(said)


def _is_ours(source: SourceInfo | None) -> bool:
    return source is not None and (source.id == TRAY or is_scanner(source))
