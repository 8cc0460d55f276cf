"""A real Secret Service for tests: a session bus and a keyring daemon of its own, both private."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

from tests.end_to_end.cups_printer import wait_until

_TOOLS = ("dbus-daemon", "gnome-keyring-daemon")
_ABSENT = "no Secret Service here: {} not found (Debian: apt-get install dbus gnome-keyring)"
_BUS = """<busconfig>
<type>session</type><listen>unix:path={folder}/bus</listen><auth>EXTERNAL</auth>
<policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy>
</busconfig>
"""


@dataclass(frozen=True, kw_only=True)
class SecretService:
    """Unlocked, empty, and reached through `address`."""

    folder: Path
    address: str

    def lock(self) -> None:
        """Lock it, as a screen lock may; nobody is there to unlock it."""
        import secretstorage

        with closing(secretstorage.dbus_init()) as bus:
            secretstorage.get_default_collection(bus).lock()

    def labels(self) -> list[str]:
        """Its entries, as the system's own list shows them."""
        import secretstorage

        with closing(secretstorage.dbus_init()) as bus:
            found = secretstorage.get_default_collection(bus).get_all_items()
            return [item.get_label() for item in found]


@pytest.fixture
def secret_service(monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretService]:
    """This process and its children keep their secrets there."""
    missing = [tool for tool in _TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(_ABSENT.format(", ".join(missing)))
    folder = Path(tempfile.mkdtemp(prefix="secrets-"))  # short: a socket's path has 107 bytes
    service = SecretService(folder=folder, address=f"unix:path={folder}/bus")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", service.address)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        (folder / "bus.conf").write_text(_BUS.format(folder=folder), encoding="utf-8")
        bus = stack.enter_context(
            _running(
                service,
                *("dbus-daemon", f"--config-file={folder}/bus.conf"),
                *("--nofork", "--nopidfile", "--print-address"),
            )
        )
        _close(bus.stdin)
        assert _read_line(bus.stdout), "the bus did not start"  # it speaks once it listens
        daemon = stack.enter_context(
            _running(
                service, "gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"
            )
        )
        _close(daemon.stdin, b"the password of a made-up account")
        wait_until(_answers, what="the keyring")
        yield service


@contextmanager
def _running(service: SecretService, *command: str) -> "Iterator[subprocess.Popen[bytes]]":
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(service.folder),
        "XDG_DATA_HOME": str(service.folder / "data"),
        "XDG_RUNTIME_DIR": str(service.folder),
        "DBUS_SESSION_BUS_ADDRESS": service.address,
    }
    with (
        (service.folder / f"{command[0]}.txt").open("wb") as log,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=environment,
        ) as process,
    ):
        try:
            yield process
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)
            process.kill()


def _close(pipe: IO[bytes] | None, said: bytes = b"") -> None:
    assert pipe is not None
    pipe.write(said)
    pipe.close()


def _read_line(pipe: IO[bytes] | None) -> bytes:
    assert pipe is not None
    return pipe.readline()


def _answers() -> bool:
    import secretstorage

    with closing(secretstorage.dbus_init()) as bus:
        return secretstorage.check_service_availability(bus)
