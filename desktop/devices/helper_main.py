"""The helper process: drives one source, or looks for cameras, and says what it finds.

It holds no key. It ends when the program hangs up, and is ended by the system when a driver hangs.
"""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from math import ceil
from pathlib import Path

from desktop.devices import never_cleared, system_ports
from desktop.devices.device_watch import DeviceWatch
from desktop.devices.folder_clearing import ClearingFolderSource
from desktop.devices.problems import SourceUnknown
from desktop.devices.scanner import ScannerSource
from desktop.devices.source import ClearingSource, MediaItem, SourceInfo
from desktop.devices.untrusted_names import shown
from desktop.devices.wire import (
    BLOCK,
    GO_ON,
    LISTING,
    STOP,
    Message,
    Wire,
    WireBroken,
    info_from,
    info_message,
    item_from,
    item_message,
    number_in,
    problem_message,
    text_in,
)
from desktop.problem import Cancelled, Problem
from desktop.records.facts.capture import Route
from desktop.records.facts.scan_settings import settings_from

_BATCH = 64
_BATCH_SECONDS = 0.1
_SIGN_OF_LIFE_SECONDS = 1.0
_TOLD_SECONDS = 0.2
_LISTS = frozenset({"more", "notes", "companions"})

Answer = tuple[Message, bytes | memoryview]


class Helper:
    """Answers requests one after another until it is told to close or the program hangs up."""

    def __init__(self, wire: Wire, silence: float) -> None:
        self._wire = wire
        self._alarm = ceil(silence) + 1
        self._allowance = self._alarm
        self._last_sign = self._last_told = time.monotonic()
        self._source: ClearingSource | None = None
        self._watch: DeviceWatch | None = None
        self._walk: tuple[int, Iterator[MediaItem]] | None = None
        self._held_back: Problem | None = None
        self._block = memoryview(bytearray(BLOCK))
        self._deeds: dict[object, Callable[[Message], Answer]] = {
            "open": self._open,
            "walk": self._start_walk,
            "more": self._more,
            "read": self._read,
            "thumbnail": self._thumbnail,
            "check clearing": self._check_clearing,
            "notes": self._notes,
            "companions": self._companions,
            "delete": self._delete,
            "look": self._look,
        }

    def serve(self) -> None:
        """Until `close`. Raises WireBroken when the program hangs up."""
        while True:
            request, _, _ = self._wire.receive()
            if request.get("do") == STOP:
                continue  # the comparison that it was about is over
            self._allowance = self._alarm * (LISTING if request.get("do") in _LISTS else 1)
            self._sign_of_life(say=False)
            if request.get("do") == "close":
                self.close()
                self._wire.send({"closed": True})
                return
            try:
                answer, content = self._deeds[request.get("do")](request)
            except Problem as problem:
                answer, content = problem_message(problem), b""
            _alarm_in(0)
            self._wire.send(answer, content)

    def close(self) -> None:
        """Let the source go."""
        if self._source is not None:
            self._source.close()

    def _open(self, request: Message) -> Answer:
        info = info_from(request)
        if system_ports.is_of_a_port(info.id):
            self._source = system_ports.open_port_source(
                info, system_ports.bus_here(), alive=self._sign_of_life
            )
        elif info.route is Route.PTP:
            self._source = self._open_camera(info)
        elif info.route is Route.SCANNER:
            self._source = ScannerSource(info, alive=self._sign_of_life)
        elif info.route is Route.NETWORK:
            self._source = self._open_network_camera(info)
        else:
            folder = Path(info.id.removeprefix("folder:"))
            self._source = ClearingFolderSource(folder, info=info, alive=self._sign_of_life)
        return info_message(self._source.info), b""

    def _open_camera(self, info: SourceInfo) -> ClearingSource:
        # Imported here: a card needs no driver, and Windows has none.
        from desktop.devices.gphoto_clearing import ClearingGPhotoSource
        from desktop.devices.gphoto_problems import source_problem
        from desktop.devices.gphoto_session import Bus, DriverError, use_utc

        use_utc()
        bus, port = Bus(), info.id.removeprefix("ptp:")
        model = bus.model_at(port)
        if model is None:
            raise SourceUnknown(source=info.id)
        try:
            session = bus.open(model, port, self._sign_of_life)
        except DriverError as error:
            raise source_problem(error, model) from None
        told = replace(
            info,
            name=model,
            cannot_clear=never_cleared.over_the_driver(model),
            serial=shown(session.serial()),
        )
        return ClearingGPhotoSource(session, info=told)

    def _open_network_camera(self, info: SourceInfo) -> ClearingSource:
        from desktop.devices.gphoto_session import use_utc
        from desktop.devices.network_camera import open_network_camera

        use_utc()
        return open_network_camera(info, self._sign_of_life)

    def _start_walk(self, request: Message) -> Answer:
        self._held_back = None
        source = self._opened
        if isinstance(source, ScannerSource):
            source.settings = settings_from(text_in(request, "scan"))
            found = source.more_pages() if request.get("more") else source.items()
        else:
            found = source.items()
        self._walk = (number_in(request, "walk"), found)
        return {}, b""

    def _more(self, request: Message) -> Answer:
        """A few more items: as many as were found in a moment, and at least one."""
        if self._held_back is not None:
            raise self._held_back
        if self._walk is None or self._walk[0] != number_in(request, "walk"):
            raise AssertionError("a newer walk took the place of this one")
        found: list[Message] = []
        until = time.monotonic() + _BATCH_SECONDS
        try:
            for item in self._walk[1]:
                found.append(item_message(item))
                if len(found) >= _BATCH or time.monotonic() > until:
                    return {"items": found, "end": False}, b""
        except Problem as problem:
            if not found:
                raise
            self._held_back = problem  # what was found before it is told first
            return {"items": found, "end": False}, b""
        return {"items": found, "end": True}, b""

    def _read(self, request: Message) -> Answer:
        length = min(number_in(request, "length"), BLOCK)
        item, offset = item_from(request), number_in(request, "offset")
        got = self._opened.read_into(item, offset, self._block[:length])
        return {}, self._block[:got]

    def _thumbnail(self, request: Message) -> Answer:
        small = self._opened.thumbnail(item_from(request))
        return {"none": small is None}, small or b""

    def _check_clearing(self, _request: Message) -> Answer:
        self._opened.check_clearing()
        return {"identity": self._opened.identity()}, b""

    def _notes(self, request: Message) -> Answer:
        found = self._opened.notes_beside(item_from(request))
        return {"items": [item_message(item) for item in found]}, b""

    def _companions(self, request: Message) -> Answer:
        found = self._opened.companions(item_from(request))
        return {"items": [item_message(item) for item in found]}, b""

    def _delete(self, request: Message) -> Answer:
        sha256 = bytes.fromhex(text_in(request, "sha256"))
        item = item_from(request)

        def compared(done: int) -> None:
            self._say_compared(done, is_all=done >= item.size)

        self._opened.delete_verified(item, sha256=sha256, compared=compared)
        return {}, b""

    def _say_compared(self, done: int, *, is_all: bool) -> None:
        """Tell how far a comparison is, now and then; at its end ask whether to delete. What the
        program does not want by then, or cannot want since it left, is not deleted."""
        now = time.monotonic()
        if is_all or now - self._last_told >= _TOLD_SECONDS:
            self._last_told = self._last_sign = now
            _alarm_in(self._allowance)
            self._wire.send({"alive": True, "compared": done, "asks": is_all})
        if is_all or self._wire.is_spoken_to():
            answer = self._wire.receive()[0].get("do")
            if answer == STOP:
                raise Cancelled
            if answer != GO_ON:
                raise WireBroken("something else was asked for in mid-comparison")

    def _look(self, request: Message) -> Answer:
        if self._watch is None:
            self._watch = self._new_watch()
        seen = self._watch.look(again=bool(request.get("again")))
        return {"sources": [info_message(info) for info in seen]}, b""

    def _new_watch(self) -> DeviceWatch:
        if (scheme := system_ports.scheme_here()) is not None:
            bus = system_ports.bus_here()
            return system_ports.PortWatch(scheme, bus, alive=self._sign_of_life)
        from desktop.devices.camera_watch import CameraWatch
        from desktop.devices.gphoto_session import Bus

        return CameraWatch(Bus(), alive=self._sign_of_life)

    @property
    def _opened(self) -> ClearingSource:
        if self._source is None:
            raise AssertionError("nothing was opened")
        return self._source

    def _sign_of_life(self, *, say: bool = True) -> None:
        """The device still talks: put off the end, and tell the program so now and then."""
        now = time.monotonic()
        if say and now - self._last_sign < _SIGN_OF_LIFE_SECONDS:
            return
        self._last_sign = now
        _alarm_in(self._allowance)
        if say:
            try:
                self._wire.send({"alive": True})
            except WireBroken:
                _end_at_once()  # called from inside the driver, which cannot be unwound


def main(arguments: Sequence[str]) -> None:
    """Serve on the line that the program handed over: seconds of silence, then its descriptor."""
    line = _line(arguments)
    _shut_in()
    helper = Helper(Wire(line), float(arguments[0]))
    with suppress(WireBroken):
        helper.serve()
    helper.close()


def _line(arguments: Sequence[str]) -> socket.socket:
    if sys.platform == "win32":
        return socket.fromshare(sys.stdin.buffer.read())
    return socket.socket(fileno=int(arguments[1]))


def _alarm_in(seconds: int) -> None:
    """The system ends the process then, even inside a driver call; 0 calls that off."""
    if sys.platform != "win32":
        signal.alarm(seconds)


def _end_at_once() -> None:
    """End, and whatever was started here with it."""
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _shut_in() -> None:
    """Ctrl+C is the program's business, and a crash must not write images to a core file."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
