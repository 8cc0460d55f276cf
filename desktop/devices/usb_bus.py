"""What hangs on USB as Linux tells it: read from files, without a word to any device."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.devices.untrusted_names import shown

_LINUX: Final = Path("/sys/bus/usb/devices")

_PHONE_MAKERS: Final = frozenset(
    [
        "18d1",
        "04e8",
        "2717",
        "12d1",
        "2a70",
        "22b8",
        "0fce",
        "1004",
        "0bb4",
        "22d9",
        "2d95",
        "2e04",
        "2ae5",
        "29a9",
        "1bbb",
    ]
)
"""USB vendor numbers: Google, Samsung, Xiaomi, Huawei, OnePlus, Motorola, Sony, LG, HTC, Oppo,
Vivo, Nokia, Fairphone, Nothing, Alcatel."""

_STILL_IMAGE: Final = "06"
_NO_PHONES: Final = frozenset({"03", "07", "08", "09", "0b"})
"""Keyboards, printers, disks, hubs, smart cards: the same makers sell them too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentPhone:
    """A phone that hangs on the cable and offers no files; `port` is named as the driver does."""

    port: str
    name: str


class UsbBus:
    """The list of devices that the system keeps; empty where it keeps none."""

    def __init__(self, listed: Path = _LINUX) -> None:
        self._listed = listed

    def fingerprint(self) -> object | None:
        """Something that differs once a device came, left or changed; None where nobody can say."""
        if "VCAMERADIR" in os.environ:
            return None  # libgphoto2's virtual camera hangs on no bus
        try:
            with os.scandir(self._listed) as entries:
                return frozenset((entry.name, entry.inode()) for entry in entries)
        except OSError:
            return None

    def silent_phones(self) -> list[SilentPhone]:
        """Phones that charge or share their connection, and offer neither PTP nor MTP."""
        return [found for device in self._devices() if (found := _silent_phone(device))]

    def _devices(self) -> Iterator[Path]:
        with suppress(OSError):
            yield from sorted(one for one in self._listed.iterdir() if ":" not in one.name)


def _silent_phone(device: Path) -> SilentPhone | None:
    if _said(device, "idVendor") not in _PHONE_MAKERS:
        return None
    interfaces = [*device.glob("*:*")]
    kinds = {_said(interface, "bInterfaceClass") for interface in interfaces}
    names = {_said(interface, "interface").upper() for interface in interfaces}
    if _STILL_IMAGE in kinds or "MTP" in names or kinds & _NO_PHONES:
        return None
    bus, number = _said(device, "busnum"), _said(device, "devnum")
    if not (bus.isdecimal() and number.isdecimal()):
        return None
    maker, model = _said(device, "manufacturer"), _said(device, "product")
    name = model if model.lower().startswith(maker.lower()) else f"{maker} {model}"
    return SilentPhone(port=f"usb:{int(bus):03},{int(number):03}", name=name.strip() or "Phone")


def _said(device: Path, what: str) -> str:
    """One line of what the device says of itself; untrusted, so made fit to be shown."""
    try:
        return shown((device / what).read_text(encoding="utf-8", errors="replace").strip())
    except OSError:
        return ""
