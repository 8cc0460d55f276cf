"""A capture time is corrected in the chart, by keyboard, with a reason (R68)."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.records.facts.time_problems import TimeReasonMissing
from desktop.ui.parts.background import Background
from desktop.ui.patients.time_page import TimePage
from desktop.ui.patients.verbs import TimesCorrected, TimeWanted
from tests.ui.made_facts import HINEMOA, clinical_image
from tests.ui.screens import PatientsScreen, press, type_in

pytestmark = pytest.mark.requirement("R68")


@pytest.fixture
def asked() -> list[TimeWanted]:
    return []


@pytest.fixture
def page(qtbot: QtBot, background: Background, asked: list[TimeWanted]) -> TimePage:
    def correct(wanted: TimeWanted) -> TimesCorrected:
        asked.append(wanted)
        if not wanted.why:
            raise TimeReasonMissing
        return TimesCorrected(corrected=1, left_alone=1, print_again=("RS-1",))

    made = TimePage(background=background, correct=correct)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def test_one_images_time_is_typed_with_its_reason(
    qtbot: QtBot, page: TimePage, asked: list[TimeWanted]
) -> None:
    image = clinical_image("IMG_1.JPG")
    page.open_for(HINEMOA, [image])
    assert page.at.hasFocus()
    type_in("tomorrowish")
    press(Qt.Key.Key_Return)
    assert "tomorrowish" in page.notice.text
    page.at.clear()
    type_in("12 Nov 2025 14:02 +13:00")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Say why" in page.notice.text)
    assert page.why.hasFocus()
    type_in("the clock was wrong")
    with qtbot.waitSignal(page.changed):
        press(Qt.Key.Key_Return)
    at = datetime.fromisoformat("2025-11-12T14:02")
    assert asked[-1] == TimeWanted(images=(image.id,), at=at, offset=780, why="the clock was wrong")
    assert "1 image corrected." in page.notice.text
    assert "RS-1" in page.notice.text


def test_several_are_corrected_by_their_clock(
    qtbot: QtBot, page: TimePage, asked: list[TimeWanted]
) -> None:
    images = [clinical_image(f"IMG_{n}.JPG") for n in range(2)]
    page.open_for(HINEMOA, images)
    assert page.span.hasFocus()
    assert not page.by_time.isEnabled()
    type_in("1 h 2 min")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Tab)
    type_in("never set to winter time")
    with qtbot.waitSignal(page.changed):
        press(Qt.Key.Key_Return)
    wanted = asked[-1]
    assert (wanted.behind, wanted.whole_intake) == (-timedelta(hours=1, minutes=2), True)
    press(Qt.Key.Key_Escape)


def test_the_chart_leads_to_it_and_back(qtbot: QtBot, patients_screen: PatientsScreen) -> None:
    patients_screen.office.charts[HINEMOA.id] = [clinical_image("IMG_1.JPG")]
    patients_screen.open_chart("ZZZ0016")
    chart = patients_screen.page.chart
    assert not chart.tools.time.isEnabled()
    press(Qt.Key.Key_Space)
    assert chart.tools.time.isEnabled()
    chart.tools.time.click()
    timing = patients_screen.page.timing
    assert timing.isVisible()
    assert timing.at.hasFocus()
    press(Qt.Key.Key_Escape)
    assert chart.isVisible()
