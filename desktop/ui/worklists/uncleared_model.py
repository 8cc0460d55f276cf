"""Handovers whose device may still hold what was received, as a table: by device or by person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from PySide6.QtCore import QObject

from desktop.records.facts.clearance import Deposit
from desktop.records.facts.ids import IntakeId
from desktop.records.facts.office_settings import OfficeSettings
from desktop.records.rules.ageing import Escalation, escalation
from desktop.ui.parts.rows_model import RowsModel
from desktop.ui.parts.words import counted


class Grouping(Enum):
    """By what the handovers stand together."""

    DEVICE = "device"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What of one handover may still be on its device; at least one deposit."""

    intake: IntakeId
    deposits: tuple[Deposit, ...]

    @property
    def source_name(self) -> str:
        """The device, as it called itself."""
        return self.deposits[0].source_name

    @property
    def depositor(self) -> str:
        """Who brought it, or the photographer where nobody noted that (R76); may be empty."""
        return self.deposits[0].depositor or self.deposits[0].photographer

    @property
    def since(self) -> datetime:
        """When the first of it was received (UTC)."""
        return min(one.deposited_at for one in self.deposits)

    @property
    def whys(self) -> tuple[str, ...]:
        """Why it could not be cleared so far, each reason once."""
        return tuple(dict.fromkeys(one.refused_why for one in self.deposits if one.refused_why))


def handed(deposits: Sequence[Deposit], by: Grouping) -> list[Handed]:
    """The handovers, those of one device or person together; what is oldest stands first."""
    intakes: dict[IntakeId, list[Deposit]] = {}
    for one in deposits:
        intakes.setdefault(one.intake, []).append(one)
    rows = [Handed(intake=intake, deposits=tuple(of)) for intake, of in intakes.items()]

    def group(row: Handed) -> str:
        return row.source_name if by is Grouping.DEVICE else row.depositor.casefold()

    oldest: dict[str, datetime] = {}
    for row in rows:
        oldest[group(row)] = min(row.since, oldest.get(group(row), row.since))
    return sorted(rows, key=lambda row: (oldest[group(row)], group(row), row.since))


def days_words(since: datetime, *, now: datetime) -> str:
    """For how long it has been there: `since today`, `for 14 days` (R75)."""
    days = (now - since).days
    return f"for {counted(days, 'day')}" if days else "since today"


class UnclearedModel(RowsModel[Handed]):
    """One handover a row. `policy` says after how many days somebody is told (R75)."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._now = now
        self.policy = OfficeSettings()
        super().__init__(
            (
                (self.tr("Device"), lambda row: row.source_name),
                (self.tr("Brought by"), lambda row: row.depositor or self.tr("not on record")),
                (self.tr("May still be there"), lambda row: counted(len(row.deposits), "image")),
                (self.tr("How long"), lambda row: days_words(row.since, now=now())),
                (self.tr("Due now"), self._due_words),
                (self.tr("Why"), lambda row: " ".join(row.whys) or self.tr("not cleared yet")),
            ),
            parent,
        )

    def due(self, row: Handed) -> Escalation:
        """What the office's policy asks for."""
        return escalation(row.since, now=self._now(), policy=self.policy)

    def _due_words(self, row: Handed) -> str:
        said = self.due(row).words(person=row.depositor)
        return said[:1].upper() + said[1:] if said else self.tr("nothing yet")
