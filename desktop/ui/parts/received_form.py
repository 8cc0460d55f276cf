"""Who sent an image, how it came, the notice to the patient, and the six checks (R119, R120)."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QVBoxLayout, QWidget

from desktop.problem import Problem
from desktop.records.facts.came_from import Asked, Channel, Checks, Notice, Received, Sender
from desktop.records.facts.devices import Answer
from desktop.records.facts.patient import short_date
from desktop.records.rules.came_from import CHECKLIST, lacking
from desktop.records.rules.typed_date import typed_date
from desktop.ui.parts.choices import choice_of, choose, chosen, put_back_in, text_field, typed_in
from desktop.ui.parts.pieces import words
from desktop.ui.parts.words import sentence_case

_ANSWERS = (Answer.YES, Answer.NO, Answer.NOT_SURE)


def _today() -> date:
    return date.today()  # noqa: DTZ011  a day is by the wall calendar


class ReceivedForm(QWidget):
    """`changed` tells that anything was edited. A no is an answer: it becomes a query to the sender
    and keeps nothing from being filed."""

    changed = Signal()

    def __init__(self, *, today: Callable[[], date] = _today) -> None:
        super().__init__()
        self._today = today
        self._build()
        for field in self._texts.values():
            field.textChanged.connect(self.changed)
        for combo in self._combos.values():
            combo.currentIndexChanged.connect(self._refresh)
        self._refresh()

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """Every field, in the order in which the keyboard goes through them."""
        upper = (self.name, self.role, self.place, self.day, self.channel, self.asked)
        return (
            *upper,
            self.taken_with,
            self.notice,
            self.reason,
            *self.checks.values(),
            self.note,
        )

    @property
    def said(self) -> Received:
        """What the form says. Raises DateNotUnderstood for a day that cannot be read."""
        day = self.day.text().strip()
        return Received(
            sender=Sender(
                name=self.name.text(), role=self.role.text(), organisation=self.place.text()
            ),
            received_on=typed_date(day, today=self._today()) if day else None,
            channel=Channel(value) if (value := chosen(self.channel)) else None,
            asked=Asked(value) if (value := chosen(self.asked)) else None,
            notice=Notice(value) if (value := chosen(self.notice)) else None,
            notice_reason=self.reason.text(),
            taken_with=self.taken_with.text(),
            checks=Checks(
                **{
                    name: Answer(chosen(combo) or Answer.NOT_ASKED)
                    for name, combo in self.checks.items()
                }
            ),
            note=self.note.text(),
        )

    @property
    def missing(self) -> list[str]:
        """What was not said yet."""
        try:
            return [one.words for one in lacking(self.said, owner=None)]
        except Problem:
            return [self.tr("a day that can be read")]

    def show_said(self, said: Received) -> None:
        """Show this, and nothing of before."""
        sender = said.sender
        for field, text in (
            (self.name, sender.name),
            (self.role, sender.role),
            (self.place, sender.organisation),
            (self.day, short_date(said.received_on) if said.received_on else ""),
            (self.reason, said.notice_reason),
            (self.taken_with, said.taken_with),
            (self.note, said.note),
        ):
            field.setText(text)
        choose(self.channel, said.channel)
        choose(self.asked, said.asked)
        choose(self.notice, said.notice)
        for name, combo in self.checks.items():
            answer: Answer = getattr(said.checks, name)
            choose(combo, None if answer is Answer.NOT_ASKED else answer)

    @property
    def typed(self) -> dict[str, str]:
        """Everything that was typed or picked, by field, for a draft."""
        return typed_in("received", self._texts, self._combos)

    def put_back(self, held: Mapping[str, str]) -> None:
        """Hold again what `typed` gave."""
        put_back_in("received", self._texts, self._combos, held)

    def _build(self) -> None:
        self.name = text_field(self.tr("Sent by: name"), self.tr("Name"))
        self.role = text_field(self.tr("Sent by: role"), self.tr("Role"))
        self.place = text_field(self.tr("Sent by: organisation"), self.tr("Organisation"))
        self.day = text_field(self.tr("Received on"), self.tr("day month year"))
        self.taken_with = text_field(
            self.tr("Device that took them, as the sender says"), self.tr("if the file is silent")
        )
        self.reason = text_field(self.tr("Which exception, and why"), self.tr("Which, and why"))
        self.note = text_field(self.tr("Note on the checks"), self.tr("Note"))
        choose_it = self.tr("Choose")
        self.channel = choice_of(
            {one.value: sentence_case(one.words) for one in Channel},
            name=self.tr("How it came"),
            placeholder=choose_it,
        )
        self.asked = choice_of(
            {one.value: sentence_case(one.value) for one in Asked},
            name=self.tr("Asked for or not"),
            placeholder=self.tr("Asked for or not"),
        )
        self.notice = choice_of(
            {one.value: sentence_case(one.words) for one in Notice},
            name=self.tr("Notice to the patient, Rule 3A"),
            placeholder=choose_it,
        )
        self.checks = {
            item.field: choice_of(
                {one.value: sentence_case(one.words) for one in _ANSWERS},
                name=f"{item.name}: {item.asks}",
                placeholder=choose_it,
            )
            for item in CHECKLIST
        }
        self._texts = {
            "name": self.name,
            "role": self.role,
            "place": self.place,
            "day": self.day,
            "taken_with": self.taken_with,
            "reason": self.reason,
            "note": self.note,
        }
        self._combos: dict[str, QComboBox] = {
            "channel": self.channel,
            "asked": self.asked,
            "notice": self.notice,
            **self.checks,
        }
        self._lay_out()

    def _lay_out(self) -> None:
        self._rows = form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Sent by"), self.name)
        form.addRow("", self.role)
        form.addRow("", self.place)
        form.addRow(self.tr("Received on"), self.day)
        form.addRow(self.tr("How it came"), self.channel)
        form.addRow("", self.asked)
        form.addRow(self.tr("Taken with"), self.taken_with)
        form.addRow(self.tr("Notice given"), self.notice)
        form.addRow("", self.reason)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(6)
        layout.addLayout(form)
        layout.addWidget(words(self.tr("Six things to check of a received image"), kind="small"))
        for item in CHECKLIST:
            label = words(f"{item.name}: {item.asks}", wrap=True)
            label.setBuddy(self.checks[item.field])
            layout.addWidget(label)
            layout.addWidget(self.checks[item.field])
        layout.addWidget(self.note)

    def _refresh(self) -> None:
        is_exception = chosen(self.notice) == Notice.EXCEPTION
        self._rows.setRowVisible(self.reason, is_exception)
        self.changed.emit()
