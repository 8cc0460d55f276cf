"""Correcting when images were taken, with a reason; what the file itself says stays (R68)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from desktop.records.deeds.looking import known_image
from desktop.records.deeds.settling import settled
from desktop.records.facts.capture import CaptureTime, TimeBasis
from desktop.records.facts.clinical_image import ClinicalImage, Essential, ImageState
from desktop.records.facts.filing_problems import ImageNotLinked
from desktop.records.facts.ids import ImageId, IntakeId
from desktop.records.facts.people import Person
from desktop.records.facts.time_problems import (
    NothingToCorrect,
    TimeBeforeCameras,
    TimeNotBelievable,
    TimeReasonMissing,
)
from desktop.records.rules.capture_time import is_in_future
from desktop.records.rules.time_correction import (
    is_before_cameras,
    moment_words,
    shifted,
    span_words,
)
from desktop.records.rules.typed_moment import entered
from desktop.records.vault.vault import Change, Vault

_LONGEST_REASON = 400
_LINKED = frozenset({ImageState.FILED, ImageState.INCOMPLETE})


def correct_time(
    vault: Vault, *, image: ImageId, at: datetime, offset: int | None, why: str, by: Person
) -> ClinicalImage:
    """Let an image on record have been taken `at` this wall time, `offset` minutes from UTC.

    Raises TimeReasonMissing, NoSuchTime, NoSuchOffset, TimeBeforeCameras, TimeNotBelievable,
    ImageNotLinked (in the tray) and ImageUnknown. An incomplete image may become whole by it.
    """
    to = entered(at, offset=offset)
    with vault.change() as change:
        before = known_image(change, image)
        return _correct(change, before, to=to, why=_reason(why), by=by)


def correct_clock(
    vault: Vault, *, images: Sequence[ImageId], behind: timedelta, why: str, by: Person
) -> list[ClinicalImage]:
    """Shift the file's own time of each image: its device's clock was this much `behind`, or ahead
    where that is negative. All in one change; each with its own line in the trail.

    Counted from the file's time, so to say it again shifts nothing further. Left alone, and not in
    the answer: what lies in the tray, what has no time of its own, and a time that somebody entered
    when it was filed. Raises TimeReasonMissing, TimeBeforeCameras, TimeNotBelievable, ImageUnknown,
    and NothingToCorrect where no image is left.
    """
    amount = span_words(abs(behind))
    told = f"{_reason(why)} (clock {amount} {'behind' if behind > timedelta() else 'ahead'})"
    corrected = []
    with vault.change() as change:
        for one in dict.fromkeys(images):
            before = known_image(change, one)
            own = before.description.taken if before.description else None
            if own is not None and _is_by_clock(before):
                to = shifted(own, behind)
                corrected.append(_correct(change, before, to=to, why=told, by=by))
        if not corrected:
            raise NothingToCorrect
    return corrected


def images_of_intake(vault: Vault, intake: IntakeId) -> list[ClinicalImage]:
    """What one handover brought, of whatever patient, in the order of receipt."""
    with vault.look() as look:
        return look.images.of_intake(intake)


def printed_on(vault: Vault, images: Sequence[ClinicalImage]) -> list[str]:
    """The numbers of sheets that show these images as they were; they are to be printed again."""
    with vault.look() as look:
        found = [look.sheets.number_with(one.id) for one in images]
    return list(dict.fromkeys(one for one in found if one is not None))


def _is_by_clock(image: ClinicalImage) -> bool:
    """On record with the file's time, or one that was corrected from it."""
    if image.state not in _LINKED:
        return False
    by_file = image.taken is None or image.taken.basis not in {TimeBasis.ENTERED, TimeBasis.STATED}
    return by_file or bool(image.taken_why)


def _reason(why: str) -> str:
    plain = " ".join(why.split())[:_LONGEST_REASON].rstrip(" .")
    if not plain:
        raise TimeReasonMissing
    return plain


def _correct(
    change: Change, before: ClinicalImage, *, to: CaptureTime, why: str, by: Person
) -> ClinicalImage:
    name = before.arrival.file_name
    if before.state not in _LINKED:
        raise ImageNotLinked(name=name)
    if is_before_cameras(to.local):
        raise TimeBeforeCameras(name=name, when=moment_words(to.local))
    if is_in_future(to, received_at=before.received_at):
        raise TimeNotBelievable(name=name, when=moment_words(to.local))
    told = replace(before, taken=to, taken_why=f"{why} \N{EN DASH} {by.name}")
    waits = Essential.CONSENT_FORM in before.missing
    after = settled(told, now=change.now, by=by, form_is_out=waits)
    if before.state is ImageState.FILED:  # when it was filed, and by whom, stays true
        after = replace(after, filed_at=before.filed_at, filed_by=before.filed_by)
    change.images.settle(after, linked_at=change.images.linked_at(before.id))
    own = before.description.taken if before.description else None
    change.note(
        "capture time corrected",
        by=by,
        image=before.id,
        patient=before.patient,
        file=_iso(own),
        before=_iso(before.taken),
        after=_iso(to),
        why=why,
    )
    if before.state is ImageState.INCOMPLETE and after.state is ImageState.FILED:
        change.note("image filed", by=by, image=before.id, patient=before.patient)
    return change.images.get(before.id)


def _iso(taken: CaptureTime | None) -> str:
    if taken is None:
        return ""
    offset = taken.utc_offset_minutes
    return taken.local.isoformat() + (f" UTC{offset:+d} min" if offset is not None else "")
