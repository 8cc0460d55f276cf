"""A disposal killed at any of its steps: what says disposed does not open, nothing else is lost."""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from desktop.records.deeds.checking import verify
from desktop.records.deeds.disposal import carry_out_disposal, open_disposals
from desktop.records.facts.disposal import DisposalBatch
from desktop.records.facts.ids import ImageId
from desktop.records.facts.people import OfficeRole
from desktop.records.vault.disposal_shelf import DisposalShelf
from desktop.records.vault.engine import Database
from desktop.records.vault.originals import Originals
from desktop.records.vault.problems import OriginalMissing
from desktop.records.vault.renditions import Renditions
from desktop.records.vault.vault import Change, Vault
from tests.unit.records.made_up import MEI, MadeUpOffice, added
from tests.unit.retention.old_office import OldOffice, colleague, filed
from tests.unit.retention.opened_pages import opened

COUNT = 22  # two groups
STEPS: list[tuple[type, str, int]] = [
    (DisposalShelf, "destroy", 7),
    (DisposalShelf, "destroy", 22),
    (Change, "note", 3),
    (Renditions, "forget", 2),
    (Database, "empty_journal", 1),
    (Originals, "remove_destroyed", 1),
    (Originals, "remove_destroyed", 22),
    (DisposalShelf, "file_removed", 1),
    (DisposalShelf, "finish", 1),
]

pytestmark = [
    pytest.mark.requirement("R107"),
    pytest.mark.skipif(sys.platform == "win32", reason="forks and kills as POSIX does"),
]


Prepared = tuple[MadeUpOffice, OldOffice, DisposalBatch, ImageId]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """An approved batch, and a younger image of somebody else that nobody approved."""
    made = MadeUpOffice(folder=tmp_path_factory.mktemp("prepared") / "office")
    with made.create() as vault:
        second = colleague(vault, "Rangi Tūī", OfficeRole.PRIVACY_OFFICER)
        old = OldOffice.of(vault, made.clock, second, count=COUNT)
        young = filed(vault, added(vault, "ZZZ0024", "Young"), b"young")
        old.approved()
        (batch,) = open_disposals(vault)
    return made, old, batch, young


@pytest.fixture
def made(prepared: Prepared, tmp_path: Path) -> MadeUpOffice:
    """A copy of the prepared office."""
    copytree(prepared[0].folder, tmp_path / "office")
    return replace(prepared[0], folder=tmp_path / "office")


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("owner", "verb", "call"), STEPS)
def test_killed_at_a_step(
    made: MadeUpOffice, prepared: Prepared, owner: type, verb: str, call: int, after: bool
) -> None:
    _, old, batch, young = prepared
    assert killed_in(made, batch.number, owner=owner, verb=verb, call=call, after=after)
    with made.open() as vault:
        assert vault.swept is not None
        assert vault.swept.doubt is None
        gone = examine(vault, old)
        assert len(gone) in {0, 20, COUNT}
        _still_opens(vault, young)
        done = carry_out_disposal(vault, number=batch.number, by=old.second)
        assert {stone.image for stone in done.gone} == set(old.images)
        assert examine(vault, old) == set(old.images)
        assert not any(stone.file for stone in done.gone)
        assert open_disposals(vault) == []
        _still_opens(vault, young)
        assert verify(vault, originals=True).is_whole
        pages = opened(vault.folder / "records.db", bytes(made.key().subkey("records")))
        assert not any(sealed.wrapped_key in pages for sealed in old.sealed.values())
    files = [path for path in (made.folder / "originals").rglob("*") if path.is_file()]
    assert len(files) == 1


def killed_in(
    made: MadeUpOffice, number: str, *, owner: type, verb: str, call: int, after: bool
) -> bool:
    """Carry a batch out in a process that is killed at one call of one verb; whether it was."""
    child = os.fork()
    if child == 0:
        try:
            setattr(owner, verb, deadly(getattr(owner, verb), call=call, after=after))
            with made.open() as vault:
                carry_out_disposal(vault, number=number, by=MEI)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def deadly(verb: Callable[..., object], *, call: int, after: bool) -> Callable[..., object]:
    left = call

    def counted(*args: object, **kwargs: object) -> object:
        nonlocal left
        left -= 1
        if left == 0 and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        done = verb(*args, **kwargs)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    return counted


def examine(vault: Vault, old: OldOffice) -> set[ImageId]:
    """Which images say that they are disposed; none of them opens, and all others do."""
    gone = set()
    with vault.look() as look:
        for image in old.images:
            if look.disposals.tombstone(image) is None:
                sealed = look.images.sealed(image)
                assert sealed == old.sealed[image]
                assert vault.originals.check(sealed) is None
                continue
            gone.add(image)
            assert look.images.find(image) is None
            assert vault.renditions.get(image) is None
            assert old.sealed[image].wrapped_key not in _every_key(look.images.every_original())
    return gone


def _every_key(originals: object) -> set[bytes]:
    assert isinstance(originals, list)
    return {sealed.wrapped_key for _, sealed in originals}


def _still_opens(vault: Vault, image: ImageId) -> None:
    with vault.look() as look:
        sealed = look.images.sealed(image)
    assert vault.originals.read(sealed) == b"young"


def test_a_sealed_file_that_was_set_aside_goes_too(made: MadeUpOffice, prepared: Prepared) -> None:
    _, old, batch, _ = prepared
    aside = made.folder / "originals" / "orphans"
    first = old.sealed[old.images[0]]
    with made.open() as vault:
        aside.mkdir()
        (made.folder / "originals" / first.name[:2] / first.name).rename(aside / first.name)
        carry_out_disposal(vault, number=batch.number, by=MEI)
        with pytest.raises(OriginalMissing):
            vault.originals.read(first)
    assert list(aside.iterdir()) == []
