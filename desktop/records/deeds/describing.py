"""Describing: what the bytes of an image say is noted beside it."""

from dataclasses import replace

from desktop.records.deeds.filing import settled
from desktop.records.deeds.looking import known_image
from desktop.records.facts.clinical_image import ClinicalImage, Description, ImageState
from desktop.records.facts.ids import ImageId
from desktop.records.facts.people import Person
from desktop.records.vault.vault import Vault


def note_description(
    vault: Vault, *, image: ImageId, description: Description, thumbnail: bytes | None, by: Person
) -> ClinicalImage:
    """Note a description and keep the thumbnail. Raises ImageUnknown.

    An image that was linked before it was described may become whole by it: it is then filed.
    """
    with vault.change() as change:
        before = known_image(change, image)
        change.images.describe(image, description, at=change.now)
        change.note(
            "image described",
            by=by,
            image=image,
            type=description.media_type,
            kind=description.kind,
        )
        if before.state is ImageState.INCOMPLETE:
            linked_at = change.images.linked_at(image)
            after = settled(replace(before, description=description), now=change.now, by=by)
            change.images.settle(after, linked_at=linked_at)
            if after.state is ImageState.FILED:
                change.note("image filed", by=by, image=image, patient=after.patient)
        after = change.images.get(image)
    if thumbnail is None:
        vault.renditions.forget(image)
    else:
        vault.renditions.put(image, thumbnail)
    return after


def undescribed(vault: Vault) -> list[ClinicalImage]:
    """Images that nobody has looked into yet, oldest first: a crash leaves some."""
    with vault.look() as look:
        return look.images.undescribed()
