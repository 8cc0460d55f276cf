"""The report of a self-test, which a clinic can send: what was asked, and what came of it."""

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import psutil

from desktop.devices.self_test import Check, Outcome
from desktop.devices.source import SourceInfo

PROMISE: Final = (
    "This report holds no image, no file name, no folder name and no serial number. Nothing was "
    "deleted from the device."
)
_DRIVERS: Final[Mapping[str, str]] = {
    "ptp": "gphoto2",
    "ptpip": "gphoto2",
    "wpd": "comtypes",
    "icc": "pyobjc-framework-ImageCaptureCore",
}
_TELLS_ITS_MODEL: Final = ("ptp", "wpd")
"""Where the name is the model's: a Mac tells what its owner calls a phone, as do folders."""


def about(info: SourceInfo, *, program: str, now: datetime, was_opened: bool) -> dict[str, str]:
    """What was tested, with what, and when; `info` as the open source told it,
    or as it was called where it would not open."""
    scheme, _, place = info.id.partition(":")
    told = {
        "made": f"{now:%Y-%m-%d %H:%M}",
        "chartroom": program,
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "route": f"{scheme}, {info.route.words}",
    }
    if scheme in _TELLS_ITS_MODEL and was_opened:
        told["model"] = info.name
    if scheme in _DRIVERS:
        told["driver"] = f"{_DRIVERS[scheme]} {_version(_DRIVERS[scheme])}"
    elif (system := _file_system(Path(place))) is not None:
        told["file system"] = system
    return told


def as_json(told: Mapping[str, str], checks: Sequence[Check]) -> str:
    """The report for programs."""
    report = {
        "device self-test": 1,
        "about": told,
        "checks": [asdict(check) for check in checks],
        "promise": PROMISE,
    }
    return json.dumps(report, ensure_ascii=False, indent=1)


def as_text(told: Mapping[str, str], checks: Sequence[Check]) -> str:
    """The report for people."""
    lines = ["Self-test of a device", "", *(f"{name}: {value}" for name, value in told.items()), ""]
    lines += [f"{check.name}: {result_of(check)}" for check in checks]
    return "\n".join([*lines, "", PROMISE, ""])


def result_of(check: Check) -> str:
    """What came of one check, on one line."""
    facts = "; ".join(f"{name}: {_words(value)}" for name, value in check.facts.items())
    took = "" if check.outcome is Outcome.NOT_ASKED else f", {check.seconds:.2f} s"
    return f"{check.outcome}{took}" + (f" ({facts})" if facts else "")


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "of unknown version"


def _file_system(place: Path) -> str | None:
    """What the folder lies on, for cards and mounted phones are read by what the system makes of
    them."""
    found = [
        (len(partition.mountpoint), partition.fstype)
        for partition in psutil.disk_partitions(all=True)
        if place.is_relative_to(partition.mountpoint)
    ]
    return max(found)[1] if found else None
