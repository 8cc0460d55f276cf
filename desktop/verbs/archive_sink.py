"""Where the files of an archive go, in the clear or sealed: all of them, or nothing is left."""

import json
import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from desktop.verbs.archive_problems import ArchiveExists
from desktop.verbs.problems import FileNotWritable

CHECKSUMS = "checksums.sha256"
CREATE_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)

Pieces = Iterable[bytes | memoryview]


class ArchiveSink(ABC):
    """`out`, once `finish` has returned. Leaving the `with` block before leaves nothing.

    Raises ArchiveExists, and FileNotWritable for whatever its drive does. Only its owner can read
    what is in it, as long as the drive knows owners.
    """

    def __init__(self, out: Path) -> None:
        self.out = out.absolute()
        self.part = self.out.with_name(self.out.name + ".part")
        """Where it lies until it is whole."""
        for path in (self.out, self.part):
            if os.path.lexists(path):
                raise ArchiveExists(path=str(path))
        self._sums: dict[str, str] = {}
        self._is_done = False

    @abstractmethod
    def write(self, name: str, pieces: Pieces) -> str:
        """Write a file, `name` with slashes from the top on; gives its SHA-256 in hex.

        What `pieces` raises comes through, and the file is not there then. Making the pieces may
        write other files meanwhile.
        """

    @abstractmethod
    def write_original(self, name: str, pieces: Callable[[], Pieces], *, sha256: str) -> bool:
        """As `write`; if the check sum is another, the file is not there and this is False.

        `pieces` may be asked twice, and has to give the same both times; else OriginalReadOnce.
        """

    @abstractmethod
    def _settle(self) -> None:
        """Give what was written its name."""

    @abstractmethod
    def _abandon(self) -> None:
        """Leave nothing."""

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
        self.settle()

    def settle(self) -> None:
        """As `finish`, where the check sums are among what was written."""
        with self._faults_told():
            self._settle()
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
            self._abandon()


def write_all(descriptor: int, piece: bytes | memoryview) -> None:
    """All of a piece: a drive that fills up takes less without an error."""
    rest = memoryview(piece)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
