"""A source in a helper process: its crash or hang costs the source, never the program."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

from desktop.devices.helper_process import SILENCE, HelperProcess, Told
from desktop.devices.problems import SourceGone, SourceHelperDied
from desktop.devices.refusal import refusal
from desktop.devices.source import Compared, MediaItem, SourceInfo, unheard
from desktop.devices.wire import (
    BLOCK,
    GO_ON,
    LISTING,
    STOP,
    Message,
    WireBroken,
    WireSilent,
    info_from,
    info_message,
    item_from,
    item_message,
    number_in,
    objects_in,
    text_in,
)
from desktop.problem import Cancelled, Problem
from desktop.records.facts.scan_settings import ScanSettings

_AHEAD: Final = 4  # blocks; so few requests always fit into the line, or both ends would wait


class HelperSource:
    """A `ClearingSource` whose work is done by a helper. While one block is being used, the next
    ones are already on their way.

    A crashed helper is SourceHelperDied. One that says nothing for `silence` seconds is ended and
    is SourceGone. Either is then the answer to everything but `close`. `scan` is how a scanner is
    to scan from the next walk on.
    """

    def __init__(self, wanted: SourceInfo, *, silence: float = SILENCE) -> None:
        """Opens it. Raises what the source raises when it is opened."""
        self.info = wanted
        self.scan = ScanSettings()
        self._end: Problem | None = None
        self._walks = 0
        self._asked: deque[tuple[str, int, int]] = deque()
        self._reached: tuple[str, int] | None = None
        self._scratch = memoryview(bytearray(BLOCK))
        self._helper = HelperProcess(silence=silence)
        try:
            answer = self._ask({"do": "open", **info_message(wanted)})
            with self._watched():
                self.info = info_from(answer)
        except Problem:
            self._helper.close()
            raise

    @property
    def process_id(self) -> int:
        """The operating system's number of the helper."""
        return self._helper.process_id

    def items(self) -> Iterator[MediaItem]:
        """See `ImportSource.items`. Starting again ends an earlier walk."""
        yield from self._walk(more=False)

    def more_pages(self) -> Iterator[MediaItem]:
        """See `ScannerSource.more_pages`; of any other source as `items`."""
        yield from self._walk(more=True)

    def _walk(self, *, more: bool) -> Iterator[MediaItem]:
        self._walks += 1
        walk = self._walks
        self._ask({"do": "walk", "walk": walk, "more": more, "scan": str(self.scan)})
        while True:
            if walk != self._walks:
                raise AssertionError("a newer walk took the place of this one")
            answer = self._ask({"do": "more", "walk": walk}, longer=LISTING)
            with self._watched():
                items = [item_from(item) for item in objects_in(answer, "items")]
            yield from items
            if answer.get("end"):
                return

    def read_into(self, item: MediaItem, offset: int, buffer: memoryview) -> int:
        """See `ImportSource.read_into`. At most 1 MiB comes at a time."""
        if (refused := refusal(item)) is not None:
            raise refused
        length = min(len(buffer), BLOCK, item.size - offset)
        if length <= 0:
            return 0
        if not self._asked or self._asked[0] != (item.key, offset, length):
            self._drop_ahead()
            self._ask_for(item, offset, length)
        if self._reached == (item.key, offset):
            self._ask_ahead(item, min(len(buffer), BLOCK))
        got = self._answer(buffer[:length])[2]
        self._reached = (item.key, offset + got)
        return got

    def thumbnail(self, item: MediaItem) -> bytes | None:
        """See `ImportSource.thumbnail`."""
        self._drop_ahead()
        self._send({"do": "thumbnail", **item_message(item)})
        answer, content, _ = self._answer(None)
        return None if answer.get("none") else content

    def notes_beside(self, item: MediaItem) -> Sequence[MediaItem]:
        """See `ImportSource.notes_beside`."""
        return self._listed("notes", item)

    def check_clearing(self) -> None:
        """See `ClearingSource.check_clearing`."""
        self._ask({"do": "check clearing"})

    def identity(self) -> str:
        """See `ClearingSource.identity`. Raises ClearingRefused where nothing is cleared."""
        answer = self._ask({"do": "check clearing"})
        with self._watched():
            return text_in(answer, "identity")

    def companions(self, item: MediaItem) -> Sequence[MediaItem]:
        """See `ClearingSource.companions`."""
        return self._listed("companions", item)

    def delete_verified(
        self, item: MediaItem, *, sha256: bytes, compared: Compared = unheard
    ) -> None:
        """See `ClearingSource.delete_verified`."""
        ended: list[Problem] = []

        def alive(message: Message) -> None:
            if "compared" not in message or ended:
                return
            try:
                compared(number_in(message, "compared"))
            except Problem as problem:
                ended.append(problem)
                self._send({"do": STOP})
            else:
                if message.get("asks"):
                    self._send({"do": GO_ON})

        try:
            self._ask({"do": "delete", "sha256": sha256.hex(), **item_message(item)}, alive=alive)
        except Cancelled:
            if not ended:
                raise self._broken(WireBroken("nobody stopped it")) from None
            raise ended[0] from None

    def close(self) -> None:
        """Let the device go and end the helper. Safe to call twice and after the device is gone."""
        if self._end is None:
            self._end = SourceGone(source=self.info.name)
        self._helper.close()

    def _listed(self, what: str, item: MediaItem) -> Sequence[MediaItem]:
        answer = self._ask({"do": what, **item_message(item)}, longer=LISTING)
        with self._watched():
            return [item_from(one) for one in objects_in(answer, "items")]

    def _ask_for(self, item: MediaItem, offset: int, length: int) -> None:
        self._send({"do": "read", "offset": offset, "length": length, **item_message(item)})
        self._asked.append((item.key, offset, length))

    def _ask_ahead(self, item: MediaItem, length: int) -> None:
        """Ask for what follows the last block that was asked for."""
        while len(self._asked) < _AHEAD:
            _, last, last_length = self._asked[-1]
            offset = last + last_length
            if offset >= item.size:
                return
            self._ask_for(item, offset, min(length, item.size - offset))

    def _drop_ahead(self) -> None:
        """Hear and forget what was asked for too early."""
        while self._asked:
            try:
                self._answer(self._scratch)
            except Problem as problem:
                if problem.ends_the_trip:
                    raise

    def _ask(
        self, request: Mapping[str, object], *, longer: int = 1, alive: Told = lambda _: None
    ) -> Message:
        self._drop_ahead()
        if self._end is not None:
            raise self._end
        with self._watched():
            return self._helper.ask(request, longer=longer, alive=alive)

    def _send(self, request: Mapping[str, object]) -> None:
        if self._end is not None:
            raise self._end
        with self._watched():
            self._helper.send(request)

    def _answer(self, into: memoryview | None) -> tuple[Message, bytes, int]:
        if self._end is not None:
            raise self._end
        if self._asked:
            self._asked.popleft()
        with self._watched():
            return self._helper.answer(into)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """What ends the helper or the device ends this source for good."""
        try:
            yield
        except (WireBroken, WireSilent) as error:
            raise self._broken(error) from None
        except SourceGone as gone:
            self._end = gone
            raise

    def _broken(self, error: WireBroken | WireSilent) -> Problem:
        self._helper.kill()
        silent = isinstance(error, WireSilent)
        kind = SourceGone if silent else SourceHelperDied
        self._end = kind(source=self.info.name)
        return self._end
