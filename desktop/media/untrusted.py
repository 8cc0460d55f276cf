"""Bytes from outside, as they are handed towards the worker: never decoded on this side."""

from typing import Protocol


class Seekable(Protocol):
    """A stored original as a file, for example the vault's own reader."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """As of any file."""
        ...

    def readinto(self, into: bytearray | memoryview, /) -> int | None:
        """As of any raw file: some bytes, at least one unless it is at its end."""
        ...


class Untrusted:
    """The bytes of one file, in memory or behind a reader. Used by one job at a time."""

    def __init__(self, source: bytes | Seekable, *, size: int | None = None) -> None:
        """`size` in bytes is to be given with a reader, and is that of the whole file."""
        self._source = source
        if isinstance(source, bytes):
            self.size = len(source)
        elif size is None:
            raise ValueError("a reader does not say its size")
        else:
            self.size = size

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer only at the end. Raises what the reader raises
        (for a stored original OriginalDamaged and DiskFailed)."""
        offset = min(max(offset, 0), self.size)
        length = min(max(length, 0), self.size - offset)
        if isinstance(self._source, bytes):
            return self._source[offset : offset + length]
        into = bytearray(length)
        return bytes(into[: _fill(self._source, memoryview(into), offset)])

    def read_into(self, room: memoryview) -> int:
        """Lay the file into `room` from its first byte on, and return how much of it there is.
        Raises as `read_at` does."""
        if isinstance(self._source, bytes):
            some = self._source[: len(room)]
            room[: len(some)] = some
            return len(some)
        return _fill(self._source, room, 0)

    def head(self, length: int) -> bytes:
        """The first bytes."""
        return self.read_at(0, length)

    def whole(self) -> bytes:
        """All of it, in memory."""
        return self._source if isinstance(self._source, bytes) else self.read_at(0, self.size)


def _fill(source: Seekable, room: memoryview, offset: int) -> int:
    source.seek(offset)
    done = 0
    while done < len(room) and (some := source.readinto(room[done:])):
        done += some
    return done


AnyBytes = Untrusted | bytes


def as_untrusted(source: AnyBytes) -> Untrusted:
    """The same bytes, as every job takes them."""
    return Untrusted(source) if isinstance(source, bytes) else source
