"""Writing so that it lasts: whole writes, files replaced at one stroke, disk faults in words."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.problem import Problem
from desktop.records.vault.problems import DiskFailed, DiskFull, TooBigForDrive

_FULL = {errno.ENOSPC, errno.EDQUOT}
_BINARY: int = getattr(os, "O_BINARY", 0)
CREATE_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
_CREATE_OVER = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY


@contextmanager
def disk_faults_told(folder: Path) -> Iterator[None]:
    """Turns what the drive of `folder` does into DiskFull, TooBigForDrive or DiskFailed."""
    try:
        yield
    except OSError as error:
        raise _problem(error, folder) from error


def _problem(error: OSError, folder: Path) -> Problem:
    drive = drive_of(folder)
    if error.errno in _FULL:
        return DiskFull(drive=drive)
    if error.errno == errno.EFBIG:
        return TooBigForDrive(drive=drive)
    return DiskFailed(drive=drive, reason=error.strerror or type(error).__name__)


def drive_of(folder: Path) -> str:
    """The drive letter, or the folder where the drive is mounted."""
    place = folder.absolute()
    if place.drive:
        return place.drive
    while not place.is_mount() and place != place.parent:
        place = place.parent
    return str(place)


def write_all(descriptor: int, data: bytes | memoryview) -> None:
    """Write every byte. One `os.write` on a drive that fills up stops short without an error."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def sync_file(descriptor: int) -> None:
    """Return once the file's bytes are on the drive."""
    if sys.platform == "darwin":
        import fcntl

        # fsync alone leaves them in the drive's own cache there
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def sync_to_drive(path: Path) -> None:
    """Return once a finished file is on the drive. Raises DiskFull or DiskFailed."""
    with disk_faults_told(path.parent):
        # Windows syncs only what is open for writing
        descriptor = os.open(path, os.O_RDWR | _BINARY)
        try:
            sync_file(descriptor)
        finally:
            os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make new names in a folder durable. Windows cannot, and journals them itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner can enter; fine if it is there already.

    Never its parents: where a drive was unplugged, they would appear on another one.
    """
    if not folder.is_dir():
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` in the place of `path`. After a crash the old or the new is there, whole."""
    new = path.with_name(path.name + ".new")
    descriptor = os.open(new, _CREATE_OVER, 0o600)
    try:
        write_all(descriptor, data)
        sync_file(descriptor)
    finally:
        os.close(descriptor)
    new.replace(path)
    sync_folder(path.parent)
