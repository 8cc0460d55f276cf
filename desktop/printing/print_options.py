"""How a paper goes to a printer: what a person chose."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.printing.ipp_connection import shown_name


class Sides(StrEnum):
    """Which sides of the paper are printed, by IPP's own keywords (RFC 8011, 5.2.8)."""

    ONE = "one-sided"
    TWO = "two-sided-long-edge"


MOST_COPIES = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintOptions:
    """`printer` is a queue by its name or an address (ipp:// or ipps://). `tray` is empty where the
    printer chooses. `whatever_is_loaded` prints although the printer says that other paper lies in
    its trays: printers are wrong about them at times."""

    printer: str
    tray: str = ""
    copies: int = 1
    sides: Sides = Sides.ONE
    is_grey: bool = False
    whatever_is_loaded: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.copies <= MOST_COPIES:
            raise ValueError(f"{self.copies} copies")

    @property
    def target(self) -> str:
        """Where it went, as the register keeps it."""
        said = [f"printer {shown_name(self.printer)}"]
        if self.tray:
            said.append(f"tray {self.tray}")
        if self.sides is Sides.TWO:
            said.append("both sides")
        if self.is_grey:
            said.append("grey")
        return ", ".join(said)
