"""What left the office of a patient's images: copies on their shelf, originals by the trail."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from desktop.records.facts.clinical_image import ClinicalImage, short_number
from desktop.records.facts.consent import Purpose
from desktop.records.facts.copies import CopyRecord, GivenOut, Ground
from desktop.records.facts.ids import ImageId, PatientId
from desktop.records.facts.trail import TrailFilter, TrailLine
from desktop.records.vault.vault import Look, Vault

_ORIGINAL, _FAILED = "original given out", "copy not given out"


def given_out(vault: Vault, patient: PatientId) -> list[GivenOut]:
    """Every time that an image of this patient, or a copy of one, left the office, newest first; an
    image that was moved to another record is told of there, and one that was disposed of still is.
    """
    with vault.look() as look:
        images = {one.id: _consent(one) for one in look.images.of_patient(patient)}
        images |= {gone.image: "" for gone in look.disposals.tombstones_of(patient)}
        copies = [copy for image in images for copy in look.copies.of_image(image)]
        found = [_of_copy(copy, images[copy.image]) for copy in copies]
        found += [
            _of_line(line, at, image, images[image])
            for line, at, image in _lines(look, images, _ORIGINAL)
        ]
        failed = [(image, at) for _, at, image in _lines(look, images, _FAILED)]
    found.sort(key=lambda one: one.at)
    for image, at in failed:
        before = [place for place, one in enumerate(found) if one.image == image and one.at <= at]
        if before:  # it speaks of the last one that was noted
            found[before[-1]] = replace(found[before[-1]], failed=True)
    return found[::-1]


def _lines(
    look: Look, images: Iterable[ImageId], deed: str
) -> Iterator[tuple[TrailLine, datetime, ImageId]]:
    by_text = {str(image): image for image in images}
    for line in look.trail.lines(TrailFilter(deed=deed)):
        image = by_text.get(str(line.facts.get("image", "")))
        if image is not None and line.at is not None:
            yield line, line.at, image


def _of_copy(copy: CopyRecord, consent: str) -> GivenOut:
    told = json.loads(copy.told)
    return GivenOut(
        image=copy.image,
        number=short_number(copy.image),
        at=copy.made_at,
        by=copy.made_by,
        recipient=copy.recipient,
        purpose=copy.purpose.words,
        is_deidentified=True,
        ground=_ground(told.get("ground")),
        authority=str(told.get("authority", "")),
        features_by=copy.features_by,
        sha256=copy.sha256.hex(),
        consent=consent,
    )


def _of_line(line: TrailLine, at: datetime, image: ImageId, consent: str) -> GivenOut:
    said = {name: str(value) for name, value in line.facts.items()}
    purpose = said.get("purpose", "")
    return GivenOut(
        image=image,
        number=short_number(image),
        at=at,
        by=line.by,
        recipient=said.get("recipient", ""),
        purpose=Purpose(purpose).words if purpose in set(Purpose) else purpose,
        is_deidentified=False,
        ground=_ground(said.get("ground")),
        authority=said.get("authority", ""),
        why_identifiable=said.get("why_identifiable", ""),
        reference=said.get("reference", ""),
        sha256=said.get("sha256", ""),
        consent=consent,
    )


def _consent(image: ClinicalImage) -> str:
    if image.consent is None:
        return ""
    return ", ".join(filter(None, (image.consent.form.words, image.consent.reference)))


def _ground(value: object) -> str:
    known = str(value or "")
    return Ground(known).words if known in set(Ground) else known
