"""Which cameras are plugged in and in what state. Runs in a helper process."""

import time
from collections.abc import Callable

from desktop.devices import never_cleared
from desktop.devices.gphoto_problems import no_storage, source_problem
from desktop.devices.gphoto_session import Bus, DriverError
from desktop.devices.source import SourceInfo, SourceState
from desktop.devices.states import state_of
from desktop.problem import Problem
from desktop.records.facts.capture import Route

_TRY_AGAIN_SECONDS = 5.0


class CameraWatch:
    """Looks again and again. A camera is opened once when it arrives, and never once it is ready:
    the program may then be using it."""

    def __init__(self, bus: Bus, *, alive: Callable[[], None]) -> None:
        self._bus = bus
        self._alive = alive
        self._known: dict[tuple[str, str], tuple[SourceInfo, float]] = {}

    def look(self, *, again: bool = False) -> list[SourceInfo]:
        """Every camera that is plugged in now. `again`: a person waits for one that was not ready
        a moment ago."""
        present = self._bus.cameras()
        self._known = {
            place: (self._info(*place), time.monotonic())
            if self._wants_a_look(place, again=again)
            else self._known[place]
            for place in present
        }
        return [info for info, _ in self._known.values()]

    def _wants_a_look(self, place: tuple[str, str], *, again: bool) -> bool:
        if place not in self._known:
            return True
        info, looked = self._known[place]
        return info.state is not SourceState.READY and (
            again or time.monotonic() - looked > _TRY_AGAIN_SECONDS
        )

    def _info(self, model: str, port: str) -> SourceInfo:
        problem = self._problem(model, port)
        return SourceInfo(
            id=f"ptp:{port}",
            route=Route.PTP,
            name=model,
            state=SourceState.READY if problem is None else state_of(problem),
            detail="" if problem is None else str(problem),
            cannot_clear=never_cleared.of_model(model),
        )

    def _problem(self, model: str, port: str) -> Problem | None:
        try:
            session = self._bus.open(model, port, self._alive)
        except DriverError as error:
            return source_problem(error, model)
        try:
            return no_storage(model) if session.storages() == [] else None
        except DriverError as error:
            return source_problem(error, model)
        finally:
            session.close()
