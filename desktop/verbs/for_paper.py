"""One original, unsealed and decoded in the sandbox, as it stands on paper."""

from dataclasses import replace

from desktop.printing.record_sheet_model import Shown
from desktop.printing.recording_block import STORY_PIXELS, WAVE_COLUMNS
from desktop.problem import Problem
from desktop.records.facts.clinical_image import ClinicalImage, MediaKind
from desktop.verbs.kept_storyboards import storyboard_of
from desktop.verbs.office import Office
from desktop.verbs.problems import ImageNotPrintable
from desktop.verbs.stored_bytes import untrusted_original


def for_paper(office: Office, image: ClinicalImage, *, longest: int, frames: int) -> Shown | None:
    """What stands for the image, or ImageNotPrintable, which says by the names on paper which one
    is broken."""
    kind = image.description.kind if image.description else MediaKind.UNKNOWN
    if kind is MediaKind.UNKNOWN:
        return None
    look = office.describer
    try:
        with untrusted_original(office, image) as untrusted:
            if kind is MediaKind.VIDEO:
                return storyboard_of(
                    office, image=image.id, untrusted=untrusted, count=frames, longest=STORY_PIXELS
                )
            if kind is MediaKind.AUDIO:
                return look.waveform(untrusted, columns=WAVE_COLUMNS)
            picture = look.for_paper(untrusted, longest=longest, proved=_is_proved(image))
    except Problem as problem:
        raise ImageNotPrintable(
            name=image.arrival.file_name, number=image.short_number, why=str(problem)
        ) from problem
    if picture is not None and picture.unchanged:
        return replace(picture, original=image.sha256)
    return picture


def _is_proved(image: ClinicalImage) -> bool:
    """Whether the picture was decoded without a complaint when it came in. What is unsealed is
    byte for byte what was described then, or it does not unseal."""
    said = image.description
    return said is not None and said.quality is not None and not said.note
