"""Receiving: sealed originals become images in the tray, some at a time."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from desktop.records.facts.capture import Route
from desktop.records.facts.clinical_image import Arrival, ClinicalImage
from desktop.records.facts.devices import Handover
from desktop.records.facts.ids import DepositId, ImageId, IntakeId, new_uuid
from desktop.records.facts.people import Person
from desktop.records.facts.sealed import SealedOriginal
from desktop.records.vault.vault import Change, Vault

_NOTHING_SAID = Handover()


class Received(NamedTuple):
    """One arrival: its image, and whether exactly these bytes were on record `already`."""

    image: ClinicalImage
    already: bool


def begin_intake(
    vault: Vault, *, source_name: str, route: Route, by: Person, handover: Handover = _NOTHING_SAID
) -> IntakeId:
    """Note that a source is handed over at the desk, and what was said then; arrivals name the
    intake."""
    intake = IntakeId(new_uuid())
    with vault.change() as change:
        change.images.begin_intake(
            intake, source_name=source_name, route=route, at=change.now, by=by
        )
        change.deposits.hand_over(intake, handover)
        change.note(
            "intake begun",
            by=by,
            intake=intake,
            source=source_name,
            route=route,
            depositor=handover.depositor.name if handover.depositor else "",
            owner=handover.owner,
            device=handover.device,
        )
    return intake


def end_intake(vault: Vault, intake: IntakeId, *, left_out: int, by: Person) -> None:
    """Note that nothing more comes of this intake, and how many chosen files were not kept: only a
    whole batch is cleared from its device (R73, R74)."""
    with vault.change() as change:
        change.deposits.end_intake(intake, left_out=left_out)
        change.note("intake ended", by=by, intake=intake, left_out=left_out)


def receive(
    vault: Vault,
    *,
    sealed: Sequence[tuple[SealedOriginal, Arrival]],
    by: Person,
    went_on: Mapping[str, int] = MappingProxyType({}),
) -> list[Received]:
    """Put settled originals on record in one transaction, in their order; about ten at a time.

    Bytes that are on record already, or twice in `sealed`, give the image that has them, and their
    new sealed file is deleted. Where the file on record turns out damaged or missing, the new one
    takes its place instead. What this returns is safe on disk. `went_on` says by sealed name how
    many bytes an earlier reading gave of what an unplug cut: the trail tells of both readings.
    """
    broken = _broken_originals(vault, sealed)
    surplus: list[str] = []
    with vault.change() as change:
        received = [
            _receive_one(change, original, arrival, broken=broken, surplus=surplus, by=by)
            for original, arrival in sealed
        ]
        for one, (original, _) in zip(received, sealed, strict=True):
            if earlier := went_on.get(original.name):
                change.note(
                    "image read in two goes",
                    by=by,
                    image=one.image.id,
                    first=earlier,
                    size=original.size,
                )
        if not sealed:
            change.note("nothing received", by=by)
    for name in surplus:
        vault.originals.delete(name)
    return received


def _receive_one(
    change: Change,
    sealed: SealedOriginal,
    arrival: Arrival,
    *,
    broken: set[bytes],
    surplus: list[str],
    by: Person,
) -> Received:
    known = change.images.with_bytes(sealed.sha256)
    if known is None:
        image = change.images.add(ImageId(new_uuid()), sealed, arrival, at=change.now, by=by)
        _deposit(change, image, arrival)
        change.note(
            "image received",
            by=by,
            image=image.id,
            intake=arrival.intake,
            file=image.arrival.file_name,
            size=sealed.size,
            sha256=sealed.sha256.hex(),
        )
        return Received(image=image, already=False)
    if sealed.sha256 in broken:
        broken.discard(sealed.sha256)
        change.images.replace_original(known.id, sealed)
        change.note("damaged original replaced", by=by, image=known.id, intake=arrival.intake)
    else:
        surplus.append(sealed.name)
        change.note("image received again", by=by, image=known.id, intake=arrival.intake)
    _deposit(change, known, arrival)
    return Received(image=known, already=True)


def _deposit(change: Change, image: ClinicalImage, arrival: Arrival) -> None:
    """The device holds the first copy still: each deposit is cleared for itself (R74, R121)."""
    change.deposits.add(DepositId(new_uuid()), image.id, arrival, at=change.now)


def _broken_originals(vault: Vault, sealed: Sequence[tuple[SealedOriginal, Arrival]]) -> set[bytes]:
    """Which of these bytes are on record with a sealed file that no longer gives them back.

    Read before the transaction, for a long video takes a while: nobody else waits for it.
    """
    with vault.look() as look:
        known = [look.images.with_bytes(original.sha256) for original, _ in sealed]
        on_record = {image.sha256: look.images.sealed(image.id) for image in known if image}
    return {sha256 for sha256, old in on_record.items() if vault.originals.check(old) is not None}
