"""Playing in time and to the frame, by the loudspeaker or the wall clock."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from desktop.media.player_facts import RATE, SECOND, Frame
from desktop.ui.parts.background import Background
from desktop.ui.viewer.frame_window import FrameWindow
from desktop.ui.viewer.playback import Playback
from desktop.ui.viewer.player_bar import time_words
from tests.ui.made_films import (
    LAST,
    STEP,
    StandInFilm,
    StandInSpeaker,
    silent_film,
)

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
