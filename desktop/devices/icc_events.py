"""How macOS calls back about cameras: **not proven**, written from its headers, never run."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from desktop.devices.object_port import Fault, PortError

_TURN_SECONDS: Final = 0.05
_PASSCODE_LOCKED: Final = -9943  # locked, or it does not trust this computer


def turn(seconds: float, *, until: Callable[[], bool], alive: Callable[[], None]) -> bool:
    """Let the framework call back until something is so, at most for `seconds`; whether it is."""
    from Foundation import NSDate, NSDefaultRunLoopMode, NSRunLoop

    end = time.monotonic() + seconds
    while True:
        moment = NSDate.dateWithTimeIntervalSinceNow_(_TURN_SECONDS)
        NSRunLoop.currentRunLoop().runMode_beforeDate_(NSDefaultRunLoopMode, moment)
        alive()
        if until():
            return True
        if time.monotonic() > end:
            return False


def port_error(error: Any) -> PortError:
    """What the framework's error means."""
    code = int(error.code())
    return PortError(
        Fault.LOCKED if code == _PASSCODE_LOCKED else Fault.OTHER, f"macOS error {code}"
    )


def wall_time(seconds: float) -> datetime:
    """The framework took the device's wall time for the Mac's local time; so it is turned back."""
    return datetime.fromtimestamp(seconds, tz=UTC).astimezone().replace(tzinfo=None)


def new_delegate() -> Any:
    """An object that hears of a device and writes it down: `is_ready`, `is_gone`, `error`, and
    `removed`, how many items left its catalogue."""
    told = _delegate_class().alloc().init()
    told.is_ready, told.is_gone, told.error, told.removed = False, False, None, 0
    return told


@cache
def _delegate_class() -> Any:
    """Made once in a process: a class of Objective-C has its name for itself."""
    import objc
    from Foundation import NSObject

    names = ("ICDeviceBrowserDelegate", "ICDeviceDelegate", "ICCameraDeviceDelegate")
    heard = {
        "deviceDidBecomeReadyWithCompleteContentCatalog_": _ready,
        "didRemoveDevice_": _gone,
        "device_didOpenSessionWithError_": _opened,
        "device_didEncounterError_": _opened,
        "cameraDevice_didRemoveItems_": _removed,
    }
    unheard = {
        "device_didCloseSessionWithError_": lambda _self, _device, _error: None,
        "deviceBrowser_didAddDevice_moreComing_": lambda _self, _browser, _device, _more: None,
        "deviceBrowser_didRemoveDevice_moreGoing_": lambda _self, _browser, _device, _more: None,
        "cameraDevice_didAddItems_": lambda _self, _device, _items: None,
        "cameraDevice_didRenameItems_": lambda _self, _device, _items: None,
        "cameraDevice_didReceivePTPEvent_": lambda _self, _device, _data: None,
        "cameraDeviceDidChangeCapability_": lambda _self, _device: None,
        "cameraDeviceDidRemoveAccessRestriction_": lambda _self, _device: None,
        "cameraDeviceDidEnableAccessRestriction_": lambda _self, _device: None,
    }
    protocols = {"protocols": [objc.protocolNamed(name) for name in names]}
    return type(NSObject)("ChartroomDeviceDelegate", (NSObject,), {**heard, **unheard}, **protocols)


def _ready(self: Any, _device: Any) -> None:
    self.is_ready = True


def _gone(self: Any, _device: Any) -> None:
    self.is_gone = True


def _opened(self: Any, _device: Any, error: Any) -> None:
    self.error = error or self.error


def _removed(self: Any, _device: Any, items: Any) -> None:
    self.removed += len(items)
