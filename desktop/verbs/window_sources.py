"""What the Desk can ask of devices, cards and folders, filled in from one workstation."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from desktop.devices.finding import open_source
from desktop.devices.network_address import address_of
from desktop.devices.scanner import choices, device_of
from desktop.devices.source import SourceInfo
from desktop.problem import Cancelled
from desktop.records.deeds.network_cameras import (
    forget_camera,
    remember_camera,
    remembered_cameras,
)
from desktop.records.deeds.scanning import remember_scan_settings, scan_settings
from desktop.records.facts.scan_settings import ScanSettings
from desktop.ui.desk.verbs import SourceVerbs, Stopped
from desktop.verbs.tray import tray_source
from desktop.verbs.workstation import Workstation


def source_verbs(station: Workstation) -> SourceVerbs:
    """The verbs of the source pane."""
    return SourceVerbs(
        look=partial(_look, station),
        try_again=partial(_try_again, station),
        add_folder=partial(_add_folder, station),
        eject=partial(_eject, station),
        add_camera=partial(_add_camera, station),
        remove_camera=partial(_remove_camera, station),
        find_scanners=_find_scanners,
        scan_settings=partial(_scan_settings, station),
        add_scanner=partial(_add_scanner, station),
        remove_scanner=partial(_remove_scanner, station),
    )


def _look(station: Workstation) -> Sequence[SourceInfo]:
    with station.using() as office:
        if not station.sources.cameras_are_known:
            station.sources.know_cameras(remembered_cameras(office.vault))
        tray = None if station.is_filing else tray_source(office)
        return [*station.sources.look(), *([tray] if tray else [])]


def _try_again(station: Workstation, source_id: str) -> Sequence[SourceInfo]:
    with station.using():
        station.sources.try_again(source_id)
    return _look(station)


def _add_folder(station: Workstation, folder: Path) -> SourceInfo:
    with station.using():
        source = open_source(str(folder))
        try:
            station.add_folder(folder)
            return source.info
        finally:
            source.close()


def _add_camera(station: Workstation, address: str, remember: bool) -> SourceInfo:
    with station.using() as office:
        camera = station.sources.add_camera(address)
        if remember:
            remember_camera(office.vault, address=str(address_of(address)), by=office.person)
        return camera


def _remove_camera(station: Workstation, source_id: str) -> None:
    with station.using() as office:
        station.sources.remove_camera(source_id)
        forget_camera(office.vault, address=str(address_of(source_id)), by=office.person)


def _find_scanners(stopped: Stopped) -> Sequence[SourceInfo]:
    """Borrows no office: locking it does not wait for a slow network."""

    def go_on() -> None:
        if stopped():
            raise Cancelled

    return choices(go_on)


def _scan_settings(station: Workstation) -> Mapping[str, ScanSettings]:
    with station.using() as office:
        return scan_settings(office.vault)


def _add_scanner(station: Workstation, scanner: SourceInfo, settings: ScanSettings) -> None:
    with station.using() as office:
        station.sources.add_scanner(scanner, settings)
        remember_scan_settings(
            office.vault, device=device_of(scanner.id), settings=settings, by=office.person
        )


def _remove_scanner(station: Workstation, source_id: str) -> None:
    with station.using():
        station.sources.remove_scanner(source_id)


def _eject(station: Workstation, source_id: str) -> str:
    with station.using():
        return station.sources.eject(source_id)
