"""Clearing on record: only what is proved is cleared, only what is ours, and only a whole batch."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.problem import Problem
from desktop.records.deeds.backups import make_backup
from desktop.records.deeds.clearing import (
    attest,
    deposits_of,
    keep_companion,
    not_ours,
    note_cleared,
    note_not_cleared,
    outstanding,
    stored_copy,
    unfiled,
    why_not_clear,
)
from desktop.records.deeds.filing import file_image
from desktop.records.deeds.receiving import begin_intake, end_intake, receive
from desktop.records.deeds.settings import change_settings
from desktop.records.deeds.undoing import take_back
from desktop.records.facts.capture import DeviceOwner, Route
from desktop.records.facts.clearance import Clearance, Deposit
from desktop.records.facts.clearance_problems import (
    AttestationUnsigned,
    BatchNotWhole,
    NotBackedUp,
    NothingToClear,
    NotInRecordYet,
    NotOursToClear,
    OwnerUnknown,
)
from desktop.records.facts.devices import Depositor, Handover
from desktop.records.facts.filing_problems import ImageOffDevice
from desktop.records.facts.ids import DepositId, IntakeId, new_uuid
from desktop.records.facts.office_settings import OfficeSettings
from desktop.records.facts.people import Role
from desktop.records.rules.clearing import ClearanceProof, proved
from desktop.records.vault.problems import OriginalDamaged
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import (
    MEI,
    Clock,
    added,
    arrival,
    deeds,
    kept,
    linked,
    time_of_file,
    whole_facts,
)

PHONE = "Pixel 8"


def batch(
    vault: Vault,
    *contents: bytes,
    owner: DeviceOwner | None = DeviceOwner.PERSONAL,
    left_out: int | None = 0,
    filed: bool = True,
) -> IntakeId:
    """An intake from a phone, whole and filed unless said otherwise."""
    begun = begin_intake(
        vault, source_name=PHONE, route=Route.PTP, by=MEI, handover=Handover(owner=owner)
    )
    sealed = [
        (kept(vault, content), arrival(begun, f"IMG_{number}.JPG"))
        for number, content in enumerate(contents)
    ]
    received = receive(vault, sealed=sealed, by=MEI)
    if left_out is not None:
        end_intake(vault, begun, left_out=left_out, by=MEI)
    if filed:
        patient = added(vault)
        facts = whole_facts(taken=time_of_file())
        for one in received:
            file_image(vault, image=one.image.id, link=linked(patient), facts=facts, by=MEI)
    return begun


def proof_of(one: Deposit) -> ClearanceProof:
    return proved(one, key="it", stored=one.sha256, compared=one.sha256, listed_after=[])


def why_not(vault: Vault, intake: IntakeId) -> type[Problem] | None:
    problem = why_not_clear(vault, deposits_of(vault, intake), source=PHONE)
    return None if problem is None else type(problem)


@pytest.mark.requirement("R73", "R74")
@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, None),
        ({"owner": DeviceOwner.ORGANISATION}, None),
        ({"owner": DeviceOwner.PATIENT}, NotOursToClear),
        ({"left_out": None}, BatchNotWhole),
        ({"left_out": 2}, BatchNotWhole),
        ({"filed": False}, NotInRecordYet),
        ({"owner": None, "filed": False}, OwnerUnknown),
    ],
)
def test_only_a_whole_batch_of_ours_in_a_record_is_cleared(
    vault: Vault, said: dict[str, object], why: type[Problem] | None
) -> None:
    begun = batch(vault, b"one", b"two", **said)  # type: ignore[arg-type]
    assert why_not(vault, begun) is why


@pytest.mark.requirement("R73")
def test_an_office_may_want_a_backup_first(
    vault: Vault, office_clock: Clock, tmp_path: Path
) -> None:
    begun = batch(vault, b"one")
    assert why_not(vault, begun) is None
    change_settings(vault, settings=OfficeSettings(clear_after_backup=True), by=MEI)
    assert why_not(vault, begun) is NotBackedUp
    make_backup(vault, to=tmp_path / "stick", by=MEI)
    assert why_not(vault, begun) is None
    office_clock.now += timedelta(minutes=1)
    ours = Handover(owner=DeviceOwner.PERSONAL)
    later = begin_intake(vault, source_name=PHONE, route=Route.PTP, by=MEI, handover=ours)
    receive(vault, sealed=[(kept(vault, b"one"), arrival(later))], by=MEI)
    end_intake(vault, later, left_out=0, by=MEI)
    assert why_not(vault, later) is NotBackedUp


@pytest.mark.requirement("R74")
def test_what_is_proved_gone_is_cleared_and_on_the_trail(vault: Vault) -> None:
    begun = batch(vault, b"one", b"two")
    first, second = deposits_of(vault, begun)
    [cleared] = note_cleared(vault, proofs=[proof_of(first)], by=MEI)
    assert (cleared.clearance, cleared.settled_by) == (Clearance.CLEARED, MEI.name)
    assert cleared.settled_at == vault.clock()
    assert deeds(vault)[-1] == ("image cleared", MEI.name)
    assert outstanding(vault) == [second]


@pytest.mark.requirement("R74")
def test_no_proof_of_anything_else_is_taken(vault: Vault) -> None:
    [one] = deposits_of(vault, batch(vault, b"one"))
    other = hashlib.sha256(b"two").digest()
    for said in (
        {"stored": other, "compared": one.sha256, "listed_after": []},
        {"stored": one.sha256, "compared": other, "listed_after": []},
        {"stored": one.sha256, "compared": one.sha256, "listed_after": ["it"]},
    ):
        with pytest.raises(AssertionError):
            proved(one, key="it", **said)
    with pytest.raises(AssertionError):
        note_cleared(vault, proofs=[ClearanceProof(deposit=one.id, sha256=other)], by=MEI)
    assert outstanding(vault) == [one]


@pytest.mark.requirement("R121")
def test_a_file_handed_over_twice_is_cleared_once_for_both(vault: Vault) -> None:
    begun = batch(vault, b"one")
    again = begin_intake(vault, source_name=PHONE, route=Route.PTP, by=MEI)
    elsewhere = begin_intake(vault, source_name="Card", route=Route.CARD, by=MEI)
    for intake in (again, elsewhere):
        receive(vault, sealed=[(kept(vault, b"one"), arrival(intake, "IMG_0.JPG"))], by=MEI)
    note_cleared(vault, proofs=[proof_of(one) for one in deposits_of(vault, begun)], by=MEI)
    assert [one.clearance for one in deposits_of(vault, again)] == [Clearance.CLEARED]
    assert [one.clearance for one in deposits_of(vault, elsewhere)] == [Clearance.OUTSTANDING]


@pytest.mark.requirement("R122")
def test_a_patients_own_device_is_never_called_cleared_or_attested(vault: Vault) -> None:
    begun = batch(vault, b"one", owner=DeviceOwner.PATIENT)
    [one] = deposits_of(vault, begun)
    with pytest.raises(NotOursToClear):
        note_cleared(vault, proofs=[proof_of(one)], by=MEI)
    with pytest.raises(NotOursToClear):
        attest(vault, deposits=[one.id], attested_by="Dr Hine Kōwhai", by=MEI)
    assert (deposits_of(vault, begun), outstanding(vault)) == ([one], [])


@pytest.mark.requirement("R74")
def test_somebodys_word_is_kept_as_that_and_never_becomes_proof(vault: Vault) -> None:
    begun = batch(vault, b"one")
    [one] = deposits_of(vault, begun)
    with pytest.raises(AttestationUnsigned):
        attest(vault, deposits=[one.id], attested_by="  ", by=MEI)
    [attested] = attest(vault, deposits=[one.id], attested_by=" Dr Hine  Kōwhai ", by=MEI)
    assert (attested.clearance, attested.attested_by) == (Clearance.ATTESTED, "Dr Hine Kōwhai")
    assert why_not(vault, begun) is NothingToClear
    [still] = note_cleared(vault, proofs=[proof_of(one)], by=MEI)
    assert still.clearance is Clearance.ATTESTED


def test_why_it_stayed_is_remembered(vault: Vault) -> None:
    begun = batch(vault, b"one")
    [one] = deposits_of(vault, begun)
    note_not_cleared(vault, one=one, problem=NotBackedUp(count=1), by=MEI)
    [after] = deposits_of(vault, begun)
    assert after == replace(one, refused_why=str(NotBackedUp(count=1)))
    assert deeds(vault)[-1] == ("clearing refused", MEI.name)


@pytest.mark.requirement("R73")
def test_the_stored_copy_is_read_from_disk_before_anything_is_deleted(vault: Vault) -> None:
    [one] = deposits_of(vault, batch(vault, b"one"))
    assert stored_copy(vault, one) == one.sha256
    [path] = (vault.folder / "originals").glob("??/*")
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)
    with pytest.raises(OriginalDamaged):
        stored_copy(vault, one)


def test_a_companion_is_kept_once_and_read_back(vault: Vault) -> None:
    [one] = deposits_of(vault, batch(vault, b"one"))
    for _ in range(2):
        digest = keep_companion(
            vault, image=one.image, file_name="IMG_0.AAE", content=b"<plist/>", by=MEI
        )
    with vault.look() as look:
        assert look.deposits.companions(one.image) == {"IMG_0.AAE": {digest: b"<plist/>"}}


@pytest.mark.requirement("R74")
def test_a_link_is_not_simply_taken_back_once_the_device_was_cleared(vault: Vault) -> None:
    (one, other) = deposits_of(vault, batch(vault, b"one", b"two"))
    note_cleared(vault, proofs=[proof_of(one)], by=MEI)
    with pytest.raises(ImageOffDevice, match="privacy officer"):
        take_back(vault, image=one.image, by=MEI, reason="wrong patient")
    take_back(vault, image=other.image, by=MEI, reason="wrong patient")


@pytest.mark.requirement("R75", "R122")
def test_what_is_the_patients_never_crowds_out_what_is_outstanding(vault: Vault) -> None:
    theirs = batch(vault, b"one", owner=DeviceOwner.PATIENT)
    [ours] = deposits_of(vault, batch(vault, b"two", filed=False))
    assert outstanding(vault, most=1) == [ours]
    assert not_ours(vault, source_name=PHONE) == deposits_of(vault, theirs)


def again_from(vault: Vault, said: Handover, *contents: bytes) -> IntakeId:
    """The same files handed over once more, from a source of the same name."""
    begun = begin_intake(vault, source_name=PHONE, route=Route.PTP, by=MEI, handover=said)
    sealed = [(kept(vault, one), arrival(begun, f"IMG_{n}.JPG")) for n, one in enumerate(contents)]
    receive(vault, sealed=sealed, by=MEI)
    end_intake(vault, begun, left_out=0, by=MEI)
    return begun


@pytest.mark.requirement("R74", "R121")
def test_one_of_two_phones_of_one_model_is_not_proof_of_the_other(vault: Vault) -> None:
    begun = batch(vault, b"one")
    wiremu = Depositor(name="Wiremu Rata", role=Role.NURSE)
    of_another = again_from(vault, Handover(owner=DeviceOwner.PERSONAL, depositor=wiremu), b"one")
    note_cleared(vault, proofs=[proof_of(one) for one in deposits_of(vault, begun)], by=MEI)
    [other] = deposits_of(vault, of_another)
    assert outstanding(vault) == [other]


@pytest.mark.requirement("R26", "R122")
def test_the_first_devices_owner_says_nothing_of_another_device(vault: Vault) -> None:
    batch(vault, b"one", owner=DeviceOwner.ORGANISATION)
    again = again_from(vault, Handover(), b"one")
    assert why_not(vault, again) is OwnerUnknown


@pytest.mark.requirement("R122")
def test_who_says_later_that_it_is_the_patients_is_believed(vault: Vault) -> None:
    begun = batch(vault, b"one", owner=DeviceOwner.ORGANISATION, filed=False)
    [one] = deposits_of(vault, begun)
    patient = added(vault)
    facts = whole_facts(taken=time_of_file())
    assert facts.mode is not None
    facts = replace(facts, mode=replace(facts.mode, owner=DeviceOwner.PATIENT))
    file_image(vault, image=one.image, link=linked(patient), facts=facts, by=MEI)
    assert why_not(vault, begun) is NotOursToClear


@pytest.mark.requirement("R74")
def test_what_changed_in_the_office_meanwhile_saves_the_copy_on_the_device(vault: Vault) -> None:
    taken_back, attested = deposits_of(vault, batch(vault, b"one", b"two"))
    take_back(vault, image=taken_back.image, by=MEI, reason="the wrong patient")
    attest(vault, deposits=[attested.id], attested_by="Dr Hine Kōwhai", by=MEI)
    for one, why in ((taken_back, NotInRecordYet), (attested, NothingToClear)):
        with pytest.raises(why):
            stored_copy(vault, one)


@pytest.mark.requirement("R74")
def test_what_was_disposed_of_meanwhile_keeps_no_proof_off_the_record(vault: Vault) -> None:
    [one] = deposits_of(vault, batch(vault, b"one"))
    gone = ClearanceProof(deposit=DepositId(new_uuid()), sha256=one.sha256)
    assert [c.id for c in note_cleared(vault, proofs=[gone, proof_of(one)], by=MEI)] == [one.id]
    assert outstanding(vault) == []


@pytest.mark.requirement("R73")
def test_a_clock_that_was_set_back_makes_no_backup(
    vault: Vault, office_clock: Clock, tmp_path: Path
) -> None:
    change_settings(vault, settings=OfficeSettings(clear_after_backup=True), by=MEI)
    make_backup(vault, to=tmp_path / "stick", by=MEI)
    office_clock.move(days=-1)
    assert why_not(vault, batch(vault, b"one")) is NotBackedUp


@pytest.mark.requirement("R76")
def test_what_lies_in_the_tray_is_told_with_who_brought_it(vault: Vault) -> None:
    batch(vault, b"filed")
    waiting = batch(vault, b"one", b"two", filed=False)
    assert [one.id for one in unfiled(vault)] == [one.id for one in deposits_of(vault, waiting)]
