"""A sheet in life size: chosen by keyboard, laid out for the printer that is chosen."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.printing.problems import TooLargeForLifeSize
from desktop.records.facts.ids import ImageId, new_uuid
from desktop.records.facts.sheet import SheetKind
from desktop.ui.parts.background import Background
from desktop.ui.parts.sheet_page import SheetPage
from desktop.ui.parts.sheet_verbs import SheetChoice
from tests.ui.made_facts import HINEMOA
from tests.ui.made_printing import StandInPrinters
from tests.ui.made_sheets import StandInSheets
from tests.ui.screens import press

pytestmark = pytest.mark.requirement("R80")


@pytest.fixture
def sheets() -> StandInSheets:
    return StandInSheets(printers=StandInPrinters(names=("Office-Laser", "Ward-3")))


@pytest.fixture
def page(qtbot: QtBot, background: Background, sheets: StandInSheets) -> SheetPage:
    made = SheetPage(background=background, verbs=sheets.verbs)
    qtbot.addWidget(made)
    made.resize(940, 900)
    with qtbot.waitExposed(made):
        made.show()
    images = (ImageId(new_uuid()), ImageId(new_uuid()))
    made.open_for(SheetChoice(patient=HINEMOA, images=images))
    qtbot.waitUntil(made.print_button.isEnabled)
    return made


def test_life_size_is_laid_out_for_the_printer_that_is_chosen(
    qtbot: QtBot, page: SheetPage, sheets: StandInSheets
) -> None:
    assert not page.size_box.smaller.isVisible()
    before = len(sheets.prepared)
    page.size_box.fitting.setFocus()
    press(Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: len(sheets.prepared) == before + 1)
    laid = sheets.prepared[-1]
    assert (laid.life_size, laid.smaller, laid.printer) == (True, False, "Office-Laser")
    assert not page.per_page.isEnabled()
    page.panel.printer.setCurrentIndex(1)
    page.panel.printer.activated.emit(1)
    qtbot.waitUntil(lambda: sheets.prepared[-1].printer == "Ward-3")
    page.size_box.fitting.click()
    qtbot.waitUntil(lambda: not sheets.prepared[-1].life_size)
    assert sheets.prepared[-1].printer == ""  # nothing of the page depends on it
    assert page.per_page.isEnabled()


def test_what_has_no_room_is_said_and_may_be_smaller(
    qtbot: QtBot, page: SheetPage, sheets: StandInSheets
) -> None:
    sheets.problem = TooLargeForLifeSize(
        number="7B2C", shows="300 × 200 mm", room="178 × 190 mm", paper="A4", way="Have"
    )
    page.size_box.life_size.click()
    qtbot.waitUntil(lambda: "nothing is cut off" in page.notice.text)
    assert not page.print_button.isEnabled()
    sheets.problem = None
    page.size_box.smaller.click()
    qtbot.waitUntil(page.print_button.isEnabled)
    assert sheets.prepared[-1].smaller
    assert page.notice.text == ""  # what was said of another layout is gone


def test_other_papers_have_no_life_size(qtbot: QtBot, page: SheetPage) -> None:
    page.open_for(SheetChoice(patient=HINEMOA, images=(), kind=SheetKind.CONSENT))
    assert not page.size_box.isVisible()
