"""The bar above every room, and the keys that work in each of them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout

from desktop.ui.parts.pieces import tool_button


class RoomsBar(QFrame):
    """`room_wanted` carries the place of a room, from 0; the others say what was pressed."""

    room_wanted = Signal(int)
    find_wanted = Signal()
    advice_wanted = Signal()
    help_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rooms")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(6)
        self._rooms = QButtonGroup(self)
        self.desk = tool_button(self.tr("Desk"), "camera", self.tr("Desk (Ctrl+1)"))
        self.patients = tool_button(self.tr("Patients"), "users", self.tr("Patients (Ctrl+2)"))
        self.lists = tool_button(self.tr("Worklists"), "list-checks", self.tr("Worklists (Ctrl+3)"))
        self.office = tool_button(self.tr("Office"), "key-round", self.tr("Office (Ctrl+4)"))
        for number, room in enumerate((self.desk, self.patients, self.lists, self.office)):
            room.setCheckable(True)
            self._rooms.addButton(room, number)
            row.addWidget(room)
        row.addStretch(1)
        self.search = tool_button(
            self.tr("Find"), "search", self.tr("Find a patient or a sheet (Ctrl+K)")
        )
        self.advice = tool_button(
            self.tr("Advice"), "info", self.tr("Ask for advice about the patient shown (F2)")
        )
        self.help = tool_button(self.tr("Help"), "circle-help", self.tr("Help on this page (F1)"))
        self.lock = tool_button(self.tr("Lock"), "lock", self.tr("Lock (Ctrl+L)"))
        for action, wanted in (
            (self.search, self.find_wanted),
            (self.advice, self.advice_wanted),
            (self.help, self.help_wanted),
            (self.lock, self.lock_wanted),
        ):
            row.addWidget(action)
            action.clicked.connect(lambda _checked=False, wanted=wanted: wanted.emit())
        self._rooms.idClicked.connect(self.room_wanted)

    def mark(self, room: int) -> None:
        """This room is the one that is shown."""
        if (shown := self._rooms.button(room)) is not None:
            shown.setChecked(True)

    def keys(self, *, is_open: bool) -> list[tuple[str, str]]:
        """What works everywhere, by key, for the help."""
        if not is_open:
            return [("F1", self.tr("help"))]
        return [
            ("Ctrl+1", self.tr("desk")),
            ("Ctrl+2", self.tr("patients")),
            ("Ctrl+3", self.tr("worklists")),
            ("Ctrl+4", self.tr("office")),
            ("Ctrl+K", self.tr("find a patient, or a sheet by its code")),
            ("F2", self.tr("ask for advice")),
            ("Ctrl+L", self.tr("lock")),
            ("F1", self.tr("help")),
        ]
