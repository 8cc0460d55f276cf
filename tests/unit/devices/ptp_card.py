"""What lies on the test camera's cards: folders, files, and files too large to be kept anywhere."""

import struct
from dataclasses import dataclass

STORE = 0x00010001
EVERYTHING = 0xFFFFFFFF
_ASSOCIATION = 0x3001
_UNDEFINED = 0x3000
_FORMATS = {
    "jpg": 0x3801,
    "png": 0x380B,
    "tif": 0x380D,
    "wav": 0x3008,
    "mp3": 0x3009,
    "avi": 0x300A,
    "mp4": 0xB982,
}
_BLOCK = 4096


class Pattern:
    """So many bytes that are made when they are asked for, each block of 4,096 telling its place,
    so that one that went astray is found out; or zeros where it is `blank`. Sliced like bytes.
    """

    def __init__(self, size: int, *, blank: bool = False) -> None:
        self._size = size
        self._blank = blank

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, wanted: slice) -> bytes:
        start, stop, _ = wanted.indices(self._size)
        if self._blank:
            return bytes(max(0, stop - start))
        first, last = start // _BLOCK, -(-stop // _BLOCK)
        blocks = b"".join(struct.pack("<Q", place) * (_BLOCK // 8) for place in range(first, last))
        return blocks[start - first * _BLOCK : max(stop, start) - first * _BLOCK]


@dataclass(kw_only=True)
class Card:
    """One storage."""

    label: str = "CARD"


@dataclass(kw_only=True)
class Stored:
    """A file on the camera, or a folder where `content` is None. `parent` 0 is the root.

    `said_size` is what ObjectInfo claims where that is not the truth.
    """

    name: str
    parent: int = 0
    store: int = STORE
    content: bytes | Pattern | None = None
    thumbnail: bytes = b""
    modified: str = "20260302T090000"
    said_size: int | None = None

    @property
    def is_folder(self) -> bool:
        return self.content is None

    @property
    def data(self) -> bytes | Pattern:
        return b"" if self.content is None else self.content

    @property
    def format_code(self) -> int:
        if self.content is None:
            return _ASSOCIATION
        return _FORMATS.get(self.name.rpartition(".")[2].lower(), _UNDEFINED)
