"""The organisation's logo as the office keeps it: a small picture that was made here, as text."""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import ClassVar, Self

from desktop.problem import Problem

MOST_LOGO_TEXT = 150_000
"""Characters of a logo as text, which every copy of the records carries."""
_STORED = re.compile(r"(\d{1,4})x(\d{1,4})x([13]):([A-Za-z0-9+/=]+)")


@dataclass(unsafe_hash=True)
class LogoTooLarge(Problem):
    """A logo with so much in it that every paper would be slow."""

    words: ClassVar[str] = (
        "This logo has too much in it to be printed small on every page. Choose a plainer one."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A JPEG without metadata that the confined worker made: its size in pixels, upright, and 1 or
    3 `components`. `str` gives the text that `read` takes."""

    jpeg: bytes
    width: int
    height: int
    components: int

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The logo that was kept as `text`; None for an empty text, or for what is no logo."""
        found = _STORED.fullmatch(text)
        if found is None:
            return None
        width, height, components = (int(found[place]) for place in (1, 2, 3))
        try:
            jpeg = base64.b64decode(found[4], validate=True)
        except binascii.Error:
            return None
        if not width or not height:
            return None
        return cls(jpeg=jpeg, width=width, height=height, components=components)

    def __str__(self) -> str:
        pixels = f"{self.width}x{self.height}x{self.components}"
        return f"{pixels}:{base64.b64encode(self.jpeg).decode()}"


def logo_mark(text: str) -> str:
    """What the trail says of a kept logo: the beginning of its SHA-256, or nothing."""
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""
