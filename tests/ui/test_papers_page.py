"""Papers in the window: which are offered, and where each goes on (R5, R43, R49, R65)."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot

from desktop.records.facts.ids import ImageId, new_uuid
from desktop.records.facts.sheet import SheetKind
from desktop.ui.parts.asking import PathQuestion
from desktop.ui.parts.background import Background
from desktop.ui.parts.paper_verbs import PaperOffer
from desktop.ui.parts.papers_page import PapersPage
from tests.ui.made_facts import HINEMOA
from tests.ui.made_papers import StandInPapers
from tests.ui.screens import press, type_in


@pytest.fixture
def papers() -> StandInPapers:
    return StandInPapers()


@pytest.fixture
def page(
    qtbot: QtBot,
    background: Background,
    papers: StandInPapers,
    settings: QSettings,
    tmp_path: Path,
) -> PapersPage:
    def ask(question: PathQuestion) -> None:
        question.then(tmp_path / question.suggested)

    made = PapersPage(background=background, verbs=papers.verbs(), settings=settings, ask=ask)
    qtbot.addWidget(made)
    made.show()
    return made


def titles(page: PapersPage) -> list[str]:
    return [page.list.item(row).text() for row in range(page.list.count())]


@pytest.mark.requirement("R43", "R49")
def test_a_paper_for_the_chart_goes_on_to_the_register(qtbot: QtBot, page: PapersPage) -> None:
    images = (ImageId(new_uuid()), ImageId(new_uuid()))
    page.open_for(HINEMOA, images)
    assert titles(page) == ["Consent form", "Contact sheet", "Patient labels", "Ask for advice"]
    assert HINEMOA.name in page.banner.text
    assert page.field("site").isVisible()
    assert not page.field("why").isVisible()
    page.field("site").setFocus()
    type_in("left knee")
    with qtbot.waitSignal(page.sheet_wanted) as asked:
        press(Qt.Key.Key_Return)
    (choice,) = asked.args
    assert (choice.kind, choice.written) == (SheetKind.CONSENT, (("site", "left knee"),))
    assert (choice.patient, choice.images) == (HINEMOA, ())
    page.list.setCurrentRow(1)
    with qtbot.waitSignal(page.sheet_wanted) as asked:
        press(Qt.Key.Key_Return, on=page.go_button)
    assert asked.args[0].images == images


def test_what_goes_into_no_chart_is_shown_printed_and_saved_here(
    qtbot: QtBot, page: PapersPage, papers: StandInPapers
) -> None:
    page.load()
    assert titles(page) == [
        "Consent form",
        "Patient labels",
        "Before you photograph",
        "Ask for advice",
    ]
    page.list.setCurrentRow(1)
    page.stock.setCurrentIndex(1)
    assert page.start.maximum() == 14
    page.start.setValue(5)
    with qtbot.waitSignal(page.paper.loaded):
        press(Qt.Key.Key_Return, on=page.go_button)
    (wanted,) = papers.wanted
    assert (wanted.offer.name, wanted.stock, wanted.start) == ("labels", "L7163", 5)
    assert wanted.patient is None
    press(Qt.Key.Key_Return, on=page.paper.save_button)
    qtbot.waitUntil(lambda: len(papers.saved) == 1)
    qtbot.waitUntil(page.paper.print_button.isEnabled)
    press(Qt.Key.Key_Return, on=page.paper.print_button)
    qtbot.waitUntil(lambda: papers.printed == ["Office-Laser"])
    press(Qt.Key.Key_Escape, on=page.paper.print_button)
    assert page.list.isVisible()


@pytest.mark.requirement("R5", "R31")
def test_a_card_is_read_in_the_language_that_was_chosen_last(
    qtbot: QtBot,
    page: PapersPage,
    papers: StandInPapers,
    background: Background,
    settings: QSettings,
) -> None:
    page.load()
    assert not page.language.isVisible()
    page.list.setCurrentRow(2)
    assert (page.language.isVisible(), page.language.currentText()) == (True, "English")
    page.language.setFocus()
    press(Qt.Key.Key_Down)
    with qtbot.waitSignal(page.paper.loaded):
        press(Qt.Key.Key_Return, on=page.go_button)
    page.list.setCurrentRow(0)
    page.list.setCurrentRow(2)
    assert page.language.currentText() == "Te reo Māori"
    assert [wanted.language for wanted in papers.wanted] == ["mi"]
    again = PapersPage(background=background, verbs=papers.verbs(), settings=settings)
    qtbot.addWidget(again)
    again.list.setCurrentRow(2)
    assert again.language.currentData() == "mi"


@pytest.mark.requirement("R97")
def test_a_letter_says_what_an_empty_field_is_taken_from(
    qtbot: QtBot, background: Background, papers: StandInPapers
) -> None:
    def offer(kind: SheetKind) -> PaperOffer:
        return PaperOffer(
            name=kind.value,
            title=kind.words,
            kind=kind,
            of_patient=True,
            blank=True,
            takes_images=True,
            fields=("sent_to", "purpose"),
        )

    kinds = (SheetKind.LETTER, SheetKind.ACCESS, SheetKind.NOTE)
    verbs = replace(papers.verbs(), offers=tuple(offer(kind) for kind in kinds))
    made = PapersPage(background=background, verbs=verbs)
    qtbot.addWidget(made)
    made.open_for(HINEMOA, ())
    sent_to, purpose = made.field("sent_to"), made.field("purpose")
    assert sent_to.placeholderText() == "empty: whoever got images last"
    assert purpose.placeholderText() == "empty: as it is on record"
    assert "handed over" in made._about.text()
    made.list.setCurrentRow(1)
    assert made._form.labelForField(sent_to).text() == "Who asked"  # type: ignore[attr-defined]
    made.list.setCurrentRow(2)
    assert (sent_to.placeholderText(), purpose.placeholderText()) == ("", "")
    assert "goes into the chart" in made._about.text()
