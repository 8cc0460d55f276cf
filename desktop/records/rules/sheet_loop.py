"""Which step may follow which on a sheet's way into the chart, to a person, and back (R79)."""

from collections.abc import Iterable, Mapping

from desktop.records.facts.sheet import Sheet, SheetState, page_code
from desktop.records.facts.sheet_problems import (
    OnlyCopyStays,
    SheetBelongsInChart,
    SheetNotInHand,
    SheetNotInThatState,
)

NEXT: Mapping[SheetState, frozenset[SheetState]] = {
    SheetState.MADE: frozenset(
        {
            SheetState.IN_HAND,
            SheetState.IN_CHART,
            SheetState.NOT_PRINTED,
            SheetState.RECALLED,
            SheetState.DESTROYED,
        }
    ),
    SheetState.NOT_PRINTED: frozenset(
        {SheetState.IN_HAND, SheetState.IN_CHART, SheetState.DESTROYED}
    ),
    SheetState.IN_HAND: frozenset(
        {
            SheetState.IN_CHART,
            SheetState.HANDED_OVER,
            SheetState.RECALLED,
            SheetState.DESTROYED,
        }
    ),
    SheetState.IN_CHART: frozenset({SheetState.RECALLED, SheetState.DESTROYED}),
    SheetState.HANDED_OVER: frozenset(
        {SheetState.IN_CHART, SheetState.RECALLED, SheetState.DESTROYED}
    ),
    SheetState.RECALLED: frozenset({SheetState.DESTROYED}),
    SheetState.DESTROYED: frozenset(),
}
"""What is destroyed stays so, and what is recalled does not slip back into the chart. What failed
on its way may turn up all the same: a printer can give up after its last page. What somebody took
may come back, signed, and go into the chart."""

LOOSE = frozenset({SheetState.MADE, SheetState.IN_HAND})
"""Paper with a patient's name on it that nobody has put where it belongs."""

MAY_BE_AT_CHART = LOOSE | {SheetState.HANDED_OVER}
"""A copy whose code is read at the chart may be one of these: it goes in now, or it came back."""


def may_follow(before: SheetState, after: SheetState) -> bool:
    """Whether a copy in the one state may come into the other."""
    return after in NEXT[before]


def shows_last_page(number: str, pages: int, typed: str) -> bool:
    """Whether these are the check digits of the last page. Who can type them has it in hand."""
    return typed.strip() == page_code(number, pages)[-2:]


def may_offer_hand_over(sheet: Sheet) -> bool:
    """Whether handing it over is worth offering: `check_hand_over` has the last word."""
    return sheet.may_leave and may_follow(sheet.state, SheetState.HANDED_OVER)


def check_hand_over(sheet: Sheet, copies: Iterable[Sheet]) -> None:
    """Whether somebody may take this copy along; `copies` are all of the same number.

    What is written to people is theirs, and so is a file that only a passphrase opens. Of what a
    patient signs, one copy has to stay. The rest belongs into the chart: images leave by the rules
    of disclosure alone. Raises SheetBelongsInChart, SheetNotInHand, SheetNotInThatState and
    OnlyCopyStays.
    """
    if not sheet.may_leave:
        raise SheetBelongsInChart(number=sheet.number, copy=sheet.copy, kind=sheet.kind.words)
    if sheet.state is SheetState.MADE:
        raise SheetNotInHand(number=sheet.number, copy=sheet.copy)
    if not may_follow(sheet.state, SheetState.HANDED_OVER):
        raise SheetNotInThatState(number=sheet.number, copy=sheet.copy, stands=sheet.stands)
    stay = LOOSE | {SheetState.IN_CHART}
    stays = any(one.id != sheet.id and one.state in stay for one in copies)
    if sheet.kind.is_signed and not stays:
        raise OnlyCopyStays(number=sheet.number, copy=sheet.copy, kind=sheet.kind.words)
