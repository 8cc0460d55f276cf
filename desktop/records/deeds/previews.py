"""Previews: larger pictures of originals that are kept to be looked at again, and are no record.

They have no line in the trail: whoever looks opens the original, and that has one.
"""

from collections.abc import Iterator
from contextlib import suppress

from desktop.records.facts.clinical_image import ClinicalImage, MediaKind
from desktop.records.facts.ids import ImageId
from desktop.records.vault.problems import DiskFailed, DiskFull
from desktop.records.vault.vault import Vault

NEWEST = 500
"""Of so many images, the last that came, previews are made ahead."""


def kept_preview(vault: Vault, *, image: ImageId, kind: str) -> bytes | None:
    """What is kept of this kind, or None. Not to be shown without `looking.open_original`."""
    return vault.renditions.preview(image, kind) or None


def keep_preview(
    vault: Vault, *, image: ImageId, kind: str, content: bytes, is_seen: bool = True
) -> bool:
    """Keep what somebody sees, or with `is_seen` False what may be seen one day; whether it is
    kept. Empty where there is none to be had. A drive that has no room keeps none, and of an image
    that is disposed meanwhile nothing stays."""
    is_kept = False
    with suppress(DiskFull, DiskFailed):
        is_kept = vault.renditions.put_preview(image, kind, content, is_seen=is_seen)
    with vault.look() as look:
        is_there = look.images.find(image) is not None
    if not is_there:
        vault.renditions.forget(image)
    return is_kept and is_there


def without_preview(vault: Vault, *, kind: str) -> Iterator[ClinicalImage]:
    """Of the images that came last the photos that can be shown and have no preview of this kind,
    the newest first. No transaction is open in between."""
    with vault.look() as look:
        newest = look.images.newest(NEWEST)
    known = vault.renditions.known_previews(newest, kind)
    for image in newest:
        if image in known or vault.renditions.get(image) is None:
            continue
        with vault.look() as look:
            found = look.images.find(image)
        if found and found.description and found.description.kind is MediaKind.PHOTO:
            yield found
