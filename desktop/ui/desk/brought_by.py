"""Who brings the device to the desk: the photographer, unless somebody else is named (R76)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from desktop.records.facts.devices import Depositor
from desktop.records.facts.people import Role
from desktop.ui.parts.words import sentence_case


class BroughtBy(QWidget):
    """A name with those who brought devices before, and a role. `changed` tells of an edit."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, Depositor] = {}
        self.name = QComboBox()
        self.name.setEditable(True)
        self.field = QLineEdit()
        self.name.setLineEdit(self.field)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name.setAccessibleName(self.tr("Brought by: name"))
        self.role = QComboBox()
        self.role.setAccessibleName(self.tr("Brought by: role"))
        self.role.setPlaceholderText(self.tr("Role"))
        for role in Role:
            self.role.addItem(sentence_case(role.words), role)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for combo in (self.name, self.role):
            combo.setMinimumContentsLength(6)
            policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            combo.setSizeAdjustPolicy(policy)
            combo.setMinimumWidth(72)
            layout.addWidget(combo, 1)
        self.field.setPlaceholderText(self.tr("Who took them"))
        self.field.setAccessibleName(self.tr("Brought by: name"))
        self.name.editTextChanged.connect(self._fill_role)
        self.name.editTextChanged.connect(self.changed)
        self.role.currentIndexChanged.connect(self.changed)
        self.start()

    @property
    def depositor(self) -> Depositor | None:
        """Who is named; None means the photographer. Without a role it is somebody's “other”."""
        name = " ".join(self.name.currentText().split())
        if not name:
            return None
        role = self.role.currentData()
        return Depositor(name=name, role=Role(role) if role else Role.OTHER)

    def start(self) -> None:
        """The photographer, until somebody else is named."""
        self.name.setCurrentIndex(-1)
        self.name.setEditText("")
        self.role.setCurrentIndex(-1)
        self.role.hide()

    def offer(self, depositors: Sequence[Depositor]) -> None:
        """Names to choose from or to complete, with their roles; what is typed stays."""
        typed = self.name.currentText()
        self._known = {one.name.casefold(): one for one in reversed(depositors)}
        blocked = self.name.blockSignals(True)
        self.name.clear()
        self.name.addItems(list(dict.fromkeys(one.name for one in depositors)))
        self.name.setCurrentIndex(-1)
        self.name.setEditText(typed)
        self.name.blockSignals(blocked)
        if self.role.currentIndex() < 0:
            self._fill_role(typed)
        completer = self.name.completer()
        if completer is not None:
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def put(self, depositor: Depositor | None) -> None:
        """Name somebody, or the photographer again."""
        self.start()
        if depositor is not None:
            self.name.setEditText(depositor.name)
            self.field.setCursorPosition(0)
            self.role.setCurrentIndex(self.role.findData(depositor.role))

    def _fill_role(self, name: str) -> None:
        plain = " ".join(name.split())
        self.role.setVisible(bool(plain))
        known = self._known.get(plain.casefold())
        if known is not None:
            self.role.setCurrentIndex(self.role.findData(known.role))
        elif not plain:
            self.role.setCurrentIndex(-1)
