"""What a grid fetches while somebody scrolls: the next screen, and nothing that they rush past."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.records.facts.ids import ImageId
from desktop.ui.parts.background import Background
from desktop.ui.parts.fling import Fling
from desktop.ui.parts.pictures import Pictures
from desktop.ui.parts.tick_grid import TickGrid
from desktop.ui.parts.tiles import Role
from desktop.ui.patients.chart_model import ChartModel
from tests.ui.made_facts import clinical_image, jpeg


@dataclass(kw_only=True)
class Chart:
    """A chart's grid, 400 by 450 pixels, and what was fetched for it."""

    grid: TickGrid
    model: ChartModel
    fetched: list[ImageId] = field(default_factory=list)

    @property
    def rows_fetched(self) -> set[int]:
        """The rows of what was fetched."""
        at = {image.id: row for row, image in enumerate(self.model.images)}
        return {at[image] for image in self.fetched}

    def rows_on_screen(self) -> set[int]:
        """The rows that the person sees a part of."""
        page = self.grid.viewport().rect()
        indexes = map(self.model.index, range(self.model.rowCount()))
        return {at.row() for at in indexes if self.grid.visualRect(at).intersects(page)}


@pytest.fixture
def chart(qtbot: QtBot, background: Background) -> Chart:
    """300 images, shown and at rest. Its clock stands still: two leaps are a rush."""
    grid = TickGrid("Images", fling=Fling(clock=lambda: 0.0))
    qtbot.addWidget(grid)
    fetched: list[ImageId] = []

    def thumbnail(image: ImageId) -> bytes:
        fetched.append(image)
        return jpeg(3)

    pictures = Pictures(background, QObject(background))
    model = ChartModel(pictures=pictures, thumbnail=thumbnail, parent=pictures)
    grid.setModel(model)
    grid.resize(400, 450)
    grid.show()
    model.show([clinical_image(f"{number}.JPG") for number in range(300)])
    qtbot.waitUntil(lambda: model.index(0).data(Role.PICTURE) is not None)
    qtbot.waitUntil(lambda: background.is_idle)
    return Chart(grid=grid, model=model, fetched=fetched)


def test_a_chart_that_is_scrolled_has_the_next_screen_ready(qtbot: QtBot, chart: Chart) -> None:
    shown = chart.rows_on_screen()
    assert chart.rows_fetched == shown, "what was not looked at yet is not fetched"
    chart.grid.verticalScrollBar().setValue(1)
    below = {max(shown) + 1, max(shown) + 2}
    qtbot.waitUntil(lambda: below <= chart.rows_fetched)
    assert len(chart.fetched) == len(set(chart.fetched)), "none is fetched twice"


def test_pictures_wait_for_whoever_rushes_and_come_where_they_stop(
    qtbot: QtBot, background: Background, chart: Chart
) -> None:
    bar, page = chart.grid.verticalScrollBar(), chart.grid.viewport().height()
    passed: set[int] = set()
    with qtbot.waitSignal(chart.grid.came_to_rest):
        for leap in range(1, 8):
            bar.setValue(leap * 3 * page)
            chart.grid.viewport().repaint()
            passed |= chart.rows_on_screen() if 1 < leap < 7 else set()
    here = chart.rows_on_screen()
    qtbot.waitUntil(lambda: here <= chart.rows_fetched)
    qtbot.waitUntil(lambda: background.is_idle)
    assert passed
    assert not passed & chart.rows_fetched, "nobody could see it"
    assert all(chart.model.index(row).data(Role.PICTURE) is not None for row in here)


@pytest.mark.parametrize(
    ("leaps", "is_rush"),
    [
        ([(0, 300)], [False]),
        ([(0, 300), (20, 300), (40, -400)], [False, True, True]),
        ([(0, 300), (33, 300), (66, 300)], [False, False, False]),
        ([(0, 100), (5, 100), (10, 100)], [False, False, False]),
        ([(0, 300), (10, 40), (20, 300)], [False, False, True]),
    ],
    ids=["one leap", "each frame", "a held key", "the wheel", "a small step between"],
)
def test_to_rush_is_to_leap_before_the_last_page_was_seen(
    leaps: list[tuple[int, int]], is_rush: list[bool]
) -> None:
    now = 0.0

    def clock() -> float:
        return now

    fling, said = Fling(clock=clock), []
    for at, by in leaps:
        now = at / 1000
        said.append(fling.scrolled(by, page=400))
    assert said == is_rush
