"""Hears the code of a page wherever it is scanned: a scanner types it fast, and ends with Enter."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QWidget

from desktop.records.facts.sheet import read_page_code

_LENGTH = 14
_GAP_MS = 120  # a scanner sends a key every 1 to 50 ms; whoever types a code has a field for it
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_TAKES_CODES = "takesCodes"
_Text = QLineEdit | QPlainTextEdit


def takes_codes(field: QLineEdit) -> None:
    """What is scanned into this field is the field's own."""
    field.setProperty(_TAKES_CODES, True)


class PageCodeWatch(QObject):
    """Install it as an event filter of the application. `code_scanned` carries the code.

    Only what begins with RS, is as long as a code, and whose check digits fit is one. A text field
    that had the keyboard gets back what stood in it; elsewhere no key after RS gets through, for
    single keys lay masks and turn pictures there.
    """

    code_scanned = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._typed = ""
        self._last = 0
        self._field: _Text | None = None
        self._stood = ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Gather the keys of a scanner, in the widget that gets them first."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        holder = QApplication.focusWidget()
        if watched is not (holder or watched) or not isinstance(watched, QWidget):
            return False
        if QApplication.activeModalWidget() is not None or watched.property(_TAKES_CODES):
            self._typed = ""
            return False
        return self._heard(watched, event)

    def _heard(self, watched: QWidget, event: QKeyEvent) -> bool:
        typed, now = event.text().upper(), event.timestamp()
        if not typed:  # Shift on its own, as scanners send it before a capital
            return False
        if now - self._last > _GAP_MS:
            self._typed = ""
        self._last = now
        if event.key() in _ENTER:
            return self._ended()
        if not self._typed:
            self._field = _text_of(watched)
            self._stood = _words_in(self._field)
        self._typed += typed
        if not "RS".startswith(self._typed[:2]) or len(self._typed) > _LENGTH:
            self._typed = ""
            return False
        return len(self._typed) > 2 and self._field is None

    def _ended(self) -> bool:
        code, self._typed = self._typed, ""
        if len(code) != _LENGTH or read_page_code(code) is None:
            return False
        if isinstance(self._field, QLineEdit):
            self._field.setText(self._stood)
        elif self._field is not None:
            self._field.setPlainText(self._stood)
        self._field, self._stood = None, ""
        self.code_scanned.emit(code)
        return True


def _text_of(widget: QWidget) -> _Text | None:
    if isinstance(widget, QAbstractSpinBox):
        return widget.lineEdit()
    return widget if isinstance(widget, QLineEdit | QPlainTextEdit) else None


def _words_in(field: _Text | None) -> str:
    if field is None:
        return ""
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()
