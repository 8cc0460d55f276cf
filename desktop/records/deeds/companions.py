"""The small files beside images: kept when these are filed, or before a device is cleared."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from desktop.records.facts.companions import Companion, EditNote, KeptCompanion
from desktop.records.facts.ids import ImageId
from desktop.records.facts.people import Person
from desktop.records.vault.vault import Vault


def keep_companions(vault: Vault, found: Sequence[Companion], *, by: Person) -> list[Companion]:
    """Keep these with their images in one transaction; those that were not here yet, each a line of
    the trail. One whose image was disposed of meanwhile is not kept."""
    by_content = {(one.image, one.file_name, _digest(one)): one for one in found}
    with vault.look() as look:
        new = {key: one for key, one in by_content.items() if look.deposits.lacks_companion(*key)}
    if not new:
        return []
    with vault.change() as change:
        kept = []
        for (image, file_name, sha256), one in new.items():
            if change.deposits.keep_companion(
                image, file_name, one.content, sha256=sha256, at=change.now
            ):
                kept.append(one)
                told = {"image": image, "file": file_name, "sha256": sha256.hex()}
                change.note("companion kept", by=by, **told)
    return kept


def notes_of(
    vault: Vault, image: ImageId, read: Callable[[bytes], EditNote | None]
) -> list[KeptCompanion]:
    """The notes that are kept with an image, by name. What an edit note says of itself is told by
    `read`, which is handed what a device sent, and None for what it cannot make sense of."""
    with vault.look() as look:
        notes = [one for one in look.deposits.companions_kept(image) if one.is_note]
        edits = {one: look.deposits.companion(image, one) or b"" for one in notes if one.is_edit}
    return [_read(one, read(edits[one])) if one in edits else one for one in notes]


def _read(note: KeptCompanion, said: EditNote | None) -> KeptCompanion:
    return replace(note, said=said, unread=said is None)


def _digest(one: Companion) -> bytes:
    return hashlib.sha256(one.content).digest()
