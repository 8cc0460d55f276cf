"""Files that a person asked for, written whole or not at all."""

import os
import secrets
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from desktop.verbs.problems import FileNotReadable, FileNotWritable


def write_whole(path: Path, content: bytes, *, office: Path) -> None:
    """Write `content` so that `path` holds all of it or what it held before, readable by its owner.

    Raises FileNotWritable, also for what is no ordinary file and for any place inside `office`,
    where it would put itself over the records or the keys.
    """
    write_pieces(path, (content,), office=office)


def write_pieces(path: Path, pieces: Iterable[bytes], *, office: Path) -> None:
    """As `write_whole`, for content that comes in pieces. What making a piece raises is raised
    again, and leaves `path` as it was."""

    def fill(write: Callable[[bytes], object]) -> None:
        for piece in pieces:
            write(piece)

    write_filled(path, fill, office=office)


def write_filled(
    path: Path, fill: Callable[[Callable[[bytes], object]], object], *, office: Path
) -> None:
    """As `write_whole`, for content that `fill` writes piece by piece. What it raises is raised
    again, and leaves `path` as it was."""
    if reason := _unfit(path, office):
        raise FileNotWritable(path=str(path), reason=reason)
    # a short name of its own: the person's may be as long as the drive allows
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        nameless = nameless_in(part.parent)
        made = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        descriptor = os.open(part, made, 0o600) if nameless is None else nameless
        with os.fdopen(descriptor, "wb") as file:
            fill(file.write)
            file.flush()
            os.fsync(file.fileno())
            if nameless is not None:  # a folder's number has Python follow the link
                os.link(f"/proc/self/fd/{nameless}", part, src_dir_fd=nameless)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise FileNotWritable(path=str(path), reason=error.strerror or str(error)) from error
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def nameless_in(folder: Path) -> int | None:
    """A file in this folder that has no name until it is whole: if the program is killed, nothing
    is left of it. None where system or drive know none; then a hidden part may be left."""
    if sys.platform != "linux" or not Path("/proc/self/fd").is_dir():
        return None
    try:
        return os.open(folder, os.O_RDWR | os.O_TMPFILE, 0o600)
    except OSError:
        return None


def _unfit(path: Path, office: Path) -> str:
    """Why nothing may be written to `path`, or an empty text."""
    if not path.name:
        return "it is not the name of a file"
    try:
        if path.resolve().is_relative_to(office.resolve()):
            return "it lies in the folder of the office, which is for its records alone"
        is_device = path.exists() and not path.is_file() and not path.is_dir()
    except RuntimeError:
        return "it is a link to itself"
    except OSError as error:
        return error.strerror or str(error)
    return "it is a device, not a file" if is_device else ""


def read_whole(path: Path) -> bytes:
    """The bytes of a file that a person named. Raises FileNotReadable."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileNotReadable(path=str(path), reason=error.strerror or str(error)) from error
