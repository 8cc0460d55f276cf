"""An original on its way into the store; one that was cut half-way may wait for its device.

What waits is the sealed part, in its `.part` file, and in memory the key, the running hash and the
place: for as long as the office is open, and no longer. Nothing of it is on disk in the clear. A
file that was cut goes on only if what an earlier reading gave can be read once more: the head, the
last sealed segments, and some in between that nobody can foresee, each equal byte for byte.
"""

import hashlib
import hmac
import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from threading import Lock
from typing import Final

from desktop.problem import Cancelled, Problem
from desktop.records.vault.office_key import KEY_BYTES
from desktop.records.vault.original_store import OriginalStore
from desktop.records.vault.problems import SourceCutShort
from desktop.records.vault.sealing import HEADER, SEGMENT, TAG, Buffers, Sealing
from desktop.records.vault.wipe import wipe

ReadInto = Callable[[memoryview], int]
ReadAt = Callable[[int, memoryview], int]
Stopped = Callable[[], bool]

_HEAD, _BETWEEN, _TAIL = 4, 12, 16
WORTH_KEEPING: Final = (_HEAD + _BETWEEN + _TAIL) * SEGMENT
"""Less than this is read again from its start: comparing would read as much."""

_MOST_WAITING = 4


class HalfSealed:
    """One attempt to seal one original of `size` bytes; belongs to one thread at a time."""

    def __init__(self, store: OriginalStore, *, name: str, size: int) -> None:
        """Begins it in the store. Raises what `OriginalStore.put` and writing raise."""
        self.name, self.size = name, size
        self.key = bytearray(secrets.token_bytes(KEY_BYTES))
        self.pending = store.put(name)
        self._digest = hashlib.sha256()
        self._sealing = Sealing(key=self.key, name=name, size=size)
        self._is_begun = False
        self._was_cut = False

    @property
    def done(self) -> int:
        """How many bytes were sealed."""
        return min(self._sealing.whole_segments * SEGMENT, self.size)

    @property
    def can_wait(self) -> bool:
        """Whether its source left in mid-file, late enough for going on to be worth it."""
        return self._was_cut and self.done >= WORTH_KEEPING

    @property
    def sha256(self) -> bytes:
        """The hash of the bytes that were sealed, in the order in which they came."""
        return self._digest.digest()

    def go_on(self, read: ReadInto, buffers: Buffers, stopped: Stopped) -> None:
        """Seal the rest; `read` gives what follows `done`. Raises as `Originals.seal` does."""
        self._was_cut = False
        if not self._is_begun:
            self.pending.write(self._sealing.header)
            self._is_begun = True
        while (length := self._sealing.next_length) is not None:
            plain = buffers.plain[:length]
            try:
                self._fill(plain, read, stopped)
            except Problem as problem:
                self._was_cut = problem.ends_the_trip and not isinstance(problem, Cancelled)
                raise
            self._digest.update(plain)
            self.pending.write(self._sealing.seal(plain, buffers.sealed))

    def agrees(self, read_at: ReadAt, buffers: Buffers, stopped: Stopped) -> bool:
        """Whether the source gives once more what was sealed of it, wherever it is asked.

        Raises what the source and the drive raise, and Cancelled.
        """
        earlier = Buffers()
        try:
            return all(
                self._agrees_at(index, read_at, (buffers, earlier), stopped)
                for index in _places(self._sealing.whole_segments)
            )
        finally:
            earlier.wipe()

    def _agrees_at(
        self, index: int, read_at: ReadAt, room: tuple[Buffers, Buffers], stopped: Stopped
    ) -> bool:
        now, earlier = room
        try:
            self._fill(now.plain, _from(read_at, index * SEGMENT), stopped)
        except SourceCutShort:
            return False
        self.pending.read_at(HEADER + index * (SEGMENT + TAG), now.sealed)
        was_read = self._sealing.unseal(index, now.sealed, earlier.plain)
        return was_read and hmac.compare_digest(now.plain, earlier.plain)

    def rest_of(self, read_at: ReadAt) -> ReadInto:
        """Reads what follows `done`."""
        return _from(read_at, self.done)

    def abandon(self) -> None:
        """Leave nothing of it; a drive that fails is left to the next sweep."""
        wipe(self.key)
        with suppress(Problem):
            self.pending.abandon()

    def _fill(self, plain: memoryview, read: ReadInto, stopped: Stopped) -> None:
        filled = 0
        while filled < len(plain):
            if stopped():
                raise Cancelled
            got = read(plain[filled:])
            if got <= 0:
                raise SourceCutShort(got=self.done + filled, size=self.size)
            filled += got


class Waiting:
    """Originals that wait for their devices, the newest few. May be called from any thread."""

    def __init__(self) -> None:
        self._halves: OrderedDict[Hashable, HalfSealed] = OrderedDict()
        self._is_over = False
        self._at_a_time = Lock()

    def take(self, mark: Hashable) -> HalfSealed | None:
        """What waits under this mark, which is the caller's from now on."""
        with self._at_a_time:
            return self._halves.pop(mark, None)

    def leave(self, mark: Hashable, half: HalfSealed) -> None:
        """Let it wait if it can, and abandon it otherwise; the oldest makes room for it."""
        with self._at_a_time:
            given_up = [half]
            if half.can_wait and not self._is_over:
                given_up = [old for old in [self._halves.pop(mark, None)] if old is not None]
                self._halves[mark] = half
                while len(self._halves) > _MOST_WAITING:
                    given_up.append(self._halves.popitem(last=False)[1])
        for one in given_up:
            one.abandon()

    def close(self) -> None:
        """Nothing waits any more, and nothing will. Safe to call twice."""
        with self._at_a_time:
            self._is_over = True
            halves, self._halves = list(self._halves.values()), OrderedDict()
        for half in halves:
            half.abandon()


def _from(read_at: ReadAt, start: int) -> ReadInto:
    place = start

    def read(buffer: memoryview) -> int:
        nonlocal place
        got = read_at(place, buffer)
        place += got
        return got

    return read


def _places(count: int) -> Sequence[int]:
    """The segments to be compared, of so many: the first ones, the last ones, and some between."""
    between = range(_HEAD, count - _TAIL)
    chosen = sorted(secrets.SystemRandom().sample(between, min(_BETWEEN, len(between))))
    return [*range(_HEAD), *chosen, *range(count - _TAIL, count)]
