"""For tests with a window: lanes that are closed again, a dressed application, nothing left."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui import theme
from desktop.ui.main_window import MainWindow
from desktop.ui.parts.background import Background
from desktop.ui.parts.pictures import forget_pictures
from tests.ui.screens import DeskScreen, DoorScreen, PatientsScreen, WorklistsScreen
from tests.ui.stand_ins import StandInDoor, StandInOffice, window_verbs


@pytest.fixture(scope="session", autouse=True)
def _dressed(qapp: QApplication) -> None:
    theme.wear(qapp, scheme="light")


@pytest.fixture(autouse=True)
def _nothing_left(qapp: QApplication) -> Iterator[None]:
    """After a test no window is on screen and no picture is kept."""
    yield
    qapp.processEvents()
    forget_pictures()
    left = [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]
    assert not left


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


@pytest.fixture
def office() -> StandInOffice:
    return StandInOffice()


@pytest.fixture
def door() -> StandInDoor:
    return StandInDoor()


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def window(
    qtbot: QtBot,
    background: Background,
    door: StandInDoor,
    office: StandInOffice,
    settings: QSettings,
) -> MainWindow:
    made = MainWindow(background=background, verbs=window_verbs(door, office), settings=settings)
    _show(qtbot, made)
    return made


@pytest.fixture
def door_screen(qtbot: QtBot, window: MainWindow, door: StandInDoor) -> DoorScreen:
    return DoorScreen(qtbot, window, door)


@pytest.fixture
def open_window(qtbot: QtBot, door_screen: DoorScreen, window: MainWindow) -> MainWindow:
    door_screen.start()
    with qtbot.waitSignal(window.office_opened):
        door_screen.unlock("four plain words here")
    return window


@pytest.fixture
def desk_screen(qtbot: QtBot, open_window: MainWindow, office: StandInOffice) -> DeskScreen:
    return DeskScreen(qtbot, open_window, office)


@pytest.fixture
def patients_screen(qtbot: QtBot, open_window: MainWindow, office: StandInOffice) -> PatientsScreen:
    return PatientsScreen(qtbot, open_window, office)


@pytest.fixture
def worklists(qtbot: QtBot, open_window: MainWindow, office: StandInOffice) -> WorklistsScreen:
    return WorklistsScreen(qtbot, open_window, office)


def _show(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
