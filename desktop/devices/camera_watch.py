"""Which cameras libgphoto2 sees and in what state. Runs in a helper process."""

from collections.abc import Callable, Sequence

from desktop.devices import never_cleared
from desktop.devices.device_watch import DeviceWatch
from desktop.devices.gphoto_problems import source_problem
from desktop.devices.gphoto_session import Bus, DriverError
from desktop.devices.source import SourceInfo, SourceState
from desktop.devices.states import no_storage, state_of
from desktop.problem import Problem
from desktop.records.facts.capture import Route


class CameraWatch(DeviceWatch):
    """A `DeviceWatch` over USB."""

    def __init__(self, bus: Bus, *, alive: Callable[[], None]) -> None:
        super().__init__()
        self._bus = bus
        self._alive = alive

    def _present(self) -> Sequence[tuple[str, str]]:
        return self._bus.cameras()

    def _info(self, model: str, place: str) -> SourceInfo:
        problem = self._problem(model, place)
        return SourceInfo(
            id=f"ptp:{place}",
            route=Route.PTP,
            name=model,
            state=SourceState.READY if problem is None else state_of(problem),
            detail="" if problem is None else str(problem),
            cannot_clear=never_cleared.over_the_driver(model),
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
