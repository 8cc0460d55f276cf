"""A real print queue for tests: a private cupsd and an IPP printer, both on loopback."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

_TOOLS = ("cupsd", "ippeveprinter", "dbus-daemon", "lpadmin", "lp", "lpstat")
_ABSENT = (
    "no print queue here: {} not found "
    "(Debian: apt-get install cups cups-client cups-ipp-utils dbus)"
)
_PATH = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))
_PATIENCE_S = 15.0

_BUS = """<busconfig>
<type>system</type><listen>unix:path={folder}/bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/>
<allow send_type="method_call"/><allow send_destination="*"/><allow receive_sender="*"/></policy>
</busconfig>
"""
_CUPSD = """Listen 127.0.0.1:{port}
LogLevel warn
DirtyCleanInterval 0
Browsing Off
WebInterface No
DefaultAuthType None
PreserveJobFiles 86400
<Location />
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
_CUPS_FILES = """ServerRoot {folder}
RequestRoot {folder}/spool
StateDir {folder}/state
CacheDir {folder}/cache
AccessLog {folder}/log/access
ErrorLog {folder}/log/error
PageLog {folder}/log/page
Sandboxing relaxed
"""
_HOOK = """#!/bin/sh
env | grep ^IPP_ > {folder}/arrived/options.txt
cp "$1" {folder}/arrived/part && cp "$1" {folder}/arrived/named
mv {folder}/arrived/named "{folder}/arrived/$IPP_JOB_NAME.pdf"
mv {folder}/arrived/part {folder}/arrived/document.pdf
"""


@dataclass(frozen=True, kw_only=True)
class CupsPrinter:
    """A queue `name` at the print server `server` whose printer keeps what arrives.

    The printer is set to Letter and to two-sided by default, so what a job does not ask for shows.
    """

    name: str
    server: str
    folder: Path
    address: str
    """Of the printer itself, past the print server."""

    def arrived(self, title: str = "document") -> Path:
        """The document that reached the printer last, or under a title; waits for it a while."""
        document = self.folder / "arrived" / f"{title}.pdf"
        wait_until(document.is_file, what="a document at the printer")
        return document

    def options(self) -> dict[str, str]:
        """What the printer was asked for, by IPP name: IPP_SIDES, IPP_JOB_NAME, ..."""
        lines = (self.arrived().parent / "options.txt").read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)

    def job_files(self) -> list[Path]:
        """Control and data files that the print server holds."""
        return sorted(path for path in (self.folder / "spool").glob("[cd]0*") if path.is_file())

    def spooled(self) -> bytes:
        """Everything that lies in the folders of the print server; the printer's own are not."""
        parts = (self.folder / part for part in ("spool", "cache", "state", "log"))
        files = (path for part in parts for path in part.rglob("*") if path.is_file())
        return b"\n".join(path.read_bytes() for path in files)

    def stop(self, reason: str) -> None:
        """Stop the queue, as a printer in trouble does."""
        self._run("cupsdisable", "-r", reason, self.name)

    def start(self) -> None:
        """Let the queue go on."""
        self._run("cupsenable", self.name)

    @contextmanager
    def holding(self) -> Iterator[None]:
        """What comes meanwhile is held, as where somebody has to release it."""
        hold = ("lpadmin", "-p", self.name, "-o")
        self._run(*hold, "job-hold-until-default=indefinite")
        try:
            yield
        finally:
            self._run(*hold, "job-hold-until-default=no-hold")

    def release(self, job: int) -> None:
        """Let a job that is held go on."""
        self._run("lp", "-i", f"{self.name}-{job}", "-H", "resume")

    @contextmanager
    def queue_to_nowhere(self) -> Iterator[str]:
        """A further queue whose printer is switched off."""
        self._run("lpadmin", "-p", "off", "-E", "-v", "ipp://127.0.0.1:9/ipp/print", "-m", "raw")
        try:
            yield "off"
        finally:
            self._run("lpadmin", "-x", "off")

    def empty(self) -> None:
        """Throw away what waits in the queue."""
        self._run("cancel", "-a", "-x", self.name)

    def _run(self, *command: str) -> None:
        environment = {**os.environ, "PATH": _PATH, "CUPS_SERVER": self.server}
        subprocess.run(command, check=True, capture_output=True, env=environment, timeout=30)


@pytest.fixture(scope="session")
def print_server() -> Iterator[CupsPrinter]:
    """The server and the printer behind `cups_printer`, started once for all tests."""
    missing = [tool for tool in _TOOLS if shutil.which(tool, path=_PATH) is None]
    if missing:
        pytest.skip(_ABSENT.format(", ".join(missing)))
    with _served() as printer:
        yield printer


@pytest.fixture
def cups_printer(print_server: CupsPrinter, monkeypatch: pytest.MonkeyPatch) -> CupsPrinter:
    """A real queue with an empty printer; this process and its children print there."""
    monkeypatch.setenv("CUPS_SERVER", print_server.server)
    monkeypatch.setenv("PATH", _PATH)
    print_server.empty()
    print_server.start()
    for path in (print_server.folder / "arrived").iterdir():
        path.unlink()
    return print_server


@contextmanager
def _served() -> Iterator[CupsPrinter]:
    # Filters of cupsd run as another user, who cannot enter the folders that pytest makes.
    folder = Path(tempfile.mkdtemp(prefix="print-test-"))
    folder.chmod(0o755)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        for part in ("spool", "state", "cache", "log", "arrived", "ipp", "keys"):
            (folder / part).mkdir()
        server, printer = f"127.0.0.1:{_free_port()}", _free_port()
        _write_settings(folder, server)
        bus = ("dbus-daemon", f"--config-file={folder}/bus.conf", "--nofork", "--nopidfile")
        stack.enter_context(_running(folder, *bus))
        wait_until((folder / "bus").exists, what="the bus")
        stack.enter_context(_running(folder, *_printer_command(folder, printer)))
        cupsd = ("cupsd", "-f", "-c", f"{folder}/cupsd.conf", "-s", f"{folder}/cups-files.conf")
        stack.enter_context(_running(folder, *cupsd))
        for port in (printer, int(server.rpartition(":")[2])):
            wait_until(partial(_answers, port), what=f"port {port}")
        uri = f"ipp://localhost:{printer}/ipp/print"
        queue = CupsPrinter(name="deskprinter", server=server, folder=folder, address=uri)
        queue._run("lpadmin", "-p", queue.name, "-E", "-v", uri, "-m", "everywhere")
        yield queue


def _printer_command(folder: Path, port: int) -> tuple[str, ...]:
    return (
        *("ippeveprinter", "-2", "-r", "off", "-s", "600,600", "-f", "application/pdf"),
        *("-p", str(port), "-n", "localhost", "-d", f"{folder}/ipp", "-c", f"{folder}/hook.sh"),
        *("-K", f"{folder}/keys"),
        "Desk printer",
    )


def _write_settings(folder: Path, server: str) -> None:
    port = server.rpartition(":")[2]
    for name, text in (
        ("bus.conf", _BUS.format(folder=folder)),
        ("cupsd.conf", _CUPSD.format(port=port)),
        ("cups-files.conf", _CUPS_FILES.format(folder=folder)),
        ("hook.sh", _HOOK.format(folder=folder)),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "hook.sh").chmod(0o755)


@contextmanager
def _running(folder: Path, *command: str) -> Iterator[None]:
    bus = f"unix:path={folder}/bus"
    environment = {**os.environ, "PATH": _PATH, "DBUS_SYSTEM_BUS_ADDRESS": bus}
    with (folder / "log" / f"{command[0]}.txt").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        try:
            yield
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def wait_until(is_so: Callable[[], bool], *, what: str) -> None:
    """Until a program that a test started answers. Raises TimeoutError."""
    until = time.monotonic() + _PATIENCE_S
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError(f"{what} did not come in {_PATIENCE_S:.0f} seconds")
        time.sleep(0.02)
