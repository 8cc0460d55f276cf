"""The papers of consent: the form, the refusal, and the withdrawal with whom it has to reach."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from desktop.printing.papers.consent_form import ConsentForm, consent_form_pdf
from desktop.printing.papers.refusal_and_withdrawal import (
    Refusal,
    Withdrawal,
    refusal_pdf,
    withdrawal_pdf,
)
from desktop.records.deeds import sheets
from desktop.records.deeds.given_out import given_out
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.ids import ImageId, PatientId
from desktop.records.facts.patient import short_date
from desktop.records.facts.sheet import SheetState, grouped
from desktop.records.rules.body_sites import site_words
from desktop.verbs.office import Office
from desktop.verbs.paper_order import PaperOrder, held_images, letterhead, taken_at

_STORED = "sealed in the records system of the organisation named above; prints in the paper chart"


def consent_pdf(office: Office, order: PaperOrder) -> bytes:
    """The consent form of a patient, or a blank one. Raises the problems of printing."""
    typed = order.typed
    form = ConsentForm(
        head=letterhead(office, order),
        site=typed.site,
        purpose=typed.purpose,
        photographer=typed.photographer,
        stored=_STORED,
    )
    return consent_form_pdf(form)


def refused_pdf(office: Office, order: PaperOrder) -> bytes:
    """The refusal of a patient, or a blank one. Raises the problems of printing."""
    typed = order.typed
    return refusal_pdf(Refusal(head=letterhead(office, order), site=typed.site, why=typed.why))


def withdrawn_pdf(office: Office, order: PaperOrder) -> bytes:
    """The withdrawal of a patient with every image, recipient and printed copy that the record
    knows, or those of the images that were named; or a blank one. Raises the problems of printing.
    """
    head = letterhead(office, order)
    if order.patient is None:
        return withdrawal_pdf(Withdrawal(head=head))
    images = held_images(office, order)
    shown = {one.id for one in images}
    held = held_images(office, replace(order, images=()))
    return withdrawal_pdf(
        Withdrawal(
            head=head,
            why=order.typed.why,
            images=[image_words(one) for one in images],
            names_some=len(held) > len(images),
            recall=list(_to_recall(office, order.patient, shown)),
            told=list(_got(office, order.patient, shown)),
        )
    )


def image_words(image: ClinicalImage) -> str:
    """One image in a list: number, site, day and minute."""
    site = site_words(image.site, image.depicts.site_code, image.depicts.laterality)
    at = taken_at(image)
    when = f"{short_date(at.date())} {at:%H:%M}" if image.taken else "time not recorded"
    return f"{image.short_number}, {site or 'site not stated'}, {when}"


def _to_recall(office: Office, patient: PatientId, images: Collection[ImageId]) -> Iterator[str]:
    """The copies on paper that show any of these images."""
    for sheet in sheets.sheets_of(office.vault, patient):
        gone = sheet.state in {SheetState.DESTROYED, SheetState.NOT_PRINTED}
        images_apart = set(sheet.images).isdisjoint(images)
        if sheet.kind.shows_images and not gone and not images_apart:
            volume = f", volume {sheet.volume}" if sheet.volume else ""
            where = f"{sheet.state.words}{volume}"
            what = sheet.kind.words.capitalize()
            yield f"{what} {grouped(sheet.number)}, copy {sheet.copy}, {sheet.target}: {where}"


def _got(office: Office, patient: PatientId, images: Collection[ImageId]) -> Iterator[str]:
    """Who got a copy, or the original, of these images."""
    for given in given_out(office.vault, patient):
        if given.image in images and not given.failed:
            day = short_date(given.at.astimezone().date())
            what = "copy" if given.is_deidentified else "the original"
            yield f"{given.recipient}, {day}, {given.purpose}, {what} of {given.number}"
