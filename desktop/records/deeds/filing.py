"""Filing: an image is linked to its patient, and is whole or says what it lacks."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from desktop.problem import Problem
from desktop.records.deeds.advice import refuse_parked
from desktop.records.deeds.came_from import check_days, store
from desktop.records.deeds.looking import known_image
from desktop.records.deeds.scan_back import (
    attach_pages,
    form_is_out,
    refuse_form_of_other,
    refuse_pages_of_others,
)
from desktop.records.deeds.settling import settled
from desktop.records.facts.capture import CaptureTime, TimeBasis
from desktop.records.facts.clinical_image import ClinicalImage, FilingFacts, ImageState
from desktop.records.facts.consent import ConsentForm
from desktop.records.facts.depiction import Depiction
from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import Patient, short_date
from desktop.records.facts.people import Person
from desktop.records.facts.problems import (
    FiledUnderAnother,
    IdentifiersDisagree,
    PatientUnknown,
)
from desktop.records.rules.came_from import is_stated
from desktop.records.rules.matching import PatientLink
from desktop.records.vault.vault import Change, Look, Vault


def file_image(
    vault: Vault, *, image: ImageId, link: PatientLink, facts: FilingFacts, by: Person
) -> ClinicalImage:
    """Link an image and file it, or leave it incomplete with what is missing named (R66 to R70).

    What `facts` leaves open stands as it was said before. An image already filed under this patient
    comes back unchanged, and the trail says that it was asked for again. Raises ImageUnknown,
    PatientUnknown, IdentifiersDisagree (the patient's record changed since the link was made),
    FiledUnderAnother, AdviceAwaited, PageOfAnotherPatient, FormOfAnotherPatient and DayAhead.
    """
    with vault.change() as change:
        return _file(change, _proved_again(change, link), ToFile(image, facts), link, by=by)


class ToFile(NamedTuple):
    """One image, and what the desk says of it."""

    image: ImageId
    facts: FilingFacts


def file_images(
    vault: Vault, *, images: Sequence[ToFile], link: PatientLink, by: Person
) -> list[ClinicalImage | Problem]:
    """As `file_image` for each, in their order, in one transaction. Where one of them cannot be
    filed, each has a transaction of its own, and what stood in the way is in its place."""
    try:
        with vault.change() as change:
            patient = _proved_again(change, link)
            return [_file(change, patient, one, link, by=by) for one in images]
    except Problem as problem:
        if len(images) == 1:
            return [problem]
    return [file_images(vault, images=[one], link=link, by=by)[0] for one in images]


def _file(
    change: Change, patient: Patient, one: ToFile, link: PatientLink, *, by: Person
) -> ClinicalImage:
    before = known_image(change, one.image)
    if before.patient is not None and before.patient != patient.id:
        other = change.patients.get(before.patient)
        raise FiledUnderAnother(name=before.arrival.file_name, banner=other.banner)
    if before.state is ImageState.FILED:
        change.note("already filed", by=by, image=one.image, patient=patient.id)
        return before
    refuse_parked(change, before)
    refuse_pages_of_others(change, before, patient)
    linked_at = change.images.linked_at(one.image) or change.now
    told = _told(replace(before, patient=patient.id), one.facts)
    refuse_form_of_other(change, told, patient)
    check_days(change, told.came_from)
    after = settled(told, now=change.now, by=by, form_is_out=form_is_out(change, told))
    change.images.settle(after, linked_at=linked_at)
    store(change, after, before=before.came_from, by=by)
    change.patients.touch(patient.id, at=change.now)
    _remember(change, after)
    _note(change, after, link, by=by)
    attach_pages(change, change.images.get(one.image), by=by)
    return change.images.get(one.image)


def _proved_again(look: Look, link: PatientLink) -> Patient:
    """The linked patient, both identifiers compared once more with the row as it is now."""
    patient = look.patients.find(link.patient)
    if patient is None:
        raise PatientUnknown(number=link.number)
    numbers = {number.value for number in patient.identifiers}
    if link.number not in numbers or link.born != patient.born:
        raise IdentifiersDisagree(number=link.number, given=f"born {short_date(link.born)}")
    return patient


def _told(image: ClinicalImage, facts: FilingFacts) -> ClinicalImage:
    """The image with what the desk says now; what it leaves open stays as it was."""
    has_consent = facts.consent.form is not ConsentForm.NONE_YET
    mode, came_from = facts.mode or image.mode, facts.came_from or image.came_from
    stated = is_stated(came_from, owner=mode.owner if mode else None)
    basis = TimeBasis.STATED if stated else TimeBasis.ENTERED
    entered: CaptureTime | None = replace(facts.taken, basis=basis) if facts.taken else None
    return replace(
        image,
        photographer=facts.photographer or image.photographer,
        mode=mode,
        purposes=facts.purposes or image.purposes,
        consent=facts.consent if has_consent or image.consent is None else image.consent,
        site=facts.site.strip() or image.site,
        depicts=_depicted(image.depicts, facts),
        taken=entered or image.taken,
        taken_why="" if entered else image.taken_why,
        came_from=came_from,
    )


def _depicted(before: Depiction, facts: FilingFacts) -> Depiction:
    """What is said now; what it leaves open stays as it was. A site that is said anew takes its
    code and its side along, or another site would keep those of the one before."""
    said = facts.depicts
    sited = said if facts.site.strip() or said.site_code else before
    return Depiction(
        subject=said.subject or before.subject,
        site_code=sited.site_code,
        laterality=sited.laterality,
        view=said.view or before.view,
        distance=said.distance or before.distance,
    )


def _remember(change: Change, image: ClinicalImage) -> None:
    if image.photographer and image.photographer.name.strip() and image.mode:
        change.images.remember_photographer(
            image.photographer, source_name=image.mode.source_name, at=change.now
        )


def _note(change: Change, image: ClinicalImage, link: PatientLink, *, by: Person) -> None:
    change.note(
        "image filed" if image.state is ImageState.FILED else "image linked, incomplete",
        by=by,
        image=image.id,
        patient=link.patient,
        number=link.number,
        born=link.born.isoformat(),
        missing=[essential.value for essential in image.missing],
    )
