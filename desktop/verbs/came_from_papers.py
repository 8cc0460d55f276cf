"""The papers of images that nobody here took: the query to the sender, the notice to the patient,
and the form for a copy; filled in from the record, or blank for a pen."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from desktop.printing.copy_given_form import CopyGivenForm, copy_given_form_pdf
from desktop.printing.print_options import PrintOptions
from desktop.printing.query_to_sender import SenderPaper, notice_pdf, query_to_sender_pdf
from desktop.printing.record_sheet_model import Paper
from desktop.records.deeds import looking, patients
from desktop.records.deeds.came_from import note_paper
from desktop.records.facts.came_from import CopyGiven, Received
from desktop.records.facts.came_from_problems import NotReceived
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import short_date
from desktop.records.rules.came_from import CHECKLIST, to_query
from desktop.verbs.office import Office
from desktop.verbs.output import write_whole
from desktop.verbs.print_queue import send_through
from desktop.verbs.stationery import stationery


class CameFromPaper(StrEnum):
    """Which of the papers it is."""

    QUERY = "query"
    NOTICE = "notice"
    COPY_FORM = "copy-form"


def came_from_pdf(
    office: Office, which: CameFromPaper, *, image: ImageId | None, paper: Paper
) -> bytes:
    """The paper of an image, or a blank one. Raises ImageUnknown, NotReceived for a query or a
    notice of an image that nobody sent, and the problems of printing."""
    shown = looking.image(office.vault, image) if image is not None else None
    if which is CameFromPaper.COPY_FORM:
        return copy_given_form_pdf(_form(office, shown, paper))
    said = _sender_paper(office, shown, which, paper)
    return query_to_sender_pdf(said) if which is CameFromPaper.QUERY else notice_pdf(said)


def save_came_from(
    office: Office, which: CameFromPaper, *, image: ImageId | None, pdf: bytes, path: Path
) -> None:
    """Write a paper to a file that a person chose. Raises FileNotWritable."""
    write_whole(path, pdf, office=office.folder)
    note_paper(office.vault, paper=which, image=image, target="pdf", by=office.person)


def print_came_from(
    office: Office,
    which: CameFromPaper,
    *,
    image: ImageId | None,
    pdf: bytes,
    paper: Paper,
    to: PrintOptions,
) -> None:
    """Send a paper to a printer. Raises the problems of printing."""

    def note() -> None:
        note_paper(office.vault, paper=which, image=image, target=to.target, by=office.person)

    send_through(office, pdf, to=to, title=which.value.upper(), paper=paper, note=note)


def _sender_paper(
    office: Office, image: ClinicalImage | None, which: CameFromPaper, paper: Paper
) -> SenderPaper:
    said = image.came_from if image is not None else Received()
    if not isinstance(said, Received):
        raise NotReceived(name=image.arrival.file_name if image else "It")
    asked = to_query(said) if image is not None and which is CameFromPaper.QUERY else CHECKLIST
    return SenderPaper(
        organisation=office.facts.organisation,
        address=office.facts.address,
        received=said,
        printed_by=office.person.name,
        printed_at=datetime.now(UTC).astimezone(),
        banner=_banner(office, image),
        image=_image_words(image),
        queries=asked or CHECKLIST,
        purposes=_purposes(image),
        paper=paper,
        own=stationery(office),
    )


def _form(office: Office, image: ClinicalImage | None, paper: Paper) -> CopyGivenForm:
    said = image.came_from if image is not None else None
    return CopyGivenForm(
        organisation=office.facts.organisation,
        copy=said if isinstance(said, CopyGiven) else CopyGiven(),
        printed_by=office.person.name,
        printed_at=datetime.now(UTC).astimezone(),
        banner=_banner(office, image),
        image=_image_words(image),
        taken=_taken_words(image),
        paper=paper,
        own=stationery(office),
    )


def _banner(office: Office, image: ClinicalImage | None) -> str:
    if image is None or image.patient is None:
        return ""
    return patients.patient(office.vault, image.patient).banner


def _image_words(image: ClinicalImage | None) -> str:
    return f"{image.short_number} ({image.arrival.file_name})" if image is not None else ""


def _taken_words(image: ClinicalImage | None) -> str:
    if image is None:
        return ""
    who = image.photographer
    when = image.taken
    said = [f"{who.name}, {who.role.words}"] if who else []
    if when is not None:
        day = f"{short_date(when.local.date())} {when.local:%H:%M}"
        said.append(f"{day} ({when.basis.words})")
    return "; ".join(said)


def _purposes(image: ClinicalImage | None) -> str:
    if image is None:
        return ""
    return ", ".join(sorted(purpose.words for purpose in image.purposes))
