"""The player in the viewer: by keyboard, by mouse, out of sight, without a loudspeaker."""

from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.media.player_facts import RATE, SECOND
from desktop.records.facts.clinical_image import ClinicalImage, Description, MediaKind
from desktop.ui.parts.background import Background
from desktop.ui.viewer.playback import Playback
from desktop.ui.viewer.player_stage import PlayerStage
from desktop.ui.viewer.viewer import Viewer
from tests.ui.made_facts import clinical_image
from tests.ui.made_films import LAST, STEP, StandInFilm, StandInSpeaker, sound_alone
from tests.ui.made_views import StandInViewer
from tests.ui.screens import press

pytestmark = pytest.mark.requirement("R11")


def _number(playback: Playback) -> int:
    return playback.frame.rgb[0] if playback.frame is not None else -1


def _at_rest(qtbot: QtBot, background: Background) -> None:
    qtbot.waitUntil(lambda: background.is_idle)


@pytest.fixture
def views() -> StandInViewer:
    return StandInViewer(film=StandInFilm())


def _image(kind: MediaKind) -> ClinicalImage:
    said = Description(kind=kind, media_type="video/mp4", width=640, height=480)
    return replace(clinical_image("VID_1.MP4"), description=said)


def _viewer(
    qtbot: QtBot, background: Background, views: StandInViewer, kind: MediaKind = MediaKind.VIDEO
) -> Viewer:
    made = Viewer(background=background, verbs=views.verbs)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    qtbot.waitExposed(made)
    with qtbot.waitSignal(made.shown):
        made.open_at([_image(kind), _image(MediaKind.PHOTO)], 0)
    return made


@pytest.fixture
def stage(qtbot: QtBot, background: Background, views: StandInViewer) -> PlayerStage:
    made = _viewer(qtbot, background, views).player
    qtbot.waitUntil(lambda: made.playback.frame is not None)
    return made


def test_every_place_is_reached_by_keyboard(qtbot: QtBot, stage: PlayerStage) -> None:
    playback = stage.playback
    press(Qt.Key.Key_Period)
    qtbot.waitUntil(lambda: playback.place == STEP)
    press(Qt.Key.Key_Comma)
    assert playback.place == 0
    press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert playback.place == SECOND
    press(Qt.Key.Key_Right)
    assert playback.place == 3 * SECOND
    press(Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert playback.place == 2 * SECOND
    press(Qt.Key.Key_Home)
    assert playback.place == 0
    press(Qt.Key.Key_End)
    qtbot.waitUntil(lambda: _number(playback) == LAST)


def test_all_else_goes_by_keyboard_and_in_a_lane(
    qtbot: QtBot, background: Background, stage: PlayerStage, views: StandInViewer
) -> None:
    playback = stage.playback
    press(Qt.Key.Key_BracketLeft)
    assert playback.speed == 0.75
    for _ in range(3):
        press(Qt.Key.Key_Down)
    assert views.speaker.volume == pytest.approx(0.7)
    press(Qt.Key.Key_M)
    assert views.speaker.volume == 0
    press(Qt.Key.Key_L)
    assert playback.loops
    press(Qt.Key.Key_1)
    assert stage.film.zoom == 1
    press(Qt.Key.Key_R)
    assert stage.film.angle == 90
    press(Qt.Key.Key_Space)
    assert playback.is_running
    assert "Pause" in stage.bar.play_button.accessibleName()
    press(Qt.Key.Key_Space)
    assert not playback.is_running
    _at_rest(qtbot, background)
    assert {name.split("_")[0] for name in views.film.threads} == {"play"}


def test_the_bar_is_dragged_and_shows_what_is_found_quickly(
    qtbot: QtBot, background: Background, stage: PlayerStage, views: StandInViewer
) -> None:
    bar = stage.bar.seek
    _at_rest(qtbot, background)
    views.film.wants.clear()
    middle = QPoint(bar.width() // 2, bar.height() // 2)
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=middle)
    _at_rest(qtbot, background)
    assert {want.which for want in views.film.wants} == {"near"}
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=middle)
    _at_rest(qtbot, background)
    assert abs(stage.playback.place - 3 * SECOND // 2) < STEP
    assert "at" in {want.which for want in views.film.wants}


def test_leaving_ends_it_and_going_out_of_sight_pauses_it(
    qtbot: QtBot, background: Background, stage: PlayerStage, views: StandInViewer
) -> None:
    press(Qt.Key.Key_Space)
    assert stage.playback.is_running
    stage.hide()
    assert not stage.playback.is_running
    stage.show()
    press(Qt.Key.Key_Escape)
    _at_rest(qtbot, background)
    assert (views.film.closed, views.speaker.closed) == (1, 1)
    assert stage.playback.frame is None
    assert stage.film.image.isNull()


def test_nothing_of_it_outlives_the_page(
    qtbot: QtBot, background: Background, views: StandInViewer
) -> None:
    """As when the office is locked: all work is dropped and the pages go."""
    viewer = Viewer(background=background, verbs=views.verbs)
    with qtbot.waitSignal(viewer.shown):
        viewer.open_at([_image(MediaKind.VIDEO)], 0)
    stage = viewer.player
    qtbot.waitUntil(lambda: stage.playback.frame is not None)
    stage.playback.play()
    viewer.hide()
    background.stop_all()
    viewer.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(stage))
    assert stage.playback.frame is None
    assert stage.film.image.isNull()
    assert views.speaker.closed == 1


def test_a_film_that_arrives_too_late_is_closed_again(
    qtbot: QtBot, background: Background, views: StandInViewer
) -> None:
    made = Viewer(background=background, verbs=views.verbs)
    qtbot.addWidget(made)
    made.open_at([_image(MediaKind.VIDEO), _image(MediaKind.PHOTO)], 0)
    made.clear()
    _at_rest(qtbot, background)
    assert views.film.closed == 1


@pytest.mark.parametrize(
    ("film", "words"),
    [
        (StandInFilm(), "No loudspeaker was found; the picture plays without sound."),
        (sound_alone(), "No loudspeaker was found, so this recording cannot be heard here."),
    ],
)
def test_without_a_loudspeaker_it_says_so_and_plays(
    qtbot: QtBot, background: Background, film: StandInFilm, words: str
) -> None:
    views = StandInViewer(film=film, speaker=StandInSpeaker(exists=False))
    kind = MediaKind.VIDEO if film.film.has_pictures else MediaKind.AUDIO
    stage = _viewer(qtbot, background, views, kind).player
    assert stage.notice.text == words
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: stage.playback.place > 0)
    assert views.speaker.fed == 0
    stage.clear()
    _at_rest(qtbot, background)


def test_a_recording_is_heard_to_its_end(qtbot: QtBot, background: Background) -> None:
    speaker = StandInSpeaker()
    views = StandInViewer(film=sound_alone(), speaker=speaker)
    stage = _viewer(qtbot, background, views, MediaKind.AUDIO).player
    assert stage.sound.isVisible()
    assert not stage.film.isVisible()
    press(Qt.Key.Key_Space)
    for second in range(1, 4):
        qtbot.waitUntil(lambda second=second: speaker.fed >= second * RATE)  # type: ignore[misc]
        speaker.hear(1)
    qtbot.waitUntil(lambda: not stage.playback.is_running)
    assert stage.playback.place == 3 * SECOND
    stage.clear()
    _at_rest(qtbot, background)
