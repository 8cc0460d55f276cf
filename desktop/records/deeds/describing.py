"""Describing: what the bytes of an image say is noted beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from desktop.records.deeds.looking import known_image
from desktop.records.deeds.scan_back import attach_pages, form_is_out, refuse_pages_of_others
from desktop.records.deeds.settling import settled
from desktop.records.facts.clinical_image import ClinicalImage, Description, ImageState
from desktop.records.facts.ids import ImageId
from desktop.records.facts.page_scan import PageOfAnotherPatient
from desktop.records.facts.people import Person
from desktop.records.vault.vault import Change, Vault

_LOOKED_AT_AGAIN = timedelta(days=31)


class Seen(NamedTuple):
    """What was found in the bytes of one image; `thumbnail` is None where there is none."""

    image: ImageId
    description: Description
    thumbnail: bytes | None


def note_descriptions(vault: Vault, *, seen: Sequence[Seen], by: Person) -> list[ClinicalImage]:
    """Note descriptions in one transaction, then keep the thumbnails. Raises ImageUnknown.

    An image that was linked before it was described may become whole by it: it is then filed.
    """
    with vault.change() as change:
        noted = [_note(change, one, by=by) for one in seen]
    vault.renditions.put_many({one.image: one.thumbnail or b"" for one in seen})
    return noted


def note_description(
    vault: Vault, *, image: ImageId, description: Description, thumbnail: bytes | None, by: Person
) -> ClinicalImage:
    """As `note_descriptions`, of one."""
    seen = Seen(image=image, description=description, thumbnail=thumbnail)
    return note_descriptions(vault, seen=[seen], by=by)[0]


def _note(change: Change, seen: Seen, *, by: Person) -> ClinicalImage:
    image, description = seen.image, seen.description
    before = known_image(change, image)
    change.images.describe(image, description, at=change.now)
    change.note(
        "image described",
        by=by,
        image=image,
        type=description.media_type,
        kind=description.kind,
    )
    told = replace(before, description=description)
    if _shows_page_of_another(change, told, by=by):
        return change.images.get(image)
    if before.state is ImageState.INCOMPLETE:
        linked_at = change.images.linked_at(image)
        after = settled(told, now=change.now, by=by, form_is_out=form_is_out(change, told))
        change.images.settle(after, linked_at=linked_at)
        if after.state is ImageState.FILED:
            change.note("image filed", by=by, image=image, patient=after.patient)
    if before.patient is not None:
        attach_pages(change, change.images.get(image), by=by)
    return change.images.get(image)


def _shows_page_of_another(change: Change, image: ClinicalImage, *, by: Person) -> bool:
    """Whether an image that was linked before anybody looked into it shows another patient's page:
    then it does not become whole by itself, and filing it says whose page it is."""
    if image.patient is None:
        return False
    try:
        refuse_pages_of_others(change, image, change.patients.get(image.patient))
    except PageOfAnotherPatient:
        change.note("page of another patient seen", by=by, image=image.id, patient=image.patient)
        return True
    return False


def keep_thumbnail(vault: Vault, *, image: ImageId, thumbnail: bytes | None) -> None:
    """Keep a thumbnail, or None where there is none to be had. It is no record and has no line.
    Raises DiskFull and DiskFailed."""
    vault.renditions.put(image, thumbnail or b"")


def lacking_thumbnails(vault: Vault) -> int:
    """Of about how many images no thumbnail was made, at a glance; 0 where none is missing."""
    if not vault.renditions.may_lack:
        return 0
    with vault.look() as look:
        images, _ = look.images.totals()
    lacking = max(images - vault.renditions.count(), 0)
    if not lacking:
        vault.renditions.may_lack = False
    return lacking


def without_thumbnail(vault: Vault) -> Iterator[ClinicalImage]:
    """Each image that was described and whose thumbnail is lost, or was never tried. No transaction
    is open in between."""
    last: ImageId | None = None
    while True:
        with vault.look() as look:
            page = [image for image, _ in look.images.every_original(after=last)]
        if not page:
            return
        last = page[-1]
        for image in sorted(set(page) - vault.renditions.known(page)):
            with vault.look() as look:
                found = look.images.find(image)
            if found is not None and found.description is not None:
                yield found


def undescribed(vault: Vault, *, in_vain: str = "") -> list[ClinicalImage]:
    """Images that nobody has looked into yet, oldest first: a crash leaves some; and those of the
    last month that are not filed and of which this alone was noted, `in_vain`."""
    with vault.look() as look:
        since = look.now - _LOOKED_AT_AGAIN
        again = look.images.noted_in_vain(in_vain, since=since) if in_vain else []
        return [*look.images.undescribed(), *again]
