"""What of a patient's images was given to others, from the record to paper."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

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
from desktop.records.deeds import looking, patients
from desktop.records.deeds.given_out import given_out
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.copies import GivenOut
from desktop.records.facts.ids import ImageId, PatientId
from desktop.records.facts.patient import short_date
from desktop.verbs.consent_papers import image_words
from desktop.verbs.office import Office
from desktop.verbs.paper_order import PaperOrder, held_images, letterhead, patient_of
from desktop.verbs.problems import NothingGiven, OnlyNamelessGiven

_LETTER = "disclosure-letter"


def accounting_pdf(office: Office, order: PaperOrder) -> bytes:
    """Every time that something of the patient's images left the office. Raises PaperNeedsPatient
    and the problems of printing."""
    patient = patient_of(order, "Accounting of disclosures")
    lines = [_line(one) for one in given_out(office.vault, patient)]
    return disclosures_pdf(Disclosures(head=letterhead(office, order), lines=lines))


def _line(given: GivenOut) -> DisclosureLine:
    return DisclosureLine(
        heading=f"{zoned(given.at.astimezone())} · to {given.recipient}",
        facts=[(caption, text) for caption, text in _facts(given) if text],
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
    blank one without a patient. Copies that name nobody are not listed, for the letter would name
    whose they are. Raises NothingGiven, OnlyNamelessGiven and the problems of printing."""
    head, typed = letterhead(office, order), order.typed
    if order.patient is None:
        return disclosure_letter_pdf(DisclosureLetter(head=head))
    given = _given_last(office, order)
    if given[0].is_deidentified:
        raise OnlyNamelessGiven(recipient=given[0].recipient)
    newest = given[0]
    return disclosure_letter_pdf(
        DisclosureLetter(
            head=head,
            recipient=newest.recipient,
            purpose=typed.purpose or _each(one.purpose for one in given),
            allowed_by=_each(text for one in given for text in (one.ground, one.authority)),
            consent=_each(one.consent for one in given),
            asked_on=typed.asked_on,
            given_on=_each(_day(one) for one in given),
            items=_items(office, order.patient, given),
            withheld=typed.withheld,
        )
    )


def recall_pdf(office: Office, order: PaperOrder) -> bytes:
    """The letter that calls back what somebody got of the patient's images; a blank one without a
    patient. Where they got copies alone that name nobody, it names nobody either. Raises
    NothingGiven and the problems of printing."""
    head = letterhead(office, order)
    if order.patient is None:
        return recall_letter_pdf(RecallLetter(head=head))
    given = _given_last(office, order, one_day=False)
    names_nobody = given[0].is_deidentified
    items = (
        [ScheduleItem(words=f"Copy made {_day(one)}", sha256=one.sha256) for one in given]
        if names_nobody
        else _items(office, order.patient, given)
    )
    return recall_letter_pdf(
        RecallLetter(
            head=replace(head, banner="", volume="") if names_nobody else head,
            recipient=given[0].recipient,
            given_on=_each(_day(one) for one in given),
            items=items,
            names_nobody=names_nobody,
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


def given_images(office: Office, order: PaperOrder) -> Sequence[ClinicalImage]:
    """The images that a letter lists and the record still holds. None without a patient. Raises
    NothingGiven."""
    if order.patient is None:
        return ()
    listed = {one.image for one in _given_last(office, order, one_day=order.name == _LETTER)}
    return [one for one in looking.images_of(office.vault, order.patient) if one.id in listed]


def _given_last(office: Office, order: PaperOrder, *, one_day: bool = True) -> list[GivenOut]:
    """What the recipient got, the newest first and each image once: whoever was named, else who
    got something last. Originals, if there is one among it; else copies that name nobody. With
    `one_day` no more than left on the last day."""
    patient = patient_of(order, "A letter")
    wanted = " ".join(order.typed.sent_to.split()).casefold()
    known = [
        one
        for one in given_out(office.vault, patient)
        if not one.failed
        and (not order.images or one.image in order.images)
        and (not wanted or _called(one) == wanted)
    ]
    if not known:
        banner = patients.patient(office.vault, patient).banner
        raise NothingGiven(banner=banner, recipient=order.typed.sent_to.strip() or "anybody")
    theirs = [one for one in known if _called(one) == _called(known[0])]
    named = [one for one in theirs if not one.is_deidentified] or theirs
    shown: dict[tuple[ImageId, str], GivenOut] = {}
    for one in named:
        if not one_day or _day(one) == _day(named[0]):
            shown.setdefault((one.image, one.sha256), one)
    return list(shown.values())


def _called(given: GivenOut) -> str:
    return " ".join(given.recipient.split()).casefold()


def _items(office: Office, patient: PatientId, given: Sequence[GivenOut]) -> Sequence[ScheduleItem]:
    """In words, also of what was disposed of since."""
    known = {one.id: image_words(one) for one in looking.images_of(office.vault, patient)}
    return [
        ScheduleItem(words=known.get(one.image, one.number), sha256=one.sha256)
        for one in reversed(given)
    ]


def _known(image: ClinicalImage) -> ScheduleItem:
    kind = image.description.kind.value if image.description else "not described"
    return ScheduleItem(words=f"{image_words(image)}, {kind}", sha256=image.sha256.hex())


def _day(given: GivenOut) -> str:
    return short_date(given.at.astimezone().date())


def _each(texts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(filter(None, texts)))
