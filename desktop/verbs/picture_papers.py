"""Papers with a patient's images: the contact sheet, the comparison, and the labels."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from desktop.printing.papers.comparison_sheet import (
    FEWEST,
    MOST,
    ComparedImage,
    ComparisonSheet,
    comparison_sheet_pdf,
)
from desktop.printing.papers.contact_sheet import ContactSheet, contact_sheet_pdf
from desktop.printing.papers.labels import STOCKS, Labels, labels_pdf
from desktop.printing.papers.pictures import ListedImage
from desktop.printing.record_sheet_model import Shown
from desktop.records.deeds import measuring, patients
from desktop.records.deeds.papers import next_label, note_labels, note_paper
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.patient import Sex, short_date
from desktop.records.rules.body_sites import site_words
from desktop.records.rules.measuring import real_size
from desktop.records.rules.printer_checks import undone
from desktop.records.rules.series import series_of
from desktop.verbs.for_paper import for_paper
from desktop.verbs.office import Office
from desktop.verbs.paper_order import (
    PaperOrder,
    images_of,
    letterhead,
    named_on_paper,
    patient_of,
)
from desktop.verbs.printer_checks import profile_for
from desktop.verbs.problems import NothingToCompare

_CONTACT_PIXELS, _COMPARED_PIXELS = 600, 2000


def contact_pdf(office: Office, order: PaperOrder) -> bytes:
    """Every image that was named, or all, twenty to a page. Raises NoImagesForSheet, ImageUnknown,
    ImageNotPrintable and the problems of printing."""
    listed = [_listed(office, one, _CONTACT_PIXELS) for one in images_of(office, order)]
    return contact_sheet_pdf(ContactSheet(head=letterhead(office, order), images=listed))


def comparison_pdf(office: Office, order: PaperOrder) -> bytes:
    """The images that `compared` gives, on one page. Raises as it does, and as `contact_pdf`."""
    shown = compared(office, order)
    return comparison_sheet_pdf(
        ComparisonSheet(
            head=letterhead(office, order),
            site=", ".join(dict.fromkeys(_site(one) for one in shown)),
            images=[
                ComparedImage(
                    image=_listed(office, one, _COMPARED_PIXELS),
                    day=one.taken.local.date() if one.taken else None,
                )
                for one in shown
            ],
        )
    )


def compared(office: Office, order: PaperOrder) -> Sequence[ClinicalImage]:
    """Two to six images that were named, or of the site that was photographed last more than once:
    its first, its last, and others between. Raises NothingToCompare, and as `images_of`."""
    patient = patient_of(order, "Comparison sheet")
    shown = images_of(office, order)
    if not order.images:
        series = [one.images for one in series_of(shown) if len(one.images) >= FEWEST]
        shown = _spread(series[0]) if series else ()
    if not FEWEST <= len(shown) <= MOST:
        raise NothingToCompare(banner=patients.patient(office.vault, patient).banner)
    return shown


def label_pdf(office: Office, order: PaperOrder) -> bytes:
    """A sheet of the patient's labels, or without a patient the outlines of that sheet. Raises
    LabelPlaceUnknown and the problems of printing."""
    chosen = order.labels
    shift, scale = _as_the_printer_needs(office, order)
    found = named_on_paper(office, order.patient, order) if order.patient else None
    known = found and found.sex is not Sex.UNKNOWN
    return labels_pdf(
        Labels(
            stock=STOCKS[chosen.stock],
            family_name=found.family_name if found else "",
            given_names=found.given_names if found else "",
            patient_number=found.number.value if found else "",
            born=found.born if found else None,
            sex=found.sex.value if found and known else "",
            number=order.number,
            start=chosen.start,
            count=chosen.count,
            shift=chosen.shift or shift,
            scale=chosen.scale or scale,
            outlines=found is None or chosen.outlines,
        )
    )


def with_start(office: Office, order: PaperOrder) -> PaperOrder:
    """The order with the label that it starts at."""
    chosen = order.labels
    start = chosen.start or next_label(office.vault, chosen.stock)
    return replace(order, labels=replace(chosen, start=start))


def note_label_sheet(office: Office, order: PaperOrder, target: str) -> None:
    """Put on record that a sheet of labels was made, and which of them are left."""
    chosen = order.labels
    if order.patient is None or chosen.outlines:
        note_paper(
            office.vault,
            paper=order.name,
            patient=order.patient,
            number=order.number,
            target=target,
            by=office.person,
        )
        return
    note_labels(
        office.vault,
        stock=chosen.stock,
        left_from=STOCKS[chosen.stock].next_start(chosen.start, chosen.count),
        patient=order.patient,
        number=order.number,
        target=target,
        named=order.typed.latin_name,
        by=office.person,
    )


def _as_the_printer_needs(
    office: Office, order: PaperOrder
) -> tuple[tuple[float, float], tuple[float, float]]:
    """What undoes the shift and the scale of a printer that was checked; nothing for another."""
    profile = profile_for(office, order)
    return undone(profile) if profile else ((0.0, 0.0), (1.0, 1.0))


def _spread(images: Sequence[ClinicalImage]) -> Sequence[ClinicalImage]:
    """At most six of them, evenly, with the first and the last."""
    if len(images) <= MOST:
        return images
    return [images[round(place * (len(images) - 1) / (MOST - 1))] for place in range(MOST)]


def _listed(office: Office, image: ClinicalImage, longest: int) -> ListedImage:
    return ListedImage(
        number=image.short_number,
        site=_site(image),
        taken=_taken(image),
        picture=_later(office, image, longest),
        real_mm=_real_mm(office, image),
    )


def _later(office: Office, image: ClinicalImage, longest: int) -> Callable[[], Shown | None]:
    return lambda: for_paper(office, image, longest=longest, frames=1)


def _site(image: ClinicalImage) -> str:
    said = site_words(image.site, image.depicts.site_code, image.depicts.laterality)
    return said or "site not stated"


def _taken(image: ClinicalImage) -> str:
    if image.taken is None:
        return "time not recorded"
    return f"{short_date(image.taken.local.date())} {image.taken.local:%H:%M}"


def _real_mm(office: Office, image: ClinicalImage) -> tuple[float, float] | None:
    """How wide and high what the image shows is, where a scale was laid on it."""
    return real_size(image, measuring.scale_of(office.vault, image.id))
