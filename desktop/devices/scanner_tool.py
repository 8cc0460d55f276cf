"""Runs `scanimage`: what it writes comes into memory, and it never outlives whoever runs it.

A hung scanner hangs the tool, and drivers start processes of their own. So it stays in the process
group of the helper, which is ended whole; and whatever it started is ended with it.
"""

import os
import selectors
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import psutil

from desktop.devices.scanner_problems import ScannerToolMissing

_TOOL: Final = "scanimage"
_IN_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - only pipes lie there, and only for a moment
_SIDES: Final = 2

Said = tuple[int, list[bytes], bytes]


def run(
    arguments: Sequence[str], seconds: float, alive: Callable[[], None], pipes: Sequence[int] = ()
) -> Said:
    """What the tool exits with, what it wrote to its output or to `pipes`, and what it said.

    Negative where it was ended: it took longer than `seconds`. `alive` is called every second and
    may raise; the tool is then ended. Raises ScannerToolMissing.
    """
    if (tool := shutil.which(_TOOL)) is None:
        raise ScannerToolMissing
    process = subprocess.Popen(
        [tool, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"LC_ALL": "C"},
    )
    until = time.monotonic() + seconds
    with _ended_at_last(process), selectors.DefaultSelector() as waiting:
        streams = [stream.fileno() for stream in (process.stdout, process.stderr) if stream]
        written = {one: bytearray() for one in (*streams, *pipes)}
        for one in written:
            waiting.register(one, selectors.EVENT_READ)
        while not waiting.get_map().keys().isdisjoint(streams) and time.monotonic() <= until:
            for ready, _ in waiting.select(1.0):
                block = os.read(ready.fd, 1 << 16)
                written[ready.fd] += block
                if not block:
                    waiting.unregister(ready.fd)
            alive()
        for one in pipes:
            written[one] += _rest_of(one)
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, until - time.monotonic()))
    output, said = (bytes(written.pop(one)) for one in streams)
    pages = [bytes(page) for page in written.values()] if pipes else [output]
    return process.returncode, [page for page in pages if page], said


def run_both_sides(arguments: Sequence[str], seconds: float, alive: Callable[[], None]) -> Said:
    """As `run`, for a sheet of which both sides are scanned: two pages, or one.

    Only in its batch mode does the tool give more than one page, and there it writes beside the
    names that it was given. What lies there are pipes, so that no page is ever in a file.
    """
    with ExitStack() as always:
        place = _IN_MEMORY if _IN_MEMORY.is_dir() else None
        folder = Path(always.enter_context(TemporaryDirectory(dir=place)))
        pipes = []
        for side in range(1, _SIDES + 1):
            path = folder / f"{side}.png.part"
            os.mkfifo(path, 0o600)
            pipes.append(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
            always.callback(os.close, pipes[-1])
        batch = [f"--batch={folder}/%d.png", f"--batch-count={_SIDES}"]
        return run([*arguments, *batch], seconds, alive, pipes)


def _rest_of(pipe: int) -> bytes:
    """What is left in a pipe that nobody writes to any more."""
    rest = bytearray()
    with suppress(BlockingIOError):
        while block := os.read(pipe, 1 << 16):
            rest += block
    return bytes(rest)


@contextmanager
def _ended_at_last(process: subprocess.Popen[bytes]) -> Iterator[None]:
    with process:
        try:
            yield
        finally:
            with suppress(psutil.Error):
                for child in psutil.Process(process.pid).children(recursive=True):
                    with suppress(psutil.Error):
                        child.kill()
            process.kill()
