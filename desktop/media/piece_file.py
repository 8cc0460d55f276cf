"""A file that a muxer writes to in the worker, which may open none: pieces with their places."""

import io
from collections.abc import Callable

PLACE = 8
"""So many bytes before each piece say where in the file it belongs, big end first."""

_AT_ONCE = 1024 * 1024


class PieceFile(io.RawIOBase):
    """Hands on what is written, in order of writing; a muxer comes back to fill in a length."""

    def __init__(self, send: Callable[[bytes], object]) -> None:
        super().__init__()
        self._send = send
        self._held = bytearray()
        self._start = 0
        self.size = 0

    def write(self, data: object) -> int:
        """As of any raw file; all of it is taken."""
        some = bytes(data)  # type: ignore[call-overload]
        self._held += some
        self.size = max(self.size, self.tell())
        if len(self._held) >= _AT_ONCE:
            self.flush()
        return len(some)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As of any file."""
        base = {io.SEEK_CUR: self.tell(), io.SEEK_END: self.size}.get(whence, 0)
        self.flush()
        self._start = base + offset
        return self._start

    def tell(self) -> int:
        """Where the next byte goes."""
        return self._start + len(self._held)

    def flush(self) -> None:
        """Hand on what is held."""
        if self._held:
            self._send(self._start.to_bytes(PLACE, "big") + bytes(self._held))
            self._start += len(self._held)
            self._held.clear()

    def start_over(self) -> None:
        """Forget what was written: the next byte is the first one again."""
        self._held.clear()
        self._start = self.size = 0

    def writable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """True."""
        return True
