"""Importing a practice's list of patients, row by row; a bad row never stops the rest."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.problem import Problem
from desktop.records.deeds.patients import checked_patient, put_on_record
from desktop.records.facts.patient import NewPatient, Patient
from desktop.records.facts.people import Person
from desktop.records.facts.problems import PatientAlreadyKnown
from desktop.records.rules.patient_csv import ListPreview, ListRow, Mapped, read_patient_list
from desktop.records.vault.folding import folded_words
from desktop.records.vault.vault import Change, Vault, utc_now

BATCH = 200  # rows per transaction: other work waits no longer than one of them


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRefused:
    """A row that was not imported, and why. `number` is the row as a spreadsheet counts it."""

    number: int
    problem: Problem

    @property
    def words(self) -> str:
        """Row number and reason in one line."""
        return f"Row {self.number}: {self.problem}"


@dataclass(slots=True, kw_only=True)
class ImportReport:
    """What became of every row: added, on record already, refused, or not reached."""

    added: int = 0
    already: int = 0
    refused: list[RowRefused] = field(default_factory=list)
    not_reached: int = 0


def preview_patient_list(
    data: bytes, *, mapping: Mapped | None = None, today: date | None = None
) -> ListPreview:
    """What a list would bring, before anything is changed. Raises as `read_patient_list` does."""
    day = today or utc_now().astimezone().date()
    return read_patient_list(data, today=day, mapping=mapping)


def import_patient_list(
    vault: Vault,
    *,
    rows: Sequence[ListRow],
    by: Person,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> ImportReport:
    """Put the patients of a list on record, some hundred rows per transaction.

    `tell` hears how many of how many rows are done, each time they are safe on disk. Once
    `stopped` says so, the rows done so far stay and the others are counted as not reached.
    """
    report = ImportReport()
    done = 0
    for batch in _batches(rows):
        if stopped():
            report.not_reached = len(rows) - done
            break
        _import_batch(vault, batch, by=by, report=report)
        done += len(batch)
        tell(done, len(rows))
    return report


def _batches(rows: Sequence[ListRow]) -> Iterator[Sequence[ListRow]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _import_batch(
    vault: Vault, batch: Sequence[ListRow], *, by: Person, report: ImportReport
) -> None:
    today = vault.clock().astimezone().date()
    added = already = 0
    refused: list[RowRefused] = []
    with vault.change() as change:
        for row in batch:
            try:
                if _import_row(change, row, by=by, today=today):
                    added += 1
                else:
                    already += 1
            except Problem as problem:
                if problem.ends_the_trip:
                    raise
                refused.append(RowRefused(number=row.number, problem=problem))
        change.note(
            "patient list imported", by=by, added=added, already=already, refused=len(refused)
        )
    report.added += added
    report.already += already
    report.refused.extend(refused)


def _import_row(change: Change, row: ListRow, *, by: Person, today: date) -> bool:
    """Whether the row brought a new patient. Raises the row's problem."""
    if isinstance(row.patient, Problem):
        raise row.patient
    new = checked_patient(row.patient, today=today)
    owners = [change.patients.with_number(number) for number in new.identifiers]
    known = [owner for owner in owners if owner is not None]
    for number, owner in zip(new.identifiers, owners, strict=True):
        if owner is not None and not (_is_same(owner, new) and owner == known[0]):
            raise PatientAlreadyKnown(number=number.value, banner=owner.banner)
    if known:
        return False
    put_on_record(change, new, by=by)
    return True


def _is_same(known: Patient, new: NewPatient) -> bool:
    """Whether a row speaks of this patient: a date of birth or a name that differs does not."""
    if known.born and new.born and known.born != new.born:
        return False
    return folded_words(known.family_name) == folded_words(new.family_name)
