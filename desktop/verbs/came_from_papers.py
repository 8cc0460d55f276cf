"""The papers of images that nobody here took: the query to the sender, the notice to the patient,
and the form for a copy; filled in from the record, or blank for a pen."""

from collections.abc import Sequence
from enum import StrEnum

from desktop.printing.copy_given_form import CopyGivenForm, copy_given_form_pdf
from desktop.printing.query_to_sender import SenderPaper, notice_pdf, query_to_sender_pdf
from desktop.printing.record_sheet_model import Paper
from desktop.records.deeds import came_from, looking, papers, patients
from desktop.records.facts.came_from import CopyGiven, Received
from desktop.records.facts.came_from_problems import NotReceived
from desktop.records.facts.clinical_image import ClinicalImage, Essential
from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import short_date
from desktop.records.facts.problems import ImageUnknown
from desktop.records.rules.came_from import CHECKLIST, to_query
from desktop.verbs.office import Office
from desktop.verbs.paper_order import PaperOrder, letterhead
from desktop.verbs.problems import WhichImageMeant


class CameFromPaper(StrEnum):
    """Which of the papers it is, by the name that it can be asked for."""

    QUERY = "query-to-sender"
    NOTICE = "notice"
    COPY_FORM = "own-copy"


def came_from_order(
    office: Office, which: CameFromPaper, *, image: ImageId | None, paper: Paper
) -> PaperOrder:
    """Order the paper of an image, or a blank one. Raises ImageUnknown."""
    if image is None:
        return PaperOrder(name=which, paper=paper)
    patient = looking.image(office.vault, image).patient
    return PaperOrder(name=which, patient=patient, images=(image,), paper=paper)


def query_pdf(office: Office, order: PaperOrder) -> bytes:
    """The query about an image, or a blank one. Raises NotReceived for an image that nobody sent,
    as `image_meant`, and the problems of printing."""
    return query_to_sender_pdf(_sender_paper(office, order))


def notice_to_patient_pdf(office: Office, order: PaperOrder) -> bytes:
    """The notice of an image, or a blank one. Raises as `query_pdf`."""
    return notice_pdf(_sender_paper(office, order))


def own_copy_pdf(office: Office, order: PaperOrder) -> bytes:
    """The form for a copy of an image, or a blank one. Raises as `image_meant`, and the problems of
    printing."""
    image = _only(image_meant(office, order))
    said = image.came_from if image is not None else None
    return copy_given_form_pdf(
        CopyGivenForm(
            head=letterhead(office, order),
            copy=said if isinstance(said, CopyGiven) else CopyGiven(),
            image=_image_words(image),
            taken=_taken_words(image),
        )
    )


def image_meant(office: Office, order: PaperOrder) -> Sequence[ClinicalImage]:
    """The one image that was named, or the only one of the patient's that came in that way; none
    for a blank paper. Raises ImageUnknown, and WhichImageMeant where several or none would do."""
    if order.patient is None:
        return [looking.image(office.vault, one) for one in order.images]
    linked = looking.images_of(office.vault, order.patient)
    if order.images:
        by_id = {one.id: one for one in linked}
        for wanted in order.images:
            if wanted not in by_id:
                raise ImageUnknown(image=str(wanted))
        meant = [by_id[wanted] for wanted in order.images]
    else:
        meant = [one for one in linked if _came_that_way(one, order)]
    if len(meant) != 1:
        banner = patients.patient(office.vault, order.patient).banner
        raise WhichImageMeant(banner=banner)
    return meant


def note_came_from_paper(office: Office, order: PaperOrder, target: str) -> None:
    """Put on record that a paper which no register counts went to a target: one that is blank, or
    of an image that is linked to nobody yet."""
    if order.images:
        came_from.note_paper(
            office.vault,
            paper=order.name,
            image=order.images[0],
            number=order.number,
            target=target,
            by=office.person,
        )
        return
    papers.note_paper(
        office.vault,
        paper=order.name,
        patient=None,
        number=order.number,
        target=target,
        by=office.person,
    )


def _came_that_way(image: ClinicalImage, order: PaperOrder) -> bool:
    if order.name == CameFromPaper.COPY_FORM:
        return isinstance(image.came_from, CopyGiven) or Essential.COPY_GIVEN in image.missing
    return isinstance(image.came_from, Received)


def _only(images: Sequence[ClinicalImage]) -> ClinicalImage | None:
    return images[0] if images else None


def _sender_paper(office: Office, order: PaperOrder) -> SenderPaper:
    image = _only(image_meant(office, order))
    said = image.came_from if image is not None else Received()
    if not isinstance(said, Received):
        raise NotReceived(name=image.arrival.file_name if image else "It")
    asked = to_query(said) if image is not None else CHECKLIST
    return SenderPaper(
        head=letterhead(office, order),
        received=said,
        image=_image_words(image),
        queries=asked or CHECKLIST,
        purposes=_purposes(image),
    )


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
