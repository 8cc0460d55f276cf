"""Ask for advice by one key on every page, and back to what was half done (R65)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.records.facts.advice import NewQuestion
from desktop.records.facts.sheet import SheetKind
from desktop.ui.advice_page import AdvicePage
from desktop.ui.main_window import MainWindow
from desktop.ui.worklists.advice_awaited import AdviceAwaited
from tests.ui.made_facts import HINEMOA, PHONE, clinical_image, todays_items
from tests.ui.screens import CTRL, DeskScreen, PatientsScreen, WorklistsScreen, press, type_in


def page_over(window: MainWindow) -> AdvicePage:
    page = window._pages.currentWidget()
    assert isinstance(page, AdvicePage)
    return page


@pytest.mark.requirement("R65")
def test_at_the_desk_the_paper_is_the_patients_and_what_was_begun_waits(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    screen, window = desk_screen, desk_screen.window
    screen.office.items[PHONE.id] = todays_items(3)
    screen.plug_in(PHONE, tiles=3)
    screen.tick(1)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    second = screen.page.filing.facts_step.second
    second.setFocus()
    type_in("197")
    press(Qt.Key.Key_F2)
    page = page_over(window)
    assert page.question.hasFocus()
    assert HINEMOA.name in page.banner.text
    type_in("May the school have it?")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.sheet.print_button.hasFocus)
    (choice,) = screen.office.sheets.prepared
    assert (choice.patient, choice.kind) == (HINEMOA, SheetKind.ADVICE)
    assert choice.written == (("why", "May the school have it?"),)
    press(Qt.Key.Key_F2)  # it is open already
    assert page.sheet.isVisible()
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    assert screen.page.isVisible()
    assert second.hasFocus()
    assert second.text() == "197"
    assert screen.page.filing.chosen_patient == HINEMOA
    assert len(screen.page.items.model.ticked) == 1


@pytest.mark.requirement("R65")
def test_every_room_has_it_and_it_is_blank_where_nobody_is_shown(
    qtbot: QtBot, patients_screen: PatientsScreen
) -> None:
    window = patients_screen.window
    for place in range(4):
        press(Qt.Key(Qt.Key.Key_1 + place), CTRL, on=window)
        room = window._pages.currentWidget()
        press(Qt.Key.Key_F2, on=window)
        page = page_over(window)
        assert not page.banner.isVisible()
        press(Qt.Key.Key_Escape, on=page.question)
        assert window._pages.currentWidget() is room
    window.bar.advice.click()
    with qtbot.waitSignal(page.paper.loaded):
        press(Qt.Key.Key_Return, on=page.question)
    press(Qt.Key.Key_F1, on=window)
    told = " ".join(label.text() for label in window.help.findChildren(QLabel))
    assert "F2" in told
    assert "Escape leads back" in told
    press(Qt.Key.Key_2, CTRL, on=window)
    patients_screen.open_chart("ZZZ0016")
    press(Qt.Key.Key_F2, on=window)
    assert HINEMOA.name in page.banner.text
    with qtbot.waitSignal(window.office_locked):
        press(Qt.Key.Key_L, CTRL)
    press(Qt.Key.Key_F2, on=window)
    assert window.unlock.isVisible()
    assert "Open the office first" in window.notice.text


@pytest.mark.requirement("R65")
def test_what_is_ticked_is_parked_with_the_question(
    qtbot: QtBot, patients_screen: PatientsScreen
) -> None:
    window, known = patients_screen.window, patients_screen.office.clearing.advice
    patients_screen.office.charts[HINEMOA.id] = [
        clinical_image("IMG_1.JPG"),
        clinical_image("IMG_1.JPG"),
    ]
    press(Qt.Key.Key_2, CTRL, on=window)
    patients_screen.open_chart("ZZZ0016")
    chart = patients_screen.page.chart
    qtbot.waitUntil(lambda: len(chart.model.images) == 2)
    chart.grid.setFocus()
    press(Qt.Key.Key_Space)
    (ticked,) = chart.model.ticked
    press(Qt.Key.Key_F2, on=window)
    page = page_over(window)
    assert page.park.isChecked()
    assert "1 ticked image" in page.park.text()
    type_in("May the school have it?")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.sheet.print_button.hasFocus)
    (one,) = known.asked
    assert (one.asked.patient, one.asked.images) == (HINEMOA.id, (ticked.id,))
    (choice,) = patients_screen.office.sheets.prepared
    parked = f"May the school have it? Parked: {ticked.short_number}."
    assert choice.written == (("why", parked),)


@pytest.mark.requirement("R65")
def test_what_was_asked_is_a_list_until_the_answer_is_noted(
    qtbot: QtBot, worklists: WorklistsScreen
) -> None:
    known = worklists.office.clearing.advice
    asked = known.verbs.ask(
        NewQuestion(
            question="May we?", patient=HINEMOA.id, images=(clinical_image("IMG_1.JPG").id,)
        )
    )
    worklists.come_in()
    assert "Advice awaited, 1 waiting" in worklists.names
    shown = next(one for one in worklists.page.lists if isinstance(one, AdviceAwaited))
    place = worklists.page.lists.index(shown)
    with qtbot.waitSignal(shown.loaded):
        worklists.page.names.setCurrentIndex(worklists.page.model.index(place))
    rows = [str(shown.model.index(0, column).data()) for column in range(3)]
    assert rows == [asked.asked.question, HINEMOA.banner, "1 image"]
    shown.table.setFocus()
    press(Qt.Key.Key_Return)
    assert shown.adviser.hasFocus()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Say who gave the advice" in shown.notice.text)
    shown.adviser.setText("Ana, privacy officer")
    shown.answer.setText("Not without the parents")
    with qtbot.waitSignal(shown.loaded):
        press(Qt.Key.Key_Return)
    assert known.asked[0].answer == "Not without the parents"
    assert not shown.answer_form.isVisible()
