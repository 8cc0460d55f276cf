"""The format of a sealed original: AES-256-GCM in segments (the STREAM construction).

A header of 32 bytes: magic `CRSO`, version 1, algorithm 1, log2 of the segment size, 0, a nonce
prefix of 7 random bytes, 0, and the 16 bytes of the name. Then segments of 256 KiB of plaintext,
the last one shorter, each with its 16-byte tag. The nonce of a segment is the prefix, its number in
4 bytes, and 1 for the last or 0; the header is the associated data of each. So a segment that was
changed, moved, left out or brought from elsewhere is found, and so is a cut between two segments.
A key seals one original once: every attempt draws a new key, prefix and name.
"""

import io
import os
import secrets
import struct
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.records.vault.problems import OriginalDamaged
from desktop.records.vault.wipe import wipe

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

SEGMENT = 256 * 1024
TAG = 16
HEADER = 32
_MAGIC = b"CRSO" + bytes((1, 1, SEGMENT.bit_length() - 1, 0))
_PREFIX_BYTES = 7


def segments_of(size: int) -> int:
    """How many segments an original of `size` bytes has; an empty one has an empty segment."""
    return max(1, -(-size // SEGMENT))


def sealed_size(size: int) -> int:
    """The bytes on disk of an original of `size` bytes."""
    return HEADER + size + TAG * segments_of(size)


class Buffers:
    """Room for one segment, plain and sealed, to be used again and again."""

    def __init__(self) -> None:
        self._plain = bytearray(SEGMENT)
        self.plain = memoryview(self._plain)
        self.sealed = memoryview(bytearray(SEGMENT + TAG))

    def wipe(self) -> None:
        """Leave no plaintext behind."""
        wipe(self._plain)


class BufferPool:
    """Lends buffers to whoever seals or reads, in any thread, and keeps a few for the next."""

    def __init__(self, *, keep: int = 4) -> None:
        self._free: deque[Buffers] = deque(maxlen=keep)

    def take(self) -> Buffers:
        """Buffers that nobody else holds."""
        try:
            return self._free.pop()
        except IndexError:
            return Buffers()

    def give_back(self, buffers: Buffers) -> None:
        """Wipe buffers and keep them for the next taker."""
        buffers.wipe()
        self._free.append(buffers)


class Sealing:
    """Seals one original of a known size, segment by segment, in order."""

    def __init__(self, *, key: bytearray, name: str, size: int) -> None:
        """Copies `key`. `name` is 32 hexadecimal digits."""
        prefix = secrets.token_bytes(_PREFIX_BYTES)
        self.header = _MAGIC + prefix + b"\0" + bytes.fromhex(name)
        self._gcm = AESGCM(key)
        self._prefix = prefix
        self._next = 0
        self._rest = size

    @property
    def next_length(self) -> int | None:
        """The plaintext bytes of the next segment, or None after the last."""
        if self._rest == 0 and self._next > 0:
            return None
        return min(SEGMENT, self._rest)

    def seal(self, plain: memoryview, room: memoryview) -> memoryview:
        """The next segment, sealed into `room`. `plain` is `next_length` long."""
        if len(plain) != self.next_length:
            raise ValueError(f"the next segment has {self.next_length} bytes, not {len(plain)}")
        self._rest -= len(plain)
        nonce = _nonce(self._prefix, self._next, last=self._rest == 0)
        out = room[: len(plain) + TAG]
        self._gcm.encrypt_into(nonce, plain, self.header, out)
        self._next += 1
        return out

    @property
    def whole_segments(self) -> int:
        """How many segments were sealed so far."""
        return self._next

    def unseal(self, index: int, sealed: memoryview, room: memoryview) -> bool:
        """Lay what `seal` made `sealed` of into `room`, if it did so as segment `index`, one before
        the last; else False, and what is in `room` is not to be used."""
        nonce = _nonce(self._prefix, index, last=False)
        try:
            self._gcm.decrypt_into(nonce, sealed, self.header, room)
        except InvalidTag:
            return False
        return True


class SealedBytes(Protocol):
    """An original as it lies in a store, open for reading."""

    @property
    def size(self) -> int:
        """Its sealed bytes."""
        ...

    def read_at(self, start: int, buffer: memoryview) -> int:
        """Fill `buffer` from `start` on; fewer bytes than asked for only at the end."""
        ...

    def close(self) -> None:
        """Let it go. Safe to call twice."""
        ...


class SealedReader(io.RawIOBase):
    """The plaintext of a sealed original, seekable. No byte is given out before its whole segment
    was authenticated. Raises OriginalDamaged for anything but what was sealed under this name."""

    def __init__(
        self,
        sealed: SealedBytes,
        *,
        key: bytearray,
        name: str,
        size: int,
        pool: BufferPool | None = None,
    ) -> None:
        """Copies `key`; closes `sealed` when it is closed, and at once if this raises."""
        self._sealed = sealed
        self._name = name
        self._pool = pool or BufferPool(keep=0)
        self._buffers = self._pool.take()
        super().__init__()
        self.size = size
        self._count = segments_of(size)
        self._at = 0
        self._loaded = -1
        self._gcm = AESGCM(key)
        try:
            self._header = self._read_header()
            if size == 0:
                self._load(0)
        except BaseException:
            self.close()
            raise

    def _read_header(self) -> bytes:
        if self._sealed.size != sealed_size(self.size):
            raise self._damaged("its length is wrong")
        into = self._buffers.sealed[:HEADER]
        self._read_exactly(0, into)
        header = bytes(into)
        if header[: len(_MAGIC)] != _MAGIC or header[16:] != bytes.fromhex(self._name):
            raise self._damaged("its header is wrong")
        return header

    def _read_exactly(self, start: int, into: memoryview) -> None:
        if self._sealed.read_at(start, into) != len(into):
            raise self._damaged("it ends early")

    def _load(self, index: int) -> memoryview:
        """Segment `index`, authenticated, in the reader's own buffer."""
        plain = self._buffers.plain[: self._length(index)]
        if index != self._loaded:
            self._loaded = -1
            self._unseal(index, plain)
            self._loaded = index
        return plain

    def _length(self, index: int) -> int:
        return min(SEGMENT, self.size - index * SEGMENT)

    def _unseal(self, index: int, into: memoryview) -> None:
        """Segment `index`, authenticated, into room of its length; zeros if it is damaged."""
        sealed = self._buffers.sealed[: len(into) + TAG]
        self._read_exactly(HEADER + index * (SEGMENT + TAG), sealed)
        nonce = _nonce(self._header[8:15], index, last=index == self._count - 1)
        try:
            self._gcm.decrypt_into(nonce, sealed, self._header, into)
        except InvalidTag:
            # the library has written the forged plaintext by then; nobody may come to read it
            into[:] = bytes(len(into))
            raise self._damaged(f"segment {index + 1} of {self._count}") from None

    def _damaged(self, where: str) -> OriginalDamaged:
        return OriginalDamaged(name=self._name, where=where)

    def segments(self) -> Iterator[memoryview]:
        """The whole plaintext from its start, a view at a time, each good until the next."""
        for index in range(self._count):
            self._check_open()
            yield self._load(index)

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """As RawIOBase: at most the rest of one segment at a time, 0 only at the end."""
        self._check_open()
        into = memoryview(buffer).cast("B")
        if self._at >= self.size or not into:
            return 0
        index, offset = divmod(self._at, SEGMENT)
        length = self._length(index)
        if offset == 0 and len(into) >= length and index != self._loaded:
            self._unseal(index, into[:length])  # who reads on is spared a copy
        else:
            piece = self._load(index)[offset : offset + len(into)]
            length = len(piece)
            into[:length] = piece
        self._at += length
        return length

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """The position in the plaintext."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """As RawIOBase; a place beyond the end is allowed and reads as the end."""
        self._check_open()
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        if start + offset < 0:
            raise ValueError("a place before the start")
        self._at = start + offset
        return self._at

    def _check_open(self) -> None:
        if self.closed:
            raise ValueError("the reader is closed")

    def close(self) -> None:
        """Wipe the plaintext that was read last, and close the sealed file."""
        if not self.closed:
            self._sealed.close()
            self._pool.give_back(self._buffers)
        super().close()


def _nonce(prefix: bytes, index: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">IB", index, last)
