"""PTP datasets packed as ISO 15740 lays them out, and the codes that the test camera uses."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from tests.unit.devices.ptp_card import EVERYTHING, Card, Stored


class Operation(IntEnum):
    """Operation codes (ISO 15740, 10.5; the last is Android's)."""

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
    GET_PARTIAL_OBJECT_64 = 0x95C1


class Response(IntEnum):
    """Response codes (ISO 15740, 11.2)."""

    OK = 0x2001
    GENERAL_ERROR = 0x2002
    OPERATION_NOT_SUPPORTED = 0x2005
    INVALID_OBJECT_HANDLE = 0x2009
    OBJECT_WRITE_PROTECTED = 0x200D
    STORE_READ_ONLY = 0x200E
    ACCESS_DENIED = 0x200F
    NO_THUMBNAIL_PRESENT = 0x2010
    PARTIAL_DELETION = 0x2012


class Event(IntEnum):
    """Event codes (ISO 15740, 12.3)."""

    OBJECT_ADDED = 0x4002
    OBJECT_REMOVED = 0x4003
    STORE_ADDED = 0x4004
    STORE_REMOVED = 0x4005


_READ_ONLY_STORE = 1


@dataclass(kw_only=True)
class Make:
    """What the camera says of itself. `extension` names a vendor's additions to PTP."""

    manufacturer: str = "Canon Inc."
    model: str = "Test camera"
    serial: str = "SN0001"
    extension: str = ""
    operations: list[int] = field(
        default_factory=lambda: [
            int(code) for code in Operation if code is not Operation.GET_PARTIAL_OBJECT_64
        ]
    )


def android() -> Make:
    """A phone that speaks MTP with Android's additions: reads beyond 4 GiB."""
    return Make(
        manufacturer="Test phones",
        model="Test phone",
        extension="microsoft.com: 1.0; android.com: 1.0;",
        operations=[int(code) for code in Operation],
    )


def text(value: str) -> bytes:
    """A PTP string: number of characters with the final zero, then UTF-16 (5.3.2.5)."""
    if not value:
        return b"\0"
    encoded = (value + "\0").encode("utf-16-le")
    return bytes([len(encoded) // 2]) + encoded


def numbers(values: Sequence[int], *, size: str = "I") -> bytes:
    """A PTP array of unsigned integers: a count, then the values."""
    return struct.pack(f"<I{len(values)}{size}", len(values), *values)


def device_info(make: Make, operations: Sequence[int]) -> bytes:
    """DeviceInfo (5.5.1)."""
    microsoft = 6
    return b"".join(
        (
            struct.pack("<HIH", 100, microsoft if make.extension else 0, 100),
            text(make.extension),
            struct.pack("<H", 0),
            numbers(operations, size="H"),
            numbers(list(Event), size="H"),
            numbers([], size="H"),
            numbers([], size="H"),
            numbers([0x3801], size="H"),
            text(make.manufacturer),
            text(make.model),
            text("1.0"),
            text(make.serial),
        )
    )


def storage_info(card: Card, *, used: int, read_only: bool) -> bytes:
    """StorageInfo (5.5.3): a removable card of 32 GiB with a DCF tree."""
    capacity = 32 << 30
    access = _READ_ONLY_STORE if read_only else 0
    return (
        struct.pack("<HHHQQI", 4, 3, access, capacity, capacity - used, EVERYTHING)
        + text("SD card")
        + text(card.label)
    )


def object_info(stored: Stored, *, parent: int, protected: bool) -> bytes:
    """ObjectInfo (5.5.2). A size that does not fit is the largest that does, as MTP says."""
    size = len(stored.data) if stored.said_size is None else stored.said_size
    has_thumbnail = bool(stored.thumbnail)
    return (
        struct.pack(
            "<IHHIHIIIIIIIHII",
            stored.store,
            stored.format_code,
            1 if protected else 0,
            min(size, EVERYTHING),
            0x3801 if has_thumbnail else 0,
            len(stored.thumbnail),
            160 if has_thumbnail else 0,
            120 if has_thumbnail else 0,
            0,
            0,
            0,
            parent,
            1 if stored.is_folder else 0,
            0,
            0,
        )
        + text(stored.name)
        + text(stored.modified)
        + text(stored.modified)
        + text("")
    )
