"""Where patients and their numbers lie."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from desktop.records.facts.identifiers import Identifier
from desktop.records.facts.ids import PatientId
from desktop.records.facts.patient import NewPatient, Patient
from desktop.records.vault.folding import folded_words
from desktop.records.vault.patient_search import MOST, add_to_index, ranked
from desktop.records.vault.schema import identifier, patient


class PatientShelf:
    """Patients, in one transaction. What is put here was checked by a deed."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, patient_id: PatientId, new: NewPatient, *, at: datetime) -> Patient:
        """Put a patient on record and into the search."""
        last = sa.select(sa.func.coalesce(sa.func.max(patient.c.ordinal), 0))
        ordinal = self._connection.execute(last).scalar_one() + 1
        self._connection.execute(
            sa.insert(patient).values(
                id=patient_id,
                ordinal=ordinal,
                family_name=new.family_name,
                given_names=new.given_names,
                born=new.born,
                sex=new.sex,
                added_at=at,
                touched_at=at,
            )
        )
        self._connection.execute(
            sa.insert(identifier),
            [
                {"scheme": i.scheme, "value": i.value, "patient_id": patient_id, "place": place}
                for place, i in enumerate(new.identifiers)
            ],
        )
        add_to_index(
            self._connection,
            ordinal=ordinal,
            names=(new.family_name, new.given_names),
            numbers=tuple(i.value for i in new.identifiers),
        )
        return self.get(patient_id)

    def find(self, patient_id: PatientId) -> Patient | None:
        """The patient with this id, or None."""
        return next((found for _, found in self._where(patient.c.id == patient_id)), None)

    def get(self, patient_id: PatientId) -> Patient:
        """The patient with this id, which must be on record."""
        found = self.find(patient_id)
        if found is None:
            raise KeyError(patient_id)
        return found

    def with_number(self, number: Identifier) -> Patient | None:
        """The patient to whom a number belongs, or None."""
        owner = sa.select(identifier.c.patient_id).where(
            identifier.c.scheme == number.scheme, identifier.c.value == number.value
        )
        found = self._connection.execute(owner).scalar_one_or_none()
        return None if found is None else self.get(PatientId(found))

    def search(self, text: str, *, today: date) -> list[Patient]:
        """At most 50 patients for what was typed, those that fit best first, then by name."""
        ranks = ranked(self._connection, text=text, today=today)
        fitting = self._where(patient.c.ordinal.in_(ranks))
        fitting.sort(key=lambda found: (ranks[found[0]], _sort_key(found[1])))
        return [found for _, found in fitting[:MOST]]

    def _where(self, condition: sa.ColumnElement[bool]) -> list[tuple[int, Patient]]:
        """Ordinals and patients, in no order."""
        rows = self._connection.execute(sa.select(patient).where(condition)).all()
        numbers: dict[UUID, list[Identifier]] = {row.id: [] for row in rows}
        query = (
            sa.select(identifier)
            .where(identifier.c.patient_id.in_(numbers))
            .order_by(identifier.c.patient_id, identifier.c.place)
        )
        for row in self._connection.execute(query):
            numbers[row.patient_id].append(Identifier(scheme=row.scheme, value=row.value))
        return [(row.ordinal, _patient(row, numbers[row.id])) for row in rows]

    def touch(self, patient_id: PatientId, *, at: datetime) -> None:
        """Let the patient come first among those worked on last."""
        self._connection.execute(
            sa.update(patient).where(patient.c.id == patient_id).values(touched_at=at)
        )

    def every_id(self) -> list[PatientId]:
        """All patients, in the order in which they were added."""
        query = sa.select(patient.c.id).order_by(patient.c.ordinal)
        return [PatientId(found) for found in self._connection.execute(query).scalars()]

    def count(self) -> int:
        """How many patients there are."""
        return self._connection.execute(
            sa.select(sa.func.count()).select_from(patient)
        ).scalar_one()


def _patient(row: sa.Row[tuple[object, ...]], numbers: list[Identifier]) -> Patient:
    return Patient(
        id=PatientId(row.id),
        identifiers=tuple(numbers),
        family_name=row.family_name,
        given_names=row.given_names,
        born=row.born,
        sex=row.sex,
        added_at=row.added_at,
    )


def _sort_key(found: Patient) -> tuple[list[str], list[str]]:
    return folded_words(found.family_name), folded_words(found.given_names)
