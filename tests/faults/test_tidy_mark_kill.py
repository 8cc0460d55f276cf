"""Killed at any step between opening and closing: the next opening still finds what is left."""

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from types import ModuleType

import pytest

from desktop.records.deeds.checking import verify
from desktop.records.vault import vault as vault_module
from desktop.records.vault.engine import Database
from desktop.records.vault.folder_store import FolderStore
from desktop.records.vault.image_shelf import ImageShelf
from desktop.records.vault.original_store import Swept
from desktop.records.vault.originals import Originals
from desktop.records.vault.tidy_mark import FILE
from desktop.records.vault.vault import Change, Vault
from tests.faults.test_disposal_kill import deadly
from tests.unit.records.made_up import MadeUpOffice, received

pytestmark = [
    pytest.mark.requirement("R73", "R106"),
    pytest.mark.skipif(sys.platform == "win32", reason="forks and kills as POSIX does"),
]

Owner = type | ModuleType
OPENING: list[tuple[Owner, str]] = [(vault_module, "take_mark"), (Vault, "_tidy")]
WORKING: list[tuple[Owner, str]] = [
    (FolderStore, "put"),
    (Originals, "settle"),
    (ImageShelf, "add"),
    (Change, "note"),
]
CLOSING: list[tuple[Owner, str]] = [
    (Vault, "_leave_mark"),
    (vault_module, "leave_mark"),
    (Database, "close"),
]


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> MadeUpOffice:
    """An office that was closed as it should be, with an image in the tray."""
    made = MadeUpOffice(folder=tmp_path_factory.mktemp("closed") / "office")
    with made.create() as vault:
        received(vault, b"first", "first.JPG")
    made.open().close()
    assert (made.folder / FILE).is_file()
    return made


@pytest.fixture
def office(closed: MadeUpOffice, tmp_path: Path) -> MadeUpOffice:
    copytree(closed.folder, tmp_path / "office")
    return replace(closed, folder=tmp_path / "office")


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("owner", "step"), [*OPENING, *WORKING, *CLOSING])
def test_killed_at_a_step(office: MadeUpOffice, owner: Owner, step: str, after: bool) -> None:
    assert killed_at(office, owner, step, after=after)
    if (owner, step) in WORKING:
        assert not (office.folder / FILE).exists(), "it is gone before anything is put"
    with office.open() as vault:
        assert vault.swept is not None
        assert vault.swept.is_over
        assert vault.swept.doubt is None
        assert verify(vault, originals=True).is_whole
        with vault.look() as look:
            names = sorted(look.images.original_names())
    files = [path.name for path in office.folder.glob("originals/??/*")]
    assert sorted(files) == names
    with office.open() as vault:
        assert vault.swept == Swept()


@pytest.mark.parametrize(("step", "left"), [("put", "unfinished"), ("add", "set aside")])
def test_what_was_left_is_found_at_once(office: MadeUpOffice, step: str, left: str) -> None:
    """The control: the steps above do leave something, and the next opening is what finds it."""
    owner: Owner = FolderStore if step == "put" else ImageShelf
    assert killed_at(office, owner, step, after=True)
    with office.open() as vault:
        assert vault.swept is not None
        found = (vault.swept.unfinished, len(vault.swept.set_aside))
        assert found == {"unfinished": (1, 0), "set aside": (0, 1)}[left]


def killed_at(office: MadeUpOffice, owner: Owner, step: str, *, after: bool) -> bool:
    """Open it, receive an image and close it, in a process that is killed on the way there."""
    child = os.fork()
    if child == 0:
        try:
            setattr(owner, step, deadly(getattr(owner, step), call=1, after=after))
            with office.open() as vault:
                received(vault, b"second", "second.JPG")
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
