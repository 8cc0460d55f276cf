"""Where the office's settings lie."""

import sqlalchemy as sa

from desktop.records.facts.office_settings import (
    LEAST_IDLE_MINUTES,
    MOST_IDLE_MINUTES,
    OfficeSettings,
)
from desktop.records.vault.schema import office, setting

_IDLE_MINUTES = "idle-minutes"


class SettingsShelf:
    """The settings, in one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def read(self) -> OfficeSettings:
        """What the office decided; where it did not, what the program has."""
        address = self._connection.execute(sa.select(office.c.address)).scalar_one()
        query = sa.select(setting.c.value).where(setting.c.name == _IDLE_MINUTES)
        minutes = self._connection.execute(query).scalar_one_or_none() or ""
        if not minutes.isdecimal():
            return OfficeSettings(address=address)
        within = min(max(int(minutes), LEAST_IDLE_MINUTES), MOST_IDLE_MINUTES)
        return OfficeSettings(idle_minutes=within, address=address)

    def write(self, settings: OfficeSettings) -> None:
        """Put these in place of those before."""
        self._connection.execute(sa.update(office).values(address=settings.address))
        self._connection.execute(sa.delete(setting).where(setting.c.name == _IDLE_MINUTES))
        self._connection.execute(
            sa.insert(setting).values(name=_IDLE_MINUTES, value=str(settings.idle_minutes))
        )
