"""A paper that somebody takes along: who took it is said, and it waits no more (R79)."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.records.facts.patient import Patient
from desktop.records.facts.sheet import Sheet, SheetKind, SheetState, page_code
from tests.ui.made_facts import HINEMOA, WIREMU
from tests.ui.made_sheets import sheet_line
from tests.ui.screens import PatientsScreen, WorklistsScreen, press, type_in
from tests.ui.test_sheet_loop import scan, waiting_list

LETTER, COVER = "DL7K3QX9FM", "PT7K3QX9FM"

pytestmark = pytest.mark.requirement("R79")


def paper(owner: Patient, number: str, kind: SheetKind, **more: str) -> Sheet:
    line = sheet_line(owner, number=number, pages=1, state=SheetState.IN_HAND)
    return replace(line, kind=kind, written=tuple(more.items()))


@pytest.mark.requirement("R54", "R97")
def test_who_took_it_is_said_and_it_leaves_the_list(
    qtbot: QtBot, worklists: WorklistsScreen
) -> None:
    sheets = worklists.office.sheets
    record = sheets.register(WIREMU, sheet_line(WIREMU, days=3, state=SheetState.IN_HAND))
    letter = sheets.register(HINEMOA, paper(HINEMOA, LETTER, SheetKind.LETTER, sent_to="Dr Xu"))
    shown = waiting_list(qtbot, worklists)
    assert not shown.steps.hand_button.isEnabled()  # a record sheet belongs in the chart
    shown.table.setFocus()
    press(Qt.Key.Key_Down)
    assert shown.chosen == letter
    press(Qt.Key.Key_Return, on=shown.steps.hand_button)
    assert (shown.steps.why.text(), shown.steps.why.accessibleName()) == ("Dr Xu", "Who took it")
    shown.steps.why.clear()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "by name" in shown.notice.text)
    type_in("Dr Xu's nurse")
    with qtbot.waitSignals([shown.loaded, shown.changed]):
        press(Qt.Key.Key_Return)
    assert "DL7K3QX9FM, copy 1 is handed over." in shown.notice.text
    assert [row.sheet for row in shown.model.rows] == [record.sheet]
    assert sheets.lines[letter.sheet.id].sheet.stands == "handed over to Dr Xu's nurse"


def test_a_code_finds_what_is_out_and_it_is_called_back(
    qtbot: QtBot, patients_screen: PatientsScreen
) -> None:
    sheets = patients_screen.office.sheets
    cover = sheets.register(HINEMOA, paper(HINEMOA, COVER, SheetKind.PATIENT_COPY))
    page = patients_screen.page.sheets
    with qtbot.waitSignal(page.loaded):
        scan(page_code(COVER, 1))
    page.steps.take_keyboard()
    assert page.steps.hand_button.hasFocus()
    press(Qt.Key.Key_Return)
    assert page.steps.why.text() == HINEMOA.name
    press(Qt.Key.Key_Escape)
    assert page.steps.hand_button.hasFocus()
    press(Qt.Key.Key_Return)
    with qtbot.waitSignal(page.loaded):
        press(Qt.Key.Key_Return)
    told = f"PT 7K3Q X9FM, copy 1, page 1 of 1: handed over to {HINEMOA.name}. Made"
    assert told in page.what.text()
    assert f"to {HINEMOA.name} by " in page.what.text()
    assert page.model.index(0, 5).data() == f"handed over to {HINEMOA.name}"
    assert not page.steps.hand_button.isEnabled()
    assert page.filing.isVisible()  # signed, it may come back into the chart

    press(Qt.Key.Key_Return, on=page.steps.recall_button)
    assert page.steps.why.accessibleName() == "Why it has to come back"
    type_in("of another patient")
    with qtbot.waitSignal(page.loaded):
        press(Qt.Key.Key_Return)
    assert "letter that calls copies back" in page.notice.text
    assert sheets.lines[cover.sheet.id].sheet.state is SheetState.RECALLED
    assert f"to come back from {HINEMOA.name}" in page.what.text()


def test_of_a_form_that_is_signed_the_only_copy_stays(
    qtbot: QtBot, worklists: WorklistsScreen
) -> None:
    form = paper(HINEMOA, "CW7K3QX9FM", SheetKind.WITHDRAWAL)
    worklists.office.sheets.register(HINEMOA, form)
    shown = waiting_list(qtbot, worklists)
    press(Qt.Key.Key_Return, on=shown.steps.hand_button)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "one has to stay" in shown.notice.text)
    assert [row.sheet for row in shown.model.rows] == [form]
