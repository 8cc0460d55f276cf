"""The small files beside images: kept when these are filed, or before a device is cleared."""

import hashlib
from collections.abc import Sequence

from desktop.records.facts.companions import Companion, KeptCompanion
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
        for (image, file_name, sha256), one in new.items():
            change.deposits.keep_companion(
                image, file_name, one.content, sha256=sha256, at=change.now
            )
            change.note("companion kept", by=by, image=image, file=file_name, sha256=sha256.hex())
    return list(new.values())


def notes_of(vault: Vault, image: ImageId) -> list[KeptCompanion]:
    """The notes that are kept with an image, by name; not their content."""
    with vault.look() as look:
        return [one for one in look.deposits.companions_kept(image) if one.is_note]


def _digest(one: Companion) -> bytes:
    return hashlib.sha256(one.content).digest()
