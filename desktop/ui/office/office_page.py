"""The Office room: its parts in a list on the left, the chosen one on the right."""

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.office.backup_pane import BackupPane
from desktop.ui.office.devices_pane import DevicesPane
from desktop.ui.office.people_pane import PeoplePane
from desktop.ui.office.printers_pane import PrintersPane
from desktop.ui.office.settings_pane import SettingsPane
from desktop.ui.office.trail_pane import TrailPane
from desktop.ui.office.verbs import OfficeVerbs
from desktop.ui.parts.asking import AskPath, ask_path
from desktop.ui.parts.background import Background
from desktop.ui.parts.papers_page import PapersPage
from desktop.ui.parts.pieces import words

_SIDE = 200
_Part = TrailPane | PeoplePane | DevicesPane | PrintersPane | BackupPane | PapersPage | SettingsPane


class OfficePage(QWidget):
    """`settings_changed` carries the settings of the office as they stand now."""

    settings_changed = Signal(object)

    def __init__(
        self,
        *,
        background: Background,
        verbs: OfficeVerbs,
        settings: QSettings,
        ask: AskPath = ask_path,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.trail = TrailPane(background=background, verbs=verbs, ask=ask)
        self.people = PeoplePane(background=background, verbs=verbs.people)
        self.devices = DevicesPane(background=background, verbs=verbs.devices, ask=ask)
        self.backup = BackupPane(background=background, verbs=verbs.backup, ask=ask)
        self.printers = PrintersPane(background=background, verbs=verbs.printers)
        self.papers = PapersPage(
            background=background, verbs=verbs.papers, settings=settings, ask=ask
        )
        self.settings = SettingsPane(background=background, verbs=verbs)
        self._parts: tuple[tuple[str, _Part], ...] = (
            (self.tr("Trail"), self.trail),
            (self.tr("People"), self.people),
            (self.tr("Backup"), self.backup),
            (self.tr("Devices"), self.devices),
            (self.tr("Printers"), self.printers),
            (self.tr("Papers"), self.papers),
            (self.tr("Settings"), self.settings),
        )
        self._build()
        self.list.currentRowChanged.connect(self._go)
        self.settings.settings_changed.connect(self.settings_changed)

    def enter(self) -> None:
        """Come in: fetch what the chosen part shows, and go to the list of parts."""
        row = self.list.currentRow()
        # before the keyboard comes: Qt makes a row current then without marking it as chosen
        self.list.setCurrentRow(max(row, 0))
        if row >= 0:
            self._go(row)
        self.list.setFocus()

    def help_words(self) -> list[tuple[str, str]]:
        """What the page is for and how it goes by keyboard: headings and sentences."""
        return [
            (
                self.tr("Trail"),
                self.tr(
                    "Every deed and every look at an original has a line, newest first. Type into "
                    "any field above the list and press Enter."
                ),
            ),
            (
                self.tr("Prove the trail"),
                self.tr(
                    "Reads every line and finds edits, deletions and another order. With the head "
                    "from a month-end sheet it also finds lines cut off at the end, and an older "
                    "copy of the records put back."
                ),
            ),
            (
                self.tr("Check a printed line"),
                self.tr(
                    "Looks at once whether the line whose head stands on a month-end sheet, or was "
                    "noted from a backup, is still here, and says what to do where it is not."
                ),
            ),
            (
                self.tr("Month-end sheet"),
                self.tr("Puts the head of today on a page to sign. File it outside this computer."),
            ),
            (
                self.tr("Devices"),
                self.tr(
                    "The organisation's own and those that people bring: clocks, phone checks, "
                    "lost and found. Y, N and ? answer a phone check; Enter on a row changes it."
                ),
            ),
            (
                self.tr("Printers"),
                self.tr(
                    "Whether each prints true to size. Print a check page, measure its bars and "
                    "its corner mark with a steel rule, and store what you found."
                ),
            ),
            (
                self.tr("Backup"),
                self.tr(
                    "Copies the office to a folder while the work goes on, and proves the copy. "
                    "Keep it apart from this computer."
                ),
            ),
            (
                self.tr("Papers"),
                self.tr(
                    "Cards, charts and blank forms to print or save. A patient's own papers are "
                    "under “Papers…” in the chart."
                ),
            ),
            (
                self.tr("Settings"),
                self.tr(
                    "When the office locks by itself, when it is reminded of its backup, and the "
                    "address on its sheets."
                ),
            ),
        ]

    def _build(self) -> None:
        self.list = QListWidget()
        self.list.setObjectName("parts")
        self.list.setAccessibleName(self.tr("Parts of the office"))
        self._stack = QStackedWidget()
        for name, pane in self._parts:
            self.list.addItem(name)
            self._stack.addWidget(pane)
        side = QFrame()
        side.setObjectName("side")
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 16, 12, 16)
        column.setSpacing(12)
        column.addWidget(words(self.tr("Office"), kind="heading"))
        column.addWidget(self.list, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(side)
        layout.addWidget(self._stack, 1)

    def _go(self, row: int) -> None:
        pane = self._parts[row][1]
        self._stack.setCurrentWidget(pane)
        pane.load()
