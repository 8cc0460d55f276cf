"""A place for originals whose drive fails once, in a call that a test chooses."""

from collections.abc import Collection, Iterator

from desktop.records.vault.original_store import (
    KnownIn,
    OriginalStore,
    PendingOriginal,
    StoredOriginal,
    Sweep,
)
from desktop.records.vault.problems import DiskFailed
from desktop.records.vault.sealing import SealedBytes


class FailingStore:
    """An OriginalStore over a real one. The call of this number gets an I/O error; later ones work,
    as on a drive with one bad moment."""

    def __init__(self, real: OriginalStore, *, fail_at: int) -> None:
        self._real, self._left = real, fail_at
        self.failed = False

    @property
    def place(self) -> str:
        return self._real.place

    def put(self, name: str) -> PendingOriginal:
        self.count()
        return _FailingPending(self._real.put(name), self)

    def get(self, name: str, *, cold: bool = False) -> SealedBytes:
        self.count()
        return self._real.get(name, cold=cold)

    def get_range(self, name: str, start: int, length: int) -> bytes:
        self.count()
        return self._real.get_range(name, start, length)

    def delete(self, name: str) -> None:
        self.count()
        self._real.delete(name)

    def list(self) -> Iterator[str]:
        return self._real.list()

    def head(self, name: str) -> StoredOriginal:
        return self._real.head(name)

    def sweeping(self, *, known_in: KnownIn, spared: Collection[str]) -> Sweep:
        return self._real.sweeping(known_in=known_in, spared=spared)

    def count(self) -> None:
        """One more call reached the drive."""
        self._left -= 1
        if self._left == 0:
            self.failed = True
            raise DiskFailed(drive=self.place, reason="Input/output error")


class _FailingPending:
    def __init__(self, real: PendingOriginal, store: FailingStore) -> None:
        self._real, self._store = real, store

    def write(self, piece: bytes | memoryview) -> None:
        self._store.count()
        self._real.write(piece)

    def read_at(self, start: int, buffer: memoryview) -> int:
        self._store.count()
        return self._real.read_at(start, buffer)

    def finish(self) -> None:
        self._store.count()
        self._real.finish()

    def abandon(self) -> None:
        self._real.abandon()
