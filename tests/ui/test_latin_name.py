"""A name that no font can draw: the page asks for it in Latin letters and goes on (R79)."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.printing.laid_out import SheetReady
from desktop.printing.print_options import PrintOptions
from desktop.printing.problems import UnprintableText
from desktop.printing.record_sheet_model import Paper
from desktop.ui.parts.background import Background
from desktop.ui.parts.paper_page import PaperOrder, PaperPage
from desktop.ui.parts.sheet_page import SheetPage
from desktop.ui.parts.sheet_verbs import SheetChoice
from tests.ui.made_facts import HINEMOA
from tests.ui.made_papers import StandInPapers, one_page
from tests.ui.made_sheets import StandInSheets
from tests.ui.screens import press, type_in

CANNOT = UnprintableText(what="The patient's family name", characters="ᠮ", folder="fonts")


@pytest.mark.requirement("R79")
def test_a_sheet_goes_on_with_the_name_that_was_typed(qtbot: QtBot, background: Background) -> None:
    sheets = StandInSheets()

    def prepare(choice: SheetChoice) -> SheetReady:
        if not choice.written:
            raise CANNOT
        return sheets.prepare(choice)

    page = SheetPage(background=background, verbs=replace(sheets.verbs, prepare=prepare))
    qtbot.addWidget(page)
    page.show()
    page.open_for(SheetChoice(patient=HINEMOA, images=()))
    qtbot.waitUntil(page.latin.field.hasFocus)
    assert not page.print_button.isEnabled()
    press(Qt.Key.Key_Return)
    assert sheets.prepared == []
    type_in("TAWHIRI, Hinemoa")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.print_button.isEnabled)
    assert sheets.prepared[0].written == (("latin_name", "TAWHIRI, Hinemoa"),)
    assert page.notice.text == ""
    page.open_for(SheetChoice(patient=HINEMOA, images=(), written=(("why", ""),)))
    assert not page.latin.isVisible()
    assert page.latin.field.text() == ""


@pytest.mark.parametrize("names_somebody", [True, False])
def test_a_paper_asks_for_it_only_where_it_names_somebody(
    qtbot: QtBot, background: Background, names_somebody: bool
) -> None:
    def order(name: str) -> PaperOrder:
        def make(_paper: Paper) -> bytes:
            if not name:
                raise CANNOT
            return one_page()

        def out(_pdf: bytes, _to: Path | Paper, _options: PrintOptions | None = None) -> None:
            """Nothing goes out here."""

        return PaperOrder(
            title=name or "Labels", sentence="", file_name="", after="",
            make=make, save=out, print=out, named=order if names_somebody else None,
        )  # fmt: skip

    verbs = StandInPapers().verbs()
    page = PaperPage(background=background, printing=verbs.printing, preview=verbs.preview_page)
    qtbot.addWidget(page)
    page.show()
    page.open_for(order(""))
    qtbot.waitUntil(lambda: "cannot be printed" in page.notice.text)
    assert page.latin.isVisible() is names_somebody
    if names_somebody:
        type_in("TAWHIRI, Hinemoa")
        with qtbot.waitSignal(page.loaded):
            press(Qt.Key.Key_Return)
        assert page.title.text() == "TAWHIRI, Hinemoa"
