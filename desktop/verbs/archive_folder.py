"""A folder that is there whole or not at all: written beside its name, and renamed last."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from desktop.verbs.archive_problems import ArchiveExists
from desktop.verbs.problems import FileNotWritable

CHECKSUMS = "checksums.sha256"
_CREATE_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class ArchiveFolder:
    """`out`, once `finish` has returned. Leaving the `with` block before leaves nothing.

    Raises ArchiveExists, and FileNotWritable for whatever its drive does. Only its owner can read
    what is in it, as long as the drive knows owners.
    """

    def __init__(self, out: Path) -> None:
        self.out = out.absolute()
        self._part = self.out.with_name(self.out.name + ".part")
        for path in (self.out, self._part):
            if os.path.lexists(path):
                raise ArchiveExists(path=str(path))
        self._sums: dict[str, str] = {}
        self._is_done = False
        with self._faults_told():
            self._part.mkdir(mode=0o700)

    def write(self, name: str, pieces: Iterable[bytes | memoryview]) -> str:
        """Write a file, `name` with slashes from the folder on; gives its SHA-256 in hex.

        What `pieces` raises comes through, and the file is not there then.
        """
        path = self._part.joinpath(*name.split("/"))
        digest = hashlib.sha256()
        with self._faults_told():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(path, _CREATE_NEW, 0o600)
        try:
            for piece in pieces:
                digest.update(piece)
                with self._faults_told():
                    _write_all(descriptor, piece)
            with self._faults_told():
                os.fsync(descriptor)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        finally:
            os.close(descriptor)
        self._sums[name] = digest.hexdigest()
        return digest.hexdigest()

    def drop(self, name: str) -> None:
        """Take a file back."""
        with self._faults_told():
            self._part.joinpath(*name.split("/")).unlink()
        del self._sums[name]

    def write_text(self, name: str, text: str) -> None:
        """As `write`, in UTF-8."""
        self.write(name, [text.encode("utf-8", "replace")])

    def write_json(self, name: str, value: Any) -> None:
        """As `write`, readable by people too."""
        self.write_text(name, json.dumps(value, ensure_ascii=False, indent=1) + "\n")

    def finish(self) -> None:
        """Write the check sums of all files, in the form of `sha256sum`, and give it its name."""
        lines = [f"{self._sums[name]}  {name}\n" for name in sorted(self._sums)]
        self.write(CHECKSUMS, [line.encode() for line in lines])
        with self._faults_told():
            self._part.rename(self.out)
            self._is_done = True

    @contextmanager
    def _faults_told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise FileNotWritable(path=str(self.out), reason=reason) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._is_done:
            shutil.rmtree(self._part, ignore_errors=True)


def _write_all(descriptor: int, piece: bytes | memoryview) -> None:
    rest = memoryview(piece)
    while rest:  # a drive that fills up takes less without an error
        rest = rest[os.write(descriptor, rest) :]
