"""How each scanner of this office was last set: remembered, so that nobody sets it twice."""

from collections.abc import Mapping

from desktop.records.facts.people import Person
from desktop.records.facts.scan_settings import ScanSettings
from desktop.records.vault.vault import Vault


def scan_settings(vault: Vault) -> Mapping[str, ScanSettings]:
    """What is remembered, by SANE's name of the device."""
    with vault.look() as look:
        return look.settings.scanners()


def remember_scan_settings(
    vault: Vault, *, device: str, settings: ScanSettings, by: Person
) -> None:
    """Set this scanner so the next time. Nothing is noted where it is remembered so already."""
    if scan_settings(vault).get(device) != settings:
        with vault.change() as change:
            change.settings.write_scanner(device, settings)
            change.note("scanner settings remembered", by=by, device=device, settings=str(settings))
