"""What the rules say of a copy so far, while the form is filled in (R84 to R90)."""

from desktop.problem import Problem
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.copies import Feature, FeatureCheck, Ground, Release
from desktop.records.facts.copy_problems import (
    NotReleasable,
    RecipientMissing,
    WhyIdentifiableMissing,
)
from desktop.records.rules.releasing import ground_of

_MAY = {
    Ground.NOT_IDENTIFIABLE: "It may leave: by the list above it identifies nobody.",
    Ground.CARE: "It may leave: it is for the person's own care. Tell them of it if they do not "
    "know that this may be done.",
    Ground.CONSENT: "It may leave: consent on record names this purpose.",
    Ground.AUTHORITY: "It may leave by the authority that is stated; it stands in the trail.",
}


def consent_words(image: ClinicalImage) -> str:
    """What the person agreed to, as it is on record."""
    if image.consent is None:
        return "Consent: not recorded."
    named = ", ".join(sorted(one.words for one in image.purposes)) or "no purpose"
    return f"Consent on record: {image.consent.form.words}, for {named}."


def standing_of(image: ClinicalImage, release: Release | None, check: FeatureCheck | None) -> str:
    """Whether it may leave as it stands, and what is still to be said; the rules decide again when
    the copy is made."""
    if release is None:
        return "Say what it is for."
    if release.is_deidentified and (check is None or not check.answers.keys() >= set(Feature)):
        return "Answer the list of what could tell who it is."
    try:
        return _MAY[ground_of(image, release, features=check)]
    except Problem as problem:
        return _wanting(problem)


def _wanting(problem: Problem) -> str:
    match problem:
        case RecipientMissing():
            return "Say who gets it."
        case WhyIdentifiableMissing():
            return (
                f"For {problem.purpose} images leave de-identified. Say why this one cannot, and "
                "which ethics approval or policy allows it."
            )
        case NotReleasable():
            return "Not yet: neither consent on record nor an authority covers this purpose."
        case _:
            return str(problem)
