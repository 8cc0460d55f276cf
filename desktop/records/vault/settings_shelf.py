"""Where the office's settings lie."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from desktop.records.facts.office_settings import (
    LEAST_BACKUP_DAYS,
    LEAST_CLEARING_DAYS,
    LEAST_IDLE_MINUTES,
    MOST_BACKUP_DAYS,
    MOST_CLEARING_DAYS,
    MOST_IDLE_MINUTES,
    MOST_PAPER_DAYS,
    OfficeSettings,
)
from desktop.records.facts.scan_settings import ScanSettings, settings_from
from desktop.records.vault.schema import office, setting

_NUMBERS = {
    "idle-minutes": ("idle_minutes", LEAST_IDLE_MINUTES, MOST_IDLE_MINUTES),
    "backup-days": ("backup_days", LEAST_BACKUP_DAYS, MOST_BACKUP_DAYS),
    "remind-days": ("remind_days", LEAST_CLEARING_DAYS, MOST_CLEARING_DAYS),
    "manager-days": ("manager_days", LEAST_CLEARING_DAYS, MOST_CLEARING_DAYS),
    "paper-days": ("paper_days", 0, MOST_PAPER_DAYS),
}
"""By the name in the table: the field, and the least and the most that are believed."""
_CHOICES = {
    "clear-after-backup": "clear_after_backup",
    "may-remember": "may_remember",
    "written-consent": "written_consent",
}
"""By the name in the table: the field that is yes or no."""
_TEXTS = {
    "advice-contacts": "advice_contacts",
    "paper-basis": "paper_basis",
    "consent-text": "consent_text",
    "foot-text": "foot_text",
    "logo": "logo",
}
"""By the name in the table: the field that is text."""
_YES, _NO = "yes", "no"
_CAMERAS = "network-cameras"
_SCANNER = "scanner "  # and the device's name
_LABELS = "labels "  # and the maker's number of the sheet


class SettingsShelf:
    """The settings, in one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def read(self) -> OfficeSettings:
        """What the office decided; where it did not, what the program has."""
        address = self._connection.execute(sa.select(office.c.address)).scalar_one()
        rows = self._connection.execute(sa.select(setting.c.name, setting.c.value))
        stored = {row.name: row.value for row in rows}
        decided: dict[str, Any] = {
            field: min(max(int(stored[name]), least), most)
            for name, (field, least, most) in _NUMBERS.items()
            if stored.get(name, "").isdecimal()
        }
        decided |= {
            field: stored[name] == _YES for name, field in _CHOICES.items() if name in stored
        }
        decided |= {field: stored[name] for name, field in _TEXTS.items() if name in stored}
        return OfficeSettings(address=address, **decided)

    def write(self, settings: OfficeSettings) -> None:
        """Put these in place of those before."""
        self._connection.execute(sa.update(office).values(address=settings.address))
        said = {name: str(getattr(settings, field)) for name, (field, _, _) in _NUMBERS.items()}
        said |= {
            name: _YES if getattr(settings, field) else _NO for name, field in _CHOICES.items()
        }
        said |= {name: getattr(settings, field) for name, field in _TEXTS.items()}
        self._connection.execute(sa.delete(setting).where(setting.c.name.in_(said)))
        rows = [{"name": name, "value": value} for name, value in said.items()]
        self._connection.execute(sa.insert(setting), rows)

    def cameras(self) -> list[str]:
        """The addresses of the network cameras that are remembered."""
        wanted = sa.select(setting.c.value).where(setting.c.name == _CAMERAS)
        stored = self._connection.execute(wanted).scalar_one_or_none()
        return stored.split() if stored else []

    def write_cameras(self, addresses: Sequence[str]) -> None:
        """Put these in place of those before."""
        self._connection.execute(sa.delete(setting).where(setting.c.name == _CAMERAS))
        row = {"name": _CAMERAS, "value": " ".join(addresses)}
        self._connection.execute(sa.insert(setting), [row])

    def scanners(self) -> Mapping[str, ScanSettings]:
        """How each scanner was last set, by SANE's name of the device."""
        query = sa.select(setting).where(setting.c.name.startswith(_SCANNER, autoescape=True))
        return {
            row.name.removeprefix(_SCANNER): settings_from(row.value)
            for row in self._connection.execute(query)
        }

    def write_scanner(self, device: str, settings: ScanSettings) -> None:
        """Put these in place of those before."""
        name = f"{_SCANNER}{device}"
        self._connection.execute(sa.delete(setting).where(setting.c.name == name))
        self._connection.execute(sa.insert(setting), [{"name": name, "value": str(settings)}])

    def label(self, stock: str) -> int:
        """From which label on the last sheet of this stock is still full; 1 where nobody knows."""
        query = sa.select(setting.c.value).where(setting.c.name == f"{_LABELS}{stock}")
        stored = self._connection.execute(query).scalar_one_or_none() or ""
        return int(stored) if stored.isdecimal() else 1

    def write_label(self, stock: str, place: int) -> None:
        """Put this in the place of what was there before."""
        name = f"{_LABELS}{stock}"
        self._connection.execute(sa.delete(setting).where(setting.c.name == name))
        self._connection.execute(sa.insert(setting), [{"name": name, "value": str(place)}])
