"""What is plugged in: cards and sticks, the office's folders, and cameras; and how to open one."""

import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import psutil

from desktop.devices import never_cleared, scanner, system_ports
from desktop.devices.cloud_folders import caution, cloud_service
from desktop.devices.folder_source import camera_tops
from desktop.devices.helper_process import SILENCE, HelperProcess
from desktop.devices.helper_source import HelperSource
from desktop.devices.mounted_phones import mounted_phones, phone_that_holds
from desktop.devices.network_address import PREFIX, address_of, name_of
from desktop.devices.problems import SourceNotSharing, SourceUnknown, SourceUnreadable
from desktop.devices.source import ClearingSource, SourceInfo, SourceState
from desktop.devices.untrusted_names import shown
from desktop.devices.usb_bus import SilentPhone, UsbBus
from desktop.devices.wire import WireBroken, WireSilent, info_from, objects_in
from desktop.problem import Problem
from desktop.records.facts.capture import Route
from desktop.records.facts.scan_settings import ScanSettings

_FOLDER: Final = "folder:"
_AS_EVER: Final = ScanSettings()
_CAMERA: Final = "ptp:"
_CARD: Final = "Card "

_SETTLES_SECONDS: Final = 10.0
"""How long a device that was plugged in may take until its driver can see it."""


class SourceWatcher:
    """Looks for sources again and again; cheap enough for every second. Blocks: use it in a lane.

    Cameras are looked for in a helper of its own, which loads the list of models once. One that
    crashed is replaced at once, one that hung at the next look. Where the system tells that nothing
    came or left on USB, and every camera is ready, the helper is left asleep.
    """

    def __init__(
        self,
        folders: Sequence[Path] = (),
        *,
        silence: float = SILENCE,
        usb: UsbBus | None = None,
    ) -> None:
        self._folders = tuple(folders)
        self._silence = silence
        self._usb = usb or UsbBus()
        self._helper: HelperProcess | None = None
        self._seen: list[SourceInfo] = []
        self._fingerprint: object | None = None
        self._changed_at = 0.0

    def look(self, *, again: bool = False) -> list[SourceInfo]:
        """Everything that could be opened now: cameras, cards, mounted phones, then folders. A
        source that cannot be opened says why. Raises nothing for what the world does.

        `again` asks cameras at once that were not ready a moment ago: a person waits for it.
        """
        mounted = [*_cards(), *(_info(phone.place, Route.FOLDER) for phone in mounted_phones())]
        known = {info.id for info in mounted}
        folders = [info for folder in self._folders if (info := _folder(folder)) is not None]
        fresh = [info for info in folders if info.id not in known]
        return [*self._plugged_in(again=again), *mounted, *fresh]

    def close(self) -> None:
        """End the helper. Safe to call twice."""
        if self._helper is not None:
            self._helper.close()
            self._helper = None

    def _plugged_in(self, *, again: bool) -> list[SourceInfo]:
        """Cameras and phones on cables."""
        if find_spec("gphoto2") is None and system_ports.scheme_here() is None:
            return []
        now, fingerprint = time.monotonic(), self._usb.fingerprint()
        if fingerprint is None or fingerprint != self._fingerprint:
            self._fingerprint, self._changed_at = fingerprint, now
        settled = now - self._changed_at > _SETTLES_SECONDS
        if again or not settled or any(one.state is not SourceState.READY for one in self._seen):
            cameras = self._cameras(again=again)
            spoken_for = {camera.id for camera in cameras}
            phones = map(_not_sharing, self._usb.silent_phones())
            self._seen = [*cameras, *(one for one in phones if one.id not in spoken_for)]
        return self._seen

    def _cameras(self, *, again: bool) -> list[SourceInfo]:
        try:
            return self._ask_helper(again=again)
        except WireBroken:
            # A crash must not make cameras vanish for a moment: others hold sessions with them.
            with suppress(WireBroken, WireSilent, Problem):
                return self._ask_helper(again=again)
        except (WireSilent, Problem):
            pass
        self._changed_at = time.monotonic()  # so that the next look asks once more
        return []

    def _ask_helper(self, *, again: bool) -> list[SourceInfo]:
        if self._helper is None:
            self._helper = HelperProcess(silence=self._silence)
        try:
            answer = self._helper.ask({"do": "look", "again": again})
            return [info_from(info) for info in objects_in(answer, "sources")]
        except (WireBroken, WireSilent, Problem):
            self._helper.kill()
            self._helper = None
            raise


def find_sources(settings_folders: Sequence[Path]) -> list[SourceInfo]:
    """One look at what is plugged in. Starts and ends a helper: for a window, keep a SourceWatcher.

    Raises nothing for what the world does.
    """
    with closing(SourceWatcher(settings_folders)) as watcher:
        return watcher.look()


def open_source(
    id_or_folder: str,
    *,
    folders: Sequence[Path] = (),
    silence: float = SILENCE,
    scan: ScanSettings = _AS_EVER,
) -> ClearingSource:
    """Open a source by the id of its `SourceInfo`, by the path of a folder, or by the name of one
    of `folders`; `scan` is how a scanner is to scan. Raises SourceUnknown, or what the source says
    when it is opened."""
    source = HelperSource(source_called(id_or_folder, folders=folders), silence=silence)
    source.scan = scan
    return source


def open_found(info: SourceInfo) -> HelperSource:
    """Open a source under the name by which it was found. Raises what it says when opened."""
    return HelperSource(info)


def source_called(id_or_folder: str, *, folders: Sequence[Path] = ()) -> SourceInfo:
    """The source that `open_source` would open, unopened: it says nothing of its state. A card may
    be called by its name, too, and a camera on the network by its address: `ptpip:192.168.1.20`.
    Raises SourceUnknown, AddressUnclear, AddressNotPrivate."""
    if system_ports.is_of_a_port(id_or_folder):
        return _of_a_port(id_or_folder)
    if scanner.is_scanner(id_or_folder):
        return scanner.info_of(id_or_folder)
    if not id_or_folder.startswith((_CAMERA, PREFIX)):
        return _wanted_folder(id_or_folder, folders)
    if find_spec("gphoto2") is None:
        raise SourceUnknown(source=shown(id_or_folder))
    if id_or_folder.startswith(PREFIX):
        return network_camera(id_or_folder)
    name = id_or_folder.removeprefix(_CAMERA)
    return SourceInfo(id=id_or_folder, route=Route.PTP, name=shown(name))


def network_camera(address: str) -> SourceInfo:
    """The camera at an address that a person typed; nobody is asked yet.

    Raises AddressUnclear, AddressNotPrivate.
    """
    where = address_of(address)
    return SourceInfo(id=where.source_id, route=Route.NETWORK, name=name_of(where))


def _of_a_port(source_id: str) -> SourceInfo:
    scheme, _, device = source_id.partition(":")
    if system_ports.scheme_here() != f"{scheme}:" or not device:
        raise SourceUnknown(source=shown(source_id))
    return system_ports.info_of(source_id, device)


def _wanted_folder(text: str, folders: Sequence[Path]) -> SourceInfo:
    called, cards = text.removeprefix(_FOLDER), _cards()
    path = Path(called)
    if not called or not path.is_dir():
        card = next(
            (one for one in cards if text in {one.name, one.name.removeprefix(_CARD)}), None
        )
        if card is not None:
            return card
        named = next((folder for folder in folders if folder.name == text), None)
        if named is None:
            raise SourceUnknown(source=shown(text))
        path = named
    card = next((one for one in cards if one.id == f"{_FOLDER}{path.absolute()}"), None)
    return card or _info(path, Route.FOLDER)


def _not_sharing(phone: SilentPhone) -> SourceInfo:
    return SourceInfo(
        id=f"{_CAMERA}{phone.port}",
        route=Route.PTP,
        name=phone.name,
        state=SourceState.NOT_SHARING,
        detail=str(SourceNotSharing(source=phone.name)),
        cannot_clear=never_cleared.of_model(phone.name),
    )


def _cards() -> list[SourceInfo]:
    """What is mounted and has the folders that cameras make."""
    places = (Path(partition.mountpoint) for partition in psutil.disk_partitions(all=False))
    return [_info(place, Route.CARD) for place in sorted(set(places)) if _is_card(place)]


def _is_card(place: Path) -> bool:
    try:
        return bool(camera_tops(place))
    except OSError:
        return False


def _folder(folder: Path) -> SourceInfo | None:
    """A folder of the office's settings; None while it is not there, as if unplugged."""
    try:
        camera_tops(folder)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        info = _info(folder, Route.FOLDER)
        problem = SourceUnreadable(source=info.name, reason=error.strerror or "unknown reason")
        return replace(info, state=SourceState.UNREADABLE, detail=str(problem))
    return _info(folder, Route.FOLDER)


def _info(place: Path, route: Route) -> SourceInfo:
    place = place.absolute()
    called = shown(place.name or str(place))
    info = SourceInfo(
        id=f"{_FOLDER}{place}",
        route=route,
        name=f"{_CARD}{called}" if route is Route.CARD else called,
    )
    if (phone := phone_that_holds(place)) is not None:
        inside = "" if place == phone.place else f", {called}"
        return replace(
            info,
            name=f"Phone (mounted): {phone.name}{inside}",
            cannot_clear=phone.cannot_clear,
        )
    if service := cloud_service(place):
        return replace(
            info,
            cannot_clear=never_cleared.of_cloud(service),
            caution=caution(info.name, service),
        )
    return info
