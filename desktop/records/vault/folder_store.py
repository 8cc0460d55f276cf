"""Sealed originals in a folder, durable and tidy."""

import hashlib
import os
import re
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from io import FileIO
from pathlib import Path

from desktop.records.facts.orphan import Orphan
from desktop.records.vault.durable import (
    CREATE_NEW,
    disk_faults_told,
    drive_of,
    make_private_folder,
    sync_file,
    sync_folder,
    write_all,
)
from desktop.records.vault.folder_sweep import ORPHANS, FolderSweep, move
from desktop.records.vault.original_store import KnownIn, PendingOriginal, StoredOriginal
from desktop.records.vault.problems import DiskFailed, OriginalMissing
from desktop.records.vault.sealing import SealedBytes

_NAME = re.compile(r"[0-9a-f]{32}")
_SHARD = re.compile(r"[0-9a-f]{2}")
_PART = ".part"
_DAMAGED = "damaged"
_READ_AHEAD = 8 << 20


class FolderStore:
    """An OriginalStore in a folder of its own: `ab/abcdef…`, and `ab/abcdef….part` until whole."""

    def __init__(self, folder: Path) -> None:
        """The folder is made if need be, for its owner alone."""
        self.folder = folder
        self._being_put: set[str] = set()
        with disk_faults_told(folder):
            make_private_folder(folder)

    @property
    def place(self) -> str:
        """As OriginalStore."""
        return drive_of(self.folder)

    def path_of(self, name: str) -> Path:
        """Where an original of this name lies, or would."""
        if not _NAME.fullmatch(name):
            raise ValueError(f"not the name of an original: {name!r}")
        return self.folder / name[:2] / name

    def put(self, name: str) -> PendingOriginal:
        """As OriginalStore."""
        path = self.path_of(name)
        self._being_put.add(name)
        try:
            with disk_faults_told(self.folder):
                make_private_folder(path.parent)
                return _PendingFile(path, ended=partial(self._being_put.discard, name))
        except BaseException:
            self._being_put.discard(name)
            raise

    def get(self, name: str, *, cold: bool = False) -> SealedBytes:
        """As OriginalStore."""
        with disk_faults_told(self.folder):
            try:
                return _SealedFile(self.path_of(name), cold=cold)
            except FileNotFoundError:
                raise OriginalMissing(name=name) from None

    def get_range(self, name: str, start: int, length: int) -> bytes:
        """As OriginalStore."""
        sealed = self.get(name)
        try:
            piece = bytearray(max(0, min(length, sealed.size - start)))
            return bytes(piece[: sealed.read_at(start, memoryview(piece))])
        finally:
            sealed.close()

    def delete(self, name: str) -> None:
        """As OriginalStore."""
        path = self.path_of(name)
        with disk_faults_told(self.folder):
            aside = (self.folder / _DAMAGED).glob(f"{name}*")
            for place in (path, self.folder / ORPHANS / name, *aside):
                place.unlink(missing_ok=True)
                if place.parent.is_dir():
                    sync_folder(place.parent)

    def drop_part(self, name: str) -> None:
        """See that nothing unfinished of this name is in the way of `put`."""
        path = self.path_of(name)
        with disk_faults_told(self.folder):
            path.with_name(path.name + _PART).unlink(missing_ok=True)

    def orphans(self) -> list[Orphan]:
        """What a sweep set aside and no later one brought back, by name. Raises DiskFailed."""
        aside = self.folder / ORPHANS
        with disk_faults_told(self.folder):
            if not aside.is_dir():
                return []
            with os.scandir(aside) as entries:
                stats = [(e.name, e.stat()) for e in entries if _NAME.fullmatch(e.name)]
        return [
            Orphan(
                name=name,
                size=stat.st_size,
                written_at=datetime.fromtimestamp(stat.st_mtime, UTC),
            )
            for name, stat in sorted(stats, key=lambda pair: pair[0])
        ]

    def set_damaged_aside(self, name: str) -> None:
        """Move an original out of the way into `damaged/`, where it stays to be looked into."""
        path, aside = self.path_of(name), self.folder / _DAMAGED
        with disk_faults_told(self.folder):
            make_private_folder(aside)
            earlier = sum(1 for _ in aside.glob(f"{name}*"))
            move(path, aside / (f"{name}.{earlier}" if earlier else name))

    def list(self) -> Iterator[str]:
        """As OriginalStore."""
        for shelf in self._shelves():
            with disk_faults_told(self.folder):
                files = os.listdir(shelf)  # noqa: PTH208 - ten times as fast as a million paths
            yield from filter(_NAME.fullmatch, files)

    def _shelves(self) -> Sequence[Path]:
        with disk_faults_told(self.folder):
            return [path for path in self.folder.iterdir() if _SHARD.fullmatch(path.name)]

    def head(self, name: str) -> StoredOriginal:
        """As OriginalStore."""
        with disk_faults_told(self.folder):
            try:
                return StoredOriginal(name=name, size=self.path_of(name).stat().st_size)
            except FileNotFoundError:
                raise OriginalMissing(name=name) from None

    def sweeping(self, *, known_in: KnownIn, spared: Collection[str]) -> FolderSweep:
        """As OriginalStore; the head of folder_sweep.py says what becomes of what."""
        return FolderSweep(
            self.folder,
            self._shelves(),
            name_of=_name_of,
            known_in=known_in,
            spared=(spared, self._being_put),
        )

    def state(self) -> bytes:
        """Bytes that are others as soon as any original has come or gone since, by anybody."""
        with disk_faults_told(self.folder):
            shelves = sorted((path.name, path.stat().st_mtime_ns) for path in self._shelves())
        return hashlib.sha256(repr(shelves).encode()).digest()

    def is_clear_of(self, names: Collection[str]) -> bool:
        """Whether nothing of these originals lies here, and none at all is being put."""
        with disk_faults_told(self.folder):
            paths = [self.path_of(name) for name in names]
            left = any(p.exists() or p.with_name(p.name + _PART).exists() for p in paths)
        return not left and not self._being_put


def _name_of(file: str) -> str:
    name, dot, ending = file.partition(".")
    return name if _NAME.fullmatch(name) and dot + ending in {"", _PART} else ""


class _PendingFile:
    """A `.part` file that becomes an original by being renamed."""

    def __init__(self, path: Path, *, ended: Callable[[], None]) -> None:
        self._path, self._ended = path, ended
        self._part = path.with_name(path.name + _PART)
        self._descriptor = os.open(self._part, CREATE_NEW, 0o600)
        self._written = 0
        self._is_open = True
        self._is_finished = False

    def write(self, piece: bytes | memoryview) -> None:
        with disk_faults_told(self._path.parent):
            write_all(self._descriptor, piece)
        self._written += len(piece)

    def read_at(self, start: int, buffer: memoryview) -> int:
        with disk_faults_told(self._path.parent), self._part.open("rb", buffering=0) as file:
            return _fill_from(file, start, buffer)

    def finish(self) -> None:
        with disk_faults_told(self._path.parent):
            on_disk = os.fstat(self._descriptor).st_size
            if on_disk != self._written:
                reason = f"{on_disk:,} of {self._written:,} bytes are there"
                raise DiskFailed(drive=drive_of(self._path.parent), reason=reason)
            sync_file(self._descriptor)
            self._close()
            self._part.rename(self._path)
            self._is_finished = True
            sync_folder(self._path.parent)
        self._ended()

    def abandon(self) -> None:
        self._close()
        if not self._is_finished:
            with disk_faults_told(self._path.parent):
                self._part.unlink(missing_ok=True)
        self._ended()

    def _close(self) -> None:
        if self._is_open:
            self._is_open = False
            os.close(self._descriptor)


class _SealedFile:
    """A finished original, open for reading."""

    def __init__(self, path: Path, *, cold: bool) -> None:
        self._folder = path.parent
        self._file = path.open("rb", buffering=0)
        self.size = os.fstat(self._file.fileno()).st_size
        if cold and sys.platform == "linux":
            os.posix_fadvise(self._file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            os.posix_fadvise(self._file.fileno(), 0, _READ_AHEAD, os.POSIX_FADV_WILLNEED)

    def read_at(self, start: int, buffer: memoryview) -> int:
        with disk_faults_told(self._folder):
            return _fill_from(self._file, start, buffer)

    def close(self) -> None:
        self._file.close()


def _fill_from(file: FileIO, start: int, buffer: memoryview) -> int:
    file.seek(start)
    done = 0
    while done < len(buffer) and (got := file.readinto(buffer[done:])):
        done += got
    return done
