"""Hears from the system that the computer is about to sleep, where there is somebody to tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import SLOT, QObject, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

_SERVICE = "org.freedesktop.login1"
_PATH = "/org/freedesktop/login1"
_INTERFACE = "org.freedesktop.login1.Manager"
_SIGNAL = "PrepareForSleep"


class SleepWatch(QObject):
    """`sleep_came` tells that the computer goes to sleep. Where the system has no login manager on
    its bus it is silent for ever; the wall clock then locks at waking (see `IdleWatch`)."""

    sleep_came = Signal()

    def __init__(
        self, parent: QObject | None = None, *, bus: QDBusConnection | None = None
    ) -> None:
        super().__init__(parent)
        heard = bus or _system_bus()
        self.is_listening = heard is not None and heard.connect(  # type: ignore[call-overload]
            _SERVICE, _PATH, _INTERFACE, _SIGNAL, self, SLOT("hear(bool)")
        )  # a slot is text at run time, and bytes by the stubs

    @Slot(bool)
    def hear(self, begins: bool) -> None:
        """True before the computer sleeps, False once it is awake again."""
        if begins:
            self.sleep_came.emit()


def _system_bus() -> QDBusConnection | None:
    try:
        from PySide6.QtDBus import QDBusConnection
    except ImportError:
        return None  # no such part of Qt on this system
    bus = QDBusConnection.systemBus()
    return bus if bus.isConnected() else None
