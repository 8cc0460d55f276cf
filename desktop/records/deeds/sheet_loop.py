"""A sheet on its way: in hand, in the chart, handed over, recalled, destroyed (R77, R79)."""

from dataclasses import replace

from desktop.records.facts.ids import PatientId, SheetId
from desktop.records.facts.patient import Patient
from desktop.records.facts.people import Person
from desktop.records.facts.sheet import Sheet, SheetState, read_page_code
from desktop.records.facts.sheet_problems import (
    CopyNotSaid,
    LastPageNotInHand,
    NobodyTookIt,
    NoReasonGiven,
    PageCodeWrong,
    PageNotOfSheet,
    SheetIsTheRecord,
    SheetNotInThatState,
    SheetUnknown,
)
from desktop.records.rules.sheet_loop import (
    LOOSE,
    MAY_BE_AT_CHART,
    check_hand_over,
    may_follow,
    shows_last_page,
)
from desktop.records.vault.vault import Change, Look, Vault


def found_by_code(vault: Vault, code: str) -> tuple[Sheet, int]:
    """The sheet and the page whose code was scanned or typed; nothing is changed by it.

    A code does not tell the copy: of those that have such a page, for a copy may be laid out anew,
    it is the newest that came out and was not destroyed, else the newest. Raises PageCodeWrong,
    SheetUnknown and PageNotOfSheet.
    """
    with vault.look() as look:
        return _found(look, code)


def confirm_in_hand(vault: Vault, *, sheet: SheetId, check_digits: str, by: Person) -> Sheet:
    """All pages lie on the desk: who says so types the check digits of the last one.

    Raises SheetUnknown, LastPageNotInHand, and SheetNotInThatState for one that was confirmed,
    recalled or destroyed before.
    """
    with vault.change() as change:
        found = _known(change, sheet)
        if not shows_last_page(found.number, found.pages, check_digits):
            raise LastPageNotInHand(number=found.number, copy=found.copy)
        after = replace(
            _came_out(found), state=SheetState.IN_HAND, in_hand_at=change.now, in_hand_by=by.name
        )
        _settle(change, found, after)
        change.note("sheet in hand", by=by, **_about(after))
        return after


def put_into_chart(
    vault: Vault, *, code: str, volume: str = "", copy: int | None = None, by: Person
) -> Sheet:
    """The code was read at the chart: this sheet is in it, in `volume` where there are several.
    Which `copy` it is the code does not tell: it may be left open where only one can be meant.

    Raises as `found_by_code`, CopyNotSaid where another than the newest may be meant, SheetUnknown
    for a copy that was never made, and SheetNotInThatState for one that is there already, recalled
    or destroyed.
    """
    with vault.change() as change:
        found, page = _found(change, code)
        if copy is not None:
            found = _copy_of(change, found.number, copy)
        else:
            _ask_which(change, found, page)
        after = replace(
            _came_out(found),
            state=SheetState.IN_CHART,
            in_chart_at=change.now,
            in_chart_by=by.name,
            volume=volume.strip(),
        )
        _settle(change, found, after)
        change.note("sheet in chart", by=by, **_about(after), volume=after.volume)
        return after


def hand_over(vault: Vault, *, sheet: SheetId, to: str, by: Person) -> Sheet:
    """Somebody took this copy along: `to` says who, in words. It waits for no chart any more; a
    code that is read at the chart later brings it back.

    Raises SheetUnknown, NobodyTookIt, and what the rules of handing over raise.
    """
    with vault.change() as change:
        found = _known(change, sheet)
        check_hand_over(found, change.sheets.copies(found.number))
        if not to.strip():
            raise NobodyTookIt(number=found.number)
        after = replace(
            found,
            state=SheetState.HANDED_OVER,
            handed_at=change.now,
            handed_by=by.name,
            handed_to=" ".join(to.split()),
        )
        _settle(change, found, after)
        change.note("sheet handed over", by=by, **_about(after), to=after.handed_to)
        return after


def recall_sheet(vault: Vault, *, sheet: SheetId, why: str, by: Person) -> Sheet:
    """This copy has to come out of the chart, or back from wherever it is, and be destroyed.

    Raises SheetUnknown, NoReasonGiven, SheetNotInThatState for one that is destroyed already, and
    SheetIsTheRecord for one that stands for an image.
    """
    with vault.change() as change:
        after = _ended(change, sheet, SheetState.RECALLED, why, by)
        change.note("sheet recalled", by=by, **_about(after), why=after.ended_why)
        return after


def destroy_sheet(vault: Vault, *, sheet: SheetId, why: str, by: Person) -> Sheet:
    """This copy was shredded: it was spoiled, recalled, or one too many. Raises as
    `recall_sheet`."""
    with vault.change() as change:
        after = _ended(change, sheet, SheetState.DESTROYED, why, by)
        change.note("sheet destroyed", by=by, **_about(after), why=after.ended_why)
        return after


def not_in_chart(vault: Vault, *, most: int | None = None) -> list[tuple[Sheet, Patient]]:
    """Copies that nobody has put into a chart yet, with their patients, the oldest first."""
    with vault.look() as look:
        return [(one, look.patients.get(one.patient)) for one in look.sheets.loose(most=most)]


def sheets_in_state(vault: Vault, state: SheetState) -> list[tuple[Sheet, Patient]]:
    """Every copy that is in this state, with its patient, the oldest first."""
    with vault.look() as look:
        return [(one, look.patients.get(one.patient)) for one in look.sheets.in_state(state)]


def how_many_not_in_chart(vault: Vault) -> int:
    """How many copies `not_in_chart` would name."""
    with vault.look() as look:
        return look.sheets.how_many_loose()


def other_loose_copies(vault: Vault, sheet: Sheet) -> list[int]:
    """Which other copies of the same paper are in no chart yet: the code does not tell them
    apart."""
    with vault.look() as look:
        copies = look.sheets.copies(sheet.number)
    return sorted(one.copy for one in copies if one.id != sheet.id and one.state in LOOSE)


def last_volume(vault: Vault, patient: PatientId) -> str:
    """The volume that this patient's sheets went into last; empty where none was ever said."""
    with vault.look() as look:
        filed = [one for one in look.sheets.of_patient(patient) if one.in_chart_at and one.volume]
    return max(filed, key=lambda one: (one.in_chart_at, one.made_at)).volume if filed else ""


def is_loose(sheet: Sheet) -> bool:
    """Whether this copy is paper that nobody has put where it belongs."""
    return sheet.state in LOOSE


def _found(look: Look, code: str) -> tuple[Sheet, int]:
    read = read_page_code(code)
    if read is None:
        raise PageCodeWrong(typed=code.strip() or "Nothing")
    number, page = read
    copies = look.sheets.copies(number)
    if not copies:
        raise SheetUnknown(number=number)
    with_page = [one for one in copies if 1 <= page <= one.pages]
    if not with_page:
        raise PageNotOfSheet(number=number, page=page, pages=max(one.pages for one in copies))
    there = [one for one in with_page if one.state is not SheetState.DESTROYED]
    came_out = [one for one in there if one.state is not SheetState.NOT_PRINTED]
    return (came_out or there or with_page)[0], page


def _ask_which(look: Look, found: Sheet, page: int) -> None:
    """Raises CopyNotSaid where another copy than this one may be at the chart with that page."""
    there = [
        one.copy
        for one in look.sheets.copies(found.number)
        if one.state in MAY_BE_AT_CHART and page <= one.pages
    ]
    if set(there) - {found.copy}:
        copies = tuple(sorted(there))
        raise CopyNotSaid(number=found.number, listed=", ".join(map(str, copies)), copies=copies)


def _copy_of(look: Look, number: str, copy: int) -> Sheet:
    for one in look.sheets.copies(number):
        if one.copy == copy:
            return one
    raise SheetUnknown(number=f"{number}, copy {copy},")


def _known(look: Look, sheet: SheetId) -> Sheet:
    found = look.sheets.find(sheet)
    if found is None:
        raise SheetUnknown(number=str(sheet))
    return found


def _came_out(sheet: Sheet) -> Sheet:
    """Whoever holds it knows better than the printing system that gave it up."""
    if sheet.state is not SheetState.NOT_PRINTED:
        return sheet
    return replace(sheet, ended_at=None, ended_by="", ended_why="")


def _ended(change: Change, sheet: SheetId, state: SheetState, why: str, by: Person) -> Sheet:
    found = _known(change, sheet)
    if not why.strip():
        raise NoReasonGiven(number=found.number)
    if change.disposals.is_kept_on(sheet):
        raise SheetIsTheRecord(number=found.number, copy=found.copy)
    after = replace(
        found, state=state, ended_at=change.now, ended_by=by.name, ended_why=why.strip()
    )
    _settle(change, found, after)
    return after


def _settle(change: Change, before: Sheet, after: Sheet) -> None:
    if not may_follow(before.state, after.state):
        raise SheetNotInThatState(number=before.number, copy=before.copy, stands=before.stands)
    change.sheets.settle(after)


def _about(sheet: Sheet) -> dict[str, object]:
    return {"sheet": sheet.number, "copy": sheet.copy, "patient": sheet.patient}
