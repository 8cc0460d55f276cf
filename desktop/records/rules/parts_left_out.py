"""What an original holds beside its picture that a de-identified copy has not: said before one is
made (R103)."""

from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.media import Part

_ALL_FRAMES = frozenset(("image/tiff", "image/gif", "image/webp", "image/png"))
"""Types of which a copy has every page or frame."""

_NOT_MISSED = frozenset((Part.THUMBNAIL,))


def left_out_words(image: ClinicalImage) -> str:
    """A sentence, or nothing where a copy leaves out nothing that somebody may miss."""
    said = image.description
    if said is None:
        return ""
    kept = {Part.MORE_FRAMES} if said.media_type in _ALL_FRAMES else set()
    left = [part.words for part in said.detail.parts if part not in kept | _NOT_MISSED]
    return f"The copy leaves out what else is in the file: {', '.join(left)}." if left else ""
