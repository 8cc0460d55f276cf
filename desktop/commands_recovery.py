"""A recovery key as a command tells it: on its sheet, or shown."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop.printing.record_sheet_model import Paper
from desktop.printing.stationery import PLAIN, Stationery
from desktop.problem import Problem
from desktop.records.facts.office import OfficeFacts
from desktop.records.facts.people import Person
from desktop.verbs.office import recovery_sheet
from desktop.verbs.output import write_whole


def recovery_result(
    options: Namespace,
    facts: OfficeFacts,
    person: Person,
    lines: Sequence[tuple[str, str]],
    *,
    office: Path,
    own: Stationery = PLAIN,
) -> dict[str, Any]:
    """The recovery key as a sheet, or shown: it is seen once, so where its sheet fails it is shown,
    or nobody ever has it."""
    shown = {"recovery_key": [f"{line} {check}" for line, check in lines]}
    if not options.recovery_sheet:
        return shown
    try:
        sheet = recovery_sheet(
            facts,
            person,
            lines,
            paper=Paper(options.paper),
            with_code=not options.no_code,
            own=own,
        )
        write_whole(options.recovery_sheet, sheet, office=office)
    except Problem as problem:
        return {**shown, "problem": problem.code, "words": str(problem)}
    return {"recovery_sheet": str(options.recovery_sheet)}
