"""Breach records of lost or stolen devices: opened, continued step by step, closed (R114)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from desktop.records.facts.breach import Breach, BreachFile, BreachKind, BreachStep, StepTaken
from desktop.records.facts.breach_problems import (
    BreachClosed,
    BreachUnknown,
    EraseNotAsked,
    OfficerNotTold,
    OutcomeMissing,
)
from desktop.records.facts.came_from_problems import DayAhead
from desktop.records.facts.clearance import Deposit, LostImage
from desktop.records.facts.ids import BreachId, DeviceId, new_uuid
from desktop.records.facts.patient import short_date
from desktop.records.facts.people import Person
from desktop.records.facts.sheet import read_paper_number
from desktop.records.vault.vault import Change, Look, Vault

MOST_ON_A_DEVICE = 100_000
"""More copies than one device ever holds: every one of them is in its breach record."""


def open_lost(
    vault: Vault,
    *,
    source: str,
    depositor: str,
    what: str = "",
    happened_on: date | None = None,
    by: Person,
) -> Breach:
    """Open the record of a device that is lost or stolen, with exactly the images that nobody
    proved or attested to be off it: those of a source of this name that this person brought, and
    where the register knows the device, those that anybody else brought on it.

    While one is open for that device it is given back, and what was not on it yet is not added: an
    image that comes later did not come from a lost device. Every device of the register that these
    images came from is noted as lost with it. Raises DayAhead.
    """
    with vault.look() as look:
        may_be, devices = _may_be_on(look, source, depositor)
        before = look.breaches.open_of(source, depositor, devices=devices)
    if before is not None:
        return before
    with vault.change() as change:
        may_be, devices = _may_be_on(change, source, depositor)
        note = _clean(what)
        for device in devices:
            _mark_lost(change, device, note=note, by=by)
        return open_within(
            change,
            source=source,
            depositor=depositor,
            device=next(iter(devices)) if len(devices) == 1 else None,
            may_be=may_be,
            what=note,
            happened_on=happened_on,
            by=by,
        )


def _may_be_on(
    look: Look, source: str, depositor: str
) -> tuple[list[Deposit], frozenset[DeviceId]]:
    """What may be on the device, and which devices of the register it is."""
    every = look.deposits.outstanding(most=MOST_ON_A_DEVICE)
    theirs = [one for one in every if (one.source_name, one.depositor) == (source, depositor)]
    devices = frozenset(one.device for one in theirs if one.device is not None)
    brought = {one.id for one in theirs}
    return [one for one in every if one.id in brought or one.device in devices], devices


def open_within(
    change: Change,
    *,
    source: str,
    depositor: str,
    device: DeviceId | None,
    may_be: Sequence[Deposit],
    what: str,
    by: Person,
    happened_on: date | None = None,
) -> Breach:
    """Open a record within a transaction that notes a device as lost. Raises DayAhead."""
    today = change.now.astimezone().date()
    day = happened_on or today
    if day > today:
        raise DayAhead(day=short_date(day))
    new = Breach(
        id=BreachId(new_uuid()),
        kind=BreachKind.LOST_DEVICE,
        source_name=source,
        depositor=depositor,
        device=device,
        what=what,
        happened_on=day,
        opened_at=change.now,
        opened_by=by.name,
        images=len(may_be),
    )
    change.breaches.open(new, [one.id for one in may_be])
    change.note(
        "breach opened",
        by=by,
        breach=new.number,
        source=source,
        depositor=depositor,
        device=device,
        what=what,
        on=day.isoformat(),
        deposits=[str(one.id) for one in may_be],
    )
    return new


def note_step(
    vault: Vault,
    *,
    breach: BreachId,
    step: BreachStep,
    by: Person,
    on: date | None = None,
    note: str = "",
) -> Breach:
    """Note a step that was taken, today unless another day is said; in place of what was noted of
    it before, which the trail keeps. Raises BreachUnknown, BreachClosed, DayAhead, EraseNotAsked.
    """
    with vault.change() as change:
        before = _open(change, breach)
        today = change.now.astimezone().date()
        if (on or today) > today:
            raise DayAhead(day=short_date(on or today))
        if step is BreachStep.ERASE_CONFIRMED and before.taken(BreachStep.ERASE_ASKED) is None:
            raise EraseNotAsked
        taken = StepTaken(
            step=step, on=on or today, note=_clean(note), noted_at=change.now, noted_by=by.name
        )
        change.breaches.take_step(breach, taken)
        change.note(
            "breach step noted",
            by=by,
            breach=before.number,
            step=step,
            on=taken.on.isoformat(),
            said=taken.note,
        )
        return _known(change, breach)


def close(vault: Vault, *, breach: BreachId, outcome: str, by: Person) -> Breach:
    """Close a record with what it came to; it stays on record.

    Raises BreachUnknown, BreachClosed, OutcomeMissing, OfficerNotTold and NotAllowed.
    """
    told = _clean(outcome)
    with vault.change() as change:
        before = _open(change, breach)
        if not told:
            raise OutcomeMissing
        if before.taken(BreachStep.PRIVACY_OFFICER_TOLD) is None:
            raise OfficerNotTold(number=before.number)
        change.breaches.close(breach, at=change.now, by=by.name, outcome=told)
        change.note("breach closed", by=by, breach=before.number, outcome=told)
        return _known(change, breach)


def breaches(vault: Vault, *, closed: bool = False) -> list[Breach]:
    """The open records, the oldest first; `closed`: every one."""
    with vault.look() as look:
        return look.breaches.every(closed=closed)


def breach_file(vault: Vault, breach: BreachId) -> BreachFile:
    """A record with the images it speaks of, as each stands now; what was disposed of since is not
    told any more. Raises BreachUnknown."""
    with vault.look() as look:
        found = _known(look, breach)
        deposits = look.deposits.find(look.breaches.deposits(breach))
        owners = {one.patient: look.patients.find(one.patient) for one in deposits if one.patient}
    banners = {patient: owner.banner for patient, owner in owners.items() if owner}
    ordered = sorted(deposits, key=lambda one: (one.deposited_at, one.id))
    return BreachFile(
        breach=found,
        images=tuple(
            LostImage(deposit=one, banner=banners.get(one.patient, "") if one.patient else "")
            for one in ordered
        ),
    )


def breach_named(vault: Vault, number: str) -> Breach:
    """The record with this number, as it is printed or typed, or with this id. Raises
    BreachUnknown."""
    wanted = number.strip()
    named = read_paper_number(wanted)
    for one in breaches(vault, closed=True):
        if named == one.number or _is_id(wanted, one.id):
            return one
    raise BreachUnknown(number=wanted)


def _is_id(text: str, breach: BreachId) -> bool:
    try:
        return UUID(text) == breach
    except ValueError:
        return False


def _known(look: Look, breach: BreachId) -> Breach:
    found = look.breaches.find(breach)
    if found is None:
        raise BreachUnknown(number=str(breach))
    return found


def _open(look: Look, breach: BreachId) -> Breach:
    found = _known(look, breach)
    if not found.is_open:
        raise BreachClosed(number=found.number, closed_by=found.closed_by)
    return found


def _mark_lost(change: Change, device: DeviceId, *, note: str, by: Person) -> None:
    found = change.devices.find(device)
    if found is None or found.lost_at is not None or found.retired_at is not None:
        return
    change.devices.set_lost(device, at=change.now, note=note)
    change.note("device lost", by=by, device=device, name=found.name, said=note)


def _clean(text: str) -> str:
    return " ".join(text.split())
