"""One program at a time uses an office, and a crash does not lock it for good."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.records.vault.office_lock import OfficeLock
from desktop.records.vault.problems import KeyringMissing, OfficeInUse

HOLDER = """
import sys
from pathlib import Path
from desktop.records.vault.office_lock import OfficeLock

lock = OfficeLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_program(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A second process that holds the office."""
    command = [sys.executable, "-c", HOLDER, str(folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        try:
            yield child
        finally:
            child.kill()


def test_a_second_program_is_told_so(tmp_path: Path) -> None:
    with another_program(tmp_path), pytest.raises(OfficeInUse, match="Another Chartroom"):
        OfficeLock(tmp_path).acquire()


def test_kill_dash_nine_lets_the_office_go(tmp_path: Path) -> None:
    with another_program(tmp_path) as child:
        child.kill()
        child.wait()
        with OfficeLock(tmp_path):
            assert (tmp_path / "office.lock").exists()


def test_a_second_lock_in_the_same_program_is_refused_too(tmp_path: Path) -> None:
    with OfficeLock(tmp_path), pytest.raises(OfficeInUse):
        OfficeLock(tmp_path).acquire()


def test_what_was_let_go_can_be_taken_again(tmp_path: Path) -> None:
    lock = OfficeLock(tmp_path)
    lock.acquire()
    lock.release()
    lock.release()
    with OfficeLock(tmp_path):
        pass


def test_no_folder_is_made_for_an_office_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KeyringMissing):
        OfficeLock(tmp_path / "typo").acquire()
    assert not any(tmp_path.iterdir())
