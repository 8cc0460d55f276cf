"""What of a patient's images was given to others, from the record to paper."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from desktop.printing.foot import zoned
from desktop.printing.papers.access_cover import AccessCover, access_cover_pdf
from desktop.printing.papers.disclosure_letter import (
    DisclosureLetter,
    RecallLetter,
    disclosure_letter_pdf,
    recall_letter_pdf,
)
from desktop.printing.papers.disclosures import DisclosureLine, Disclosures, disclosures_pdf
from desktop.printing.papers.schedule import ScheduleItem
from desktop.records.deeds import looking, sheets
from desktop.records.deeds.given_out import given_out
from desktop.records.facts.clinical_image import ClinicalImage, short_number
from desktop.records.facts.copies import GivenOut
from desktop.records.facts.ids import PatientId
from desktop.records.facts.sheet import Sheet, grouped
from desktop.verbs.consent_papers import image_words
from desktop.verbs.given_to import day_of
from desktop.verbs.office import Office
from desktop.verbs.paper_order import PaperOrder, held_images, letterhead, patient_of
from desktop.verbs.problems import OnlyNamelessGiven


def accounting_pdf(office: Office, order: PaperOrder) -> bytes:
    """Every time that something of the patient's images left the office: files, and papers that
    show images and were handed over. Raises PaperNeedsPatient and the problems of printing."""
    patient = patient_of(order, "Accounting of disclosures")
    left = [(one.at, _line(one)) for one in given_out(office.vault, patient)]
    left += [
        (one.handed_at, _line_of_paper(one, one.handed_at))
        for one in sheets.sheets_of(office.vault, patient)
        if one.handed_at is not None and one.kind.shows_images
    ]
    lines = [line for _, line in sorted(left, key=lambda one: one[0], reverse=True)]
    return disclosures_pdf(Disclosures(head=letterhead(office, order), lines=lines))


def _line(given: GivenOut) -> DisclosureLine:
    return DisclosureLine(
        heading=f"{zoned(given.at.astimezone())} · to {given.recipient}",
        facts=[(caption, text) for caption, text in _facts(given) if text],
    )


def _line_of_paper(sheet: Sheet, at: datetime) -> DisclosureLine:
    shown = f"{sheet.kind.words} {grouped(sheet.number)}, copy {sheet.copy}, handed over"
    images = ", ".join(short_number(one) for one in sheet.images)
    return DisclosureLine(
        heading=f"{zoned(at.astimezone())} · to {sheet.handed_to}",
        facts=[("What", shown), ("Released by", sheet.handed_by), ("Images", images)],
    )


def _facts(given: GivenOut) -> Iterator[tuple[str, str]]:
    what = "a de-identified copy" if given.is_deidentified else "the original"
    yield "What", f"{what}, did not come to be" if given.failed else f"{what}, one"
    yield "For", given.purpose
    yield "Allowed by", given.ground
    yield "Authority", given.authority
    yield "Why named", given.why_identifiable
    yield "Approval", given.reference
    yield "Consent", given.consent
    yield "Checked by", given.features_by
    yield "Released by", given.by
    yield "Image", f"{given.number}, {given.image}"
    yield "SHA-256", given.sha256


def letter_pdf(office: Office, order: PaperOrder) -> bytes:
    """The letter that goes with what was given to somebody last, with its schedule and receipt; a
    blank one without a patient. Of copies that name nobody only those are listed whose original the
    same recipient has, for the letter would name whose they are. Raises OnlyNamelessGiven and the
    problems of printing."""
    head, typed = letterhead(office, order), order.typed
    if order.patient is None:
        return disclosure_letter_pdf(DisclosureLetter(head=head))
    given = order.given
    newest = given[0]
    if all(one.is_deidentified for one in given):
        raise OnlyNamelessGiven(recipient=newest.recipient)
    return disclosure_letter_pdf(
        DisclosureLetter(
            head=head,
            recipient=newest.recipient,
            purpose=typed.purpose or _each(one.purpose for one in given),
            allowed_by=_each(text for one in given for text in (one.ground, one.authority)),
            consent=_each(one.consent for one in given),
            asked_on=typed.asked_on,
            given_on=_each(day_of(one.at) for one in given),
            items=_items(office, order.patient, given),
            withheld=typed.withheld,
        )
    )


def recall_pdf(office: Office, order: PaperOrder) -> bytes:
    """The letter that calls back what somebody got of the patient's images, and papers that they
    took and that are recalled; a blank one without a patient. Where they got copies alone that name
    nobody, it names nobody either. Raises the problems of printing."""
    head = letterhead(office, order)
    if order.patient is None:
        return recall_letter_pdf(RecallLetter(head=head))
    given, papers = order.given, order.papers
    names_nobody = not papers and all(one.is_deidentified for one in given)
    items = (
        [ScheduleItem(words=f"Copy made {day_of(one.at)}", sha256=one.sha256) for one in given]
        if names_nobody
        else [*_items(office, order.patient, given), *map(_of_paper, papers)]
    )
    days = [one.at for one in given] + [one.handed_at for one in papers if one.handed_at]
    return recall_letter_pdf(
        RecallLetter(
            head=replace(head, banner="", volume="") if names_nobody else head,
            recipient=given[0].recipient if given else papers[0].handed_to,
            given_on=_each(day_of(one) for one in sorted(days, reverse=True)),
            items=items,
            names_nobody=names_nobody,
            is_papers=not given,
        )
    )


def access_pdf(office: Office, order: PaperOrder) -> bytes:
    """The cover of what a person asked to see of their own: every image of theirs, or those that
    were named; a blank one without a patient. Raises ImageUnknown and the problems of printing."""
    head, typed = letterhead(office, order), order.typed
    if order.patient is None:
        return access_cover_pdf(AccessCover(head=head))
    return access_cover_pdf(
        AccessCover(
            head=head,
            requester=typed.sent_to,
            asked_on=typed.asked_on,
            items=[_known(one) for one in held_images(office, order)],
            withheld=typed.withheld,
        )
    )


def _of_paper(sheet: Sheet) -> ScheduleItem:
    kind = sheet.kind.words.capitalize()
    return ScheduleItem(words=f"{kind} {grouped(sheet.number)}, copy {sheet.copy}, on paper")


def _items(office: Office, patient: PatientId, given: Sequence[GivenOut]) -> Sequence[ScheduleItem]:
    """In words, also of what was disposed of since."""
    known = {one.id: image_words(one) for one in looking.images_of(office.vault, patient)}
    return [
        ScheduleItem(
            words=known.get(one.image, one.number)
            + (", de-identified copy" if one.is_deidentified else ""),
            sha256=one.sha256,
        )
        for one in reversed(given)
    ]


def _known(image: ClinicalImage) -> ScheduleItem:
    kind = image.description.kind.value if image.description else "not described"
    return ScheduleItem(words=f"{image_words(image)}, {kind}", sha256=image.sha256.hex())


def _each(texts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(filter(None, texts)))
