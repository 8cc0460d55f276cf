"""What an office adds of its own to its papers: its logo, a line at the foot, words on consent."""

from dataclasses import dataclass

from desktop.media.paper_image import PaperImage
from desktop.printing.boxes import Box
from desktop.printing.fonts import printable

_HIGH_MM, _WIDE_MM = 7.0, 26.0
_GAP_MM = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stationery:
    """Each may be missing. `logo`, stored upright, stands beside the organisation's name at the
    head of every page, `foot_text` in the foot under the return address, and `consent_text` on the
    consent form in place of the program's own words on the patient's rights."""

    logo: PaperImage | None = None
    foot_text: str = ""
    consent_text: str = ""

    @property
    def foot_lines(self) -> tuple[str, ...]:
        """The line at the foot, where there is one. Raises UnprintableText."""
        said = " ".join(self.foot_text.split())
        return (printable(said, what="The line at the foot"),) if said else ()


PLAIN = Stationery()


def logo_mm(logo: PaperImage | None) -> tuple[float, float]:
    """How wide and high a logo is printed; nothing where there is none."""
    if logo is None:
        return 0.0, 0.0
    scale = min(_WIDE_MM / logo.width, _HIGH_MM / logo.height)
    return logo.width * scale, logo.height * scale


def beside_logo_mm(logo: PaperImage | None) -> float:
    """How far from the left the organisation's name begins."""
    return logo_mm(logo)[0] + _GAP_MM if logo is not None else 0.0


def split_line(logo: PaperImage | None, line: Box, *, text_mm: float) -> tuple[Box, Box]:
    """Of the first line of a head: where the logo stands, and beside it, as high as the middle,
    text of `text_mm`. Without a logo the first box has no size."""
    width, height = logo_mm(logo)
    room = line.beside(beside_logo_mm(logo)).below(max((line.height - text_mm) / 2, 0.0))
    return line.left(width).below((line.height - height) / 2).top(height), room.top(text_mm)
