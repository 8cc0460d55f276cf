"""Images between the record and the rows of the database: one place that knows both shapes."""

from typing import Any

import sqlalchemy as sa

from desktop.records.facts.came_from import CameFrom
from desktop.records.facts.capture import CaptureDevice, CaptureTime, ModeOfCapture
from desktop.records.facts.clinical_image import Arrival, ClinicalImage, Description
from desktop.records.facts.consent import Consent
from desktop.records.facts.depiction import Depiction
from desktop.records.facts.devices import Brought, Depositor
from desktop.records.facts.ids import ImageId, IntakeId, PatientId
from desktop.records.facts.media import CaptureMode, MediaDetail
from desktop.records.facts.people import Photographer
from desktop.records.facts.quality import Quality

Row = sa.Row[tuple[Any, ...]]
Values = dict[str, Any]


def image_from(row: Row, *, came_from: CameFrom | None) -> ClinicalImage:
    """The image of a row of `image` joined with its `original` and its handover."""
    return ClinicalImage(
        id=ImageId(row.id),
        state=row.state,
        size=row.size,
        sha256=row.sha256,
        arrival=Arrival(
            intake=IntakeId(row.intake_id),
            file_name=row.file_name,
            folder=row.folder,
            modified_local=row.modified_local,
        ),
        received_at=row.received_at,
        received_by=row.received_by,
        description=_description(row),
        patient=None if row.patient_id is None else PatientId(row.patient_id),
        photographer=_photographer(row),
        taken=_time(row, "taken"),
        mode=_mode(row),
        purposes=frozenset(row.purposes),
        consent=_consent(row),
        site=row.site,
        missing=row.missing,
        filed_at=row.filed_at,
        filed_by=row.filed_by,
        brought=_brought(row),
        depicts=_depiction(row),
        taken_why=row.taken_why or "",
        came_from=came_from,
        form_due=row.form_due or "",
    )


def arrival_values(arrival: Arrival) -> Values:
    """The columns of an arrival."""
    return {
        "intake_id": arrival.intake,
        "file_name": storable(arrival.file_name),
        "folder": storable(arrival.folder),
        "modified_local": arrival.modified_local,
    }


def description_values(description: Description) -> Values:
    """The columns of what the bytes say."""
    device = description.device
    return {
        "kind": description.kind,
        "media_type": storable(description.media_type),
        "width": description.width,
        "height": description.height,
        "orientation": description.orientation,
        **_time_values("file", description.taken),
        "device_make": _storable(device.make),
        "device_model": _storable(device.model),
        "device_serial": _storable(device.serial),
        "has_location": description.has_location,
        "note": storable(description.note),
        **_detail_values(description.detail),
        **_quality_values(description.quality),
        "page_codes": " ".join(description.page_codes),
    }


def filing_values(image: ClinicalImage) -> Values:
    """The columns of what the desk says, from the image as it shall stand."""
    mode, consent, photographer = image.mode, image.consent, image.photographer
    return {
        "state": image.state,
        "patient_id": image.patient,
        "photographer_name": _storable(photographer.name) if photographer else None,
        "photographer_role": photographer.role if photographer else None,
        **_time_values("taken", image.taken),
        "mode_make": _storable(mode.device.make) if mode else None,
        "mode_model": _storable(mode.device.model) if mode else None,
        "mode_serial": _storable(mode.device.serial) if mode else None,
        "mode_owner": mode.owner if mode else None,
        "mode_route": mode.route if mode else None,
        "mode_source": _storable(mode.source_name) if mode else None,
        "purposes": image.purposes,
        "consent_form": consent.form if consent else None,
        "consent_reference": _storable(consent.reference) if consent else None,
        "site": storable(image.site),
        "subject": image.depicts.subject,
        "site_code": image.depicts.site_code,
        "laterality": image.depicts.laterality,
        "view": image.depicts.view,
        "distance": image.depicts.distance,
        "taken_why": storable(image.taken_why),
        "missing": image.missing,
        "filed_at": image.filed_at,
        "filed_by": image.filed_by,
    }


def storable(text: str) -> str:
    """Text that every database takes: half characters and NUL, which a file name from a device
    may hold, are shown as what they are, undecodable."""
    whole = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return whole.replace("\0", "\N{REPLACEMENT CHARACTER}")


def _storable(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _time_values(prefix: str, taken: CaptureTime | None) -> Values:
    return {
        f"{prefix}_local": taken.local if taken else None,
        f"{prefix}_offset": taken.utc_offset_minutes if taken else None,
        f"{prefix}_basis": taken.basis if taken else None,
        f"{prefix}_trust": taken.trust if taken else None,
    }


def _time(row: Row, prefix: str) -> CaptureTime | None:
    local = getattr(row, f"{prefix}_local")
    if local is None:
        return None
    return CaptureTime(
        local=local,
        utc_offset_minutes=getattr(row, f"{prefix}_offset"),
        basis=getattr(row, f"{prefix}_basis"),
        trust=getattr(row, f"{prefix}_trust"),
    )


def _description(row: Row) -> Description | None:
    if row.described_at is None:
        return None
    return Description(
        kind=row.kind,
        media_type=row.media_type,
        width=row.width,
        height=row.height,
        orientation=row.orientation,
        taken=_time(row, "file"),
        device=CaptureDevice(
            make=row.device_make, model=row.device_model, serial=row.device_serial
        ),
        has_location=row.has_location,
        note=row.note,
        detail=_detail(row),
        quality=_quality(row),
        page_codes=tuple((row.page_codes or "").split()),
    )


_DETAIL = ("duration_ms", "frame_rate", "orientation_doubtful", "parts")
_MEASURED = ("sharpness", "brightness", "contrast", "dark_share", "bright_share", "jpeg_quality")


def _detail_values(detail: MediaDetail) -> Values:
    texts = {name: storable(getattr(detail, name)) for name in ("codec", "colour", "pair_key")}
    plain = {name: getattr(detail, name) for name in _DETAIL}
    return {
        "capture_mode": detail.capture_mode,
        "has_sound": detail.has_sound,
        **texts,
        **plain,
    }


def _detail(row: Row) -> MediaDetail:
    return MediaDetail(
        capture_mode=row.capture_mode or CaptureMode.UNKNOWN,
        duration_ms=row.duration_ms,
        codec=row.codec or "",
        frame_rate=row.frame_rate,
        has_sound=bool(row.has_sound),
        colour=row.colour or "",
        parts=row.parts or (),
        orientation_doubtful=bool(row.orientation_doubtful),
        pair_key=row.pair_key or "",
    )


def _quality_values(quality: Quality | None) -> Values:
    if quality is None:
        return {"findings": None, **dict.fromkeys(_MEASURED)}
    return {"findings": quality.findings, **{name: getattr(quality, name) for name in _MEASURED}}


def _quality(row: Row) -> Quality | None:
    if row.findings is None:
        return None
    return Quality(findings=row.findings, **{name: getattr(row, name) for name in _MEASURED})


def _depiction(row: Row) -> Depiction:
    return Depiction(
        subject=row.subject,
        site_code=row.site_code or "",
        laterality=row.laterality,
        view=row.view,
        distance=row.distance,
    )


def _photographer(row: Row) -> Photographer | None:
    if row.photographer_name is None:
        return None
    return Photographer(name=row.photographer_name, role=row.photographer_role)


def _mode(row: Row) -> ModeOfCapture | None:
    if row.mode_owner is None:
        return None
    return ModeOfCapture(
        device=CaptureDevice(make=row.mode_make, model=row.mode_model, serial=row.mode_serial),
        owner=row.mode_owner,
        route=row.mode_route,
        source_name=row.mode_source,
    )


def _brought(row: Row) -> Brought:
    depositor = None
    if row.depositor_name:
        depositor = Depositor(name=row.depositor_name, role=row.depositor_role)
    return Brought(
        depositor=depositor,
        device=row.brought_name or "",
        asset_number=row.brought_asset or "",
        serial=row.brought_serial or "",
    )


def _consent(row: Row) -> Consent | None:
    if row.consent_form is None:
        return None
    return Consent(form=row.consent_form, reference=row.consent_reference)
