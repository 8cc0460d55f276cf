"""The items of one source as tiles to tick: those of today, and of other days once asked for."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QPixmap

from desktop.devices.private_images import Day, day_of
from desktop.devices.source import MediaItem
from desktop.devices.untrusted_names import kind_by_name, stem_of
from desktop.records.facts.clinical_image import MediaKind
from desktop.records.facts.patient import short_date
from desktop.records.facts.seen_files import FileMark, Seen
from desktop.ui.parts.image_words import recording_badge
from desktop.ui.parts.pictures import Pictures
from desktop.ui.parts.tile_look import Face
from desktop.ui.parts.tiles import Index, Role
from desktop.ui.parts.words import moment, size_words

_BROKEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_WHOLE = _BROKEN | Qt.ItemFlag.ItemIsUserCheckable

Shot = tuple[str, str]


class ItemModel(QAbstractListModel):
    """Ticks belong to shown items only: what is hidden cannot be filed by accident, and no picture
    of it is fetched. What is here already is ticked only by whoever means that very item."""

    ticks_changed = Signal()

    def __init__(
        self,
        *,
        pictures: Pictures,
        fetch: Callable[[MediaItem], Callable[[], bytes | None]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._fetch = fetch
        self._all: list[MediaItem] = []
        self._shown: list[MediaItem] = []
        self._row_of: dict[str, int] = {}
        self._shots: defaultdict[Shot, list[MediaItem]] = defaultdict(list)
        self._ticked: set[str] = set()
        self._filed: set[str] = set()
        self._filed_last: set[str] = set()
        self._seen: Mapping[FileMark, Seen] = {}
        self._days: frozenset[Day] | None = frozenset()
        self._counts: Counter[Day] = Counter()
        self._faces: dict[int, Callable[[MediaItem], object]] = {
            Qt.ItemDataRole.DisplayRole: self._name,
            Qt.ItemDataRole.AccessibleTextRole: self._aloud,
            Qt.ItemDataRole.ToolTipRole: self._tip,
            Qt.ItemDataRole.CheckStateRole: self._tick,
            Role.PICTURE: self._picture,
            Role.NO_PICTURE: self._no_picture,
            Role.FACE: self._face,
            Role.FACT: self._fact,
        }
        pictures.arrived.connect(self._pictures_came)

    def start(self, days: frozenset[Day] | None) -> None:
        """Forget the source that was shown; of the next one these days are shown, or everything."""
        self.beginResetModel()
        self._all, self._shown, self._row_of = [], [], {}
        self._shots.clear()
        self._ticked.clear()
        self._filed.clear()
        self._filed_last.clear()
        self._seen, self._days = {}, days
        self._counts = Counter()
        self._pictures.clear()
        self.endResetModel()
        self.ticks_changed.emit()

    def append(self, items: Sequence[MediaItem]) -> None:
        """Take items as they are found; those of the days that are shown appear at once."""
        self._all.extend(items)
        for item in items:
            self._shots[_shot(item)].append(item)
        days = list(map(day_of, items))
        self._counts.update(days)
        shown = [item for item, day in zip(items, days, strict=True) if self._shows(day)]
        if not shown:
            return
        first = len(self._shown)
        self.beginInsertRows(QModelIndex(), first, first + len(shown) - 1)
        self._shown.extend(shown)
        self._row_of.update((item.key, first + place) for place, item in enumerate(shown))
        self.endInsertRows()

    def new_of(self, items: Sequence[MediaItem]) -> list[MediaItem]:
        """Those that are not shown yet."""
        return [item for item in items if item.key not in self._row_of]

    def show_days(self, days: frozenset[Day]) -> None:
        """Show these days; what it hides loses its tick, and its picture is fetched no more."""
        self.beginResetModel()
        self._days = days
        self._shown = [item for item in self._all if self._shows(day_of(item))]
        self._row_of = {item.key: row for row, item in enumerate(self._shown)}
        self._ticked &= set(self._row_of)
        self._pictures.forget_wishes()
        self.endResetModel()
        self.ticks_changed.emit()

    def note_seen(self, seen: Mapping[FileMark, Seen]) -> None:
        """What the office remembers of files of this source."""
        self._seen = seen
        self._tell_all()

    @property
    def counts(self) -> Mapping[Day, int]:
        """How many items each day has so far."""
        return self._counts

    @property
    def ticked(self) -> tuple[MediaItem, ...]:
        """What is ticked, in the order of the device."""
        return tuple(item for item in self._shown if item.key in self._ticked)

    @property
    def hidden(self) -> int:
        """How many items are a count and not a picture."""
        return len(self._all) - len(self._shown)

    @property
    def total(self) -> int:
        """How many items the source has so far."""
        return len(self._all)

    def note_filed(self, items: Sequence[MediaItem]) -> None:
        """Mark items as in the record now, and take their ticks away."""
        self._filed_last = {item.key for item in items} - self._filed
        self._filed |= self._filed_last
        self.untick_all()

    def note_taken_back(self) -> None:
        """What was marked last is in the record no more."""
        self._filed -= self._filed_last
        self._tell_all()

    def untick_all(self) -> None:
        """Take every tick away."""
        self._ticked.clear()
        self._tell_all()
        self.ticks_changed.emit()

    def turn_rows(self, rows: Sequence[int], *, only_on: bool) -> None:
        """See `TurnsRows`: what is here already is left out of all."""
        items = [self._shown[row] for row in rows]
        keys = {
            item.key
            for item in items
            if item.problem is None and not (only_on and self.is_here(item))
        }
        on = only_on or not keys <= self._ticked
        self._ticked = self._ticked | self._with_its_own(keys) if on else self._ticked - keys
        self._tell_all()
        self.ticks_changed.emit()

    def hold_pictures(self, *, held: bool) -> None:
        """See `HoldsPictures`."""
        self._pictures.hold(held=held)

    def _with_its_own(self, keys: set[str]) -> set[str]:
        """These, and what is shown of the same shots: they are kept together, for a device is
        cleared of them together or not at all. What is not wanted can be unticked again."""
        shots = {_shot(self._shown[self._row_of[key]]) for key in keys}
        return keys | {
            item.key
            for shot in shots
            for item in self._shots[shot]
            if item.key in self._row_of and item.problem is None and not self.is_here(item)
        }

    def is_here(self, item: MediaItem) -> bool:
        """Whether an item was filed from here just now, or looks like one that was taken before."""
        return item.key in self._filed or (bool(self._seen) and item.mark in self._seen)

    def here_words(self, item: MediaItem) -> str:
        """A sentence about an item that is here already, or nothing. Never whose image it is."""
        if item.key in self._filed:
            return "in the record"
        return f"here already, {seen}" if (seen := self._seen_words(item)) else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many items are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Items with a problem can be looked at but not ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _WHOLE if self._shown[index.row()].problem is None else _BROKEN

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What stands on a tile."""
        face = self._faces.get(role) if index.isValid() else None
        return face(self._shown[index.row()]) if face else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick one item."""
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole:
            return False
        item = self._shown[index.row()]
        if item.problem is not None:
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._ticked |= self._with_its_own({item.key})
        else:
            self._ticked.discard(item.key)
        self._tell_all()
        self.ticks_changed.emit()
        return True

    def _name(self, item: MediaItem) -> str:
        return item.name

    def _aloud(self, item: MediaItem) -> str:
        _, recording = _badge(item) or ("", "")
        return ", ".join(
            filter(None, (item.name, recording, _date(item), item.shows, self._said(item)))
        )

    def _tip(self, item: MediaItem) -> str:
        where = f"{item.folder}/{item.name} · {size_words(item.size)}"
        return item.problem or " · ".join(filter(None, (where, item.shows, self.here_words(item))))

    def _tick(self, item: MediaItem) -> Qt.CheckState | None:
        if item.problem is not None:
            return None
        return Qt.CheckState.Checked if item.key in self._ticked else Qt.CheckState.Unchecked

    def _picture(self, item: MediaItem) -> QPixmap | None:
        return self._pictures.get(item.key, self._fetch(item))

    def _no_picture(self, item: MediaItem) -> bool:
        return self._pictures.is_absent(item.key)

    def _face(self, item: MediaItem) -> Face:
        mark = self._mark(item)
        return Face(
            name=item.name,
            caption=_date(item),
            mark=mark,
            mark_words=self._mark_words(item) if mark else "",
            badge=_badge(item),
            is_dimmed=item.problem is not None,
        )

    def _fact(self, item: MediaItem) -> MediaItem:
        return item

    def _mark(self, item: MediaItem) -> tuple[str, str] | None:
        if item.problem is not None:
            return ("triangle-alert", "warning")
        if item.key in self._filed:
            return ("circle-check", "good")
        if item.shows:
            return ("file-text", "accent")
        return ("circle-check", "muted") if item.mark in self._seen else None

    def _mark_words(self, item: MediaItem) -> str:
        if item.problem is not None:
            return "cannot be read"
        if item.shows and item.key not in self._filed:
            return "a page of ours"
        return "in the record" if item.key in self._filed else self._seen_words(item)

    def _said(self, item: MediaItem) -> str:
        return self._mark_words(item) if item.problem is not None else self.here_words(item)

    def _seen_words(self, item: MediaItem) -> str:
        seen = self._seen.get(item.mark)
        if seen is None:
            return ""
        at = seen.filed_at or seen.received_at
        day = short_date(at.astimezone().date())
        return f"filed {day}" if seen.filed_at else f"received {day}"

    def _shows(self, day: Day) -> bool:
        return self._days is None or day in self._days

    def _tell_all(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    def _pictures_came(self, keys: Iterable[str]) -> None:
        for row in (self._row_of[key] for key in keys if key in self._row_of):
            self.dataChanged.emit(self.index(row), self.index(row), [Role.PICTURE])


def _shot(item: MediaItem) -> Shot:
    return item.folder, stem_of(item.name)


def _date(item: MediaItem) -> str:
    return moment(item.modified_local) if item.modified_local else "no date"


def _badge(item: MediaItem) -> tuple[str, str] | None:
    """By what the office read of it, else by its name: it was not opened yet."""
    kind = kind_by_name(item.name) if item.kind is MediaKind.UNKNOWN else item.kind
    return recording_badge(kind, item.duration_ms)
