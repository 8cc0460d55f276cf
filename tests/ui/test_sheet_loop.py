"""A printed sheet on its way: held, spoiled, put into the chart, found again by its code (R79)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.records.facts.sheet import SheetState, page_code
from desktop.ui.parts.loop_verbs import SheetOf
from desktop.ui.parts.page_code_watch import PageCodeWatch
from desktop.ui.worklists.not_in_chart import LooseModel, NotInChart
from tests.ui.made_facts import HINEMOA, WIREMU, clinical_image
from tests.ui.made_sheets import StandInSheets, sheet_line
from tests.ui.screens import CTRL, PatientsScreen, WorklistsScreen, press, type_in

NUMBER = "RS7K3QX9FM"
LAST = page_code(NUMBER, 2)[-2:]


def waiting_list(qtbot: QtBot, worklists: WorklistsScreen) -> NotInChart:
    worklists.come_in()
    shown = next(one for one in worklists.page.lists if isinstance(one, NotInChart))
    with qtbot.waitSignal(shown.loaded):
        worklists.page.names.setCurrentIndex(
            worklists.page.model.index(worklists.page.lists.index(shown))
        )
    return shown


def with_two(sheets: StandInSheets) -> tuple[SheetOf, SheetOf]:
    """Wiremu's has waited longer than Hinemoa's."""
    younger = sheets.register(HINEMOA, sheet_line(HINEMOA, number=NUMBER, days=2))
    older = sheets.register(WIREMU, sheet_line(WIREMU, number="RS00000001", days=9))
    return older, younger


@pytest.mark.requirement("R79")
def test_after_printing_the_last_pages_digits_prove_that_the_paper_is_in_hand(
    qtbot: QtBot, patients_screen: PatientsScreen
) -> None:
    sheets = patients_screen.office.sheets
    images = [clinical_image(f"IMG_{n}.JPG", owner=HINEMOA) for n in range(2)]
    patients_screen.office.charts[HINEMOA.id] = images
    patients_screen.open_chart("ZZZ0016")
    patients_screen.page.chart.print_button.click()
    page = patients_screen.page.sheet
    qtbot.waitUntil(page.print_button.hasFocus)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.hold.digits.hasFocus)
    assert HINEMOA.name in page.hold.banner.text
    assert "Did all 2 pages come out" in page.hold.sentence.text()
    assert not page._stage.isVisible()  # the digits would stand there

    type_in("00")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "not the check digits" in page.hold.notice.text)
    type_in(LAST)
    with qtbot.waitSignal(page.hold.confirmed):
        press(Qt.Key.Key_Return)
    assert [one.sheet.state for one in sheets.lines.values()] == [SheetState.IN_HAND]
    assert "put it into the chart" in page.notice.text

    page.print_button.setFocus()  # one copy more wants a reason
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.why.hasFocus)
    assert len(sheets.printed) == 1


@pytest.mark.requirement("R79")
def test_of_several_copies_each_is_held(qtbot: QtBot, patients_screen: PatientsScreen) -> None:
    sheets = patients_screen.office.sheets
    patients_screen.office.charts[HINEMOA.id] = [clinical_image("IMG_1.JPG", owner=HINEMOA)]
    patients_screen.open_chart("ZZZ0016")
    patients_screen.page.chart.print_button.click()
    page = patients_screen.page.sheet
    qtbot.waitUntil(page.print_button.hasFocus)
    page.panel.copies.setValue(2)
    sheets.waits = "It waits at Office-Laser: somebody has to release it at the printer."
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "has to release it" in page.hold.notice.text)
    for copy in (1, 2):
        qtbot.waitUntil(lambda copy=copy: f"copy {copy}" in page.hold.sentence.text().lower())  # type: ignore[misc]
        type_in(page_code(NUMBER, 1)[-2:])
        with qtbot.waitSignal(page.hold.confirmed):
            press(Qt.Key.Key_Return)
    assert [one.sheet.state for one in sheets.lines.values()] == [SheetState.IN_HAND] * 2
    assert page.panel.copies.value() == 1


@pytest.mark.requirement("R79")
def test_a_bad_page_spoils_its_copy_and_the_next_one_says_why(
    qtbot: QtBot, worklists: WorklistsScreen
) -> None:
    sheets = worklists.office.sheets
    _, spoiled = with_two(sheets)
    shown = waiting_list(qtbot, worklists)
    shown.table.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return, on=shown.steps.hold_button)
    hold = shown.stack.hold
    qtbot.waitUntil(hold.digits.hasFocus)
    press(Qt.Key.Key_Return, on=hold.bad_button)
    type_in("page 2 is smeared")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(hold.again_button.hasFocus)
    assert sheets.lines[spoiled.sheet.id].sheet.ended_why == "page 2 is smeared"
    press(Qt.Key.Key_Return)
    page = shown.stack.sheet
    qtbot.waitUntil(page.print_button.hasFocus)
    assert "Copy 2." in page.summary
    assert page.why.text() == "page 2 is smeared"
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.hold.digits.hasFocus)
    copies = [one.sheet for one in sheets.lines.values() if one.sheet.number == NUMBER]
    assert [(one.copy, one.state, one.why) for one in copies] == [
        (1, SheetState.DESTROYED, ""),
        (2, SheetState.MADE, "page 2 is smeared"),
    ]
    with qtbot.waitSignal(shown.loaded):
        press(Qt.Key.Key_Escape)  # later
    assert shown.table.isVisible()


@pytest.mark.requirement("R77", "R79")
def test_a_scan_files_the_sheet_and_the_volume_is_remembered(
    qtbot: QtBot, worklists: WorklistsScreen
) -> None:
    older, younger = with_two(worklists.office.sheets)
    shown = waiting_list(qtbot, worklists)
    assert [row.sheet for row in shown.model.rows] == [older.sheet, younger.sheet]
    assert "for 9 days" in shown.summary.text()
    shown.volume.setText("2")
    shown.code.setFocus()
    type_in(page_code(NUMBER, 1))
    with qtbot.waitSignals([shown.loaded, shown.changed]):
        press(Qt.Key.Key_Return)
    assert f"RS7K3QX9FM, copy 1 is in the chart of {HINEMOA.banner}, volume 2." in shown.notice.text
    assert shown.code.hasFocus()
    assert shown.volume.text() == ""
    assert [row.patient for row in shown.model.rows] == [WIREMU]

    worklists.office.sheets.register(HINEMOA, sheet_line(HINEMOA, number="RS00000002"))
    type_in(page_code("RS00000002", 1).lower())
    with qtbot.waitSignal(shown.loaded):
        press(Qt.Key.Key_Return)
    assert "volume 2" in shown.notice.text

    type_in("RS7K3QX9FM0199")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "check digits do not fit" in shown.notice.text)


@pytest.mark.requirement("R79")
def test_of_several_loose_copies_it_is_asked_which_went_into_the_chart(
    qtbot: QtBot, worklists: WorklistsScreen
) -> None:
    sheets = worklists.office.sheets
    first = sheets.register(HINEMOA, sheet_line(HINEMOA))
    second = sheets.register(HINEMOA, sheet_line(HINEMOA, copy=2))
    shown = waiting_list(qtbot, worklists)
    shown.code.setFocus()
    type_in(page_code(NUMBER, 1))
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "In no chart yet: copy 1, 2." in shown.which.text)
    assert shown.which.copies[0].hasFocus()
    press(Qt.Key.Key_Escape)
    assert shown.code.hasFocus()
    assert shown.which.text == ""
    assert {one.sheet.state for one in sheets.lines.values()} == {SheetState.MADE}
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.which.text != "")
    press(Qt.Key.Key_Tab)
    with qtbot.waitSignal(shown.loaded):
        press(Qt.Key.Key_Return)
    assert sheets.lines[second.sheet.id].sheet.state is SheetState.IN_CHART
    assert [row.sheet for row in shown.model.rows] == [first.sheet]
    assert "copy 2 is in the chart" in shown.notice.text
    assert shown.code.hasFocus()


@pytest.mark.requirement("R79")
def test_a_copy_is_recalled_or_noted_as_destroyed_with_its_reason(
    qtbot: QtBot, worklists: WorklistsScreen
) -> None:
    older, younger = with_two(worklists.office.sheets)
    shown = waiting_list(qtbot, worklists)
    press(Qt.Key.Key_Return, on=shown.steps.destroy_button)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Say why" in shown.notice.text)
    type_in("left at the printer")
    with qtbot.waitSignal(shown.loaded):
        press(Qt.Key.Key_Return)
    assert worklists.office.sheets.lines[older.sheet.id].sheet.state is SheetState.DESTROYED
    assert "noted as destroyed" in shown.notice.text
    press(Qt.Key.Key_Return, on=shown.steps.recall_button)
    type_in("wrong patient")
    with qtbot.waitSignal(shown.loaded):
        press(Qt.Key.Key_Return)
    assert worklists.office.sheets.lines[younger.sheet.id].sheet.state is SheetState.RECALLED
    assert shown.empty.isVisible()


def scan(code: str) -> None:
    """As a scanner does, wherever the keyboard is."""
    type_in(code)
    press(Qt.Key.Key_Return)


@pytest.mark.requirement("R79")
def test_a_code_scanned_anywhere_opens_the_record_of_its_sheet(
    qtbot: QtBot, patients_screen: PatientsScreen
) -> None:
    filed = replace(
        sheet_line(HINEMOA, state=SheetState.IN_CHART),
        in_chart_at=datetime(2026, 11, 14, 9, 30, tzinfo=UTC),
        in_chart_by="Tom Reed",
        volume="2",
    )
    patients_screen.office.sheets.register(HINEMOA, filed)
    page = patients_screen.page
    type_in("taw")
    with qtbot.waitSignal(page.sheets.loaded):
        scan(page_code(NUMBER, 2))
    assert page.search.typed == "taw"
    assert page.sheets.isVisible()
    assert HINEMOA.name in page.sheets.banner.text
    assert page.sheets.what.text().startswith(
        "Record sheet RS 7K3Q X9FM, copy 1, page 2 of 2: in the chart since 14 Nov 2026"
    )
    assert "volume 2." in page.sheets.what.text()
    assert not page.sheets.filing.isVisible()  # it is there already

    press(Qt.Key.Key_Return, on=page.sheets.steps.recall_button)
    type_in("of another patient")
    with qtbot.waitSignal(page.sheets.loaded):
        press(Qt.Key.Key_Return)
    assert "recalled. Take it out of the chart" in page.sheets.notice.text
    assert "of another patient." in page.sheets.what.text()
    press(Qt.Key.Key_Escape)
    assert page.chart.isVisible()
    assert page.chart.patient == HINEMOA


@pytest.mark.requirement("R79")
def test_from_the_desk_a_scanned_page_can_be_filed_at_once(
    qtbot: QtBot, patients_screen: PatientsScreen
) -> None:
    window = patients_screen.window
    patients_screen.office.sheets.register(HINEMOA, sheet_line(HINEMOA))
    press(Qt.Key.Key_1, CTRL, on=window)
    window.bar.desk.setFocus()  # no field for a code
    with qtbot.waitSignal(patients_screen.page.sheets.loaded):
        scan(page_code(NUMBER, 1))
    sheets = patients_screen.page.sheets
    assert sheets.filing.isVisible()
    sheets.volume.setFocus()
    type_in("3")
    with qtbot.waitSignal(sheets.loaded):
        press(Qt.Key.Key_Return)
    assert f"is in the chart of {HINEMOA.banner}, volume 3." in sheets.notice.text


def test_a_code_typed_into_the_search_is_one_too_and_a_strange_one_is_said(
    qtbot: QtBot, patients_screen: PatientsScreen
) -> None:
    field = patients_screen.page.search.field
    field.setText("RS 0000 0001 01 " + page_code("RS00000001", 1)[-2:])
    press(Qt.Key.Key_Return, on=field)
    window = patients_screen.window
    qtbot.waitUntil(lambda: "No sheet RS00000001 is in the register" in window.notice.text)
    assert field.text() == ""


class Keys(QWidget):
    """Something where single keys do things, as in the viewer."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.came = ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.came += event.text()


@pytest.mark.parametrize(
    ("typed", "comes", "hears"),
    [
        (page_code(NUMBER, 1), "RS", 1),  # the rest would lay masks
        (page_code(NUMBER, 1)[:-1] + "X", "RS\r", 0),
        ("NORMAL", "NORMAL\r", 0),
        ("ZZZ0016", "ZZZ0016\r", 0),
        ("RSVP", "RS\r", 0),
    ],
)
def test_only_a_code_is_taken_for_one(
    qtbot: QtBot, qapp: QApplication, typed: str, comes: str, hears: int
) -> None:
    keys, watch, heard = Keys(), PageCodeWatch(), list[str]()
    qtbot.addWidget(keys)
    watch.code_scanned.connect(heard.append)
    qapp.installEventFilter(watch)
    keys.show()
    keys.setFocus()
    qtbot.waitUntil(keys.hasFocus)
    scan(typed)
    qapp.removeEventFilter(watch)
    assert keys.came == comes
    assert len(heard) == hears


def test_a_choice_is_typed_as_ever_and_a_scan_does_not_change_it(
    qtbot: QtBot, qapp: QApplication
) -> None:
    choice, watch = QComboBox(), PageCodeWatch()
    choice.addItems(["Nurse", "Personal", "RS 7"])
    qtbot.addWidget(choice)
    qapp.installEventFilter(watch)
    choice.show()
    choice.setFocus()
    qtbot.waitUntil(choice.hasFocus)
    type_in("personal")  # has an RS in it
    assert choice.currentText() == "Personal"
    other = QComboBox()  # the search of the first goes on from what was typed
    other.addItems(["Nurse", "RS 7"])
    qtbot.addWidget(other)
    other.show()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    with qtbot.waitSignal(watch.code_scanned):
        scan(page_code(NUMBER, 1))
    qapp.removeEventFilter(watch)
    assert other.currentText() == "Nurse"


def test_the_model_keeps_the_rules_of_models(qtmodeltester: object) -> None:
    model = LooseModel()
    model.show(with_two(StandInSheets()))
    qtmodeltester.check(model)  # type: ignore[attr-defined]
