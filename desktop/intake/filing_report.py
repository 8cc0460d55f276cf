"""What the desk asks for when it files, and what it hears back: plain data, no doing."""

from dataclasses import dataclass, field
from datetime import date

from desktop.devices.source import MediaItem
from desktop.intake.report import NotesReport, ReceiveReport
from desktop.problem import Problem
from desktop.records.facts.came_from import CameFrom
from desktop.records.facts.capture import CaptureTime, DeviceOwner
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.consent import Consent, Purpose
from desktop.records.facts.depiction import Depiction
from desktop.records.facts.devices import Handover
from desktop.records.facts.identifiers import Identifier
from desktop.records.facts.ids import PatientId
from desktop.records.facts.page_scan import PageSeen
from desktop.records.facts.people import Photographer

TRAY = "tray:"  # the id by which the tray stands among the sources


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFacts:
    """What the desk says of all images of one filing. `taken` only supplies or corrects what the
    files say; None leaves each image its own capture time. `depicts` goes with `site`."""

    photographer: Photographer | None
    owner: DeviceOwner | None
    purposes: frozenset[Purpose]
    consent: Consent
    site: str = ""
    depicts: Depiction = field(default_factory=Depiction)
    taken: CaptureTime | None = None
    came_from: CameFrom | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRequest:
    """File these items of this source under the patient whom both identifiers name (R66).

    `handover` is what was said when the source was handed over; whose device it is stands in
    `facts` too, and holds where the handover is silent.
    """

    source_id: str
    items: tuple[MediaItem, ...]
    patient: PatientId
    number: Identifier
    born: date | None
    facts: DeskFacts
    handover: Handover = field(default_factory=Handover)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFiled:
    """An image that lies sealed in the tray because it could not be filed, and why."""

    image: ClinicalImage
    problem: Problem


@dataclass(slots=True, kw_only=True)
class FileReport:
    """What became of every chosen item. The totals add up: chosen = filed + incomplete + already +
    not_filed + refused + not reached."""

    receive: ReceiveReport = field(default_factory=ReceiveReport)
    filed: list[ClinicalImage] = field(default_factory=list)
    incomplete: list[ClinicalImage] = field(default_factory=list)
    already: list[ClinicalImage] = field(default_factory=list)
    not_filed: list[NotFiled] = field(default_factory=list)
    pages: list[PageSeen] = field(default_factory=list)
    """Pages of ours that images show which are in the record now; each image is counted above."""
    notes: NotesReport = field(default_factory=NotesReport)
    """What became of the notes beside the items; they stand in no sum."""

    @property
    def already_named(self) -> list[tuple[str, ClinicalImage]]:
        """Each image that was here already, after the name of the file that was just offered."""
        left = {image: list(names) for image, names in self.receive.offered.items()}
        named = []
        for image in reversed(self.already):  # the first of two is the one that was filed
            names = left.get(image.id) or [image.arrival.file_name]
            named.append((names.pop(), image))
        return named[::-1]

    @property
    def total(self) -> int:
        """How many items the report speaks of."""
        return (
            len(self.filed)
            + len(self.incomplete)
            + len(self.already)
            + len(self.not_filed)
            + len(self.receive.refused)
            + len(self.receive.not_reached)
        )
