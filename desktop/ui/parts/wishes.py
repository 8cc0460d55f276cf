"""What the window wishes to see and a lane takes one by one: of what is on screen the newest first,
then what may be scrolled to next."""

from collections.abc import Callable, Hashable
from threading import Lock

Fetch = Callable[[], bytes | None]

_MOST = 500  # on the largest screens some 250 tiles lie; what was scrolled past long ago is let go


class Wishes:
    """Keys with the work that fetches their pictures. Any thread may ask and tell at any time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen: dict[Hashable, Fetch] = {}
        self._ahead: dict[Hashable, Fetch] = {}
        self._begun: set[Hashable] = set()

    def __bool__(self) -> bool:
        """Whether anything is left to take."""
        return bool(self._seen or self._ahead)

    def want(self, key: Hashable, fetch: Fetch) -> None:
        """Wish for what is on screen now: it comes before all that was wished for earlier."""
        with self._lock:
            if key in self._begun:
                return
            self._ahead.pop(key, None)
            self._seen.pop(key, None)
            self._seen[key] = fetch
            _let_go(self._seen)

    def expect(self, key: Hashable, fetch: Fetch) -> None:
        """Wish for what may be on screen soon: it waits for all that is."""
        with self._lock:
            if key not in self._begun and key not in self._seen and key not in self._ahead:
                self._ahead[key] = fetch
                _let_go(self._ahead)

    def take(self) -> tuple[Hashable, Fetch] | None:
        """The next wish, which is begun from now on; None when nothing is left."""
        with self._lock:
            wishes = self._seen or self._ahead
            if not wishes:
                return None
            key, fetch = wishes.popitem()
            self._begun.add(key)
            return key, fetch

    def end(self, key: Hashable) -> None:
        """What was begun is here, or known to be absent."""
        with self._lock:
            self._begun.discard(key)

    def forget(self) -> None:
        """Let all go that was not begun."""
        with self._lock:
            self._seen.clear()
            self._ahead.clear()


def _let_go(wishes: dict[Hashable, Fetch]) -> None:
    if len(wishes) > _MOST:
        del wishes[next(iter(wishes))]
