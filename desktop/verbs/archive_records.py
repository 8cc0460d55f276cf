"""What an archive says of a patient and of an image, as JSON: every fact, under plain names."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import zip_longest
from typing import Any

from desktop.records.deeds.archiving import ArchivedChart, ArchivedImage
from desktop.records.facts.advice import Advice
from desktop.records.facts.came_from import CameFrom, Received
from desktop.records.facts.capture import CaptureTime
from desktop.records.facts.clinical_image import ClinicalImage, Description, short_number
from desktop.records.facts.companions import KeptCompanion
from desktop.records.facts.consent_end import ConsentEnd
from desktop.records.facts.disposal import Tombstone
from desktop.records.facts.patient import Patient
from desktop.records.facts.retention import Hold
from desktop.records.facts.sheet import Sheet
from desktop.records.rules.came_from import came_from_words

_MOST_LETTERS = 48
_ENDINGS = {
    "image/jpeg": "jpg",
    "image/x-canon-cr2": "cr2",
    "image/x-canon-cr3": "cr3",
    "image/x-nikon-nef": "nef",
    "image/x-sony-arw": "arw",
    "image/x-pentax-pef": "pef",
    "image/x-adobe-dng": "dng",
    "image/x-fuji-raf": "raf",
    "image/x-olympus-orf": "orf",
    "image/x-panasonic-rw2": "rw2",
    "video/quicktime": "mov",
    "video/3gpp": "3gp",
    "video/3gpp2": "3g2",
    "video/x-msvideo": "avi",
    "video/x-ms-asf": "wmv",
    "video/x-matroska": "mkv",
    "video/mpeg": "mpg",
    "video/mp2t": "mts",
    "video/ogg": "ogv",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/x-dss": "dss",
    "audio/x-ds2": "ds2",
    "audio/amr-wb": "awb",
    "application/pdf": "pdf",
    "text/plain": "txt",
}
_OWN_NAME = re.compile(r"(?:image|video|audio)/([a-z0-9]{2,5})")


def safe_name(text: str) -> str:
    """Letters and digits of `text`, with single hyphens between: a file name on every system, as
    long as something stands before it."""
    composed = unicodedata.normalize("NFC", text)
    plain = "".join(each if each.isalnum() else "-" for each in composed)
    return re.sub(r"-+", "-", plain)[:_MOST_LETTERS].strip("-") or "unnamed"


def true_ending(description: Description | None) -> str:
    """The ending that fits what the bytes are, whatever the device called them."""
    if description is None:
        return "bin"
    own = _OWN_NAME.fullmatch(description.media_type)
    return _ENDINGS.get(description.media_type) or (own[1] if own else "bin")


def patient_record(patient: Patient) -> dict[str, Any]:
    """The patient."""
    return {
        "id": str(patient.id),
        "numbers": {one.scheme.value: one.value for one in patient.identifiers},
        "family_name": patient.family_name,
        "given_names": patient.given_names,
        "born": patient.born.isoformat() if patient.born else None,
        "sex": patient.sex.value,
        "added_at": patient.added_at.isoformat(),
    }


def chart_record(chart: ArchivedChart) -> dict[str, Any]:
    """The patient with how long the images are kept, holds, consent that ended, and what was
    destroyed."""
    kept = chart.retention
    return {
        "patient": patient_record(chart.patient) if chart.patient else None,
        "retention": {
            "last_service": kept.last_service.isoformat(),
            "entered": kept.entered.isoformat() if kept.entered else None,
            "retain_until": kept.retain_until.isoformat(),
            "holds": [_hold(hold) for hold in kept.holds],
        }
        if kept
        else None,
        "consent_ended": [_consent_end(end) for end in chart.consent_ends],
        "advice": [_advice(one) for one in chart.advice],
        "images": len(chart.images),
        "destroyed": [_destroyed(stone) for stone in chart.tombstones],
    }


def _came_from(said: CameFrom | None) -> dict[str, Any] | None:
    """Who sent an image, or gave a copy of their own (R119, R122)."""
    if said is None:
        return None
    flat = asdict(said)
    if isinstance(said, Received):
        flat["received_on"] = said.received_on.isoformat() if said.received_on else None
    return {"words": came_from_words(said), **flat}


def _advice(one: Advice) -> dict[str, Any]:
    return {
        "asked": one.asked.question,
        "images": [str(image) for image in one.asked.images],
        "sheet": one.asked.sheet,
        "asked_at": one.at.isoformat(),
        "asked_by": one.by,
        "adviser": one.adviser,
        "answer": one.answer,
        "noted_at": one.noted_at.isoformat() if one.noted_at else "",
        "noted_by": one.noted_by,
    }


def _consent_end(end: ConsentEnd) -> dict[str, Any]:
    said = end.said
    return {
        "kind": said.kind.value,
        "purposes": sorted(said.purposes),
        "images": sorted(str(one) for one in said.images),
        "said_by": said.said_by,
        "what": said.what,
        "why": said.why,
        "form": said.form,
        "at": end.at.isoformat(),
        "by": end.by,
        "lifted_at": _moment(end.lifted_at),
        "lifted_by": end.lifted_by,
        "lifted_why": end.lifted_why,
    }


def sheet_record(sheet: Sheet) -> dict[str, Any]:
    """A line of the register of printed sheets."""
    return {
        "number": sheet.number,
        "kind": sheet.kind.value,
        "copy": sheet.copy,
        "pages": sheet.pages,
        "target": sheet.target,
        "printed": asdict(sheet.printed) if sheet.printed else None,
        "made_at": sheet.made_at.isoformat(),
        "made_by": sheet.made_by,
        "images": [str(image) for image in sheet.images],
        "state": sheet.state.value,
        "in_chart_at": _moment(sheet.in_chart_at),
        "volume": sheet.volume,
        "handed_at": _moment(sheet.handed_at),
        "handed_by": sheet.handed_by,
        "handed_to": sheet.handed_to,
        "ended_at": _moment(sheet.ended_at),
        "ended_why": sheet.ended_why,
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def beside_ending(kept: KeptCompanion) -> str:
    """The ending of a small file that is kept with an image; a device may call it anything."""
    ending = kept.file_name.rpartition(".")[2].casefold()
    return ending if ending in {"aae", "xmp", "thm"} else "bin"


def image_record(
    archived: ArchivedImage, *, file: str | None, why: str = "", beside: Sequence[str | None] = ()
) -> dict[str, Any]:
    """Everything on record of an image. `file` is its original in the archive; where that could
    not be read it is None, and `why` says so. `beside` are the small files that are kept with it,
    as the archive calls them; none where they are left out."""
    image = archived.image
    return {
        "id": str(image.id),
        "number": image.short_number,
        "original": file,
        "why_no_original": why or None,
        "beside": [
            {
                "file": name,
                "file_name": one.file_name,
                "size": one.size,
                "sha256": one.sha256.hex(),
                "received_at": one.received_at.isoformat(),
            }
            for name, one in zip_longest(beside, archived.beside)
        ],
        "size": image.size,
        "sha256": image.sha256.hex(),
        "state": image.state.value,
        "missing": [essential.value for essential in image.missing],
        "patient_id": str(image.patient) if image.patient else None,
        **_who_when_how(image),
        "consent": {"form": image.consent.form.value, "reference": image.consent.reference}
        if image.consent
        else None,
        "purposes": sorted(purpose.value for purpose in image.purposes),
        "site": image.site,
        "came_from": _came_from(image.came_from),
        "arrival": {
            "source": archived.source,
            "route": archived.route.value,
            "file_name": image.arrival.file_name,
            "folder": image.arrival.folder,
            "modified_local": image.arrival.modified_local.isoformat()
            if image.arrival.modified_local
            else None,
            "received_at": image.received_at.isoformat(),
            "received_by": image.received_by,
        },
        "filed_at": _moment(image.filed_at),
        "filed_by": image.filed_by,
        "bytes_say": _description(image.description) if image.description else None,
    }


def _who_when_how(image: ClinicalImage) -> dict[str, Any]:
    who, mode = image.photographer, image.mode
    return {
        "taken_by": {"name": who.name, "role": who.role.value} if who else None,
        "taken": _time(image.taken),
        "mode_of_capture": {
            "make": mode.device.make,
            "model": mode.device.model,
            "serial": mode.device.serial,
            "owner": mode.owner.value,
            "route": mode.route.value,
            "source": mode.source_name,
        }
        if mode
        else None,
    }


def _time(taken: CaptureTime | None) -> dict[str, Any] | None:
    if taken is None:
        return None
    return {
        "local": taken.local.isoformat(),
        "utc_offset_minutes": taken.utc_offset_minutes,
        "basis": taken.basis.value,
        "trust": taken.trust.value,
    }


def _description(seen: Description) -> dict[str, Any]:
    return {
        "kind": seen.kind.value,
        "type": seen.media_type,
        "width": seen.width,
        "height": seen.height,
        "orientation": seen.orientation,
        "taken": _time(seen.taken),
        "make": seen.device.make,
        "model": seen.device.model,
        "serial": seen.device.serial,
        "has_location": seen.has_location,
        "note": seen.note,
    }


def _hold(hold: Hold) -> dict[str, Any]:
    return {
        "kind": hold.kind.value,
        "image": str(hold.image) if hold.image else None,
        "reason": hold.reason,
        "placed_at": hold.placed_at.isoformat(),
        "placed_by": hold.placed_by,
        "lifted_at": _moment(hold.lifted_at),
        "lifted_by": hold.lifted_by or None,
        "lifted_why": hold.lifted_why or None,
    }


def _destroyed(stone: Tombstone) -> dict[str, Any]:
    return {
        "id": str(stone.image),
        "number": short_number(stone.image),
        "sha256": stone.sha256.hex(),
        "size": stone.size,
        "received_at": stone.received_at.isoformat(),
        "destroyed_at": stone.disposed_at.isoformat(),
        "destroyed_by": stone.disposed_by,
        "certificate": stone.certificate,
    }
