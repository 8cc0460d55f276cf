"""Lock and unlock on a real office: why is on record, and half-done work is sealed."""

import shutil
from pathlib import Path
from threading import Event

import pytest

from desktop.lanes import Lane
from desktop.media.sandbox import Limits
from desktop.media.sandboxed_describer import SandboxedDescriber
from desktop.problem import Cancelled
from desktop.records.deeds.patients import patient_with_number
from desktop.records.deeds.settings import change_settings
from desktop.records.deeds.trail_reading import trail_page
from desktop.records.facts.identifiers import nhi
from desktop.records.facts.office_settings import OfficeSettings
from desktop.records.facts.people import NewPerson, OfficeRole
from desktop.records.facts.trail import TrailFilter
from desktop.records.vault.keyring import LEAST_COST
from desktop.records.vault.problems import WrongPassword
from desktop.settings import Settings
from desktop.ui.desk.draft import DeskDraft
from desktop.verbs.rooms import rooms_of
from desktop.verbs.window import fetch_rooms, lock
from desktop.verbs.workstation import OfficeLocked, Workstation
from tests.end_to_end.command_line import PASSWORD, USER
from tests.end_to_end.made_office import FAMILY

pytestmark = pytest.mark.requirement("R115")


@pytest.fixture
def station(tmp_path: Path, office_to_copy: Path) -> Workstation:
    folder = tmp_path / "office"
    shutil.copytree(office_to_copy, folder)
    return Workstation(Settings(office=folder, office_was_named=True), cost=LEAST_COST)


def unlock(station: Workstation) -> None:
    station.unlock(USER, PASSWORD)
    fetch_rooms(station)


def test_half_done_work_waits_sealed_and_comes_back_once(station: Workstation) -> None:
    unlock(station)
    assert rooms_of(station).draft is None
    patient = patient_with_number(station.office.vault, number=nhi("ZZZ0016"))
    draft = DeskDraft(patient=patient, fields={"site": "left forearm", "name": "Hana Parata"})
    lock(station, "idle", draft)
    for path in station.settings.office.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            assert b"left forearm" not in held
            assert FAMILY.encode() not in held
    unlock(station)
    assert rooms_of(station).draft == draft
    newest = trail_page(station.office.vault, wanted=TrailFilter(deed="locked"), most=2)
    assert [(e.line.deed, e.line.facts.get("why")) for e in newest][1] == ("locked", "idle")
    station.lock(why="by hand")
    unlock(station)
    assert rooms_of(station).draft is None
    station.lock()


def test_the_minutes_of_the_office_are_there_at_the_next_opening(station: Workstation) -> None:
    unlock(station)
    assert rooms_of(station).idle_minutes == 10
    office = station.office
    change_settings(office.vault, settings=OfficeSettings(idle_minutes=2), by=office.person)
    station.lock()
    unlock(station)
    assert rooms_of(station).idle_minutes == 2
    station.lock()


def test_a_person_is_added_with_a_passphrase_or_not_at_all(station: Workstation) -> None:
    unlock(station)
    verbs = rooms_of(station).office.people
    tama = NewPerson(name="Tama Reed", office_role=OfficeRole.CLERK)
    with pytest.raises(WrongPassword):
        verbs.add(tama, "some first words for Tama", "not the right words")
    assert [person.name for person in verbs.people()] == [USER]
    added = verbs.add(tama, "some first words for Tama", PASSWORD)
    assert station.users() == (USER, "Tama Reed")
    verbs.remove(added.id)
    assert station.users() == (USER,)
    station.lock()


@pytest.mark.requirement("R115", "R126")
def test_a_file_that_hangs_its_decoder_does_not_hold_up_the_lock(station: Workstation) -> None:
    station.unlock(USER, PASSWORD)
    office, under_way = station.office, Event()
    office.describer.close()
    office.describer = SandboxedDescriber(
        jobs_module="tests.unit.media.misbehaving", limits=Limits(seconds_a_job=600)
    )

    def look() -> None:
        with station.using() as borrowed:
            assert isinstance(borrowed.describer, SandboxedDescriber)
            under_way.set()
            borrowed.describer._sandbox.ask("hang", b"", {})

    with Lane("looking") as lane:
        looking = lane.submit(look)
        under_way.wait()
        station.lock()
        with pytest.raises(Cancelled):
            looking.result()
    assert office.is_closed
    with pytest.raises(OfficeLocked):
        _ = station.office
