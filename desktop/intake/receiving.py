"""From a device into the tray: read, seal, settle, commit, describe, in three lanes that overlap.

The caller's lane reads and seals; one lane makes sealed files durable, reads them back and commits
them in groups; one lane has them described, several at once where there are processors for it, and
what was found is noted by the committing lane, in groups again. An item is received only once its
commit returned.
"""

from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from threading import BoundedSemaphore
from typing import NamedTuple

from desktop.devices.problems import ShortRead
from desktop.devices.refusal import refusal
from desktop.devices.source import ImportSource, MediaItem
from desktop.intake.report import Progress, ReceiveReport, Refused, Stopped, Tell, WentOn
from desktop.lanes import Lane
from desktop.media.describer import Described
from desktop.problem import Cancelled, Problem
from desktop.records.facts.clinical_image import Arrival, ClinicalImage
from desktop.records.facts.ids import ImageId, IntakeId
from desktop.records.facts.sealed import SealedOriginal

GROUP = 10  # images per commit: what a crash can undo is read again from the device
_AHEAD = 4  # sealed files that may wait for the disk

ReadAt = Callable[[int, memoryview], int]
Settle = Callable[[], SealedOriginal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One item to be sealed. `mark` is what the same file of the same device has again when that
    was unplugged and is back; `read_at` reads as `ImportSource.read_into` does."""

    mark: Hashable
    size: int
    read_at: ReadAt


class Sealed(NamedTuple):
    """What settles an item that was sealed, and how many of its bytes an earlier reading gave."""

    settle: Settle
    went_on_at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepVerbs:
    """What the vault does for a trip. All block; all may be called from any lane.

    `seal` reads a whole item, or goes on where an earlier reading of it was cut, and gives back
    what settles it: durable on disk, read back, matched.
    `receive` commits settled originals and says of each whether it was here already.
    `describe` looks at a received image, up to `at_once` of them at a time; `put_on_record` notes
    what was found in some of them, and gives them back with their descriptions.
    """

    seal: Callable[[Reading, Stopped], Sealed]
    receive: Callable[
        [Sequence[tuple[SealedOriginal, Arrival]]], Sequence[tuple[ClinicalImage, bool]]
    ]
    describe: Callable[[ClinicalImage], Described]
    put_on_record: Callable[[Sequence[tuple[ImageId, Described]]], Sequence[ClinicalImage]]
    at_once: int = 1


def receive_items(
    *,
    source: ImportSource,
    items: Sequence[MediaItem],
    intake: IntakeId,
    verbs: KeepVerbs,
    tell: Tell,
    stopped: Stopped,
) -> ReceiveReport:
    """Keep every chosen item of an open source; one bad item never stops the rest.

    A problem that ends the trip (the device left, the disk is full, the person cancelled) leaves
    what was received before it, and names the items that were not reached. Raises nothing for what
    the world does.
    """
    with (
        Lane("settling") as settling,
        Lane("describing", threads=verbs.at_once) as describing,
    ):
        trip = _Trip(source, items, intake, verbs, tell, stopped, settling, describing)
        return trip.run()


class _Trip:
    """One run of `receive_items`; the report is written by the settling lane and the caller's."""

    def __init__(
        self,
        source: ImportSource,
        items: Sequence[MediaItem],
        intake: IntakeId,
        verbs: KeepVerbs,
        tell: Tell,
        stopped: Stopped,
        settling: Lane,
        describing: Lane,
    ) -> None:
        self._source = source
        self._items = items
        self._intake = intake
        self._verbs = verbs
        self._tell = tell
        self._stopped = stopped
        self._settling = settling
        self._describing = describing
        self._room = BoundedSemaphore(_AHEAD)
        self._report = ReceiveReport(intake=intake)
        self._group: list[tuple[MediaItem, SealedOriginal]] = []
        self._looks: list[Future[None]] = []
        self._seen: list[tuple[ImageId, Described]] = []
        self._now: dict[ImageId, ClinicalImage] = {}
        self._new: list[ImageId] = []
        self._late: list[ImageId] = []
        self._settled: list[Future[None]] = []
        self._end: Problem | None = None
        self._bytes_total = sum(item.size for item in items)
        self._bytes_done = 0
        self._finished = 0

    def run(self) -> ReceiveReport:
        for place, item in enumerate(self._items):
            end = self._end or (Cancelled() if self._stopped() else None)
            if end is None:
                end = self._take(item)
            if end is not None:
                self._report.stopped_by = end
                self._report.not_reached.extend(self._items[place:])
                break
        for future in self._settled:
            future.result()
        self._settling.ask(self._commit)
        for look in self._looks:
            look.result()
        self._settling.ask(self._note)
        self._report.received = [self._now[image] for image in self._new]
        self._report.already.extend(self._now[image] for image in self._late)
        self._report.stopped_by = self._report.stopped_by or self._end
        self._say("")
        return self._report

    def _take(self, item: MediaItem) -> Problem | None:
        """Seal one item and queue its settling. A problem is returned only if it ends the trip."""
        try:
            settle, went_on_at = self._seal(item)
        except Problem as problem:
            if problem.ends_the_trip:
                return problem
            self._refuse(item, problem)
            return None
        if went_on_at:
            self._report.went_on.append(WentOn(item=item, at=went_on_at))
        self._room.acquire()
        self._settled.append(self._settling.submit(partial(self._settle, item, settle)))
        return None

    def _seal(self, item: MediaItem) -> Sealed:
        if (problem := refusal(item)) is not None:
            raise problem
        info = self._source.info
        reading = Reading(
            mark=(info.route, info.name, info.serial, item.mark),
            size=item.size,
            read_at=self._reader(item),
        )
        return self._verbs.seal(reading, self._stopped)

    def _reader(self, item: MediaItem) -> ReadAt:
        """Reads the item; an end before its size is a short read, not success."""
        before = self._bytes_done

        def read_at(offset: int, buffer: memoryview) -> int:
            got = self._source.read_into(item, offset, buffer)
            if got <= 0 and offset < item.size:
                raise ShortRead(name=item.name, got=offset, size=item.size)
            self._bytes_done = max(self._bytes_done, before + offset + got)
            self._say(item.name)
            return got

        return read_at

    def _settle(self, item: MediaItem, settle: Settle) -> None:
        """In the settling lane: make one original durable, and commit when the group is full."""
        try:
            self._group.append((item, settle()))
        except Problem as problem:
            self._refuse(item, problem)
        finally:
            self._room.release()
        if len(self._group) >= GROUP:
            self._commit()

    def _commit(self) -> None:
        """In the settling lane: what returns from here is received."""
        group, self._group = self._group, []
        if not group:
            return
        try:
            results = self._verbs.receive([(sealed, self._arrival(item)) for item, sealed in group])
        except Problem as problem:
            for item, _ in group:
                self._refuse(item, problem)
            return
        self._finished += len(group)
        for (item, _), (image, already) in zip(group, results, strict=True):
            self._report.offered.setdefault(image.id, []).append(item.name)
            self._report.taken.append((item, image.id))
            if already and image.description is not None:
                self._report.already.append(image)
                continue
            # One that an earlier run received but did not live to describe is described now.
            (self._late if already else self._new).append(image.id)
            if image.id not in self._now:
                self._now[image.id] = image
                self._looks.append(self._describing.submit(partial(self._describe, image)))

    def _describe(self, image: ClinicalImage) -> None:
        """In the describing lane: what cannot be described now is received all the same."""
        if self._stopped():
            # whoever stopped waits; it is described when it is next asked for, and not filed before
            self._end = self._end or Cancelled()
            return
        try:
            seen = (image.id, self._verbs.describe(image))
        except Problem as problem:
            self._ends(problem)
            return
        self._settling.submit(partial(self._saw, seen))

    def _saw(self, seen: tuple[ImageId, Described]) -> None:
        """In the settling lane: gather what was found."""
        self._seen.append(seen)
        if len(self._seen) >= GROUP:
            self._note()

    def _note(self) -> None:
        """In the settling lane: put on record what was found."""
        seen, self._seen = self._seen, []
        if not seen:
            return
        try:
            for image in self._verbs.put_on_record(seen):
                self._now[image.id] = image
        except Problem as problem:
            self._ends(problem)

    def _ends(self, problem: Problem) -> None:
        if problem.ends_the_trip:
            self._end = problem

    def _refuse(self, item: MediaItem, problem: Problem) -> None:
        self._finished += 1
        self._report.refused.append(Refused(item=item, problem=problem))
        if problem.ends_the_trip:
            self._end = problem

    def _arrival(self, item: MediaItem) -> Arrival:
        return Arrival(
            intake=self._intake,
            file_name=item.name,
            folder=item.folder,
            modified_local=item.modified_local,
        )

    def _say(self, name: str) -> None:
        self._tell(
            Progress(
                done=self._finished,
                total=len(self._items),
                bytes_done=self._bytes_done,
                bytes_total=self._bytes_total,
                name=name,
            )
        )
