"""Not filed yet: what lies in the tray, by the person who answers for it until then (R76)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QObject

from desktop.records.facts.clearance import Deposit
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import EmptyState
from desktop.ui.parts.rows_model import RowsModel
from desktop.ui.parts.words import counted
from desktop.ui.worklists.rows_worklist import RowsWorklist
from desktop.ui.worklists.uncleared_model import days_words
from desktop.ui.worklists.verbs import UnfiledVerbs

_SHARES = (34, 16, 30, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """What one person brought that is in nobody's record yet; at least one deposit."""

    name: str
    deposits: tuple[Deposit, ...]

    @property
    def since(self) -> datetime:
        """When the first of it was received (UTC)."""
        return min(one.deposited_at for one in self.deposits)

    @property
    def devices(self) -> str:
        """The devices that it came from."""
        return ", ".join(dict.fromkeys(one.source_name for one in self.deposits))


def by_person(deposits: Sequence[Deposit]) -> list[Responsible]:
    """Who answers for what, each image once; whose images have waited longest stands first."""
    people: dict[str, dict[object, Deposit]] = {}
    for one in deposits:
        people.setdefault(one.depositor or one.photographer, {}).setdefault(one.image, one)
    rows = [
        Responsible(name=name, deposits=tuple(images.values())) for name, images in people.items()
    ]
    return sorted(rows, key=lambda row: (row.since, row.name))


class UnfiledModel(RowsModel[Responsible]):
    """One person a row."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(
            (
                (self.tr("Brought by"), lambda row: row.name or self.tr("not on record")),
                (self.tr("Not filed"), lambda row: counted(len(row.deposits), "image")),
                (self.tr("From"), lambda row: row.devices),
                (self.tr("How long"), lambda row: days_words(row.since, now=now())),
            ),
            parent,
        )


class NotFiled(RowsWorklist[Responsible]):
    """A person a row, whose images have waited longest first."""

    def __init__(self, *, background: Background, verbs: UnfiledVerbs) -> None:
        super().__init__(
            key="not-filed",
            count=verbs.count,
            background=background,
            fetch=lambda: by_person(verbs.waiting()),
        )
        self.name = self.tr("Not filed yet")
        self._make_table(
            UnfiledModel(self),
            shares=_SHARES,
            name=self.tr("Who brought images that are not filed"),
            empty=EmptyState(
                icon="images",
                heading=self.tr("The tray is empty"),
                sentence=self.tr("All that was received is linked to a patient."),
            ),
        )
        self._lay_out(self)

    def help_words(self) -> list[tuple[str, str]]:
        """What the list is for and how it goes by keyboard: headings and sentences."""
        return [
            (
                self.name,
                self.tr(
                    "Who brought images answers for them until they are filed. File them at the "
                    "Desk (Ctrl+1), from “Tray: not yet filed”."
                ),
            )
        ]

    def _identity(self, row: Responsible) -> object:
        return row.name

    def _summary(self, rows: Sequence[Responsible]) -> str:
        return self.tr("They wait at the Desk, under “Tray: not yet filed”.")
