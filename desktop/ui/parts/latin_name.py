"""A patient's name in Latin letters, asked for where no font can draw the one on record."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.printing.problems import UnprintableText
from desktop.ui.parts.pieces import Notice, button, on_click, words

FIELD = "latin_name"
_MOST = 120


class LatinName(QWidget):
    """Hidden until a name could not be drawn. `given` carries what was typed, `SURNAME, Given`."""

    given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setMaxLength(_MOST)
        self.field.setPlaceholderText(self.tr("SURNAME, Given"))
        self.go_button = button(self.tr("Go on with this name"), icon="check")
        form = QFormLayout()
        form.setSpacing(6)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("Name in Latin letters"), self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addWidget(
            words(
                self.tr("As it stands on their label. The paper says that the other is on screen."),
                kind="small",
                wrap=True,
            )
        )
        column.addWidget(self.go_button)
        on_click(self.go_button, self._give)
        self.field.returnPressed.connect(self._give)
        self.hide()

    def tell(self, problem: Exception, notice: Notice) -> None:
        """Say what went wrong; ask for the name where the problem is that one cannot be drawn."""
        if not (isinstance(problem, UnprintableText) and problem.is_of_patient):
            notice.problem(problem)
            return
        said = self.tr("{} holds characters that cannot be printed: {}. Nothing was printed.")
        notice.say(said.format(problem.what, problem.characters), tone="problem")
        self.show()
        self.field.setFocus()

    def clear(self) -> None:
        """Forget the name and ask for none."""
        self.field.clear()
        self.hide()

    def _give(self) -> None:
        if name := self.field.text().strip():
            self.given.emit(name)
        else:
            self.field.setFocus()


def named(written: tuple[tuple[str, str], ...], name: str) -> tuple[tuple[str, str], ...]:
    """What is written into a paper beforehand, with this name in Latin letters."""
    others = tuple((field, text) for field, text in written if field != FIELD)
    return (*others, (FIELD, name))
