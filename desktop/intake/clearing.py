"""Off the device: what was received is deleted there, one by one, and seen to be gone (R74).

Three sessions at least. In the first, one item is compared and deleted; a second, fresh one must
show that exactly this one is gone; in it the rest go, one by one, each compared just before; and a
last fresh listing decides what is *confirmed absent*. A device that surprises is left alone at
once: libgphoto2 can wipe a card and call it success.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from desktop.devices.problems import (
    DeleteNotHonoured,
    DeleteRefused,
    MoreWentMissing,
    NotTheImportedItem,
    SourceChanged,
    SourceGone,
    SourceHelperDied,
)
from desktop.devices.refusal import refusal
from desktop.devices.source import ClearingSource, Compared, MediaItem
from desktop.devices.untrusted_names import stem_of
from desktop.intake.clearing_beside import Beside, keep_beside
from desktop.intake.clearing_report import ClearReport, NotCleared
from desktop.intake.report import Progress, Stopped, Tell
from desktop.problem import Cancelled, Problem
from desktop.records.facts.clearance import Deposit
from desktop.records.facts.clearance_problems import (
    NotOnDeviceNow,
    NotSeenAbsent,
    SiblingNotKept,
)
from desktop.records.rules.clearing import ClearanceProof, proved

_MAY_HAVE_DELETED = (DeleteRefused, SourceGone, SourceHelperDied)
"""What a device may answer, or fall silent with, that deleted the file all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearVerbs:
    """What the record does for a clearing. All block.

    `stored` reads the office's own copy back from disk and gives its SHA-256, or raises; meanwhile
    it says how far it is, and ends with what it hears then.
    `keep_companion` keeps a small file that lies beside an image and gives its SHA-256 once it is
    safe. `cleared` puts proofs on record; `refused` why a copy stays.
    """

    stored: Callable[[Deposit, Compared], bytes]
    keep_companion: Callable[[Deposit, str, bytes], bytes]
    cleared: Callable[[Sequence[ClearanceProof]], Sequence[Deposit]]
    refused: Callable[[Deposit, Problem], None]


def clear_device(
    *,
    open_fresh: Callable[[], ClearingSource],
    deposits: Sequence[Deposit],
    verbs: ClearVerbs,
    tell: Tell,
    stopped: Stopped,
) -> ClearReport:
    """Clear a device of these deposits; the caller has asked the rules whether it may be.

    `open_fresh` gives a new session with the same device each time it is called; the caller's own
    must be closed. Nothing is deleted that was not read back from the office's disk and compared,
    and nothing is called cleared that a fresh session did not show absent. Raises nothing for what
    the world does: what ended it is `stopped_by`. It may be stopped in the middle of a file, too,
    as long as that is being compared. Each file is read twice, and so its bytes count twice.
    """
    trip = _Clearing(open_fresh, deposits, verbs, tell, stopped)
    return trip.run()


@dataclass(frozen=True, slots=True)
class _Gone:
    """One copy that the device says it deleted, and the hashes that were equal before."""

    deposit: Deposit
    key: str
    stored: bytes
    beside: Beside


class _Clearing:
    """One run of `clear_device`."""

    def __init__(
        self,
        open_fresh: Callable[[], ClearingSource],
        deposits: Sequence[Deposit],
        verbs: ClearVerbs,
        tell: Tell,
        stopped: Stopped,
    ) -> None:
        self._open_fresh = open_fresh
        self._verbs = verbs
        self._tell = tell
        self._stopped = stopped
        self._waiting = list(deposits)
        self._total = len(deposits)
        self._bytes_total = self._bytes_waiting = 2 * sum(one.size for one in deposits)
        self._source: ClearingSource | None = None
        self._identity = ""
        self._before: frozenset[str] = frozenset()
        self._listed: frozenset[str] = frozenset()
        self._places: dict[tuple[str, str], list[MediaItem]] = {}
        self._unlisted: list[str] = []
        self._gone: list[_Gone] = []
        self._doubtful: set[str] = set()
        self._report = ClearReport()

    def run(self) -> ClearReport:
        try:
            self._clear()
        finally:
            # whatever ended it: what was deleted by then is looked at, and noted
            self._confirm()
            self._report.not_reached.extend(self._waiting)
            self._close()
            self._say("")
        return self._report

    def _clear(self) -> None:
        try:
            self._look(first=True)
            self._try_out(lambda: bool(self._gone or self._doubtful))
            if not self._gone:
                self._try_out(lambda: bool(self._gone))
            while self._waiting:
                self._clear_next()
        except Problem as problem:
            self._report.stopped_by = problem

    def _try_out(self, enough: Callable[[], bool]) -> None:
        """One by one until it is enough; then a fresh session shows what was really done."""
        while self._waiting and not enough():
            self._clear_next(at_most=1)
        if self._waiting and (self._gone or self._doubtful):
            self._look()
            self._compare_listings()

    def _look(self, *, first: bool = False) -> None:
        """Open a fresh session and list all of it; only then is anything of it believed."""
        self._close()
        self._source = self._open_fresh()
        self._source.check_clearing()
        identity = self._source.identity()
        items = list(self._source.items())
        self._listed = frozenset(item.key for item in items)
        self._unlisted = [_way(item.folder, item.name) for item in items if item.problem]
        self._places = {}
        for item in items:
            self._places.setdefault(_place(item.folder, item.name), []).append(item)
        if first:
            self._identity, self._before = identity, self._listed
        if not identity == self._source.identity() == self._identity:
            raise SourceChanged(source=self._source.info.name)

    def _clear_next(self, *, at_most: int = 0) -> None:
        """Clear the next item with all that belongs to it, or say why it stays.

        With `at_most`, only so many of them: the rest waits for the next session.
        """
        if self._stopped():
            raise Cancelled
        group = self._group_of(self._waiting[0])
        try:
            pairs = [(one, self._item_of(one)) for one in group]
            self._refuse_strangers(pairs)
        except Problem as problem:
            self._refuse(group, problem)
            return
        for one, item in pairs[: at_most or None]:
            if not self._clear_one(one, item):
                # what belongs to it stays with it, or is what is left of it
                return

    def _clear_one(self, one: Deposit, item: MediaItem) -> bool:
        source = self._opened
        self._say(one.file_name)
        try:
            stored = self._verbs.stored(one, self._watched(one.file_name))
            beside = keep_beside(source, one, item, self._verbs.keep_companion)
            source.delete_verified(
                item, sha256=stored, compared=self._watched(one.file_name, before=one.size)
            )
        except Cancelled:
            raise  # it was being compared: nothing of it is deleted, and it waits on
        except Problem as problem:
            if isinstance(problem, _MAY_HAVE_DELETED):
                self._doubtful.add(item.key)
            self._refuse([one], problem)
            if problem.ends_the_trip or isinstance(problem, NotTheImportedItem):
                raise
            return False
        self._dealt_with(one)
        self._gone.append(_Gone(one, item.key, stored, beside))
        self._report.left_beside.extend(beside.delete(source))
        return True

    def _group_of(self, first: Deposit) -> list[Deposit]:
        """The deposits that belong together: one folder, one stem (Live Photo, RAW and JPEG)."""
        place = _place(first.folder, first.file_name)
        return [one for one in self._waiting if _place(one.folder, one.file_name) == place]

    def _item_of(self, one: Deposit) -> MediaItem:
        """The item on the device that has the name, folder and size of this deposit.

        Raises NotOnDeviceNow, and what keeps the item from being read.
        """
        same = [
            item
            for item in self._places.get(_place(one.folder, one.file_name), ())
            if (item.folder, item.name, item.size) == (one.folder, one.file_name, one.size)
        ]
        if len(same) != 1:
            raise NotOnDeviceNow(name=one.file_name)
        if (problem := refusal(same[0])) is not None:
            raise problem
        return same[0]

    def _refuse_strangers(self, pairs: Sequence[tuple[Deposit, MediaItem]]) -> None:
        """Raise SiblingNotKept if the device has a file of this stem that is not being cleared."""
        one, first = pairs[0]
        ours = {item.key for _, item in pairs} | {gone.key for gone in self._gone}
        place = _place(first.folder, first.name)
        for item in self._places.get(place, ()):
            if item.key not in ours:
                raise SiblingNotKept(name=one.file_name, sibling=item.name)

    def _compare_listings(self) -> None:
        """Exactly what was deleted may be gone. Raises NotSeenAbsent, MoreWentMissing and
        DeleteNotHonoured."""
        for gone in self._gone:
            place = _way(gone.deposit.folder, "")
            # a folder that could not be listed stands in the list itself, with its problem
            if any(place.startswith(folder) for folder in self._unlisted):
                raise NotSeenAbsent(name=gone.deposit.file_name)
        deleted = {gone.key for gone in self._gone} | self._doubtful
        if more := self._before - self._listed - deleted:
            raise MoreWentMissing(source=self._opened.info.name, count=len(more))
        if still := next((gone for gone in self._gone if gone.key in self._listed), None):
            raise DeleteNotHonoured(name=still.deposit.file_name)

    def _confirm(self) -> None:
        """A last fresh listing decides; what it cannot decide stays outstanding."""
        if not self._gone and not self._doubtful:
            return
        try:
            self._look()
            self._compare_listings()
        except DeleteNotHonoured as problem:
            self._report.stopped_by = self._report.stopped_by or problem
        except Problem as problem:
            # not listed, or more is missing than was deleted: this look proves nothing
            self._report.stopped_by = self._report.stopped_by or problem
            for gone in self._gone:
                self._leave(gone.deposit, NotSeenAbsent(name=gone.deposit.file_name))
            return
        self._note()

    def _is_absent(self, gone: _Gone) -> bool:
        """Whether a copy and what showed the same are gone; if not, it stays outstanding."""
        try:
            if gone.key in self._listed:
                raise DeleteNotHonoured(name=gone.deposit.file_name)
            gone.beside.refuse_if_shown(self._opened)
        except Problem as problem:
            self._leave(gone.deposit, problem)
            return False
        return True

    def _note(self) -> None:
        """Put the absent on record as cleared."""
        absent = [gone for gone in self._gone if self._is_absent(gone)]
        proofs = [
            proved(
                gone.deposit,
                key=gone.key,
                stored=gone.stored,
                compared=gone.stored,
                listed_after=self._listed,
            )
            for gone in absent
        ]
        try:
            self._cleared(absent, proofs)
        except Problem:
            # one by one, so that what is wrong with one keeps no proof of another off the record
            for gone, proof in zip(absent, proofs, strict=True):
                try:
                    self._cleared([gone], [proof])
                except Problem as problem:
                    self._report.stopped_by = self._report.stopped_by or problem
                    self._report.refused.append(NotCleared(deposit=gone.deposit, problem=problem))

    def _cleared(self, absent: Sequence[_Gone], proofs: Sequence[ClearanceProof]) -> None:
        noted = {one.id: one for one in self._verbs.cleared(proofs)}
        self._report.cleared.extend(noted.get(gone.deposit.id, gone.deposit) for gone in absent)

    def _refuse(self, group: Sequence[Deposit], problem: Problem) -> None:
        for one in group:
            self._dealt_with(one)
            self._leave(one, problem)

    def _leave(self, one: Deposit, problem: Problem) -> None:
        self._report.refused.append(NotCleared(deposit=one, problem=problem))
        with suppress(Problem):  # a full disk: the report says it all the same
            self._verbs.refused(one, problem)

    @property
    def _opened(self) -> ClearingSource:
        if self._source is None:
            raise AssertionError("no session is open")
        return self._source

    def _close(self) -> None:
        source, self._source = self._source, None
        if source is not None:
            with suppress(Problem):
                source.close()

    def _dealt_with(self, one: Deposit) -> None:
        self._waiting.remove(one)
        self._bytes_waiting -= 2 * one.size

    def _watched(self, name: str, *, before: int = 0) -> Compared:
        """Says how far one reading of a file is, and ends it when it is to be stopped."""

        def compared(done: int) -> None:
            if self._stopped():
                raise Cancelled
            self._say(name, before + done)

        return compared

    def _say(self, name: str, read: int = 0) -> None:
        self._tell(
            Progress(
                done=self._total - len(self._waiting),
                total=self._total,
                bytes_done=self._bytes_total - self._bytes_waiting + read,
                bytes_total=self._bytes_total,
                name=name,
            )
        )


def _place(folder: str, name: str) -> tuple[str, str]:
    return folder, stem_of(name)


def _way(folder: str, name: str) -> str:
    """The way to a folder, so that what lies below it begins with it."""
    return "/".join(["", *(step for step in f"{folder}/{name}".split("/") if step), ""])
