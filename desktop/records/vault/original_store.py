"""Where sealed originals may lie: six verbs that a folder, and later an object store, can do."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Protocol

from desktop.problem import Problem
from desktop.records.vault.sealing import SealedBytes

KnownIn = Callable[[str], Collection[str]]
"""Which originals on record have a name that begins so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredOriginal:
    """What a store knows of an original: its name and its sealed bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """What a sweep did: unfinished originals deleted, whole ones set aside and brought back.

    `doubt` says why originals without a row were left where they are, if they were. Until it
    `is_over`, nothing is set aside and nothing doubted.
    """

    unfinished: int = 0
    set_aside: tuple[str, ...] = ()
    brought_back: tuple[str, ...] = ()
    doubt: Problem | None = None
    is_over: bool = True


class Sweep(Protocol):
    """A clearing away that can be done in parts, beside keeps and reads, from any thread."""

    @property
    def swept(self) -> Swept:
        """What was done so far."""
        ...

    def go_on(
        self, *, most: int | None = None, stopped: Callable[[], bool] = lambda: False
    ) -> Swept:
        """Go on until it is over, about `most` originals were looked at, or it is stopped."""
        ...


class PendingOriginal(Protocol):
    """An original on its way into a store. Nobody can get it before `finish` returns."""

    def write(self, piece: bytes | memoryview) -> None:
        """Add all of `piece`. Raises DiskFull, TooBigForDrive or DiskFailed."""
        ...

    def read_at(self, start: int, buffer: memoryview) -> int:
        """Fill `buffer` with what was added, from `start` on; fewer bytes only at the end. Raises
        DiskFailed."""
        ...

    def finish(self) -> None:
        """Return once it lies whole and durable under its name. Raises as `write` does."""
        ...

    def abandon(self) -> None:
        """Leave nothing of it. Safe at any time; does nothing once finished."""
        ...


class OriginalStore(Protocol):
    """Keeps sealed originals under random names. Every verb blocks, may be called from any thread,
    and raises DiskFailed for what the drive does. A name is 32 lower-case hexadecimal digits;
    another raises ValueError. Names are never given twice, so nothing is ever overwritten."""

    @property
    def place(self) -> str:
        """What a person calls where it all lies: the drive, or the server."""
        ...

    def put(self, name: str) -> PendingOriginal:
        """Begin an original."""
        ...

    def get(self, name: str, *, cold: bool = False) -> SealedBytes:
        """Open an original; `cold` asks for what the drive holds, not what the system remembers.
        Raises OriginalMissing."""
        ...

    def get_range(self, name: str, start: int, length: int) -> bytes:
        """`length` bytes from `start` on, fewer only at the end. Raises OriginalMissing."""
        ...

    def delete(self, name: str) -> None:
        """See that there is no such original, whether or not there was one."""
        ...

    def list(self) -> Iterator[str]:
        """The names of all finished originals, in no order."""
        ...

    def head(self, name: str) -> StoredOriginal:
        """What is known without reading it. Raises OriginalMissing."""
        ...

    def sweeping(self, *, known_in: KnownIn, spared: Collection[str]) -> Sweep:
        """Housekeeping beside the six: clear away what no row names, without ever deleting a whole
        original. Names in `spared` and whatever is being put are left alone, also later ones. What
        an earlier sweep set aside and a row names is back when this returns."""
        ...
