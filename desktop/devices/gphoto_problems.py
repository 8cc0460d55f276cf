"""What a driver's error number means to a person: one table for devices, one for single items."""

import gphoto2 as gp

from desktop.devices.gphoto_session import DriverError
from desktop.devices.problems import (
    AccessDenied,
    ItemGone,
    ItemUnreadable,
    SourceBusy,
    SourceGone,
    SourceLocked,
    SourceUnreadable,
    SourceUnsupported,
)
from desktop.devices.untrusted_names import shown
from desktop.problem import Problem

_GONE = frozenset(
    {
        gp.GP_ERROR_IO,
        gp.GP_ERROR_IO_INIT,
        gp.GP_ERROR_IO_READ,
        gp.GP_ERROR_IO_WRITE,
        gp.GP_ERROR_IO_UPDATE,
        gp.GP_ERROR_IO_USB_FIND,
        gp.GP_ERROR_IO_USB_CLEAR_HALT,
        gp.GP_ERROR_MODEL_NOT_FOUND,
        gp.GP_ERROR_TIMEOUT,
        gp.GP_ERROR_UNKNOWN_PORT,
    }
)
_BUSY = frozenset({gp.GP_ERROR_IO_USB_CLAIM, gp.GP_ERROR_CAMERA_BUSY, gp.GP_ERROR_IO_LOCK})
_NOT_THERE = frozenset(
    {gp.GP_ERROR_FILE_NOT_FOUND, gp.GP_ERROR_DIRECTORY_NOT_FOUND, gp.GP_ERROR_BAD_PARAMETERS}
)
_DENIED = "Access Denied"  # told by the callback only; the number is then a plain -1


def source_problem(error: DriverError, source: str) -> Problem:
    """The problem of a device that would not open, or not say what it holds."""
    if error.code in _GONE:
        return SourceGone(source=source)
    if error.code in _BUSY:
        return SourceBusy(source=source)
    if _DENIED in error.text:
        return SourceLocked(source=source)
    if error.code == gp.GP_ERROR_NOT_SUPPORTED:
        return SourceUnsupported(source=source)
    return SourceUnreadable(source=source, reason=words_of(error))


def item_problem(error: DriverError, source: str, name: str) -> Problem:
    """The problem of one file, or of the whole device where the error says that it left."""
    if error.code in _GONE:
        return SourceGone(source=source)
    if error.code in _BUSY:
        return SourceBusy(source=source)
    if _DENIED in error.text:
        return AccessDenied(name=name)
    if error.code in _NOT_THERE:
        return ItemGone(name=name)
    return ItemUnreadable(name=name, reason=words_of(error))


def words_of(error: DriverError) -> str:
    """What the driver says, for a person: short, on one line, with its number for support."""
    if error.code == gp.GP_ERROR_NOT_SUPPORTED:
        return "its driver cannot hand over files of this kind"
    text = shown(error.text).strip().rstrip(".")
    return f"{text[:120] or 'no reason given'}, error {error.code}"
