"""One open camera as libgphoto2 drives it: plain calls, one exception, and the driver's own traps.

Runs in a helper process only: a driver may crash, hang, hold the GIL, or close descriptor 0.
"""

import os
import re
import sys
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

import gphoto2 as gp

from desktop.devices import never_cleared

T = TypeVar("T")
_SERIAL = re.compile(r"^\s*Serial Number:\s*(.+)$", re.MULTILINE | re.IGNORECASE)

_NETWORK = "ptpip:"
NETWORK_MODEL = "PTP/IP Camera"
"""What the driver calls any camera on the network."""
_WHOLE_IN_MEMORY = 64 << 20
_NEWS_AT_MOST = 64
WHOLE_AT_MOST = 1 << 30 if sys.platform == "linux" else _WHOLE_IN_MEMORY
"""How large a file may be that the device can only hand over in one piece: it lies in memory."""


class DriverError(Exception):
    """What libgphoto2 answered: its error number, and the text that only its callback tells."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{text} [{code}]")
        self.code = code
        self.text = text


class Bus:
    """The devices that are plugged in. Loading the list of models takes a moment: keep it."""

    def __init__(self) -> None:
        self._abilities = gp.CameraAbilitiesList()
        self._abilities.load()

    def cameras(self) -> list[tuple[str, str]]:
        """Model and port of every camera on USB now. Ports are read anew each time."""
        found = self._abilities.detect(_ports(), gp.Context())
        return [(model, port) for model, port in found.items() if port.startswith("usb:")]

    def model_at(self, port: str) -> str | None:
        """The model at this port, or None if nothing is there."""
        return next((model for model, where in self.cameras() if where == port), None)

    def open(self, model: str, port: str, alive: Callable[[], None]) -> "Session":
        """Claim the device. Raises DriverError."""
        return Session(self._abilities[self._abilities.lookup_model(model)], port, alive)


class Session:
    """One claimed camera. `alive` is called while a long call still hears from the device."""

    def __init__(self, abilities: Any, port: str, alive: Callable[[], None]) -> None:
        self._port = port
        self.hears = not abilities.model.startswith(never_cleared.SAYS_NOTHING)
        self._said: list[str] = []
        self._context = gp.Context()
        self._error_callback = self._context.set_error_func(self._hear, None)
        self._log_callback = gp.gp_log_add_func(gp.GP_LOG_DEBUG, lambda *_: alive())
        self._progress_callback = self._context.set_progress_funcs(
            lambda *_: 0, lambda *_: alive(), lambda *_: alive(), None
        )
        # A new object each time: init() after exit() on the same one aborts the process.
        self._camera: Any = gp.Camera()
        try:
            ports = _ports()
            self._call(lambda: self._camera.set_port_info(ports[ports.lookup_path(port)]))
            self._camera.set_abilities(abilities)
            self._call(self._camera.init, self._context)
        except DriverError:
            self._let_go()
            raise

    def storages(self) -> list[tuple[int, int]] | None:
        """Capacity and free space in KiB of each storage, or None if the device does not say."""
        try:
            found = self._call(self._camera.get_storageinfo, self._context)
        except DriverError as error:
            if error.code == gp.GP_ERROR_NOT_SUPPORTED:
                return None
            raise
        return [(storage.capacitykbytes, storage.freekbytes) for storage in found]

    def is_there(self) -> bool:
        """Whether the device still answers. Its lists would come from the driver's memory."""
        try:
            self.storages()
        except DriverError:
            return False
        return True

    def news(self) -> list[str]:
        """What the device told by itself since the last time, in the driver's words.

        Hearing it makes the driver forget what a card that left had on it. Always empty for a Canon
        camera, and for one that may be: to ask, the driver would turn its remote control on.
        """
        news: list[str] = []
        while self.hears and len(news) < _NEWS_AT_MOST:
            try:
                kind, told = self._call(self._camera.wait_for_event, 1, self._context)
            except DriverError:
                break  # no events here, or no device any more: the next request will tell
            if kind == gp.GP_EVENT_TIMEOUT:
                break
            news.append(told if isinstance(told, str) else "")
        return news

    def folders(self, folder: str) -> list[str]:
        """The names of the folders in `folder`."""
        return list(self._call(self._camera.folder_list_folders, folder, self._context).keys())

    def files(self, folder: str) -> list[str]:
        """The names of the files in `folder`."""
        return list(self._call(self._camera.folder_list_files, folder, self._context).keys())

    def facts(self, folder: str, name: str) -> tuple[int | None, int | None, str]:
        """Size in bytes, wall time as seconds since 1970, MIME type. None where it is not said."""
        info = self._call(self._camera.file_get_info, folder, name, self._context)
        file = info.file  # belongs to `info`, which must outlive it
        size = file.size if file.fields & gp.GP_FILE_INFO_SIZE else None
        seconds = file.mtime if file.fields & gp.GP_FILE_INFO_MTIME and file.mtime else None
        return size, seconds, file.type if file.fields & gp.GP_FILE_INFO_TYPE else ""

    def read(self, folder: str, name: str, offset: int, buffer: memoryview) -> int:
        """Fill `buffer` from `offset` on; what came. Less than asked is no error to the driver."""
        return int(
            self._call(
                self._camera.file_read,
                folder,
                name,
                gp.GP_FILE_TYPE_NORMAL,
                offset,
                buffer,
                self._context,
            )
        )

    def whole(self, folder: str, name: str) -> int:
        """A descriptor of anonymous memory with the whole file, for the caller to close."""
        if not hasattr(os, "memfd_create"):
            raise DriverError(gp.GP_ERROR_NOT_SUPPORTED, "no anonymous memory on this system")
        descriptor = os.memfd_create("original")
        # The file object closes the descriptor that it was given, hence the duplicate.
        target = gp.CameraFile(os.dup(descriptor))
        try:
            self._fetch(folder, name, gp.GP_FILE_TYPE_NORMAL, target)
        except DriverError:
            os.close(descriptor)
            raise
        return descriptor

    def preview(self, folder: str, name: str) -> bytes:
        """The small picture that the device keeps of this one."""
        target = gp.CameraFile()
        self._fetch(folder, name, gp.GP_FILE_TYPE_PREVIEW, target)
        return bytes(memoryview(target.get_data_and_size()))  # a copy: the data is the file's own

    def _fetch(self, folder: str, name: str, kind: int, target: Any) -> None:
        with warnings.catch_warnings():
            # Deprecated for fear of half-filled objects; nothing else takes a descriptor.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._call(self._camera.file_get, folder, name, kind, target, self._context)

    def may_be_deleted(self, folder: str, name: str) -> bool:
        """Whether the device lists the file as one that is not protected."""
        info = self._call(self._camera.file_get_info, folder, name, self._context)
        file = info.file
        if not file.fields & gp.GP_FILE_INFO_PERMISSIONS:
            return True
        return bool(file.permissions & gp.GP_FILE_PERM_DELETE)

    def serial(self) -> str:
        """The serial number that the device tells, or nothing."""
        try:
            summary = str(self._call(self._camera.get_summary, self._context))
        except DriverError:
            return ""
        found = _SERIAL.search(summary)
        return found.group(1).strip() if found else ""

    def delete(self, folder: str, name: str) -> None:
        """Have one file deleted. Only for a name that was read whole just before, in this session,
        and while the device told no news: for a name that it cannot find, the driver asks the
        device to delete everything (facts of devices, section 0)."""
        self._call(self._camera.file_delete, folder, name, self._context)

    def close(self) -> None:
        """Let the device go, whatever it says to that. Safe to call twice."""
        if self._camera is not None:
            with suppress(DriverError):  # it may be gone already
                self._call(self._camera.exit, self._context)
            self._let_go()

    def _let_go(self) -> None:
        # Freed, not only left: the callbacks hold references that no collector can see.
        self._camera = self._context = None
        self._error_callback = self._log_callback = self._progress_callback = None
        if self._port.startswith(_NETWORK):
            _restore_descriptor_0()

    def _call(self, function: Callable[..., T], *arguments: object) -> T:
        self._said.clear()
        try:
            return function(*arguments)
        except gp.GPhoto2Error as error:
            raise DriverError(error.code, "; ".join(self._said) or error.string) from None

    def _hear(self, _context: object, text: str | bytes, _data: object = None) -> None:
        self._said.append(text.decode(errors="replace") if isinstance(text, bytes) else text)


def use_utc() -> None:
    """Make driver and program turn the device's wall time to seconds and back without a zone."""
    os.environ["TZ"] = "UTC"
    time.tzset()


def _ports() -> Any:
    ports = gp.PortInfoList()
    ports.load()
    return ports


def _restore_descriptor_0() -> None:
    """libgphoto2 closes descriptor 0 when it leaves a network camera; a later file would get it."""
    try:
        os.fstat(0)
    except OSError:
        os.open(os.devnull, os.O_RDONLY)
