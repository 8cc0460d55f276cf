"""Letting a card go, so that it may be pulled out: unmounted, written, its reader told.

Proven on Linux with UDisks2. What macOS and Windows do is written from their manuals, not proven.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from desktop.devices.eject_problems import (
    CardBusy,
    EjectByHand,
    EjectDenied,
    EjectFailed,
    NotACard,
)
from desktop.devices.problems import SourceUnknown
from desktop.devices.source import SourceInfo
from desktop.problem import Problem
from desktop.records.facts.capture import Route

_FOLDER: Final = "folder:"
_ANOTHER: Final = "another program"
_NAMED_AT_MOST: Final = 3
_PATIENCE_SECONDS: Final = 600  # a slow stick writes for minutes before it lets go


class StillOpen(Exception):
    """A file on the card is open."""


class NotAllowed(Exception):
    """The system denies it to this person."""


class NoService(Exception):
    """Nothing on this system ejects for other programs."""


class Failed(Exception):
    """The system tried and says why it could not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mount:
    """Where a card is mounted, and its device as the system names it: `/dev/sdb1`, `E:`."""

    place: Path
    device: str


def eject(card: SourceInfo) -> None:
    """Let a card go; once this returns it may be pulled out. Blocks until all is written.

    Nothing of this program may have a file open on it. Raises NotACard, CardBusy, EjectDenied,
    EjectByHand, EjectFailed; SourceUnknown once it is out.
    """
    if card.route is not Route.CARD:
        raise NotACard(source=card.name)
    place = Path(card.id.removeprefix(_FOLDER))
    mount = next((one for one in mounts() if one.place == place), None)
    if mount is None:
        raise SourceUnknown(source=card.name)
    try:
        _eject(mount)
    except StillOpen:
        raise CardBusy(source=card.name, holders=_holders(place)) from None
    except NotAllowed:
        raise EjectDenied(source=card.name) from None
    except NoService:
        raise _after_writing(card, place) from None
    except Failed as failed:
        raise EjectFailed(source=card.name, reason=str(failed)) from None


@contextmanager
def kept_in(source: SourceInfo) -> Iterator[None]:
    """Meanwhile nobody can eject it, from whichever program: one folder of it stays open."""
    folder = None
    if source.id.startswith(_FOLDER) and sys.platform != "win32":
        with suppress(OSError):
            folder = os.open(source.id.removeprefix(_FOLDER), os.O_RDONLY)
    try:
        yield
    finally:
        if folder is not None:
            os.close(folder)


def may_go(card: SourceInfo) -> str:
    """The sentence that says that a card may be pulled out."""
    return f"You can take {card.name.removeprefix('Card ')} out now."


def mounts() -> list[Mount]:
    """What is mounted from a disk now."""
    return [
        Mount(place=Path(one.mountpoint), device=one.device)
        for one in psutil.disk_partitions(all=False)
    ]


def _eject(mount: Mount) -> None:
    if sys.platform == "linux":
        from desktop.devices.udisks import eject_by_udisks

        eject_by_udisks(mount, mounts())
    elif sys.platform == "darwin":
        _eject_by_diskutil(mount)
    else:
        from desktop.devices.windows_eject import eject_by_windows

        eject_by_windows(mount.device)


def _eject_by_diskutil(mount: Mount) -> None:
    """Not proven: written from the manual of diskutil."""
    try:
        done = subprocess.run(
            ["diskutil", "eject", str(mount.place)],
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoService(str(error)) from None
    if done.returncode == 0:
        return
    said = (done.stdout + done.stderr).decode(errors="replace")
    if "dissent" in said or "in use" in said or "busy" in said:
        raise StillOpen
    raise Failed(" ".join(said.split())[:120])


def _after_writing(card: SourceInfo, place: Path) -> Problem:
    """Have everything written that waits for it; the person does the rest."""
    try:
        _write_out(place)
    except OSError as error:
        return EjectFailed(source=card.name, reason=error.strerror or "unknown reason")
    return EjectByHand(source=card.name)


def _write_out(place: Path) -> None:
    """Write this one file system out: others may be slow, and are nobody's business here."""
    if not hasattr(os, "sync"):
        return
    import ctypes

    folder = os.open(place, os.O_RDONLY)
    try:
        syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
        if syncfs is None:
            os.sync()
        elif syncfs(folder) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    finally:
        os.close(folder)


def _holders(place: Path) -> str:
    """The programs with a file open below `place`, as far as this person may see them."""
    found: list[str] = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            used = [process.cwd(), *(one.path for one in process.open_files())]
            if any(Path(path).is_relative_to(place) for path in used if path):
                found.append(process.name())
    names = list(dict.fromkeys(found))[:_NAMED_AT_MOST]
    return ", ".join(names) or _ANOTHER
