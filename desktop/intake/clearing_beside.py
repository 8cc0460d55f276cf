"""The small files beside an image when its device is cleared: kept first, then gone with it.

A small picture of the image (THM) shows the patient as the image does: it goes, or the image is not
called cleared. Notes on it (AAE, XMP) show nobody: one that cannot be kept or deleted is left, and
named.
"""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from desktop.devices.problems import ItemGone
from desktop.devices.refusal import refusal
from desktop.devices.source import ClearingSource, MediaItem, whole
from desktop.devices.untrusted_names import shows_the_image
from desktop.intake.notes_beside import COMPANION_AT_MOST
from desktop.problem import Problem
from desktop.records.facts.clearance import Deposit
from desktop.records.facts.clearance_problems import CompanionLeft, CompanionTooLarge

Keep = Callable[[Deposit, str, bytes], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What lay beside one item: `kept` may be deleted, each with the hash that it was kept under;
    `left` are notes that stay; `shown` names what shows the patient."""

    item: MediaItem
    kept: Sequence[tuple[MediaItem, bytes]]
    left: Sequence[str]
    shown: frozenset[str]

    def delete(self, source: ClearingSource) -> list[str]:
        """Delete what was kept, now that its image is gone; the names of the notes that stay."""
        stays = list(self.left)
        for companion, digest in self.kept:
            try:
                source.delete_verified(companion, sha256=digest)
            except Problem:
                stays += [companion.name] if companion.name not in self.shown else []
        return stays

    def refuse_if_shown(self, source: ClearingSource) -> None:
        """Raise CompanionLeft if a fresh session still has what shows the patient."""
        if not self.shown:
            return
        with suppress(ItemGone):  # its whole folder is gone
            for companion in source.companions(self.item):
                if companion.name in self.shown:
                    raise CompanionLeft(name=self.item.name, companion=companion.name)


def keep_beside(source: ClearingSource, one: Deposit, item: MediaItem, keep: Keep) -> Beside:
    """Keep the small files beside an item, so that they may go with it.

    Raises CompanionLeft and CompanionTooLarge where a small picture of it could not go too.
    """
    kept: list[tuple[MediaItem, bytes]] = []
    left: list[str] = []
    companions = source.companions(item)
    for companion in companions:
        shows = shows_the_image(companion.name)
        if refusal(companion) is not None:
            if shows and companion.size:
                raise CompanionLeft(name=item.name, companion=companion.name)
            left.append(companion.name)
        elif companion.size > COMPANION_AT_MOST:
            if shows:
                raise CompanionTooLarge(name=item.name, companion=companion.name)
            left.append(companion.name)
        else:
            content = whole(source, companion)
            digest = keep(one, companion.name, content)
            if hashlib.sha256(content).digest() != digest:
                raise AssertionError("a companion was kept as something else")
            kept.append((companion, digest))
    shown = frozenset(beside.name for beside in companions if shows_the_image(beside.name))
    return Beside(item=item, kept=kept, left=left, shown=shown)
