"""What the pane of images says of a scanner, whose pages come one by one and only when asked."""

from desktop.devices.problems import SourceGone, SourceHelperDied
from desktop.devices.source import SourceInfo
from desktop.problem import Problem
from desktop.records.facts.capture import Route
from desktop.ui.parts.words import counted

MORE = "Scan more pages"
FAILED = "Nothing was scanned"


def is_scanner(source: SourceInfo | None) -> bool:
    """Whether the source is a scanner's glass or feeder."""
    return source is not None and source.route is Route.SCANNER


def lost_its_pages(problem: Problem) -> bool:
    """Whether the pages that a scanner held are lost with it."""
    return isinstance(problem, SourceGone | SourceHelperDied)


def scanning(pages: int, *, is_listing: bool, is_cut_short: bool) -> str:
    """Which page is under way, or how many there are."""
    if is_listing:
        return f"Scanning page {pages + 1}…"
    said = counted(pages, "page")
    return f"Stopped after {said}" if is_cut_short else said


def nothing_yet(*, is_listing: bool) -> tuple[str, str]:
    """Heading and sentence while there is no page."""
    if is_listing:
        return "Scanning…", "Each page appears as it is scanned."
    return "No page was scanned", "Lay the paper in, then choose “Scan more pages” below."
