"""Opening looks through the originals unless the last close says that there is nothing to find."""

import os
from collections.abc import Callable
from pathlib import Path
from shutil import copy, copytree

import pytest

from desktop.records.deeds.checking import verify
from desktop.records.vault import vault as vault_module
from desktop.records.vault.original_store import Swept
from desktop.records.vault.tidy_mark import FILE
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MadeUpOffice, added, kept, received

pytestmark = pytest.mark.requirement("R73")

STRANGER = "00" * 16


@pytest.fixture
def tidy(office: MadeUpOffice, vault: Vault) -> MadeUpOffice:
    """An office with an image in the tray, closed as it should be."""
    received(vault)
    vault.close()
    assert (office.folder / FILE).is_file()
    return office


def hide_a_stranger(office: MadeUpOffice) -> None:
    """An original without a row that nothing tells of: as if no folder had been changed."""
    shelf = next(path for path in (office.folder / "originals").iterdir() if len(path.name) == 2)
    before = shelf.stat()
    (shelf / (shelf.name + STRANGER[2:])).write_bytes(b"sealed")
    os.utime(shelf, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_after_a_tidy_close_nothing_is_looked_through(tidy: MadeUpOffice) -> None:
    hide_a_stranger(tidy)
    with tidy.open() as vault:
        assert vault.swept == Swept()
        assert not (tidy.folder / FILE).exists()
    with tidy.open() as vault:
        assert vault.swept == Swept()


def crash(office: MadeUpOffice) -> None:
    """Opened, and never closed."""
    scratch = office.folder.with_name("crashed")
    with office.open():
        copytree(office.folder, scratch)
    office.folder = scratch


def put_older_records_back(office: MadeUpOffice) -> None:
    older = copy(office.folder / "records.db", office.folder.with_name("older"))
    with office.open() as vault:
        added(vault)
    copy(older, office.folder / "records.db")


def put_an_older_mark_back(office: MadeUpOffice) -> None:
    older = copy(office.folder / FILE, office.folder.with_name("older"))
    with office.open() as vault:
        added(vault)
    copy(older, office.folder / FILE)


def add_a_file(office: MadeUpOffice) -> None:
    shelf = office.folder / "originals" / "ff"
    shelf.mkdir(exist_ok=True)
    (shelf / "notes.txt").write_bytes(b"somebody's")


def damage_the_mark(office: MadeUpOffice) -> None:
    content = bytearray((office.folder / FILE).read_bytes())
    content[7] ^= 1
    (office.folder / FILE).write_bytes(content)


def copy_file_by_file(office: MadeUpOffice) -> None:
    copied = office.folder.with_name("copied")
    for path in sorted(office.folder.rglob("*")):
        target = copied / path.relative_to(office.folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file():
            copy(path, target)
    office.folder = copied


def leave_an_original_without_a_row(office: MadeUpOffice) -> None:
    with office.open() as vault:
        vault.originals.delete(kept(vault, b"twice").name)
        kept(vault, b"sealed, and then nobody received it")


def leave_an_unfinished_one(office: MadeUpOffice) -> None:
    with office.open() as vault:
        vault.originals.seal(len, expected=10)


@pytest.mark.parametrize(
    "happening",
    [
        crash,
        put_older_records_back,
        put_an_older_mark_back,
        add_a_file,
        damage_the_mark,
        copy_file_by_file,
        leave_an_original_without_a_row,
        leave_an_unfinished_one,
    ],
)
def test_whatever_else_happened_is_looked_into(
    tidy: MadeUpOffice, happening: Callable[[MadeUpOffice], None]
) -> None:
    happening(tidy)
    hide_a_stranger(tidy)
    with tidy.open() as vault:
        assert vault.swept is not None
        assert STRANGER[2:] in {name[2:] for name in vault.swept.set_aside}
        assert verify(vault, originals=True).is_whole
    assert not list(tidy.folder.glob("originals/??/*.part"))
    with tidy.open() as vault:
        assert vault.swept == Swept()


def test_a_doubt_is_told_at_every_opening(tidy: MadeUpOffice) -> None:
    shelf = tidy.folder / "originals" / "ab"
    shelf.mkdir(exist_ok=True)
    for number in range(101):
        (shelf / f"ab{number:030}").touch()
    for _ in range(2):
        with tidy.open() as vault:
            assert vault.swept is not None
            assert "101 sealed originals have no record" in str(vault.swept.doubt)


class TestLargeOffice:
    """Opening after a crash looks at some originals, and at the others later."""

    @pytest.fixture
    def crashed(self, tidy: MadeUpOffice, monkeypatch: pytest.MonkeyPatch) -> MadeUpOffice:
        for number in range(8):
            shelf = tidy.folder / "originals" / f"0{number}"
            shelf.mkdir(exist_ok=True)
            (shelf / f"0{number}{STRANGER[2:]}").write_bytes(b"sealed")
        monkeypatch.setattr(vault_module, "_SWEPT_WHOLE", 0)
        monkeypatch.setattr(vault_module, "_SWEPT_AT_OPENING", 2)
        return tidy

    def test_the_rest_is_looked_at_while_people_work(self, crashed: MadeUpOffice) -> None:
        with crashed.open() as vault:
            assert vault.swept == Swept(is_over=False)
            image = received(vault, b"meanwhile")
            made = kept(vault, b"still to be received")
            vault.finish_sweep(stopped=lambda: True)
            assert vault.swept == Swept(is_over=False)
            vault.finish_sweep()
            assert vault.swept is not None
            assert len(vault.swept.set_aside) == 8
            with vault.look() as look:
                assert vault.originals.check(look.images.sealed(image.id)) is None
            assert vault.originals.check(made) is None

    def test_a_check_looks_at_the_rest_too(self, crashed: MadeUpOffice) -> None:
        with crashed.open() as vault:
            assert verify(vault, originals=False).is_whole
            assert vault.swept is not None
            assert len(vault.swept.set_aside) == 8

    def test_what_was_not_looked_at_is_not_called_tidy(self, crashed: MadeUpOffice) -> None:
        for _ in range(2):
            crashed.open().close()
            assert not (crashed.folder / FILE).exists()


def test_a_close_on_a_full_or_broken_drive_only_leaves_no_mark(
    tidy: MadeUpOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = tidy.open()

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fail)
        vault.close()
    assert not any(vault._trail_key)
    assert not (tidy.folder / FILE).exists()
    hide_a_stranger(tidy)
    with tidy.open() as again:
        assert again.swept is not None
        assert len(again.swept.set_aside) == 1
