"""Pages of ours that came back: offered at the Desk, kept out of other charts, outstanding."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.intake.filing_report import TRAY
from desktop.records.facts.page_scan import FormDue, PageSeen
from desktop.records.facts.patient import Patient
from desktop.records.facts.sheet import page_code
from desktop.ui.desk.verbs import PageOn
from desktop.ui.parts.tiles import face_of
from desktop.ui.worklists.consent_outstanding import ConsentOutstanding
from tests.ui.made_facts import HINEMOA, PHONE, WIREMU, todays_items
from tests.ui.made_sheets import sheet_line
from tests.ui.screens import DeskScreen, WorklistsScreen, press

FORM, SHEET = "CF7K3QX9FM", "RS7K3QX9FM"


def page_on(name: str, owner: Patient | None, number: str = FORM) -> PageOn:
    title = "consent form" if number == FORM else "record sheet"
    pages = 2 if owner else None
    code = page_code(number, 1)
    seen = PageSeen(code=code, number=number, page=1, title=title, pages=pages, patient=owner)
    return PageOn(name=name, page=seen)


def with_tray(screen: DeskScreen, *pages: PageOn) -> DeskScreen:
    said = {one.name: one.page.words for one in pages}
    items = [replace(one, shows=said.get(one.name, "")) for one in todays_items(3)]
    screen.office.items[TRAY] = items
    screen.office.pages.extend(pages)
    screen.plug_in(replace(PHONE, id=TRAY, name="Tray: not yet filed"), tiles=3)
    return screen


@pytest.mark.requirement("R43", "R66", "R79")
def test_a_page_in_the_tray_names_its_patient_who_is_read_back(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    screen = with_tray(
        desk_screen,
        page_on("IMG_0001.JPG", HINEMOA),
        page_on("IMG_0002.JPG", WIREMU, SHEET),
        page_on("IMG_0003.JPG", None),
    )
    offer = screen.filing.pages
    first = screen.page.items.model.index(0)
    assert face_of(first).mark_words == "a page of ours"
    assert HINEMOA.banner in first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert not offer.isVisible()
    screen.tick(3)
    qtbot.waitUntil(lambda: "pages of one patient at a time" in offer.text)
    assert not offer.patient_button.isVisible()
    screen.tick(3)
    qtbot.waitUntil(lambda: not offer.isVisible())

    screen.tick(1)
    qtbot.waitUntil(offer.isVisible)
    assert "Consent form CF 7K3Q X9FM, page 1 of 2" in offer.text
    screen.scan("ZZZ0024")
    screen.wait_for_patient()
    assert "belongs to another patient, " + HINEMOA.banner in offer.text
    screen.filing.next_patient()
    offer.patient_button.setFocus()
    press(Qt.Key.Key_Return)
    screen.wait_for_patient()
    assert "attaches consent form CF 7K3Q X9FM, page 1, to this patient's papers" in offer.text
    screen.say_all()
    screen.read_back("4 Mar 1961")
    screen.wait_for_report()
    assert screen.office.requests[0].patient == HINEMOA.id
    qtbot.waitUntil(lambda: not offer.isVisible())


@pytest.mark.requirement("R79")
def test_the_record_of_a_sheet_that_came_back_is_a_key_away(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    screen = with_tray(desk_screen, page_on("IMG_0001.JPG", HINEMOA, SHEET))
    screen.office.sheets.register(HINEMOA, sheet_line(HINEMOA, number=SHEET))
    screen.tick(1)
    qtbot.waitUntil(screen.filing.pages.record_button.isVisible)
    screen.filing.pages.record_button.setFocus()
    press(Qt.Key.Key_Return)
    patients = screen.window.patients
    assert patients is not None
    qtbot.waitUntil(patients.isVisible)


@pytest.mark.requirement("R43")
def test_forms_that_did_not_come_back_are_a_list(qtbot: QtBot, worklists: WorklistsScreen) -> None:
    since = datetime.now(UTC) - timedelta(days=4)
    worklists.office.clearing.forms += [
        FormDue(number=FORM, patient=HINEMOA, images=5, since=since, pages_in=1, pages=2),
        FormDue(number="CF00000001", patient=WIREMU, images=1, since=since),
    ]
    worklists.come_in()
    assert "Consent outstanding, 2 waiting" in worklists.names
    shown = next(one for one in worklists.page.lists if isinstance(one, ConsentOutstanding))
    place = worklists.page.lists.index(shown)
    with qtbot.waitSignal(shown.loaded):
        worklists.page.names.setCurrentIndex(worklists.page.model.index(place))
    rows = [[str(shown.model.index(row, column).data()) for column in range(4)] for row in range(2)]
    assert rows[0] == [HINEMOA.banner, "CF 7K3Q X9FM", "5 images", "1 of 2 pages"]
    assert rows[1][2:] == ["1 image", "nothing"]
    shown.table.setFocus()
    press(Qt.Key.Key_Down)
    begun = replace(worklists.office.clearing.forms[1], pages_in=1, pages=2)
    worklists.office.clearing.forms[1] = begun
    with qtbot.waitSignal(shown.loaded):
        shown.load()
    assert shown.chosen == begun  # fetched again, the keyboard stays where it was
    press(Qt.Key.Key_Up)
    with qtbot.waitSignal(shown.chart_wanted) as wanted:
        press(Qt.Key.Key_Return)
    assert wanted.args == [HINEMOA]
