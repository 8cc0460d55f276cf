"""The window: rooms, keys, help, and everything forgotten at lock."""

import pytest
import shiboken6
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QPixmap, QPixmapCache
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.main_window import MainWindow
from desktop.ui.parts.background import Background
from tests.ui.made_facts import HINEMOA, PHONE, todays_items
from tests.ui.screens import CTRL, DeskScreen, press
from tests.ui.stand_ins import StandInDoor, StandInOffice, window_verbs


def test_the_rooms_have_keys(qtbot: QtBot, open_window: MainWindow) -> None:
    assert open_window.desk is not None
    assert open_window.patients is not None
    assert open_window.desk.isVisible()
    press(Qt.Key.Key_2, CTRL, on=open_window)
    assert open_window.patients.isVisible()
    assert open_window.patients.search.field.hasFocus()
    press(Qt.Key.Key_1, CTRL, on=open_window)
    assert open_window.desk.isVisible()
    press(Qt.Key.Key_K, CTRL, on=open_window)
    assert open_window.desk.filing.patient_step.search.field.hasFocus()


def test_lock_forgets_patients_pictures_and_pages(qtbot: QtBot, desk_screen: DeskScreen) -> None:
    screen, window = desk_screen, desk_screen.window
    screen.office.items[PHONE.id] = todays_items(3)
    screen.plug_in(PHONE, tiles=3)
    screen.tick(1)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    page, model = screen.page, screen.page.items.model
    QPixmapCache.insert("picture:probe", QPixmap(4, 4))
    with qtbot.waitSignal(window.office_locked):
        press(Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: not shiboken6.isValid(page) and not shiboken6.isValid(model))
    assert not QPixmapCache.find("picture:probe", QPixmap())
    assert screen.office.locked == 1
    assert not window.is_open
    assert window.unlock.isVisible()
    texts = [label.text() for label in window.findChildren(QLabel)]
    texts += [field.text() for field in window.findChildren(QLineEdit)]
    assert not any(HINEMOA.family_name.upper() in text for text in texts)


def test_the_window_opens_again_after_a_lock(
    qtbot: QtBot, open_window: MainWindow, door: StandInDoor
) -> None:
    with qtbot.waitSignal(open_window.office_locked):
        open_window.lock()
    card = open_window.unlock.open_card
    qtbot.waitUntil(card.passphrase.hasFocus)
    card.passphrase.setText(door.passphrase)
    with qtbot.waitSignal(open_window.office_opened):
        press(Qt.Key.Key_Return)
    assert open_window.is_open


def test_the_title_never_names_a_patient(desk_screen: DeskScreen) -> None:
    screen = desk_screen
    screen.window.desk.filing.focus_search()  # type: ignore[union-attr]
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    assert screen.window.windowTitle() == "Chartroom"


def test_f1_explains_the_page_and_goes_away(open_window: MainWindow) -> None:
    press(Qt.Key.Key_F1, on=open_window)
    assert open_window.help.isVisible()
    told = " ".join(label.text() for label in open_window.help.findChildren(QLabel))
    assert "Space ticks" in told
    assert "Ctrl+L" in told
    for way_in in ("appears on the left", "by its address", "“Scan…”", "“Choose a folder…”"):
        assert way_in in told
    press(Qt.Key.Key_F1, on=open_window)
    assert not open_window.help.isVisible()


def test_the_office_and_the_user_are_named(open_window: MainWindow) -> None:
    assert open_window._office.text() == "Te Awa Health Centre · Mere Parata"


def test_the_windows_place_is_remembered(
    qtbot: QtBot,
    background: Background,
    door: StandInDoor,
    office: StandInOffice,
    settings: QSettings,
) -> None:
    if QApplication.primaryScreen().availableSize().height() < 700:
        pytest.skip("the screen is lower than the window, and Qt makes windows fit")
    heights = []
    for wanted in (690, None):
        made = MainWindow(
            background=background, verbs=window_verbs(door, office), settings=settings
        )
        qtbot.addWidget(made)
        if wanted:
            made.resize(1100, wanted)
        made.show()
        heights.append(made.height())
        made.close()
    assert heights == [690, 690]
    assert settings.allKeys() == ["window/geometry"]


def test_locking_in_the_middle_of_a_listing_tells_nobody(
    qtbot: QtBot, desk_screen: DeskScreen, qapp: QApplication
) -> None:
    screen = desk_screen
    screen.office.items[PHONE.id] = todays_items(500)
    screen.office.sources.append(PHONE)
    screen.page.sources.look_now()
    with qtbot.waitSignal(screen.window.office_locked):
        screen.window.lock()
    qapp.processEvents()
    assert not screen.window.is_open
