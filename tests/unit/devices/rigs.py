"""A hand on each kind of device: a card, libgphoto2's virtual camera, and the one on loopback."""

import calendar
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from desktop.devices.finding import open_source
from desktop.devices.helper_source import HelperSource
from desktop.devices.source import ImportSource
from tests.unit.devices.conftest import TAKEN, put
from tests.unit.devices.ptp_card import Pattern
from tests.unit.devices.ptp_datasets import Operation
from tests.unit.devices.ptp_script import ROOT_OF_IPHONE, ROOT_OF_RICOH
from tests.unit.devices.ptpip_camera import PtpIpCamera
from tests.unit.devices.rig import FOLDER, PLAIN, Rig


class FolderRig(Rig):
    """A card in a card reader."""

    def __init__(
        self,
        card: Path,
        photos: Mapping[str, bytes],
        *,
        opens: Callable[[], ImportSource] | None = None,
    ) -> None:
        super().__init__(photos)
        self.card = card
        self._opens = opens
        _lay(card, photos)

    def open(self) -> ImportSource:
        return open_source(f"folder:{self.card}") if self._opens is None else self._opens()

    def left(self) -> Mapping[str, bytes]:
        return {path.name: path.read_bytes() for path in self.card.rglob("*.JPG")}

    def add(self, name: str, content: bytes, *, folder: str = FOLDER) -> None:
        place = self.card / "DCIM" / folder
        place.mkdir(exist_ok=True)
        put(place / name, content)

    def add_large(self, name: str, size: int) -> Pattern:
        self.add(name, b"")
        os.truncate(self._place(name), size)
        return Pattern(size, blank=True)

    def remove(self, name: str) -> None:
        self._place(name).unlink()

    def clear(self) -> None:
        for name in self.left():
            self.remove(name)

    def cut(self, name: str, size: int) -> None:
        os.truncate(self._place(name), size)

    def unplug(self) -> None:
        self.card.rename(self.card.with_name("pocket"))

    def plug_in(self) -> None:
        self.card.with_name("pocket").rename(self.card)

    def swap_card(self, photos: Mapping[str, bytes]) -> None:
        self.unplug()
        _lay(self.card, photos)

    def link(self, name: str, target: Path) -> None:
        (self.card / "DCIM" / FOLDER / name).symlink_to(target)

    def _place(self, name: str) -> Path:
        return next(self.card.rglob(name))


class VirtualCameraRig(FolderRig):
    """libgphoto2's own virtual camera: it shows a folder, and hands over whole files only.

    It runs where the driver runs, so its clock is the helper's, which stands at UTC.
    """

    finds_by_prefix = True
    withholds = ".AAE"  # the driver gives no whole file of a kind that the camera does not name

    def __init__(self, card: Path, photos: Mapping[str, bytes]) -> None:
        super().__init__(card, photos, opens=lambda: open_source("ptp:usb:001,001"))
        seconds = calendar.timegm(TAKEN.timetuple())
        for path in card.rglob("*.JPG"):
            os.utime(path, (seconds, seconds))


class NetworkCameraRig(Rig):
    """The camera on loopback, which hands over files in parts."""

    finds_by_prefix = True
    holds_what_is_open = False
    hostile = (*PLAIN, "we/ird.jpg", "a/../../b.jpg", "..", "/")

    def __init__(self, camera: PtpIpCamera, photos: Mapping[str, bytes]) -> None:
        super().__init__(photos)
        self.camera = camera
        thumbnail = min(photos.values(), key=len)
        parent = camera.add_folder(FOLDER, camera.add_folder("DCIM"))
        for name, content in photos.items():
            camera.add_file(name, content, parent=parent, thumbnail=thumbnail)
        self._folders = {FOLDER: parent}

    def open(self) -> ImportSource:
        return open_source(self.camera.source_id)

    def left(self) -> Mapping[str, bytes]:
        return self.camera.files()

    def add(self, name: str, content: bytes, *, folder: str = FOLDER) -> None:
        self.camera.add_file(name, content, parent=self._folder(folder))

    def add_large(self, name: str, size: int) -> Pattern:
        content = Pattern(size)
        self.camera.add_file(name, content, parent=self._folder(FOLDER))
        return content

    def remove(self, name: str) -> None:
        self.camera.remove(name)

    def clear(self) -> None:
        for name in self.left():
            self.remove(name)

    def cut(self, name: str, size: int) -> None:
        self.camera.script.stops_at = size

    def unplug(self) -> None:
        self.camera.unplug()

    def plug_in(self) -> None:
        self.camera.plug_in()

    def swap_card(self, photos: Mapping[str, bytes]) -> None:
        self.camera.script.reuses_handles = True
        self.camera.swap_card(photos)

    def add_storage(self) -> Mapping[str, bytes]:
        photos = {"IMG_0001.JPG": b"of the other storage", "IMG_0009.JPG": b"its last"}
        self.camera.add_photos(photos, store=self.camera.add_card("SECOND"))
        return photos

    def deny(self, name: str) -> None:
        self.camera.script.denied = {name}

    def lock(self) -> None:
        self.camera.script.refused = {Operation.OPEN_SESSION}

    def hide_storages(self) -> None:
        self.camera.script.locked = True

    def hold(self) -> None:
        self.camera.script.busy = True

    def hide(self) -> Iterator[int]:
        for parent in (ROOT_OF_IPHONE, ROOT_OF_RICOH):
            self.camera.script.root_parent = parent
            yield parent

    def asked_about(self) -> int:
        return self.camera.asked.count(Operation.GET_OBJECT_INFO)

    def stall(self, source: HelperSource) -> None:
        self.camera.script.silent_on = {Operation.GET_PARTIAL_OBJECT}

    def go_on(self, source: HelperSource) -> None:
        self.camera.script.silent_on = set()

    def _folder(self, name: str) -> int:
        if name not in self._folders:
            self._folders[name] = self.camera.add_folder(name, self.camera.folder("DCIM"))
        return self._folders[name]


def _lay(card: Path, photos: Mapping[str, bytes]) -> None:
    folder = card / "DCIM" / FOLDER
    folder.mkdir(parents=True)
    for name, content in photos.items():
        put(folder / name, content)
