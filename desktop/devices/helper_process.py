"""Starts a helper process, speaks with it, and ends it. It is given no key and no secret."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import desktop
from desktop.devices.wire import Message, Wire, WireBroken, WireSilent, problem_from

HELPER_SWITCH: Final = "--device-helper"
"""The first argument with which a frozen program becomes a helper instead of opening a window."""

SILENCE: Final = 60.0
"""Seconds without an answer or a sign of life after which a driver counts as hung."""

_GOODBYE: Final = 3.0
_KEPT_FROM_HELPER: Final = "CHARTROOM_"
_START: Final = (
    "import sys; home = sys.argv.pop(1); home in sys.path or sys.path.insert(0, home); "
    "from desktop.devices.helper_main import main; main(sys.argv[1:])"
)

Told = Callable[[Message], None]


class HelperProcess:
    """One helper. Blocks; belongs to one caller at a time; is over after the first wire error."""

    def __init__(self, *, silence: float = SILENCE) -> None:
        ours, theirs = socket.socketpair()
        try:
            self._process = _start(theirs, silence)
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        self._wire = Wire(ours)
        self._silence = silence
        self._wire.patience(silence)

    @property
    def process_id(self) -> int:
        """The operating system's number of the helper."""
        return self._process.pid

    @property
    def is_over(self) -> bool:
        """Whether it has been ended, or ended itself."""
        return self._process.poll() is not None

    def ask(
        self, request: Mapping[str, object], *, longer: int = 1, alive: Told = lambda _: None
    ) -> Message:
        """Say `request` and wait for its answer, with `longer` times the patience. See `answer`."""
        self.send(request)
        self._wire.patience(self._silence * longer)
        try:
            return self.answer(alive=alive)[0]
        finally:
            self._wire.patience(self._silence)

    def send(self, request: Mapping[str, object]) -> None:
        """Say `request`; answers come in the order of requests. Ends the helper on a wire error."""
        try:
            self._wire.send(request)
        except (WireBroken, WireSilent):
            self.kill()
            raise

    def answer(
        self, into: memoryview | None = None, *, alive: Told = lambda _: None
    ) -> tuple[Message, bytes, int]:
        """The next answer, with the bytes that came along. Signs of life are told to `alive`.

        Raises the Problem that the helper tells of, and WireBroken or WireSilent when it crashed
        or hung; it has then been ended.
        """
        try:
            message, content, length = self._wire.receive(into)
            while message.get("alive"):
                alive(message)
                message, content, length = self._wire.receive(into)
            problem = problem_from(message)
        except (WireBroken, WireSilent):
            self.kill()
            raise
        if problem is not None:
            raise problem
        return message, content, length

    def kill(self) -> None:
        """End it at once, whatever it is doing. Safe to call twice."""
        self._wire.close()
        if sys.platform != "win32" and self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)  # and what its driver started
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Let it release its device, for a moment; then end it. Safe to call twice."""
        until = time.monotonic() + _GOODBYE
        try:
            self._wire.patience(_GOODBYE)
            self._wire.send({"do": "close"})
            # answers that nobody waits for any more, and signs of life from what will not end
            while not self._wire.receive()[0].get("closed") and time.monotonic() < until:
                pass
        except (WireBroken, WireSilent, OSError):
            pass  # it is gone, or hangs: it is ended either way
        finally:
            self.kill()


def _start(theirs: socket.socket, silence: float) -> subprocess.Popen[bytes]:
    command = [*_command(), str(silence)]
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(_KEPT_FROM_HELPER)
    }
    if sys.platform == "win32":
        process = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)
        if process.stdin is not None:
            with process.stdin as share:
                share.write(theirs.share(process.pid))
        return process
    return subprocess.Popen(
        [*command, str(theirs.fileno())],
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env=environment,
        cwd="/",  # a folder that nobody wants to unmount
        start_new_session=True,  # Ctrl+C in a terminal would reach it while it starts
    )


def _command() -> Sequence[str]:
    """Never the program's own main module: a window must not open a second time."""
    if getattr(sys, "frozen", False):
        return [sys.executable, HELPER_SWITCH]
    home = Path(desktop.__file__).resolve().parent.parent
    return [sys.executable, "-P", "-c", _START, str(home)]
