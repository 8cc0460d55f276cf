"""What is said between the request and the answer of one job: the program's side of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from desktop.media.untrusted import Untrusted
from desktop.media.worker_messages import BadMessage, Message
from desktop.problem import Cancelled

P = ParamSpec("P")
T = TypeVar("T")

MOST_AT_ONCE = 8 * 1024**2
"""The most bytes of a file that a worker gets for one wish."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Who hears what a long job says before its answer, in a lane of the sandbox.

    `take` gets what the job makes, piece by piece; `tell` how far it is, 0 to 1. Once `stopped`
    says yes the job is ended. With `patient`, the time limit runs from the last news on, not from
    the beginning: for jobs of which nobody can say how long they take.
    """

    take: Callable[[bytes], None] | None = None
    tell: Callable[[float], None] = field(default=lambda _done: None)
    stopped: Callable[[], bool] = _never
    patient: bool = False


@dataclass(slots=True, kw_only=True)
class Talk:
    """One job under way. `heard` counts the news; `ours` is what went wrong on this side, if so."""

    request: Message
    source: Untrusted
    listener: Listener
    heard: int = 0
    ours: BaseException | None = None

    def reply(self, news: Message) -> Message:
        """The answer to a piece of news. Raises BadMessage for what no sound worker says, and
        `ours`."""
        self.heard += 1
        if self.listener.stopped():
            self.ours = Cancelled()
            raise self.ours
        match news.facts:
            case {"news": "wants", "offset": int(offset), "length": int(length)}:
                return Message(facts={}, blobs=(self._read(offset, length),))
            case {"news": "piece"} if self.listener.take is not None and len(news.blobs) == 1:
                self._ours(self.listener.take, news.blobs[0])
            case {"news": "far", "done": int() | float() as done}:
                self.listener.tell(min(max(float(done), 0.0), 1.0))
            case _:
                raise BadMessage("news that nobody understands")
        return Message(facts={})

    def _read(self, offset: int, length: int) -> bytes:
        if not (0 <= offset <= self.source.size and 0 <= length <= MOST_AT_ONCE):
            raise BadMessage("a wish for what is not there")
        return self._ours(self.source.read_at, offset, length)

    def _ours(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return work(*args, **kwargs)
        except Exception as reason:
            self.ours = reason
            raise
