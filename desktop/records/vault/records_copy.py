"""A finished copy of the records file, as it lies in a backup: read, never changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Self

import sqlalchemy as sa

from desktop.records.facts.anchor import Anchor
from desktop.records.facts.ids import ImageId
from desktop.records.facts.sealed import SealedOriginal
from desktop.records.vault.engine import Database
from desktop.records.vault.image_shelf import ImageShelf
from desktop.records.vault.refusals import RecordsDamaged
from desktop.records.vault.schema import trail_head
from desktop.records.vault.trail import GENESIS


class RecordsCopy:
    """The records as of one moment. Works on a drive that may not be written to.

    Every verb raises RecordsDamaged or DiskFailed. Leaving its `with` block closes it.
    """

    def __init__(self, database: Database) -> None:
        """Takes `database` over, which is frozen."""
        self._database = database

    def prove(self) -> None:
        """Read every page. Raises RecordsDamaged unless each is what was written."""
        self._database.check_pages()
        with self._database.read() as connection:
            if connection.exec_driver_sql("PRAGMA quick_check").scalar() != "ok":
                raise RecordsDamaged(file=self._database.path.name)

    def head(self) -> Anchor:
        """The last line of the trail in it."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(trail_head)).one_or_none()
        return Anchor(seq=row.seq, mac=row.mac) if row else Anchor(seq=0, mac=GENESIS)

    def totals(self) -> tuple[int, int]:
        """How many originals it names, and their bytes."""
        with self._database.read() as connection:
            return ImageShelf(connection).totals()

    def originals(self) -> Iterator[tuple[ImageId, SealedOriginal]]:
        """Every original that it names, in the order of their names."""
        after = ""
        while True:
            with self._database.read() as connection:
                page = ImageShelf(connection).originals_by_name(after=after)
            if not page:
                return
            yield from page
            after = page[-1][1].name

    def close(self) -> None:
        """Close the file and wipe its key."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def drop_from_cache(path: Path) -> None:
    """Have the next reading of a file come from the drive, where the system allows to ask."""
    import os
    import sys

    if sys.platform == "linux":
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)
