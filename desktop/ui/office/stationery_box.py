"""What the office puts on its papers of its own: a logo, words on consent, a line at the foot."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from desktop.records.facts.logo import Logo
from desktop.records.facts.office_settings import MOST_FOOT_TEXT, OfficeSettings
from desktop.ui.parts.asking import AskPath, PathQuestion, ask_path
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import button, on_click, words


class StationeryBox(QWidget):
    """A logo is made of its picture when it is chosen, and kept when the settings are saved.
    `logo_refused` carries why a picture cannot be one, `logo_chosen` nothing."""

    logo_refused = Signal(object)
    logo_chosen = Signal()

    def __init__(
        self,
        *,
        background: Background,
        read_logo: Callable[[Path], str],
        ask: AskPath = ask_path,
    ) -> None:
        super().__init__()
        self._background, self._read_logo, self._ask = background, read_logo, ask
        self._logo = ""
        self.state = words("", kind="small")
        self.choose_button = button(self.tr("Choose a logo…"))
        self.remove_button = button(self.tr("Without a logo"))
        self.consent = QPlainTextEdit()
        self.consent.setAccessibleName(self.tr("Your own words on rights, on the consent form"))
        self.consent.setTabChangesFocus(True)
        self.consent.setFixedHeight(120)
        self.consent.setPlaceholderText(self.tr("Left empty, Chartroom's own words stand there."))
        self.foot = QLineEdit()
        self.foot.setMaxLength(MOST_FOOT_TEXT)
        self.foot.setAccessibleName(self.tr("A line at the foot of papers"))
        self._build()
        on_click(self.choose_button, self._ask_which)
        on_click(self.remove_button, partial(self._take_logo, ""))

    def show_settings(self, settings: OfficeSettings) -> None:
        """Show what stands."""
        self.consent.setPlainText(settings.consent_text)
        self.foot.setText(settings.foot_text)
        self._show_logo(settings.logo)

    def said(self, settings: OfficeSettings) -> OfficeSettings:
        """The settings with what is said here."""
        return replace(
            settings,
            logo=self._logo,
            consent_text=self.consent.toPlainText().strip(),
            foot_text=self.foot.text().strip(),
        )

    def _build(self) -> None:
        logo = QHBoxLayout()
        logo.setSpacing(8)
        logo.addWidget(self.choose_button)
        logo.addWidget(self.remove_button)
        logo.addStretch(1)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(6)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("Logo, at the head of papers"), logo)
        form.addRow(self.state)
        form.addRow(self.tr("On the consent form, instead of “My rights”"), self.consent)
        form.addRow(
            words(
                self.tr("The uses to tick, what was explained and the withdrawal always stay."),
                kind="small",
                wrap=True,
            )
        )
        form.addRow(self.tr("A line at the foot, under the return address"), self.foot)

    def _ask_which(self) -> None:
        self._ask(
            PathQuestion(
                parent=self,
                title=self.tr("Choose a logo"),
                kind="open",
                files=self.tr("Pictures (*.png *.jpg *.jpeg)"),
                then=self._make,
            )
        )

    def _make(self, path: Path) -> None:
        self.choose_button.setEnabled(False)
        self._background.run(
            partial(self._read_logo, path),
            owner=self,
            done=self._take_logo,
            failed=self._refused,
            lane="vault",
        )

    def _take_logo(self, logo: str) -> None:
        self.choose_button.setEnabled(True)
        self._show_logo(logo)
        self.state.setText(self.tr("{} Save to print it so.").format(self.state.text()))
        self.logo_chosen.emit()

    def _refused(self, problem: object) -> None:
        self.choose_button.setEnabled(True)
        self.logo_refused.emit(problem)

    def _show_logo(self, logo: str) -> None:
        self._logo = logo
        kept = Logo.read(logo)
        said = self.tr("No logo: the organisation's name stands alone.")
        if kept is not None:
            said = self.tr("A logo of {} × {} pixels.").format(kept.width, kept.height)
        self.state.setText(said)
        self.remove_button.setEnabled(kept is not None)
