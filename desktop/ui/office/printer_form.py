"""Checking a printer: a check page to be printed, and what was measured on it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.printer_check import EDGE_STEPS, Edges, Measured
from desktop.records.rules.measuring import millimetres_of
from desktop.ui.office.printer_verbs import PrinterLine
from desktop.ui.parts.choices import text_field
from desktop.ui.parts.pieces import button, on_click, rule, scrolled, words

_WIDTH = 320


class PrinterForm(QFrame):
    """`print_wanted` and `saved` tell what a person asks for; the fields say the rest."""

    print_wanted = Signal()
    saved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setFixedWidth(_WIDTH)
        self._build()
        self.ask_for(None, ())

    @property
    def measured(self) -> Measured:
        """What the fields say was measured. Raises LengthNotUnderstood."""
        across, down, left, top = (millimetres_of(field.text()) for field in self.lengths.values())
        edges = {name: field.value() for name, field in self.edges.items()}
        return Measured(
            across_mm=across,
            down_mm=down,
            left_mm=left,
            top_mm=top,
            edges=Edges(**edges),
            colour=not self.grey.isChecked(),
        )

    def ask_for(self, printer: PrinterLine | None, trays: Sequence[str]) -> None:
        """Offer a check page for this printer; without one there is none to offer."""
        here = printer is not None and printer.is_here
        before = printer.tray if printer else ""
        self.tray.clear()
        self.tray.addItem(self.tr("As the printer chooses"), "")
        for name in trays:
            self.tray.addItem(name, name)
        self.tray.setCurrentIndex(max(self.tray.findData(before), 0))
        if printer is not None and printer.paper:
            self.paper.setCurrentIndex(max(self.paper.findData(Paper(printer.paper)), 0))
        for field in (self.tray, self.paper, self.print_button):
            field.setEnabled(here)

    def measure(self, number: str) -> None:
        """Go to the fields of this page."""
        self.clear()
        self.code.setText(number)
        self.lengths["across"].setFocus()

    def clear(self) -> None:
        """Empty fields, for another page."""
        for field in (self.code, *self.lengths.values()):
            field.clear()
        for number in self.edges.values():
            number.setValue(number.minimum())
        self.grey.setChecked(False)

    def _build(self) -> None:
        self.tray, self.paper = QComboBox(), QComboBox()
        for combo in (self.tray, self.paper):
            combo.setMinimumContentsLength(6)
            policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            combo.setSizeAdjustPolicy(policy)
        for paper in Paper:
            self.paper.addItem(paper.value, paper)
        self.print_button = button(self.tr("Print check page"), icon="printer")
        self.code = text_field(self.tr("Number of the check page"), self.tr("PC…, or scan it"))
        labels = {
            "across": self.tr("Bar across, in mm"),
            "down": self.tr("Bar down, in mm"),
            "left": self.tr("Corner mark from the left edge, in mm"),
            "top": self.tr("Corner mark from the top edge, in mm"),
        }
        self.lengths = {name: QLineEdit() for name in labels}
        self.grey = QCheckBox(self.tr("The colours came out grey"))
        self.save_button = button(self.tr("Store the check"), icon="check", kind="primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(scrolled(self._lay_out(labels), self.tr("Check of a printer")), 1)
        column.addWidget(self.save_button)
        on_click(self.print_button, self.print_wanted.emit)
        on_click(self.save_button, self.saved.emit)
        for field in (self.code, *self.lengths.values()):
            field.returnPressed.connect(self.saved)

    def _lay_out(self, labels: Mapping[str, str]) -> QWidget:
        content = QWidget()
        form = QFormLayout(content)
        form.setContentsMargins(2, 2, 10, 2)
        form.setSpacing(6)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(words(self.tr("Print a check page"), kind="heading"))
        form.addRow(self.tr("Tray"), self.tray)
        form.addRow(self.tr("Paper"), self.paper)
        form.addRow(self.print_button)
        form.addRow(rule())
        form.addRow(words(self.tr("What was measured on it"), kind="heading"))
        form.addRow(self.tr("Number under its square code"), self.code)
        for name, label in labels.items():
            form.addRow(label, self.lengths[name])
        form.addRow(words(self.tr("Smallest number that can be read along each edge"), wrap=True))
        form.addRow(self._build_edges())
        form.addRow(self.grey)
        return content

    def _build_edges(self) -> QWidget:
        names = {
            "left": (self.tr("Left"), self.tr("Smallest number along the left edge")),
            "top": (self.tr("Top"), self.tr("Smallest number along the top edge")),
            "right": (self.tr("Right"), self.tr("Smallest number along the right edge")),
            "bottom": (self.tr("Bottom"), self.tr("Smallest number along the bottom edge")),
        }
        self.edges: dict[str, QSpinBox] = {}
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for place, (name, (short, spoken)) in enumerate(names.items()):
            field = QSpinBox()
            field.setRange(1, EDGE_STEPS)
            field.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
            field.setAccessibleName(spoken)
            self.edges[name] = field
            grid.addWidget(words(short, kind="small"), place // 2 * 2, place % 2)
            grid.addWidget(field, place // 2 * 2 + 1, place % 2)
        return box
