"""What still may be done with an image whose consent was withdrawn (R54)."""

from collections.abc import Iterable

from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.consent import Purpose
from desktop.records.facts.consent_end import ConsentEnd, ConsentWithdrawn, EndKind
from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import short_date

OF_CARE = frozenset({Purpose.CARE, Purpose.ADVICE, Purpose.MONITORING, Purpose.REFERRAL})
"""Purposes of the patient's own care."""


def withdrawal_of(
    ends: Iterable[ConsentEnd], purpose: Purpose, image: ImageId
) -> ConsentEnd | None:
    """The withdrawal that stands against this use of the image, or None. A refusal was of images
    that were not taken: it stands against no image on record."""
    return next((one for one in ends if _stands(one) and one.covers(purpose, image)), None)


def check_use(image: ClinicalImage, purpose: Purpose, ends: Iterable[ConsentEnd]) -> None:
    """Raise ConsentWithdrawn where the image may not leave for this purpose any more."""
    against = withdrawal_of(ends, purpose, image.id)
    if against is not None:
        raise _refused(image, purpose.words, against)


def check_paper(image: ClinicalImage, ends: Iterable[ConsentEnd]) -> None:
    """Raise ConsentWithdrawn where the image goes to no more paper: it is in the record for
    purposes beyond care alone, and consent for all of them was withdrawn."""
    against = off_paper(image, ends)
    if against is not None:
        named = ", ".join(one.words for one in Purpose if one in image.purposes)
        raise _refused(image, named, against)


def off_paper(image: ClinicalImage, ends: Iterable[ConsentEnd]) -> ConsentEnd | None:
    """The withdrawal by which paper that shows the image has to come back, or None."""
    if not image.purposes or image.purposes & OF_CARE:
        return None
    return withdrawn(image, ends)


def withdrawn(image: ClinicalImage, ends: Iterable[ConsentEnd]) -> ConsentEnd | None:
    """The withdrawal by which nothing is left that the image may be used for: consent for every
    purpose it is in the record for was withdrawn, care included. None where there is none."""
    standing = tuple(ends)
    if not image.purposes:
        of_it = (one for one in standing if _stands(one) and one.is_about(image.id))
        return next((one for one in of_it if not one.said.purposes), None)
    against = [withdrawal_of(standing, purpose, image.id) for purpose in image.purposes]
    return None if None in against else against[0]


def _stands(end: ConsentEnd) -> bool:
    return end.stands and end.said.kind is EndKind.WITHDRAWN


def _refused(image: ClinicalImage, purpose: str, against: ConsentEnd) -> ConsentWithdrawn:
    day = short_date(against.at.astimezone().date())
    return ConsentWithdrawn(number=image.short_number, purpose=purpose, day=day)
