"""Clearing away what an interrupted import left, a shelf at a time. Nothing whole is thrown away.

Unfinished `.part` files are deleted: they were never acknowledged and nobody can open them. A whole
original that no row names is the leftover of a crash between its rename and the commit, or the sign
of an older or a wrong database. These cannot be told apart, so it is moved aside into `orphans/`,
and a later sweep with the right database brings it back. More of them than a crash can leave are
not touched at all; so nothing is moved before every shelf was looked at. Nothing ever frees an
orphan (docs/decisions/0011-orphans-stay.md).
"""

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock

from desktop.records.vault.durable import disk_faults_told, make_private_folder, sync_folder
from desktop.records.vault.original_store import KnownIn, Swept
from desktop.records.vault.problems import OriginalsDoNotFit

MOST_FROM_A_CRASH = 100  # a group of ten for each commit, a few more sealed ahead, and a margin
ORPHANS = "orphans"


class FolderSweep:
    """A Sweep of a folder. The shelves that were changed last come first: a crash was there."""

    def __init__(
        self,
        folder: Path,
        shelves: Collection[Path],
        *,
        name_of: Callable[[str], str],
        known_in: KnownIn,
        spared: Sequence[Collection[str]],
    ) -> None:
        """`name_of` is the original that a file is or begins, empty for any other file."""
        self.folder = folder
        self._left = sorted(shelves, key=_changed)
        self._name_of, self._known_in, self._spared = name_of, known_in, spared
        self._strangers: list[Path] = []
        self._alone = Lock()
        self.swept = Swept(is_over=False, brought_back=tuple(self._bring_back()))

    def go_on(
        self, *, most: int | None = None, stopped: Callable[[], bool] = lambda: False
    ) -> Swept:
        """As Sweep."""
        files = 0
        while not self.swept.is_over and not stopped() and (most is None or files < most):
            with self._alone:
                files += self._look_at_shelf() if self._left else self._end()
        return self.swept

    def _look_at_shelf(self) -> int:
        """Delete what was begun there, and note strangers; how many files there are."""
        shelf = self._left[-1]
        known = self._known_in(shelf.name)  # before the listing: what gets a row now is spared
        with disk_faults_told(self.folder):
            files = os.listdir(shelf)  # noqa: PTH208 - ten times as fast as a million paths
            unknown = [shelf / file for file in set(files).difference(known)]
            ours = {path: name for path in unknown if (name := self._name_of(path.name))}
            spared = {path for path, name in ours.items() if any(name in s for s in self._spared)}
            begun = [path for path, name in ours.items() if path.name != name]
            for path in begun:
                if path not in spared:
                    path.unlink(missing_ok=True)
                    self.swept = replace(self.swept, unfinished=self.swept.unfinished + 1)
        self._strangers += ours.keys() - spared - set(begun)
        self._left.pop()
        return len(files)

    def _end(self) -> int:
        if len(self._strangers) > MOST_FROM_A_CRASH:
            doubt = OriginalsDoNotFit(strangers=len(self._strangers))
            self.swept = replace(self.swept, doubt=doubt, is_over=True)
        elif not self.swept.is_over:
            with disk_faults_told(self.folder):
                aside = tuple(self._set_aside())
            self.swept = replace(self.swept, set_aside=aside, is_over=True)
        return 0

    def _set_aside(self) -> Iterator[str]:
        aside = self.folder / ORPHANS
        if self._strangers:
            make_private_folder(aside)
        for path in self._strangers:
            with suppress(FileNotFoundError):  # its disposal came to its end meanwhile
                move(path, aside / path.name)
                yield path.name

    def _bring_back(self) -> Iterator[str]:
        aside = self.folder / ORPHANS
        with disk_faults_told(self.folder):
            for path in list(aside.iterdir()) if aside.is_dir() else []:
                name = self._name_of(path.name)
                place = self.folder / name[:2] / name
                if name and not place.exists() and name in self._known_in(name):
                    make_private_folder(place.parent)
                    move(path, place)
                    yield name


def move(old: Path, new: Path) -> None:
    """Rename a file for good."""
    old.rename(new)
    sync_folder(new.parent)
    sync_folder(old.parent)


def _changed(shelf: Path) -> int:
    with disk_faults_told(shelf):
        return shelf.stat().st_mtime_ns
