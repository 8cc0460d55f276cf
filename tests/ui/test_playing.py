"""Recordings in the viewer: in time, to the frame, by keyboard, and never on the UI thread."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import shiboken6
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.media.player_facts import RATE, SECOND, Frame
from desktop.records.facts.clinical_image import ClinicalImage, Description, MediaKind
from desktop.ui.parts.background import Background
from desktop.ui.viewer.frame_window import FrameWindow
from desktop.ui.viewer.playback import Playback
from desktop.ui.viewer.player_bar import time_words
from desktop.ui.viewer.player_stage import PlayerStage
from desktop.ui.viewer.viewer import Viewer
from tests.ui.made_facts import clinical_image
from tests.ui.made_films import (
    LAST,
    STEP,
    StandInFilm,
    StandInSpeaker,
    silent_film,
    sound_alone,
)
from tests.ui.made_views import StandInViewer
from tests.ui.screens import press

pytestmark = pytest.mark.requirement("R11")


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def speaker() -> StandInSpeaker:
    return StandInSpeaker()


@pytest.fixture
def playback(
    qtbot: QtBot, background: Background, clock: Clock, speaker: StandInSpeaker
) -> Iterator[Playback]:
    made = Playback(background=background, speaker=speaker, clock=clock)
    yield made
    made.close()
    qtbot.waitUntil(lambda: background.is_idle)


def _number(playback: Playback) -> int:
    return playback.frame.rgb[0] if playback.frame is not None else -1


def _at_rest(qtbot: QtBot, background: Background) -> None:
    qtbot.waitUntil(lambda: background.is_idle)


def _open(qtbot: QtBot, playback: Playback, film: StandInFilm, *, can_hear: bool = False) -> None:
    playback.open(film, can_hear=can_hear)
    if film.film.has_pictures:
        qtbot.waitUntil(lambda: playback.frame is not None)


def test_the_frame_of_the_moment_is_shown_until_the_end(
    qtbot: QtBot, playback: Playback, clock: Clock
) -> None:
    _open(qtbot, playback, silent_film())
    assert (_number(playback), playback.is_running) == (0, False)
    playback.play()
    for moment in (0.041, 0.5, 1.2, 2.97):
        clock.now = 100 + moment
        qtbot.waitUntil(lambda moment=moment: _number(playback) == int(moment * 25))  # type: ignore[misc]
        assert playback.place == pytest.approx(moment * SECOND, abs=2)
    clock.now = 110
    qtbot.waitUntil(lambda: not playback.is_running)
    assert (_number(playback), playback.place) == (LAST, 3 * SECOND)
    # once more from the beginning
    playback.play()
    qtbot.waitUntil(lambda: _number(playback) == 0)


def test_it_begins_again_where_that_is_wanted(
    qtbot: QtBot, playback: Playback, clock: Clock
) -> None:
    _open(qtbot, playback, silent_film())
    playback.loops = True
    playback.play()
    seen: list[int] = []
    playback.frame_shown.connect(lambda: seen.append(_number(playback)))
    clock.now += 5
    qtbot.waitUntil(lambda: LAST in seen and _number(playback) == 0)
    assert playback.is_running


def test_the_sound_is_the_clock_and_the_picture_follows(
    qtbot: QtBot, playback: Playback, speaker: StandInSpeaker, clock: Clock
) -> None:
    _open(qtbot, playback, StandInFilm(), can_hear=True)
    playback.play()
    clock.now += 2  # nothing was heard yet, so nothing moves
    qtbot.waitUntil(lambda: speaker.fed > RATE)
    assert (_number(playback), playback.place) == (0, 0)
    speaker.hear(0.5)
    qtbot.waitUntil(lambda: _number(playback) == 12)
    playback.pause()
    assert (speaker.fed, speaker.waiting) == (0, 0)
    assert playback.place == SECOND // 2


def test_where_the_sound_ends_first_the_picture_goes_on(
    qtbot: QtBot, playback: Playback, speaker: StandInSpeaker, clock: Clock
) -> None:
    film = StandInFilm(sound_ends=SECOND)
    _open(qtbot, playback, film, can_hear=True)
    playback.play()
    qtbot.waitUntil(lambda: speaker.fed == RATE)
    speaker.hear(1)
    qtbot.waitUntil(lambda: _number(playback) == 25)
    clock.now += 1
    qtbot.waitUntil(lambda: _number(playback) == 50)


def test_a_decoder_that_is_too_slow_leaves_frames_out(
    qtbot: QtBot, playback: Playback, clock: Clock
) -> None:
    film = silent_film()
    _open(qtbot, playback, film)
    playback.play()
    clock.now += 2
    qtbot.waitUntil(lambda: _number(playback) >= 50)
    late = [want for want in film.wants if want.hurry]
    assert late[0].which == "at"
    assert late[0].time == pytest.approx(2 * SECOND, abs=2)


def test_frame_by_frame_forwards_and_back_leaves_none_out(
    qtbot: QtBot, background: Background, playback: Playback
) -> None:
    _open(qtbot, playback, silent_film())
    playback.seek(30 * STEP + STEP // 2)
    qtbot.waitUntil(lambda: _number(playback) == 30)
    seen = []
    for by in [1] * 12 + [-1] * 30 + [1] * 3:
        _at_rest(qtbot, background)
        before = _number(playback)
        playback.step(by)
        qtbot.waitUntil(lambda before=before: _number(playback) != before)  # type: ignore[misc]
        seen.append(_number(playback))
        assert playback.place == seen[-1] * STEP
    assert seen == [*range(31, 43), *range(41, 11, -1), 13, 14, 15]


@pytest.mark.parametrize(("start", "by"), [(0, -1), (3 * SECOND, 1)])
def test_there_is_nothing_before_the_first_frame_nor_after_the_last(
    qtbot: QtBot, background: Background, playback: Playback, start: int, by: int
) -> None:
    _open(qtbot, playback, silent_film())
    playback.seek(start)
    _at_rest(qtbot, background)
    before = _number(playback)
    playback.step(by)
    _at_rest(qtbot, background)
    assert _number(playback) == before


def test_after_frames_were_left_out_a_step_back_finds_them(
    qtbot: QtBot, background: Background, playback: Playback, clock: Clock
) -> None:
    film = silent_film()
    _open(qtbot, playback, film)
    playback.play()
    clock.now += 2
    qtbot.waitUntil(lambda: any(want.hurry for want in film.wants))
    qtbot.waitUntil(lambda: _number(playback) >= 50)
    playback.pause()
    _at_rest(qtbot, background)
    before = _number(playback)
    playback.step(-1)
    qtbot.waitUntil(lambda: _number(playback) == before - 1)


def test_another_speed_goes_on_from_here(
    qtbot: QtBot, playback: Playback, speaker: StandInSpeaker
) -> None:
    film = StandInFilm()
    _open(qtbot, playback, film, can_hear=True)
    playback.play()
    qtbot.waitUntil(lambda: speaker.fed > 0)
    speaker.hear(0.4)
    playback.change_speed(0.5)
    assert playback.place == pytest.approx(0.4 * SECOND, abs=STEP)
    qtbot.waitUntil(lambda: 0.5 in film.speeds and speaker.fed > 0)
    speaker.hear(0.4)
    assert playback.place == pytest.approx(0.6 * SECOND, abs=STEP)


def test_a_film_that_fails_says_so_and_plays_elsewhere(
    qtbot: QtBot, playback: Playback, clock: Clock
) -> None:
    film = silent_film()
    film.fails_at = SECOND
    _open(qtbot, playback, film)
    with qtbot.waitSignal(playback.failed) as failed:
        playback.seek(2 * SECOND)
    assert "made the decoder crash" in str(failed.args[0])
    playback.seek(5 * STEP)
    qtbot.waitUntil(lambda: _number(playback) == 5)


@given(
    sizes=st.lists(st.integers(1, 30), min_size=1, max_size=30),
    moves=st.lists(st.integers(-5, 12), max_size=30),
)
def test_the_frames_in_memory_have_a_limit_and_an_order(sizes: list[int], moves: list[int]) -> None:
    window, time = FrameWindow(), 0
    for size in sizes:
        count = max(window.room(size * 2**20), 0)
        batch = [_frame(time + place, size) for place in range(count)]
        time += count
        window.add(batch, ended=False)
        for by in moves[:size]:
            window.step(by)
        frames = window._frames
        assert [one.time for one in frames] == sorted({one.time for one in frames})
        assert sum(len(one.rgb) for one in frames) <= 64 * 2**20 + len(frames[-1].rgb)
        assert window.shown in frames


def _frame(time: int, megabytes: int) -> Frame:
    return Frame(time=time, width=1, height=1, rgb=memoryview(_PIXELS)[: megabytes * 2**20])


_PIXELS = bytes(30 * 2**20)


def test_a_place_is_told_in_hundredths() -> None:
    places = (0, 9_999, 1_460_000, 61_000_000, 3_723_450_000)
    told = ["0:00.00", "0:00.00", "0:01.46", "1:01.00", "1:02:03.45"]
    assert [time_words(place) for place in places] == told


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


def test_a_recording_is_heard_to_its_end(
    qtbot: QtBot, background: Background, speaker: StandInSpeaker
) -> None:
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
