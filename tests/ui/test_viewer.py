"""An image opened: zoom, turn, light, measure, and what stands below."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyleOptionGraphicsItem
from pytestqt.qtbot import QtBot

from desktop.records.facts.came_from import Channel, CopyGiven, Received, Relationship, Sender
from desktop.records.facts.clinical_image import ClinicalImage, Description, MediaKind
from desktop.records.facts.companions import KeptCompanion
from desktop.records.facts.depiction import Scale
from desktop.records.facts.devices import Brought, Depositor
from desktop.records.facts.media import CaptureMode, MediaDetail, Part, TieKind
from desktop.records.facts.people import Role
from desktop.records.facts.quality import Finding, Quality
from desktop.ui.parts.background import Background
from desktop.ui.viewer.caption import caption_of
from desktop.ui.viewer.picture_item import Tone, ToneItem
from desktop.ui.viewer.viewer import Viewer
from tests.ui.made_facts import NOW, clinical_image
from tests.ui.made_views import StandInViewer
from tests.ui.screens import CTRL, SHIFT, press, type_in

LARGE = Description(kind=MediaKind.PHOTO, media_type="image/jpeg", width=8000, height=6000)


def image(n: int, said: Description = LARGE) -> ClinicalImage:
    made = clinical_image(f"IMG_{n}.JPG", at=NOW - timedelta(days=n), site="left forearm")
    return replace(made, description=said)


@pytest.fixture
def views() -> StandInViewer:
    return StandInViewer()


@pytest.fixture
def viewer(qtbot: QtBot, background: Background, views: StandInViewer) -> Viewer:
    """A viewer with the first of three images of 8000 × 6000 pixels; previews have 1600 × 1200."""
    made = Viewer(background=background, verbs=views.verbs)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    qtbot.waitExposed(made)
    with qtbot.waitSignal(made.shown):
        made.open_at([image(n) for n in range(3)], 0)
    return made


@pytest.mark.requirement("R126")
def test_one_to_one_is_of_the_original_and_its_pixels_are_fetched(
    qtbot: QtBot, viewer: Viewer, views: StandInViewer
) -> None:
    stage = viewer.stage
    assert stage.size_shown.toSize().toTuple() == (8000, 6000)
    press(Qt.Key.Key_1)
    assert stage.zoom == pytest.approx(1)
    assert stage.centre.x() == pytest.approx(4000, abs=10)
    qtbot.waitUntil(lambda: bool(views.parts))
    left, top, width, height = views.parts[0]
    seen = stage.mapToScene(stage.viewport().rect()).boundingRect()
    assert left <= seen.left()
    assert top <= seen.top()
    assert left + width >= seen.right()
    assert width * height < 8000 * 6000 / 16
    qtbot.waitUntil(lambda: stage.item.density_in(seen) == pytest.approx(1))
    assert len(views.looked_at) == 1


def test_zoom_stays_about_the_cursor_and_arrows_pan(viewer: Viewer) -> None:
    stage = viewer.stage
    press(Qt.Key.Key_1)
    cursor = QPoint(200, 100)
    before = stage.mapToScene(cursor)
    stage.zoom_by(2, cursor)
    after = stage.mapToScene(cursor)
    assert (after - before).manhattanLength() < 2
    centre = stage.centre
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Down)
    assert stage.centre.x() > centre.x()
    assert stage.centre.y() > centre.y()
    press(Qt.Key.Key_0)
    press(Qt.Key.Key_Right)
    assert "2 of 3" in viewer.caption


@pytest.mark.requirement("R104", "R127")
def test_a_changed_view_says_so_and_one_key_goes_back(viewer: Viewer) -> None:
    stage = viewer.stage
    as_it_was = stage.grab().toImage()
    assert not viewer.changed.isVisible()
    press(Qt.Key.Key_R)
    assert stage.mapFromScene(QPointF(0, 0)).x() > stage.mapFromScene(QPointF(8000, 6000)).x()
    press(Qt.Key.Key_B, SHIFT)
    press(Qt.Key.Key_C)
    assert stage.tone == Tone(brightness=-10, contrast=10)
    assert viewer.light.contrast.value() == 10
    assert viewer.changed.isVisible()
    assert stage.grab().toImage() != as_it_was
    press(Qt.Key.Key_O)
    assert not viewer.changed.isVisible()
    assert stage.grab().toImage() == as_it_was


@pytest.mark.parametrize("tone", [Tone(40, 0), Tone(-40, 0), Tone(30, 60), Tone(-20, -50)])
def test_light_is_what_it_says(tone: Tone) -> None:
    greys = QImage(256, 1, QImage.Format.Format_RGB32)
    for grey in range(256):
        greys.setPixelColor(grey, 0, QColor(grey, grey, grey))
    item = ToneItem()
    item.cover(QRectF(0, 0, 256, 1))
    item.show_tone(tone)
    painter = QPainter(greys)
    item.paint(painter, QStyleOptionGraphicsItem())
    painter.end()
    for grey in range(256):
        meant = (grey / 255 - 0.5) * tone.gain + 0.5 + tone.lift
        shown = greys.pixelColor(grey, 0).redF()
        assert shown == pytest.approx(min(max(meant, 0), 1), abs=0.01)


def test_a_line_is_measured_by_a_ruler_that_is_kept(
    qtbot: QtBot, viewer: Viewer, views: StandInViewer
) -> None:
    press(Qt.Key.Key_M)
    assert "pixels" in viewer.measure.text
    assert "No scale yet" in viewer.measure.text
    viewer.tool.lay(QPointF(1000, 1000), QPointF(2000, 1000))
    viewer.measure.field.setFocus()
    type_in("a thumb")
    press(Qt.Key.Key_Return)
    assert "“a thumb” is not a length" in viewer.measure.notice.text
    viewer.measure.field.clear()
    type_in("50")
    with qtbot.waitSignal(viewer.measure.kept):
        press(Qt.Key.Key_Return)
    kept = Scale(start=(1000, 1000), end=(2000, 1000), millimetres=50)
    assert [one.scale for one in views.scales.values()] == [kept]
    viewer.tool.lay(QPointF(0, 0), QPointF(0, 3000))
    assert viewer.measure.text.startswith("15.0 cm By the ruler laid by Mere Parata on ")
    assert "only in the plane of the ruler" in viewer.measure.text
    viewer.stage.setFocus()
    press(Qt.Key.Key_Escape)
    assert not viewer.measure.isVisible()
    assert viewer.stage.has_picture


def test_a_line_is_laid_by_keyboard_and_by_mouse(viewer: Viewer) -> None:
    stage, tool = viewer.stage, viewer.tool
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_M)
    (start, end) = tool.ends
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Down, SHIFT)
    assert tool.ends[0] == start
    assert tool.ends[1] == pytest.approx((end[0] + 1, end[1] + 10))
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Left)
    assert tool.ends[0] == pytest.approx((start[0] - 1, start[1]))
    centre = stage.centre
    press(Qt.Key.Key_Left, CTRL)
    assert stage.centre.x() < centre.x()
    port = stage.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=QPoint(100, 50))
    QTest.mouseMove(port, QPoint(180, 110))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=QPoint(180, 110))
    from_, to = (QPointF(*one) for one in tool.ends)
    assert stage.mapFromScene(from_).toTuple() == pytest.approx((100, 50), abs=1)
    assert stage.mapFromScene(to).toTuple() == pytest.approx((180, 110), abs=1)


@pytest.mark.requirement("R68", "R69", "R126")
def test_the_caption_tells_what_is_inside_and_how_good_it_is(
    qtbot: QtBot, viewer: Viewer, views: StandInViewer
) -> None:
    detail = MediaDetail(
        capture_mode=CaptureMode.LIVE_PHOTO, parts=(Part.GAIN_MAP,), duration_ms=83_000
    )
    said = replace(
        LARGE, detail=detail, quality=Quality(findings=(Finding.TOO_DARK,)), has_location=True
    )
    shown = replace(image(1, said), taken_why="the camera's clock was an hour behind")
    views.tied = [(TieKind.LIVE_PHOTO, image(2))]
    with qtbot.waitSignal(viewer.shown):
        viewer.open_at([shown], 0)
    qtbot.waitUntil(lambda: "belongs with" in viewer.caption)
    for told in (
        "Live Photo · 1 min 23 s · 8,000 × 6,000 pixels",
        "the file also holds a brightness map for bright screens, the place where it was taken",
        f"Quality: {Finding.TOO_DARK.words}. {Finding.TOO_DARK.advice}",
        "corrected from none in the file: the camera's clock was an hour behind",
        "(the other half of a Live Photo)",
    ):
        assert told in viewer.caption


@pytest.mark.requirement("R11")
def test_the_caption_tells_that_an_edit_was_noted_on_the_phone_and_what_is_shown(
    qtbot: QtBot, viewer: Viewer, views: StandInViewer
) -> None:
    views.noted = [_kept("IMG_0007.AAE"), _kept("IMG_0007.XMP")]
    plain = image(1)
    edited = replace(plain, arrival=replace(plain.arrival, file_name="IMG_E0007.HEIC"))
    viewer.open_at([plain, edited], 0)
    qtbot.waitUntil(lambda: "is kept with it" in viewer.caption)
    assert (
        "An edit note from the phone is kept with it (IMG_0007.AAE); what is shown is the file as "
        "it came, without that edit.\nA note from the device is kept with it (IMG_0007.XMP);"
    ) in viewer.caption
    press(Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: "the phone's edited version" in viewer.caption)
    assert "without that edit" not in viewer.caption


def _kept(name: str) -> KeptCompanion:
    at = datetime(2026, 11, 3, 1, tzinfo=UTC)
    return KeptCompanion(file_name=name, size=9, sha256=b"", received_at=at)


@pytest.mark.requirement("R119", "R122")
def test_the_caption_tells_from_whom_an_image_came(viewer: Viewer) -> None:
    received = Received(sender=Sender(name="Dr Ana Solé", role="GP"), channel=Channel.EMAIL)
    viewer.open_at([replace(image(1), came_from=received)], 0)
    assert "Received from Dr Ana Solé, GP by e-mail ·" in viewer.caption
    given = CopyGiven(given_by="Hemi Pōmare", relationship=Relationship.PARENT)
    viewer.open_at([replace(image(2), came_from=given)], 0)
    assert "Copy given by Hemi Pōmare (parent" in viewer.caption
    assert "the original stays theirs ·" in viewer.caption


@pytest.mark.requirement("R76")
def test_the_caption_names_who_brought_it_where_that_is_somebody_else() -> None:
    taken = image(1)
    assert taken.photographer is not None
    for name, is_named in ((taken.photographer.name, False), ("Hana Parata", True)):
        brought = Brought(depositor=Depositor(name=name, role=Role.NURSE))
        told = caption_of(replace(taken, brought=brought))
        assert ("brought by" in told) is is_named


def test_a_recording_goes_to_the_player(qtbot: QtBot, viewer: Viewer) -> None:
    film = Description(kind=MediaKind.VIDEO, media_type="video/mp4")
    with qtbot.waitSignal(viewer.shown):
        viewer.open_at([image(1, film)], 0)
    assert viewer.player.isVisible()
    assert not viewer.stage.isVisible()
    press(Qt.Key.Key_M, on=viewer)
    assert not viewer.measure.isVisible()
