"""Decoder processes that serve one office after another: each takes half a second to be ready.

An office gets its workers as it always does: confined, supervised, replaced when one dies or is
stopped. Only when it is closed those that are idle stay for the next office of this process. That
they end with an office is proved where they are made (tests/unit/media).
"""

from collections.abc import Iterator

import pytest

from desktop.lanes import Lane
from desktop.media import sandbox_pool
from desktop.media.copier import Copier
from desktop.media.sandbox import Limits, Sandbox, _Worker

_Kept = tuple[Lane, _Worker]


class KeptSandbox(Sandbox):
    """A Sandbox that begins with what an earlier one of its kind left, if there is any."""

    left: dict[object, list[_Kept]] = {}  # noqa: RUF012 - of all of them

    def __init__(self, jobs_module: str, *, limits: Limits | None = None, role: str = "") -> None:
        super().__init__(jobs_module, limits=limits)
        self._kind = (jobs_module, self._limits, role)

    def _pipe_lane(self) -> Lane:
        if self._lane is None and (left := self.left.get(self._kind)):
            self._lane, self._worker = left.pop()
        return super()._pipe_lane()

    def close(self) -> None:
        with self._one_at_a_time:
            if self._lane is not None and not self._is_stopped:
                worker = self._lane.ask(lambda: self._worker)  # after what it is still asked for
                if worker is not None and not worker.has_ended:
                    self.left.setdefault(self._kind, []).append((self._lane, worker))
                    self._lane = self._worker = None
        super().close()

    @classmethod
    def end_all(cls) -> None:
        for lane, worker in (one for left in cls.left.values() for one in left):
            lane.ask(worker.end)
            lane.close()
        cls.left.clear()


_begin = Copier.__init__


def _begin_with_kept(self: Copier, *, limits: Limits | None = None) -> None:
    """What made a copy never checks one, in no later office either."""
    _begin(self, limits=limits)
    for role in ("_making", "_checking"):
        plain = getattr(self, role)
        setattr(self, role, KeptSandbox(plain._module, limits=plain._limits, role=role))


@pytest.fixture(scope="session", autouse=True)
def kept_workers() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sandbox_pool, "Sandbox", KeptSandbox)
        patched.setattr(Copier, "__init__", _begin_with_kept)
        yield
    KeptSandbox.end_all()
