"""The register of devices: whose they are, what was declared, how their clocks stand."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from desktop.records.deeds import devices as deeds
from desktop.records.deeds.describing import note_description
from desktop.records.deeds.filing import file_image
from desktop.records.deeds.looking import image as image_with
from desktop.records.deeds.people import add_person
from desktop.records.deeds.receiving import begin_intake, receive
from desktop.records.facts.capture import CaptureDevice, DeviceOwner, Route
from desktop.records.facts.clinical_image import Description, Essential, MediaKind
from desktop.records.facts.device_problems import (
    ClockNotUnderstood,
    DeviceAlreadyLost,
    DeviceAlreadyThere,
    DeviceNameMissing,
    DeviceNotLost,
    DeviceRetired,
    DeviceUnknown,
    NobodyAnswered,
    NotOursToCheck,
)
from desktop.records.facts.devices import Answer, Answers, Depositor, Device, Handover, NewDevice
from desktop.records.facts.people import NewPerson, OfficeRole, Person, Role
from desktop.records.facts.people_problems import NotAllowed
from desktop.records.facts.trail import TrailFilter
from desktop.records.rules.device_clock import clock_off_seconds
from desktop.records.rules.mode_of_capture import filled
from desktop.records.rules.phone_check import (
    advice_on,
    check_is_due,
    check_words,
    clock_is_off,
    clock_words,
    device_line,
    is_flagged,
    is_recorded,
)
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, Clock, arrival, kept, linked, whole_facts
from tests.unit.records.made_up import added as a_patient
from tests.unit.records.made_up import deeds as trail

PHONE = NewDevice(
    owner=DeviceOwner.PERSONAL, name="Mere's Pixel 8", keeper="Mere Parata", source_name="Pixel 8"
)
CAMERA = NewDevice(
    owner=DeviceOwner.ORGANISATION,
    name="Ward 5 camera",
    make="Canon",
    model="EOS R10",
    serial="0123456789",
    asset_number="A-77",
    location="Ward 5",
)
ALL_YES = Answers(
    answered_by="Mere Parata",
    policy_known=Answer.YES,
    protected=Answer.YES,
    encrypted=Answer.YES,
    nothing_uploads=Answer.YES,
    remote_erase=Answer.YES,
)


def added(vault: Vault, new: NewDevice = PHONE) -> Device:
    return deeds.add_device(vault, new=new, by=MEI)


def clerk(vault: Vault) -> Person:
    new = NewPerson(name="Hana Pōtae", office_role=OfficeRole.CLERK)
    return add_person(vault, new=new, by=MEI)


@pytest.mark.requirement("R26", "R27")
def test_a_device_is_put_on_the_register_found_and_described_anew(vault: Vault) -> None:
    camera = added(vault, replace(CAMERA, name="  Ward 5   camera "))
    assert (camera.name, camera.asset_number) == ("Ward 5 camera", "A-77")
    for text in (str(camera.id), "ward 5 CAMERA", "0123456789", "a-77"):
        assert deeds.device_named(vault, text) == camera
    moved = deeds.change_device(
        vault, device=camera.id, said=replace(CAMERA, location="Theatre 2"), by=MEI
    )
    assert moved.location == "Theatre 2"
    assert trail(vault)[-1][0] == "organisation device changed"
    with vault.look() as look:
        [line] = look.trail.page(TrailFilter(), before=None, most=1)
    assert line.facts["changed"] == ["location: Ward 5 → Theatre 2"]
    before = len(trail(vault))
    deeds.change_device(vault, device=camera.id, said=replace(CAMERA, location="Theatre 2"), by=MEI)
    assert len(trail(vault)) == before
    with pytest.raises(DeviceUnknown, match="Ward 6"):
        deeds.device_named(vault, "Ward 6")
    with pytest.raises(DeviceUnknown):
        deeds.device_named(vault, "")


@pytest.mark.requirement("R27", "R115")
def test_the_organisations_own_are_for_officers_and_what_is_brought_for_everybody(
    vault: Vault,
) -> None:
    hana = clerk(vault)
    with pytest.raises(NotAllowed, match="organisation device added"):
        deeds.add_device(vault, new=CAMERA, by=hana)
    phone = deeds.add_device(vault, new=PHONE, by=hana)
    with pytest.raises(NotAllowed):  # nobody makes theirs the organisation's by a detour
        said = replace(PHONE, owner=DeviceOwner.ORGANISATION)
        deeds.change_device(vault, device=phone.id, said=said, by=hana)
    deeds.note_declaration(vault, device=phone.id, answers=ALL_YES, by=hana)
    camera = added(vault, CAMERA)
    with pytest.raises(NotAllowed):
        deeds.retire(vault, device=camera.id, by=hana)
    deeds.mark_lost(vault, device=camera.id, note="left in a taxi", by=hana)
    assert [name for name, _ in trail(vault)[-5:]] == [
        "device noted", "phone check noted", "organisation device added", "device lost",
        "breach opened",
    ]  # fmt: skip


def test_two_devices_in_use_share_neither_name_nor_serial(vault: Vault) -> None:
    camera = added(vault, CAMERA)
    with pytest.raises(DeviceNameMissing):
        added(vault, replace(PHONE, name="  "))
    with pytest.raises(DeviceAlreadyThere, match="A device called “ward 5 CAMERA”"):
        added(vault, replace(PHONE, name="ward 5 CAMERA"))
    with pytest.raises(DeviceAlreadyThere, match="0123456789 is already"):
        added(vault, replace(PHONE, serial="0123456789"))
    deeds.retire(vault, device=camera.id, by=MEI)
    again = added(vault, CAMERA)
    assert deeds.device_named(vault, "Ward 5 camera") == again
    assert [one.device for one in deeds.devices(vault)] == [again]
    assert len(deeds.devices(vault, retired=True)) == 2
    with pytest.raises(DeviceRetired, match="add it anew"):
        deeds.mark_lost(vault, device=camera.id, by=MEI)


@pytest.mark.requirement("R114")
def test_a_device_is_lost_and_found(vault: Vault) -> None:
    phone = added(vault)
    with pytest.raises(DeviceNotLost):
        deeds.take_back_lost(vault, device=phone.id, by=MEI)
    lost = deeds.mark_lost(vault, device=phone.id, note="in the lift", by=MEI)
    assert lost.lost_at == vault.clock()
    assert lost.lost_note == "in the lift"
    assert "REPORTED LOST" in device_line(lost, None)
    with pytest.raises(DeviceAlreadyLost, match="23 Nov 2026"):
        deeds.mark_lost(vault, device=phone.id, by=MEI)
    assert deeds.take_back_lost(vault, device=phone.id, by=MEI) == phone


@pytest.mark.requirement("R6", "R110", "R112", "R113", "R114")
def test_a_phone_check_is_kept_as_answered_and_doubts_bring_advice(
    vault: Vault, office_clock: Clock
) -> None:
    phone = added(vault)
    today = office_clock.now.date()
    assert check_is_due(phone, None, today=today)
    first = deeds.note_declaration(vault, device=phone.id, answers=ALL_YES, by=MEI)
    assert check_words(first) == "phone check 23 Nov 2026, all yes"
    assert not is_flagged(first)
    assert advice_on(first) == ()
    assert not check_is_due(phone, first, today=today + timedelta(days=365))
    assert check_is_due(phone, first, today=today + timedelta(days=367))
    office_clock.move(days=2)
    doubted = replace(
        ALL_YES, answered_by="", nothing_uploads=Answer.NO, remote_erase=Answer.NOT_SURE,
        encrypted=Answer.NOT_ASKED, shared_with=" the  children ",
    )  # fmt: skip
    second = deeds.note_declaration(vault, device=phone.id, answers=doubted, by=MEI)
    assert (second.answered_by, second.shared_with) == ("Mere Parata", "the children")
    assert is_flagged(second)
    assert check_words(second) == "phone check 25 Nov 2026, 2 to put right"
    upload, erase = advice_on(second)
    assert "Google Photos" in upload
    assert "Find My" in erase
    assert deeds.declarations(vault, phone.id) == [second, first]
    [known] = deeds.devices(vault)
    assert known.declaration == second


@pytest.mark.requirement("R122")
def test_no_phone_check_is_made_of_a_patients_device_nor_in_nobodys_name(vault: Vault) -> None:
    theirs = added(vault, NewDevice(owner=DeviceOwner.PATIENT, name="The father's phone"))
    assert not check_is_due(theirs, None, today=vault.clock().date())
    with pytest.raises(NotOursToCheck):
        deeds.note_declaration(vault, device=theirs.id, answers=ALL_YES, by=MEI)
    nobodys = added(vault, NewDevice(owner=DeviceOwner.PERSONAL, name="A phone"))
    with pytest.raises(NobodyAnswered):
        answers = replace(ALL_YES, answered_by=" ")
        deeds.note_declaration(vault, device=nobodys.id, answers=answers, by=MEI)


@pytest.mark.requirement("R27", "R68")
@pytest.mark.parametrize(
    ("shown", "off"),
    [
        ("14:05:30", 0),
        ("14:05", 0),  # within the minute
        ("2:06 pm", 30),
        ("14.07:31", 121),
        ("14:03", -91),
        ("02:05:30", -12 * 3600),
        ("2026-11-22 14:05:30", -86_400),
    ],
)
def test_a_clock_is_compared_with_the_workstations(shown: str, off: int) -> None:
    now = datetime(2026, 11, 23, 14, 5, 30)  # noqa: DTZ001  wall time
    assert clock_off_seconds(shown, now=now) == off


def test_over_midnight_the_nearest_time_counts_and_nonsense_is_refused(vault: Vault) -> None:
    late = datetime(2026, 11, 23, 23, 59, 50)  # noqa: DTZ001  wall time
    assert clock_off_seconds("00:00:20", now=late) == 30
    for nonsense in ("", "25:00", "13:00 pm", "noon", "2026-02-30 10:00"):
        with pytest.raises(ClockNotUnderstood):
            clock_off_seconds(nonsense, now=late)
    camera = added(vault, CAMERA)
    assert clock_words(camera) == "clock never checked"
    here = vault.clock().astimezone() + timedelta(minutes=61, seconds=5)
    checked = deeds.note_clock_check(vault, device=camera.id, shown=f"{here:%H:%M:%S}", by=MEI)
    assert checked.clock_off_seconds == 3665
    assert clock_is_off(checked)
    assert clock_words(checked).startswith("clock 1 h 1 min 5 s fast on 23 Nov 2026")
    right = f"{vault.clock().astimezone():%H:%M:%S}"
    assert not clock_is_off(deeds.note_clock_check(vault, device=camera.id, shown=right, by=MEI))


@pytest.mark.requirement("R27", "R69")
def test_the_register_fills_what_the_file_leaves_out_and_never_what_it_says() -> None:
    register = CaptureDevice(make="Canon", model="EOS R10", serial="0123456789")
    assert filled(CaptureDevice(), register) == register
    assert filled(CaptureDevice(make="Canon", model="Canon EOS R10"), register) == CaptureDevice(
        make="Canon", model="Canon EOS R10", serial="0123456789"
    )
    for other in (CaptureDevice(model="EOS 90D"), CaptureDevice(serial="999"),
                  CaptureDevice(make="Nikon")):  # fmt: skip
        assert filled(other, register) == other


@pytest.mark.requirement("R111")
def test_who_when_and_mode_are_computed_never_ticked() -> None:
    assert is_recorded((Essential.CONSENT, Essential.PURPOSE))
    for lacks in (Essential.PHOTOGRAPHER, Essential.CAPTURE_TIME, Essential.MODE_OF_CAPTURE):
        assert not is_recorded((lacks,))


@pytest.mark.requirement("R67", "R69", "R76")
def test_a_handover_is_remembered_by_device_and_person(vault: Vault) -> None:
    mine, another = added(vault), added(vault, replace(PHONE, name="Tom's Pixel 8", keeper="Tom"))
    camera = added(vault, CAMERA)
    assert [one.device for one in deeds.devices_of_source(vault, "Pixel 8")] == [mine, another]
    wiremu = Depositor(name="Wiremu Rata", role=Role.NURSE)
    for device, source in ((another, "Pixel 8"), (camera, "Card EOS_DIGITAL")):
        begun = begin_intake(
            vault, source_name=source, route=Route.CARD, by=MEI,
            handover=Handover(depositor=wiremu, owner=device.owner, device=device.id),
        )  # fmt: skip
    [(got, _)] = receive(vault, sealed=[(kept(vault, b"a wound"), arrival(begun))], by=MEI)
    patient = a_patient(vault)
    file_image(vault, image=got.id, link=linked(patient), facts=whole_facts(), by=MEI)
    assert [one.device for one in deeds.devices_of_source(vault, "Pixel 8")] == [another, mine]
    [known] = deeds.devices_of_source(vault, "Card EOS_DIGITAL")
    assert (known.device, known.depositor) == (camera, wiremu)
    assert known.photographer == whole_facts().photographer
    assert deeds.devices_of_source(vault, "x", serial="0123456789")[0].device == camera
    assert deeds.depositors(vault) == [wiremu]
    stands = image_with(vault, got.id).brought
    assert stands.depositor == wiremu
    assert stands.device_words == "Ward 5 camera, asset A-77, s/n 0123456789"


@pytest.mark.requirement("R27")
def test_of_two_phones_of_one_name_the_serial_tells_which(vault: Vault) -> None:
    mine = added(vault, replace(PHONE, serial="SN-1"))
    toms = added(vault, replace(PHONE, name="Tom's Pixel 8", keeper="Tom", serial="SN-2"))
    old = added(vault, replace(PHONE, name="An old Pixel 8", keeper="Ana"))

    def offered(serial: str) -> list[Device]:
        return [one.device for one in deeds.offer_for(vault, "Pixel 8", serial=serial).fitting]

    assert offered("SN-2") == [toms, old], "one with another serial is not it"
    assert set(map(str, offered(""))) == set(map(str, (mine, toms, old)))


@pytest.mark.requirement("R27")
def test_a_serial_that_the_register_does_not_have_is_asked_about(vault: Vault) -> None:
    images, patient = [], a_patient(vault)
    begun = begin_intake(vault, source_name="Card", route=Route.CARD, by=MEI)
    facts = whole_facts()
    assert facts.mode is not None
    facts = replace(facts, mode=replace(facts.mode, owner=DeviceOwner.ORGANISATION))
    for name, serial in (("A.JPG", "77001"), ("B.JPG", "77001 "), ("C.JPG", "0123456789")):
        [(one, _)] = receive(
            vault, sealed=[(kept(vault, name.encode()), arrival(begun, name))], by=MEI
        )
        said = CaptureDevice(make="Canon", model="EOS R10", serial=serial)
        seen = Description(kind=MediaKind.PHOTO, media_type="image/jpeg", device=said)
        note_description(vault, image=one.id, description=seen, thumbnail=None, by=MEI)
        images.append(file_image(vault, image=one.id, link=linked(patient), facts=facts, by=MEI))
    added(vault, CAMERA)
    [unknown] = deeds.unknown_devices(vault, images)
    assert (unknown.model, unknown.serial) == ("EOS R10", "77001")
    added(vault, replace(CAMERA, name="Another", serial="77001"))
    assert deeds.unknown_devices(vault, images) == []
