"""What a letter lists: what somebody got of a patient's images, and what is to come back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from desktop.records.deeds import looking, patients, sheets
from desktop.records.deeds.given_out import given_out
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.copies import GivenOut
from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import short_date
from desktop.records.facts.sheet import Sheet, SheetState
from desktop.verbs.office import Office
from desktop.verbs.paper_order import PaperOrder, patient_of
from desktop.verbs.problems import NothingGiven


def with_given(office: Office, order: PaperOrder) -> PaperOrder:
    """Fill in what a disclosure letter lists, read once: see `_of_theirs`. It is what the recipient
    got on the last day that an original left: whoever was named, else who got something last.
    Nothing without a patient. Raises NothingGiven."""
    if order.patient is None:
        return order
    listed = _of_theirs(_newest_first(office, order))
    named = [one for one in listed if not one.is_deidentified] or listed
    on_day = [one for one in listed if day_of(one.at) == day_of(named[0].at)]
    return replace(order, given=_each_once(on_day))


def with_called_back(office: Office, order: PaperOrder) -> PaperOrder:
    """Fill in what a letter that calls copies back lists, read once: all that the recipient got,
    see `_of_theirs`, and the papers that they took and that are recalled. These name the patient:
    where they are listed, copies that name nobody are not, but of an original that they have.
    Nothing without a patient. Raises NothingGiven."""
    if order.patient is None:
        return order
    known = _known(office, order)
    papers = _to_come_back(office, order)
    if order.images and known and all(one.is_deidentified for one in known):
        papers = []  # they were named, so that a letter without a name lists them
    if not known and not papers:
        raise _nothing(office, order)
    latest = [(one.at, called(one.recipient)) for one in known[:1]]
    latest += [(_handed_at(one), called(one.handed_to)) for one in papers[:1]]
    whose = max(latest)[1]
    papers = [one for one in papers if called(one.handed_to) == whose]
    theirs = [one for one in known if called(one.recipient) == whose]
    listed = _of_theirs(theirs, is_named=bool(papers))
    return replace(order, given=_each_once(listed), papers=tuple(papers))


def given_images(office: Office, order: PaperOrder) -> Sequence[ClinicalImage]:
    """The images that a letter lists and the record still holds."""
    if order.patient is None:
        return ()
    listed = {one.image for one in order.given}
    return [one for one in looking.images_of(office.vault, order.patient) if one.id in listed]


def day_of(moment: datetime) -> str:
    """The day as a letter names it."""
    return short_date(moment.astimezone().date())


def called(name: str) -> str:
    """A name as it is compared with another one."""
    return " ".join(name.split()).casefold()


def _newest_first(office: Office, order: PaperOrder) -> list[GivenOut]:
    """What went to the recipient. Raises NothingGiven."""
    known = _known(office, order)
    if not known:
        raise _nothing(office, order)
    return [one for one in known if called(one.recipient) == called(known[0].recipient)]


def _known(office: Office, order: PaperOrder) -> list[GivenOut]:
    patient, wanted = patient_of(order, "A letter"), called(order.typed.sent_to)
    return [
        one
        for one in given_out(office.vault, patient)
        if not one.failed
        and (not order.images or one.image in order.images)
        and wanted in {"", called(one.recipient)}
    ]


def _to_come_back(office: Office, order: PaperOrder) -> list[Sheet]:
    patient, wanted = patient_of(order, "A letter"), called(order.typed.sent_to)
    recalled = [
        one
        for one in sheets.sheets_of(office.vault, patient)
        if one.state is SheetState.RECALLED
        and one.handed_at is not None
        and one.in_chart_at is None
        and wanted in {"", called(one.handed_to)}
    ]
    return sorted(recalled, key=_handed_at, reverse=True)


def _handed_at(sheet: Sheet) -> datetime:
    return sheet.handed_at or sheet.made_at


def _of_theirs(theirs: Sequence[GivenOut], *, is_named: bool = False) -> list[GivenOut]:
    """Originals, and copies that name nobody of the same images: to whoever has the original they
    tell nothing new. Without an original, or where the letter is not named anyway, the copies."""
    originals = {one.image for one in theirs if not one.is_deidentified}
    if not originals and not is_named:
        return list(theirs)
    return [one for one in theirs if one.image in originals]


def _each_once(given: Sequence[GivenOut]) -> tuple[GivenOut, ...]:
    shown: dict[tuple[ImageId, str], GivenOut] = {}
    for one in given:
        shown.setdefault((one.image, one.sha256), one)
    return tuple(shown.values())


def _nothing(office: Office, order: PaperOrder) -> NothingGiven:
    banner = patients.patient(office.vault, patient_of(order, "A letter")).banner
    return NothingGiven(banner=banner, recipient=order.typed.sent_to.strip() or "anybody")
