"""The untrusted file as the worker sees it: in memory, or fetched through the pipe bit by bit."""

import io
from collections.abc import Callable

BLOCK = 256 * 1024
_MOST_AHEAD = 4 * 1024 * 1024
_KEPT_BLOCKS = 64

Fetch = Callable[[int, int], bytes]


class WorkerFile(io.RawIOBase):
    """One untrusted file, seekable. What was read lately is kept, at most 16 MiB of it.

    `size` is in bytes. Wrap it in nothing: it has blocks of its own. A job may keep it for the jobs
    that follow, as long as whoever asks hands over the same file with each.
    """

    def __init__(self, size: int, *, whole: bytes | None = None, fetch: Fetch | None = None):
        super().__init__()
        self.size = size
        self._whole = whole
        self._fetch = fetch
        self._at = 0
        self._blocks: dict[int, bytes] = {}
        self._last = -2

    @property
    def is_shown(self) -> bool:
        """Whether who asks has all of it at hand, so that an answer may name places in it."""
        return self._whole is not None

    def head(self, length: int) -> bytes:
        """The first bytes; where the file stands does not change."""
        return self._between(0, min(length, self.size))

    def whole(self) -> bytes:
        """All of it."""
        return self._whole if self._whole is not None else self._between(0, self.size)

    def read(self, size: int | None = -1) -> bytes:
        """As of any file, but always as many bytes as there are up to `size`."""
        end = self.size if size is None or size < 0 else min(self._at + size, self.size)
        found = self._between(self._at, end) if end > self._at else b""
        self._at += len(found)
        return found

    def readinto(self, into: object) -> int:
        """As of any raw file."""
        view = memoryview(into).cast("B")  # type: ignore[arg-type]
        found = self.read(len(view))
        view[: len(found)] = found
        return len(found)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As of any file."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}.get(whence)
        if start is None or start + offset < 0:
            raise ValueError("no such place in a file")
        self._at = start + offset
        return self._at

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._at

    def readable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """True."""
        return True

    def _between(self, start: int, end: int) -> bytes:
        if self._whole is not None:
            return self._whole[start:end]
        first, last = start // BLOCK, (end - 1) // BLOCK
        if last - first > _KEPT_BLOCKS // 2:  # a long piece would only push out what is kept
            return b"".join(
                self._got(at, min(_MOST_AHEAD, end - at)) for at in range(start, end, _MOST_AHEAD)
            )
        joined = b"".join(self._block(number) for number in range(first, last + 1))
        return joined[start - first * BLOCK : end - first * BLOCK]

    def _block(self, number: int) -> bytes:
        found = self._blocks.pop(number, None)
        if found is None:
            # who reads on will read on: a sequential reader gets more at once
            ahead = _MOST_AHEAD // BLOCK if number == self._last + 1 else 1
            some = self._got(number * BLOCK, min(ahead * BLOCK, self.size - number * BLOCK))
            for place in range(0, len(some), BLOCK):
                self._blocks[number + place // BLOCK] = some[place : place + BLOCK]
            found = self._blocks.pop(number, b"")
            while len(self._blocks) >= _KEPT_BLOCKS:
                self._blocks.pop(next(iter(self._blocks)))
        self._blocks[number] = found
        self._last = number
        return found

    def _got(self, offset: int, length: int) -> bytes:
        if self._fetch is None:
            raise OSError("nobody to fetch from")
        return self._fetch(offset, length)
