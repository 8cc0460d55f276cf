"""`chartroom audit`: read the trail, copy it out, prove it, and print its head."""

import argparse
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from desktop.commands_telling import Result, counting
from desktop.commands_typed import typed_day, typed_image
from desktop.intake.report import Tell
from desktop.records.deeds.patients import patient_with_number
from desktop.records.deeds.trail_reading import check_trail, trail_head, trail_page
from desktop.records.facts.anchor import Anchor
from desktop.records.facts.identifiers import identifier
from desktop.records.facts.trail import TrailEntry, TrailFilter
from desktop.verbs.office import Office
from desktop.verbs.output import write_whole
from desktop.verbs.trail import month_end_sheet, printed_line, save_trail


def audit_grammar(to: argparse.ArgumentParser) -> None:
    """What may follow `chartroom audit`."""
    what = to.add_mutually_exclusive_group()
    what.add_argument("--verify", action="store_true", help="prove every line of the trail")
    what.add_argument("--head", action="store_true", help="the head, to be noted outside")
    what.add_argument("--export", type=Path, metavar="FILE", help="a copy: .csv, or JSON lines")
    what.add_argument("--printed", metavar="TEXT", help="look for one printed head, quickly")
    to.add_argument("--anchor", metavar="TEXT", help="with --verify: a head that was noted before")
    to.add_argument("--sheet", type=Path, metavar="OUT.pdf", help="with --head: month-end sheet")
    to.add_argument("--person", default="", metavar="NAME")
    to.add_argument("--deed", default="", metavar="TEXT")
    to.add_argument("--patient", metavar="N")
    to.add_argument("--image", metavar="ID")
    to.add_argument("--from", dest="since", metavar="YYYY-MM-DD")
    to.add_argument("--to", dest="until", metavar="YYYY-MM-DD", help="that day is still in")
    to.add_argument("--before", type=int, metavar="LINE", help="only older lines than this one")
    to.add_argument("--most", type=int, default=100, metavar="COUNT")


def audit(options: argparse.Namespace, office: Office, tell: Tell) -> Result:
    """The newest lines that fit, or what was asked for in their place."""
    if options.verify:
        return _verify(options, office, tell)
    if options.head:
        return _head(options, office)
    if options.printed:
        found = printed_line(office, options.printed)
        return {"fits": found.fits, ("said" if found.fits else "words"): found.words}
    wanted = _wanted(options, office)
    if options.export:
        save_trail(office, options.export, wanted=wanted)
        return {"exported": str(options.export)}
    most = max(options.most, 1)
    page = trail_page(office.vault, wanted=wanted, before=options.before, most=most)
    return [_row(entry) for entry in page]


def harm_in_audit(result: Mapping[str, Any]) -> str:
    """The sentence of a trail that is not whole, or nothing."""
    if result.get("trail", "ok") == "ok":
        return ""
    return f"The trail is broken at line {result['broken_at']}: {result['why']}."


def _verify(options: argparse.Namespace, office: Office, tell: Tell) -> Result:
    anchor = Anchor.read(options.anchor) if options.anchor else None
    verdict = check_trail(
        office.vault,
        anchor=anchor,
        by=office.person,
        tell=counting(tell, "lines"),
    )
    result: dict[str, Any] = {
        "trail": "ok" if verdict.is_whole else "broken",
        "lines": verdict.lines,
    }
    if anchor is not None and verdict.is_whole:
        result["anchor"] = f"line {anchor.seq} is the one that was noted"
    if not verdict.is_whole:
        result |= {"broken_at": verdict.broken_at, "why": verdict.why}
    return result


def _head(options: argparse.Namespace, office: Office) -> Result:
    head = trail_head(office.vault)
    result: dict[str, Any] = {"lines": head.seq, "head": head.text}
    if options.sheet:
        write_whole(options.sheet, month_end_sheet(office), office=office.folder)
        result["sheet"] = str(options.sheet)
    return result


def _wanted(options: argparse.Namespace, office: Office) -> TrailFilter:
    patient = None
    if options.patient:
        found = patient_with_number(office.vault, number=identifier(options.patient))
        patient = found.id
    return TrailFilter(
        person=options.person,
        deed=options.deed,
        patient=patient,
        image=typed_image(options.image) if options.image else None,
        since=_midnight(options.since) if options.since else None,
        until=_midnight(options.until, later=1) if options.until else None,
    )


def _midnight(text: str, *, later: int = 0) -> datetime:
    """The beginning of a day at this workstation, or of a later one."""
    day = typed_day(text) + timedelta(days=later)
    return datetime(day.year, day.month, day.day).astimezone()


def _row(entry: TrailEntry) -> dict[str, Any]:
    line = entry.line
    row: dict[str, Any] = {
        "seq": line.seq,
        "at": line.at.isoformat() if line.at else "time unreadable",
        "by": line.by,
        "deed": line.deed,
        "about": dict(line.facts),
    }
    return {**row, "patient": entry.banner} if entry.banner else row
