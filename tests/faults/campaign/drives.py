"""Drives that a test may fill, tear out and mend: a small tmpfs, and ext4 in a file.

Mounting needs root. ext4 is mounted in a namespace of the caller's own (`unshare -m --propagation
private`): else another program's namespace would hold the dead mount.
"""

import fcntl
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_GOING_DOWN = 0x8004587D  # FS_IOC_SHUTDOWN
_WITHOUT_THE_LOG = 2  # EXT4_GOING_FLAGS_NOLOGFLUSH: what a power cut does to a drive
_DRIVE_BYTES = 96 << 20
_OWN_NAMESPACE = ("unshare", "-m", "--propagation", "private")


def own_namespace() -> list[str]:
    """What stands before a command so that its mounts are its own."""
    return list(_OWN_NAMESPACE)


def why_not() -> str:
    """Why drives cannot be mounted here, in a sentence; empty if they can."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        return "Mounting drives to break them needs root on Linux."
    missing = [name for name in ("unshare", "mount", "mkfs.ext4") if not shutil.which(name)]
    if missing:
        return f"Mounting drives to break them needs {', '.join(missing)}."
    probe = [*_OWN_NAMESPACE, sys.executable, "-m", "tests.faults.campaign.drives"]
    done = subprocess.run(probe, capture_output=True, text=True, check=False)
    last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    return "" if done.returncode == 0 else f"Drives cannot be mounted here ({last})."


class Ext4:
    """A drive of 96 MB whose power can be cut."""

    def __init__(self, scratch: Path) -> None:
        self.folder = scratch / "drive"
        self._image = scratch / "drive.ext4"
        self.folder.mkdir()
        with self._image.open("wb") as image:
            image.truncate(_DRIVE_BYTES)
        _run("mkfs.ext4", "-q", "-F", str(self._image))
        self._mount()

    def cut(self) -> None:
        """Stop at once: what is not on the platter by now never gets there. Calls get EIO."""
        descriptor = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.ioctl(descriptor, _GOING_DOWN, struct.pack("I", _WITHOUT_THE_LOG))
        finally:
            os.close(descriptor)

    def power_on(self) -> None:
        """Mount it again, as after a cut; the journal is replayed."""
        self.unmount()
        self._mount()

    def sync(self) -> None:
        """Bring everything to the platter."""
        _run("sync", "-f", str(self.folder))

    def read_only(self, state: bool) -> None:
        """Whether it may be written to."""
        _run("mount", "-o", f"remount,{'ro' if state else 'rw'}", str(self.folder))

    def unmount(self) -> None:
        """Take it out."""
        _run("umount", str(self.folder))

    def _mount(self) -> None:
        _run("mount", "-o", "loop", str(self._image), str(self.folder))


@contextmanager
def ext4(scratch: Path) -> Iterator[Ext4]:
    """A fresh drive in a file below `scratch`."""
    drive = Ext4(scratch)
    try:
        yield drive
    finally:
        drive.unmount()


@contextmanager
def tmpfs(folder: Path, *, size: int) -> Iterator[None]:
    """A drive of so many bytes on `folder`, in whole pages."""
    folder.mkdir()
    _run("mount", "-t", "tmpfs", "-o", f"size={_pages(size)}", "tmpfs", str(folder))
    try:
        yield
    finally:
        _run("umount", str(folder))


def enlarge(folder: Path, *, size: int) -> None:
    """Make room on a tmpfs."""
    _run("mount", "-o", f"remount,size={_pages(size)}", str(folder))


def used(folder: Path) -> int:
    """Bytes that the files of a drive take."""
    state = os.statvfs(folder)
    return (state.f_blocks - state.f_bfree) * state.f_frsize


def _pages(size: int) -> int:
    return max(1, -(-size // 4096)) * 4096


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def main() -> int:
    """Mount, cut and mount once more; any failure is said."""
    import tempfile

    with tempfile.TemporaryDirectory() as scratch, ext4(Path(scratch)) as drive:
        drive.cut()
        drive.power_on()
    return 0


if __name__ == "__main__":
    sys.exit(main())
