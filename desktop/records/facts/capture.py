"""When an image was taken and with what: capture time with its source, and mode of capture."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum


class TimeBasis(StrEnum):
    """Where a capture time was read (R68)."""

    EXIF_OFFSET = "exif_offset"
    EXIF_GPS = "exif_gps"
    EXIF_NAIVE = "exif_naive"
    EXIF_DIGITIZED = "exif_digitized"
    XMP = "xmp"
    QT_CREATION_DATE = "qt_creationdate"
    UDTA_DATE = "udta_date"
    CONTAINER_UTC = "container_utc"
    RECORDER_CLOCK = "recorder_clock"
    FILE_NAME = "file_name"
    ENTERED = "entered"
    STATED = "stated"

    @property
    def words(self) -> str:
        """The source in plain words, for screen and paper."""
        return {
            TimeBasis.EXIF_OFFSET: "from the file",
            TimeBasis.EXIF_GPS: "from the file, zone by GPS",
            TimeBasis.EXIF_NAIVE: "from the file, no zone given",
            TimeBasis.EXIF_DIGITIZED: "from the file, time of digitising",
            TimeBasis.XMP: "from the file's XMP",
            TimeBasis.QT_CREATION_DATE: "from the recording, with its zone",
            TimeBasis.UDTA_DATE: "from the recording, local time",
            TimeBasis.CONTAINER_UTC: "from the recording, in UTC",
            TimeBasis.RECORDER_CLOCK: "from the recording, no zone given",
            TimeBasis.FILE_NAME: "from the file name",
            TimeBasis.ENTERED: "entered at the desk",
            TimeBasis.STATED: "as stated by who provided it",
        }[self]


class TimeTrust(StrEnum):
    """How far a capture time can be trusted (R68)."""

    RECORDED = "recorded"
    DERIVED = "derived"
    ASSUMED = "assumed"
    ENTERED = "entered"
    STATED = "stated"
    SUSPECT = "suspect"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureTime:
    """The wall time at the camera, the offset from UTC where one is known, and how it is known.

    `local` carries no zone, for a camera's clock has none. Wall time and offset stay apart.
    """

    local: datetime
    utc_offset_minutes: int | None
    basis: TimeBasis
    trust: TimeTrust

    @property
    def utc(self) -> datetime | None:
        """The moment in UTC, or None where no offset is known, or it lies beyond the calendar."""
        if self.utc_offset_minutes is None:
            return None
        zone = timezone(timedelta(minutes=self.utc_offset_minutes))
        try:
            return self.local.replace(tzinfo=zone).astimezone(UTC)
        except OverflowError:  # a first or last day that a damaged file made up
            return None


class DeviceOwner(StrEnum):
    """Whose device it is (R26): decides what may later be cleared from it."""

    PERSONAL = "personal"
    ORGANISATION = "organisation"
    PATIENT = "patient"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The owner in plain words, for screen and paper."""
        return {
            DeviceOwner.PERSONAL: "personal mobile device",
            DeviceOwner.ORGANISATION: "organisation's device",
            DeviceOwner.PATIENT: "patient's or whānau's own device",
            DeviceOwner.OTHER: "other provider's device",
        }[self]


class Route(StrEnum):
    """How the image reached the office (R69)."""

    PTP = "ptp"
    CARD = "card"
    FOLDER = "folder"
    NETWORK = "network"
    SCANNER = "scanner"

    @property
    def words(self) -> str:
        """The route in plain words."""
        return {
            Route.PTP: "cable (PTP)",
            Route.CARD: "memory card",
            Route.FOLDER: "folder",
            Route.NETWORK: "network (PTP/IP)",
            Route.SCANNER: "scanner",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureDevice:
    """What the file says of the device that took it; None where the file is silent."""

    make: str | None = None
    model: str | None = None
    serial: str | None = None

    @property
    def words(self) -> str:
        """Make, model and serial end, or that the file does not say."""
        model, make = (self.model or "").strip(), (self.make or "").strip()
        # "NIKON CORPORATION" and "NIKON D750" name the maker twice.
        named = bool(make) and model.lower().startswith(make.split()[0].lower())
        name = model if named else f"{make} {model}"
        serial = f" s/n …{self.serial[-4:]}" if self.serial else ""
        return f"{name.strip()}{serial}" if name.strip() else "not said by the file"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeOfCapture:
    """With what, whose, and by which way it came (R69)."""

    device: CaptureDevice
    owner: DeviceOwner
    route: Route
    source_name: str
