"""What is due, what a service moves on, and what a hold keeps."""

from datetime import date, timedelta

import pytest

from desktop.records.deeds.disposal import propose_disposal
from desktop.records.deeds.holds import holds, lift_hold, place_hold
from desktop.records.deeds.retention import (
    due_count,
    due_images,
    note_service,
    office_day,
    overdue_images,
    retention_of,
    set_schedule,
)
from desktop.records.facts.ids import HoldId, ImageId, new_uuid
from desktop.records.facts.people import OfficeRole, Person
from desktop.records.facts.people_problems import NotAllowed
from desktop.records.facts.problems import ImageUnknown
from desktop.records.facts.retention import HoldKind
from desktop.records.facts.retention_problems import (
    HoldAlreadyLifted,
    HoldUnknown,
    ImageHeld,
    NothingDue,
    NotYetDue,
    ReasonMissing,
    ScheduleTooShort,
    ServiceInFuture,
)
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, MadeUpOffice, added, deeds
from tests.unit.retention.old_office import TEN_YEARS, OldOffice, colleague, filed


@pytest.mark.requirement("R105")
def test_without_a_date_entered_the_last_filing_counts(vault: Vault, made: MadeUpOffice) -> None:
    patient = added(vault)
    assert retention_of(vault, patient.id) is None
    filed(vault, patient, b"one")
    made.clock.move(days=40)
    filed(vault, patient, b"two")
    found = retention_of(vault, patient.id)
    assert found is not None
    assert found.entered is None
    assert found.last_service == office_day(made.clock.now)
    assert found.retain_until.year == found.last_service.year + 10


@pytest.mark.requirement("R105")
def test_a_new_service_date_extends_all_images(old: OldOffice) -> None:
    assert [due.image for due in due_images(old.vault)] == old.images
    on = date(2027, 2, 28)
    kept = note_service(old.vault, patient=old.patient.id, on=on, by=MEI)
    assert kept is not None
    assert (kept.entered, kept.retain_until) == (on, date(2037, 2, 28))
    assert due_images(old.vault) == []
    old.clock.move(days=365)
    assert len(due_images(old.vault)) == 5


@pytest.mark.requirement("R105")
def test_an_earlier_date_shortens_nothing(old: OldOffice) -> None:
    vault, patient = old.vault, old.patient.id
    received = retention_of(vault, patient)
    note_service(vault, patient=patient, on=date(1999, 1, 1), by=MEI)
    now = retention_of(vault, patient)
    assert received is not None
    assert now is not None
    assert now.retain_until == received.retain_until
    note_service(vault, patient=patient, on=date(2030, 1, 1), by=MEI)
    note_service(vault, patient=patient, on=date(2029, 1, 1), by=MEI)
    later = retention_of(vault, patient)
    assert later is not None
    assert later.entered == date(2030, 1, 1)
    assert [deed for deed, _ in deeds(vault)].count("service noted") == 3


def test_a_service_that_has_not_come_is_refused(old: OldOffice) -> None:
    tomorrow = office_day(old.clock.now) + timedelta(days=1)
    with pytest.raises(ServiceInFuture, match="in the future"):
        note_service(old.vault, patient=old.patient.id, on=tomorrow, by=MEI)


@pytest.mark.requirement("R105")
def test_due_is_the_day_after_and_not_a_day_before(vault: Vault, made: MadeUpOffice) -> None:
    filed(vault, added(vault), b"one")
    until = office_day(made.clock.now).replace(year=2036)
    made.clock.move(days=(until - office_day(made.clock.now)).days)
    assert office_day(made.clock.now) == until
    assert due_images(vault) == []
    with pytest.raises(NothingDue):
        propose_disposal(vault, by=MEI)
    made.clock.move(days=1)
    (due,) = due_images(vault)
    assert due.retain_until == until


@pytest.mark.requirement("R105")
def test_a_longer_schedule_keeps_longer_and_a_shorter_is_refused(old: OldOffice) -> None:
    with pytest.raises(ScheduleTooShort):
        set_schedule(old.vault, years=7, by=MEI)
    assert len(due_images(old.vault)) == 5
    set_schedule(old.vault, years=15, by=MEI)
    assert due_images(old.vault) == []
    old.clock.move(days=TEN_YEARS / 2)
    assert len(due_images(old.vault)) == 5


@pytest.mark.requirement("R107")
def test_what_is_not_due_cannot_be_proposed_by_name(vault: Vault, made: MadeUpOffice) -> None:
    image = filed(vault, added(vault), b"one")
    with pytest.raises(NotYetDue, match="has to be kept until"):
        propose_disposal(vault, by=MEI, images=[image])


@pytest.mark.requirement("R109")
@pytest.mark.parametrize("kind", HoldKind)
def test_a_hold_blocks_until_it_is_lifted(old: OldOffice, kind: HoldKind) -> None:
    vault = old.vault
    hold = place_hold(vault, patient=old.patient.id, kind=kind, reason="case 12", by=MEI)
    assert due_images(vault) == []
    with pytest.raises(ImageHeld, match=kind.words):
        propose_disposal(vault, by=MEI, images=old.images)
    assert holds(vault) == [hold]
    lifted = lift_hold(vault, hold=hold.id, reason="closed", by=MEI)
    assert (lifted.lifted_why, lifted.lifted_by) == ("closed", MEI.name)
    assert len(due_images(vault)) == 5
    assert holds(vault) == []
    assert holds(vault, patient=old.patient.id) == [lifted]
    with pytest.raises(HoldAlreadyLifted):
        lift_hold(vault, hold=hold.id, reason="closed", by=MEI)
    assert ("hold placed", MEI.name) in deeds(vault)
    assert ("hold lifted", MEI.name) in deeds(vault)


@pytest.mark.requirement("R109")
def test_one_image_can_be_held_alone(old: OldOffice) -> None:
    held = old.images[2]
    place_hold(
        old.vault,
        patient=old.patient.id,
        kind=HoldKind.COURT,
        reason="exhibit 3",
        by=MEI,
        image=held,
    )
    assert held not in {due.image for due in due_images(old.vault)}
    assert len(due_images(old.vault)) == 4


def test_a_hold_needs_a_reason_and_something_to_hold(old: OldOffice) -> None:
    vault, patient = old.vault, old.patient.id
    with pytest.raises(ReasonMissing):
        place_hold(vault, patient=patient, kind=HoldKind.COURT, reason="  ", by=MEI)
    other = added(vault, "ZZZ0024", "Other")
    with pytest.raises(ImageUnknown):
        place_hold(
            vault,
            patient=other.id,
            kind=HoldKind.COURT,
            reason="x",
            by=MEI,
            image=old.images[0],
        )
    with pytest.raises(ImageUnknown):
        place_hold(
            vault,
            patient=patient,
            kind=HoldKind.COURT,
            reason="x",
            by=MEI,
            image=ImageId(new_uuid()),
        )
    with pytest.raises(HoldUnknown):
        lift_hold(vault, hold=HoldId(new_uuid()), reason="x", by=MEI)


@pytest.mark.requirement("R107", "R109")
def test_a_clerk_may_place_a_hold_and_not_lift_it(old: OldOffice) -> None:
    clerk: Person = colleague(old.vault, "Ana Clerk", OfficeRole.CLERK)
    hold = place_hold(
        old.vault, patient=old.patient.id, kind=HoldKind.COMPLAINT, reason="HDC 7", by=clerk
    )
    with pytest.raises(NotAllowed):
        lift_hold(old.vault, hold=hold.id, reason="done", by=clerk)
    assert holds(old.vault) == [hold]


@pytest.mark.requirement("R105", "R109")
def test_the_worklist_names_what_stands_in_the_way(old: OldOffice) -> None:
    held, listed, *free = old.images
    hold = place_hold(
        old.vault,
        patient=old.patient.id,
        kind=HoldKind.COURT,
        reason="case 9",
        by=MEI,
        image=held,
    )
    batch = propose_disposal(old.vault, by=MEI, images=[listed])
    found = {one.due.image: one for one in overdue_images(old.vault)}
    assert list(found) == old.images
    assert found[held].holds == (hold,)
    assert found[listed].waits_in == batch.number
    assert [image for image, one in found.items() if one.is_free] == free
    assert due_count(old.vault) == len(due_images(old.vault)) == len(old.images) - 1
    assert {one.owner for one in found.values()} == {old.patient}
    lift_hold(old.vault, hold=hold.id, reason="closed", by=MEI)
    assert overdue_images(old.vault)[0].is_free
    note_service(old.vault, patient=old.patient.id, on=office_day(old.clock.now), by=MEI)
    assert overdue_images(old.vault) == []
    assert due_count(old.vault) == 0
