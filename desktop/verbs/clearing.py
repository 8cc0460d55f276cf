"""Clearing devices, with the vault and fresh sessions tied into the trip of `intake`."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby

from desktop.devices.source import ClearingSource
from desktop.intake.clearing import ClearVerbs, clear_device
from desktop.intake.clearing_report import ClearOffer, ClearReport, NotCleared
from desktop.intake.report import Stopped, Tell
from desktop.problem import Problem
from desktop.records.deeds import clearing
from desktop.records.facts.clearance import Clearance, Deposit
from desktop.records.facts.clearance_problems import (
    IntakeUnknown,
    NothingToClear,
    NotOursToClear,
    OneOfTwoDevices,
    OtherDevice,
)
from desktop.records.facts.ids import IntakeId
from desktop.records.rules.clearing import REMINDERS, ClearanceProof
from desktop.verbs.office import Office


def clear_offer(office: Office, intake: IntakeId) -> ClearOffer:
    """What can be said before a device is cleared of one intake."""
    deposits = clearing.deposits_of(office.vault, intake)
    source = deposits[0].source_name if deposits else ""
    problem = clearing.why_not_clear(office.vault, deposits, source=source)
    return ClearOffer(
        intake=intake,
        source_name=source,
        deposits=tuple(deposits),
        refused="" if problem is None else str(problem),
        reminders=REMINDERS,
    )


def clear_intake(
    office: Office,
    *,
    intake: IntakeId,
    open_fresh: Callable[[], ClearingSource],
    tell: Tell,
    stopped: Stopped,
) -> ClearReport:
    """Clear the device of what one intake received. `open_fresh` gives a new session each time.

    Raises why it may not be cleared at all; what else goes wrong is in the report.
    """
    deposits = clearing.deposits_of(office.vault, intake)
    if not deposits:
        raise IntakeUnknown(intake=str(intake))
    source = deposits[0].source_name
    if (problem := clearing.why_not_clear(office.vault, deposits, source=source)) is not None:
        raise problem
    return _clear(office, source, _outstanding(deposits), open_fresh, tell, stopped)


def clear_source(
    office: Office,
    *,
    source_name: str,
    open_fresh: Callable[[], ClearingSource],
    tell: Tell,
    stopped: Stopped,
) -> ClearReport:
    """Clear a device of every intake from it that may be cleared; the others are refused with
    their reason. Raises NothingToClear, or that reason where no intake may be."""
    waiting = [one for one in clearing.outstanding(office.vault) if one.source_name == source_name]
    if not waiting and clearing.not_ours(office.vault, source_name=source_name):
        raise NotOursToClear(source=source_name)
    if not waiting:
        raise NothingToClear(source=source_name)
    may: list[Deposit] = []
    refused: list[NotCleared] = []
    for intake in dict.fromkeys(one.intake for one in waiting):
        batch = clearing.deposits_of(office.vault, intake)
        problem = clearing.why_not_clear(office.vault, batch, source=source_name)
        if problem is None:
            may += _outstanding(batch)
        else:
            refused += [NotCleared(deposit=one, problem=problem) for one in _outstanding(batch)]
    once = _each_file_once(may)
    twice = _on_two_devices(once)
    refused += [
        NotCleared(deposit=one, problem=OneOfTwoDevices(name=one.file_name, source=source_name))
        for one in twice
    ]
    chosen = [one for one in once if one not in twice]
    if not chosen:
        raise refused[0].problem
    report = _clear(office, source_name, chosen, open_fresh, tell, stopped)
    # a batch that was cut short and then filed again is settled with the whole one
    settled = {
        one.id
        for intake in {one.deposit.intake for one in refused}
        for one in clearing.deposits_of(office.vault, intake)
        if one.clearance is not Clearance.OUTSTANDING
    }
    report.refused.extend(one for one in refused if one.deposit.id not in settled)
    return report


def _clear(
    office: Office,
    source_name: str,
    deposits: Sequence[Deposit],
    open_fresh: Callable[[], ClearingSource],
    tell: Tell,
    stopped: Stopped,
) -> ClearReport:
    vault, by = office.vault, office.person

    def keep_companion(one: Deposit, name: str, content: bytes) -> bytes:
        return clearing.keep_companion(
            vault, image=one.image, file_name=name, content=content, by=by
        )

    def cleared(proofs: Sequence[ClearanceProof]) -> Sequence[Deposit]:
        return clearing.note_cleared(vault, proofs=proofs, by=by)

    def refused(one: Deposit, problem: Problem) -> None:
        clearing.note_not_cleared(vault, one=one, problem=problem, by=by)

    def open_the_same() -> ClearingSource:
        source = open_fresh()
        if source.info.name != source_name:
            source.close()
            raise OtherDevice(source=source_name, connected=source.info.name)
        return source

    verbs = ClearVerbs(
        stored=lambda one, told: clearing.stored_copy(vault, one, told),
        keep_companion=keep_companion,
        cleared=cleared,
        refused=refused,
    )
    theirs = {_file(one) for one in clearing.not_ours(vault, source_name=source_name)}
    clearing.note_begun(vault, source=source_name, deposits=deposits, by=by)
    report = clear_device(
        open_fresh=open_the_same,
        deposits=[one for one in deposits if _file(one) not in theirs],
        verbs=verbs,
        tell=tell,
        stopped=stopped,
    )
    # the very same file was once said to lie on the patient's device: then it is not ours
    report.refused.extend(
        NotCleared(deposit=one, problem=NotOursToClear(source=one.source_name))
        for one in deposits
        if _file(one) in theirs
    )
    return report


def _outstanding(deposits: Sequence[Deposit]) -> list[Deposit]:
    return [one for one in deposits if one.clearance is Clearance.OUTSTANDING]


def _each_file_once(deposits: Sequence[Deposit]) -> list[Deposit]:
    """The newest deposit of each file of a device: the older ones are settled with it."""
    ordered = sorted(deposits, key=lambda one: (_file(one), _device(one), one.deposited_at))
    return [
        list(same)[-1] for _, same in groupby(ordered, key=lambda one: (_file(one), _device(one)))
    ]


def _on_two_devices(deposits: Sequence[Deposit]) -> list[Deposit]:
    """Of deposits that are each of another device, or another file: those of one file."""
    count = Counter(_file(one) for one in deposits)
    return [one for one in deposits if count[_file(one)] > 1]


def _device(one: Deposit) -> str:
    """What tells two devices of one name apart: the register, or who brought them."""
    return str(one.device) if one.device else one.depositor


def _file(one: Deposit) -> tuple[str, str, str]:
    return one.folder, one.file_name, str(one.image)
