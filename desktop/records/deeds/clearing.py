"""Clearing: what a device may still hold, and every step until it is proved that it does not."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from desktop.problem import Problem
from desktop.records.deeds.backups import last_backup
from desktop.records.deeds.companions import keep_companions
from desktop.records.facts.breach import Breach
from desktop.records.facts.clearance import Clearance, Deposit, receipt_number
from desktop.records.facts.clearance_problems import AttestationUnsigned, NotOursToClear
from desktop.records.facts.companions import Companion
from desktop.records.facts.ids import DepositId, DeviceId, ImageId, IntakeId
from desktop.records.facts.people import Person
from desktop.records.facts.problems import ImageUnknown
from desktop.records.rules.clearing import ClearanceProof, why_not
from desktop.records.vault.problems import OriginalDamaged
from desktop.records.vault.vault import Change, Vault

MOST_OUTSTANDING = 5000
"""How many deposits one list shows; an office with more has other worries."""


def deposits_of(vault: Vault, intake: IntakeId) -> list[Deposit]:
    """What one intake received, file by file, in order."""
    with vault.look() as look:
        return look.deposits.of_intake(intake)


def outstanding(
    vault: Vault, *, device: DeviceId | None = None, most: int = MOST_OUTSTANDING
) -> list[Deposit]:
    """Deposits that may still be on a device of ours to clear, the oldest first (R75)."""
    with vault.look() as look:
        return look.deposits.outstanding(most=most, device=device)


def unfiled(vault: Vault, *, most: int = MOST_OUTSTANDING) -> list[Deposit]:
    """How the images that lie in the tray came: who brought them answers for them until they are
    filed (R76). The oldest first."""
    with vault.look() as look:
        return look.deposits.of_tray(most=most)


def not_ours(vault: Vault, *, source_name: str) -> list[Deposit]:
    """Deposits from a source of this name that lie on the patient's or whānau's device (R122)."""
    with vault.look() as look:
        return look.deposits.not_ours(source_name=source_name)


def why_not_clear(vault: Vault, deposits: Sequence[Deposit], *, source: str) -> Problem | None:
    """Why these deposits of one intake may not be cleared at this moment, or None."""
    with vault.look() as look:
        needs_backup = look.settings.read().clear_after_backup
    until = backed_up_until(vault) if needs_backup else None
    return why_not(deposits, source=source, needs_backup=needs_backup, backed_up_until=until)


def backed_up_until(vault: Vault) -> datetime | None:
    """The moment (UTC) up to which the newest whole backup has everything; None without one."""
    made = last_backup(vault)
    if made is None:
        return None
    with vault.look() as look:
        line = look.trail.line(made.head.seq)
        later = look.trail.earliest_after(made.head.seq)
    if line is None or line.at is None or later is None or later >= line.at:
        return line.at if line else None
    return later - timedelta(microseconds=1)  # the clock was set back since: what came then is late


def stored_copy(
    vault: Vault, one: Deposit, told: Callable[[int], None] = lambda _done: None
) -> bytes:
    """Read the office's own copy whole, from the drive and not from memory, and give its SHA-256.

    Raises ImageUnknown, OriginalMissing, OriginalDamaged or DiskFailed, and what the rules say of
    this file by now (its filing was taken back, it was attested, the device turned out to be the
    patient's): then it is not deleted from any device. `told` hears how many bytes were read; the
    Problem that it raises ends it.
    """
    with vault.look() as look:
        now = look.deposits.find([one.id])
        if not now:
            raise ImageUnknown(image=str(one.image))
        sealed = look.images.sealed(one.image)
    if (changed := why_not(now, source=one.source_name)) is not None:
        raise changed
    if (problem := vault.originals.check(sealed, cold=True, told=told)) is not None:
        raise problem
    if sealed.sha256 != one.sha256:
        raise OriginalDamaged(name=sealed.name, where="its record changed meanwhile")
    return sealed.sha256


def keep_companion(
    vault: Vault, *, image: ImageId, file_name: str, content: bytes, by: Person
) -> bytes:
    """Keep a small file that lies beside an image; its SHA-256 once it was read back. Raises
    ImageUnknown if the image was disposed of meanwhile."""
    digest = hashlib.sha256(content).digest()
    found = Companion(image=image, file_name=file_name, content=content)
    keep_companions(vault, [found], by=by)
    with vault.look() as look:
        kept = [one for of in look.deposits.companions(image).values() for one in of.values()]
    if content not in kept:
        raise ImageUnknown(image=str(image))
    return digest


def note_cleared(vault: Vault, *, proofs: Sequence[ClearanceProof], by: Person) -> list[Deposit]:
    """Put on record that these copies are proved to be gone from their device.

    The same file handed over twice is settled with it. Raises NotOursToClear. What was settled
    before stays as it was, and what was disposed of meanwhile is left out.
    """
    if not proofs:
        return []
    with vault.change() as change:
        known = {one.id: one for one in change.deposits.find([proof.deposit for proof in proofs])}
        for proof in proofs:
            one = known.get(proof.deposit)
            if one is None:  # no line of it is told any more, but what was done is
                change.note("image cleared", by=by, deposit=proof.deposit)
                continue
            if one.sha256 != proof.sha256:
                raise AssertionError("a proof of other bytes")
            if one.clearance is Clearance.NOT_OURS:
                raise NotOursToClear(source=one.source_name)
            same_file = [same for same in change.deposits.same_file(one) if same.id != one.id]
            for same in (one, *same_file):
                if same.clearance is Clearance.OUTSTANDING:
                    change.deposits.settle(
                        same.id, as_=Clearance.CLEARED, at=change.now, by=by.name
                    )
                change.note("image cleared", by=by, deposit=same.id, **_about(same))
        return _again(change, [proof.deposit for proof in proofs])


def note_begun(vault: Vault, *, source: str, deposits: Sequence[Deposit], by: Person) -> None:
    """Put on record that a device is about to be cleared of these copies. A record that cannot take
    this line could not tell afterwards what was deleted: then nothing is."""
    with vault.change() as change:
        change.note("clearing begun", by=by, source=source, count=len(deposits))


def note_not_cleared(vault: Vault, *, one: Deposit, problem: Problem, by: Person) -> None:
    """Put on record why a copy could not be cleared; it stays outstanding."""
    with vault.change() as change:
        change.deposits.refuse(one.id, str(problem))
        change.note("clearing refused", by=by, deposit=one.id, why=problem.code, **_about(one))


def attest(
    vault: Vault, *, deposits: Sequence[DepositId], attested_by: str, by: Person
) -> list[Deposit]:
    """Put on record that somebody says they deleted these copies themselves; `by` witnesses it.

    Raises AttestationUnsigned, and NotOursToClear for a patient's own device. What was settled
    before stays as it was.
    """
    name = " ".join(attested_by.split())
    if not name:
        raise AttestationUnsigned
    with vault.change() as change:
        for one in _again(change, deposits):
            if one.clearance is Clearance.NOT_OURS:
                raise NotOursToClear(source=one.source_name)
            if one.settled is Clearance.OUTSTANDING:
                change.deposits.settle(
                    one.id,
                    as_=Clearance.ATTESTED,
                    at=change.now,
                    by=by.name,
                    attested_by=name,
                )
        change.note(
            "clearance attested", by=by, attested_by=name, deposits=[str(one) for one in deposits]
        )
        return _again(change, deposits)


def _again(change: Change, deposits: Sequence[DepositId]) -> list[Deposit]:
    found = {one.id: one for one in change.deposits.find(deposits)}
    return [found[one] for one in deposits if one in found]


def _about(one: Deposit) -> dict[str, object]:
    return {"image": one.image, "intake": one.intake, "source": one.source_name}


def note_receipt(vault: Vault, *, intake: IntakeId, target: str, by: Person) -> str:
    """Put on record that a clearance receipt of this intake goes to `target` (`pdf`, or `printer
    NAME`); its number."""
    number = receipt_number(intake)
    with vault.change() as change:
        change.note("clearance receipt made", by=by, intake=intake, receipt=number, target=target)
    return number


def note_lost(vault: Vault, *, breach: Breach, target: str, by: Person) -> None:
    """Put on record that somebody had what may still be on a lost device listed, and where the list
    went."""
    with vault.change() as change:
        change.note(
            "lost device listed",
            by=by,
            source=breach.source_name,
            depositor=breach.depositor,
            breach=breach.number,
            target=target,
        )
