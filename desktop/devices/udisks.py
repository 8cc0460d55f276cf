"""Ejecting through UDisks2, the service that mounts cards on a Linux desktop."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage, QDBusVariant

from desktop.devices.ejecting import Failed, Mount, NoService, NotAllowed, StillOpen

_UDISKS: Final = "org.freedesktop.UDisks2"
_BLOCKS: Final = "/org/freedesktop/UDisks2/block_devices"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_ERROR: Final = f"{_UDISKS}.Error."
_NO_DRIVE: Final = "/"
_PATIENCE_MS: Final = 600_000  # it answers once everything is written
_SYSTEM_BUS: Final = "unix:path=/var/run/dbus/system_bus_socket"


def eject_by_udisks(card: Mount, mounts: Sequence[Mount]) -> None:
    """Unmount the card, and whatever else of its drive is mounted, and have the drive let it go.

    Raises StillOpen, NotAllowed, NoService, Failed. Blocks; needs no event loop.
    """
    bus = Bus()
    try:
        drive = bus.drive_of(card)
        others = [
            mount
            for mount in mounts
            if drive != _NO_DRIVE and mount != card and bus.drive_of(mount) == drive
        ]
        for mount in (*others, card):
            bus.unmount(mount)
        if drive != _NO_DRIVE:
            bus.let_go(drive)
    finally:
        bus.close()


class Bus:
    """A connection of our own to the system bus: it is closed again, and no other is disturbed."""

    def __init__(self) -> None:
        self._name = f"chartroom-eject-{uuid4()}"
        address = os.environ.get("DBUS_SYSTEM_BUS_ADDRESS", _SYSTEM_BUS)
        self._bus = QDBusConnection.connectToBus(address, self._name)
        if not self._bus.isConnected():
            self.close()
            raise NoService(f"there is no system bus: {self._bus.lastError().message()}")

    def close(self) -> None:
        """Hang up."""
        QDBusConnection.disconnectFromBus(self._name)

    def drive_of(self, mount: Mount) -> str:
        """The drive that holds what is mounted, or `/` where UDisks knows of none."""
        with suppress(Failed):
            drive = self._property(block_of(mount), "Block", "Drive")
            return str(drive.path()) if hasattr(drive, "path") else _NO_DRIVE
        return _NO_DRIVE

    def unmount(self, mount: Mount) -> None:
        """Write everything and unmount."""
        self.call(block_of(mount), f"{_UDISKS}.Filesystem", "Unmount", {})

    def let_go(self, drive: str) -> None:
        """Have the drive eject its medium, or switch itself off. Everything is written by then: a
        drive that cannot do either changes nothing."""
        with suppress(Failed, NotAllowed):
            if self._property(drive, "Drive", "Ejectable"):
                self.call(drive, f"{_UDISKS}.Drive", "Eject", {})
            elif self._property(drive, "Drive", "CanPowerOff"):
                self.call(drive, f"{_UDISKS}.Drive", "PowerOff", {})

    def _property(self, path: str, interface: str, name: str) -> object:
        answer = self.call(path, _PROPERTIES, "Get", f"{_UDISKS}.{interface}", name)
        return answer.variant() if isinstance(answer, QDBusVariant) else answer

    def call(self, path: str, interface: str, method: str, *arguments: object) -> object:
        """Ask UDisks, and wait. Raises StillOpen, NotAllowed, NoService, Failed."""
        message = QDBusMessage.createMethodCall(_UDISKS, path, interface, method)
        message.setArguments(list(arguments))
        answer = self._bus.call(message, QDBus.CallMode.Block, _PATIENCE_MS)
        if answer.type() is QDBusMessage.MessageType.ErrorMessage:
            raise _told_by(answer.errorName(), answer.errorMessage())
        said = answer.arguments()
        return said[0] if said else None


def _told_by(name: str, words: str) -> Exception:
    error = name.removeprefix(_ERROR)
    if error == "DeviceBusy":
        return StillOpen()
    if error.startswith("NotAuthorized"):
        return NotAllowed()
    if name.startswith(_ERROR) or "UnknownObject" in name or "UnknownMethod" in name:
        return Failed(" ".join(words.split())[:120] or error)
    return NoService(name)


def block_of(mount: Mount) -> str:
    """The path under which UDisks keeps a device: `dm-0` is `dm_2d0`."""
    name = Path(os.path.realpath(mount.device)).name
    safe = "".join(one if (one.isascii() and one.isalnum()) else f"_{ord(one):02x}" for one in name)
    return f"{_BLOCKS}/{safe}"
