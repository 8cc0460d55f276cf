"""Killed or out of space while keeping: whole originals only, and nothing in the clear."""

import contextlib
import io
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.records.facts.ids import OfficeId, new_uuid
from desktop.records.facts.sealed import SealedOriginal
from desktop.records.vault import keyring
from desktop.records.vault.durable import drive_of
from desktop.records.vault.folder_store import FolderStore
from desktop.records.vault.originals import Originals
from desktop.records.vault.problems import DiskFull
from desktop.records.vault.sealing import sealed_size
from tests.faults.dying_keeper import MARKER, WRAPPING, read_event

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")

COUNT = 12
ROUNDS = 16


def keeper(
    folder: Path, *, seed: int, count: int = COUNT, die_at: int = 0, most_bytes: int = 0
) -> subprocess.Popen[str]:
    """Another program that keeps `count` originals in `folder`."""
    numbers = [str(number) for number in (seed, count, die_at, most_bytes)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.dying_keeper", str(folder), *numbers],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


class Heard:
    """What the other program said before it ended."""

    def __init__(self) -> None:
        self.sealed: dict[str, SealedOriginal] = {}
        self.settled: set[str] = set()

    def hear(self, line: str) -> None:
        event = read_event(line)
        if event and event[0] == "settled":
            self.settled.add(event[1].name)
        elif event:
            self.sealed[event[1].name] = event[1]


def finish(child: subprocess.Popen[str], *, kill_after: int | None = None) -> Heard:
    """Hear the other program to its end; kill it once so many originals are settled."""
    heard = Heard()
    with child:
        assert child.stdout is not None
        if kill_after == 0:
            child.kill()
        for line in child.stdout:
            heard.hear(line)
            if len(heard.settled) == kill_after:
                child.kill()
    return heard


def examine(folder: Path, heard: Heard) -> None:
    """What must be true of the store after any death."""
    if not folder.exists():
        assert not heard.sealed
        return
    originals = Originals(FolderStore(folder), WRAPPING)
    under_a_name = set(FolderStore(folder).list())
    assert heard.settled <= under_a_name, "an acknowledged original is lost"
    assert under_a_name <= heard.sealed.keys()
    broken = [originals.check(heard.sealed[name]) for name in under_a_name]
    assert broken == [None] * len(under_a_name), "something half lies under a final name"
    assert [path for path in folder.rglob("*") if holds_marker(path)] == []

    swept = originals.sweeping(lambda _: heard.settled).go_on()
    assert swept.doubt is None
    assert set(swept.set_aside) == under_a_name - heard.settled
    assert set(FolderStore(folder).list()) == heard.settled
    assert list(folder.rglob("*.part")) == []
    assert all(originals.check(heard.sealed[name]) is None for name in heard.settled)


def holds_marker(path: Path) -> bool:
    return path.is_file() and MARKER[:16] in path.read_bytes()


@pytest.mark.requirement("R73", "R106")
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_death_in_any_call_to_the_disk_leaves_whole_originals(tmp_path: Path, seed: int) -> None:
    die_at = random.Random(seed).randrange(1, 9 * COUNT)
    child = keeper(tmp_path / "originals", seed=seed, die_at=die_at)
    heard = finish(child)
    assert child.returncode == -9
    examine(tmp_path / "originals", heard)


@pytest.mark.requirement("R73", "R106")
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_death_at_any_moment_leaves_whole_originals(tmp_path: Path, seed: int) -> None:
    # more than it is let, for on a fast drive it would be done before it is killed
    child = keeper(tmp_path / "originals", seed=seed, count=8 * COUNT)
    heard = finish(child, kill_after=seed * COUNT // ROUNDS)
    assert child.returncode == -9
    examine(tmp_path / "originals", heard)


def test_without_a_death_all_is_kept(tmp_path: Path) -> None:
    """The control: the rounds above do not pass because nothing happens."""
    heard = finish(keeper(tmp_path / "originals", seed=1))
    assert len(heard.settled) == COUNT
    examine(tmp_path / "originals", heard)


def test_a_file_that_the_drive_cannot_hold_is_refused_in_words(tmp_path: Path) -> None:
    child = keeper(tmp_path / "originals", seed=3, most_bytes=100_000)
    heard = Heard()
    out, told = child.communicate()
    for line in out.splitlines():
        heard.hear(line)
    assert child.returncode == 1
    assert told.startswith("too_big_for_drive: The drive /")
    examine(tmp_path / "originals", heard)


@pytest.fixture
def small_drive(tmp_path: Path) -> Iterator[Path]:
    """A drive of 3 MB."""
    drive = tmp_path / "drive"
    drive.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(drive)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"a small drive cannot be mounted here ({error})")
    yield drive
    subprocess.run(["umount", str(drive)], check=True)


@contextlib.contextmanager
def filled(drive: Path, *, room: int) -> Iterator[None]:
    """The drive with so many bytes left."""
    ballast = drive / "ballast"
    state = os.statvfs(drive)
    ballast.write_bytes(bytes(max(0, state.f_bavail * state.f_frsize - room)))
    yield
    ballast.unlink()


@pytest.mark.requirement("R73")
@pytest.mark.parametrize("room", [0, 4_096, 300_000, 2_000_000])
def test_a_full_drive_is_named_and_loses_nothing(small_drive: Path, room: int) -> None:
    """A write that the drive cuts short raises no error of its own; it must be found out."""
    folder = small_drive / "originals"
    originals = Originals(FolderStore(folder), WRAPPING)
    content = MARKER * 52_000
    assert sealed_size(len(content)) > 2_000_000
    earlier = originals.keep(io.BytesIO(MARKER).readinto, expected=len(MARKER))
    with filled(small_drive, room=room):
        with pytest.raises(DiskFull, match="is full") as told:
            originals.keep(io.BytesIO(content).readinto, expected=len(content))
        assert told.value.drive == str(small_drive) == drive_of(folder)
        assert told.value.ends_the_trip
        assert [path.name for path in folder.rglob("*") if path.is_file()] == [earlier.name]
    assert originals.check(earlier) is None
    later = originals.keep(io.BytesIO(content).readinto, expected=len(content))
    assert originals.read(later) == content


def test_a_full_drive_leaves_the_keyring_as_it_was(small_drive: Path) -> None:
    office = small_drive / "office"
    key, recovery = keyring.create_keyring(
        office,
        office=OfficeId(new_uuid()),
        user="Aroha Test",
        password="four words and one",
        cost=keyring.LEAST_COST,
    )
    with key, filled(small_drive, room=0), pytest.raises(DiskFull):
        keyring.set_password(
            office,
            key,
            user="Aroha Test",
            password="four other words now",
            cost=keyring.LEAST_COST,
        )
    keyring.unlock(office, user="Aroha Test", password="four words and one").wipe()
    keyring.unlock_with_recovery(office, recovery=str(recovery)).wipe()
