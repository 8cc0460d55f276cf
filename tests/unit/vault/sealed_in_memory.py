"""Sealed originals in memory, for tests that change their bytes."""

from collections.abc import Callable

from desktop.records.vault.sealing import Buffers, SealedReader, Sealing

KEY = bytearray(range(32))
NAME = "00112233445566778899aabbccddeeff"


class MemoryBytes:
    """Sealed bytes that lie nowhere."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.is_closed = False

    @property
    def size(self) -> int:
        return len(self.content)

    def read_at(self, start: int, buffer: memoryview) -> int:
        piece = self.content[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self.is_closed = True


def pattern(size: int) -> bytes:
    """Bytes that differ from place to place, so that no two segments are alike."""
    return b"".join(n.to_bytes(4, "big") for n in range(size // 4 + 1))[:size]


def seal(plain: bytes, *, key: bytearray = KEY, name: str = NAME) -> bytes:
    """All segments of `plain`, sealed, behind their header."""
    sealing, room = Sealing(key=key, name=name, size=len(plain)), Buffers().sealed
    out = [sealing.header]
    done = 0
    while (length := sealing.next_length) is not None:
        out.append(bytes(sealing.seal(memoryview(plain)[done : done + length], room)))
        done += length
    return b"".join(out)


def reader(content: bytes, size: int, *, key: bytearray = KEY, name: str = NAME) -> SealedReader:
    """A reader of sealed bytes."""
    return SealedReader(MemoryBytes(content), key=key, name=name, size=size)


Change = Callable[[bytes], bytes]
