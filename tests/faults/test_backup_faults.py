"""Whatever ends a backup, the generation before stands, and the next backup is whole."""

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.records.deeds.backups import make_backup
from desktop.records.deeds.checking import verify
from desktop.records.facts.backup import CopyProgress
from desktop.records.vault import restore
from desktop.records.vault.backup_folder import BackupFolder
from desktop.records.vault.backup_problems import BackupDriveFailed, BackupDriveFull
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.vault import Vault
from tests.faults.test_keep_faults import filled
from tests.unit.backup.conftest import made_once, world
from tests.unit.backup.world import World, contents
from tests.unit.records.made_up import MEI, received

__all__ = ["made_once", "world"]

pytestmark = [
    pytest.mark.requirement("R73", "R106"),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9"),
]
DEATHS = 7


def child(world: World, *, die_at: int) -> "subprocess.CompletedProcess[str]":
    """Another program that backs the office up."""
    arguments = [str(world.office), str(world.facts.id), world.secret.hex(), str(world.stick)]
    return subprocess.run(
        [sys.executable, "-m", "tests.faults.dying_backup", *arguments, str(die_at)],
        check=False,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def proved(world: World, stick: Path, number: int) -> int:
    """Restore a generation elsewhere and prove it; how many images it has."""
    folder, into = BackupFolder(stick), world.folder / f"proof of {number}"
    generation = folder.generation(number)
    restore.prepare_folder(into, generation=generation)
    with OfficeKey(bytearray(world.secret), office=world.facts.id) as key:
        restore.copy_generation(folder, generation, into=into, key=key)
        with Vault.open(into, key=key) as vault:
            report = verify(vault, originals=True, anchor=generation.head)
    assert report.is_whole, report
    shutil.rmtree(into)
    return report.checked


@pytest.fixture
def two_behind(world: World) -> World:
    """An office with two generations on the stick and two images that are not there yet."""
    with world.open() as vault:
        make_backup(vault, to=world.stick, by=MEI, keep=2)
        make_backup(vault, to=world.stick, by=MEI, keep=2)
        for n in range(2):
            received(vault, bytes([100 + n]) * 400_000, name=f"NEW_{n}.JPG")
    return world


@pytest.fixture(scope="session")
def calls(made_once: World, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many calls to the system's files such a backup takes; the control that it succeeds."""
    folder = tmp_path_factory.mktemp("calls")
    shutil.copytree(made_once.office, folder / "office")
    counted = World(
        folder=folder, facts=made_once.facts, secret=made_once.secret, recovery=made_once.recovery
    )
    two_behind.__wrapped__(counted)  # type: ignore[attr-defined]
    done = child(counted, die_at=0)
    assert done.returncode == 0, done.stderr
    assert BackupFolder(counted.stick).numbers() == [2, 3]
    return int(done.stdout)


@pytest.mark.parametrize("seed", range(DEATHS))
def test_death_in_any_call_spoils_no_earlier_generation(
    two_behind: World, calls: int, seed: int
) -> None:
    """The calls are cut into parts, and each has its death."""
    part = calls // DEATHS
    die_at = random.Random(seed).randrange(1 + seed * part, 1 + (seed + 1) * part)
    done = child(two_behind, die_at=die_at)
    assert done.returncode == -9
    folder = BackupFolder(two_behind.stick)
    standing = folder.numbers()
    assert standing in ([1, 2], [1, 2, 3], [2, 3])
    assert proved(two_behind, two_behind.stick, folder.current()) == (8 if 3 in standing else 6)
    for number in standing:
        folder.generation(number)
    with two_behind.open() as vault:
        assert verify(vault, originals=True).is_whole
        report = make_backup(vault, to=two_behind.stick, by=MEI, keep=2)
    assert report.is_whole
    assert len(report.generations) == 2
    assert proved(two_behind, two_behind.stick, report.made.number) == 8
    left_over = [name for name in contents(two_behind.stick) if ".part" in name or ".new" in name]
    assert not left_over


def test_a_stick_pulled_out_is_told_and_continued(two_behind: World) -> None:
    away = two_behind.folder / "in somebody's pocket"

    def pull(now: CopyProgress) -> None:
        if now.moved and two_behind.stick.exists():
            two_behind.stick.rename(away)

    with two_behind.open() as vault:
        with pytest.raises(BackupDriveFailed, match="Connect the drive and start again"):
            make_backup(vault, to=two_behind.stick, by=MEI, tell=pull)
        assert not two_behind.stick.exists()
        assert proved(two_behind, away, 2) == 6
        away.rename(two_behind.stick)
        assert make_backup(vault, to=two_behind.stick, by=MEI).is_whole


@pytest.fixture
def small_stick(world: World) -> Iterator[Path]:
    """A stick of 8 MB."""
    world.stick.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(world.stick)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"a small drive cannot be mounted here ({error})")
    yield world.stick
    subprocess.run(["umount", "-l", str(world.stick)], check=True)


@pytest.mark.parametrize("room", [0, 200_000, 900_000])
def test_a_full_stick_is_named_and_keeps_the_earlier_generation(
    world: World, small_stick: Path, room: int
) -> None:
    with world.open() as vault:
        make_backup(vault, to=small_stick, by=MEI)
        for n in range(2):
            received(vault, bytes([100 + n]) * 400_000, name=f"NEW_{n}.JPG")
        with filled(small_stick, room=room):
            with pytest.raises(BackupDriveFull, match="is full") as told:
                make_backup(vault, to=small_stick, by=MEI)
            assert told.value.drive == str(small_stick)
            assert BackupFolder(small_stick).current() == 1
        assert proved(world, small_stick, 1) == 6
        report = make_backup(vault, to=small_stick, by=MEI)
        assert report.is_whole
        assert proved(world, small_stick, report.made.number) == 8
