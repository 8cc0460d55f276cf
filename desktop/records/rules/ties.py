"""Which images belong together: two halves of one shot, told by what they say."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from desktop.records.facts.clinical_image import MediaKind, is_raw
from desktop.records.facts.ids import ImageId, PatientId
from desktop.records.facts.media import TieKind

EDIT_SIDECAR = "application/x-apple-aae"

# an edited IMG_0007 is called IMG_E0007, and its sidecar IMG_O0007
_OF_APPLE = re.compile(r"img_[eo](\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """What is compared of one described image; `taken` is the file's own wall time, `patient` None
    in the tray."""

    image: ImageId
    folder: str
    file_name: str
    kind: MediaKind
    media_type: str
    pair_key: str
    taken: datetime | None
    patient: PatientId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Two images that belong together. `image` is the smaller id, so that each pair is one."""

    image: ImageId
    other: ImageId
    kind: TieKind


def ties_among(halves: Iterable[Half], *, earlier: Iterable[Half] = ()) -> list[Tie]:
    """The ties of one intake, and of it with `earlier` images of the same patient.

    A name alone ties nothing that shows a picture, for counters start again: a raw image and its
    JPEG also have to be taken in the same second. What has no such time is tied within its intake
    alone."""
    halves, earlier = list(halves), list(earlier)
    patients = {half.image: half.patient for half in [*earlier, *halves]}
    new, old = {half.image for half in halves}, {half.image for half in earlier}
    found = [*_by_key([*halves, *earlier]), *_by_name([*halves, *earlier], _raws_and_pictures)]
    within = (tie for tie in found if tie.image in new and tie.other in new)
    across = (
        tie
        for tie in found
        if len(old & {tie.image, tie.other}) == 1 and patients[tie.image] == patients[tie.other]
    )
    return [*within, *across, *_by_name(halves, _beside)]


def _by_key(halves: Iterable[Half]) -> Iterator[Tie]:
    by_key: dict[str, list[Half]] = defaultdict(list)
    for half in halves:
        if half.pair_key:
            by_key[half.pair_key.casefold()].append(half)
    return (tie for group in by_key.values() for tie in _live_photos(group))


def _by_name(
    halves: Iterable[Half], ties_in: Callable[[Sequence[Half]], Iterator[Tie]]
) -> Iterator[Tie]:
    by_name: dict[tuple[str, str], list[Half]] = defaultdict(list)
    for half in halves:
        by_name[half.folder.casefold(), _stem(half.file_name)].append(half)
    return (tie for group in by_name.values() for tie in ties_in(group))


def _live_photos(group: Sequence[Half]) -> Iterator[Tie]:
    yield from _pairs(_of(group, MediaKind.PHOTO), _of(group, MediaKind.VIDEO), TieKind.LIVE_PHOTO)


def _raws_and_pictures(group: Sequence[Half]) -> Iterator[Tie]:
    for raw, other in product(*_raws_and_others(group)):
        if _same_second(raw, other):
            yield _tie(raw, other, TieKind.RAW_AND_JPEG)


def _raws_and_others(group: Sequence[Half]) -> tuple[list[Half], list[Half]]:
    photos = _of(group, MediaKind.PHOTO)
    raws = [half for half in photos if is_raw(half.media_type)]
    return raws, [half for half in photos if half not in raws]


def _beside(group: Sequence[Half]) -> Iterator[Tie]:
    raws, seen = _raws_and_others(group)
    sidecars = [half for half in group if half.media_type == EDIT_SIDECAR]
    yield from _pairs(sidecars, seen or raws, TieKind.EDIT_SIDECAR)
    yield from _pairs(_of(group, MediaKind.AUDIO), seen or raws, TieKind.SOUND_NOTE)


def _of(group: Sequence[Half], kind: MediaKind) -> list[Half]:
    return [half for half in group if half.kind is kind]


def _pairs(some: Sequence[Half], others: Sequence[Half], kind: TieKind) -> Iterator[Tie]:
    return (_tie(one, other, kind) for one, other in product(some, others))


def _tie(one: Half, other: Half, kind: TieKind) -> Tie:
    first, second = sorted((one.image, other.image))
    return Tie(image=first, other=second, kind=kind)


def _same_second(one: Half, other: Half) -> bool:
    if one.taken is None or other.taken is None:
        return False
    return one.taken.replace(microsecond=0) == other.taken.replace(microsecond=0)


def _stem(file_name: str) -> str:
    name = file_name.casefold()
    stem = name.rpartition(".")[0] or name
    return f"img_{of_apple[1]}" if (of_apple := _OF_APPLE.fullmatch(stem)) else stem
