"""May a sheet in the chart stand for a photo, and after how long? Asked in the settings (R77)."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from desktop.records.facts.office_settings import (
    LEAST_PAPER_DAYS,
    MOST_PAPER_DAYS,
    OfficeSettings,
)
from desktop.ui.parts.pieces import words

_USUAL_DAYS = 90


class PaperPolicyBox(QWidget):
    """Not ticked, the office keeps paper and sealed original; ticked, it says for how long both
    stay and who answers for that."""

    def __init__(self) -> None:
        super().__init__()
        self.may_stand = QCheckBox(self.tr("Paper in the chart may stand for a photo"))
        self.days = QSpinBox()
        self.days.setRange(LEAST_PAPER_DAYS, MOST_PAPER_DAYS)
        self.days.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.days.setSuffix(self.tr(" days"))
        self.days.setAccessibleName(self.tr("Days in the chart before a photo may be disposed of"))
        self.basis = QLineEdit()
        self.basis.setMaxLength(400)
        self.basis.setAccessibleName(self.tr("Whose written advice, and of which day"))
        self.basis.setPlaceholderText(self.tr("for example: Records committee, 3 March 2026"))
        self._build()
        self.may_stand.toggled.connect(self._asked.setVisible)

    def show_settings(self, settings: OfficeSettings) -> None:
        """Show what stands."""
        self.may_stand.setChecked(settings.paper_days > 0)
        self._asked.setVisible(settings.paper_days > 0)
        self.days.setValue(settings.paper_days or _USUAL_DAYS)
        self.basis.setText(settings.paper_basis)

    def said(self, settings: OfficeSettings) -> OfficeSettings:
        """The settings with what is said here. The basis of a decision taken back stays readable
        in the trail."""
        if not self.may_stand.isChecked():
            return replace(settings, paper_days=0, paper_basis="")
        return replace(
            settings, paper_days=self.days.value(), paper_basis=self.basis.text().strip()
        )

    def _build(self) -> None:
        said = words(
            self.tr(
                "As it is, Chartroom keeps the sealed original beside the paper. With the tick, a "
                "photo whose whole record sheet was confirmed in hand and has been in the chart "
                "this long appears in “Retention due”; two people still have to agree before it is "
                "destroyed. Films, recordings and raw pictures always stay."
            ),
            kind="small",
            wrap=True,
        )
        self._asked = QWidget()
        form = QFormLayout(self._asked)
        form.setContentsMargins(24, 0, 0, 0)
        form.setSpacing(6)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("Keep both, from the day in the chart, for"), self.days)
        form.addRow(self.tr("By whose written advice"), self.basis)
        self._asked.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.may_stand, said, self._asked):
            column.addWidget(widget)
