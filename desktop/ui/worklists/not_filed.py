"""Not filed yet: what lies in the tray, by the person who answers for it until then (R76)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop.records.facts.clearance import Deposit
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import EmptyState, Notice, words
from desktop.ui.parts.rows_model import RowsModel
from desktop.ui.parts.tables import RowsTable, table_or_empty
from desktop.ui.parts.words import counted
from desktop.ui.worklists.uncleared_model import days_words
from desktop.ui.worklists.verbs import UnfiledVerbs
from desktop.ui.worklists.worklist import Worklist

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


class NotFiled(Worklist):
    """`loaded` tells that the people have come."""

    loaded = Signal()

    def __init__(self, *, background: Background, verbs: UnfiledVerbs) -> None:
        super().__init__(key="not-filed", name="", count=verbs.count)
        self.name = self.tr("Not filed yet")
        self._background = background
        self._verbs = verbs
        self.notice = Notice()
        self.summary = words("", kind="quiet", wrap=True)
        self.model = UnfiledModel(self)
        self.table = RowsTable(shares=_SHARES)
        self.table.show_model(self.model, self.tr("Who brought images that are not filed"))
        self.empty = EmptyState(
            icon="images",
            heading=self.tr("The tray is empty"),
            sentence=self.tr("All that was received is linked to a patient."),
        )
        self._rows = table_or_empty(self.table, self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(words(self.name, kind="title"))
        column.addWidget(self.summary)
        column.addWidget(self.notice)
        column.addWidget(self._rows, 1)

    def load(self) -> None:
        """Fetch what lies in the tray."""
        self._background.run(
            self._verbs.waiting, owner=self, done=self._show, failed=self.notice.problem
        )

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

    def _show(self, deposits: Sequence[Deposit]) -> None:
        self.notice.clear()
        rows = by_person(deposits)
        self.model.show(rows)
        self._rows.setCurrentWidget(self.table if rows else self.empty)
        if rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        said = self.tr("They wait at the Desk, under “Tray: not yet filed”.")
        self.summary.setText(said if rows else "")
        self.loaded.emit()
