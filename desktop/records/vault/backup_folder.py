"""How a backup lies in a folder: originals once, the records in generations, one of them current.

    backup.json                     whose it is, and which generation is current
    generations/000012/             records.db, the keyrings, manifest.json, originals.sha256
    generations/000013.part/        one that was never finished
    originals/ab/abcdef…            sealed, as in the office

A generation is renamed to its number once all of it was written and verified, and backup.json is
replaced last, so that whatever happens the generation before stands. The sums can be checked
without keys: `sha256sum -c originals.sha256` in the folder of a generation.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from desktop.records.facts.anchor import Anchor
from desktop.records.facts.backup import Generation
from desktop.records.facts.ids import OfficeId
from desktop.records.vault.backup_problems import (
    BackupDriveFailed,
    BackupDriveFull,
    BackupOfAnother,
    BackupTooNew,
    GenerationDamaged,
    GenerationUnknown,
    NoBackupThere,
)
from desktop.records.vault.durable import (
    disk_faults_told,
    drive_of,
    make_private_folder,
    replace_file,
    sync_folder,
)
from desktop.records.vault.folder_store import FolderStore
from desktop.records.vault.problems import DiskFailed, DiskFull, TooBigForDrive

RECORDS, MANIFEST, SUMS = "records.db", "manifest.json", "originals.sha256"
_HEAD, _GENERATIONS, _ORIGINALS, _PART = "backup.json", "generations", "originals", ".part"
_FORMAT, _VERSION = "chartroom backup", 1
_NUMBER = re.compile(r"\d{6,}")
_BLOCK = 1 << 20


class BackupFolder:
    """A backup in a folder. Looking at it writes nothing; `begin` makes what is missing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.drive = drive_of(folder)

    @property
    def name(self) -> str:
        """What people call the place: its last folder, never the whole path."""
        return self.folder.absolute().name or self.drive

    @property
    def generations_folder(self) -> Path:
        """Where the generations lie."""
        return self.folder / _GENERATIONS

    def of(self, number: int) -> Path:
        """Where a generation lies, or would."""
        return self.generations_folder / f"{number:06}"

    @contextmanager
    def faults_told(self, *, elsewhere: Path) -> Iterator[None]:
        """Tells faults of this drive as the backup's; those of the drive of `elsewhere` stay."""
        try:
            yield
        except (DiskFull, TooBigForDrive, DiskFailed) as fault:
            # of a drive that left, the folder below its place is what the system names
            here = fault.drive == self.drive or fault.drive != drive_of(elsewhere)
            if not here and self.folder.is_dir():
                raise
            if isinstance(fault, DiskFull):
                raise BackupDriveFull(drive=self.drive) from fault
            if isinstance(fault, TooBigForDrive):
                reason = "it cannot hold a file of this size"
                raise BackupDriveFailed(drive=self.drive, reason=reason) from fault
            raise BackupDriveFailed(drive=self.drive, reason=fault.reason) from fault

    def begin(self, office: OfficeId) -> Path:
        """The folder of the next generation, empty. What was begun and not finished is cleared.

        Raises BackupOfAnother, BackupTooNew, DiskFull and DiskFailed.
        """
        with disk_faults_told(self.folder):
            make_private_folder(self.folder)
            if not self._is_headed(office):
                # whose it is, before anything of it is here
                replace_file(self.folder / _HEAD, _head(office, None))
            make_private_folder(self.generations_folder)
            for left_over in self.generations_folder.glob(f"*{_PART}"):
                shutil.rmtree(left_over)
            number = max((*self.numbers(), 0)) + 1
            part = self.generations_folder / f"{number:06}{_PART}"
            make_private_folder(part)
        return part

    def originals(self) -> FolderStore:
        """The sealed originals; the folder is made if need be."""
        return FolderStore(self.folder / _ORIGINALS)

    @property
    def has_originals(self) -> bool:
        """Whether originals were ever brought here."""
        return (self.folder / _ORIGINALS).is_dir()

    def check_owner(self, office: OfficeId) -> None:
        """Raise BackupOfAnother or BackupTooNew unless this is a backup of the office."""
        with disk_faults_told(self.folder):
            self._is_headed(office)

    def finish(self, part: Path, *, office: OfficeId) -> int:
        """Give a written generation its number and make it the current one, at one stroke."""
        number = int(part.name.removesuffix(_PART))
        with disk_faults_told(self.folder):
            sync_folder(part)
            part.rename(self.of(number))
            sync_folder(self.generations_folder)
            replace_file(self.folder / _HEAD, _head(office, number))
        return number

    def prune(self, *, keep: int) -> None:
        """Delete the oldest generations but `keep`; originals stay."""
        with disk_faults_told(self.folder):
            for number in self.numbers()[: -max(1, keep)]:
                # out of the way at one stroke: half a generation must not look like one
                doomed = self.of(number).rename(self.of(number).with_suffix(_PART))
                shutil.rmtree(doomed)

    def numbers(self) -> list[int]:
        """The generations there are, oldest first."""
        if not self.generations_folder.is_dir():
            return []
        names = (path.name for path in self.generations_folder.iterdir())
        return sorted(int(name) for name in names if _NUMBER.fullmatch(name))

    def current(self, *, office: OfficeId | None = None) -> int:
        """The newest finished generation. Raises NoBackupThere, BackupOfAnother, BackupTooNew."""
        with disk_faults_told(self.folder):
            self._is_headed(office)
            there = self.numbers()
        if not there:
            raise NoBackupThere(place=str(self.folder))
        # a death before the last step of `finish` leaves it whole, but not yet named
        return there[-1]

    def generation(self, number: int | None = None) -> Generation:
        """What the manifest says, once it and the records were compared with their sums.

        Raises GenerationUnknown, GenerationDamaged, and as `current`.
        """
        newest = self.current()
        number = newest if number is None else number
        if number not in self.numbers():
            raise GenerationUnknown(number=number, there=self._told(self.numbers()))
        manifest = self._manifest(number)
        with disk_faults_told(self.folder):
            for name, about in manifest["files"].items():
                path = self.of(number) / name
                if name != SUMS and (not path.is_file() or file_sum(path) != about["sha256"]):
                    raise self._damaged(number, name)
        return Generation(
            number=number,
            office=OfficeId(UUID(manifest["office"])),
            made_at=datetime.fromisoformat(manifest["made_at"]),
            images=manifest["images"],
            head=Anchor(seq=manifest["trail"]["seq"], mac=bytes.fromhex(manifest["trail"]["mac"])),
            absent=tuple(manifest["absent"]),
        )

    def newest_sums(self) -> Path | None:
        """The sums of the newest generation, if they are what was written."""
        for number in self.numbers()[-1:]:
            path = self.of(number) / SUMS
            with suppress(GenerationDamaged, OSError):
                if file_sum(path) == self._manifest(number)["files"][SUMS]["sha256"]:
                    return path
        return None

    def _manifest(self, number: int) -> Mapping[str, Any]:
        try:
            document = json.loads((self.of(number) / MANIFEST).read_bytes())
            if document["format"] == _FORMAT and document["version"] > _VERSION:
                raise BackupTooNew(place=str(self.folder))
            if document["sum"] != _own_sum(document):
                raise self._damaged(number, MANIFEST)
        except (OSError, ValueError, KeyError, TypeError):
            raise self._damaged(number, MANIFEST) from None
        return dict(document)

    def _damaged(self, number: int, file: str) -> GenerationDamaged:
        others = [other for other in self.numbers() if other != number]
        return GenerationDamaged(number=number, file=file, others=self._told(others))

    @staticmethod
    def _told(numbers: list[int]) -> str:
        return ", ".join(map(str, numbers)) or "none"

    def _is_headed(self, office: OfficeId | None) -> bool:
        """Whether backup.json stands; that it is not another office's, or a later program's."""
        try:
            head = json.loads((self.folder / _HEAD).read_bytes())
            is_ours, version, owner = head["format"] == _FORMAT, head["version"], head["office"]
        except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
            self._check_owner_of_newest(office)
            return False
        if is_ours and isinstance(version, int) and version > _VERSION:
            raise BackupTooNew(place=str(self.folder))
        if office is not None and owner != str(office):
            raise BackupOfAnother(place=str(self.folder))
        return bool(is_ours)

    def _check_owner_of_newest(self, office: OfficeId | None) -> None:
        for number in reversed(self.numbers()):
            try:
                owner = self._manifest(number)["office"]
            except GenerationDamaged:
                continue
            if office is not None and owner != str(office):
                raise BackupOfAnother(place=str(self.folder))
            return


def write_manifest(part: Path, made: Generation) -> bytes:
    """Write the manifest of a generation whose other files lie in `part`; its SHA-256."""
    files = {
        path.name: {"size": path.stat().st_size, "sha256": file_sum(path)}
        for path in sorted(part.iterdir())
    }
    document: dict[str, Any] = {
        "format": _FORMAT,
        "version": _VERSION,
        "generation": made.number,
        "office": str(made.office),
        "made_at": made.made_at.isoformat(),
        "images": made.images,
        "trail": {"seq": made.head.seq, "mac": made.head.mac.hex()},
        "absent": list(made.absent),
        "files": files,
    }
    document["sum"] = _own_sum(document)
    content = json.dumps(document, indent=1).encode()
    replace_file(part / MANIFEST, content)
    return hashlib.sha256(content).digest()


def file_sum(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _own_sum(document: Mapping[str, Any]) -> str:
    rest = {key: value for key, value in document.items() if key != "sum"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def _head(office: OfficeId, current: int | None) -> bytes:
    document = {"format": _FORMAT, "version": _VERSION, "office": str(office), "current": current}
    return json.dumps(document, indent=1).encode()
