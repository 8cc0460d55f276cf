"""Originals that no record names: told at opening, listed, known to a backup, and never removed."""

from pathlib import Path

import pytest

from desktop.cli import parser
from desktop.commands_office import run
from desktop.records.deeds.backups import make_backup
from desktop.records.deeds.orphans import orphans
from desktop.records.vault.backup_problems import NoBackupThere
from desktop.verbs.office import Office, set_aside_words
from tests.unit.backup.world import World, contents
from tests.unit.records.made_up import MEI, received

pytestmark = pytest.mark.requirement("R107")


def put_back_older_records(world: World) -> None:
    """An older copy of the records takes the place of those that name a seventh and eighth image,
    of which a backup knows the seventh."""
    older = world.folder / "older.db"
    with world.open() as vault:
        vault.copy_records(older)
        received(vault, b"the seventh")
        make_backup(vault, to=world.stick, by=MEI)
        received(vault, b"the eighth")
        vault.copy_records(world.folder / "newer.db")
    older.replace(world.office / "records.db")


def test_what_older_records_do_not_know_is_told_kept_and_comes_back(world: World) -> None:
    before = set(contents(world.office / "originals").values())
    put_back_older_records(world)
    with world.open() as vault:
        assert vault.swept is not None
        assert len(vault.swept.set_aside) == 2
        found = orphans(vault)
        assert [one.generations for one in found] == [None, None]
        assert orphans(vault, backup=world.stick) != found
        known = [one.generations for one in orphans(vault, backup=world.stick)]
        assert sorted(known, key=str) == [(), (1,)]
        with pytest.raises(NoBackupThere):
            orphans(vault, backup=world.folder / "nothing")
    with world.open() as vault:
        assert vault.swept is not None
        assert vault.swept.set_aside == ()
        assert len(orphans(vault)) == 2  # told once, there until they are known again
    (world.folder / "newer.db").replace(world.office / "records.db")
    with world.open() as vault:
        assert orphans(vault) == []
        with vault.look() as look:
            assert look.images.totals()[0] == 8
    assert before < set(contents(world.office / "originals").values())


def test_the_command_lists_and_explains_and_changes_nothing(world: World, office: Office) -> None:
    def told(*words: str) -> dict[str, object]:
        result = run(parser().parse_args(("orphans", *words)), office)
        assert isinstance(result, dict)
        return result

    assert told() == {"orphans": [], "bytes": 0, "note": "None: every sealed image is on record."}
    aside = world.office / "originals" / "orphans"
    aside.mkdir()
    (aside / ("0" * 32)).write_bytes(b"sealed")
    (aside / "a note.txt").write_bytes(b"of somebody")
    before = contents(aside)
    listed = told()
    assert listed["bytes"] == 6
    assert "6 B, written" in str(listed["orphans"])
    assert "nothing here opens them" in str(listed["note"])
    make_backup(office.vault, to=world.stick, by=MEI)
    assert "not known to this backup" in str(told("--backup", str(world.stick)))
    assert contents(aside) == before


def test_the_window_is_told_what_was_set_aside(world: World, office: Office) -> None:
    assert office.warning == ""
    office.close()
    stray = world.office / "originals" / "00" / ("0" * 32)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"sealed")
    with world.open() as vault:
        office.vault = vault
        assert office.warning == set_aside_words(1)
    assert office.warning.startswith("1 sealed image that no record names was set aside")
    assert "2 sealed images that no record names were" in set_aside_words(2)
    assert Path(stray.parent.parent, "orphans", stray.name).read_bytes() == b"sealed"
