"""What an image shows and where on the body: subject, site, side, view and distance (R12, R13)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Subject(StrEnum):
    """What is shown (R12)."""

    INJURY = "injury"
    LESION = "lesion"
    WOUND = "wound"
    SPECIMEN = "specimen"
    PATHOLOGY_REPORT = "pathology-report"
    DIAGNOSTIC_IMAGE = "diagnostic-image"
    MEDICATION = "medication"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The subject in plain words."""
        return {
            Subject.INJURY: "injury",
            Subject.LESION: "lesion or skin",
            Subject.WOUND: "wound or operation site",
            Subject.SPECIMEN: "body fluid or specimen",
            Subject.PATHOLOGY_REPORT: "pathology report",
            Subject.DIAGNOSTIC_IMAGE: "diagnostic image",
            Subject.MEDICATION: "medication",
            Subject.OTHER: "something else",
        }[self]

    @property
    def is_copy_of_a_record(self) -> bool:
        """Whether it copies another record, which stays the primary one."""
        return self in {Subject.PATHOLOGY_REPORT, Subject.DIAGNOSTIC_IMAGE, Subject.MEDICATION}


class Laterality(StrEnum):
    """Which side of the body (DICOM PS3.16, CID 244)."""

    RIGHT = "right"
    LEFT = "left"
    BOTH = "both"
    UNPAIRED = "unpaired"

    @property
    def words(self) -> str:
        """The side in plain words."""
        return {
            Laterality.RIGHT: "right",
            Laterality.LEFT: "left",
            Laterality.BOTH: "right and left",
            Laterality.UNPAIRED: "middle, or no sides",
        }[self]


class View(StrEnum):
    """From where it was taken, as seen from the patient."""

    FRONT = "front"
    BACK = "back"
    RIGHT_SIDE = "right-side"
    LEFT_SIDE = "left-side"
    ABOVE = "above"
    BELOW = "below"
    OBLIQUE = "oblique"

    @property
    def words(self) -> str:
        """The view in plain words."""
        return {
            View.FRONT: "from the front",
            View.BACK: "from behind",
            View.RIGHT_SIDE: "from the patient's right",
            View.LEFT_SIDE: "from the patient's left",
            View.ABOVE: "from above",
            View.BELOW: "from below",
            View.OBLIQUE: "from an angle",
        }[self]


class Distance(StrEnum):
    """How near it was taken."""

    OVERVIEW = "overview"
    REGIONAL = "regional"
    CLOSE_UP = "close-up"
    DERMOSCOPIC = "dermoscopic"

    @property
    def words(self) -> str:
        """The distance in plain words."""
        return {
            Distance.OVERVIEW: "overview",
            Distance.REGIONAL: "the region",
            Distance.CLOSE_UP: "close-up",
            Distance.DERMOSCOPIC: "through a dermatoscope",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Depiction:
    """What the desk says of what is shown; None where nothing was said.

    `site_code` is a SNOMED CT code of `rules.body_sites`, or empty where the site was said in other
    words, or not at all.

    Images of one patient with the same `site_code` and `laterality` are a series (R13).
    """

    subject: Subject | None = None
    site_code: str = ""
    laterality: Laterality | None = None
    view: View | None = None
    distance: Distance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How large a picture's subject is: the ends of a known length, laid on it by a person.

    `start` and `end` are (across, down) in pixels of the original, upright; `millimetres` is the
    length between them.
    """

    start: tuple[float, float]
    end: tuple[float, float]
    millimetres: float

    @property
    def mm_per_pixel(self) -> float:
        """Millimetres for one pixel of the original."""
        across, down = self.end[0] - self.start[0], self.end[1] - self.start[1]
        return self.millimetres / max(float((across**2 + down**2) ** 0.5), 1e-9)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidScale:
    """A scale on record: who laid it, and when (UTC). It holds in the plane of the ruler only."""

    scale: Scale
    laid_at: datetime
    laid_by: str
