"""Sealed originals in a folder, durable and tidy.

What an interrupted import leaves is cleared away by `sweep`, and nothing whole is ever thrown away.
Unfinished `.part` files are deleted: they were never acknowledged and nobody can open them. A whole
original that no row names is the leftover of a crash between its rename and the commit, or the sign
of an older or a wrong database. These cannot be told apart, so it is moved aside into `orphans/`,
and a later sweep with the right database brings it back. More of them than a crash can leave are
not touched at all. Nothing ever frees an orphan (docs/decisions/0011-orphans-stay.md).
"""

import os
import re
import sys
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from desktop.problem import Problem
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
from desktop.records.vault.original_store import PendingOriginal, StoredOriginal, Swept
from desktop.records.vault.problems import DiskFailed, OriginalMissing, OriginalsDoNotFit
from desktop.records.vault.sealing import SealedBytes

MOST_FROM_A_CRASH = 100  # a group of ten for each commit, a few more sealed ahead, and a margin
_NAME = re.compile(r"[0-9a-f]{32}")
_SHARD = re.compile(r"[0-9a-f]{2}")
_PART = ".part"
_ORPHANS = "orphans"
_DAMAGED = "damaged"


class FolderStore:
    """An OriginalStore in a folder of its own: `ab/abcdef…`, and `ab/abcdef….part` until whole."""

    def __init__(self, folder: Path) -> None:
        """The folder is made if need be, for its owner alone."""
        self.folder = folder
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
        with disk_faults_told(self.folder):
            make_private_folder(path.parent)
            return _PendingFile(path)

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
            for place in (path, self.folder / _ORPHANS / name, *aside):
                place.unlink(missing_ok=True)
                if place.parent.is_dir():
                    sync_folder(place.parent)

    def drop_part(self, name: str) -> None:
        """See that nothing unfinished of this name is in the way of `put`."""
        path = self.path_of(name)
        with disk_faults_told(self.folder):
            path.with_name(path.name + _PART).unlink(missing_ok=True)

    def orphans(self) -> list[Orphan]:
        """What `sweep` set aside and no later one brought back, by name. Raises DiskFailed."""
        aside = self.folder / _ORPHANS
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
            _move(path, aside / (f"{name}.{earlier}" if earlier else name))

    def list(self) -> Iterator[str]:
        """As OriginalStore."""
        for path in self._files():
            if _NAME.fullmatch(path.name):
                yield path.name

    def _files(self) -> Iterator[Path]:
        with disk_faults_told(self.folder), os.scandir(self.folder) as shards:
            places = [shard.path for shard in shards if _SHARD.fullmatch(shard.name)]
        for place in places:
            with disk_faults_told(self.folder), os.scandir(place) as entries:
                paths = [Path(entry.path) for entry in entries]
            yield from paths

    def head(self, name: str) -> StoredOriginal:
        """As OriginalStore."""
        with disk_faults_told(self.folder):
            try:
                return StoredOriginal(name=name, size=self.path_of(name).stat().st_size)
            except FileNotFoundError:
                raise OriginalMissing(name=name) from None

    def sweep(self, *, known: Collection[str], spared: Collection[str]) -> Swept:
        """As OriginalStore; the head of this file says what becomes of what. Raises DiskFailed."""
        rows = known if isinstance(known, set | frozenset) else frozenset(known)
        parts: list[Path] = []
        strangers: list[Path] = []
        for path in self._files():
            name = path.stem
            if not _NAME.fullmatch(name) or name in spared:
                continue
            if path.suffix == _PART:
                parts.append(path)
            elif path.name == name and name not in rows:
                strangers.append(path)
        with disk_faults_told(self.folder):
            for path in parts:
                path.unlink(missing_ok=True)
            brought_back = tuple(self._bring_back(rows))
            doubt = _doubt(strangers)
            set_aside = () if doubt else tuple(self._set_aside(strangers))
        return Swept(
            unfinished=len(parts), set_aside=set_aside, brought_back=brought_back, doubt=doubt
        )

    def _set_aside(self, strangers: Sequence[Path]) -> Iterator[str]:
        aside = self.folder / _ORPHANS
        if strangers:
            make_private_folder(aside)
        for path in strangers:
            _move(path, aside / path.name)
            yield path.name

    def _bring_back(self, rows: Collection[str]) -> Iterator[str]:
        aside = self.folder / _ORPHANS
        for path in list(aside.iterdir()) if aside.is_dir() else []:
            if path.name in rows and not self.path_of(path.name).exists():
                make_private_folder(self.path_of(path.name).parent)
                _move(path, self.path_of(path.name))
                yield path.name


def _doubt(strangers: Sequence[Path]) -> Problem | None:
    if len(strangers) <= MOST_FROM_A_CRASH:
        return None
    return OriginalsDoNotFit(strangers=len(strangers))


def _move(old: Path, new: Path) -> None:
    old.rename(new)
    sync_folder(new.parent)
    sync_folder(old.parent)


class _PendingFile:
    """A `.part` file that becomes an original by being renamed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = path.with_name(path.name + _PART)
        self._descriptor = os.open(self._part, CREATE_NEW, 0o600)
        self._written = 0
        self._is_open = True
        self._is_finished = False

    def write(self, piece: bytes | memoryview) -> None:
        with disk_faults_told(self._path.parent):
            write_all(self._descriptor, piece)
        self._written += len(piece)

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

    def abandon(self) -> None:
        self._close()
        if not self._is_finished:
            with disk_faults_told(self._path.parent):
                self._part.unlink(missing_ok=True)

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

    def read_at(self, start: int, buffer: memoryview) -> int:
        with disk_faults_told(self._folder):
            self._file.seek(start)
            done = 0
            while done < len(buffer):
                got = self._file.readinto(buffer[done:])
                if not got:
                    break
                done += got
            return done

    def close(self) -> None:
        self._file.close()
