"""Who works here: the list, somebody new, and somebody who left."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.problem import Problem
from desktop.records.facts.people import NewPerson, OfficeRole, Person, Role
from desktop.ui.office.verbs import PeopleVerbs
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import Notice, button, on_click, scrolled, words
from desktop.ui.parts.words import sentence_case

_FORM = 320


class PeoplePane(QWidget):
    """Changes need an office manager, and a first passphrase the manager's own as well."""

    def __init__(self, *, background: Background, verbs: PeopleVerbs) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self._build()
        self._connect()

    def load(self) -> None:
        """Fetch who works here."""
        self._run(self._verbs.people, self._show)

    @property
    def chosen(self) -> Person | None:
        """Who is chosen in the list."""
        person = self.list.currentIndex().data(Qt.ItemDataRole.UserRole)
        return person if isinstance(person, Person) else None

    def _build(self) -> None:
        self.list = QListWidget()
        self.list.setObjectName("parts")
        self.list.setAccessibleName(self.tr("People of the office"))
        self.remove_button = button(self.tr("Remove…"), icon="x")
        self.sure_button = button("", icon="triangle-alert")
        self.sure_button.setAccessibleName(self.tr("Yes, remove"))
        self.sure_button.hide()
        self.notice = Notice()
        left = QVBoxLayout()
        left.setContentsMargins(24, 16, 24, 16)
        left.setSpacing(12)
        left.addWidget(words(self.tr("People"), kind="title"))
        left.addWidget(self.notice)
        left.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addWidget(self.remove_button)
        row.addWidget(self.sure_button)
        row.addStretch(1)
        left.addLayout(row)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left, 1)
        layout.addWidget(self._build_form())

    def _build_form(self) -> QFrame:
        self.name, self.number = QLineEdit(), QLineEdit()
        self.role, self.office_role = QComboBox(), QComboBox()
        for role in Role:
            self.role.addItem(sentence_case(role.words), role)
        for office_role in OfficeRole:
            self.office_role.addItem(sentence_case(office_role.words), office_role)
        self.first, self.own = QLineEdit(), QLineEdit()
        for field in (self.first, self.own):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.add_button = button(self.tr("Add"), icon="user-plus", kind="primary")
        content = QWidget()
        form = QFormLayout(content)
        form.setSpacing(6)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("Name"), self.name)
        form.addRow(self.tr("Works as"), self.role)
        form.addRow(self.tr("May do here what a … does"), self.office_role)
        form.addRow(self.tr("Professional number, if any"), self.number)
        form.addRow(self.tr("First passphrase, to be changed at once"), self.first)
        form.addRow(self.tr("Your own passphrase"), self.own)
        panel = QFrame()
        panel.setObjectName("panel")
        panel.setFixedWidth(_FORM)
        column = QVBoxLayout(panel)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(words(self.tr("Somebody new"), kind="heading"))
        column.addWidget(scrolled(content, self.tr("Somebody new")), 1)
        column.addWidget(self.add_button)
        return panel

    def _connect(self) -> None:
        on_click(self.add_button, self._add)
        for field in (self.name, self.number, self.first, self.own):
            field.returnPressed.connect(self._add)
        on_click(self.remove_button, self._ask_remove)
        on_click(self.sure_button, self._remove)
        self.list.currentRowChanged.connect(lambda _row: self.sure_button.hide())

    def _show(self, people: Sequence[Person]) -> None:
        self.list.clear()
        for person in people:
            told = (person.name, person.office_role.words, person.role.words, person.number)
            item = QListWidgetItem(" · ".join(filter(None, told)))
            item.setData(Qt.ItemDataRole.UserRole, person)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _add(self) -> None:
        if not self.first.text() or not self.own.text():
            self.notice.say(
                self.tr("Type a first passphrase for the new person, and your own."),
                tone="warning",
            )
            return
        new = NewPerson(
            name=self.name.text().strip(),
            office_role=OfficeRole(self.office_role.currentData()),
            role=Role(self.role.currentData()),
            number=self.number.text().strip(),
        )
        first, own = self.first.text(), self.own.text()
        self._forget()
        self.add_button.setEnabled(False)
        self._run(partial(self._verbs.add, new, first, own), self._added)

    def _added(self, person: Person) -> None:
        for field in (self.name, self.number):
            field.clear()
        self.add_button.setEnabled(True)
        said = self.tr("{} is added, and chooses another passphrase at the first log-in.")
        self.notice.say(said.format(person.name), tone="good")
        self.load()

    def _ask_remove(self) -> None:
        person = self.chosen
        if person is not None:
            self.sure_button.setText(self.tr("Yes, remove {}").format(person.name))
            self.sure_button.show()
            self.sure_button.setFocus()

    def _remove(self) -> None:
        person = self.chosen
        self.sure_button.hide()
        if person is not None:
            self._run(partial(self._verbs.remove, person.id), partial(self._removed, person))

    def _removed(self, person: Person, _nothing: object) -> None:
        said = self.tr("{} is removed. What they did stays on record.")
        self.notice.say(said.format(person.name), tone="good")
        self.load()

    def _forget(self) -> None:
        """No passphrase stays in a field."""
        self.first.clear()
        self.own.clear()

    def _failed(self, problem: Problem) -> None:
        self.add_button.setEnabled(True)
        self.notice.problem(problem)

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._background.run(work, owner=self, done=done, failed=self._failed, lane="vault")
