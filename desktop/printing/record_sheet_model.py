"""What stands on a record sheet: plain data, one value per thing that is printed (R78)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop.media.paper_image import PaperImage
from desktop.media.storyboard import Storyboard, Waveform
from desktop.printing.stationery import PLAIN, Stationery
from desktop.records.facts.printer_check import LifeSize

Shown = PaperImage | Storyboard | Waveform
"""What stands for an image on paper: a photo itself, frames of a film, the loudness of a sound."""


class Paper(StrEnum):
    """Paper sizes that sheets are laid out for."""

    A4 = "A4"
    LETTER = "Letter"
    A5 = "A5"

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height in millimetres, portrait."""
        return {Paper.A4: (210.0, 297.0), Paper.LETTER: (215.9, 279.4), Paper.A5: (148.0, 210.0)}[
            self
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPatient:
    """The patient as printed on every page. `sex` is empty where it is not known."""

    family_name: str
    given_names: str
    number: str
    number_label: str
    born: date | None
    sex: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetImage:
    """One image on a sheet. `picture` is called only while the document is written, from a lane of
    its own, and gives None for what cannot be shown; `facts` are label and text in the order of
    printing. `has_scale` is False for what nobody could measure on, a sound. `real_mm` is how wide
    and high what it shows is, upright, where somebody laid a scale on it."""

    number: str
    sha256: bytes
    picture: Callable[[], Shown | None]
    facts: tuple[tuple[str, str], ...]
    no_picture_text: str
    has_scale: bool = True
    real_mm: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSheet:
    """A whole record sheet. `printed_at` has a zone. `sheet_number` is without page and check.
    `retain_until` is the day up to which the images have to be kept, as things stand (R105).
    `volume` is that of the hard file it goes into, or empty. `two_sided` binds backs at the right;
    `is_grey` says on each page that its colours are gone. `own` is what the office adds.

    With `life_size` every picture whose scale is known is printed 1:1, and it says what is known of
    the printer; one that the paper has no room for is printed `smaller`, or not at all.
    """

    organisation: str
    address: str
    patient: SheetPatient
    images: tuple[SheetImage, ...]
    sheet_number: str
    copy: int
    printed_by: str
    printed_at: datetime
    per_page: int
    paper: Paper
    retain_until: date | None = None
    volume: str = ""
    two_sided: bool = False
    life_size: LifeSize | None = None
    smaller: bool = False
    is_grey: bool = False
    own: Stationery = PLAIN


def copy_words(copy: int, *, is_grey: bool = False) -> str:
    """Which copy a page is of (0: nobody counts), and that it was printed without its colours: for
    who reads it later, and has only this page."""
    counted = "" if not copy else "Copy 1" if copy == 1 else f"COPY {copy}"
    return " · ".join(filter(None, (counted, "GREY PRINT" if is_grey else "")))
