"""What is asked for when a form, card or list is printed, and what each starts from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from enum import Enum

from desktop.printing.papers.card_words import Language
from desktop.printing.papers.letterhead import Letterhead
from desktop.printing.record_sheet_model import Paper
from desktop.records.deeds import looking, patients
from desktop.records.deeds.sheet_loop import last_volume
from desktop.records.facts.clinical_image import ClinicalImage, ImageState
from desktop.records.facts.copies import GivenOut
from desktop.records.facts.ids import ImageId, PatientId
from desktop.records.facts.patient import Patient
from desktop.records.facts.problems import ImageUnknown, NoImagesForSheet
from desktop.records.facts.sheet import Sheet, SheetKind, new_paper_number
from desktop.verbs.names_on_paper import as_printed
from desktop.verbs.office import Office
from desktop.verbs.problems import PaperNeedsPatient
from desktop.verbs.stationery import stationery


class Needs(Enum):
    """Whom a paper is about."""

    NOBODY = "nobody"
    PATIENT_OR_BLANK = "patient or blank"
    PATIENT = "patient"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What is written into a paper beforehand; each may be empty, for a pen."""

    site: str = ""
    purpose: str = ""
    photographer: str = ""
    sent_to: str = ""
    why: str = ""
    volume: str = ""
    latin_name: str = ""
    """`SURNAME, Given`, for a patient whose name no font here can draw: see `names_on_paper`."""
    asked_on: str = ""
    """The day of a request, as it is to be read."""
    withheld: str = ""
    """What was left out of an answer, and on what ground."""

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """What is not empty, by field."""
        every = ((one.name, getattr(self, one.name).strip()) for one in fields(self))
        return tuple((name, text) for name, text in every if text)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelChoice:
    """Which sheet of labels, by its maker's number, and how it is printed: see `Labels`. `start` 0
    goes on where the last sheet of this stock was left. Without a `shift` or a `scale` what is
    known of the printer is undone."""

    stock: str = "L7160"
    start: int = 1
    count: int = 0
    shift: tuple[float, float] | None = None
    scale: tuple[float, float] | None = None
    outlines: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperOrder:
    """A paper by its name. Without a patient it is blank; without images those that fit are taken.
    `number` is filled in where the paper has one, `copy` where the register knows it. `printer`
    and `tray` are those that it is laid out for, where that matters; empty where nobody said.
    `two_sided` binds backs at the right. `language` is one that this kind of paper is had in."""

    name: str
    patient: PatientId | None = None
    images: tuple[ImageId, ...] = ()
    paper: Paper = Paper.A4
    typed: Typed = field(default_factory=Typed)
    labels: LabelChoice = field(default_factory=LabelChoice)
    number: str = ""
    copy: int = 0
    printer: str = ""
    tray: str = ""
    two_sided: bool = False
    is_grey: bool = False
    language: Language = Language.EN
    given: tuple[GivenOut, ...] = ()
    """What a letter lists, the newest first; it is read once, when the paper is settled."""
    papers: tuple[Sheet, ...] = ()
    """Papers that a letter calls back, likewise."""


ChooseImages = Callable[[Office, PaperOrder], Sequence[ClinicalImage]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """One kind of paper that can be asked for: `name` for the command line, `title` for people.
    `sheet` is what it is in the register, where it belongs into the chart. `own_prefix` begins its
    number where it is not of the register and has one; `only_for_printer`: only if a printer is
    named. `choose`, where images can be named for it, gives those that were, or those that fit.
    `fields` are those of `Typed` that it has a place for. `note` puts on record that it went to a
    target; what has none leaves the line of any paper. `settle` fills in what the office knows and
    the order leaves open. `languages` are those that it can be had in, the first unless another is
    asked for."""

    name: str
    title: str
    needs: Needs
    make: Callable[[Office, PaperOrder], bytes]
    sheet: SheetKind | None = None
    own_prefix: str = ""
    only_for_printer: bool = False
    choose: ChooseImages | None = None
    fields: tuple[str, ...] = ()
    note: Callable[[Office, PaperOrder, str], None] | None = None
    settle: Callable[[Office, PaperOrder], PaperOrder] | None = None
    languages: tuple[Language, ...] = (Language.EN,)

    @property
    def prefix(self) -> str:
        """What its number begins with; empty where it has none."""
        return self.sheet.prefix if self.sheet else self.own_prefix

    @property
    def takes_images(self) -> bool:
        """Whether images can be named for it."""
        return self.choose is not None

    def numbered(self, order: PaperOrder) -> str:
        """A fresh number of this kind, or an empty text."""
        has_one = self.prefix and (order.printer or not self.only_for_printer)
        return new_paper_number(self.prefix) if has_one else ""


def letterhead(office: Office, order: PaperOrder) -> Letterhead:
    """What the paper starts from. Raises PatientUnknown."""
    banner = volume = ""
    if order.patient is not None:
        banner = named_on_paper(office, order.patient, order).banner
        volume = last_volume(office.vault, order.patient)
    return Letterhead(
        organisation=office.facts.organisation,
        address=office.facts.address,
        printed_by=f"{office.person.name} ({office.person.role.words})",
        printed_at=datetime.now(UTC).astimezone(),
        banner=banner,
        number=order.number,
        copy=order.copy,
        paper=order.paper,
        volume=volume,
        two_sided=order.two_sided,
        is_grey=order.is_grey,
        own=stationery(office),
    )


def named_on_paper(office: Office, patient: PatientId, order: PaperOrder) -> Patient:
    """The patient by the name that is printed. Raises PatientUnknown and NameCanBePrinted."""
    found = patients.patient(office.vault, patient)
    return as_printed(found, order.typed.latin_name, is_again=order.copy > 1)


def patient_of(order: PaperOrder, title: str) -> PatientId:
    """Whom the paper is about. Raises PaperNeedsPatient."""
    if order.patient is None:
        raise PaperNeedsPatient(title=title)
    return order.patient


def images_of(office: Office, order: PaperOrder) -> Sequence[ClinicalImage]:
    """The images that were named, else all of the patient's that are on record, the oldest first.
    None without a patient. Raises ImageUnknown, and NoImagesForSheet where there is none."""
    if (patient := order.patient) is None:
        return ()
    linked = looking.images_of(office.vault, patient)
    by_id = {image.id: image for image in linked}
    for wanted in order.images:
        if wanted not in by_id:
            raise ImageUnknown(image=str(wanted))
    shown = [by_id[wanted] for wanted in dict.fromkeys(order.images)] or [
        one for one in linked if one.state in {ImageState.FILED, ImageState.INCOMPLETE}
    ]
    if not shown:
        raise NoImagesForSheet(banner=patients.patient(office.vault, patient).banner)
    return sorted(shown, key=taken_at)


def held_images(office: Office, order: PaperOrder) -> Sequence[ClinicalImage]:
    """The images that were named, else all that the patient's record holds, the oldest first."""
    if order.patient is None:
        return ()
    held = [
        one
        for one in looking.images_of(office.vault, order.patient)
        if one.state is not ImageState.DISPOSED and (not order.images or one.id in order.images)
    ]
    return sorted(held, key=taken_at)


def taken_at(image: ClinicalImage) -> datetime:
    """When it was taken, in wall time; when it was received where nobody knows."""
    return image.taken.local if image.taken else image.received_at.replace(tzinfo=None)
