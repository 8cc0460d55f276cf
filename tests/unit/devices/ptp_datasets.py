"""PTP datasets packed as ISO 15740 lays them out, and the codes that the test camera uses."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum


class Operation(IntEnum):
    """Operation codes (ISO 15740, 10.5)."""

    GET_DEVICE_INFO = 0x1001
    OPEN_SESSION = 0x1002
    CLOSE_SESSION = 0x1003
    GET_STORAGE_IDS = 0x1004
    GET_STORAGE_INFO = 0x1005
    GET_NUM_OBJECTS = 0x1006
    GET_OBJECT_HANDLES = 0x1007
    GET_OBJECT_INFO = 0x1008
    GET_OBJECT = 0x1009
    GET_THUMB = 0x100A
    DELETE_OBJECT = 0x100B
    GET_PARTIAL_OBJECT = 0x101B


class Response(IntEnum):
    """Response codes (ISO 15740, 11.2)."""

    OK = 0x2001
    GENERAL_ERROR = 0x2002
    OPERATION_NOT_SUPPORTED = 0x2005
    INVALID_OBJECT_HANDLE = 0x2009
    ACCESS_DENIED = 0x200F
    NO_THUMBNAIL_PRESENT = 0x2010


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


@dataclass(kw_only=True)
class Stored:
    """A file on the camera, or a folder where `content` is None. `parent` 0 is the root.

    `said_size` is what ObjectInfo claims where that is not the truth.
    """

    name: str
    parent: int = 0
    content: bytes | None = None
    thumbnail: bytes = b""
    modified: str = "20260302T090000"
    said_size: int | None = None

    @property
    def data(self) -> bytes:
        return self.content or b""

    @property
    def format_code(self) -> int:
        if self.content is None:
            return _ASSOCIATION
        return _FORMATS.get(self.name.rpartition(".")[2].lower(), _UNDEFINED)


@dataclass(kw_only=True)
class Make:
    """What the camera says of itself."""

    manufacturer: str = "Canon Inc."
    model: str = "Test camera"
    serial: str = "SN0001"
    operations: list[int] = field(default_factory=lambda: [int(code) for code in Operation])


def text(value: str) -> bytes:
    """A PTP string: number of characters with the final zero, then UTF-16 (5.3.2.5)."""
    if not value:
        return b"\0"
    encoded = (value + "\0").encode("utf-16-le")
    return bytes([len(encoded) // 2]) + encoded


def numbers(values: Sequence[int], *, size: str = "I") -> bytes:
    """A PTP array of unsigned integers: a count, then the values."""
    return struct.pack(f"<I{len(values)}{size}", len(values), *values)


def device_info(make: Make) -> bytes:
    """DeviceInfo (5.5.1)."""
    return b"".join(
        (
            struct.pack("<HIH", 100, 0, 100),
            text(""),
            struct.pack("<H", 0),
            numbers(make.operations, size="H"),
            numbers([], size="H"),
            numbers([], size="H"),
            numbers([], size="H"),
            numbers([0x3801], size="H"),
            text(make.manufacturer),
            text(make.model),
            text("1.0"),
            text(make.serial),
        )
    )


def storage_info(*, used: int) -> bytes:
    """StorageInfo (5.5.3): a removable card of 32 GiB with a DCF tree."""
    capacity = 32 << 30
    return (
        struct.pack("<HHHQQI", 4, 3, 0, capacity, capacity - used, EVERYTHING)
        + text("SD card")
        + text("CARD")
    )


def object_info(stored: Stored) -> bytes:
    """ObjectInfo (5.5.2)."""
    size = len(stored.data) if stored.said_size is None else stored.said_size
    has_thumbnail = bool(stored.thumbnail)
    return (
        struct.pack(
            "<IHHIHIIIIIIIHII",
            STORE,
            stored.format_code,
            0,
            min(size, EVERYTHING),
            0x3801 if has_thumbnail else 0,
            len(stored.thumbnail),
            160 if has_thumbnail else 0,
            120 if has_thumbnail else 0,
            0,
            0,
            0,
            stored.parent,
            1 if stored.content is None else 0,
            0,
            0,
        )
        + text(stored.name)
        + text(stored.modified)
        + text(stored.modified)
        + text("")
    )
