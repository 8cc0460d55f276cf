"""What a record sheet says of a film or sound recording beyond what it says of a photo (R11)."""

from desktop.records.facts.clinical_image import ClinicalImage, Description, MediaKind
from desktop.records.facts.media import CaptureMode, Part
from desktop.records.rules.lengths import length_words

_MOVING = {
    MediaKind.VIDEO: "the video itself, sealed in the office under this image number; paper shows "
    "no movement",
    MediaKind.AUDIO: "the recording itself, sealed in the office under this image number; paper "
    "makes no sound",
}
_FORMATS = {"quicktime": "QuickTime (MOV)", "3gpp": "3GP", "3gpp2": "3G2", "msvideo": "AVI"}
_FURTHER = (Part.MORE_FRAMES, Part.SECOND_PICTURE)
_TOLD = (Part.TRIMMED_FRAMES,)
"""Parts that whoever reads the paper has to know of: they are not on it, and are in the file."""


def recording_facts(image: ClinicalImage) -> tuple[tuple[str, str], ...]:
    """Length, coding and sound, and where the recording is kept; of a photo only what paper does
    not show of it."""
    said = image.description
    if said is None:
        return ()
    if said.kind not in _MOVING:
        further = [part.words for part in said.detail.parts if part in _FURTHER]
        told = f"{', '.join(further)}: paper shows the first, the office keeps all"
        return (("Also in the file", told),) if further else ()
    return (
        ("Length", said_length(said.detail.duration_ms)),
        ("Format", _format(said)),
        ("Sound", _sound(said)),
        ("What is kept", _MOVING[said.kind]),
        *(("Also in the file", part.words) for part in said.detail.parts if part in _TOLD),
    )


def said_length(milliseconds: int | None) -> str:
    """The length of a recording, or that its file does not say it."""
    return "not said by the file" if milliseconds is None else length_words(milliseconds)


def _format(said: Description) -> str:
    name = said.media_type.partition("/")[2].removeprefix("x-")
    name = "m4a" if said.media_type == "audio/mp4" else name
    detail = said.detail
    size = f"{said.width} × {said.height} pixels" if said.width and said.height else ""
    rate = f"{detail.frame_rate:.4g} frames a second" if detail.frame_rate else ""
    slow = detail.capture_mode.words if detail.capture_mode is CaptureMode.SLOW_MOTION else ""
    coding = detail.codec.upper().replace("_", " ")
    known = (_FORMATS.get(name, name.upper()), coding, size, rate, slow, detail.colour)
    return ", ".join(word for word in known if word)


def _sound(said: Description) -> str:
    if said.kind is MediaKind.AUDIO:
        return "yes, sound alone"
    return "yes" if said.detail.has_sound else "none"
