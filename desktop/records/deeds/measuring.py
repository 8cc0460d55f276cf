"""Measuring: lengths that people lay on pictures, kept beside the image; the newest counts."""

from collections.abc import Mapping, Sequence

from desktop.records.deeds.looking import known_image
from desktop.records.facts.depiction import LaidScale, Scale
from desktop.records.facts.ids import ImageId
from desktop.records.facts.people import Person
from desktop.records.rules.measuring import check_scale
from desktop.records.vault.vault import Vault


def lay_scale(vault: Vault, *, image: ImageId, scale: Scale, by: Person) -> LaidScale:
    """Put on record how long a line of the picture is. Scales that were laid before stay.

    Raises LineTooShort, LengthNotUnderstood, ImageUnknown and ImageDisposed.
    """
    check_scale(scale)
    with vault.change() as change:
        found = known_image(change, image)
        change.scales.add(image, scale, at=change.now, by=by)
        change.note(
            "scale laid",
            by=by,
            image=image,
            patient=found.patient,
            millimetres=scale.millimetres,
            start=list(scale.start),
            end=list(scale.end),
        )
        return change.scales.of_image(image)[0]


def scale_of(vault: Vault, image: ImageId) -> LaidScale | None:
    """What counts as the scale of this image: the one that was laid last, or None. Raises
    ImageUnknown and ImageDisposed."""
    with vault.look() as look:
        known_image(look, image)
        laid = look.scales.of_image(image)
    return laid[0] if laid else None


def scales_of(vault: Vault, images: Sequence[ImageId]) -> Mapping[ImageId, LaidScale]:
    """What counts as the scale of each image on which one was laid."""
    with vault.look() as look:
        return look.scales.newest_of(images)
