"""Reading everything of a patient or of the office, for a copy that needs no program (R116, R117).

What leaves the office is noted before anything is read, so that a person who may not is stopped.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.records.deeds.retention import known_patient, retention_in
from desktop.records.facts.advice import Advice
from desktop.records.facts.capture import Route
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.companions import KeptCompanion
from desktop.records.facts.consent_end import ConsentEnd, WhyWithdrawnMissing
from desktop.records.facts.disposal import Tombstone
from desktop.records.facts.ids import ImageId, PatientId
from desktop.records.facts.patient import Patient
from desktop.records.facts.people import Person
from desktop.records.facts.retention import Retention
from desktop.records.facts.sealed import SealedOriginal
from desktop.records.facts.sheet import Sheet
from desktop.records.facts.trail import TrailFilter, TrailLine
from desktop.records.rules.consent_ends import withdrawn
from desktop.records.vault.sealing import SealedReader
from desktop.records.vault.vault import Look, Vault

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_SAID = {False: "withdrawn_left_out", True: "withdrawn_included"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePlan:
    """What will be copied: these patients, and with `whole_office` what is in the tray as well.

    `images` and `bytes` are how much that is, `at` is when it was asked for, in UTC.
    `why_withdrawn` is why images whose consent was withdrawn go as well; without it they are left
    out (R54).
    """

    patients: tuple[PatientId, ...]
    whole_office: bool
    images: int
    bytes: int
    at: datetime
    why_withdrawn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedImage:
    """An image with its sealed original and the source that it was read from. `withdrawn` is the
    withdrawal of consent by which nothing is left that it may be used for (R54). `beside` are the
    small files that are kept with it."""

    image: ClinicalImage
    sealed: SealedOriginal
    source: str
    route: Route
    withdrawn: ConsentEnd | None = None
    beside: tuple[KeptCompanion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedChart:
    """All that is on record of one patient; `patient` is None for what is linked to nobody."""

    patient: Patient | None
    images: tuple[ArchivedImage, ...]
    tombstones: tuple[Tombstone, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    consent_ends: tuple[ConsentEnd, ...] = ()
    advice: tuple[Advice, ...] = ()
    retention: Retention | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but the patient's name."""
        return not (self.images or self.tombstones or self.sheets or self.consent_ends)


def begin_archive(
    vault: Vault,
    *,
    patient: PatientId | None,
    is_sealed: bool = False,
    with_withdrawn: str | None = None,
    by: Person,
) -> ArchivePlan:
    """Note that a patient's record, or the whole office's, is copied out: in the clear, or sealed.

    Images whose consent was withdrawn are left out, unless `with_withdrawn` says why they go too;
    the trail names them either way. Raises PatientUnknown, WhyWithdrawnMissing, and NotAllowed for
    somebody who may not.
    """
    why = " ".join((with_withdrawn or "").split())
    if with_withdrawn is not None and not why:
        raise WhyWithdrawnMissing
    with vault.change() as change:
        if patient is None:
            whose = tuple(change.patients.every_id())
            images, size = change.images.totals()
        else:
            whose = (known_patient(change, patient).id,)
            found = change.images.of_patient(patient)
            images, size = len(found), sum(image.size for image in found)
        off = [
            image
            for one in (change.consents.withdrawn() if patient is None else whose)
            for image in _withdrawn(change, one)
        ]
        if not why:
            images, size = images - len(off), size - sum(image.size for image in off)
        change.note(
            "archive written",
            by=by,
            patient=patient,
            scope="office" if patient is None else "patient",
            images=images,
            **({"form": "encrypted"} if is_sealed else {}),
            **({_SAID[bool(why)]: [image.id for image in off]} if off else {}),
            **({"why": why} if off and why else {}),
        )
        return ArchivePlan(
            patients=whose,
            whole_office=patient is None,
            images=images,
            bytes=size,
            at=change.now,
            why_withdrawn=why,
        )


def note_no_archive(vault: Vault, *, patient: PatientId | None, why: str, by: Person) -> None:
    """An archive that was begun did not come to be."""
    with vault.change() as change:
        change.note("archive not written", by=by, patient=patient, why=why)


def archived_chart(vault: Vault, patient: PatientId) -> ArchivedChart:
    """All that is on record of a patient, images oldest first. Raises PatientUnknown."""
    with vault.look() as look:
        images = sorted(look.images.of_patient(patient), key=lambda one: (one.received_at, one.id))
        ends = look.consents.of_patient(patient)
        return ArchivedChart(
            patient=known_patient(look, patient),
            images=tuple(_archived(look, image, ends) for image in images),
            tombstones=tuple(look.disposals.tombstones_of(patient)),
            sheets=tuple(reversed(look.sheets.of_patient(patient))),
            consent_ends=tuple(reversed(ends)),
            advice=tuple(reversed(look.advice.of_patient(patient))),
            retention=retention_in(look, patient),
        )


def archived_tray(vault: Vault) -> ArchivedChart:
    """The images that are linked to nobody, oldest first."""
    with vault.look() as look:
        images = tuple(_archived(look, image) for image in look.images.tray())
        return ArchivedChart(patient=None, images=images)


def archived_trail(vault: Vault, *, about: frozenset[str] | None) -> Iterator[TrailLine]:
    """The lines of the trail, oldest first: all, or those that name one of these ids."""
    with vault.look() as look:
        for line in look.trail.lines(TrailFilter()):
            if about is None or about.intersection(_UUID.findall(line.about)):
                yield line


def archived_original(vault: Vault, sealed: SealedOriginal) -> SealedReader:
    """The bytes of an original; the archive's own line in the trail says who looked.

    Raises OriginalMissing, OriginalDamaged or DiskFailed; reading raises the last two.
    """
    return vault.originals.reader(sealed)


def archived_companion(vault: Vault, image: ImageId, kept: KeptCompanion) -> bytes | None:
    """The content of a small file that is kept with an image; None where that was disposed of
    meanwhile."""
    with vault.look() as look:
        return look.deposits.companion(image, kept)


def _withdrawn(look: Look, patient: PatientId) -> Iterator[ClinicalImage]:
    ends = look.consents.of_patient(patient)
    return (image for image in look.images.of_patient(patient) if withdrawn(image, ends))


def _archived(look: Look, image: ClinicalImage, ends: Sequence[ConsentEnd] = ()) -> ArchivedImage:
    source, route = look.images.source_of(image.arrival.intake)
    return ArchivedImage(
        image=image,
        sealed=look.images.sealed(image.id),
        source=source,
        route=route,
        withdrawn=withdrawn(image, ends),
        beside=tuple(look.deposits.companions_kept(image.id)),
    )
