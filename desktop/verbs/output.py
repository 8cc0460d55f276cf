"""Files that a person asked for, written whole or not at all."""

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from desktop.verbs.problems import FileNotReadable, FileNotWritable


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` so that `path` holds all of it or what it held before, readable by its owner.

    Raises FileNotWritable.
    """
    write_pieces(path, (content,))


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """As `write_whole`, for content that comes in pieces. What making a piece raises is raised
    again, and leaves `path` as it was."""
    if not path.name:
        raise FileNotWritable(path=str(path), reason="it is not the name of a file")
    # a short name of its own: the person's may be as long as the drive allows
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise FileNotWritable(path=str(path), reason=error.strerror or str(error)) from error
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def read_whole(path: Path) -> bytes:
    """The bytes of a file that a person named. Raises FileNotReadable."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileNotReadable(path=str(path), reason=error.strerror or str(error)) from error
