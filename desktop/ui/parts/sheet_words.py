"""What the register knows of one copy of a sheet, in sentences."""

from datetime import datetime

from desktop.records.facts.sheet import Sheet, SheetState, grouped
from desktop.ui.parts.words import moment


def sheet_words(sheet: Sheet, *, page: int = 0) -> str:
    """Which sheet it is, where it is, and what happened to it; `page` is the one that was read."""
    which = f"sheet {grouped(sheet.number)}"
    if page:
        said = [f"Page {page} of {sheet.pages} of {which}, copy {sheet.copy}, {_where(sheet)}."]
    else:
        said = [f"S{which[1:]}, copy {sheet.copy}, {_where(sheet)}."]
    why = f" Why one more copy: {sheet.why}." if sheet.why else ""
    said.append(f"Made {_at(sheet.made_at)} by {sheet.made_by}, for {_target(sheet)}.{why}")
    if sheet.in_hand_at:
        said.append(f"All pages in hand {_at(sheet.in_hand_at)}, by {sheet.in_hand_by}.")
    if sheet.in_chart_at:
        said.append(f"Put into the chart {_at(sheet.in_chart_at)} by {sheet.in_chart_by}.")
    if sheet.ended_at:
        done = "Recalled" if sheet.state is SheetState.RECALLED else "Destroyed"
        said.append(f"{done} {_at(sheet.ended_at)} by {sheet.ended_by}: {sheet.ended_why}.")
    return " ".join(said)


def _where(sheet: Sheet) -> str:
    if sheet.state is not SheetState.IN_CHART or sheet.in_chart_at is None:
        return sheet.state.words
    volume = f", volume {sheet.volume}" if sheet.volume else ""
    return f"in the chart since {_at(sheet.in_chart_at)}{volume}"


def _target(sheet: Sheet) -> str:
    return {"pdf": "a PDF file", "sealed pdf": "a sealed PDF file"}.get(sheet.target, sheet.target)


def _at(when: datetime) -> str:
    return moment(when.astimezone())
