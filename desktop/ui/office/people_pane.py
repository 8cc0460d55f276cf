"""Who works here: the list, somebody new, a change to somebody, and somebody who left."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.problem import Problem
from desktop.records.facts.hpi import doubt_of_number
from desktop.records.facts.people import Person
from desktop.ui.office.person_form import PersonForm
from desktop.ui.office.verbs import PeopleVerbs
from desktop.ui.parts.background import Background, LaneName
from desktop.ui.parts.pieces import Notice, button, on_click, words


class PeoplePane(QWidget):
    """Changes need an office manager, and a passphrase for somebody the manager's own as well."""

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
        self.change_button = button(self.tr("Change…"), icon="id-card")
        self.remove_button = button(self.tr("Remove…"), icon="x")
        self.sure_button = button("", icon="triangle-alert")
        self.sure_button.setAccessibleName(self.tr("Yes, remove"))
        self.sure_button.hide()
        self.notice = Notice()
        self.form = PersonForm()
        left = QVBoxLayout()
        left.setContentsMargins(24, 16, 24, 16)
        left.setSpacing(12)
        left.addWidget(words(self.tr("People"), kind="title"))
        left.addWidget(self.notice)
        left.addWidget(self.list, 1)
        row = QHBoxLayout()
        for shown in (self.change_button, self.remove_button, self.sure_button):
            row.addWidget(shown)
        row.addStretch(1)
        left.addLayout(row)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left, 1)
        layout.addWidget(self.form)

    def _connect(self) -> None:
        self.form.saved.connect(self._save)
        self.form.left.connect(self._leave)
        on_click(self.change_button, self._change)
        self.list.itemActivated.connect(lambda _item: self._change())
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

    def _change(self) -> None:
        if self.chosen is not None:
            self.form.ask_change(self.chosen, is_me=self.chosen.id == self._verbs.me)

    def _leave(self) -> None:
        self.form.ask_new()
        self.list.setFocus()

    def _save(self) -> None:
        if not self.form.add_button.isEnabled():
            return
        if self.form.lacks_passphrase:
            self._ask_passphrase()
            return
        said, first, own = self.form.said, self.form.first.text(), self.form.own.text()
        changed = self.form.changed
        self.form.forget()
        self.form.add_button.setEnabled(False)
        # a passphrase is slow to seal: the lane of the records goes on meanwhile
        if changed is None:
            self._run(partial(self._verbs.add, said, first, own), self._added, lane="open")
        else:
            work = partial(self._verbs.change, changed.id, said, first, own)
            self._run(work, self._changed, lane="open")

    def _ask_passphrase(self) -> None:
        self.notice.say(
            self.tr("Type a first passphrase for the new person, and your own.")
            if self.form.changed is None
            else self.tr("Type your own passphrase as well."),
            tone="warning",
        )

    def _added(self, person: Person) -> None:
        said = self.tr("{} is added, and chooses another passphrase at the first log-in.")
        self._saved(person, said)

    def _changed(self, person: Person) -> None:
        self._saved(person, self.tr("{} is saved."))

    def _saved(self, person: Person, said: str) -> None:
        self.form.add_button.setEnabled(True)
        self.form.ask_new()
        doubt = doubt_of_number(person.number)
        sentence = f"{said.format(person.name)} {doubt}".strip()
        self.notice.say(sentence, tone="warning" if doubt else "good")
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
        self.form.ask_new()
        self.load()

    def _failed(self, problem: Problem) -> None:
        self.form.add_button.setEnabled(True)
        self.notice.problem(problem)

    def _run(
        self, work: Callable[[], object], done: Callable[..., None], *, lane: LaneName = "vault"
    ) -> None:
        self._background.run(work, owner=self, done=done, failed=self._failed, lane=lane)
