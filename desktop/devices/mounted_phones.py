"""Phones that another program mounted as a folder: a file manager's gvfs, or ifuse."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from desktop.devices import never_cleared
from desktop.devices.untrusted_names import shown

_IFUSE: Final = "fuse.ifuse"
_GVFS: Final = re.compile(r"(?P<backend>mtp|gphoto2|afc):host=(?P<host>.+)", re.DOTALL)
_SERIAL: Final = re.compile(r"(?=.*\d)[0-9A-Za-z]{8,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MountedPhone:
    """A phone that is mounted at `place`, and why nothing is cleared from it."""

    place: Path
    name: str
    cannot_clear: str


def mounted_phones() -> list[MountedPhone]:
    """Every phone that is mounted now. Looks at the list of mounts only, at no phone."""
    return [*_by_gvfs(), *_by_ifuse()]


def phone_that_holds(folder: Path) -> MountedPhone | None:
    """The phone of which this folder is a part, or None."""
    above = {folder.absolute(), *folder.absolute().parents}
    return next((phone for phone in mounted_phones() if phone.place in above), None)


def is_gvfs_phone(folder: Path) -> bool:
    """Whether gvfs mounted a phone there: it holds one folder for each storage of the phone."""
    return folder.parent.name in {"gvfs", ".gvfs"} and _GVFS.fullmatch(folder.name) is not None


def _by_ifuse() -> Iterator[MountedPhone]:
    import psutil

    for partition in psutil.disk_partitions(all=True):
        if partition.fstype == _IFUSE:
            place = Path(partition.mountpoint)
            name = shown(place.name)
            yield MountedPhone(place=place, name=name, cannot_clear=never_cleared.APPLE)


def _by_gvfs() -> Iterator[MountedPhone]:
    for folder in _gvfs_folders():
        try:
            names = sorted(one.name for one in folder.iterdir())
        except OSError:
            continue
        for found in filter(None, map(_GVFS.fullmatch, names)):
            name = _called(unquote(found["host"], errors="replace"))
            of_apple = never_cleared.of_model("iPhone" if found["backend"] == "afc" else name)
            yield MountedPhone(
                place=folder / found.string,
                name=name,
                cannot_clear=of_apple or never_cleared.MOUNTED,
            )


def _gvfs_folders() -> list[Path]:
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    return [*([Path(runtime, "gvfs")] if runtime else []), Path.home() / ".gvfs"]


def _called(host: str) -> str:
    """`Google_Pixel_8_37301FDJH001` is a Pixel 8; the number at the end says nothing to anybody."""
    words = shown(host).replace("_", " ").split()
    if len(words) > 1 and _SERIAL.fullmatch(words[-1]):
        words.pop()
    return " ".join(words)
