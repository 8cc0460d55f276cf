"""A restore makes an office that proves itself, or says exactly what is missing."""

import json
import shutil
import unicodedata

import pytest

from desktop.problem import Cancelled
from desktop.records.facts.backup import CopyProgress
from desktop.records.vault import kept_slots, keyring
from desktop.records.vault.backup_folder import BackupFolder
from desktop.records.vault.backup_problems import (
    GenerationDamaged,
    GenerationUnknown,
    NoBackupThere,
    RestoreNeedsEmptyFolder,
)
from desktop.records.vault.kept_slots import KeptSecret
from desktop.records.vault.problems import WrongPassword
from desktop.verbs import backups
from desktop.verbs.backups import Opening
from desktop.verbs.door import office_exists
from desktop.verbs.office import Office, open_office
from tests.unit.backup.world import PASSWORD, USER, World, flip, lines_of, sealed_files
from tests.unit.records.made_up import received

pytestmark = pytest.mark.requirement("R106")

MINE = Opening(user=USER, password=PASSWORD)


def test_what_was_backed_up_comes_back_and_proves_itself(office: Office, world: World) -> None:
    made = backups.back_up(office, to=world.stick).made
    report = backups.restore_office(world.stick, into=world.restored, opening=MINE)
    assert report.is_whole
    assert (report.checked.images, report.checked.checked) == (6, 6)
    assert report.generation == made
    assert not (world.restored / "restore-unfinished.json").exists()
    with open_office(world.restored, user=USER, password=PASSWORD) as back:
        assert back.vault.verify_trail(anchor=made.head).is_whole
        (line,) = lines_of(back.vault, "restored")
        assert (line["where"], line["generation"], line["missing"]) == ("STICK", 1, 0)
        assert back.vault.swept is not None
        assert not back.vault.swept.set_aside


def test_the_recovery_key_restores_too(office: Office, world: World) -> None:
    backups.back_up(office, to=world.stick)
    in_pieces = unicodedata.normalize("NFD", USER.upper())
    opening = Opening(user=in_pieces, recovery=world.recovery)
    assert backups.restore_office(world.stick, into=world.restored, opening=opening).is_whole


@pytest.mark.requirement("R115")
def test_a_key_that_a_computer_kept_does_not_come_back(office: Office, world: World) -> None:
    """What it opens may have been taken back since the backup was made."""
    kept = KeptSecret.fresh()
    with keyring.unlock(world.office, user=USER, password=PASSWORD) as key:
        slot = kept_slots.new_slot(key, user=USER, kept=kept)
        kept_slots.put_slot(world.office, key, slot)
    backups.back_up(office, to=world.stick)
    backups.restore_office(world.stick, into=world.restored, opening=MINE)
    assert kept_slots.unlock_kept(world.office, kept) is not None
    assert kept_slots.unlock_kept(world.restored, kept) is None
    assert keyring.users(world.restored) == (USER,)


def test_an_older_generation_comes_back_as_it_was(office: Office, world: World) -> None:
    backups.back_up(office, to=world.stick)
    received(office.vault, b"later", name="LATER.JPG")
    backups.back_up(office, to=world.stick)
    old = backups.restore_office(world.stick, into=world.restored, opening=MINE, number=1)
    assert (old.checked.images, old.is_whole) == (6, True)
    with pytest.raises(GenerationUnknown, match="It has: 1, 2"):
        backups.restore_office(world.stick, into=world.folder / "x", opening=MINE, number=3)


def test_what_is_missing_is_said_with_its_patient(office: Office, world: World) -> None:
    backups.back_up(office, to=world.stick)
    damaged, missing = sealed_files(world.stick)[1:3]
    flip(damaged)
    missing.unlink()
    report = backups.restore_office(world.stick, into=world.restored, opening=MINE)
    assert not report.is_whole
    assert [one.problem.facts["name"] for one in report.checked.damaged] == [damaged.name]
    assert [one.problem.facts["name"] for one in report.checked.missing] == [missing.name]
    assert report.checked.missing[0].banner.startswith("PŌMARE")


def test_a_trail_that_is_not_the_one_backed_up_is_found(office: Office, world: World) -> None:
    """An older database under a newer manifest: the head that was noted is not in it."""
    backups.back_up(office, to=world.stick)
    received(office.vault, b"later", name="LATER.JPG")
    backups.back_up(office, to=world.stick)
    first, second = (world.stick / "generations" / f"00000{n}" for n in (1, 2))
    shutil.copy(first / "records.db", second / "records.db")
    with pytest.raises(GenerationDamaged, match="Generation 2"):
        backups.restore_office(world.stick, into=world.restored, opening=MINE)
    manifest = json.loads((first / "manifest.json").read_text())
    newer = json.loads((second / "manifest.json").read_text())
    generation = BackupFolder(world.stick).generation(1)
    assert newer["trail"]["seq"] > manifest["trail"]["seq"] == generation.head.seq


@pytest.mark.parametrize("file", ["records.db", "keyring.json", "manifest.json"])
def test_a_damaged_generation_is_refused_and_names_the_others(
    office: Office, world: World, file: str
) -> None:
    backups.back_up(office, to=world.stick)
    backups.back_up(office, to=world.stick)
    flip(world.stick / "generations" / "000002" / file, at=200)
    with pytest.raises(GenerationDamaged, match="Other generations in the same backup: 1"):
        backups.restore_office(world.stick, into=world.restored, opening=MINE)
    assert not world.restored.exists()
    assert backups.restore_office(world.stick, into=world.restored, opening=MINE, number=1).is_whole


def test_nothing_is_written_over_and_no_wrong_password_writes(office: Office, world: World) -> None:
    backups.back_up(office, to=world.stick)
    with pytest.raises(WrongPassword):
        wrong = Opening(user=USER, password="not the right words")
        backups.restore_office(world.stick, into=world.restored, opening=wrong)
    assert not world.restored.exists()
    world.restored.mkdir()
    (world.restored / "letter.txt").write_text("mine")
    with pytest.raises(RestoreNeedsEmptyFolder):
        backups.restore_office(world.stick, into=world.restored, opening=MINE)
    assert [path.name for path in world.restored.iterdir()] == ["letter.txt"]
    with pytest.raises(NoBackupThere):
        backups.restore_office(world.folder / "office", into=world.folder / "x", opening=MINE)


def test_an_interrupted_restore_is_no_office_and_is_continued(office: Office, world: World) -> None:
    backups.back_up(office, to=world.stick)
    told: list[CopyProgress] = []
    with pytest.raises(Cancelled):
        backups.restore_office(
            world.stick,
            into=world.restored,
            opening=MINE,
            tell=told.append,
            stopped=lambda: len(told) > 5,
        )
    assert not office_exists(world.restored)
    before = {path: path.stat().st_mtime_ns for path in sealed_files(world.restored)}
    assert before
    assert backups.restore_office(world.stick, into=world.restored, opening=MINE).is_whole
    after = {path: path.stat().st_mtime_ns for path in sealed_files(world.restored)}
    assert before.items() <= after.items()


def test_a_stick_that_may_not_be_written_to_restores(office: Office, world: World) -> None:
    backups.back_up(office, to=world.stick)
    before = {path: path.stat().st_mtime_ns for path in world.stick.rglob("*")}
    backups.restore_office(world.stick, into=world.restored, opening=MINE)
    assert {path: path.stat().st_mtime_ns for path in world.stick.rglob("*")} == before


def test_a_lost_backup_json_costs_nothing(office: Office, world: World) -> None:
    backups.back_up(office, to=world.stick)
    (world.stick / "backup.json").write_bytes(b"\0" * 30)
    assert backups.restore_office(world.stick, into=world.restored, opening=MINE).is_whole
    assert backups.back_up(office, to=world.stick).made.number == 2
