"""The operating system's own driver for cameras and phones: that of Windows, and that of macOS.

**Not proven on hardware.** Whatever is found here says so, and nothing is ever cleared from it.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from importlib.util import find_spec
from typing import Final

from desktop.devices import never_cleared
from desktop.devices.device_watch import DeviceWatch
from desktop.devices.object_port import PortBus, PortError
from desktop.devices.object_source import ObjectPortSource, port_problem
from desktop.devices.problems import SourceUnknown
from desktop.devices.source import SourceInfo
from desktop.devices.states import state_of
from desktop.devices.untrusted_names import shown
from desktop.problem import Problem
from desktop.records.facts.capture import Route

WPD: Final = "wpd:"
ICC: Final = "icc:"
CAUTION: Final = (
    "This connection is not proven on hardware yet. Compare the number of images with what the "
    "device shows, or take its card and a card reader."
)
_OF_PLATFORM: Final[Mapping[str, tuple[str, str]]] = {
    "win32": (WPD, "comtypes"),
    "darwin": (ICC, "ImageCaptureCore"),
}


def scheme_here(platform: str = sys.platform) -> str | None:
    """How the ids of this system's own devices begin, or None if it has no driver that could be
    used. Where there is one, libgphoto2 is left alone: the system would take the camera back."""
    scheme, library = _OF_PLATFORM.get(platform, ("", ""))
    return scheme if library and find_spec(library) is not None else None


def is_of_a_port(source_id: str) -> bool:
    """Whether a source's id is one of this room, on whatever system."""
    return source_id.startswith((WPD, ICC))


def bus_here() -> PortBus:
    """The driver of this system. Raises AssertionError where `scheme_here` is None."""
    # Imported here: neither library can be imported on another system than its own.
    match scheme_here():
        case "wpd:":
            from desktop.devices.wpd_port import WpdBus

            return WpdBus()
        case "icc:":
            from desktop.devices.icc_port import IccBus

            return IccBus()
    raise AssertionError("this system has no driver of its own")


def info_of(source_id: str, name: str) -> SourceInfo:
    """What the program says of a device that is reached like this, before it was asked anything."""
    return SourceInfo(
        id=source_id,
        route=Route.PTP,
        name=shown(name),
        cannot_clear=never_cleared.of_model(name) or never_cleared.NOT_PROVEN,
        caution=CAUTION,
    )


def open_port_source(
    info: SourceInfo, bus: PortBus, *, alive: Callable[[], None] = lambda: None
) -> ObjectPortSource:
    """Open one of the driver's devices. Raises SourceUnknown, or what it says to being opened."""
    device = info.id.partition(":")[2]
    model = "The device"  # an id may hold its serial number
    try:
        found = {place: model for model, place in bus.devices()}
        if device not in found:
            raise SourceUnknown(source=info.name)
        model = found[device]
        port = bus.open(device, alive)
    except PortError as error:
        raise port_problem(error, shown(model)) from None
    return ObjectPortSource(port, info=info_of(info.id, model), alive=alive)


class PortWatch(DeviceWatch):
    """A `DeviceWatch` over the system's own driver."""

    def __init__(self, scheme: str, bus: PortBus, *, alive: Callable[[], None]) -> None:
        super().__init__()
        self._scheme = scheme
        self._bus = bus
        self._alive = alive

    def _present(self) -> Sequence[tuple[str, str]]:
        try:
            return self._bus.devices()
        except PortError:
            return []

    def _info(self, model: str, place: str) -> SourceInfo:
        info = info_of(f"{self._scheme}{place}", model)
        try:
            with closing(open_port_source(info, self._bus, alive=self._alive)):
                return info
        except Problem as problem:
            return replace(info, state=state_of(problem), detail=str(problem))
