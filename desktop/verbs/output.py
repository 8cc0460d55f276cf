"""Files that a person asked for, written whole or not at all."""

import os
from pathlib import Path

from desktop.verbs.problems import FileNotReadable, FileNotWritable


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` so that `path` holds all of it or what it held before, readable by its owner.

    Raises FileNotWritable.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise FileNotWritable(path=str(path), reason=error.strerror or str(error)) from error


def read_whole(path: Path) -> bytes:
    """The bytes of a file that a person named. Raises FileNotReadable."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileNotReadable(path=str(path), reason=error.strerror or str(error)) from error
