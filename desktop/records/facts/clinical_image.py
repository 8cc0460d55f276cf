"""The clinical image: the record around one sealed original."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from desktop.records.facts.came_from import CameFrom
from desktop.records.facts.capture import CaptureDevice, CaptureTime, ModeOfCapture
from desktop.records.facts.consent import Consent, Purpose
from desktop.records.facts.depiction import Depiction
from desktop.records.facts.devices import Brought
from desktop.records.facts.ids import ImageId, IntakeId, PatientId
from desktop.records.facts.media import MediaDetail
from desktop.records.facts.people import Photographer
from desktop.records.facts.quality import Quality


class ImageState(StrEnum):
    """Where an image stands; every transition is a deed and none skips a check (R70, D1)."""

    RECEIVED = "received"
    INCOMPLETE = "incomplete"
    FILED = "filed"
    DISPOSED = "disposed"
    """Destroyed after its retention time: only its tombstone is left."""


class MediaKind(StrEnum):
    """What kind of clinical image it is (R11)."""

    PHOTO = "photo"
    VIDEO = "video"
    AUDIO = "audio"
    UNKNOWN = "unknown"


class Essential(StrEnum):
    """What must be known before an image can be filed (R66 to R70, R3, R8, R119 to R122)."""

    PHOTOGRAPHER = "photographer"
    CAPTURE_TIME = "capture_time"
    MODE_OF_CAPTURE = "mode_of_capture"
    PURPOSE = "purpose"
    CONSENT = "consent"
    CONSENT_FORM = "consent_form"
    SENDER = "sender"
    NOTICE = "notice"
    CHECKLIST = "checklist"
    COPY_GIVEN = "copy_given"

    @property
    def words(self) -> str:
        """What is missing, in plain words."""
        return {
            Essential.PHOTOGRAPHER: "who took it",
            Essential.CAPTURE_TIME: "when it was taken",
            Essential.MODE_OF_CAPTURE: "with what device it was taken",
            Essential.PURPOSE: "what it is for",
            Essential.CONSENT: "consent",
            Essential.CONSENT_FORM: "the signed consent form",
            Essential.SENDER: "who sent it, when and how",
            Essential.NOTICE: "the notice to the patient (Rule 3A)",
            Essential.CHECKLIST: "the checklist of a received image",
            Essential.COPY_GIVEN: "who gave the copy, and what was explained",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """How an original came in: what the device called it, and the intake it belongs to.

    `file_name` and `folder` are untrusted text from the device: shown, never used as a path.
    `modified_local` is the device's wall time without a zone; evidence, never the capture time.
    """

    intake: IntakeId
    file_name: str
    folder: str
    modified_local: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What the bytes themselves say (R68, R69, R126); None where they are silent.

    `width` and `height` are as stored, before `orientation` (EXIF 1 to 8) is applied.
    `note` says in plain words why there is no preview, where there is none, or that the preview is
    not the full picture. `quality` is None where nothing was measured. `page_codes` are the codes
    of our own pages that the picture shows (R43, R79), as `page_code` makes them.
    """

    kind: MediaKind
    media_type: str
    width: int | None = None
    height: int | None = None
    orientation: int = 1
    taken: CaptureTime | None = None
    device: CaptureDevice = field(default_factory=CaptureDevice)
    has_location: bool = False
    note: str = ""
    detail: MediaDetail = field(default_factory=MediaDetail)
    quality: Quality | None = None
    page_codes: tuple[str, ...] = ()

    @property
    def is_raw(self) -> bool:
        """Whether it is a raw picture of a camera, which is seen by a preview only."""
        return is_raw(self.media_type)

    @property
    def shown_with_doubt(self) -> str:
        """What is to be said of the picture that is shown, in plain words; empty for nothing."""
        turned = self.detail.orientation_doubtful
        told = (
            self.note if self.is_raw else "",
            "may be shown turned: its file contradicts itself" if turned else "",
        )
        return "; ".join(filter(None, told))


def is_raw(media_type: str) -> bool:
    """Whether a media type is that of a camera's raw pictures: each maker has one of its own."""
    return media_type.startswith("image/x-")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingFacts:
    """What the desk says about images when it files them. `taken` is given only to correct or
    supply a capture time that the file does not have."""

    photographer: Photographer | None
    mode: ModeOfCapture | None
    purposes: frozenset[Purpose]
    consent: Consent
    site: str = ""
    depicts: Depiction = field(default_factory=Depiction)
    taken: CaptureTime | None = None
    came_from: CameFrom | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicalImage:
    """One image of the office as it stands on record. All `_at` times are in UTC.

    `sha256` is that of the original's bytes, 32 bytes; `size` is their number. `brought` is what
    was said when it was handed over first.
    """

    id: ImageId
    state: ImageState
    size: int
    sha256: bytes
    arrival: Arrival
    received_at: datetime
    received_by: str
    description: Description | None
    patient: PatientId | None
    photographer: Photographer | None
    taken: CaptureTime | None
    mode: ModeOfCapture | None
    purposes: frozenset[Purpose]
    consent: Consent | None
    site: str
    missing: tuple[Essential, ...]
    filed_at: datetime | None
    filed_by: str | None
    brought: Brought = field(default_factory=Brought)
    depicts: Depiction = field(default_factory=Depiction)
    taken_why: str = ""
    """Why the capture time on record is not the file's own; empty where it is."""
    came_from: CameFrom | None = None
    form_due: str = ""
    """The number of the signed consent form that has not come back yet; empty where none is out."""

    @property
    def short_number(self) -> str:
        """The image number as printed."""
        return short_number(self.id)


def short_number(image: ImageId) -> str:
    """An image number as printed: the last twelve characters of the id, in groups of four."""
    tail = image.hex[-12:].upper()
    return "-".join(tail[i : i + 4] for i in range(0, 12, 4))
