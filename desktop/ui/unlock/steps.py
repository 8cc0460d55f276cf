"""The cards of the door: open, create, keep the recovery sheet, come back with the recovery key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.parts.icons import put_picture
from desktop.ui.parts.pieces import Notice, button, on_click, words
from desktop.ui.unlock.passphrase_fields import PassphraseFields

if TYPE_CHECKING:
    from desktop.printing.record_sheet_model import Paper
    from desktop.ui.parts.print_panel import PrintPanel

_WIDTH = 440


class Card(QFrame):
    """A card in the middle of the page: title, sentence, fields, notice, one primary button.

    `first` is where the keyboard is when it is shown."""

    submitted = Signal()
    first: QWidget

    def __init__(self, icon: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFixedWidth(_WIDTH)
        picture = QLabel()
        put_picture(picture, icon, colour="accent", size=32)
        self._title = words("", kind="title", wrap=True)
        self._sentence = words("", kind="quiet", wrap=True)
        self.fields = QVBoxLayout()
        self.fields.setSpacing(10)
        self.notice = Notice()
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(self.tr("Working"))
        self.busy.hide()
        self.action = button("", kind="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 28, 32, 28)
        layout.setSpacing(14)
        layout.addWidget(picture)
        layout.addWidget(self._title)
        layout.addWidget(self._sentence)
        layout.addLayout(self.fields)
        layout.addWidget(self.notice)
        layout.addWidget(self.busy)
        layout.addWidget(self.action)
        self._column = layout
        on_click(self.action, self.submit)

    def say(self, *, title: str, sentence: str, action: str) -> None:
        """The words of the card."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self.action.setText(action)

    def submit(self) -> None:
        """Do what the primary button does."""
        if self.action.isEnabled():
            self.submitted.emit()

    def add_below(self, widget: QWidget) -> None:
        """A quieter way on, below the primary button."""
        self._column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)

    def set_busy(self, *, on: bool) -> None:
        """While the key is derived nothing can be pressed twice."""
        self.busy.setVisible(on)
        self.action.setEnabled(not on)
        if on:
            self.notice.clear()

    def forget(self) -> None:
        """Leave nothing behind that was typed in secret, nor what was said about it."""
        self.set_busy(on=False)
        self.notice.clear()


class OpenCard(Card):
    """Who you are and your passphrase."""

    recovery_asked = Signal()

    def __init__(self) -> None:
        super().__init__("lock")
        self.say(
            title=self.tr("Locked"),
            sentence=self.tr("Say who you are to open the records office."),
            action=self.tr("Unlock"),
        )
        self.users = QComboBox()
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        form = _form()
        form.addRow(self.tr("Your name"), self.users)
        form.addRow(self.tr("Passphrase"), self.passphrase)
        self.fields.addLayout(form)
        self.recovery = button(self.tr("Use the recovery key"), kind="link")
        self.add_below(self.recovery)
        self.passphrase.returnPressed.connect(self.submit)
        on_click(self.recovery, self.recovery_asked.emit)
        self.first = self.passphrase

    def forget(self) -> None:
        """See `Card`."""
        super().forget()
        self.passphrase.clear()

    def offer(self, users: Sequence[str]) -> None:
        """Name who can unlock; whoever was chosen stays chosen."""
        chosen = self.users.currentText()
        self.users.clear()
        self.users.addItems(list(users))
        self.users.setCurrentIndex(max(self.users.findText(chosen), 0) if users else -1)


class CreateCard(Card):
    """A new office in three decisions: organisation, name, passphrase."""

    def __init__(self) -> None:
        super().__init__("id-card")
        self.say(
            title=self.tr("Set up your records office"),
            sentence=self.tr(
                "Everything is kept encrypted on this computer. Nothing is sent anywhere."
            ),
            action=self.tr("Create the office"),
        )
        self.organisation, self.person = QLineEdit(), QLineEdit()
        self.passphrase = PassphraseFields()
        form = _form()
        form.addRow(self.tr("Organisation"), self.organisation)
        form.addRow(self.tr("Your name"), self.person)
        self.fields.addLayout(form)
        self.fields.addWidget(self.passphrase)
        for field in (self.organisation, self.person):
            field.returnPressed.connect(self.submit)
        self.passphrase.entered.connect(self.submit)
        self.first = self.organisation

    def forget(self) -> None:
        """See `Card`."""
        super().forget()
        self.passphrase.clear()

    def complaint(self) -> str:
        """What is still missing, or nothing."""
        if not self.organisation.text().strip():
            return self.tr("Type the organisation's name. It is printed on every sheet.")
        if not self.person.text().strip():
            return self.tr("Type your name. It stands beside what you file.")
        return self.passphrase.complaint()


class KeepCard(Card):
    """The recovery sheet: printed, saved, or postponed in so many words."""

    save_asked = Signal()
    print_asked = Signal()
    postponed = Signal()

    def __init__(self) -> None:
        super().__init__("key-round")
        self.say(
            title=self.tr("Keep the recovery sheet"),
            sentence=self.tr(
                "If the passphrase is forgotten, only this sheet opens the office again. Keep it "
                "on paper in a locked place, apart from this computer."
            ),
            action=self.tr("Open the office"),
        )
        self.panel: PrintPanel | None = None
        self._papers: tuple[Paper, ...] = ()
        self.paper = QComboBox()
        self.print_button = button(self.tr("Print"), icon="printer")
        self.save_button = button(self.tr("Save as PDF…"), icon="download")
        self.later = button(self.tr("Do it later, at my own risk"), kind="link")
        form = _form()
        form.addRow(self.tr("Paper"), self.paper)
        self.fields.addLayout(form)
        row = QHBoxLayout()
        row.addWidget(self.print_button, 1)
        row.addWidget(self.save_button, 1)
        self.fields.addLayout(row)
        self.add_below(self.later)
        on_click(self.print_button, self.print_asked.emit)
        on_click(self.save_button, self.save_asked.emit)
        on_click(self.later, self.postponed.emit)
        self.set_kept(kept=False)
        self.first = self.print_button

    def offer(self, panel: PrintPanel, papers: Sequence[Paper]) -> None:
        """The papers it can stand on, and where and how it prints."""
        self.panel, self._papers = panel, tuple(papers)
        for paper in papers:
            self.paper.addItem(paper.value)
        self.fields.insertWidget(1, panel)
        self.fields.insertWidget(2, panel.question)
        panel.changed.connect(self._may_print)
        self.paper.currentIndexChanged.connect(lambda _row: panel.show_paper(self.paper_now))
        self._may_print()

    @property
    def paper_now(self) -> Paper:
        """The paper that is chosen."""
        return self._papers[self.paper.currentIndex()]

    def _may_print(self) -> None:
        could = self.print_button.isEnabled()
        self.print_button.setEnabled(self.panel is not None and self.panel.options is not None)
        if self.print_button.isEnabled() and not could and self.save_button.hasFocus():
            self.print_button.setFocus()  # the printer answered: paper comes before a file

    def set_kept(self, *, kept: bool) -> None:
        """The way on opens once the sheet is on paper or in a file."""
        self.action.setEnabled(kept)
        self.later.setVisible(not kept)


class RecoverCard(Card):
    """Back in with the printed recovery key, and a new passphrase."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__("key-round")
        self.say(
            title=self.tr("Use the recovery key"),
            sentence=self.tr(
                "Type the key from the printed sheet, or scan its code, and choose a new "
                "passphrase."
            ),
            action=self.tr("Open with the recovery key"),
        )
        self.key = QLineEdit()
        self.key.setPlaceholderText(self.tr("as printed; spaces and dashes do not matter"))
        self.users = QComboBox()
        self.passphrase = PassphraseFields()
        form = _form()
        form.addRow(self.tr("Recovery key"), self.key)
        form.addRow(self.tr("Your name"), self.users)
        self.fields.addLayout(form)
        self.fields.addWidget(self.passphrase)
        self.back = button(self.tr("Back"), kind="link")
        self.add_below(self.back)
        self.key.returnPressed.connect(self.submit)
        self.passphrase.entered.connect(self.submit)
        on_click(self.back, self.left.emit)
        self.first = self.key

    def forget(self) -> None:
        """See `Card`."""
        super().forget()
        self.key.clear()
        self.passphrase.clear()

    def offer(self, users: Sequence[str]) -> None:
        """Name whose passphrase can be set anew."""
        self.users.clear()
        self.users.addItems(list(users))

    def complaint(self) -> str:
        """What is still missing, or nothing."""
        if not self.key.text().strip():
            return self.tr("Type the recovery key from the printed sheet.")
        return self.passphrase.complaint()


class RenewCard(Card):
    """The passphrase was right, but somebody else chose it: one's own is needed."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__("key-round")
        self.ask(self.tr("Somebody"))
        self.passphrase = PassphraseFields()
        self.fields.addWidget(self.passphrase)
        self.back = button(self.tr("Back"), kind="link")
        self.add_below(self.back)
        self.passphrase.entered.connect(self.submit)
        on_click(self.back, self.left.emit)
        self.first = self.passphrase.first

    def forget(self) -> None:
        """See `Card`."""
        super().forget()
        self.passphrase.clear()

    def ask(self, user: str) -> None:
        """Say whose passphrase it is that has to be replaced."""
        self.say(
            title=self.tr("Choose your own passphrase"),
            sentence=self.tr(
                "{}, the passphrase you typed was chosen for you. From now on only yours opens "
                "the office."
            ).format(user),
            action=self.tr("Open with my own passphrase"),
        )

    def complaint(self) -> str:
        """What is still missing, or nothing."""
        return self.passphrase.complaint()


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setSpacing(6)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
    return form
