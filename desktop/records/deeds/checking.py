"""Checking that everything on record is still there and still what it was."""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import takewhile
from uuid import UUID

from desktop.problem import Cancelled, Problem
from desktop.records.facts.anchor import Anchor
from desktop.records.facts.ids import ImageId
from desktop.records.facts.people import Person
from desktop.records.facts.sealed import SealedOriginal
from desktop.records.facts.trail import TrailFilter, TrailLine
from desktop.records.rules.shares import Share
from desktop.records.vault.problems import OriginalDamaged, OriginalMissing
from desktop.records.vault.trail import TrailVerdict
from desktop.records.vault.vault import Vault

_SHARE_BEGUN = "share begun"
_GOES_ON_WITHIN = timedelta(days=7)
OFFICE_CHECKED, ORIGINAL_REPAIRED = "office checked", "original repaired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """An image whose original is not what it was. `banner` is its patient's, empty in the tray."""

    image: ImageId
    file_name: str
    banner: str
    problem: Problem

    @property
    def words(self) -> str:
        """Which image of whom, and what is wrong with it."""
        whose = self.banner or "not linked to a patient"
        return f"{self.file_name} ({whose}): {self.problem}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """How far a share was read before it was interrupted: so many whole, `last` the last of them;
    or that it is to be begun anew."""

    last: ImageId | None = None
    checked: int = 0


_ANEW = Begun()


@dataclass(slots=True, kw_only=True)
class VerifyReport:
    """What a check found. `checked` of `images` originals were looked at before it ended; `last` is
    the last of them."""

    images: int
    bytes: int
    trail: TrailVerdict
    share: Share | None = None
    checked: int = 0
    last: ImageId | None = None
    damaged: list[Broken] = field(default_factory=list)
    missing: list[Broken] = field(default_factory=list)

    @property
    def broken(self) -> list[Broken]:
        """Every image whose original is damaged or missing."""
        return [*self.damaged, *self.missing]

    @property
    def is_whole(self) -> bool:
        """Whether every original that was looked at, and the trail, are as they should be."""
        return self.trail.is_whole and not self.damaged and not self.missing


def verify(
    vault: Vault,
    *,
    originals: bool,
    share: Share | None = None,
    begun: Begun = _ANEW,
    anchor: Anchor | None = None,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> VerifyReport:
    """Prove the trail and see that every original is there; with `originals`, read them all.

    What opening left to be tidied is tidied first. With a `share`, only the images of that share,
    and with `begun` the rest of them. `anchor` is a head of the trail that was noted outside.
    `tell` hears how many of about how many images are done. Raises RecordsDamaged where a page of
    the records file is not what was written, DiskFailed where the drive fails, and Cancelled when
    `stopped` while it still proves the trail.
    """
    vault.check_records()
    vault.finish_sweep(stopped=stopped)
    with vault.look() as look:
        images, size = look.images.totals()
    trail = vault.verify_trail(anchor=anchor, stopped=stopped)
    report = VerifyReport(images=images, bytes=size, trail=trail, share=share)
    report.checked, report.last = begun.checked, begun.last
    expected = images // share.of if share else images
    every = takewhile(lambda _: not stopped(), _every_original(vault, after=report.last))
    wanted = (one for one in every if share is None or share.holds(one[0]))
    looked_at = _read(vault, wanted, stopped) if originals else _looked_for(vault, wanted)
    for image, problem in looked_at:
        if isinstance(problem, Cancelled):
            break
        if isinstance(problem, OriginalMissing):
            report.missing.append(_broken(vault, image, problem))
        elif isinstance(problem, OriginalDamaged):
            report.damaged.append(_broken(vault, image, problem))
        elif problem is not None:
            raise problem
        report.checked += 1
        report.last = image
        tell(report.checked, max(expected, report.checked))
    return report


def note_checked(vault: Vault, report: VerifyReport, *, originals: bool, by: Person) -> None:
    """Put into the trail what a check found."""
    with vault.change() as change:
        change.note(
            "office checked",
            by=by,
            read=originals,
            share=report.share.words if report.share else "",
            images=report.images,
            checked=report.checked,
            damaged=len(report.damaged),
            missing=len(report.missing),
            trail=report.trail.words,
        )


def keep_begun(vault: Vault, report: VerifyReport) -> None:
    """Remember how far an interrupted share was read, so that it goes on there: only where all was
    whole until then, for what is broken has to be found again and noted. No line is written."""
    if report.share is None or report.last is None or not report.is_whole:
        return
    told = {
        "share": report.share.words,
        "last": str(report.last),
        "checked": report.checked,
        "at": vault.clock().isoformat(),
    }
    vault.renditions.keep_progress(_SHARE_BEGUN, json.dumps(told))


def forget_begun(vault: Vault) -> None:
    """The share was read to its end."""
    vault.renditions.keep_progress(_SHARE_BEGUN, "")


def begun_share(vault: Vault, share: Share) -> Begun:
    """How far this share was read before it was interrupted; after more than a week it is to be
    begun anew."""
    try:
        told = json.loads(vault.renditions.progress(_SHARE_BEGUN))
        is_fresh = vault.clock() - datetime.fromisoformat(told["at"]) < _GOES_ON_WITHIN
        if told["share"] == share.words and is_fresh:
            return Begun(last=ImageId(UUID(told["last"])), checked=int(told["checked"]))
    except (ValueError, KeyError, TypeError):
        return _ANEW  # nothing was begun, or another version of the program wrote it
    return _ANEW


def next_share(vault: Vault, *, of: int) -> Share:
    """The share of so many that has waited longest to be read: the one after the last noted."""
    noted = last_share(vault, of=of)
    return Share(number=noted[0].number % of + 1, of=of) if noted else Share(number=1, of=of)


def last_share(vault: Vault, *, of: int) -> tuple[Share, datetime] | None:
    """The share of so many that was read last, and when (UTC); None where none is noted."""
    for line in _checks_noted(vault):
        number, _, parts = _share_of(line).partition("/")
        if parts == str(of) and number.isdecimal() and line.at:
            return Share(number=int(number), of=of), line.at
    return None


def damage_noted(vault: Vault) -> TrailLine | None:
    """The newest check that found damage which no later check or repair has settled, or None.

    A later check settles it where it read the same share, or everything, and found that whole.
    """
    whole: set[str] = set()
    for line in _checks_noted(vault):
        if not line.facts.get("read"):
            continue
        share = _share_of(line)
        if broken_in(line) and share not in whole and not _was_repaired(vault, line):
            return line
        if not share and line.facts.get("checked") == line.facts.get("images"):
            return None
        if share:
            whole.add(share)
    return None


def broken_in(line: TrailLine) -> int:
    """How many originals a noted check found damaged or missing."""
    counts = (line.facts.get("damaged"), line.facts.get("missing"))
    return sum(count for count in counts if isinstance(count, int))


def _was_repaired(vault: Vault, found: TrailLine) -> bool:
    wanted = TrailFilter(deed=ORIGINAL_REPAIRED)
    with vault.look() as look:
        page = look.trail.page(wanted, before=None, most=broken_in(found))
    return sum(line.seq > found.seq for line in page) >= broken_in(found)


def _checks_noted(vault: Vault) -> list[TrailLine]:
    """The newest of them, newest first."""
    with vault.look() as look:
        return look.trail.page(TrailFilter(deed=OFFICE_CHECKED), before=None, most=100)


def _share_of(line: TrailLine) -> str:
    return str(line.facts.get("share", ""))


def _every_original(
    vault: Vault, *, after: ImageId | None
) -> Iterator[tuple[ImageId, SealedOriginal]]:
    """Page by page, so that a check of hours holds no transaction open."""
    last = after
    while True:
        with vault.look() as look:
            page = look.images.every_original(after=last)
        if not page:
            return
        yield from page
        last = page[-1][0]


def _read(
    vault: Vault, wanted: Iterable[tuple[ImageId, SealedOriginal]], stopped: Callable[[], bool]
) -> Iterator[tuple[ImageId, Problem | None]]:
    begun: deque[ImageId] = deque()  # a reading is begun while the one before is compared

    def each() -> Iterator[SealedOriginal]:
        for image, sealed in wanted:
            begun.append(image)
            yield sealed

    for problem in vault.originals.check_each(each(), stopped=stopped):
        yield begun.popleft(), problem


def _looked_for(
    vault: Vault, wanted: Iterable[tuple[ImageId, SealedOriginal]]
) -> Iterator[tuple[ImageId, Problem | None]]:
    for image, sealed in wanted:
        size = vault.sealed_size(sealed.name)
        if size is None:
            yield image, OriginalMissing(name=sealed.name)
        elif size < sealed.size:
            where = "it is shorter than what was sealed"
            yield image, OriginalDamaged(name=sealed.name, where=where)
        else:
            yield image, None


def _broken(vault: Vault, image: ImageId, problem: Problem) -> Broken:
    with vault.look() as look:
        found = look.images.get(image)
        owner = look.patients.find(found.patient) if found.patient else None
    return Broken(
        image=image,
        file_name=found.arrival.file_name,
        banner=owner.banner if owner else "",
        problem=problem,
    )
