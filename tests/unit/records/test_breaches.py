"""Breach records of lost devices: exactly what may still be on them, and every step to the end."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.records.deeds import breaches, devices
from desktop.records.deeds.clearing import attest, deposits_of, note_cleared
from desktop.records.deeds.people import add_person
from desktop.records.deeds.receiving import begin_intake, end_intake, receive
from desktop.records.facts.breach import BreachStep
from desktop.records.facts.breach_problems import (
    BreachClosed,
    BreachUnknown,
    EraseNotAsked,
    OfficerNotTold,
    OutcomeMissing,
)
from desktop.records.facts.came_from_problems import DayAhead
from desktop.records.facts.capture import DeviceOwner, Route
from desktop.records.facts.clearance import Clearance
from desktop.records.facts.devices import Depositor, Handover, NewDevice
from desktop.records.facts.ids import BreachId, IntakeId, new_uuid
from desktop.records.facts.people import NewPerson, OfficeRole, Role
from desktop.records.facts.people_problems import NotAllowed
from desktop.records.rules.clearing import proved
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, Clock, arrival, deeds, kept

pytestmark = pytest.mark.requirement("R114")

PHONE = "Pixel 8"
TOM = Depositor(name="Tom Reed", role=Role.NURSE)


def brought(vault: Vault, said: Handover, *contents: bytes, source: str = PHONE) -> IntakeId:
    begun = begin_intake(vault, source_name=source, route=Route.PTP, by=MEI, handover=said)
    sealed = [(kept(vault, one), arrival(begun, f"{one.decode()}.JPG")) for one in contents]
    receive(vault, sealed=sealed, by=MEI)
    end_intake(vault, begun, left_out=0, by=MEI)
    return begun


def toms(owner: DeviceOwner = DeviceOwner.PERSONAL) -> Handover:
    return Handover(depositor=TOM, owner=owner)


def test_the_record_has_exactly_what_nobody_proved_or_attested_to_be_gone(vault: Vault) -> None:
    gone, attested, left = deposits_of(vault, brought(vault, toms(), b"a", b"b", b"c"))
    brought(vault, toms(DeviceOwner.PATIENT), b"theirs")
    brought(vault, toms(), b"else", source="Another phone")
    brought(vault, Handover(owner=DeviceOwner.PERSONAL), b"nobody's")
    bytes_ = gone.sha256
    proof = proved(gone, key="a", stored=bytes_, compared=bytes_, listed_after=())
    note_cleared(vault, proofs=[proof], by=MEI)
    attest(vault, deposits=[attested.id], attested_by="Tom Reed", by=MEI)

    opened = breaches.open_lost(
        vault, source=PHONE, depositor=TOM.name, what=" left on a  bus ", by=MEI
    )
    assert (opened.images, opened.what, opened.happened_on) == (
        1,
        "left on a bus",
        date(2026, 11, 23),
    )
    file = breaches.breach_file(vault, opened.id)
    assert [one.deposit.id for one in file.images] == [left.id]
    again = breaches.open_lost(vault, source=PHONE, depositor=TOM.name, by=MEI)
    assert again == breaches.breach_named(vault, opened.number)
    assert [deed for deed, _ in deeds(vault)].count("breach opened") == 1


def test_a_device_of_the_register_takes_everybodys_images_along(vault: Vault) -> None:
    device = devices.add_device(
        vault, new=NewDevice(owner=DeviceOwner.ORGANISATION, name="Ward camera"), by=MEI
    )
    said = Handover(depositor=TOM, owner=DeviceOwner.ORGANISATION, device=device.id)
    brought(vault, said, b"a", b"b")
    hine = Depositor(name="Hine Kōwhai", role=Role.REGISTRAR)
    brought(vault, replace(said, depositor=hine), b"c")
    devices.mark_lost(vault, device=device.id, note="stolen from the car", by=MEI)
    [opened] = breaches.breaches(vault)
    assert (opened.device, opened.images, opened.what) == (device.id, 3, "stolen from the car")
    same = breaches.open_lost(vault, source=PHONE, depositor=hine.name, by=MEI)
    assert same.id == opened.id


def test_losing_a_device_from_the_worklist_marks_it_on_the_register_too(vault: Vault) -> None:
    device = devices.add_device(
        vault, new=NewDevice(owner=DeviceOwner.PERSONAL, name="Tom's phone"), by=MEI
    )
    brought(vault, replace(toms(), device=device.id), b"a")
    breaches.open_lost(vault, source=PHONE, depositor=TOM.name, what="on a bus", by=MEI)
    lost = devices.device(vault, device.id)
    assert (lost.lost_at is not None, lost.lost_note) == (True, "on a bus")
    theirs = devices.add_device(
        vault, new=NewDevice(owner=DeviceOwner.PATIENT, name="The father's phone"), by=MEI
    )
    devices.mark_lost(vault, device=theirs.id, by=MEI)
    assert len(breaches.breaches(vault)) == 1


def test_a_record_goes_step_by_step_and_is_closed_by_who_may(
    vault: Vault, office_clock: Clock
) -> None:
    brought(vault, toms(), b"a")
    one = breaches.open_lost(vault, source=PHONE, depositor=TOM.name, by=MEI)
    with pytest.raises(EraseNotAsked):
        breaches.note_step(vault, breach=one.id, step=BreachStep.ERASE_CONFIRMED, by=MEI)
    with pytest.raises(DayAhead):
        breaches.note_step(
            vault, breach=one.id, step=BreachStep.POLICE_TOLD, on=date(2026, 12, 1), by=MEI
        )
    breaches.note_step(vault, breach=one.id, step=BreachStep.ERASE_ASKED, by=MEI)
    breaches.note_step(vault, breach=one.id, step=BreachStep.POLICE_TOLD, note="R 77", by=MEI)
    told = breaches.note_step(
        vault, breach=one.id, step=BreachStep.POLICE_TOLD, note="R 78", by=MEI
    )
    step = told.taken(BreachStep.POLICE_TOLD)
    assert step is not None
    assert (step.note, len(told.steps)) == ("R 78", 2)
    with pytest.raises(OutcomeMissing):
        breaches.close(vault, breach=one.id, outcome=" ", by=MEI)
    with pytest.raises(OfficerNotTold, match=one.number):
        breaches.close(vault, breach=one.id, outcome="erased", by=MEI)
    breaches.note_step(vault, breach=one.id, step=BreachStep.PRIVACY_OFFICER_TOLD, by=MEI)
    clerk = add_person(
        vault, new=NewPerson(name="Hana Pōtae", office_role=OfficeRole.CLERK), by=MEI
    )
    with pytest.raises(NotAllowed):
        breaches.close(vault, breach=one.id, outcome="erased", by=clerk)
    office_clock.move(days=2)
    done = breaches.close(vault, breach=one.id, outcome="erased", by=MEI)
    assert (done.closed_by, done.closed_at, done.is_open) == (MEI.name, office_clock.now, False)
    with pytest.raises(BreachClosed, match=MEI.name):
        breaches.note_step(vault, breach=one.id, step=BreachStep.ERASE_CONFIRMED, by=MEI)
    assert breaches.breaches(vault) == []
    assert breaches.breaches(vault, closed=True) == [done]
    with pytest.raises(BreachUnknown):
        breaches.breach_file(vault, BreachId(new_uuid()))


def test_what_is_cleared_afterwards_is_still_told_with_its_state(vault: Vault) -> None:
    [one] = deposits_of(vault, brought(vault, toms(), b"a"))
    opened = breaches.open_lost(vault, source=PHONE, depositor=TOM.name, by=MEI)
    attest(vault, deposits=[one.id], attested_by="Tom Reed", by=MEI)
    [listed] = breaches.breach_file(vault, opened.id).images
    assert listed.deposit.clearance is Clearance.ATTESTED
