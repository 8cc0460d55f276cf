"""libgphoto2 without the program around it, in a process of its own: it holds the GIL while it
deletes, and the camera that it speaks with lives in this one."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import desktop

_DRIVER = """
import json, os, sys
sys.path.insert(0, sys.argv[1])
import gphoto2 as gp
from desktop.devices.gphoto_session import Bus, DriverError

def listed(folder):
    yield from session.files(folder)
    for below in session.folders(folder):
        yield from listed(folder.rstrip("/") + "/" + below)

def deed(do, *words):
    if do == "list":
        return sorted(listed("/"))
    if do == "delete":
        return session._call(session._camera.file_delete, *words, session._context)
    if do == "wait":
        return [session._camera.wait_for_event(200)[0] for _ in range(words[0])]
    if do == "may delete":
        info = session._camera.file_get_info(*words)
        return bool(info.file.permissions & gp.GP_FILE_PERM_DELETE)

bus, session = Bus(), None
for line in os.fdopen(os.dup(0)):  # leaving a camera closes descriptor 0
    words = json.loads(line)
    try:
        if words[0] == "open":
            session = bus.open("PTP/IP Camera", words[1], lambda: None)
            answer = [None]
        elif words[0] == "close":
            answer = [session.close()]
        else:
            answer = [deed(*words)]
    except DriverError as error:
        answer = [error.code, error.text]
    print(json.dumps(answer), flush=True)
"""


class BareDriver:
    """Speaks with one camera after another. Loading the driver takes a moment: keep it."""

    def __init__(self) -> None:
        home = str(Path(desktop.__file__).parent.parent)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _DRIVER, home],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    @contextmanager
    def session(self, port: str) -> Iterator[None]:
        """A session with the camera at this place."""
        self.ask("open", port)
        yield
        self.ask("close")

    def ask(self, do: str, *words: object) -> Any:
        """What it comes to, or the error's number and text."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([do, *words]) + "\n")
        self._process.stdin.flush()
        answer: list[Any] = json.loads(self._process.stdout.readline())
        return answer[0] if len(answer) == 1 else tuple(answer)

    def close(self) -> None:
        """End it."""
        self._process.communicate(timeout=60)
