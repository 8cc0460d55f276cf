"""A hand on the device behind a port that is not real."""

from collections.abc import Iterator, Mapping

from desktop.devices.object_port import TOP, Fault
from desktop.devices.source import ImportSource
from desktop.devices.system_ports import WPD, info_of, open_port_source
from tests.unit.devices.port_double import MODEL, PLACE, PortDevice
from tests.unit.devices.ptp_card import Pattern
from tests.unit.devices.rig import FOLDER, PLAIN, Rig


class PortRig(Rig):
    """A phone behind the driver of Windows or macOS, as far as `ObjectPort` says what that does."""

    holds_what_is_open = False
    tells_twins_apart = True
    hostile = (*PLAIN, "we/ird.jpg", "a/../../b.jpg", "..", "/")

    def __init__(self, photos: Mapping[str, bytes]) -> None:
        super().__init__(photos)
        self.device = PortDevice(thumbnail=min(photos.values(), key=len))
        dcim = self.device.add("DCIM", self.device.add("Internal storage", TOP))
        self._dcim, self._folders = dcim, {FOLDER: self.device.add(FOLDER, dcim)}
        for name, content in photos.items():
            self.add(name, content)

    def open(self) -> ImportSource:
        return open_port_source(info_of(f"{WPD}{PLACE}", MODEL), self.device)

    def left(self) -> Mapping[str, bytes]:
        held = self.device.objects.values()
        return {one.name: one.content[:] for one in held if one.content is not None}

    def add(self, name: str, content: bytes, *, folder: str = FOLDER) -> None:
        if folder not in self._folders:
            self._folders[folder] = self.device.add(folder, self._dcim)
        self.device.add(name, self._folders[folder], content)

    def add_large(self, name: str, size: int) -> Pattern:
        content = Pattern(size)
        self.device.add(name, self._folders[FOLDER], content)
        return content

    def remove(self, name: str) -> None:
        del self.device.objects[self._place(name)]

    def clear(self) -> None:
        for name in self.left():
            self.remove(name)

    def cut(self, name: str, size: int) -> None:
        self.device.stops_at = size

    def unplug(self) -> None:
        self.device.is_here = False

    def plug_in(self) -> None:
        self.device.is_here = True

    def swap_card(self, photos: Mapping[str, bytes]) -> None:
        self.device.serial += 1
        for name, content in photos.items():
            self.device.objects[self._place(name)].content = content

    def add_storage(self) -> Mapping[str, bytes]:
        photos = {"IMG_0001.JPG": b"of the other storage", "IMG_0009.JPG": b"its last"}
        storage = self.device.add("SD card", TOP)
        for name, content in photos.items():
            self.device.add(name, storage, content)
        return photos

    def deny(self, name: str) -> None:
        self.device.denied = {name}

    def lock(self) -> None:
        self.device.fault = Fault.LOCKED

    def hide_storages(self) -> None:
        self.device.shows_storages = False

    def hold(self) -> None:
        self.device.fault = Fault.BUSY

    def hide(self) -> Iterator[int]:
        self.device.shows_folders = False
        yield 0

    def asked_about(self) -> int:
        return self.device.described

    def _place(self, name: str) -> str:
        return next(place for place, held in self.device.objects.items() if held.name == name)
