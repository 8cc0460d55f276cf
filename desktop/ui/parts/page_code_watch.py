"""Hears the code of a page wherever it is scanned: a scanner types it fast, and ends with Enter."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from desktop.records.facts.sheet import PREFIXES, read_page_code

_LENGTH = 14
_GAP_MS = 120  # a scanner sends a key every 1 to 50 ms; whoever types a code has a field for it
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_FIRST = frozenset(prefix[0] for prefix in PREFIXES)
_TAKES_CODES = "takesCodes"
_WORDS_GO_IN = (QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox, QAbstractItemView)
_PutBack = Callable[[], object]


def takes_codes(field: QLineEdit) -> None:
    """What is scanned into this field is the field's own."""
    field.setProperty(_TAKES_CODES, True)


class PageCodeWatch(QObject):
    """Install it as an event filter of the application. `code_scanned` carries the code.

    Only what begins as the number of a paper does (RS, CF), is as long as a code, and whose check
    digits fit is one. A field or a choice that had the keyboard gets back what stood in it; where
    words go nowhere no key after those two gets through, for single keys lay masks and turn
    pictures there.
    """

    code_scanned = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last = 0
        self._keys: list[tuple[str, _PutBack]] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Gather the keys of a scanner, in the widget that gets them first."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        holder = QApplication.focusWidget()
        if watched is not (holder or watched) or not isinstance(watched, QWidget):
            return False
        if QApplication.activeModalWidget() is not None or watched.property(_TAKES_CODES):
            self._keys.clear()
            return False
        return self._heard(watched, event)

    def _heard(self, watched: QWidget, event: QKeyEvent) -> bool:
        typed, now = event.text().upper(), event.timestamp()
        if not typed:  # Shift on its own, as scanners send it before a capital
            return False
        if now - self._last > _GAP_MS:
            self._keys.clear()
        self._last = now
        if event.key() in _ENTER:
            return self._ended()
        put_back: _PutBack = _memory_of(watched) if typed in _FIRST else _nothing
        self._keys = [*self._keys[1 - _LENGTH :], (typed, put_back)]
        return not isinstance(watched, _WORDS_GO_IN) and self._has_begun

    @property
    def _has_begun(self) -> bool:
        before = self._typed[:-1]
        return any(prefix in before for prefix in PREFIXES)

    @property
    def _typed(self) -> str:
        return "".join(key for key, _ in self._keys)

    def _ended(self) -> bool:
        code, keys, self._keys = self._typed, self._keys, []
        if len(code) != _LENGTH or read_page_code(code) is None:
            return False
        put_back = keys[0][1]
        put_back()
        self.code_scanned.emit(code)
        return True


def _memory_of(widget: QWidget) -> _PutBack:
    """What puts back how this field or choice stands now."""
    field = widget.lineEdit() if isinstance(widget, QAbstractSpinBox) else widget
    if isinstance(field, QLineEdit):
        return partial(field.setText, field.text())
    if isinstance(field, QPlainTextEdit):
        return partial(field.setPlainText, field.toPlainText())
    if isinstance(field, QComboBox):
        return partial(field.setCurrentIndex, field.currentIndex())
    return _nothing


def _nothing() -> None:
    """Nothing stood there."""
