"""Several worker processes of one kind, so that a filing uses every processor."""

import os
from collections.abc import Mapping
from queue import LifoQueue

from desktop.media.sandbox import Limits, Sandbox
from desktop.media.untrusted import AnyBytes
from desktop.media.worker_messages import Message
from desktop.media.worker_talk import Listener

_MOST = 4


def fitting_number() -> int:
    """How many workers this machine has processors for; more than four would only take memory."""
    return max(1, min(_MOST, os.cpu_count() or 1))


class SandboxPool:
    """As `Sandbox`, for as many jobs at once as there are workers.

    Each is a process of its own with limits of its own: what kills one leaves the others at work. A
    worker starts when all that run are busy, so a single photo starts a single one.
    """

    def __init__(
        self, jobs_module: str, *, workers: int | None = None, limits: Limits | None = None
    ) -> None:
        count = workers or fitting_number()
        self._all = [Sandbox(jobs_module, limits=limits) for _ in range(count)]
        # who was last at work is taken first: it is warm
        self._idle: LifoQueue[Sandbox] = LifoQueue()
        for sandbox in reversed(self._all):
            self._idle.put(sandbox)

    @property
    def workers(self) -> int:
        """How many jobs can be done at once."""
        return len(self._all)

    def warm(self) -> None:
        """Start one process now, without waiting for it."""
        self._all[0].warm()

    def ask(
        self,
        job: str,
        untrusted: AnyBytes,
        facts: Mapping[str, object],
        listener: Listener | None = None,
    ) -> Message:
        """As `Sandbox.ask`, by whichever worker is idle; waits until one is."""
        sandbox = self._idle.get()
        try:
            return sandbox.ask(job, untrusted, facts, listener)
        finally:
            self._idle.put(sandbox)

    def stop(self) -> None:
        """As `Sandbox.stop`, of every one."""
        for sandbox in self._all:
            sandbox.stop()

    def close(self) -> None:
        """End every process, each after the job it is at. Safe to call twice."""
        for sandbox in self._all:
            sandbox.close()
