"""How paper is to be scanned; what a scanner does not have, it does as nearly as it can."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

RESOLUTIONS: Final = (150, 200, 300, 600)
"""Dots per inch. 300 shows what a paper photo holds; 600 is for small ones."""


class ScanColour(StrEnum):
    """Colour, shades of grey, or black and white alone (SANE's lineart)."""

    COLOUR = "colour"
    GREY = "grey"
    LINEART = "lineart"


class ScanPage(StrEnum):
    """What part of the glass is scanned; WHOLE is whatever the scanner takes by itself."""

    WHOLE = "whole"
    A4 = "a4"
    LETTER = "letter"
    A5 = "a5"


SIZES_MM: Final = {ScanPage.A4: (210.0, 297.0), ScanPage.LETTER: (215.9, 279.4),
                   ScanPage.A5: (148.0, 210.0)}  # fmt: skip
"""Width and height in millimetres, upright."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSettings:
    """What a person chose for a scanner."""

    colour: ScanColour = ScanColour.COLOUR
    dpi: int = 300
    page: ScanPage = ScanPage.WHOLE

    def __str__(self) -> str:
        """As it is remembered: `grey 200 a4`."""
        return f"{self.colour} {self.dpi} {self.page}"


def settings_from(text: str) -> ScanSettings:
    """What `str` of settings told; the program's own where that makes no sense."""
    words = text.split()
    try:
        colour, dpi, page = words
        told = ScanSettings(colour=ScanColour(colour), dpi=int(dpi), page=ScanPage(page))
    except ValueError:
        return ScanSettings()
    return told if told.dpi in RESOLUTIONS else ScanSettings()
