"""Keeping an original: what went in comes out, and whatever goes wrong leaves nothing behind."""

import errno
import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.devices.problems import SourceGone
from desktop.problem import Cancelled, Problem
from desktop.records.facts.sealed import SealedOriginal
from desktop.records.vault.folder_store import FolderStore
from desktop.records.vault.originals import Originals
from desktop.records.vault.problems import (
    DiskFailed,
    OriginalDamaged,
    OriginalMissing,
    ReadBackDiffers,
    SourceCutShort,
)
from desktop.records.vault.sealing import SEGMENT, SealedBytes, sealed_size
from tests.unit.vault.sealed_in_memory import pattern

WRAPPING = bytearray(range(100, 132))
PHOTO = pattern(2 * SEGMENT + 12_345)
SIZES = [0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, len(PHOTO)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "originals"


@pytest.fixture
def originals(folder: Path) -> Originals:
    return Originals(FolderStore(folder), WRAPPING)


def keep(originals: Originals, plain: bytes = PHOTO) -> SealedOriginal:
    return originals.keep(io.BytesIO(plain).readinto, expected=len(plain))


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def path_of(folder: Path, sealed: SealedOriginal) -> Path:
    return folder / sealed.name[:2] / sealed.name


@pytest.mark.requirement("R73")
@pytest.mark.parametrize("size", SIZES)
def test_what_is_kept_comes_back_bit_for_bit(originals: Originals, folder: Path, size: int) -> None:
    plain = PHOTO[:size]
    sealed = keep(originals, plain)
    assert sealed.size == size
    assert sealed.sha256 == hashlib.sha256(plain).digest()
    assert originals.read(sealed) == plain
    assert originals.check(sealed) is None
    assert files(folder) == [path_of(folder, sealed)]
    assert files(folder)[0].stat().st_size == sealed_size(size)


@pytest.mark.parametrize("most", [1_000, SEGMENT - 7, 10 * SEGMENT])
def test_a_source_may_hand_over_as_little_at_a_time_as_it_likes(
    originals: Originals, most: int
) -> None:
    source = io.BytesIO(PHOTO)
    sealed = originals.keep(lambda into: source.readinto(into[:most]), expected=len(PHOTO))
    assert originals.read(sealed) == PHOTO


@pytest.mark.requirement("R106")
def test_nothing_can_be_read_from_the_disk(originals: Originals, folder: Path) -> None:
    marker = b"a face that must not be seen"
    sealed = keep(originals, marker * 30_000)
    on_disk = path_of(folder, sealed).read_bytes()
    assert marker not in on_disk
    assert sealed.sha256 not in on_disk
    assert sealed.wrapped_key not in on_disk
    assert bytes(WRAPPING) not in on_disk


def test_every_attempt_has_a_name_and_a_key_of_its_own(originals: Originals, folder: Path) -> None:
    one, other = keep(originals), keep(originals)
    assert one.sha256 == other.sha256
    assert one.name != other.name
    assert one.wrapped_key != other.wrapped_key
    tail = slice(32, 4_000)
    assert path_of(folder, one).read_bytes()[tail] != path_of(folder, other).read_bytes()[tail]


def test_a_reader_seeks(originals: Originals) -> None:
    with originals.reader(keep(originals)) as reader:
        reader.seek(SEGMENT - 3)
        assert io.BufferedReader(reader).read(10) == PHOTO[SEGMENT - 3 : SEGMENT + 7]


def test_the_key_opens_one_original_alone(originals: Originals) -> None:
    one, other = keep(originals), keep(originals)
    mixed = replace(one, wrapped_key=other.wrapped_key)
    with pytest.raises(OriginalDamaged, match="the key in its record"):
        originals.read(mixed)


@pytest.mark.parametrize("wrapped", [b"", bytes(12), bytes(60), bytes(61)])
def test_a_key_that_is_none_is_damage(originals: Originals, wrapped: bytes) -> None:
    with pytest.raises(OriginalDamaged, match="the key in its record"):
        originals.reader(replace(keep(originals), wrapped_key=wrapped))


def test_another_office_cannot_read_it(originals: Originals, folder: Path) -> None:
    sealed = keep(originals)
    with pytest.raises(OriginalDamaged):
        Originals(FolderStore(folder), bytearray(32)).read(sealed)


def test_closed_originals_keep_and_read_nothing(originals: Originals, folder: Path) -> None:
    sealed = keep(originals)
    originals.close()
    with pytest.raises(ValueError, match="closed"):
        originals.read(sealed)
    with pytest.raises(ValueError, match="closed"):
        keep(originals)
    assert len(files(folder)) == 1


@pytest.mark.requirement("R106")
def test_missing_damaged_and_changed_are_told_apart(originals: Originals, folder: Path) -> None:
    missing, damaged, other = keep(originals), keep(originals), keep(originals)
    path_of(folder, missing).unlink()
    with path_of(folder, damaged).open("r+b") as file:
        file.seek(SEGMENT + 100)
        file.write(b"\0" * 16)
    assert originals.check(missing) == OriginalMissing(name=missing.name)
    assert originals.check(damaged) == OriginalDamaged(name=damaged.name, where="segment 2 of 3")
    found = originals.check(replace(other, sha256=bytes(32)))
    assert isinstance(found, OriginalDamaged)
    assert originals.check(other) is None


def gone(into: memoryview) -> int:
    raise SourceGone(source="Camera")


def after(first: int, then: Callable[[memoryview], int]) -> Callable[[memoryview], int]:
    """A source that hands over `first` bytes before something happens."""
    source = io.BytesIO(PHOTO[:first])
    return lambda into: source.readinto(into) or then(into)


@pytest.mark.parametrize("first", [0, 10, SEGMENT, SEGMENT + 10])
@pytest.mark.parametrize(
    ("then", "told"),
    [
        (gone, SourceGone(source="Camera")),
        (lambda into: 0, None),
        (lambda into: 1 // 0, ZeroDivisionError()),
    ],
    ids=["gone", "ends early", "a fault"],
)
def test_a_source_that_fails_leaves_nothing(
    originals: Originals,
    folder: Path,
    first: int,
    then: Callable[[memoryview], int],
    told: Exception | None,
) -> None:
    expected = told or SourceCutShort(got=first, size=len(PHOTO))
    with pytest.raises(type(expected)) as raised:
        originals.seal(after(first, then), expected=len(PHOTO))
    if isinstance(expected, Problem):
        assert raised.value == expected
    assert files(folder) == []


@pytest.mark.parametrize("answers", [0, 1, 2])
def test_cancelling_leaves_nothing(originals: Originals, folder: Path, answers: int) -> None:
    rest = iter([False] * answers)
    with pytest.raises(Cancelled):
        originals.seal(
            io.BytesIO(PHOTO).readinto, expected=len(PHOTO), stopped=lambda: next(rest, True)
        )
    assert files(folder) == []


def test_what_is_not_settled_has_no_name_and_can_be_abandoned(
    originals: Originals, folder: Path
) -> None:
    unsettled = originals.seal(io.BytesIO(PHOTO).readinto, expected=len(PHOTO))
    assert [path.suffix for path in files(folder)] == [".part"]
    originals.abandon(unsettled)
    assert files(folder) == []


def test_what_is_settled_is_not_abandoned(originals: Originals) -> None:
    unsettled = originals.seal(io.BytesIO(PHOTO).readinto, expected=len(PHOTO))
    sealed = originals.settle(unsettled)
    originals.abandon(unsettled)
    assert originals.read(sealed) == PHOTO


class LyingStore(FolderStore):
    """A drive that took every byte and gives others back."""

    def get(self, name: str, *, cold: bool = False) -> SealedBytes:
        with self.path_of(name).open("r+b") as file:
            file.seek(SEGMENT)
            file.write(b"other")
        return super().get(name, cold=cold)


def test_a_drive_that_gives_back_other_bytes_is_found_out(folder: Path) -> None:
    with pytest.raises(ReadBackDiffers):
        keep(Originals(LyingStore(folder), WRAPPING))
    assert files(folder) == []


@pytest.mark.parametrize("call", ["fsync", "rename", "write", "open"])
def test_a_drive_that_fails_is_named_and_nothing_is_left(
    originals: Originals, folder: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    keep(originals)
    before = files(folder)
    with monkeypatch.context() as patched:
        patched.setattr(os, call, fail)
        with pytest.raises(DiskFailed, match="Input/output error") as told:
            keep(originals)
    assert str(folder).startswith(told.value.drive)
    assert told.value.ends_the_trip
    assert files(folder) == before


@pytest.mark.requirement("R73")
def test_each_is_answered_for_in_its_order_while_the_next_is_opened(
    originals: Originals, folder: Path
) -> None:
    whole, missing, damaged, last = (keep(originals, PHOTO[:size]) for size in (7, 8, 9, 10))
    path_of(folder, missing).unlink()
    path_of(folder, damaged).write_bytes(path_of(folder, damaged).read_bytes()[::-1])
    answers = list(originals.check_each([whole, missing, damaged, last]))
    assert [type(answer) for answer in answers] == [
        *(type(None), OriginalMissing, OriginalDamaged, type(None)),
    ]
    assert list(originals.check_each([])) == []
    (stopped, _) = originals.check_each([whole, last], stopped=lambda: True)
    assert isinstance(stopped, Cancelled)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="asks Linux what is open")
def test_one_that_was_opened_ahead_is_closed_with_the_asking(
    originals: Originals, folder: Path
) -> None:
    first, ahead = keep(originals), keep(originals)
    answers = originals.check_each([first, ahead, first])

    def open_now() -> set[Path]:
        return {link.resolve() for link in Path("/proc/self/fd").iterdir() if link.exists()}

    assert next(answers) is None
    assert path_of(folder, ahead) in open_now()
    answers.close()
    assert path_of(folder, ahead) not in open_now()


@pytest.mark.requirement("R107")
def test_only_a_duplicate_of_this_session_is_deleted(originals: Originals, folder: Path) -> None:
    sealed = keep(originals)
    with pytest.raises(ValueError, match="not kept in this session"):
        Originals(FolderStore(folder), WRAPPING).delete(sealed.name)
    originals.delete(sealed.name)
    assert files(folder) == []


def test_a_sweep_beside_a_keep_spares_it(originals: Originals, folder: Path) -> None:
    unsettled = originals.seal(io.BytesIO(PHOTO).readinto, expected=len(PHOTO))
    settled = keep(originals)
    swept = originals.sweeping(lambda _: []).go_on()
    assert (swept.unfinished, swept.set_aside) == (0, ())
    assert originals.settle(unsettled).name != settled.name
    next_session = Originals(FolderStore(folder), WRAPPING)
    later = next_session.sweeping(lambda _: [settled.name]).go_on()
    assert later.set_aside == (unsettled.sealed.name,)
    assert originals.read(settled) == PHOTO


MEMORY = """
import resource, sys
from pathlib import Path
from desktop.records.vault.folder_store import FolderStore
from desktop.records.vault.originals import Originals

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

def read(into):
    into[:8] = b"whatever"
    return len(into)

originals = Originals(FolderStore(Path(sys.argv[1])), bytearray(32))
originals.check(originals.keep(read, expected=1_000_000))
before = peak()
size = 200 * 2**20
assert originals.check(originals.keep(read, expected=size)) is None
print(peak() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read in Linux's units")
def test_a_film_takes_no_more_memory_than_a_photo(folder: Path) -> None:
    child = subprocess.run(
        [sys.executable, "-c", MEMORY, str(folder)], capture_output=True, text=True, check=True
    )
    assert int(child.stdout) < 8 * 1024, "KiB"
