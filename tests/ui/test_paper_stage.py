"""A long paper on the stage: every page can be reached, and only the near ones are held."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from desktop.printing.document import Write
from desktop.printing.laid_out import LaidOut, LaidOutPages
from desktop.problem import Problem
from desktop.records.facts.problems import NoImagesForSheet
from desktop.ui.parts.background import Background
from desktop.ui.parts.paper_stage import PaperStage, shown_paper
from tests.ui.made_facts import page_png


def _never(_pages: Sequence[int], _write: Write) -> None:
    raise AssertionError


LONG = LaidOutPages(pages=60, draw=_never)


@pytest.fixture
def stage(qtbot: QtBot, background: Background) -> PaperStage:
    made = PaperStage("Preview", background=background)
    qtbot.addWidget(made)
    made.resize(QSize(760, 700))
    made.show()
    return made


@pytest.mark.requirement("R77")
def test_every_page_comes_when_it_is_scrolled_to(qtbot: QtBot, stage: PaperStage) -> None:
    asked: list[int] = []

    def preview(_laid: LaidOut, page: int, _width: int) -> bytes:
        asked.append(page)
        return page_png(f"Page {page + 1}")

    stage.show_paper(shown_paper(LONG, preview))
    assert stage.shown == 60
    qtbot.waitUntil(lambda: {0, 1, 2} <= stage.drawn)
    bar = stage.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: {57, 58, 59} <= stage.drawn)
    assert len(stage.drawn) <= 6
    assert 30 not in asked  # who scrolls past does not wait for it
    bar.setValue(0)
    qtbot.waitUntil(lambda: {0, 1, 2} <= stage.drawn and 59 not in stage.drawn)
    stage.clear()
    assert (stage.shown, stage.drawn) == (0, frozenset())


def test_a_page_that_cannot_be_drawn_is_told_once_and_the_others_come(
    qtbot: QtBot, stage: PaperStage
) -> None:
    broken = NoImagesForSheet(banner="nobody")

    def preview(_laid: LaidOut, page: int, _width: int) -> bytes:
        if page == 1:
            raise broken
        return page_png(f"Page {page + 1}")

    told: list[Problem] = []
    stage.failed.connect(told.append)
    stage.show_paper(shown_paper(LONG, preview))
    qtbot.waitUntil(lambda: 2 in stage.drawn and 4 in stage.drawn)
    assert told == [broken]
