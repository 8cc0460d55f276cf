"""What the office decides for itself: when it locks, when it is reminded of its backup, and the
address on its sheets."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget

from desktop.problem import Problem
from desktop.records.facts.office_settings import (
    LEAST_BACKUP_DAYS,
    LEAST_IDLE_MINUTES,
    MOST_BACKUP_DAYS,
    MOST_IDLE_MINUTES,
    OfficeSettings,
)
from desktop.ui.office.verbs import OfficeVerbs
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import Notice, button, on_click, words

_WIDTH = 460


class SettingsPane(QWidget):
    """`settings_changed` carries what stands now."""

    settings_changed = Signal(object)

    def __init__(self, *, background: Background, verbs: OfficeVerbs) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self.minutes = _number(
            LEAST_IDLE_MINUTES,
            MOST_IDLE_MINUTES,
            suffix=self.tr(" minutes"),
            name=self.tr("Lock after minutes without a touch"),
        )
        self.days = _number(
            LEAST_BACKUP_DAYS,
            MOST_BACKUP_DAYS,
            suffix=self.tr(" days"),
            name=self.tr("Remind of the backup after days"),
        )
        self.address = QPlainTextEdit()
        self.address.setAccessibleName(self.tr("Address of the organisation"))
        self.address.setTabChangesFocus(True)
        self.address.setFixedHeight(96)
        self.notice = Notice()
        self.save_button = button(self.tr("Save"), icon="check", kind="primary")
        self._build()
        on_click(self.save_button, self._save)
        self.set_ready(on=False)

    def load(self) -> None:
        """Fetch what stands."""
        self.notice.clear()
        self._background.run(
            self._verbs.settings, owner=self, done=self._show, failed=self._failed, lane="vault"
        )

    def set_ready(self, *, on: bool) -> None:
        """Whether anything can be said now."""
        for field in (self.minutes, self.days, self.address, self.save_button):
            field.setEnabled(on)

    def _build(self) -> None:
        form = QFormLayout()
        form.setSpacing(6)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("Lock by itself after"), self.minutes)
        form.addRow(
            words(
                self.tr(
                    "without a touch. What is half done at the Desk comes back for the same person."
                ),
                kind="small",
                wrap=True,
            )
        )
        form.addRow(self.tr("Remind of the backup after"), self.days)
        form.addRow(
            words(
                self.tr("The bar below warns everybody once the last good backup is older."),
                kind="small",
                wrap=True,
            )
        )
        form.addRow(self.tr("Return address, printed on every sheet"), self.address)
        column = QWidget()
        column.setMaximumWidth(_WIDTH)
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(14)
        inner.addWidget(words(self.tr("Settings"), kind="title"))
        inner.addLayout(form)
        inner.addWidget(self.notice)
        inner.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.addWidget(column, 1)

    def _show(self, settings: OfficeSettings) -> None:
        self.minutes.setValue(settings.idle_minutes)
        self.days.setValue(settings.backup_days)
        self.address.setPlainText(settings.address)
        self.set_ready(on=True)

    def _save(self) -> None:
        said = OfficeSettings(
            idle_minutes=self.minutes.value(),
            backup_days=self.days.value(),
            address=self.address.toPlainText().strip(),
        )
        self.set_ready(on=False)
        self._background.run(
            partial(self._verbs.change_settings, said),
            owner=self,
            done=self._saved,
            failed=self._failed,
            lane="vault",
        )

    def _saved(self, settings: OfficeSettings) -> None:
        self._show(settings)
        self.notice.say(self.tr("Saved."), tone="good")
        self.settings_changed.emit(settings)

    def _failed(self, problem: Problem) -> None:
        self.set_ready(on=True)
        self.notice.problem(problem)


def _number(least: int, most: int, *, suffix: str, name: str) -> QSpinBox:
    field = QSpinBox()
    field.setRange(least, most)
    field.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    field.setSuffix(suffix)
    field.setAccessibleName(name)
    return field
