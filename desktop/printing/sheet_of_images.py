"""From the record to what stands on a record sheet: every fact of an image as label and text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from desktop.printing.fonts import spelled_out
from desktop.printing.record_sheet_model import SheetImage, SheetPatient, Shown
from desktop.printing.recording_facts import recording_facts
from desktop.records.facts.capture import CaptureTime, ModeOfCapture, TimeTrust
from desktop.records.facts.clinical_image import ClinicalImage, MediaKind
from desktop.records.facts.depiction import LaidScale
from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import Patient, Sex, short_date
from desktop.records.facts.sheet import grouped
from desktop.records.rules.body_sites import site_words
from desktop.records.rules.came_from import came_from_words
from desktop.records.rules.measuring import real_size
from desktop.records.rules.scan_back import form_number
from desktop.records.rules.time_correction import correction_words

NOT_RECORDED = "NOT RECORDED"
COPY_OF_A_RECORD = "Copy of another record \N{EN DASH} not the primary report"

_NAMES = {MediaKind.UNKNOWN: "file", MediaKind.AUDIO: "recording"}


def sheet_patient(patient: Patient) -> SheetPatient:
    """The patient as printed on every page."""
    return SheetPatient(
        family_name=patient.family_name,
        given_names=patient.given_names,
        number=patient.number.value,
        number_label="NHI (test number)" if patient.number.is_test else patient.number.label,
        born=patient.born,
        sex="" if patient.sex is Sex.UNKNOWN else patient.sex.value,
    )


def sheet_images(
    images: Sequence[ClinicalImage],
    picture: Callable[[ClinicalImage], Shown | None],
    laid: Mapping[ImageId, LaidScale] = MappingProxyType({}),
) -> tuple[SheetImage, ...]:
    """Each image with its facts; `picture` is called while the document is written. `laid` are the
    scales that count, where somebody laid one."""
    return tuple(
        SheetImage(
            number=image.short_number,
            sha256=image.sha256,
            picture=_later(picture, image),
            facts=(*facts_of(image), *_scale(laid.get(image.id))),
            no_picture_text=_no_picture(image),
            has_scale=_kind(image) is not MediaKind.AUDIO,
            real_mm=real_size(image, laid.get(image.id)),
        )
        for image in images
    )


def facts_of(image: ClinicalImage) -> tuple[tuple[str, str], ...]:
    """Who, when and with what, and what it is for (R67 to R69, R78)."""
    photographer = image.photographer
    who = f"{photographer.name}, {photographer.role.words}" if photographer else NOT_RECORDED
    return (
        ("Taken", taken_words(image.taken)),
        *_corrected(image),
        ("Taken by", who),
        ("Body site", _site(image) or "not stated"),
        *_shows(image),
        *_brought(image),
        *_came_from(image),
        ("Device", _device(image)),
        ("Mode of capture", _mode(image.mode)),
        ("Consent", _consent(image)),
        ("Purpose", ", ".join(sorted(p.words for p in image.purposes)) or NOT_RECORDED),
        ("File", f"{spelled_out(image.arrival.file_name)}, {image.size:,} bytes"),
        *recording_facts(image),
        *_picture(image),
        ("Changes", "none (original)"),
        *_quality(image),
        *_incomplete(image),
    )


def taken_words(taken: CaptureTime | None) -> str:
    """Wall time at the camera, its offset where known, and where both come from (R68)."""
    if taken is None:
        return NOT_RECORDED
    clock = f"{short_date(taken.local.date())} {taken.local:%H:%M}"
    if taken.utc_offset_minutes is not None:
        clock += f" {offset_words(taken.utc_offset_minutes)}"
    doubt = "; CLOCK IN DOUBT" if taken.trust is TimeTrust.SUSPECT else ""
    return f"{clock} ({taken.basis.words}{doubt})"


def offset_words(minutes: int) -> str:
    """An offset from UTC as it is printed: +13:00."""
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"{sign}{hours:02d}:{rest:02d}"


def _later(
    picture: Callable[[ClinicalImage], Shown | None], image: ClinicalImage
) -> Callable[[], Shown | None]:
    return lambda: picture(image)


def _brought(image: ClinicalImage) -> tuple[tuple[str, str], ...]:
    """Who brought it, where that was somebody else than who took it (R76)."""
    depositor, photographer = image.brought.depositor, image.photographer
    if depositor is None or (photographer and photographer.name == depositor.name):
        return ()
    return (("Brought by", f"{depositor.name}, {depositor.role.words}"),)


def _came_from(image: ClinicalImage) -> tuple[tuple[str, str], ...]:
    """Who sent it, or gave a copy of their own (R119, R122)."""
    if image.came_from is None:
        return ()
    return (("Came from", spelled_out(came_from_words(image.came_from))),)


def _device(image: ClinicalImage) -> str:
    """The file's word, and beside it what the register calls the device (R27, R69)."""
    if image.mode is None:
        return NOT_RECORDED
    said, registered = image.mode.device.words, image.brought.device_words
    return f"{said} (register: {registered})" if registered else said


def _mode(mode: ModeOfCapture | None) -> str:
    return f"{mode.owner.words}, by {mode.route.words}" if mode else NOT_RECORDED


def _consent(image: ClinicalImage) -> str:
    """Of a form of ours also whether it is back (R43)."""
    consent = image.consent
    if consent is None:
        return NOT_RECORDED
    if number := form_number(consent):
        state = "OUTSTANDING" if image.form_due else "attached"
        return f"{consent.form.words} no. {grouped(number)}: {state}"
    reference = f" · {consent.reference}" if consent.reference else ""
    return f"{consent.form.words}{reference}"


def _corrected(image: ClinicalImage) -> tuple[tuple[str, str], ...]:
    """The file's own time beside the corrected one, with the reason (R68)."""
    told = correction_words(image)
    return (("Time", told),) if told else ()


def _site(image: ClinicalImage) -> str:
    return site_words(image.site, image.depicts.site_code, image.depicts.laterality)


def _shows(image: ClinicalImage) -> tuple[tuple[str, str], ...]:
    """What is shown, and of a copied record that it is none itself (R12)."""
    shows = image.depicts
    said = [one.words for one in (shows.subject, shows.view, shows.distance) if one is not None]
    rows = [("Shows", ", ".join(said))] if said else []
    if shows.subject is not None and shows.subject.is_copy_of_a_record:
        rows.append(("NOTE", COPY_OF_A_RECORD))
    return tuple(rows)


def _picture(image: ClinicalImage) -> tuple[tuple[str, str], ...]:
    """What whoever looks at the picture has to know of it (R127)."""
    doubt = image.description.shown_with_doubt if image.description else ""
    return (("Picture", doubt),) if doubt else ()


def _quality(image: ClinicalImage) -> tuple[tuple[str, str], ...]:
    """What was measured when it came in (R126); nothing where nobody measured."""
    measured = image.description.quality if image.description else None
    if measured is None:
        return ()
    said = measured.for_subject(image.depicts.subject)
    more = f"; and {len(said.findings) - 2} more" if len(said.findings) > 2 else ""
    return (("Image quality", replace(said, findings=said.findings[:2]).words + more),)


def _scale(laid: LaidScale | None) -> tuple[tuple[str, str], ...]:
    """By whose word lengths can be measured (R80)."""
    if laid is None:
        return ()
    on = short_date(laid.laid_at.astimezone().date())
    return (("Scale", f"laid along {laid.scale.millimetres:g} mm by {laid.laid_by}, {on}"),)


def _incomplete(image: ClinicalImage) -> tuple[tuple[str, str], ...]:
    if not image.missing:
        return ()
    return (("INCOMPLETE, still missing", ", ".join(e.words for e in image.missing)),)


def _kind(image: ClinicalImage) -> MediaKind:
    return image.description.kind if image.description else MediaKind.UNKNOWN


def _no_picture(image: ClinicalImage) -> str:
    note = image.description.note if image.description else ""
    kind = _kind(image)
    what = f"This {_NAMES.get(kind, kind.value)}"
    why = f" {note[:1].upper()}{note[1:].rstrip('.')}." if note else ""
    return f"{what} is kept sealed in the office.{why}"
