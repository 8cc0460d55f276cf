"""A new passphrase, typed twice, with a word on its strength."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.parts.pieces import restyle, words
from desktop.ui.unlock.passphrase import is_accepted, strength


class PassphraseFields(QWidget):
    """Two fields that must agree. `entered` tells that Enter was pressed in one of them."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.first = QLineEdit()
        self.again = QLineEdit()
        self._hint = words("", kind="small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(_label(self.tr("Passphrase"), self.first))
        column.addWidget(self.first)
        column.addWidget(self._hint)
        column.addWidget(_label(self.tr("The same again"), self.again))
        column.addWidget(self.again)
        for field in (self.first, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.textChanged.connect(self._judge)
            field.returnPressed.connect(self.entered)
        self._judge()

    @property
    def hint(self) -> str:
        """What is said of the passphrase."""
        return self._hint.text()

    def complaint(self) -> str:
        """Why these two cannot be used, or nothing."""
        if not is_accepted(self.first.text()):
            return strength(self.first.text())[1]
        if self.first.text() != self.again.text():
            return self.tr("The two passphrases differ. Type both again.")
        return ""

    def clear(self) -> None:
        """Forget both."""
        self.first.clear()
        self.again.clear()

    def _judge(self) -> None:
        tone, sentence = strength(self.first.text())
        self._hint.setProperty("tone", "" if tone == "plain" else tone)
        self._hint.setText(sentence)
        restyle(self._hint)


def _label(text: str, field: QLineEdit) -> QLabel:
    label = words(text)
    label.setBuddy(field)
    return label
