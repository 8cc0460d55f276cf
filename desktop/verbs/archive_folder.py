"""An archive as a folder, there whole or not at all: written beside its name, and renamed last."""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from desktop.verbs.archive_sink import CREATE_NEW, ArchiveSink, Pieces, write_all


class ArchiveFolder(ArchiveSink):
    """Plain files in a folder, each on the drive before the next is begun."""

    def __init__(self, out: Path) -> None:
        super().__init__(out)
        with self._faults_told():
            self.part.mkdir(mode=0o700)

    def write(self, name: str, pieces: Pieces) -> str:
        """As ArchiveSink; only a piece at a time is in memory."""
        path = self.part.joinpath(*name.split("/"))
        digest = hashlib.sha256()
        with self._faults_told():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(path, CREATE_NEW, 0o600)
        try:
            for piece in pieces:
                digest.update(piece)
                with self._faults_told():
                    write_all(descriptor, piece)
            with self._faults_told():
                os.fsync(descriptor)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        finally:
            os.close(descriptor)
        self._sums[name] = digest.hexdigest()
        return digest.hexdigest()

    def write_original(self, name: str, pieces: Callable[[], Pieces], *, sha256: str) -> bool:
        """As ArchiveSink; asks for the pieces once."""
        if self.write(name, pieces()) == sha256:
            return True
        with self._faults_told():
            self.part.joinpath(*name.split("/")).unlink()
        del self._sums[name]
        return False

    def _settle(self) -> None:
        self.part.rename(self.out)

    def _abandon(self) -> None:
        shutil.rmtree(self.part, ignore_errors=True)
