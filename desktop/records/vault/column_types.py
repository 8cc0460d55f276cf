"""How moments, wall times and sets of words lie in a column, the same on every database."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

E = TypeVar("E", bound=StrEnum)


class Moment(sa.TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database. A naive time is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """For the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """From the database."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class MomentOrNone(sa.TypeDecorator[datetime]):
    """As `Moment` for reading, and None for what is no moment: somebody damaged it."""

    impl = sa.String
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Any) -> datetime | None:
        """From the database: text in SQLite, a moment already on a server."""
        try:
            read = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except (ValueError, TypeError):
            return None
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


class WallTime(sa.TypeDecorator[datetime]):
    """What a clock on a wall or in a camera showed: naive in Python, ISO text in the database."""

    impl = sa.String(26)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        """For the database."""
        if value is None:
            return None
        if value.tzinfo is not None:
            raise ValueError("a wall time has no time zone")
        return value.isoformat()

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        """From the database."""
        return None if value is None else datetime.fromisoformat(value)


class Word(sa.TypeDecorator[E], Generic[E]):
    """One member of an enumeration, as its own word."""

    impl = sa.String(32)
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: E | None, dialect: Any) -> str | None:
        """For the database."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Any) -> E | None:
        """From the database."""
        return None if value is None else self.kind(value)


class Words(sa.TypeDecorator[tuple[E, ...]], Generic[E]):
    """Several members of an enumeration in the enumeration's order, joined by commas."""

    impl = sa.String(400)
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        """For the database."""
        if value is None:
            return None
        return ",".join(member.value for member in self.kind if member in value)

    def process_result_value(self, value: str | None, dialect: Any) -> tuple[E, ...] | None:
        """From the database."""
        if value is None:
            return None
        return tuple(self.kind(word) for word in value.split(",") if word)
