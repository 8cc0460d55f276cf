"""Sealed originals on their way from one store to another, and the sums of what lies there."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop.records.vault.durable import disk_faults_told, sync_file
from desktop.records.vault.folder_store import FolderStore
from desktop.records.vault.original_store import OriginalStore
from desktop.records.vault.problems import OriginalDamaged

_BLOCK = 1 << 20


def copy_sealed(
    name: str,
    *,
    source: OriginalStore,
    target: FolderStore,
    before_finish: Callable[[], None] = lambda: None,
    each_block: Callable[[int], None] = lambda _length: None,
) -> bytes:
    """Copy an original as it lies, durable under its name; SHA-256 of its sealed bytes.

    Nothing proves yet that it unseals. `each_block` hears the length of each block; what it raises
    stops the copy. `before_finish` runs when all is written, before it gets its name. Raises
    OriginalMissing, DiskFull, TooBigForDrive or DiskFailed, and then leaves nothing.
    """
    digest, block = hashlib.sha256(), memoryview(bytearray(_BLOCK))
    sealed = source.get(name, cold=True)
    with ExitStack() as always, ExitStack() as on_failure:
        always.callback(sealed.close)
        target.drop_part(name)
        pending = target.put(name)
        on_failure.callback(pending.abandon)
        done = 0
        while done < sealed.size:
            got = sealed.read_at(done, block[: min(_BLOCK, sealed.size - done)])
            if not got:
                raise OriginalDamaged(name=name, where="it ends early")
            each_block(got)
            digest.update(block[:got])
            pending.write(block[:got])
            done += got
        before_finish()
        pending.finish()
        on_failure.pop_all()
    return digest.digest()


def sum_of_sealed(name: str, *, store: OriginalStore) -> bytes:
    """SHA-256 of the sealed bytes of an original as the drive has them. Raises as `get` does."""
    digest, block = hashlib.sha256(), memoryview(bytearray(_BLOCK))
    sealed = store.get(name, cold=True)
    try:
        done = 0
        while got := sealed.read_at(done, block[: min(_BLOCK, sealed.size - done)]):
            digest.update(block[:got])
            done += got
    finally:
        sealed.close()
    return digest.digest()


class EarlierSums:
    """The sums of an earlier generation, asked for in the order of the names.

    What cannot be read or believed is as if it were not there: such an original is read again.
    """

    def __init__(self, path: Path | None) -> None:
        self._lines = _lines(path) if path and path.is_file() else iter(())
        self._at: tuple[str, bytes] | None = ("", b"")

    def of(self, name: str) -> bytes | None:
        """The sum of this original, or None. Names must be asked for in ascending order."""
        while self._at is not None and self._at[0] < name:
            self._at = next(self._lines, None)
        return self._at[1] if self._at is not None and self._at[0] == name else None


def _lines(path: Path) -> Iterator[tuple[str, bytes]]:
    with disk_faults_told(path.parent), path.open(encoding="ascii", errors="replace") as file:
        for line in file:
            sum_, _, place = line.rstrip("\n").partition("  ")
            try:
                yield place.rpartition("/")[2], bytes.fromhex(sum_)
            except ValueError:
                return


class SumsFile:
    """Writes the sums of a generation, in the form that `sha256sum -c` reads."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("x", encoding="ascii", newline="\n")

    def add(self, name: str, sum_: bytes) -> None:
        """Note an original that lies in the backup."""
        self._file.write(f"{sum_.hex()}  ../../originals/{name[:2]}/{name}\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._file:
            if kind is None:
                self._file.flush()
                sync_file(self._file.fileno())
