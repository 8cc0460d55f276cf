"""The phone check on screen: one question at a time, answered by one key; never in the way."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from desktop.records.facts.devices import Answer, Answers
from desktop.records.rules.phone_check import QUESTIONS
from desktop.ui.parts.pieces import button, on_click, words

_KEYS = {"y": Answer.YES, "n": Answer.NO, "?": Answer.NOT_SURE}


class PhoneCheckPanel(QFrame):
    """`answered` carries Answers once every question is; `put_off` tells that it is for later.

    Keys while it has the keyboard: Y, N and ? answer, Escape puts it off, Backspace goes back.
    """

    answered = Signal(object)
    put_off = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._given: list[Answer] = []
        self._who = ""
        self._build()
        self.hide()

    @property
    def text(self) -> str:
        """What it asks now; empty while hidden."""
        return "" if self.isHidden() else self._asks.text()

    def ask(self, *, of: str, who: str) -> None:
        """Begin with the first question about this device; `who` answers."""
        self._given, self._who = [], who
        self._heading.setText(self.tr("Phone check · {}").format(of))
        self._show()
        self.show()

    def answer(self, given: Answer) -> None:
        """Take an answer and go on to the next question."""
        self._given.append(given)
        if len(self._given) < len(QUESTIONS):
            self._show()
            return
        fields = (question.field for question in QUESTIONS)
        self.hide()
        self.answered.emit(
            Answers(answered_by=self._who, **dict(zip(fields, self._given, strict=True)))
        )

    def put_it_off(self) -> None:
        """Not now; it is offered again the next time."""
        self.hide()
        self.put_off.emit()

    def event(self, event: QEvent) -> bool:
        """Escape is the panel's while it has the keyboard, not the page's."""
        is_override = event.type() is QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by a key."""
        given = _KEYS.get(event.text().lower())
        if given is not None:
            self.answer(given)
        elif event.key() == Qt.Key.Key_Escape:
            self.put_it_off()
        elif event.key() == Qt.Key.Key_Backspace and self._given:
            self._given.pop()
            self._show()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self._heading = words("", kind="small", wrap=True)
        self._asks = words("", wrap=True)
        self.yes_button = button(self.tr("Yes (Y)"))
        self.no_button = button(self.tr("No (N)"))
        self.not_sure_button = button(self.tr("Not sure (?)"))
        self.later_button = button(self.tr("Later (Esc)"), kind="link")
        grid = QGridLayout()
        grid.setSpacing(6)
        given = (Answer.YES, Answer.NO, Answer.NOT_SURE)
        buttons = (self.yes_button, self.no_button, self.not_sure_button)
        for place, (answer, made) in enumerate(zip(given, buttons, strict=True)):
            on_click(made, partial(self.answer, answer))
            grid.addWidget(made, place // 2, place % 2)
        on_click(self.later_button, self.put_it_off)
        grid.addWidget(self.later_button, 1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(6)
        layout.addWidget(self._heading)
        layout.addWidget(self._asks)
        layout.addLayout(grid)
        self.setFocusProxy(self.yes_button)

    def _show(self) -> None:
        place = len(self._given)
        asks = self.tr("{} of {}  {}").format(place + 1, len(QUESTIONS), QUESTIONS[place].asks)
        self._asks.setText(asks)
        self.setAccessibleName(asks)
