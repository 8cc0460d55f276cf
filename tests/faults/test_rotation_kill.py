"""A rotation that dies at any line: the old key opens everything, or the new one does."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.records.made_up import MEI, deeds
from tests.unit.vault.test_rotation import KeyedOffice, made_office, prove_whole

pytestmark = [
    pytest.mark.requirement("R106"),
    pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does"),
]

ROOT = Path(__file__).parents[2]
LAST_LINES = 40  # from shortly before the keyring is replaced to the end


@pytest.fixture
def kept(tmp_path: Path) -> KeyedOffice:
    return made_office(tmp_path / "kept")


@pytest.mark.parametrize(
    ("at_random", "step"), [(3, 7), pytest.param(150, 1, marks=pytest.mark.long)]
)
def test_wherever_a_rotation_dies_one_key_opens_everything(
    kept: KeyedOffice, tmp_path: Path, at_random: int, step: int
) -> None:
    chance = random.Random(int(os.environ.get("CHARTROOM_SEED", "7")))
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.dying_rotation"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as keeper:
        assert keeper.stdin is not None
        assert keeper.stdout is not None

        def run(folder: Path, line: int) -> str:
            assert keeper.stdin is not None
            assert keeper.stdout is not None
            shutil.copytree(kept.folder, folder)
            keeper.stdin.write(f"{folder} {MEI.id} {line}\n")
            keeper.stdin.flush()
            return keeper.stdout.readline().strip()

        lines = int(run(tmp_path / "whole", 0))
        anywhere = chance.sample(range(1, lines), min(at_random, lines - 1))
        points = sorted({*anywhere, *range(lines - LAST_LINES, lines, step)})
        ends = set()
        for point in points:
            folder = tmp_path / f"died-{point}"
            assert run(folder, point) == "died -9"
            ends.add(rotated(kept, folder))
            shutil.rmtree(folder)
        keeper.stdin.close()
    assert ends == {True, False}


def rotated(kept: KeyedOffice, folder: Path) -> bool:
    """Prove that the office is whole; whether it has the new key."""
    office = KeyedOffice(folder=folder, made=kept.made, recovery=kept.recovery, anchor=kept.anchor)
    with office.open() as vault:
        prove_whole(office, vault)
        is_rotated = ("office key rotated", MEI.name) in deeds(vault)
    assert list(folder.glob("*rotated*")) == []
    with office.key() as key:
        is_new = bytes(key.secret) != kept.made.secret
    assert is_new == is_rotated
    if is_new:
        previous = (folder / "keyring.previous.json").read_bytes()
        assert previous == (folder / "keyring.json").read_bytes()
    return is_rotated
