"""Hears from the system that the computer is about to sleep, where there is somebody to tell it,
and has it wait until the office is locked."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import SLOT, QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection, QDBusPendingCallWatcher

_SERVICE = "org.freedesktop.login1"
_PATH = "/org/freedesktop/login1"
_INTERFACE = "org.freedesktop.login1.Manager"
_SIGNAL = "PrepareForSleep"
_DELAY = ["sleep", "Chartroom", "The office is locked before the computer sleeps", "delay"]


class SleepWatch(QObject):
    """`sleep_came` tells that the computer goes to sleep. Where the system has no login manager on
    its bus it is silent for ever; the wall clock then locks at waking (see `IdleWatch`).

    Between `hold` and `release` the system waits with the sleep, though never longer than its own
    limit (logind's InhibitDelayMaxSec, five seconds as it comes).
    """

    sleep_came = Signal()

    def __init__(
        self, parent: QObject | None = None, *, bus: QDBusConnection | None = None
    ) -> None:
        super().__init__(parent)
        self._bus = bus or _system_bus()
        self._held: int | None = None
        self._is_wanted = False
        self.is_listening = self._bus is not None and self._bus.connect(  # type: ignore[call-overload]
            _SERVICE, _PATH, _INTERFACE, _SIGNAL, self, SLOT("hear(bool)")
        )  # a slot is text at run time, and bytes by the stubs

    @property
    def is_holding(self) -> bool:
        """Whether the system waits for `release` before it sleeps."""
        return self._held is not None

    def hold(self) -> None:
        """An office is open: ask the system to wait, and return at once. It may refuse."""
        if not self.is_listening or self._is_wanted or self._bus is None:
            return
        from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher

        self._is_wanted = True
        call = QDBusMessage.createMethodCall(_SERVICE, _PATH, _INTERFACE, "Inhibit")
        call.setArguments(_DELAY)
        asked = QDBusPendingCallWatcher(self._bus.asyncCall(call), self)
        # a plain method: one that held who asks would be freed with it, inside Qt
        asked.finished.connect(self._answered)

    def release(self) -> None:
        """The office is locked: the computer may sleep."""
        self._is_wanted = False
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def _answered(self, asked: QDBusPendingCallWatcher) -> None:
        """The system waits for as long as anybody holds the descriptor that it answers with, so
        who brought the answer goes as soon as Qt has come out of it."""
        from PySide6.QtDBus import QDBusUnixFileDescriptor

        for answer in asked.reply().arguments():
            if isinstance(answer, QDBusUnixFileDescriptor) and answer.isValid():
                # a copy of our own: Qt closes its one with the answer
                self._keep(os.dup(answer.fileDescriptor()))
        QTimer.singleShot(0, asked, asked.deleteLater)

    def _keep(self, descriptor: int) -> None:
        if self._is_wanted and self._held is None:
            self._held = descriptor
        else:
            os.close(descriptor)  # locked meanwhile

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
