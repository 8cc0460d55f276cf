"""How long images are kept and what holds them: from the chart and from the worklist."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.records.facts.retention import HoldKind
from desktop.ui.parts.keeping_page import KeepingPage
from tests.ui.made_facts import HINEMOA, clinical_image
from tests.ui.made_retention import hold
from tests.ui.screens import PatientsScreen, press, type_in
from tests.ui.stand_ins import WrongWord


@pytest.fixture
def page(qtbot: QtBot, patients_screen: PatientsScreen) -> KeepingPage:
    """The page on Hinemoa's images, opened from her chart, where its button has folded."""
    screen = patients_screen
    names = ("IMG_1.JPG", "IMG_2.JPG")
    screen.office.charts[HINEMOA.id] = [clinical_image(name) for name in names]
    screen.open_chart("hinemoa")
    made = screen.page.keeping
    menu = screen.page.chart.more.menu()
    menu.aboutToShow.emit()
    with qtbot.waitSignal(made.loaded):
        menu.actions()[-1].trigger()
    assert made.kind.hasFocus()
    return made


def rows(page: KeepingPage) -> list[str]:
    return [page.holds.item(row).text() for row in range(page.holds.count())]


@pytest.mark.requirement("R109")
def test_a_hold_is_placed_from_the_chart_and_the_chart_says_so(
    qtbot: QtBot, patients_screen: PatientsScreen, page: KeepingPage
) -> None:
    chart = patients_screen.page.chart
    assert not chart.held.text
    assert page.none.isVisible()
    type_in("court")
    press(Qt.Key.Key_Tab)
    assert page.reason.hasFocus()
    type_in("subpoena of 3 November")
    with qtbot.waitSignal(page.loaded):
        press(Qt.Key.Key_Return)
    (placed,) = patients_screen.office.retention.placed
    assert (placed.kind, placed.image) == (HoldKind.COURT, None)
    assert "subpoena of 3 November" in rows(page)[0]
    assert "until it is lifted" in page.notice.text
    press(Qt.Key.Key_Escape)
    assert chart.isVisible()
    qtbot.waitUntil(lambda: "Held (court or legal proceedings)" in chart.held.text)


@pytest.mark.requirement("R109")
def test_one_image_alone_can_be_held(qtbot: QtBot, patients_screen: PatientsScreen) -> None:
    screen = patients_screen
    screen.office.charts[HINEMOA.id] = [clinical_image("IMG_1.JPG"), clinical_image("IMG_2.JPG")]
    screen.open_chart("hinemoa")
    press(Qt.Key.Key_Space, on=screen.page.chart.grid)
    (ticked,) = screen.page.chart.model.ticked
    page = screen.page.keeping
    with qtbot.waitSignal(page.loaded):
        screen.page.chart.keeping_button.click()
    assert page.scope.currentText() == f"Only this one: {ticked.arrival.file_name}"
    page.reason.setFocus()
    type_in("HDC 7")
    with qtbot.waitSignal(page.loaded):
        press(Qt.Key.Key_Return)
    assert screen.office.retention.placed[0].image == ticked.id
    assert "One image alone." in rows(page)[0]


@pytest.mark.requirement("R109")
def test_a_hold_is_lifted_with_a_reason_and_stays_on_record(
    qtbot: QtBot, patients_screen: PatientsScreen, page: KeepingPage
) -> None:
    retention = patients_screen.office.retention
    retention.placed = [hold(HINEMOA, "HDC 7")]
    with qtbot.waitSignal(page.loaded):
        page.open_for(HINEMOA)
    retention.problem = WrongWord()
    page.why.setFocus()
    type_in("closed")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Caps Lock" in page.notice.text)
    assert page.why.text() == "closed"
    retention.problem = None
    with qtbot.waitSignal(page.loaded):
        press(Qt.Key.Key_Return)
    assert rows(page)[0].startswith("No longer held (complaint): HDC 7")
    assert "by Tom Reed: closed" in rows(page)[0]
    assert not page.lift_button.isEnabled()


@pytest.mark.requirement("R109")
def test_a_hold_without_a_reason_is_refused_in_words(qtbot: QtBot, page: KeepingPage) -> None:
    page.place_button.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Write down which complaint" in page.notice.text)


@pytest.mark.requirement("R105")
def test_a_later_service_and_a_longer_schedule_keep_longer(
    qtbot: QtBot, patients_screen: PatientsScreen, page: KeepingPage
) -> None:
    assert page.kept.text().startswith("Kept until 14 Mar 2026")
    page.service.setFocus()
    type_in("yesterday")
    press(Qt.Key.Key_Return)
    assert "yesterday" in page.notice.text
    page.service.clear()
    type_in("3/2/2020")
    with qtbot.waitSignal(page.loaded):
        press(Qt.Key.Key_Return)
    assert patients_screen.office.retention.services == [date(2020, 2, 3)]
    assert page.kept.text().startswith("Kept until 03 Feb 2030")
    page.years.setValue(15)
    page.years_button.setFocus()
    with qtbot.waitSignal(page.loaded):
        press(Qt.Key.Key_Return)
    assert page.kept.text().startswith("Kept until 03 Feb 2035")
    chart = patients_screen.page.chart
    qtbot.waitUntil(lambda: "Kept until 03 Feb 2035" in chart._note.text())
