"""A chart by keyboard alone: over its images and sheets, and back to where one was."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.patients.patients_page import PatientsPage
from tests.ui.made_facts import HINEMOA, clinical_image
from tests.ui.made_sheets import sheet_line
from tests.ui.screens import CTRL, PatientsScreen, press


@pytest.fixture(params=[1400, 940], ids=["wide", "folded"])
def full_chart(patients_screen: PatientsScreen, request: pytest.FixtureRequest) -> PatientsPage:
    """Nine images and two copies of a sheet; in a small window the buttons are in a menu."""
    patients_screen.window.resize(request.param, 640)
    patients_screen.office.charts[HINEMOA.id] = [
        clinical_image(f"IMG_{n}.JPG", owner=HINEMOA) for n in range(9)
    ]
    for copy in (1, 2):
        patients_screen.office.sheets.register(HINEMOA, sheet_line(HINEMOA, copy=copy))
    patients_screen.open_chart("ZZZ0016")
    return patients_screen.page


@pytest.mark.requirement("R115")
def test_the_images_of_a_chart_are_gone_over_by_keyboard(
    qtbot: QtBot, full_chart: PatientsPage
) -> None:
    chart = full_chart.chart
    qtbot.waitUntil(lambda: chart.grid.currentIndex().row() == 0)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
        press(key)
    ticked = chart.model.ticked
    assert len(ticked) == 2
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(chart.large.stage.hasFocus)
    for _ in range(4):
        press(Qt.Key.Key_PageDown)
    press(Qt.Key.Key_Escape)
    assert chart.grid.hasFocus()
    assert chart.grid.currentIndex().row() == 4  # where the person was
    assert chart.model.ticked == ticked
    press(Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(full_chart.sheet.print_button.hasFocus)
    assert "2 images on" in full_chart.sheet.summary
    press(Qt.Key.Key_Escape)
    assert chart.grid.hasFocus()


@pytest.mark.requirement("R79", "R115")
def test_the_sheets_of_a_chart_are_gone_over_by_keyboard(
    qtbot: QtBot, full_chart: PatientsPage
) -> None:
    chart, sheets = full_chart.chart, full_chart.sheets
    qtbot.waitUntil(chart.grid.hasFocus)
    with qtbot.waitSignal(sheets.loaded):
        press(Qt.Key.Key_F7)
    press(Qt.Key.Key_Down)
    assert sheets.chosen is not None
    assert sheets.chosen.sheet.copy == 2
    press(Qt.Key.Key_Return)
    assert sheets.steps.hold_button.hasFocus()
    press(Qt.Key.Key_Escape)
    back = chart.sheets_button if chart.sheets_button.isVisible() else chart.grid
    assert back.hasFocus()
