"""The Worklists room: what waits in each list, and the list that was chosen last."""

import pytest
from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot

from desktop.ui.worklists.names_model import NamesModel
from desktop.ui.worklists.overdue_model import OverdueModel
from tests.ui.made_facts import HINEMOA
from tests.ui.made_retention import StandInRetention
from tests.ui.screens import CTRL, SHIFT, WorklistsScreen, press
from tests.ui.stand_ins import WrongWord


@pytest.mark.requirement("R105", "R109")
def test_what_is_due_stands_there_by_patient_with_what_holds_it(
    worklists: WorklistsScreen,
) -> None:
    worklists.office.retention.with_some()
    worklists.come_in()
    assert worklists.names == [
        "Retention due, 3 waiting",
        "Not cleared, 0 waiting",
        "Not filed yet, 0 waiting",
        "Not in chart, 0 waiting",
        "Consent outstanding, 0 waiting",
        "Advice awaited, 0 waiting",
        "From others, 0 waiting",
        "Breach records, 0 waiting",
    ]
    assert worklists.page.names.hasFocus()
    assert [one.row() for one in worklists.page.names.selectedIndexes()] == [0]
    assert [row[0] for row in worklists.rows[:3]] == [HINEMOA.banner] * 3
    assert worklists.rows[0][1:] == ["Left heel", "14 Mar 2016", "14 Mar 2026", ""]
    assert worklists.rows[3][4] == (
        "held (complaint): complaint 26/118; since 02 Nov 2026, by Tom Reed"
    )
    assert worklists.due.summary.text() == "4 images of 2 patients past the time. 1 held."


@pytest.mark.requirement("R109")
def test_what_is_held_cannot_be_ticked(worklists: WorklistsScreen) -> None:
    worklists.office.retention.with_some()
    worklists.come_in()
    worklists.due.table.setFocus()
    press(Qt.Key.Key_A, CTRL)
    assert [one.what for one in worklists.due.model.ticked] == [
        "left heel",
        "left shin",
        "IMG_7.JPG",
    ]
    press(Qt.Key.Key_Home, CTRL)
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_Space)
    assert [one.what for one in worklists.due.model.ticked] == ["IMG_7.JPG"]


def test_where_nothing_waits_it_says_so(worklists: WorklistsScreen) -> None:
    worklists.come_in()
    assert worklists.names == [
        "Retention due, 0 waiting",
        "Not cleared, 0 waiting",
        "Not filed yet, 0 waiting",
        "Not in chart, 0 waiting",
        "Consent outstanding, 0 waiting",
        "Advice awaited, 0 waiting",
        "From others, 0 waiting",
        "Breach records, 0 waiting",
    ]
    assert worklists.due.empty.isVisible()
    assert "There is nothing to do" in worklists.due.empty.text


def test_a_problem_is_said(qtbot: QtBot, worklists: WorklistsScreen) -> None:
    worklists.office.retention.problem = WrongWord()
    press(Qt.Key.Key_3, CTRL, on=worklists.window)
    qtbot.waitUntil(lambda: "Caps Lock" in worklists.due.notice.text)


def test_enter_opens_the_chart(qtbot: QtBot, worklists: WorklistsScreen) -> None:
    worklists.office.retention.with_some()
    worklists.come_in()
    worklists.due.table.setFocus()
    press(Qt.Key.Key_Home, CTRL)
    patients = worklists.window.patients
    assert patients is not None
    with qtbot.waitSignal(patients.chart.loaded):
        press(Qt.Key.Key_Return)
    assert patients.isVisible()
    assert patients.chart.patient == HINEMOA


def test_the_list_that_was_chosen_is_remembered(
    worklists: WorklistsScreen, settings: QSettings
) -> None:
    settings.setValue("worklists/chosen", "a list of a later program")
    worklists.come_in()
    assert settings.value("worklists/chosen") == "retention"
    assert worklists.page.names.currentIndex().row() == 0


def test_the_models_keep_the_rules_of_models(qtmodeltester: object) -> None:
    retention = StandInRetention()
    retention.with_some()
    model = OverdueModel()
    model.show(retention.images)
    names = NamesModel(["Retention due", "Not cleared"])
    for one in (model, names):
        qtmodeltester.check(one)  # type: ignore[attr-defined]


@pytest.mark.requirement("R109")
def test_a_hold_is_placed_from_the_list(qtbot: QtBot, worklists: WorklistsScreen) -> None:
    retention = worklists.office.retention
    retention.with_some()
    worklists.come_in()
    due = worklists.due
    assert not due.keeping_button.isEnabled()
    due.table.setFocus()
    press(Qt.Key.Key_Home, CTRL)
    with qtbot.waitSignal(due.keeping.loaded):
        due.keeping_button.click()
    assert due.keeping.scope.currentText() == "Only this one: Left heel"
    due.keeping.reason.setText("HDC 7")
    with qtbot.waitSignals([due.keeping.loaded, due.changed]):
        press(Qt.Key.Key_Return, on=due.keeping.reason)
    assert retention.placed[0].image == retention.images[0].due.image
    with qtbot.waitSignal(due.loaded):
        press(Qt.Key.Key_Escape)
    assert due.table.hasFocus()
