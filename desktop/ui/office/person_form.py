"""Who somebody of the office is: the form for somebody new, and for a change to somebody known."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.records.facts.hpi import doubt_of_number
from desktop.records.facts.people import NewPerson, OfficeRole, Person, Role
from desktop.ui.parts.pieces import button, on_click, scrolled, words
from desktop.ui.parts.words import sentence_case

_WIDTH = 320


class PersonForm(QFrame):
    """`saved` tells that what is said shall count, `left` that a change was given up."""

    saved = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setFixedWidth(_WIDTH)
        self.changed: Person | None = None
        """Whom a change is about; None while somebody new is asked for."""
        self._is_me = False
        self._build()
        self._connect()
        self.ask_new()

    @property
    def said(self) -> NewPerson:
        """What the fields say."""
        return NewPerson(
            name=self.name.text().strip(),
            office_role=OfficeRole(self.office_role.currentData()),
            role=Role(self.role.currentData()),
            number=self.number.text().strip(),
        )

    @property
    def lacks_passphrase(self) -> bool:
        """Whether a passphrase is missing that has to stand beside what is typed."""
        if self.changed is None or self.first.text():
            return not (self.first.text() and self.own.text())
        return self._is_me and self._is_renamed and not self.own.text()

    def ask_new(self) -> None:
        """Empty fields for somebody new."""
        self.changed, self._is_me = None, False
        self._heading.setText(self.tr("Somebody new"))
        self.add_button.setText(self.tr("Add"))
        for field in (self.name, self.number, self.first, self.own):
            field.clear()
        self.role.setCurrentIndex(0)
        self.office_role.setCurrentIndex(0)
        self.cancel_button.hide()
        self._show_rows()

    def ask_change(self, person: Person, *, is_me: bool) -> None:
        """What is known of somebody, to be said anew."""
        self.changed, self._is_me = person, is_me
        self._heading.setText(self.tr("Change {}").format(person.name))
        self.add_button.setText(self.tr("Save"))
        self.name.setText(person.name)
        self.number.setText(person.number)
        self.role.setCurrentIndex(self.role.findData(person.role))
        self.office_role.setCurrentIndex(self.office_role.findData(person.office_role))
        self.forget()
        self.cancel_button.show()
        self._show_rows()
        self.name.setFocus()

    def forget(self) -> None:
        """No passphrase stays in a field."""
        self.first.clear()
        self.own.clear()

    @property
    def _is_renamed(self) -> bool:
        return self.changed is not None and self.name.text().strip() != self.changed.name

    def _build(self) -> None:
        self.name, self.number = QLineEdit(), QLineEdit()
        self.role, self.office_role = QComboBox(), QComboBox()
        for role in Role:
            self.role.addItem(sentence_case(role.words), role)
        for office_role in OfficeRole:
            self.office_role.addItem(sentence_case(office_role.words), office_role)
        self.first, self.own = QLineEdit(), QLineEdit()
        for field in (self.first, self.own):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.doubt = words("", kind="small", wrap=True)
        self.doubt.setProperty("tone", "warning")
        self._why = words("", kind="small", wrap=True)
        self._first_label = words("")
        self._first_label.setBuddy(self.first)
        self.add_button = button("", icon="check", kind="primary")
        self.cancel_button = button(self.tr("Cancel"))
        self._heading = words("", kind="heading", wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.cancel_button)
        row.addWidget(self.add_button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addWidget(scrolled(self._build_form(), self.tr("Who they are")), 1)
        column.addLayout(row)

    def _build_form(self) -> QWidget:
        content = QWidget()
        self._form = QFormLayout(content)
        self._form.setContentsMargins(2, 2, 10, 2)
        self._form.setSpacing(6)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._form.addRow(self.tr("Name"), self.name)
        self._form.addRow(self.tr("Works as"), self.role)
        self._form.addRow(self.tr("May do here what a … does"), self.office_role)
        self._form.addRow(self.tr("Professional number, if any"), self.number)
        self._form.addRow(self.doubt)
        self._form.addRow(self._why)
        self._form.addRow(self._first_label, self.first)
        self._form.addRow(self.tr("Your own passphrase"), self.own)
        return content

    def _connect(self) -> None:
        on_click(self.add_button, self.saved.emit)
        on_click(self.cancel_button, self.left.emit)
        for field in (self.name, self.number, self.first, self.own):
            field.returnPressed.connect(self.saved)
        self.number.textChanged.connect(self._show_doubt)
        self.name.textChanged.connect(lambda _text: self._show_rows())

    def _show_doubt(self, number: str) -> None:
        """A number that is probably mistyped is kept all the same, so it is said, not refused."""
        doubt = doubt_of_number(number)
        self.doubt.setText(doubt)
        self._form.setRowVisible(self.doubt, bool(doubt))

    def _show_rows(self) -> None:
        """The passphrases only where they are of use."""
        is_new = self.changed is None
        self._first_label.setText(
            self.tr("First passphrase, to be changed at once")
            if is_new
            else self.tr("Another first passphrase")
        )
        if self._is_me:
            self._why.setText(self.tr("You log in by your name: it changes with your passphrase."))
        else:
            self._why.setText(
                self.tr("Needed with another name, since they log in by it; or if theirs is lost.")
            )
        self._form.setRowVisible(self._why, self._is_renamed if self._is_me else not is_new)
        self._form.setRowVisible(self.first, not self._is_me)
        self._form.setRowVisible(self.own, not self._is_me or self._is_renamed)
        self._show_doubt(self.number.text())
