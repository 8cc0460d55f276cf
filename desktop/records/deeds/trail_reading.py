"""Reading the trail: pages of it, a copy for somebody outside, and the proof that it is whole."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from enum import StrEnum

from desktop.records.facts.anchor import Anchor
from desktop.records.facts.ids import PatientId
from desktop.records.facts.people import Person
from desktop.records.facts.trail import PrintedLine, TrailEntry, TrailFilter, TrailLine
from desktop.records.vault.trail import TrailVerdict
from desktop.records.vault.vault import Look, Vault

_EVERYTHING = TrailFilter()
_COLUMNS = ("seq", "at", "by", "deed", "about", "mac")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ExportForm(StrEnum):
    """How a copy of the trail is written, by the ending of its file."""

    JSON_LINES = "jsonl"
    CSV = "csv"


def trail_page(
    vault: Vault,
    *,
    wanted: TrailFilter = _EVERYTHING,
    before: int | None = None,
    most: int = 200,
) -> list[TrailEntry]:
    """At most `most` lines that fit, newest first; `before` is the last number of the page above.

    Reading the trail adds no line to it.
    """
    with vault.look() as look:
        lines = look.trail.page(wanted, before=before, most=most)
        banners: dict[PatientId, str] = {}
        return [TrailEntry(line=line, banner=_banner(look, line, banners)) for line in lines]


def export_trail(
    vault: Vault,
    *,
    wanted: TrailFilter = _EVERYTHING,
    form: ExportForm,
    by: Person,
    tell: Callable[[int], None] = lambda _lines: None,
) -> Iterator[bytes]:
    """The lines that fit, oldest first, in pieces of a file; who took them is noted first.

    JSON lines carry every field with the mac in hex, and `about` as the text that was sealed; a
    time that cannot be read is null. In CSV a cell that a spreadsheet would run as a formula begins
    with an apostrophe.
    """
    with vault.change() as change:
        change.note("trail exported", by=by, form=form, **_asked(wanted))
    return _pieces(vault, wanted, _written_as[form], tell)


def check_trail(
    vault: Vault,
    *,
    anchor: Anchor | None = None,
    by: Person,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> TrailVerdict:
    """Prove the whole trail, and with `anchor` that it still holds a head noted outside.

    The line that it was checked is written after the reading. Raises Cancelled when `stopped`, and
    then notes nothing.
    """
    verdict = vault.verify_trail(anchor=anchor, tell=tell, stopped=stopped)
    noted = {"anchor": anchor.text} if anchor else {}
    with vault.change() as change:
        change.note(
            "trail checked", by=by, lines=verdict.lines, broken_at=verdict.broken_at, **noted
        )
    return verdict


def trail_head(vault: Vault) -> Anchor:
    """The head of the trail now, to be noted outside the office: `.text` is what is printed."""
    with vault.look() as look:
        head = look.trail.head()
    if head is None:
        raise AssertionError("an office without the line of its creation")
    return head


def check_anchor(vault: Vault, text: str) -> PrintedLine:
    """Whether the trail still holds the line with this printed head, at the same place.

    One line is read: a forger with the office key could have left it standing, so that the whole
    proof is `check_trail` with the anchor. Raises AnchorMistyped.
    """
    anchor = Anchor.read(text)
    with vault.look() as look:
        line, head = look.trail.line(anchor.seq), look.trail.head()
    return PrintedLine(
        seq=anchor.seq,
        last=head.seq if head else 0,
        fits=line is not None and anchor.fits(line.mac),
        at=line.at if line else None,
    )


def _asked(wanted: TrailFilter) -> dict[str, object]:
    """What was asked for, without what was left open."""
    asked = {
        "whose": wanted.person,
        "deeds": wanted.deed,
        "patient": wanted.patient,
        "image": wanted.image,
        "since": wanted.since,
        "until": wanted.until,
    }
    return {name: value for name, value in asked.items() if value}


def _pieces(
    vault: Vault,
    wanted: TrailFilter,
    write: Callable[[TrailLine], bytes],
    tell: Callable[[int], None],
) -> Iterator[bytes]:
    if write is _csv_row:
        yield _csv(_COLUMNS)
    with vault.look() as look:
        for number, line in enumerate(look.trail.lines(wanted), start=1):
            yield write(line)
            if number % 1000 == 0:
                tell(number)


def _json_line(line: TrailLine) -> bytes:
    told = {
        "seq": line.seq,
        "at": line.at.isoformat() if line.at else None,
        "by": line.by,
        "deed": line.deed,
        "about": line.about,
        "mac": line.mac.hex(),
    }
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _csv_row(line: TrailLine) -> bytes:
    at = line.at.isoformat() if line.at else ""
    return _csv((line.seq, at, line.by, line.deed, line.about, line.mac.hex()))


def _csv(cells: tuple[object, ...]) -> bytes:
    gathered = io.StringIO()
    csv.writer(gathered).writerow(
        f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
        for cell in cells
    )
    return gathered.getvalue().encode()


_written_as = {ExportForm.JSON_LINES: _json_line, ExportForm.CSV: _csv_row}


def _banner(look: Look, line: TrailLine, known: dict[PatientId, str]) -> str:
    """Who the line is about, if it names a patient who is still on record."""
    patient = line.patient
    if patient is None:
        return ""
    if patient not in known:
        found = look.patients.find(patient)
        known[patient] = found.banner if found else ""
    return known[patient]
