"""A program that backs an office up until it dies in a chosen call to the system's files."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from desktop.records.deeds.backups import make_backup
from desktop.records.facts.ids import OfficeId
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.vault import Vault

_CALLS = ("open", "write", "fsync", "rename", "replace", "mkdir", "unlink", "rmdir")


class Deadly:
    """Counts calls, and ends this process, as by kill -9, in the one of this number."""

    def __init__(self, die_at: int) -> None:
        self.calls = 0
        self._die_at = die_at
        self._write = os.write
        for name in _CALLS:
            setattr(os, name, self._counted(getattr(os, name)))

    def _counted(self, call: Callable[..., object]) -> Callable[..., object]:
        def counted(*args: object, **kwargs: object) -> object:
            self.calls += 1
            if self.calls == self._die_at:
                if call is self._write:
                    descriptor, piece = args
                    assert isinstance(descriptor, int)
                    assert isinstance(piece, bytes | memoryview)
                    self._write(descriptor, piece[: len(piece) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **kwargs)

        return counted


def main(office: str, number: str, secret: str, stick: str, die_at: str) -> int:
    """Back `office` up to `stick`, keeping two generations; say how many calls that took."""
    key = OfficeKey(bytearray.fromhex(secret), office=OfficeId(UUID(number)))
    with key:
        vault = Vault.open(Path(office), key=key)
    with vault.look() as look:
        by = look.office.people()[0]
    deadly = Deadly(int(die_at))
    make_backup(vault, to=Path(stick), by=by, keep=2)
    sys.stdout.write(f"{deadly.calls}\n")
    sys.stdout.flush()
    vault.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
