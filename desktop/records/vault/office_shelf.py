"""Where the office itself and its people lie."""

from datetime import datetime

import sqlalchemy as sa

from desktop.records.facts.ids import OfficeId, PersonId
from desktop.records.facts.office import OfficeFacts
from desktop.records.facts.people import Person
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
            sa.insert(person).values(id=new.id, name=new.name, role=new.role, added_at=at)
        )

    def people(self) -> list[Person]:
        """Everybody who works here, in the order in which they were added."""
        rows = self._connection.execute(sa.select(person).order_by(person.c.added_at, person.c.id))
        return [Person(id=PersonId(row.id), name=row.name, role=row.role) for row in rows]
