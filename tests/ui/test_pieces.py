"""Small pieces keep the room that their words need, and no more."""

import pytest
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.parts.pieces import Notice, button, words
from desktop.ui.parts.tables import RowsTable


def test_a_notice_that_says_less_gets_lower(qtbot: QtBot) -> None:
    page, notice = QWidget(), Notice()
    column = QVBoxLayout(page)
    column.addWidget(notice)
    column.addStretch(1)
    qtbot.addWidget(page)
    page.resize(300, 600)
    page.show()
    notice.say("word " * 5)
    qtbot.waitUntil(lambda: 0 < notice.height() < 100)
    low = notice.height()
    notice.say("word " * 80)
    qtbot.waitUntil(lambda: notice.height() > 2 * low)
    notice.say("word " * 5)
    qtbot.waitUntil(lambda: notice.height() == low)


def test_wrapped_words_that_get_wide_get_lower(qtbot: QtBot) -> None:
    label = words("word " * 40, wrap=True)
    qtbot.addWidget(label)
    label.resize(100, 30)
    label.show()
    qtbot.waitUntil(lambda: label.minimumHeight() > 200)
    label.resize(900, 30)
    qtbot.waitUntil(lambda: label.minimumHeight() < 80)


@pytest.mark.parametrize("text", ["As it fits", "Both sides", "Colour"])
def test_the_bold_words_of_a_chosen_segment_have_room(qtbot: QtBot, text: str) -> None:
    segment, bold = button(text, kind="segment"), QLabel(text)
    bold.setStyleSheet("font-weight: 600")
    for one in (segment, bold):
        qtbot.addWidget(one)
        one.ensurePolished()
    padding_and_border = 2 * (12 + 1)
    assert segment.sizeHint().width() >= bold.sizeHint().width() + padding_and_border


def test_no_column_is_narrower_than_its_heading(qtbot: QtBot) -> None:
    model = QStandardItemModel(0, 4)
    headings = ["Patient", "How long it waits", "Copy", "State"]
    model.setHorizontalHeaderLabels(headings)
    table = RowsTable(shares=(85, 5, 5, 5))
    qtbot.addWidget(table)
    table.show_model(model, "Copies")
    table.show()
    table.resize(600, 300)
    header = table.horizontalHeader()
    for column in range(4):
        assert table.columnWidth(column) >= header.sectionSizeHint(column)
    assert sum(table.columnWidth(column) for column in range(4)) <= table.viewport().width()
