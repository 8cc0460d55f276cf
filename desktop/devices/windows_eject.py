"""Ejecting on Windows: not proven, written from the manual of DeviceIoControl."""

import ctypes
import time
from typing import Any, Final

from desktop.devices.ejecting import Failed, NotAllowed, StillOpen

_READ_WRITE: Final = 0xC0000000
_SHARED: Final = 3
_OPEN_EXISTING: Final = 3
_LOCK_VOLUME: Final = 0x00090018
_DISMOUNT_VOLUME: Final = 0x00090020
_ALLOW_REMOVAL: Final = 0x002D4804
_EJECT_MEDIA: Final = 0x002D4808
_ACCESS_DENIED: Final = 5
_INVALID: Final = ctypes.c_void_p(-1).value
_TRIES: Final = 20  # as the manual of FSCTL_LOCK_VOLUME advises: others may hold it for a moment
_PAUSE_SECONDS: Final = 0.25


def eject_by_windows(drive: str) -> None:
    """Lock the volume `E:`, dismount it, and have its drive let the medium go.

    Raises StillOpen, NotAllowed, Failed.
    """
    kernel: Any = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateFileW.restype = ctypes.c_void_p
    volume = kernel.CreateFileW(
        rf"\\.\{drive[:2]}", _READ_WRITE, _SHARED, None, _OPEN_EXISTING, 0, None
    )
    if volume == _INVALID:
        denied = ctypes.get_last_error() == _ACCESS_DENIED  # type: ignore[attr-defined,unused-ignore]
        raise NotAllowed if denied else Failed("the drive cannot be opened")
    handle = ctypes.c_void_p(volume)
    try:
        _lock(kernel, handle)
        if not _control(kernel, handle, _DISMOUNT_VOLUME):
            raise Failed("the drive cannot be dismounted")
        _control(kernel, handle, _ALLOW_REMOVAL, b"\0")
        _control(kernel, handle, _EJECT_MEDIA)  # a reader that cannot eject has let go all the same
    finally:
        kernel.CloseHandle(handle)


def _lock(kernel: Any, handle: ctypes.c_void_p) -> None:
    for _ in range(_TRIES):
        if _control(kernel, handle, _LOCK_VOLUME):
            return
        time.sleep(_PAUSE_SECONDS)
    raise StillOpen


def _control(kernel: Any, handle: ctypes.c_void_p, code: int, given: bytes = b"") -> bool:
    got = ctypes.c_ulong()
    done = kernel.DeviceIoControl(
        handle, code, given or None, len(given), None, 0, ctypes.byref(got), None
    )
    return bool(done)
