"""What follows from the check page of a printer: whether it holds, and what it permits to say."""

from datetime import datetime, timedelta
from math import isfinite

from desktop.records.facts.patient import short_date
from desktop.records.facts.printer_check import (
    CORNER_MM,
    EDGE_STEPS,
    CheckPage,
    CheckState,
    LifeSize,
    Measured,
    PrinterProfile,
)
from desktop.records.facts.printer_problems import (
    BarNotBelievable,
    CornerNotBelievable,
    EdgeNotBelievable,
)

MOST_OUT = 0.1
"""A bar that is out by a larger share was measured wrong, or printed to fit the page."""

CERTAIN_WITHIN = 0.005
"""Up to this share a length on paper is taken for the length it stands for."""

HOLDS_FOR = timedelta(days=366)
EDGE_OF_SHEETS_MM = 10
"""What every sheet leaves free on each side: a printer has to reach at least this far."""

_CORNER_OUT_MM = 10.0


def believable(page: CheckPage, measured: Measured) -> Measured:
    """What was measured, if it can be so. Raises BarNotBelievable, CornerNotBelievable and
    EdgeNotBelievable."""
    bars = (
        ("across", measured.across_mm, page.across_mm),
        ("down", measured.down_mm, page.down_mm),
    )
    for bar, found, drawn in bars:
        if not isfinite(found) or abs(found / drawn - 1) > MOST_OUT:
            raise BarNotBelievable(bar=bar, measured=f"{found:g}", drawn=drawn)
    for edge, found in (("left", measured.left_mm), ("top", measured.top_mm)):
        if not isfinite(found) or abs(found - CORNER_MM) > _CORNER_OUT_MM:
            raise CornerNotBelievable(edge=edge, measured=f"{found:g}")
    for edge in ("left", "top", "right", "bottom"):
        number = getattr(measured.edges, edge)
        if not 1 <= number <= EDGE_STEPS:
            raise EdgeNotBelievable(edge=edge, number=number, most=EDGE_STEPS)
    return measured


def state_of(profile: PrinterProfile | None, *, leads_to: str, now: datetime) -> CheckState:
    """Whether a profile still holds for the printer that its name leads to now. `leads_to` is empty
    where nobody can say: then it may be another device, and nothing is certain of it."""
    if profile is None:
        return CheckState.NOT_CHECKED
    if leads_to and profile.page.led_to and leads_to != profile.page.led_to:
        return CheckState.OTHER_DEVICE
    # what is measured today on a page of long ago tells what the printer did then
    since = min(profile.checked_at, profile.page.made_at)
    if now - since > HOLDS_FOR:
        return CheckState.OLD
    known = leads_to and profile.page.led_to
    return CheckState.HOLDS if known else CheckState.UNKNOWN_DEVICE


def scale_words(profile: PrinterProfile) -> str:
    """What a length of 100 mm comes out as."""
    across, down = (f"{100 * share:.1f} mm" for share in profile.scale)
    return across if across == down else f"{across} across and {down} down"


def is_true_to_scale(profile: PrinterProfile) -> bool:
    """Whether its lengths are within half a percent, in both directions."""
    return all(abs(share - 1) <= CERTAIN_WITHIN + 1e-9 for share in profile.scale)


def life_size_of(profile: PrinterProfile | None, state: CheckState) -> LifeSize:
    """Whether life size is certain on this printer, tray and paper, and what is said of it."""
    if profile is None or state is CheckState.NOT_CHECKED:
        return LifeSize(is_certain=False, words="This printer was not checked.")
    why = {
        CheckState.OLD: "The last check of this printer is older than 12 months.",
        CheckState.OTHER_DEVICE: "The printer was changed after it was checked.",
    }.get(state, "")
    if why:
        return LifeSize(is_certain=False, words=why)
    said = f"100 mm bars print {scale_words(profile)}"
    if not is_true_to_scale(profile):
        return LifeSize(is_certain=False, words=f"{said}: life size is not certain.")
    if state is CheckState.UNKNOWN_DEVICE:
        unknown = "which device it is, the printer does not say: life size is not certain."
        return LifeSize(is_certain=False, words=f"{said}; {unknown}")
    on = short_date(profile.checked_at.astimezone().date())
    where = (
        f"{profile.page.printer}, tray {profile.page.tray}"
        if profile.page.tray
        else profile.page.printer
    )
    checked = f"checked {on} by {profile.checked_by}"
    return LifeSize(is_certain=True, words=f"{said} on {where}; {checked}.")


def edge_words(profile: PrinterProfile) -> str:
    """What is said where the printer does not reach as far as sheets are printed; else empty."""
    widest = profile.measured.edges.widest
    if widest <= EDGE_OF_SHEETS_MM:
        return ""
    return (
        f"It leaves {widest} mm of an edge unprinted; sheets leave {EDGE_OF_SHEETS_MM} mm, so "
        "something of them may be cut off."
    )


def undone(profile: PrinterProfile) -> tuple[tuple[float, float], tuple[float, float]]:
    """How a page has to be moved (mm, right and down) and then scaled about its top left corner, so
    that this printer puts everything where it belongs."""
    (across, down), (right, below) = profile.scale, profile.offset_mm
    return (-right / across, -below / down), (1 / across, 1 / down)
