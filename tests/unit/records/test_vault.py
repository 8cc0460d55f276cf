"""The office as a whole: made, opened, changed and closed."""

from pathlib import Path

import pytest

from desktop.records.deeds.looking import office as office_facts
from desktop.records.deeds.looking import tray
from desktop.records.deeds.people import people
from desktop.records.deeds.sessions import note_failed_unlocks, note_locked, note_unlocked
from desktop.records.facts.ids import ImageId, OfficeId, new_uuid
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.problems import OfficeAlreadyThere
from desktop.records.vault.refusals import RecordsMissing
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, MadeUpOffice, added, deeds, kept, received


def test_an_office_is_there_again_when_it_is_opened(office: MadeUpOffice) -> None:
    with office.create() as vault:
        patient = added(vault)
        image = received(vault)
    with office.open() as again:
        assert office_facts(again) == office.office
        assert people(again) == [MEI]
        with again.look() as look:
            assert look.patients.find(patient.id) == patient
        assert tray(again) == [image]
        assert again.verify_trail().is_whole


def test_an_office_is_never_laid_over_another(office: MadeUpOffice) -> None:
    office.create().close()
    with pytest.raises(OfficeAlreadyThere):
        office.create()


def test_the_key_must_be_this_offices(office: MadeUpOffice) -> None:
    office.create().close()
    stranger = OfficeKey(bytearray(32), office=OfficeId(new_uuid()))
    with pytest.raises(ValueError, match="another office"):
        Vault.create(office.folder / "two", office=office.office, owner=MEI, key=stranger)


def test_missing_records_are_told(office: MadeUpOffice) -> None:
    office.create().close()
    (office.folder / "records.db").unlink()
    with pytest.raises(RecordsMissing):
        office.open()
    assert not (office.folder / "records.db").exists()


def test_records_whose_making_was_cut_short_are_told(office: MadeUpOffice) -> None:
    office.folder.mkdir()
    (office.folder / "records.db").touch()
    with pytest.raises(RecordsMissing):
        office.open()


@pytest.mark.requirement("R106")
def test_a_change_without_a_line_is_undone_and_a_fault(vault: Vault) -> None:
    patient = added(vault)
    before = deeds(vault)
    with pytest.raises(AssertionError, match="without its line"), vault.change() as change:
        change.patients.touch(patient.id, at=change.now.replace(year=2030))
    assert deeds(vault) == before


@pytest.mark.requirement("R106")
def test_a_change_that_fails_leaves_no_line(vault: Vault) -> None:
    before = deeds(vault)
    with pytest.raises(KeyError), vault.change() as change:
        change.note("original viewed", by=MEI)
        raise KeyError
    assert deeds(vault) == before


@pytest.mark.requirement("R106")
def test_sessions_are_in_the_trail(vault: Vault) -> None:
    note_failed_unlocks(vault, count=0)
    note_failed_unlocks(vault, count=3)
    note_unlocked(vault, by=MEI)
    note_locked(vault, by=MEI, why="idle")
    assert deeds(vault) == [
        ("office created", MEI.name),
        ("unlock failed", "nobody"),
        ("unlocked", MEI.name),
        ("locked", MEI.name),
    ]


def test_closing_wipes_every_key(office: MadeUpOffice) -> None:
    vault = office.create()
    keys = [vault._trail_key, vault._database._key, vault.renditions._database._key]
    assert all(any(key) for key in keys)
    vault.close()
    vault.close()
    assert not any(any(key) for key in keys)


def test_opening_sets_aside_what_a_crash_left(office: MadeUpOffice) -> None:
    with office.create() as vault:
        on_record = received(vault)
        orphan = kept(vault, b"sealed, and then the power went")
    with office.open() as again:
        assert again.swept is not None
        assert again.swept.set_aside == (orphan.name,)
        with again.look() as look:
            assert again.originals.check(look.images.sealed(on_record.id)) is None


def test_thumbnails_are_kept_replaced_and_forgotten(vault: Vault) -> None:
    first, second = ImageId(new_uuid()), ImageId(new_uuid())
    vault.renditions.put(first, b"old")
    vault.renditions.put(first, b"new")
    vault.renditions.put(second, b"two")
    assert vault.renditions.get(first) == b"new"
    assert vault.renditions.get_many([first, second]) == {first: b"new", second: b"two"}
    vault.renditions.forget(first)
    assert vault.renditions.get(first) is None


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 500])
def test_a_damaged_cache_is_begun_anew(office: MadeUpOffice, damage: bytes) -> None:
    image = ImageId(new_uuid())
    with office.create() as vault:
        vault.renditions.put(image, b"small")
    (office.folder / "renditions.db").write_bytes(damage)
    with office.open() as again:
        assert again.renditions.get(image) is None
        again.renditions.put(image, b"small")
        assert again.renditions.get(image) == b"small"


@pytest.mark.requirement("R111")
def test_nothing_of_a_patient_lies_in_the_clear(office: MadeUpOffice, tmp_path: Path) -> None:
    with office.create() as vault:
        added(vault)
        received(vault, b"\xff\xd8\xff\xe0 a wound", name="Pomare_wound.jpg")
        during = everything_in(tmp_path)
    for written in (during, everything_in(tmp_path)):
        assert len(written) > 10_000
        for clear in (
            b"Pomare",
            "Pōmare".encode(),
            b"ZZZ0016",
            b"\xff\xd8\xff\xe0",
            b"EOS_DIGITAL",
        ):
            assert clear not in written


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
