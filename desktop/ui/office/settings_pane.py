"""What the office decides for itself: when it locks, when it is reminded of its backup, what
stands on its papers of its own, when devices are cleared, whether paper may stand for a photo, and
whether a computer may keep somebody's key."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.problem import Problem
from desktop.records.facts.office_settings import (
    LEAST_BACKUP_DAYS,
    LEAST_CLEARING_DAYS,
    LEAST_IDLE_MINUTES,
    MOST_BACKUP_DAYS,
    MOST_CLEARING_DAYS,
    MOST_IDLE_MINUTES,
    OfficeSettings,
)
from desktop.ui.office.paper_policy_box import PaperPolicyBox
from desktop.ui.office.stationery_box import StationeryBox
from desktop.ui.office.verbs import OfficeVerbs
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import Notice, button, on_click, scrolled, words

_WIDTH = 460


class SettingsPane(QWidget):
    """`settings_changed` carries what stands now."""

    settings_changed = Signal(object)

    def __init__(self, *, background: Background, verbs: OfficeVerbs) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self._stands = OfficeSettings()
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
        self.remind = _number(
            LEAST_CLEARING_DAYS,
            MOST_CLEARING_DAYS,
            suffix=self.tr(" days"),
            name=self.tr("Remind of what is not cleared after days"),
        )
        self.manager = _number(
            LEAST_CLEARING_DAYS,
            MOST_CLEARING_DAYS,
            suffix=self.tr(" days"),
            name=self.tr("Tell the manager of what is not cleared after days"),
        )
        self.address = QPlainTextEdit()
        self.address.setAccessibleName(self.tr("Address of the organisation"))
        self.address.setTabChangesFocus(True)
        self.address.setFixedHeight(96)
        self.advice = QPlainTextEdit()
        self.advice.setAccessibleName(self.tr("Whom to ask for advice, one to a line"))
        self.advice.setTabChangesFocus(True)
        self.advice.setFixedHeight(96)
        self.clear_after_backup = QCheckBox(self.tr("Clear devices only after a backup"))
        self.written_consent = QCheckBox(self.tr("File only with a signed consent form"))
        self.may_remember = QCheckBox(self.tr("A computer may keep a person's key"))
        self.paper = PaperPolicyBox()
        self.own = StationeryBox(background=background, read_logo=verbs.read_logo)
        self.notice = Notice()
        self.save_button = button(self.tr("Save"), icon="check", kind="primary")
        self._build()
        on_click(self.save_button, self._save)
        self.own.logo_refused.connect(self.notice.problem)
        self.own.logo_chosen.connect(self.notice.clear)
        self.set_ready(on=False)

    def load(self) -> None:
        """Fetch what stands."""
        self.notice.clear()
        self._background.run(
            self._verbs.settings, owner=self, done=self._show, failed=self._failed, lane="vault"
        )

    def set_ready(self, *, on: bool) -> None:
        """Whether anything can be said now."""
        decided: tuple[QWidget, ...] = (self.minutes, self.days, self.remind, self.manager)
        decided += (self.address, self.advice, self.clear_after_backup, self.paper)
        decided += (self.own,)
        for field in (*decided, self.written_consent, self.may_remember, self.save_button):
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
        form.addRow(self.tr("Images still on a device: remind who brought it after"), self.remind)
        form.addRow(self.tr("and tell the manager after"), self.manager)
        form.addRow(
            words(
                self.tr("The Desk and the list “Not cleared” say what is due, and for whom."),
                kind="small",
                wrap=True,
            )
        )
        self._add_words_rows(form)
        form.addRow(self.clear_after_backup)
        form.addRow(
            words(
                self.tr(
                    "Nothing is deleted from a phone, camera or card before a backup has it: one "
                    "drive that dies then loses nothing."
                ),
                kind="small",
                wrap=True,
            )
        )
        form.addRow(self.paper)
        self._add_key_rows(form)
        column = QWidget()
        column.setMaximumWidth(_WIDTH)
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(14)
        inner.addWidget(words(self.tr("Settings"), kind="title"))
        fields = QWidget()
        fields.setLayout(form)
        form.setContentsMargins(0, 0, 12, 0)
        inner.addWidget(scrolled(fields, self.tr("What the office decides")), 1)
        inner.addWidget(self.notice)
        inner.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.addWidget(column, 1)

    def _add_consent_rows(self, form: QFormLayout) -> None:
        form.addRow(self.written_consent)
        form.addRow(
            words(
                self.tr(
                    "An image stays incomplete until every page of its form came back and was "
                    "filed with the patient. Consent by word of mouth does not file it."
                ),
                kind="small",
                wrap=True,
            )
        )

    def _add_words_rows(self, form: QFormLayout) -> None:
        form.addRow(self.tr("Return address, printed on every sheet"), self.address)
        form.addRow(self.own)
        form.addRow(self.tr("Whom to ask for advice, one to a line"), self.advice)
        form.addRow(
            words(
                self.tr(
                    "Management, privacy officer, medical defence: they stand on the advice sheet."
                ),
                kind="small",
                wrap=True,
            )
        )
        self._add_consent_rows(form)

    def _add_key_rows(self, form: QFormLayout) -> None:
        form.addRow(self.may_remember)
        form.addRow(
            words(
                self.tr(
                    "Who then says “chartroom remember” needs no passphrase for commands on that "
                    "computer, such as a backup at night. Neither does anybody else who works "
                    "under the same computer account: they act in that person's name. This window "
                    "always asks. Without the tick every key kept so opens nothing."
                ),
                kind="small",
                wrap=True,
            )
        )

    def _show(self, settings: OfficeSettings) -> None:
        self._stands = settings
        self.minutes.setValue(settings.idle_minutes)
        self.days.setValue(settings.backup_days)
        self.remind.setValue(settings.remind_days)
        self.manager.setValue(settings.manager_days)
        self.address.setPlainText(settings.address)
        self.advice.setPlainText(settings.advice_contacts)
        self.clear_after_backup.setChecked(settings.clear_after_backup)
        self.written_consent.setChecked(settings.written_consent)
        self.may_remember.setChecked(settings.may_remember)
        self.paper.show_settings(settings)
        self.own.show_settings(settings)
        self.set_ready(on=True)

    def _save(self) -> None:
        said = replace(  # what has no field here stays as it is
            self._stands,
            idle_minutes=self.minutes.value(),
            backup_days=self.days.value(),
            remind_days=self.remind.value(),
            manager_days=self.manager.value(),
            address=self.address.toPlainText().strip(),
            advice_contacts=self.advice.toPlainText().strip(),
            clear_after_backup=self.clear_after_backup.isChecked(),
            written_consent=self.written_consent.isChecked(),
            may_remember=self.may_remember.isChecked(),
        )
        self.set_ready(on=False)
        self._background.run(
            partial(self._verbs.change_settings, self.own.said(self.paper.said(said))),
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
