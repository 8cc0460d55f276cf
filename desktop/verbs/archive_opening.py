"""An encrypted archive, opened into the folder that it would have been without encryption."""

import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from desktop.intake.report import Progress, Stopped, Tell
from desktop.problem import Cancelled
from desktop.verbs.archive_folder import ArchiveFolder
from desktop.verbs.archive_problems import SealedArchiveDamaged
from desktop.verbs.archive_sealing import OpenedStream
from desktop.verbs.problems import FileNotReadable

_SAFE_PART = re.compile(r"(?!\.\.?$)[^/\\:\x00]+")
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedArchive:
    """What came out of an encrypted archive."""

    path: Path
    files: int
    bytes: int


def open_archive(
    file: Path,
    *,
    into: Path,
    passphrase: str,
    tell: Tell = lambda _progress: None,
    stopped: Stopped = lambda: False,
) -> OpenedArchive:
    """Write what `file` holds into the new folder `into`, whole or not at all. Needs no office.

    Raises NotSealedArchive, ArchivePassphraseWrong, SealedArchiveDamaged, FileNotReadable,
    ArchiveExists, FileNotWritable, Cancelled.
    """
    try:
        sealed = file.open("rb")
    except OSError as error:
        raise _not_readable(file, error) from error
    with sealed:
        try:
            stream = OpenedStream(sealed, passphrase, name=str(file))
        except OSError as error:
            raise _not_readable(file, error) from error
        plain = _Plain(_segments(stream, file))
        with ArchiveFolder(into) as folder:
            files = size = 0
            for name, pieces in _files(plain, file):
                if stopped():
                    raise Cancelled
                folder.write(name, pieces)
                files, size = files + 1, plain.given
                tell(Progress(done=files, total=0, bytes_done=size, bytes_total=0, name=name))
            plain.drain()  # whether the container ends where it should is known only there
            folder.settle()
    return OpenedArchive(path=folder.out, files=files, bytes=size)


class _Plain:
    """The plaintext as tarfile wants to read it."""

    def __init__(self, segments: Iterator[bytes]) -> None:
        self._segments = segments
        self._rest = b""
        self.given = 0

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; none at the end only."""
        if not self._rest:
            self._rest = next(self._segments, b"")
        piece, self._rest = self._rest[:size], self._rest[size:]
        self.given += len(piece)
        return piece

    def drain(self) -> None:
        """Read to the end."""
        for _ in self._segments:
            pass


def _files(plain: _Plain, file: Path) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each file of the tar with its content, to be read before the next is asked for."""
    try:
        with tarfile.open(fileobj=cast("IO[bytes]", plain), mode="r|", encoding="utf-8") as tar:
            for entry in tar:
                if not entry.isfile() or not all(map(_SAFE_PART.fullmatch, entry.name.split("/"))):
                    raise _no_archive(file)
                yield entry.name, _pieces(tar, entry)
    except tarfile.TarError:
        raise _no_archive(file) from None


def _pieces(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> Iterator[bytes]:
    content = tar.extractfile(entry)
    while content is not None and (piece := content.read(_PIECE)):
        yield piece


def _segments(stream: OpenedStream, file: Path) -> Iterator[bytes]:
    try:
        yield from stream.segments()
    except OSError as error:
        raise _not_readable(file, error) from error


def _no_archive(file: Path) -> SealedArchiveDamaged:
    return SealedArchiveDamaged(path=str(file), where="what is in it is not an archive of ours")


def _not_readable(file: Path, error: OSError) -> FileNotReadable:
    return FileNotReadable(path=str(file), reason=error.strerror or type(error).__name__)
