"""How `chartroom file` is told to scan; what is not said is as the scanner was last set."""

from argparse import ArgumentParser, Namespace
from dataclasses import replace

from desktop.devices.scanner import device_of, is_scanner
from desktop.records.deeds.scanning import scan_settings
from desktop.records.facts.scan_settings import RESOLUTIONS, ScanColour, ScanPage, ScanSettings
from desktop.verbs.office import Office


def grammar(to: ArgumentParser) -> None:
    """`--scan`, `--dpi` and `--page`."""
    scanned = to.add_argument_group("from a scanner", "else as it was last set at the Desk")
    scanned.add_argument("--scan", choices=[one.value for one in ScanColour])
    scanned.add_argument("--dpi", type=int, choices=RESOLUTIONS)
    scanned.add_argument("--page", choices=[one.value for one in ScanPage])


def scan_of(options: Namespace, office: Office) -> ScanSettings:
    """What the options say, of a scanner; of any other source it means nothing."""
    if not is_scanner(options.source):
        return ScanSettings()
    before = scan_settings(office.vault).get(device_of(options.source), ScanSettings())
    return replace(
        before,
        colour=ScanColour(options.scan or before.colour),
        dpi=options.dpi or before.dpi,
        page=ScanPage(options.page or before.page),
    )
