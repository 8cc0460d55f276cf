"""What a printer does to a page: the check pages that were made, and what was measured on them."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

CORNER_MM = 20.0
"""How far from the left and from the top edge of the paper the corner mark of a check page is."""

EDGE_STEPS = 15
"""The lines that a check page has along each edge: the first is 1 mm from it, the last 15 mm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    """A check page as it was made: for which printer, tray and paper, and how long its bars are.

    `tray` is empty where the printer chooses. `led_to` is the device behind the printer's name as
    this computer knows it, without its address; empty where nobody could say. `made_at` is UTC.
    """

    number: str
    printer: str
    tray: str
    paper: str
    led_to: str
    across_mm: int
    down_mm: int
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """For each edge the smallest number that can be read: nearer to the edge nothing prints."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def widest(self) -> int:
        """The widest of the four."""
        return max(self.left, self.top, self.right, self.bottom)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What somebody measured with a rule on a check page, in mm: both bars, and how far the corner
    mark is from the left and from the top edge of the paper."""

    across_mm: float
    down_mm: float
    left_mm: float
    top_mm: float
    edges: Edges
    colour: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterProfile:
    """A check page and what was measured on it. `checked_at` is UTC."""

    page: CheckPage
    measured: Measured
    checked_at: datetime
    checked_by: str

    @property
    def scale(self) -> tuple[float, float]:
        """What a millimetre becomes, across and down."""
        across = self.measured.across_mm / self.page.across_mm
        return across, self.measured.down_mm / self.page.down_mm

    @property
    def offset_mm(self) -> tuple[float, float]:
        """How far the whole page is moved to the right and down, in mm."""
        across, down = self.scale
        return (
            self.measured.left_mm - CORNER_MM * across,
            self.measured.top_mm - CORNER_MM * down,
        )


class CheckState(Enum):
    """Whether what is known of a printer still holds."""

    NOT_CHECKED = "not-checked"
    HOLDS = "checked"
    OLD = "old"
    OTHER_DEVICE = "other-device"
    UNKNOWN_DEVICE = "unknown-device"
    """Nobody says which device the name leads to, or led to when it was checked."""

    @property
    def words(self) -> str:
        """The state in plain words."""
        return {
            CheckState.NOT_CHECKED: "not checked",
            CheckState.HOLDS: "checked",
            CheckState.OLD: "check again: the last check is older than 12 months",
            CheckState.OTHER_DEVICE: "check again: the name leads to another printer now",
            CheckState.UNKNOWN_DEVICE: "checked; which device it is, the printer does not say",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeSize:
    """Whether a printer may be said to print life size, and why, in a sentence."""

    is_certain: bool
    words: str
