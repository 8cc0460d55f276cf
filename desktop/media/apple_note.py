"""What an iPhone writes into its maker note: which Live Photo or burst a picture belongs to."""

import re
from dataclasses import dataclass

from desktop.media.tiff_tags import TiffTags

_BEGINS = b"Apple iOS\0"
_DIRECTORY = 14
_BURST, _CONTENT = 0x000B, 0x0011
_IDENTIFIER = re.compile(r"[0-9A-Fa-f-]{16,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AppleNote:
    """`content_id` is what the picture and the film of one Live Photo share; empty for none."""

    content_id: str = ""
    burst_id: str = ""


def apple_note(maker_note: bytes) -> AppleNote:
    """What is in it; nothing where it is another maker's."""
    if not maker_note.startswith(_BEGINS):
        return AppleNote()
    order = ">" if maker_note[12:14] == b"MM" else "<"
    tags = TiffTags.at(maker_note, order, _DIRECTORY)
    return AppleNote(
        content_id=_identifier(tags.text(_CONTENT)), burst_id=_identifier(tags.text(_BURST))
    )


def _identifier(words: str) -> str:
    return words.upper() if _IDENTIFIER.fullmatch(words) else ""
