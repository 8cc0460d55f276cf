"""Pages of ours that came back as images: whose they are, and which forms are still out (R43, R79).

A page is its patient's scan only once its image was linked to that patient, for which two
identifiers were given at the desk: the code tells the one, and the other is read off the page or
asked for. So a code alone never brings an image into a chart, and one of somebody else's page keeps
it out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop.records.deeds.looking import known_image
from desktop.records.deeds.settling import settled
from desktop.records.facts.clinical_image import ClinicalImage, Essential, ImageState
from desktop.records.facts.ids import ImageId, PatientId
from desktop.records.facts.page_scan import (
    FORM_OF_CONSENT,
    FormDue,
    FormOfAnotherPatient,
    PageOfAnotherPatient,
    PageScan,
    PageSeen,
    paper_title,
)
from desktop.records.facts.patient import Patient
from desktop.records.facts.people import Person
from desktop.records.facts.sheet import grouped, page_code
from desktop.records.rules.scan_back import (
    consent_of_form,
    form_is_wanted,
    form_number,
    is_back,
    pages_of,
)
from desktop.records.vault.vault import Change, Look, Vault


def pages_seen(
    vault: Vault, images: Sequence[ClinicalImage]
) -> Mapping[ImageId, Sequence[PageSeen]]:
    """What the register knows of the pages that these images show; only images that show one."""
    with vault.look() as look:
        found = {image.id: _seen_on(look, image) for image in images if _codes(image)}
    return {image: pages for image, pages in found.items() if pages}


def page_seen(vault: Vault, code: str) -> PageSeen | None:
    """What the register knows of the page with this code; None for what is no page of a chart."""
    with vault.look() as look:
        return next((_seen(look, *page) for page in pages_of([code])), None)


def note_page_codes(
    vault: Vault, *, image: ImageId, codes: Sequence[str], by: Person
) -> Sequence[PageSeen]:
    """Note what a closer look found on an image; of one that is linked, its pages are attached.

    What was found before stays. Raises ImageUnknown, and PageOfAnotherPatient where it lies in
    somebody else's record: that is corrected by a person.
    """
    with vault.change() as change:
        before = known_image(change, image)
        every = tuple(dict.fromkeys((*_codes(before), *codes)))
        change.scans.set_codes(image, every)
        change.note("page codes read", by=by, image=image, codes=list(every))
        after = change.images.get(image)
        if after.patient is not None:
            refuse_pages_of_others(change, after, change.patients.get(after.patient))
            attach_pages(change, after, by=by)
        return _seen_on(change, after)


def refuse_pages_of_others(look: Look, image: ClinicalImage, patient: Patient) -> None:
    """Raises PageOfAnotherPatient where an image shows a page that the register has of somebody
    else than this patient."""
    for page in _seen_on(look, image):
        if page.patient is not None and page.patient.id != patient.id:
            raise PageOfAnotherPatient(
                name=image.arrival.file_name,
                page=f"page {page.page} of {page.title} {grouped(page.number)}",
                other=page.patient.banner,
                chosen=patient.banner,
            )


def attach_pages(change: Change, image: ClinicalImage, *, by: Person) -> None:
    """Attach a linked image to the papers whose pages it shows, and say which form it waits for.
    A consent form that is back with it is outstanding no more, for all images that name it; the
    image of a form itself rests on that form where no other consent was said."""
    if image.patient is None:
        return
    for page in _seen_on(change, image):
        if page.patient is not None and page.patient.id != image.patient:
            continue
        if not page.attached:
            _attach(change, page, image, by=by)
        _form_came(change, page.number, image, by=by)
    image = _rested_on_itself(change, image, by=by)
    number = form_number(image.consent)
    is_out = number and not _is_back(change, number, image)
    change.scans.set_due([image.id], number if is_out else None)
    _file_what_waited(change, [image.id], by=by)


def refuse_form_of_other(look: Look, image: ClinicalImage, patient: Patient) -> None:
    """Raises FormOfAnotherPatient where the consent of an image names a form that the register has
    of somebody else than this patient."""
    number = form_number(image.consent)
    last = look.sheets.last_copy(number) if number else None
    if last is not None and last.patient != patient.id:
        raise FormOfAnotherPatient(
            name=image.arrival.file_name,
            form=grouped(number),
            other=look.patients.get(last.patient).banner,
            chosen=patient.banner,
        )


def form_is_out(look: Look, image: ClinicalImage) -> bool:
    """Whether this office files on written consent alone, and the form of this image is not back:
    then it is incomplete until it is (R43)."""
    if not look.settings.read().written_consent:
        return False
    number = form_number(image.consent)
    there = bool(number) and _is_back(look, number, image)
    return form_is_wanted(image.consent, is_back=there)


def _attach(change: Change, page: PageSeen, image: ClinicalImage, *, by: Person) -> None:
    if image.patient is None:
        return
    change.scans.put(
        PageScan(
            image=image.id,
            number=page.number,
            page=page.page,
            patient=image.patient,
            attached_at=change.now,
            attached_by=by.name,
        )
    )
    change.note(
        "page attached",
        by=by,
        image=image.id,
        patient=image.patient,
        number=page.number,
        page=page.page,
    )


def pages_taken_back(change: Change, image: ClinicalImage) -> None:
    """An image is linked to nobody any more: forms that came back with it are out again. `image` is
    as it was."""
    change.scans.set_due([image.id], None)
    numbers = {number for number, _ in pages_of(_codes(image))}
    if image.patient is None or not any(one.startswith(FORM_OF_CONSENT) for one in numbers):
        return
    for other in change.images.of_patient(image.patient):
        number = form_number(other.consent)
        if number in numbers and other.id != image.id and not _is_back(change, number, other):
            change.scans.set_due([other.id], number)


def forms_due(vault: Vault) -> list[FormDue]:
    """Consent forms that images rest on and that have not come back, the longest out first."""
    with vault.look() as look:
        return [
            FormDue(
                number=row.number,
                patient=look.patients.get(row.patient),
                images=row.images,
                since=row.since,
                pages_in=sum(
                    one.patient == row.patient for one in look.scans.of_number(row.number)
                ),
                pages=_pages(look, row.number),
            )
            for row in look.scans.due()
        ]


def how_many_forms_due(vault: Vault) -> int:
    """How many forms `forms_due` would name."""
    with vault.look() as look:
        return look.scans.how_many_due()


def _form_came(change: Change, number: str, image: ClinicalImage, *, by: Person) -> None:
    if image.patient is None or not number.startswith(FORM_OF_CONSENT):
        return
    if not _is_back(change, number, image):
        return
    waiting = change.scans.waiting_for(number, image.patient)
    if not waiting:
        return
    change.scans.set_due(waiting, None)
    _file_what_waited(change, waiting, by=by)
    change.note(
        "consent form back", by=by, number=number, patient=image.patient, images=list(waiting)
    )


def _rested_on_itself(change: Change, image: ClinicalImage, *, by: Person) -> ClinicalImage:
    """The form is evidence, not a clinical image: it wants no further consent to be whole."""
    consent = consent_of_form(image.consent, _codes(image))
    if consent == image.consent or image.state is not ImageState.INCOMPLETE:
        return image
    told = replace(image, consent=consent)
    after = settled(told, now=change.now, by=by, form_is_out=form_is_out(change, told))
    change.images.settle(after, linked_at=change.images.linked_at(image.id))
    change.note("consent form rests on itself", by=by, image=image.id, number=form_number(consent))
    if after.state is ImageState.FILED:
        change.note("image filed", by=by, image=image.id, patient=after.patient)
    return after


def _file_what_waited(change: Change, images: Sequence[ImageId], *, by: Person) -> None:
    """What was incomplete for want of its form alone is filed by it."""
    for one in images:
        before = change.images.get(one)
        if Essential.CONSENT_FORM not in before.missing or form_is_out(change, before):
            continue
        after = settled(before, now=change.now, by=by)
        change.images.settle(after, linked_at=change.images.linked_at(one))
        if after.state is ImageState.FILED:
            change.note("image filed", by=by, image=one, patient=after.patient)


def _is_back(look: Look, number: str, image: ClinicalImage) -> bool:
    scanned = _scanned(look, number, image.patient)
    return is_back(scanned, pages=_pages(look, number))


def _scanned(look: Look, number: str, patient: PatientId | None) -> set[int]:
    """The pages of a paper that are there as scans of this patient."""
    return {one.page for one in look.scans.of_number(number) if one.patient == patient}


def _pages(look: Look, number: str) -> int | None:
    last = look.sheets.last_copy(number)
    return last.pages if last else None


def _codes(image: ClinicalImage) -> tuple[str, ...]:
    return image.description.page_codes if image.description else ()


def _seen_on(look: Look, image: ClinicalImage) -> list[PageSeen]:
    found = [_seen(look, number, page) for number, page in pages_of(_codes(image))]
    there = {(scan.number, scan.page) for scan in look.scans.of_image(image.id)}
    return [replace(one, attached=(one.number, one.page) in there) for one in found]


def _seen(look: Look, number: str, page: int) -> PageSeen:
    last = look.sheets.last_copy(number)
    return PageSeen(
        code=page_code(number, page),
        number=number,
        page=page,
        title=paper_title(number),
        pages=last.pages if last else None,
        patient=look.patients.get(last.patient) if last else None,
    )
