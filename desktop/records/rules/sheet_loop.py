"""Which step may follow which on a sheet's way into the chart, and out of it (R79)."""

from collections.abc import Mapping

from desktop.records.facts.sheet import SheetState, page_code

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
    SheetState.IN_HAND: frozenset({SheetState.IN_CHART, SheetState.RECALLED, SheetState.DESTROYED}),
    SheetState.IN_CHART: frozenset({SheetState.RECALLED, SheetState.DESTROYED}),
    SheetState.RECALLED: frozenset({SheetState.DESTROYED}),
    SheetState.DESTROYED: frozenset(),
}
"""What is destroyed stays so, and what is recalled does not slip back into the chart. What failed
on its way may turn up all the same: a printer can give up after its last page."""

LOOSE = frozenset({SheetState.MADE, SheetState.IN_HAND})
"""Paper with a patient's name on it that nobody has put where it belongs."""


def may_follow(before: SheetState, after: SheetState) -> bool:
    """Whether a copy in the one state may come into the other."""
    return after in NEXT[before]


def shows_last_page(number: str, pages: int, typed: str) -> bool:
    """Whether these are the check digits of the last page. Who can type them has it in hand."""
    return typed.strip() == page_code(number, pages)[-2:]
