"""The Patients room: find, look, print, add, import."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.intake.filing_report import DeskFacts
from desktop.printing.problems import NoSuchPrinter
from desktop.records.facts.consent import Consent, ConsentForm
from desktop.records.rules.patient_csv import Column
from desktop.records.rules.progress_note import Sent, note_sentences
from tests.ui.made_facts import HINEMOA, NOW, clinical_image
from tests.ui.screens import CTRL, PatientsScreen, press, type_in

NOTHING_SAID = DeskFacts(
    photographer=None,
    owner=None,
    purposes=frozenset(),
    consent=Consent(form=ConsentForm.NONE_YET),
)


def _with_chart(screen: PatientsScreen, count: int = 3) -> None:
    screen.office.charts[HINEMOA.id] = [
        clinical_image(f"IMG_{n}.JPG", at=NOW - timedelta(days=n)) for n in range(count)
    ]


def test_search_is_as_typed_and_the_only_one_opens_with_enter(
    qtbot: QtBot, patients_screen: PatientsScreen
) -> None:
    _with_chart(patients_screen)
    patients_screen.search("tawh")
    assert patients_screen.found == ["TĀWHIRI, Hinemoa", "TĀWHAI, Wiremu"]
    patients_screen.open_chart("iri")
    assert patients_screen.page.chart.patient == HINEMOA
    assert [name for name, _ in patients_screen.tiles] == ["IMG_0.JPG", "IMG_1.JPG", "IMG_2.JPG"]


@pytest.mark.requirement("R70")
def test_states_are_words_not_colours(patients_screen: PatientsScreen) -> None:
    patients_screen.office.charts[HINEMOA.id] = [
        clinical_image("IMG_1.JPG"),
        clinical_image("IMG_2.JPG", facts=NOTHING_SAID, at=None),
    ]
    patients_screen.open_chart("ZZZ0016")
    assert patients_screen.tiles == [("IMG_1.JPG", "filed"), ("IMG_2.JPG", "incomplete")]
    model = patients_screen.page.chart.model
    spoken = str(model.index(1).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "when it was taken" in spoken
    assert "1 incomplete" in patients_screen.page.chart._heading.text()


def test_an_empty_chart_says_so(patients_screen: PatientsScreen) -> None:
    patients_screen.open_chart("ZZZ0016")
    assert patients_screen.page.chart._empty.isVisible()
    assert not patients_screen.page.chart.print_button.isEnabled()


@pytest.mark.requirement("R123")
def test_a_copy_that_was_not_given_stands_quietly_below_the_chart(
    qtbot: QtBot, patients_screen: PatientsScreen
) -> None:
    chart = patients_screen.page.chart
    patients_screen.open_chart("ZZZ0016")
    assert "not given" not in chart._note.text()
    assert chart.patient is not None
    patients_screen.office.devices.declined.append((chart.patient.id, "photo of the wound"))
    chart.reload()
    told = "Copies that were asked for and not given: photo of the wound (23 Nov 2026)."
    qtbot.waitUntil(lambda: told in chart._note.text())


@pytest.mark.requirement("R67", "R68", "R69")
def test_one_image_large_with_its_keys(qtbot: QtBot, patients_screen: PatientsScreen) -> None:
    _with_chart(patients_screen)
    patients_screen.open_chart("ZZZ0016")
    large = patients_screen.page.chart.large
    with qtbot.waitSignal(large.shown):
        press(Qt.Key.Key_Return)
    assert large.stage.hasFocus()
    assert "by Mere Parata, nurse" in large.caption
    assert "Google Pixel 8, organisation's device, cable (PTP)" in large.caption
    fitted = large.stage.zoom
    assert 0 < fitted < 1
    press(Qt.Key.Key_1)
    assert large.stage.zoom == pytest.approx(1)
    press(Qt.Key.Key_Plus)
    assert large.stage.zoom == pytest.approx(1.25)
    press(Qt.Key.Key_Minus)
    press(Qt.Key.Key_Minus)
    assert large.stage.zoom == pytest.approx(0.8)
    press(Qt.Key.Key_0)
    assert large.stage.zoom == pytest.approx(fitted)
    with qtbot.waitSignal(large.shown):
        press(Qt.Key.Key_Right)
    assert "2 of 3" in large.caption
    press(Qt.Key.Key_Escape)
    assert not patients_screen.page.chart.is_large
    assert not large.stage.has_picture


def test_an_image_without_preview_says_that_it_is_kept(
    qtbot: QtBot, patients_screen: PatientsScreen
) -> None:
    _with_chart(patients_screen, 1)
    patients_screen.open_chart("ZZZ0016")
    large = patients_screen.page.chart.large
    patients_screen.office.viewer.has_pictures = False
    with qtbot.waitSignal(large.shown):
        press(Qt.Key.Key_Return)
    assert "The original is kept whole" in large.notice.text


def test_a_sheet_of_ticked_images_four_a_page_saved(
    qtbot: QtBot, patients_screen: PatientsScreen, tmp_path: Path
) -> None:
    _with_chart(patients_screen, 5)
    patients_screen.open_chart("ZZZ0016")
    press(Qt.Key.Key_A, CTRL)
    page = patients_screen.page
    assert page.chart.print_button.text() == "Print sheet of 5 images…"
    page.chart.print_button.click()
    sheet = page.sheet
    qtbot.waitUntil(lambda: sheet.pages_shown == 5)
    sheet.per_page.choices.button(4).click()
    qtbot.waitUntil(lambda: sheet.pages_shown == 2)
    assert sheet.summary == "5 images on 2 pages. Number RS7K3QX9FM."
    sheet._ask = lambda question: question.then(tmp_path / question.suggested)
    with qtbot.waitSignal(sheet.sheet_made):
        sheet.save_button.click()
    assert patients_screen.office.sheets.saved == [tmp_path / "RS7K3QX9FM.pdf"]
    assert "not encrypted" in sheet.notice.text
    press(Qt.Key.Key_Escape, on=sheet.back)
    assert page.chart.isVisible()
    assert sheet.pages_shown == 0


def test_a_sheet_that_cannot_be_made_says_why(
    qtbot: QtBot, patients_screen: PatientsScreen
) -> None:
    _with_chart(patients_screen)
    patients_screen.office.sheets.problem = NoSuchPrinter(name="Gone", there_are="none")
    patients_screen.open_chart("ZZZ0016")
    patients_screen.page.chart.print_button.click()
    sheet = patients_screen.page.sheet
    qtbot.waitUntil(lambda: bool(sheet.notice.text))
    assert not sheet.print_button.isEnabled()
    assert not sheet.save_button.isEnabled()


def test_without_a_printer_a_sheet_can_still_be_saved(
    qtbot: QtBot, patients_screen: PatientsScreen
) -> None:
    _with_chart(patients_screen)
    patients_screen.office.sheets.printers.names = ()
    patients_screen.open_chart("ZZZ0016")
    patients_screen.page.chart.print_button.click()
    sheet = patients_screen.page.sheet
    qtbot.waitUntil(sheet.save_button.isEnabled)
    assert not sheet.print_button.isEnabled()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("ZZZ0017", "last character does not fit"),
        ("ZZZ0016", "test NHI number"),
        ("2041", "A local number"),
    ],
)
def test_the_number_is_checked_while_it_is_typed(
    patients_screen: PatientsScreen, number: str, said: str
) -> None:
    patients_screen.page.add_button.click()
    type_in(number)
    assert said in patients_screen.page.form.number_hint


def test_a_form_with_a_mistake_says_so_and_keeps_what_was_typed(
    patients_screen: PatientsScreen,
) -> None:
    patients_screen.page.add_button.click()
    form = patients_screen.page.form
    type_in("2041")
    press(Qt.Key.Key_Return)
    assert "no family name" in form.notice.text
    form.family.setText("Ngata")
    form.born.setText("31/2/1980")
    press(Qt.Key.Key_Return)
    assert "31/2/1980" in form.notice.text
    assert form.number.text() == "2041"


def test_a_list_is_previewed_mapped_and_imported(
    qtbot: QtBot, patients_screen: PatientsScreen, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "NHI,Surname,Who,DOB\nZAC5361,Ngata,Āpirana,3/7/1974\nZZZ0017,Wrong,One,1/1/1970\n",
        encoding="utf-8",
    )
    page = patients_screen.page
    page.import_button.click()
    importing = page.importing
    importing._ask = lambda question: question.then(path)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: importing.table.rowCount() == 2)
    assert "1 row can be imported, 1 cannot" in importing.text
    assert "Row 3: ZZZ0017" in importing.text
    given = importing.combos[Column.GIVEN]
    given.setFocus()
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Up)
    qtbot.waitUntil(
        lambda: importing._preview is not None and importing._preview.mapping.get(Column.GIVEN) == 2
    )
    with qtbot.waitSignal(importing.patients_added):
        importing.import_button.click()
    assert "1 patient added, 0 already on record, 1 refused" in importing.text
    assert patients_screen.office.patients[-1].given_names == "Āpirana"


def test_an_unreadable_list_says_so(
    qtbot: QtBot, patients_screen: PatientsScreen, tmp_path: Path
) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    importing = patients_screen.page.importing
    patients_screen.page.import_button.click()
    importing._ask = lambda question: question.then(path)
    importing.choose.click()
    qtbot.waitUntil(lambda: bool(importing.notice.text))
    assert not importing.import_button.isEnabled()


@pytest.mark.requirement("R48")
def test_one_key_copies_the_progress_note_and_the_lock_takes_it_away(
    qtbot: QtBot, patients_screen: PatientsScreen
) -> None:
    screen = patients_screen
    screen.office.charts[HINEMOA.id] = [clinical_image("IMG_1.JPG"), clinical_image("IMG_2.JPG")]
    screen.open_chart("ZZZ0016")
    chart, clipboard = screen.page.chart, QGuiApplication.clipboard()
    chart.model.setData(chart.model.index(0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    chart.grid.setFocus()
    press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    (sentence,) = note_sentences(chart.model.ticked, Sent())
    assert clipboard.text() == sentence
    assert "1 image" in chart.notice.text
    assert HINEMOA.family_name not in sentence
    chart.clipboard.timer.timeout.emit()
    assert clipboard.text() == ""
    chart.note_button.click()
    clipboard.setText("something else")
    chart.clipboard.timer.timeout.emit()
    assert clipboard.text() == "something else"
    chart.note_button.click()
    with qtbot.waitSignal(screen.window.office_locked):
        press(Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: clipboard.text() == "")
