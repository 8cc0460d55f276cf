"""Images beside and over each other, and the series of a chart."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.records.facts.clinical_image import ClinicalImage, Description, MediaKind
from desktop.records.facts.media import MediaDetail
from desktop.ui.parts.background import Background
from desktop.ui.viewer.compare_bar import CompareBar
from desktop.ui.viewer.compare_view import CompareView
from tests.ui.made_facts import HINEMOA, NOW, clinical_image
from tests.ui.made_views import StandInViewer
from tests.ui.screens import CTRL, SHIFT, PatientsScreen, press, type_in


def image(days: int, site: str = "left forearm") -> ClinicalImage:
    return clinical_image(f"IMG_{days}.JPG", at=NOW - timedelta(days=days), site=site)


@pytest.fixture
def views() -> StandInViewer:
    return StandInViewer()


@pytest.fixture
def view(qtbot: QtBot, background: Background, views: StandInViewer) -> CompareView:
    """Two images beside each other; the newer one was handed over first."""
    made = CompareView(background=background, verbs=views.verbs)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    qtbot.waitExposed(made)
    with qtbot.waitSignal(made.shown):
        made.open_for([image(10), image(90)])
    return made


@pytest.mark.requirement("R13")
def test_the_oldest_is_left_and_each_look_is_one(view: CompareView, views: StandInViewer) -> None:
    assert "IMG" not in view.headings[0]
    older, newer = (pane.image for pane in view.panes)
    assert older is not None
    assert newer is not None
    assert (older.arrival.file_name, newer.arrival.file_name) == ("IMG_90.JPG", "IMG_10.JPG")
    assert "Left forearm · Mere Parata" in view.headings[0]
    assert sorted(views.looked_at) == sorted([older.id, newer.id])


@pytest.mark.parametrize("width", [560, 700, 800, 900, 1000, 1100])
def test_no_window_is_so_narrow_that_words_of_the_bar_are_cut(qtbot: QtBot, width: int) -> None:
    room = QWidget()  # a page of the window may be narrower than it would like to be
    qtbot.addWidget(room)
    bar = CompareBar()
    bar.setParent(room)
    bar.tell("4 images, oldest left")
    room.resize(width, 100)
    bar.resize(width, 90)
    room.show()
    QApplication.processEvents()
    for part in (bar.back, bar.heading, bar.beside, *bar.over):
        assert part.width() >= part.sizeHint().width(), part.objectName()


@pytest.mark.requirement("R13")
def test_they_move_together_until_unlocked_and_keep_their_offset(view: CompareView) -> None:
    left, right = (pane.stage for pane in view.panes)
    assert left.hasFocus()
    press(Qt.Key.Key_Plus)
    press(Qt.Key.Key_Plus)
    press(Qt.Key.Key_Right)
    assert right.zoom == pytest.approx(left.zoom)
    assert right.centre.x() == pytest.approx(left.centre.x(), abs=4)
    assert left.centre.x() > left.size_shown.width() / 2
    press(Qt.Key.Key_L)
    assert not view.is_locked
    zoom = left.zoom
    press(Qt.Key.Key_Tab)
    assert right.hasFocus()
    press(Qt.Key.Key_Minus)
    assert left.zoom == zoom
    press(Qt.Key.Key_L)
    press(Qt.Key.Key_Plus)
    press(Qt.Key.Key_Plus)
    assert left.zoom / right.zoom == pytest.approx(1.25)
    press(Qt.Key.Key_0)
    assert left.is_fitted


@pytest.mark.requirement("R13", "R104")
def test_two_lie_over_each_other_and_are_laid_in_line_by_hand(
    qtbot: QtBot, view: CompareView
) -> None:
    press(Qt.Key.Key_F)
    stage = view.overlay.stage
    assert stage.hasFocus()
    assert stage.upper.opacity() == pytest.approx(0.5)
    press(Qt.Key.Key_PageUp)
    assert (stage.share, view.overlay.slider.value()) == (55, 55)
    place = stage.upper.mapToScene(QPointF(0, 0))
    zoom = stage.zoom
    press(Qt.Key.Key_Right, SHIFT)
    press(Qt.Key.Key_Period)
    moved = stage.upper.mapToScene(QPointF(0, 0))
    assert stage.upper.mapToScene(QPointF(800, 600)).x() == pytest.approx(800 + 10 / zoom)
    assert moved != place
    assert stage.is_changed
    press(Qt.Key.Key_O)
    assert not stage.is_changed
    assert stage.upper.mapToScene(QPointF(0, 0)) == place
    press(Qt.Key.Key_W)
    port = stage.viewport()
    across = stage.mapFromScene(QPointF(400, 600)).x()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=QPoint(across, 200))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=QPoint(across, 200))
    assert stage.share == 75
    press(Qt.Key.Key_Space)
    assert stage.share == 0
    with qtbot.waitSignal(view.left):
        press(Qt.Key.Key_Escape)
    assert not stage.has_picture


@pytest.mark.requirement("R13")
def test_each_is_measured_by_its_own_ruler_by_keyboard(
    qtbot: QtBot, view: CompareView, views: StandInViewer
) -> None:
    panel, (left, right) = view.measuring.panel, (pane.stage for pane in view.panes)
    older = view.panes[0].image
    press(Qt.Key.Key_M)
    assert "No scale yet" in panel.text
    press(Qt.Key.Key_Right, SHIFT)
    panel.field.setFocus()
    type_in("50")
    with qtbot.waitSignal(panel.kept):
        press(Qt.Key.Key_Return)
    assert older is not None
    assert list(views.scales) == [older.id]
    assert panel.length == "50 mm"
    right.setFocus()
    assert "No scale yet" in panel.text
    assert "50 mm" in panel.beside.text()
    left.setFocus()
    assert panel.length != "50 mm"  # until its ruler is fetched again: pixels
    qtbot.waitUntil(lambda: panel.length == "50 mm")
    press(Qt.Key.Key_F)
    assert not panel.isVisible()
    upper = view.overlay.stage.upper.mapToScene(QPointF(0, 0))
    press(Qt.Key.Key_M)
    qtbot.waitUntil(lambda: "mm" in panel.length)
    press(Qt.Key.Key_Left, SHIFT)
    assert view.overlay.stage.upper.mapToScene(QPointF(0, 0)) == upper
    press(Qt.Key.Key_Escape)
    assert not panel.isVisible()
    press(Qt.Key.Key_Left, SHIFT)
    assert view.overlay.stage.upper.mapToScene(QPointF(0, 0)) != upper


@pytest.mark.requirement("R13")
def test_ticked_images_of_a_chart_are_compared_by_keyboard(
    qtbot: QtBot, patients_screen: PatientsScreen
) -> None:
    patients_screen.office.charts[HINEMOA.id] = [image(n) for n in (1, 2, 3)]
    patients_screen.open_chart("ZZZ0016")
    chart = patients_screen.page.chart
    assert not chart.tools.compare.isEnabled()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    assert chart.tools.compare.text() == "Compare 2 images"
    with qtbot.waitSignal(chart.comparing.shown):
        press(Qt.Key.Key_Return, CTRL)
    assert [pane.image.arrival.file_name for pane in chart.comparing.panes if pane.image] == [
        "IMG_2.JPG",
        "IMG_1.JPG",
    ]
    press(Qt.Key.Key_Escape)
    assert chart.grid.hasFocus()
    assert len(chart.model.ticked) == 2


@pytest.mark.requirement("R13")
def test_a_series_opens_its_images_or_its_first_and_last(
    qtbot: QtBot, patients_screen: PatientsScreen
) -> None:
    patients_screen.office.charts[HINEMOA.id] = [
        *(image(n) for n in (3, 40, 200)),
        image(5, "right shin"),
        replace(image(1), site=""),
    ]
    patients_screen.open_chart("ZZZ0016")
    chart = patients_screen.page.chart
    chart.tools.series.click()
    assert [str(chart.series.shown.index(row).data()) for row in range(2)] == [
        "Left forearm",
        "Right shin",
    ]
    assert chart.tools.compare.text() == "Compare first and last"
    with qtbot.waitSignal(chart.comparing.shown):
        press(Qt.Key.Key_Return, CTRL)
    named = [pane.image.arrival.file_name for pane in chart.comparing.panes if pane.image]
    assert named == ["IMG_200.JPG", "IMG_3.JPG"]
    press(Qt.Key.Key_Escape)
    assert chart.series.hasFocus()
    press(Qt.Key.Key_Down)
    assert not chart.tools.compare.isEnabled()
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return)
    assert len(patients_screen.tiles) == 3
    chart.tools.all.click()
    assert len(patients_screen.tiles) == 5


@pytest.mark.requirement("R13")
def test_a_film_is_compared_at_the_second_that_is_chosen(
    qtbot: QtBot, background: Background, views: StandInViewer
) -> None:
    film = replace(
        image(10),
        description=Description(
            kind=MediaKind.VIDEO, media_type="video/mp4", detail=MediaDetail(duration_ms=8_000)
        ),
    )
    made = CompareView(background=background, verbs=views.verbs)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.shown):
        made.open_for([film, image(90)])
    photo, moving = made.panes
    assert not photo.seconds.isVisible()
    assert moving.seconds.isVisible()
    with qtbot.waitSignal(moving.shown):
        moving.seconds.slider.setValue(42)
    assert views.frames == [(film.id, 4.2)]
    assert moving.stage.has_picture
    moving.stage.setFocus()
    press(Qt.Key.Key_M)
    assert "No scale is kept of a film" in made.notice.text
    assert not made.measuring.panel.isVisible()
    made.clear()
    assert not moving.seconds.isVisible()
