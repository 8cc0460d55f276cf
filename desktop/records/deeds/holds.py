"""Holds: what a complaint, a court or a request keeps from being destroyed (R109)."""

from collections.abc import Sequence
from dataclasses import replace

from desktop.records.deeds.looking import known_image
from desktop.records.deeds.retention import known_patient
from desktop.records.facts.ids import HoldId, ImageId, PatientId, new_uuid
from desktop.records.facts.people import Person
from desktop.records.facts.problems import ImageUnknown
from desktop.records.facts.retention import Hold, HoldKind
from desktop.records.facts.retention_problems import HoldAlreadyLifted, HoldUnknown, ReasonMissing
from desktop.records.vault.vault import Vault


def place_hold(
    vault: Vault,
    *,
    patient: PatientId,
    kind: HoldKind,
    reason: str,
    by: Person,
    image: ImageId | None = None,
) -> Hold:
    """Keep a patient's images, also those that are still to come, or one `image`, from disposal.

    It blocks a batch that was approved already, up to the moment at which the image is destroyed.
    Raises PatientUnknown, ReasonMissing, ImageUnknown for an image of somebody else, and
    ImageDisposed for one that is gone.
    """
    with vault.change() as change:
        owner = known_patient(change, patient)
        if image is not None and known_image(change, image).patient != owner.id:
            raise ImageUnknown(image=str(image))
        hold = Hold(
            id=HoldId(new_uuid()),
            patient=owner.id,
            image=image,
            kind=kind,
            reason=_given(reason),
            placed_at=change.now,
            placed_by=by.name,
        )
        change.retention.add_hold(hold)
        change.note(
            "hold placed",
            by=by,
            hold=hold.id,
            patient=owner.id,
            image=image,
            kind=kind,
            reason=hold.reason,
        )
    return hold


def lift_hold(vault: Vault, *, hold: HoldId, reason: str, by: Person) -> Hold:
    """Let a hold block no longer; it stays on record.

    Raises HoldUnknown, HoldAlreadyLifted and ReasonMissing.
    """
    why = _given(reason)
    with vault.change() as change:
        before = change.retention.hold(hold)
        if before is None:
            raise HoldUnknown(hold=str(hold))
        if before.lifted_at is not None:
            raise HoldAlreadyLifted(hold=str(hold), lifted_by=before.lifted_by)
        change.retention.lift_hold(hold, at=change.now, by=by.name, why=why)
        change.note("hold lifted", by=by, hold=hold, patient=before.patient, reason=why)
        return replace(before, lifted_at=change.now, lifted_by=by.name, lifted_why=why)


def holds(vault: Vault, *, patient: PatientId | None = None) -> Sequence[Hold]:
    """The holds of the office that block, or every hold there ever was on a patient's images."""
    with vault.look() as look:
        if patient is None:
            return look.retention.open_holds()
        return look.retention.holds_of(patient)


def _given(reason: str) -> str:
    told = " ".join(reason.split())
    if not told:
        raise ReasonMissing
    return told
