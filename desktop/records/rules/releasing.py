"""Whether a copy may be made for somebody: a small, strict part of the disclosure tree (R81-R101).

What it does not know it refuses. The whole tree (recipients, policies, notices, threats) goes
through the same door once it is there.
"""

from collections.abc import Sequence

from desktop.records.facts.clinical_image import ClinicalImage, ImageState
from desktop.records.facts.consent import ConsentForm, Purpose
from desktop.records.facts.consent_end import ConsentEnd
from desktop.records.facts.copies import Feature, FeatureCheck, Found, Ground, Mask, Release
from desktop.records.facts.copy_problems import (
    CheckerMissing,
    FeatureReasonMissing,
    FeaturesUnanswered,
    MaskWrong,
    NothingMasked,
    NotReleasable,
    RecipientMissing,
    SecondReviewerNeeded,
    WhyIdentifiableMissing,
)
from desktop.records.rules.consent_ends import OF_CARE, check_use

DEIDENTIFIED_BY_DEFAULT = frozenset(
    {Purpose.TEACHING, Purpose.TRAINING, Purpose.RESEARCH, Purpose.PUBLICATION}
)
"""Purposes for which an identifiable copy needs to say why no other is possible (R101)."""

_LINKED = frozenset({ImageState.INCOMPLETE, ImageState.FILED})
_NO_PAGES = "it is for one page, but a recording has none"
_LEAST_MASK = 0.001  # four pixels of four thousand: less hides nothing
_EDGE = 1.0001  # what a hand draws to the edge may be rounded beyond it


def ground_of(
    image: ClinicalImage,
    release: Release,
    *,
    features: FeatureCheck | None = None,
    ends: Sequence[ConsentEnd] = (),
) -> Ground:
    """Why this copy may be made. Raises the problem that says why it may not.

    `features` is the check of a de-identified copy: only one that leaves nothing identifying
    needs neither consent nor authority (R87, R88). `ends` are the patient's withdrawals: for a
    purpose that consent was withdrawn for nothing leaves without authority, not even a copy that
    identifies nobody (R54).
    """
    if not release.recipient.strip():
        raise RecipientMissing
    if not release.is_deidentified:
        _check_identifiable(release)
    if not release.authority.strip():
        check_use(image, release.purpose, ends)
    if release.is_deidentified:
        return _deidentified_ground(image, release, features)
    return _named_ground(image, release)


def _deidentified_ground(
    image: ClinicalImage, release: Release, features: FeatureCheck | None
) -> Ground:
    if features is None:
        raise CheckerMissing
    if not features.leaves_something:
        return Ground.NOT_IDENTIFIABLE
    return _named_ground(image, release)


def _named_ground(image: ClinicalImage, release: Release) -> Ground:
    if release.authority.strip():
        return Ground.AUTHORITY
    if _is_consented(image, release.purpose):
        return Ground.CARE if release.purpose in OF_CARE else Ground.CONSENT
    if release.purpose in OF_CARE and image.state in _LINKED:
        return Ground.CARE
    raise NotReleasable(number=image.short_number, purpose=release.purpose.words)


def _check_identifiable(release: Release) -> None:
    if release.purpose in DEIDENTIFIED_BY_DEFAULT and not (
        release.why_identifiable.strip() and release.reference.strip()
    ):
        raise WhyIdentifiableMissing(purpose=release.purpose.words)


def _is_consented(image: ClinicalImage, purpose: Purpose) -> bool:
    """Consent on record that names this very purpose (R82)."""
    given = image.consent is not None and image.consent.form is not ConsentForm.NONE_YET
    return given and purpose in image.purposes


def check_masks(masks: Sequence[Mask], *, has_time: bool) -> None:
    """Raise MaskWrong for one that covers nothing, or nothing of the picture.

    `has_time` says whether the original lasts: only then may a mask begin later or end, and not
    lie on one page. How many pages there are is not known here: the copier refuses others.
    """
    for mask in masks:
        if not (mask.width >= _LEAST_MASK and mask.height >= _LEAST_MASK):
            raise MaskWrong(reason="its width or its height is next to nothing")
        if not (0 <= mask.left < 1 and 0 <= mask.top < 1):
            raise MaskWrong(reason="it begins outside the picture")
        if mask.left + mask.width > _EDGE or mask.top + mask.height > _EDGE:
            raise MaskWrong(reason="it ends outside the picture")
        if mask.start < 0 or (mask.end is not None and mask.end <= mask.start):
            raise MaskWrong(reason="it ends before it begins")
        if not has_time and (mask.start > 0 or mask.end is not None):
            raise MaskWrong(reason="it has a time, but a photo has none")
        if mask.page is not None and (has_time or mask.page < 1):
            raise MaskWrong(reason=_NO_PAGES if has_time else "pages are counted from 1")


def check_features(check: FeatureCheck, *, masks: int, has_sound: bool) -> None:
    """Raise what is wanting in a check of features: every one is answered, with a reason where it
    stays, and by two people where the condition is rare (R102).

    `masks` is their number, `has_sound` whether the copy will have sound.
    """
    if not check.checked_by.strip():
        raise CheckerMissing
    if left := [one.words for one in Feature if one not in check.answers]:
        raise FeaturesUnanswered(features="; ".join(left))
    for feature, answer in check.answers.items():
        if answer.found is Found.ACCEPTED and not answer.reason.strip():
            raise FeatureReasonMissing(feature=feature.words)
    _check_masked(check, masks=masks, has_sound=has_sound)
    if check.answers[Feature.RARE_CONDITION].found is not Found.NONE:
        second = check.second_reviewer.strip().casefold()
        if not second or second == check.checked_by.strip().casefold():
            raise SecondReviewerNeeded(name=check.checked_by.strip())


def _check_masked(check: FeatureCheck, *, masks: int, has_sound: bool) -> None:
    masked: Sequence[Feature] = [
        one for one, answer in check.answers.items() if answer.found is Found.MASKED
    ]
    for feature in masked:
        is_there = has_sound if feature is Feature.VOICE else not masks
        if is_there:
            raise NothingMasked(feature=feature.words)
