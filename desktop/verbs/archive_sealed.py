"""An archive as one encrypted file: a tar that is sealed while it is made, never in the clear."""

import hashlib
import os
import tarfile
import time
from collections.abc import Callable
from pathlib import Path

from desktop.records.vault.keyring import STANDARD_COST, KeyCost
from desktop.records.vault.problems import OriginalDamaged, OriginalMissing
from desktop.verbs.archive_problems import ArchiveExists, OriginalReadOnce
from desktop.verbs.archive_sealing import SealingStream
from desktop.verbs.archive_sink import CREATE_NEW, ArchiveSink, Pieces, write_all


class SealedArchive(ArchiveSink):
    """The files in the order in which they were written.

    A tar says how long a file is before it begins. So small files wait in memory until they are
    whole, and originals are read twice: to learn whether they are sound, and to be sealed.
    """

    def __init__(self, out: Path, *, passphrase: str, cost: KeyCost = STANDARD_COST) -> None:
        super().__init__(out)
        with self._faults_told():
            self._descriptor = os.open(self.part, CREATE_NEW, 0o600)
        try:
            self._stream = SealingStream(passphrase, self._send, cost=cost)
        except BaseException:
            self._close()
            self.part.unlink(missing_ok=True)
            raise

    def write(self, name: str, pieces: Pieces) -> str:
        """As ArchiveSink; the whole file is in memory."""
        content = b"".join(pieces)
        self._begin(name, len(content))
        self._stream.write(content)
        self._end(len(content))
        self._sums[name] = hashlib.sha256(content).hexdigest()
        return self._sums[name]

    def write_original(self, name: str, pieces: Callable[[], Pieces], *, sha256: str) -> bool:
        """As ArchiveSink; only a piece at a time is in memory."""
        size, digest = 0, hashlib.sha256()
        for piece in pieces():
            digest.update(piece)
            size += len(piece)
        if digest.hexdigest() != sha256:
            return False
        self._begin(name, size)
        again = hashlib.sha256()
        try:
            for piece in pieces():
                again.update(piece)
                self._stream.write(piece)
        except (OriginalDamaged, OriginalMissing) as problem:
            raise OriginalReadOnce(name=name) from problem
        if again.digest() != digest.digest():
            raise OriginalReadOnce(name=name)
        self._end(size)
        self._sums[name] = sha256
        return True

    def _begin(self, name: str, size: int) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = size, 0o600, int(time.time())
        self._stream.write(entry.tobuf(tarfile.PAX_FORMAT, "utf-8", "strict"))

    def _end(self, size: int) -> None:
        self._stream.write(bytes(-size % tarfile.BLOCKSIZE))

    def _settle(self) -> None:
        self._stream.write(bytes(2 * tarfile.BLOCKSIZE))
        self._stream.finish()
        os.fsync(self._descriptor)
        self._close()
        if os.path.lexists(self.out):  # renaming would put it in the place of that file
            raise ArchiveExists(path=str(self.out))
        self.part.rename(self.out)

    def _abandon(self) -> None:
        self._stream.wipe()
        self._close()
        self.part.unlink(missing_ok=True)

    def _close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _send(self, piece: bytes | memoryview) -> None:
        with self._faults_told():
            write_all(self._descriptor, piece)
