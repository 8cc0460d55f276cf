"""Where the office itself and its people lie."""

from datetime import datetime

import sqlalchemy as sa

from desktop.records.facts.ids import OfficeId, PersonId
from desktop.records.facts.office import OfficeFacts
from desktop.records.facts.people import OfficeRole, Person
from desktop.records.vault.schema import office, person


class OfficeShelf:
    """The office, in one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def found(self, facts: OfficeFacts, *, at: datetime) -> None:
        """Put a new office on record."""
        self._connection.execute(
            sa.insert(office).values(
                id=facts.id, organisation=facts.organisation, address=facts.address, created_at=at
            )
        )

    def facts(self) -> OfficeFacts:
        """What is printed about the organisation."""
        row = self._connection.execute(sa.select(office)).one()
        return OfficeFacts(id=OfficeId(row.id), organisation=row.organisation, address=row.address)

    def add_person(self, new: Person, *, at: datetime) -> None:
        """Put somebody who works here on record."""
        self._connection.execute(
            sa.insert(person).values(
                id=new.id,
                name=new.name,
                role=new.role,
                office_role=new.office_role,
                number=new.number,
                added_at=at,
                gone_at=new.gone_at,
            )
        )

    def set_office_role(self, person_id: PersonId, office_role: OfficeRole) -> None:
        """What this person may do from now on."""
        change = sa.update(person).where(person.c.id == person_id)
        self._connection.execute(change.values(office_role=office_role))

    def describe_person(self, said: Person) -> None:
        """Another name, role in the health service or number of somebody on record."""
        change = sa.update(person).where(person.c.id == said.id)
        values = {"name": said.name, "role": said.role, "number": said.number}
        self._connection.execute(change.values(**values))

    def mark_gone(self, person_id: PersonId, *, at: datetime) -> None:
        """This person left; the row stays, for what they did stays."""
        change = sa.update(person).where(person.c.id == person_id)
        self._connection.execute(change.values(gone_at=at))

    def person(self, person_id: PersonId) -> Person | None:
        """The person with this id, gone or not."""
        query = sa.select(person).where(person.c.id == person_id)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _person(row)

    def people(self) -> list[Person]:
        """Everybody who works here or did, in the order in which they were added."""
        rows = self._connection.execute(sa.select(person).order_by(person.c.added_at, person.c.id))
        return [_person(row) for row in rows]


def _person(row: sa.Row[tuple[object, ...]]) -> Person:
    return Person(
        id=PersonId(row.id),
        name=row.name,
        role=row.role,
        office_role=row.office_role,
        number=row.number,
        gone_at=row.gone_at,
    )
