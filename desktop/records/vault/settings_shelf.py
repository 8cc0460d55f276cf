"""Where the office's settings lie."""

import sqlalchemy as sa

from desktop.records.facts.office_settings import (
    LEAST_BACKUP_DAYS,
    LEAST_IDLE_MINUTES,
    MOST_BACKUP_DAYS,
    MOST_IDLE_MINUTES,
    OfficeSettings,
)
from desktop.records.vault.schema import office, setting

_NUMBERS = {
    "idle-minutes": ("idle_minutes", LEAST_IDLE_MINUTES, MOST_IDLE_MINUTES),
    "backup-days": ("backup_days", LEAST_BACKUP_DAYS, MOST_BACKUP_DAYS),
}
"""By the name in the table: the field, and the least and the most that are believed."""


class SettingsShelf:
    """The settings, in one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def read(self) -> OfficeSettings:
        """What the office decided; where it did not, what the program has."""
        address = self._connection.execute(sa.select(office.c.address)).scalar_one()
        rows = self._connection.execute(sa.select(setting.c.name, setting.c.value))
        stored = {row.name: row.value for row in rows}
        numbers = {
            field: min(max(int(stored[name]), least), most)
            for name, (field, least, most) in _NUMBERS.items()
            if stored.get(name, "").isdecimal()
        }
        return OfficeSettings(address=address, **numbers)

    def write(self, settings: OfficeSettings) -> None:
        """Put these in place of those before."""
        self._connection.execute(sa.update(office).values(address=settings.address))
        self._connection.execute(sa.delete(setting).where(setting.c.name.in_(_NUMBERS)))
        rows = [
            {"name": name, "value": str(getattr(settings, field))}
            for name, (field, _, _) in _NUMBERS.items()
        ]
        self._connection.execute(sa.insert(setting), rows)
