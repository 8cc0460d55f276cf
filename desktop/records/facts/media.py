"""What kind of recording an original is, and what lies inside it beside its picture or sound."""

from dataclasses import dataclass
from enum import StrEnum


class CaptureMode(StrEnum):
    """How it was recorded, as far as the file says (R11, R69)."""

    PHOTO = "photo"
    BURST = "burst"
    LIVE_PHOTO = "live-photo"
    MOTION_PHOTO = "motion-photo"
    VIDEO = "video"
    SLOW_MOTION = "slow-motion"
    AUDIO = "audio"
    SCREENSHOT = "screenshot"
    SCAN = "scan"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """The mode in plain words, for screen and paper."""
        return {
            CaptureMode.PHOTO: "photo",
            CaptureMode.BURST: "photo of a burst",
            CaptureMode.LIVE_PHOTO: "Live Photo",
            CaptureMode.MOTION_PHOTO: "photo with a moving part",
            CaptureMode.VIDEO: "video",
            CaptureMode.SLOW_MOTION: "slow-motion video",
            CaptureMode.AUDIO: "sound recording",
            CaptureMode.SCREENSHOT: "screenshot",
            CaptureMode.SCAN: "scan",
            CaptureMode.UNKNOWN: "not known",
        }[self]


class Part(StrEnum):
    """What an original holds beside its main picture, film or sound."""

    THUMBNAIL = "thumbnail"
    GAIN_MAP = "gain-map"
    DEPTH_MAP = "depth-map"
    MOTION_VIDEO = "motion-video"
    SECOND_PICTURE = "second-picture"
    MORE_FRAMES = "more-frames"
    COVER_ART = "cover-art"
    DATA_TRACK = "data-track"
    TRIMMED_FRAMES = "trimmed-frames"

    @property
    def words(self) -> str:
        """The part in plain words."""
        return {
            Part.THUMBNAIL: "a small picture of its own",
            Part.GAIN_MAP: "a brightness map for bright screens",
            Part.DEPTH_MAP: "a depth map",
            Part.MOTION_VIDEO: "a short film",
            Part.SECOND_PICTURE: "a further picture or more",
            Part.MORE_FRAMES: "further pages or frames",
            Part.COVER_ART: "a cover picture",
            Part.DATA_TRACK: "a track of measurements",
            Part.TRIMMED_FRAMES: "frames that were trimmed away but are still in the file",
        }[self]


class TieKind(StrEnum):
    """How two originals belong together."""

    LIVE_PHOTO = "live-photo"
    """The picture and the short film of one Live Photo."""
    RAW_AND_JPEG = "raw-and-jpeg"
    EDIT_SIDECAR = "edit-sidecar"
    """An AAE file: what was edited on the phone."""
    SOUND_NOTE = "sound-note"

    @property
    def words(self) -> str:
        """What the other one is, in plain words."""
        return {
            TieKind.LIVE_PHOTO: "the other half of a Live Photo",
            TieKind.RAW_AND_JPEG: "the same picture in another format",
            TieKind.EDIT_SIDECAR: "what was edited on the phone",
            TieKind.SOUND_NOTE: "a sound note",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaDetail:
    """What a file says of itself beyond kind and size; None or empty where it is silent.

    `duration_ms` is in milliseconds; `frame_rate` in frames a second; `codec` and `colour` are
    short words (`h264 / aac`, `Display P3`). `pair_key` is what the two files of a Live Photo
    share. With `orientation_doubtful` the picture may be shown turned: its file contradicts itself.
    """

    capture_mode: CaptureMode = CaptureMode.UNKNOWN
    duration_ms: int | None = None
    codec: str = ""
    frame_rate: float | None = None
    has_sound: bool = False
    colour: str = ""
    parts: tuple[Part, ...] = ()
    orientation_doubtful: bool = False
    pair_key: str = ""
