"""In the smallest window nothing that can be pressed is cut off, in any room and list."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop.printing.printer_abilities import Abilities
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.clinical_image import MediaKind
from desktop.ui.main_window import MainWindow
from desktop.ui.parts.image_words import recording_badge
from desktop.ui.parts.tiles import face_of
from tests.ui.made_facts import HINEMOA, NOW, PHONE, clinical_image, todays_items
from tests.ui.screens import CTRL, DeskScreen, PatientsScreen, press

SMALLEST = (940, 600)


def _cut(window: MainWindow) -> Iterator[str]:
    room = QRect(QPoint(0, 0), window.size())
    found: list[QAbstractButton | QComboBox] = [
        *window.findChildren(QAbstractButton),
        *window.findChildren(QComboBox),
    ]
    for pressed in found:
        if not pressed.isVisible() or isinstance(pressed.parentWidget(), QLineEdit):
            continue
        words = pressed.currentText() if isinstance(pressed, QComboBox) else pressed.text()
        if isinstance(pressed, QPushButton | QToolButton) and (
            pressed.width() < pressed.minimumSizeHint().width()
        ):
            yield f"{words}: {pressed.width()} of {pressed.minimumSizeHint().width()} pixels"
        place = QRect(pressed.mapTo(window, QPoint(0, 0)), pressed.size())
        if place.left() < room.left() or place.right() > room.right():
            yield f"{words}: stands out of the window"


def _wait_until_whole(qtbot: QtBot, window: MainWindow) -> None:
    """Layouts settle within a round or two of events; what stays cut is named."""

    def whole() -> None:
        assert list(_cut(window)) == []

    qtbot.waitUntil(whole, timeout=5000)


@pytest.mark.parametrize("room", ["desk", "patients", "worklists", "office"])
def test_no_room_cuts_a_button_off(qtbot: QtBot, open_window: MainWindow, room: str) -> None:
    open_window.resize(*SMALLEST)
    place = ["desk", "patients", "worklists", "office"].index(room)
    press(Qt.Key(Qt.Key.Key_1 + place), CTRL, on=open_window)
    parts = 1
    if room == "worklists" and open_window.worklists is not None:
        parts = len(open_window.worklists.lists)
    if room == "office" and open_window.office is not None:
        parts = open_window.office.list.count()
    for part in range(parts):
        if room == "worklists" and open_window.worklists is not None:
            names = open_window.worklists.names
            names.setCurrentIndex(open_window.worklists.model.index(part))
        if room == "office" and open_window.office is not None:
            open_window.office.list.setCurrentRow(part)
        _wait_until_whole(qtbot, open_window)


@pytest.mark.parametrize("ticked", [0, 3])
def test_a_chart_offers_all_it_can_in_the_smallest_window(
    qtbot: QtBot, patients_screen: PatientsScreen, ticked: int
) -> None:
    screen, window = patients_screen, patients_screen.window
    window.resize(*SMALLEST)
    screen.office.charts[HINEMOA.id] = [
        clinical_image(f"IMG_{n}.JPG", at=NOW - timedelta(days=n)) for n in range(12)
    ]
    screen.open_chart("ZZZ0016")
    chart = screen.page.chart
    for row in range(ticked):
        index = chart.model.index(row)
        chart.model.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    _wait_until_whole(qtbot, window)
    menu = chart.more.menu()
    menu.aboutToShow.emit()
    offered = {action.text(): action.isEnabled() for action in menu.actions()}
    assert offered == {
        "Correct the time…": ticked > 0,
        "Copy for others…": ticked == 0,
        "Papers…": True,
        "Sheets…": True,
        "Given to others…": True,
        "Copy the note": True,
        "Consent…": True,
        "Retention and holds…": True,
    }
    with qtbot.waitSignal(chart.keeping_wanted):
        menu.actions()[-1].trigger()


@pytest.mark.requirement("R77")
def test_what_is_asked_of_the_paper_is_seen_without_scrolling(
    qtbot: QtBot, patients_screen: PatientsScreen
) -> None:
    screen, printers = patients_screen, patients_screen.office.sheets.printers
    screen.window.resize(*SMALLEST)
    printers.says["Office-Laser"] = Abilities(loaded=frozenset({Paper.LETTER}))
    screen.office.charts[HINEMOA.id] = [clinical_image("IMG_1.JPG", at=NOW)]
    screen.open_chart("ZZZ0016")
    screen.page.chart.print_button.click()
    panel = screen.page.sheet.panel
    qtbot.waitUntil(panel.anyway_button.isVisible)
    asked = (panel.notice, panel.anyway_button, screen.page.sheet.print_button)
    qtbot.waitUntil(lambda: all(one.visibleRegion().boundingRect() == one.rect() for one in asked))


@pytest.mark.requirement("R11")
@pytest.mark.parametrize(
    ("kind", "milliseconds", "words"),
    [
        (MediaKind.VIDEO, 6_020, "video · 6.0 s"),
        (MediaKind.AUDIO, 36_000, "recording · 36.0 s"),
        (MediaKind.VIDEO, 3_723_000, "video · 1 h 2 min 3 s"),
        (MediaKind.VIDEO, 120, "video · 0.1 s"),
        (MediaKind.AUDIO, None, "recording"),
    ],
)
def test_a_tile_says_that_it_is_a_recording_and_how_long(
    kind: MediaKind, milliseconds: int | None, words: str
) -> None:
    badge = recording_badge(kind, milliseconds)
    assert badge is not None
    assert badge[1] == words
    assert recording_badge(MediaKind.PHOTO, milliseconds) is None


def test_the_desk_knows_a_recording_by_its_name(qtbot: QtBot, desk_screen: DeskScreen) -> None:
    photo, film = todays_items(2)
    desk_screen.office.items[PHONE.id] = [photo, replace(film, name="IMG_0470.MOV")]
    desk_screen.plug_in(PHONE, tiles=2)
    model = desk_screen.page.items.model
    badges = [face_of(model.index(row)).badge for row in range(2)]
    assert badges == [None, ("play", "video")]
    assert "video" in str(model.index(1).data(Qt.ItemDataRole.AccessibleTextRole))
