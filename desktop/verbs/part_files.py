"""Unfinished files for somebody outside: gone at the end, and also after the program was killed.

A part holds what is readable. Where the system knows files without a name (Linux, most drives) a
kill leaves nothing. Elsewhere its place stands in the office, encrypted, until it is gone, and what
a kill left is deleted before the next copy or archive is made, or by the window's upkeep.
"""

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from desktop.records.vault.problems import DiskFailed, DiskFull
from desktop.verbs.office import Office
from desktop.verbs.output import nameless_in
from desktop.verbs.problems import FileNotWritable

_NOTED = "unfinished parts"
_RANDOM = re.compile(r"\.[0-9a-f]{16}\.part")
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC).timestamp()
"""What the drive says of every copy: when it was made may tell whose it is (R103)."""

_list_is_held = Lock()
_at_work: set[str] = set()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFile:
    """A new file for its owner alone, open for reading and writing."""

    file: BinaryIO
    folder: Path
    path: Path | None
    """None where it has no name yet."""

    def put(self, name: str) -> Path:
        """Give the finished file its name and a time that says nothing. Raises FileNotWritable."""
        final = self.folder / name
        try:
            self.file.flush()
            os.fsync(self.file.fileno())
            if self.path is None:
                number = self.file.fileno()
                os.utime(number, (_NO_TIME, _NO_TIME))
                # a folder's number has Python follow the link
                os.link(f"/proc/self/fd/{number}", final, src_dir_fd=number)
                self.file.close()
                return final
            self.file.close()  # Windows moves no open file
            os.utime(self.path, (_NO_TIME, _NO_TIME))
            return self.path.replace(final)
        except OSError as error:
            raise _not_writable(self.folder, error) from error


@contextmanager
def part_file(office: Office, folder: Path) -> Iterator[PartFile]:
    """A file that is gone at the end, unless it was put in place. Raises FileNotWritable."""
    clear_parts(office)
    descriptor = nameless_in(folder)
    if descriptor is not None:
        with os.fdopen(descriptor, "w+b") as file:
            yield PartFile(file=file, folder=folder, path=None)
        return
    path = folder / f".{secrets.token_hex(8)}.part"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise _not_writable(folder, error) from error
    try:
        with noted_part(office, path), os.fdopen(descriptor, "w+b") as file:
            yield PartFile(file=file, folder=folder, path=path)
    except OSError as error:
        raise _not_writable(folder, error) from error
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


@contextmanager
def noted_part(office: Office, path: Path) -> Iterator[None]:
    """While it lasts, the office knows of the part that was begun at `path`, which may be a folder;
    a drive that has no room for the note takes none."""
    said = str(path.absolute())
    with suppress(DiskFull, DiskFailed), _list_is_held:
        _at_work.add(said)
        _keep(office, {**_listed(office), said: _number_of(path)})
    try:
        yield
    finally:
        with suppress(DiskFull, DiskFailed), _list_is_held:
            _at_work.discard(said)
            rest = _listed(office)
            if not path.exists() and rest.pop(said, None) is not None:
                _keep(office, rest)


def clear_parts(office: Office) -> int:
    """Delete the parts that a kill left behind, those alone that this office noted and that are
    still what was noted; how many. What is on a drive that is not here is left for another time.
    """
    cleared = 0
    with suppress(DiskFull, DiskFailed), _list_is_held:
        before = _listed(office)
        rest = dict(before)
        for said, number in before.items():
            path = Path(said)
            if said in _at_work or not path.parent.is_dir():
                continue
            with suppress(OSError):
                cleared += _cleared(path, number)
                del rest[said]
        if rest != before:
            _keep(office, rest)
    return cleared


def _cleared(path: Path, number: int) -> bool:
    """Whether it was deleted; not where another file has the name now. Raises OSError."""
    if not os.path.lexists(path) or path.is_symlink():
        return False
    if not _RANDOM.fullmatch(path.name) and _number_of(path) != number:
        return False
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    return True


def _number_of(path: Path) -> int:
    """The number by which the drive knows it, 0 where it is not there."""
    try:
        return path.lstat().st_ino
    except OSError:
        return 0


def _listed(office: Office) -> dict[str, int]:
    told = json.loads(office.vault.renditions.progress(_NOTED) or "{}")
    return {str(path): int(number) for path, number in told.items()}


def _keep(office: Office, listed: dict[str, int]) -> None:
    office.vault.renditions.keep_progress(_NOTED, json.dumps(listed) if listed else "")


def _not_writable(folder: Path, error: OSError) -> FileNotWritable:
    return FileNotWritable(path=str(folder), reason=error.strerror or str(error))
