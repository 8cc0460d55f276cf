"""login1 as far as sleep goes, in a process of its own: its bus and a folder are its arguments.

Asked to wait, it gives out the writing end of the pipe `held` in the folder: whoever reads there
sees when the last holder let go. What was asked stands in `asked`; where there is a `refuse`, it
refuses.
"""

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusError,
    QDBusMessage,
    QDBusUnixFileDescriptor,
    QDBusVirtualObject,
)

SERVICE, PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
INTERFACE = f"{SERVICE}.Manager"
HELD, ASKED, REFUSE = "held", "asked", "refuse"


class LoginManager(QDBusVirtualObject):
    """Answers `Inhibit`; a test has it tell of a sleep by `Tell`."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def introspect(self, path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        if message.member() == "Tell":
            signal = QDBusMessage.createSignal(PATH, INTERFACE, "PrepareForSleep")
            signal.setArguments(message.arguments())
            return connection.send(signal)
        with (self._folder / ASKED).open("a") as asked:
            asked.write(json.dumps(list(message.arguments())) + "\n")
        if (self._folder / REFUSE).exists():
            denied = QDBusError.ErrorType.AccessDenied
            return connection.send(message.createErrorReply(denied, "not for you"))
        held = os.open(self._folder / HELD, os.O_WRONLY)
        reply = message.createReply()
        reply.setArguments([QDBusUnixFileDescriptor(held)])
        os.close(held)
        return connection.send(reply)


def main(address: str, folder: str) -> None:
    """Serve until somebody ends it; says so once it can be asked."""
    application = QCoreApplication([])
    connection = QDBusConnection.connectToBus(address, "manager")
    manager = LoginManager(Path(folder))
    assert connection.registerVirtualObject(PATH, manager)
    assert connection.registerService(SERVICE)
    sys.stdout.write("up\n")
    sys.stdout.flush()
    application.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
