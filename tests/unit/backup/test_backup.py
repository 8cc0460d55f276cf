"""A backup is whole or says what it lacks, costs only what is new, and spoils nothing earlier."""

import hashlib
import json
from pathlib import Path

import pytest

from desktop.lanes import Lane
from desktop.problem import Cancelled
from desktop.records.deeds.backups import make_backup
from desktop.records.facts.backup import CopyProgress
from desktop.records.facts.ids import PersonId, new_uuid
from desktop.records.facts.people import OfficeRole, Person
from desktop.records.facts.people_problems import NotAllowed
from desktop.records.vault.backup_problems import BackupOfAnother, BackupPlaceWrong
from desktop.verbs import backups
from desktop.verbs.office import Office
from tests.unit.backup.world import World, contents, flip, lines_of, sealed_files
from tests.unit.records.made_up import MEI, MadeUpOffice, received

pytestmark = pytest.mark.requirement("R71", "R73", "R106")


def test_a_backup_holds_everything_sealed(office: Office, world: World) -> None:
    told: list[CopyProgress] = []
    report = backups.back_up(office, to=world.stick, tell=told.append)
    assert report.is_whole
    assert (report.made.number, report.made.images, report.copied) == (1, 6, 6)
    ours, theirs = sealed_files(world.office), sealed_files(world.stick)
    assert [path.read_bytes() for path in ours] == [path.read_bytes() for path in theirs]
    generation = world.stick / "generations" / "000001"
    for name in ("keyring.json", "keyring.previous.json"):
        assert (generation / name).read_bytes() == (world.office / name).read_bytes()
    everything = b"".join(contents(world.stick).values())
    assert b"SQLite format" not in everything
    assert b"mare" not in everything
    assert (told[-1].files, told[-1].files_total) == (6, 6)
    assert told[-1].bytes == told[-1].bytes_total == report.bytes
    assert told[-1].moved == report.copied_bytes
    assert [now.moved for now in told] == sorted(now.moved for now in told)


def test_the_manifest_names_the_sum_of_every_file_and_the_head(
    office: Office, world: World
) -> None:
    made = backups.back_up(office, to=world.stick).made
    folder = world.stick / "generations" / "000001"
    manifest = json.loads((folder / "manifest.json").read_text())
    for name, about in manifest["files"].items():
        assert about["sha256"] == hashlib.sha256((folder / name).read_bytes()).hexdigest()
    sums = (folder / "originals.sha256").read_text().splitlines()
    assert len(sums) == 6
    for line in sums:
        sum_, place = line.split("  ")
        assert sum_ == hashlib.sha256((folder / place).read_bytes()).hexdigest()
    assert manifest["trail"] == {"seq": made.head.seq, "mac": made.head.mac.hex()}
    assert office.vault.verify_trail(anchor=made.head).is_whole


def test_the_trail_says_where_and_with_which_head(office: Office, world: World) -> None:
    assert backups.last_backup(office) is None
    made = backups.back_up(office, to=world.stick).made
    (line,) = lines_of(office.vault, "backup made")
    manifest = world.stick / "generations" / "000001" / "manifest.json"
    assert line["where"] == "STICK"
    assert line["manifest"] == hashlib.sha256(manifest.read_bytes()).hexdigest()
    last = backups.last_backup(office)
    assert last is not None
    assert (last.where, last.generation, last.images, last.head) == ("STICK", 1, 6, made.head)


def test_only_what_is_new_is_copied(office: Office, world: World) -> None:
    backups.back_up(office, to=world.stick)
    received(office.vault, b"one more", name="IMG_9.JPG")
    again = backups.back_up(office, to=world.stick)
    assert (again.made.number, again.made.images, again.copied) == (2, 7, 1)
    assert again.generations == (1, 2)
    assert json.loads((world.stick / "backup.json").read_text())["current"] == 2


def test_so_many_generations_stay_and_no_original_goes(office: Office, world: World) -> None:
    for _ in range(4):
        report = backups.back_up(office, to=world.stick, keep=2)
    assert report.generations == (3, 4)
    assert len(sealed_files(world.stick)) == 6
    assert sorted(path.name for path in (world.stick / "generations").iterdir()) == [
        "000003",
        "000004",
    ]


def test_a_flipped_byte_on_the_stick_is_found_and_copied_again(
    office: Office, world: World
) -> None:
    backups.back_up(office, to=world.stick)
    harmed = sealed_files(world.stick)[0]
    flip(harmed)
    report = backups.back_up(office, to=world.stick, read_all=True)
    assert (report.read_again, report.copied_again, report.copied) == (6, 1, 1)
    assert harmed.read_bytes() == sealed_files(world.office)[0].read_bytes()


def test_thirty_backups_read_everything_again(office: Office, world: World) -> None:
    backups.back_up(office, to=world.stick)
    harmed = sealed_files(world.stick)
    for path in harmed:
        flip(path)
    found = sum(backups.back_up(office, to=world.stick, keep=1).copied_again for _ in range(30))
    assert found == len(harmed)


def test_a_cut_original_on_the_stick_is_copied_again_at_once(office: Office, world: World) -> None:
    backups.back_up(office, to=world.stick)
    harmed = sealed_files(world.stick)[1]
    harmed.write_bytes(harmed.read_bytes()[:100])
    assert backups.back_up(office, to=world.stick).copied_again == 1
    assert harmed.read_bytes() == sealed_files(world.office)[1].read_bytes()


def test_what_the_office_has_lost_is_named_and_is_no_good_backup(
    office: Office, world: World
) -> None:
    damaged, missing = sealed_files(world.office)[:2]
    flip(damaged)
    missing.unlink()
    report = backups.back_up(office, to=world.stick)
    assert {one.name for one in report.unsaved} == {damaged.name, missing.name}
    assert set(report.made.absent) == {damaged.name, missing.name}
    assert len(sealed_files(world.stick)) == 4
    assert backups.last_backup(office) is None


def test_a_good_copy_on_the_stick_is_not_replaced_by_a_damaged_one(
    office: Office, world: World
) -> None:
    backups.back_up(office, to=world.stick)
    good = sealed_files(world.stick)[0].read_bytes()
    flip(sealed_files(world.office)[0])
    assert backups.back_up(office, to=world.stick, read_all=True).is_whole
    flip(sealed_files(world.stick)[0], at=60)
    harmed = sealed_files(world.stick)[0].read_bytes()
    assert not backups.back_up(office, to=world.stick, read_all=True).is_whole
    assert sealed_files(world.stick)[0].read_bytes() == harmed != good


def test_cancelled_half_way_the_next_one_continues(office: Office, world: World) -> None:
    copied: list[CopyProgress] = []
    with pytest.raises(Cancelled):
        backups.back_up(office, to=world.stick, tell=copied.append, stopped=lambda: len(copied) > 6)
    assert list((world.stick / "generations").iterdir()) == []
    before = len(sealed_files(world.stick))
    assert 0 < before < 6
    report = backups.back_up(office, to=world.stick)
    assert (report.read_again, report.copied) == (before, 6 - before)
    assert report.is_whole


def test_the_office_is_used_meanwhile(office: Office, world: World) -> None:
    """What is received while a backup runs is whole in it or not in it at all."""
    with Lane("desk") as desk:
        filing = desk.submit(
            lambda: [received(office.vault, bytes([n]) * 50, name=f"N{n}.JPG") for n in range(40)]
        )
        reports = [backups.back_up(office, to=world.stick) for _ in range(4)]
        assert len(filing.result()) == 40
    assert all(report.is_whole for report in reports)
    last = backups.back_up(office, to=world.stick)
    assert last.made.images == 46
    assert len(sealed_files(world.stick)) == 46


def test_places_that_would_be_lost_with_the_office_are_refused(
    office: Office, world: World
) -> None:
    for place, why in [
        (world.office / "copy", "within the office"),
        (world.folder / "a" / "b", "not there"),
        (world.office / "keyring.json", "within the office"),
    ]:
        with pytest.raises(BackupPlaceWrong, match=why):
            backups.back_up(office, to=place)


def test_the_backup_of_another_office_is_left_alone(
    office: Office, world: World, tmp_path: Path
) -> None:
    other = MadeUpOffice(folder=tmp_path / "other")
    with other.create() as vault:
        make_backup(vault, to=world.stick, by=MEI)
    before = contents(world.stick)
    with pytest.raises(BackupOfAnother):
        backups.back_up(office, to=world.stick)
    (world.stick / "backup.json").write_text("not any more")
    with pytest.raises(BackupOfAnother):
        backups.back_up(office, to=world.stick)
    assert {**before, "backup.json": b""} == {**contents(world.stick), "backup.json": b""}


def test_who_may_not_is_told_before_anything_is_written(office: Office, world: World) -> None:
    stranger = Person(id=PersonId(new_uuid()), name="Nobody", role=MEI.role)
    assert stranger.office_role is OfficeRole.CLERK
    office.person = stranger
    with pytest.raises(NotAllowed):
        backups.back_up(office, to=world.stick)
    assert not world.stick.exists()
    office.person = MEI
