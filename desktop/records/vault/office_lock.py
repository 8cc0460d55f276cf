"""One program at a time in one office: a lock that the system lets go with the process."""

from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from desktop.records.vault.durable import disk_faults_told
from desktop.records.vault.problems import KeyringMissing, OfficeInUse

_FILE = "office.lock"


class OfficeLock:
    """Holds an office from `acquire` until `release`, or until the process ends, however it ends.

    The file stays behind and means nothing by itself.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # Where flock is missing, the library would fall back to a file that outlives a crash
        self._lock = FileLock(
            folder / _FILE, mode=0o600, blocking=False, thread_local=False, fallback_to_soft=False
        )

    def acquire(self) -> None:
        """Take the office. Raises OfficeInUse while another program, or another lock in this one,
        has it; KeyringMissing where there is no such folder; DiskFailed where it cannot be locked.
        """
        if not self._folder.is_dir():
            raise KeyringMissing(folder=str(self._folder))
        with disk_faults_told(self._folder):
            try:
                self._lock.acquire()
            except Timeout:
                raise OfficeInUse(folder=str(self._folder)) from None

    def release(self) -> None:
        """Let the office go. Safe to call twice, and from any thread."""
        self._lock.release()

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
