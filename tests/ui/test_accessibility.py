"""Everything that can be reached has a name, in every page and state."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGraphicsView,
    QLineEdit,
    QProgressBar,
    QScrollArea,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui.main_window import MainWindow
from tests.ui.made_facts import PHONE, todays_items
from tests.ui.screens import CTRL, DeskScreen, press

NAMED = (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGraphicsView,
    QLineEdit,
    QProgressBar,
    QScrollArea,
)
OF_QT = {"qt_toolbar_ext_button", "qt_scrollarea_viewport", "qt_spinbox_lineedit"}


def _nameless(root: QWidget) -> Iterator[str]:
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, NAMED) or widget.objectName() in OF_QT:
            continue
        if _is_inside(widget, QComboBox) or _is_clear_button(widget):
            continue
        face = QAccessible.queryAccessibleInterface(widget)
        if not face.text(QAccessible.Text.Name):
            place = type(widget.parent()).__name__
            yield f"{type(widget).__name__} {widget.objectName()} in {place}"


def _is_inside(widget: QWidget, kind: type[QWidget]) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, kind) or type(parent).__name__ == "QComboBoxPrivateContainer":
            return True
        parent = parent.parentWidget()
    return False


def _is_clear_button(widget: QWidget) -> bool:
    """Qt's own button inside a line edit; it has no keyboard focus and Escape does its work."""
    return isinstance(widget.parentWidget(), QLineEdit) or _is_corner(widget)


def _is_corner(widget: QWidget) -> bool:
    return (
        type(widget).__name__ == "QTableCornerButton"
        or (isinstance(widget, QAbstractItemView) and "Header" in type(widget).__name__)
        or isinstance(widget.parentWidget(), QTableView)
    )


def test_every_button_view_and_field_has_a_name(qtbot: QtBot, open_window: MainWindow) -> None:
    press(Qt.Key.Key_F1, on=open_window)
    assert list(_nameless(open_window)) == []


def test_tab_reaches_every_field_of_the_filing(qtbot: QtBot, desk_screen: DeskScreen) -> None:
    screen = desk_screen
    screen.office.items[PHONE.id] = todays_items(1)
    screen.plug_in(PHONE, tiles=1)
    screen.tick(1)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    form = screen.facts.form
    wanted = [form.name, form.role, form.owner, form.consent, form.reference, form.site]
    reached: list[QWidget] = []
    for _ in range(17):
        press(Qt.Key.Key_Tab)
        focus = screen.window.focusWidget()
        assert focus is not None
        reached.append(focus)
    assert [widget for widget in reached if widget in wanted] == wanted
    assert screen.facts.file_button in reached


def test_what_a_screen_reader_hears_of_a_tile(desk_screen: DeskScreen) -> None:
    screen = desk_screen
    screen.office.items[PHONE.id] = todays_items(2)
    screen.plug_in(PHONE, tiles=2)
    spoken = screen.page.items.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert str(spoken).startswith("IMG_0001.JPG, ")
    press(Qt.Key.Key_1, CTRL, on=screen.window)
    assert screen.grid.accessibleName() == "Images on the device"
