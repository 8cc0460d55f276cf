"""Checks go on by shares, and what they find broken comes back from a backup."""

import pytest

from desktop.records.deeds.backups import make_backup
from desktop.records.facts.ids import new_uuid
from desktop.records.rules.shares import Share
from desktop.records.vault.backup_problems import BackupOfAnother, NoBackupThere
from desktop.records.vault.problems import OriginalDamaged, OriginalMissing
from desktop.verbs import backups
from desktop.verbs.office import Office
from tests.unit.backup.world import World, flip, lines_of, sealed_files
from tests.unit.records.made_up import MEI, MadeUpOffice

pytestmark = pytest.mark.requirement("R73", "R106")


def test_shares_hold_every_image_once_and_are_alike() -> None:
    images = [new_uuid() for _ in range(3000)]
    shares = [Share(number=n, of=7) for n in range(1, 8)]
    sizes = [sum(share.holds(image) for image in images) for share in shares]
    assert sum(sizes) == 3000
    assert min(sizes) > 330
    for number, of in [(0, 3), (4, 3), (1, 0)]:
        with pytest.raises(ValueError, match="there is no part"):
            Share(number=number, of=of)


def test_all_shares_together_find_what_a_whole_check_finds(office: Office, world: World) -> None:
    flip(sealed_files(world.office)[0])
    sealed_files(world.office)[3].unlink()
    whole = backups.check_office(office, originals=True)
    parts = [backups.scrub_share(office, share=n, of=4) for n in (1, 2, 3, 4)]
    assert sum(part.checked for part in parts) == whole.checked == 6
    found = sorted(one.image for part in parts for one in part.broken)
    assert found == sorted(one.image for one in whole.broken)
    assert len(found) == 2
    noted = [line["share"] for line in lines_of(office.vault, "office checked")]
    assert noted == ["", "1/4", "2/4", "3/4", "4/4"]


def test_the_next_share_follows_the_last_that_was_finished(office: Office) -> None:
    assert backups.next_share(office, of=3) == 1
    backups.scrub_share(office, share=1, of=3)
    backups.check_office(office, originals=False)
    assert backups.next_share(office, of=3) == 2
    backups.scrub_share(office, share=2, of=3, stopped=lambda: True)
    assert backups.next_share(office, of=3) == 2
    backups.scrub_share(office, share=3, of=3)
    assert backups.next_share(office, of=3) == 1
    assert backups.next_share(office, of=30) == 1


def test_damaged_and_missing_originals_come_back(office: Office, world: World) -> None:
    backups.back_up(office, to=world.stick)
    damaged, cut, missing = sealed_files(world.office)[:3]
    good = {path: path.read_bytes() for path in (damaged, cut, missing)}
    flip(damaged)
    harmed = damaged.read_bytes()
    cut.write_bytes(cut.read_bytes()[:1000])
    missing.unlink()
    found = backups.check_office(office, originals=True)
    assert len(found.broken) == 3
    report = backups.repair(office, found, backup=world.stick)
    assert len(report.repaired) == 3
    assert not report.not_repaired
    assert {path: path.read_bytes() for path in good} == good
    assert backups.check_office(office, originals=True).is_whole
    aside = world.office / "originals" / "damaged"
    assert (aside / damaged.name).read_bytes() == harmed
    assert {path.name for path in aside.iterdir()} == {damaged.name, cut.name}
    noted = lines_of(office.vault, "original repaired")
    assert [line["was"] for line in noted] == [one.problem.code for one in found.broken]
    assert {line["where"] for line in noted} == {"STICK"}


def test_a_bad_copy_never_takes_the_place_of_what_is_there(office: Office, world: World) -> None:
    backups.back_up(office, to=world.stick)
    ours, theirs = sealed_files(world.office), sealed_files(world.stick)
    flip(ours[0])
    flip(theirs[0], at=90)
    flip(ours[1])
    theirs[1].unlink()
    # another original under its name: genuine, and not this one
    flip(ours[2])
    theirs[2].write_bytes(theirs[3].read_bytes())
    before = [path.read_bytes() for path in ours]
    found = backups.check_office(office, originals=True)
    report = backups.repair(office, found, backup=world.stick)
    assert not report.repaired
    kinds = {one.broken.problem.facts["name"]: type(one.problem) for one in report.not_repaired}
    assert kinds == {
        ours[0].name: OriginalDamaged,
        ours[1].name: OriginalMissing,
        ours[2].name: OriginalDamaged,
    }
    assert [path.read_bytes() for path in ours] == before
    assert lines_of(office.vault, "original repaired") == []


def test_only_a_backup_of_this_office_repairs(office: Office, world: World) -> None:
    found = backups.check_office(office, originals=True)
    with pytest.raises(NoBackupThere):
        backups.repair(office, found, backup=world.folder / "nowhere")
    with MadeUpOffice(folder=world.folder / "other").create() as vault:
        make_backup(vault, to=world.stick, by=MEI)
    with pytest.raises(BackupOfAnother):
        backups.repair(office, found, backup=world.stick)
