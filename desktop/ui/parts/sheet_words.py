"""What the register knows of one copy of a sheet, in sentences."""

from datetime import datetime

from desktop.records.facts.sheet import SEALED_PDF, Sheet, SheetKind, SheetState, grouped
from desktop.ui.parts.loop_verbs import SheetOf
from desktop.ui.parts.words import moment

_FOR_THE_PATIENT = {
    SheetKind.PATIENT_COPY,
    SheetKind.NOTICE,
    SheetKind.OWN_COPY,
    SheetKind.DISCLOSURES,
    SheetKind.CONSENT,
    SheetKind.REFUSAL,
    SheetKind.WITHDRAWAL,
}
_ENDED = {
    SheetState.RECALLED: "Recalled",
    SheetState.DESTROYED: "Destroyed",
    SheetState.NOT_PRINTED: "Sent",
}


def sheet_words(sheet: Sheet, *, page: int = 0) -> str:
    """Which sheet it is, where it is, and what happened to it; `page` is the one that was read."""
    which = f"{kind_words(sheet)} {grouped(sheet.number)}"
    read = f", page {page} of {sheet.pages}" if page else ""
    said = [f"{which}, copy {sheet.copy}{read}: {_where(sheet)}."]
    why = f" Why one more copy: {sheet.why}." if sheet.why else ""
    said.append(f"Made {_at(sheet.made_at)} by {sheet.made_by}, for {_target(sheet)}.{why}")
    if sheet.in_hand_at:
        said.append(f"All pages in hand {_at(sheet.in_hand_at)}, by {sheet.in_hand_by}.")
    if sheet.in_chart_at:
        said.append(f"Put into the chart {_at(sheet.in_chart_at)} by {sheet.in_chart_by}.")
    if sheet.handed_at:
        to = f"to {sheet.handed_to} by {sheet.handed_by}"
        said.append(f"Handed over {_at(sheet.handed_at)} {to}.")
    if sheet.ended_at:
        done = _ENDED.get(sheet.state, "Ended")
        said.append(f"{done} {_at(sheet.ended_at)} by {sheet.ended_by}: {sheet.ended_why}.")
    return " ".join(said)


def kind_words(sheet: Sheet) -> str:
    """Which paper it is, to begin a line with."""
    return sheet.kind.words.capitalize()


def for_whom(held: SheetOf) -> str:
    """Who takes it, as far as the paper itself says; else an empty text."""
    if said := dict(held.sheet.written).get("sent_to"):
        return said
    return held.patient.name if held.sheet.kind in _FOR_THE_PATIENT else ""


def next_step(sheet: Sheet) -> str:
    """What is to be done with a copy whose pages are all in hand."""
    if sheet.kind.is_for_people:
        return (
            "Next, hand it over and say so in the worklist “Not in chart”, or put it into the "
            "chart: scan its code there."
        )
    into = "Next, put it into the chart and say so in the worklist “Not in chart”"
    return f"{into}: scan its code there."


def _where(sheet: Sheet) -> str:
    if sheet.state is not SheetState.IN_CHART or sheet.in_chart_at is None:
        return sheet.stands
    volume = f", volume {sheet.volume}" if sheet.volume else ""
    return f"in the chart since {_at(sheet.in_chart_at)}{volume}"


def _target(sheet: Sheet) -> str:
    return {"pdf": "a PDF file", SEALED_PDF: "a sealed PDF file"}.get(sheet.target, sheet.target)


def _at(when: datetime) -> str:
    return moment(when.astimezone())
