"""What happened to every item of an intake; the totals always add up."""

from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.devices.source import MediaItem
from desktop.problem import Problem
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.ids import ImageId, IntakeId

Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a long piece of work is. `bytes_done` counts what was read for it."""

    done: int
    total: int
    bytes_done: int
    bytes_total: int
    name: str = ""


Tell = Callable[[Progress], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An item that was not kept, and why."""

    item: MediaItem
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class WentOn:
    """An item that was cut by an unplug and went on there: `at` bytes are of an earlier reading."""

    item: MediaItem
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLeft:
    """An item that is kept, and why a note beside it may not be."""

    item: MediaItem
    problem: Problem


@dataclass(slots=True, kw_only=True)
class NotesReport:
    """How many notes were kept that were not here yet, a note of two images twice; with which
    images; and what was left."""

    kept: int = 0
    images: set[ImageId] = field(default_factory=set)
    left: list[NoteLeft] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class ReceiveReport:
    """What became of the chosen items: received, already here, refused, or not reached.

    `offered` names the files that were read of each image, in order: one that is here already may
    have another name on record. `taken` says of each item that is kept as which image it is.
    `went_on` says of which ones two readings were put together, and counts nothing twice.
    """

    intake: IntakeId | None = None
    received: list[ClinicalImage] = field(default_factory=list)
    already: list[ClinicalImage] = field(default_factory=list)
    offered: dict[ImageId, list[str]] = field(default_factory=dict)
    taken: list[tuple[MediaItem, ImageId]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    not_reached: list[MediaItem] = field(default_factory=list)
    went_on: list[WentOn] = field(default_factory=list)
    stopped_by: Problem | None = None
