"""The player, in its real worker: the very frame, the very sound, and films that mean harm."""

import os
import random
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from desktop.media.hdr import SdrTable, as_sdr
from desktop.media.player import MediaPlayer, player_sandbox
from desktop.media.player_facts import (
    MOST_FRAMES,
    RATE,
    SECOND,
    CannotPlay,
    Film,
    Frames,
    Want,
    Wanted,
)
from desktop.media.player_pictures import Pictures
from desktop.media.sandbox import Limits, Sandbox
from desktop.media.true_type import true_type
from desktop.media.untrusted import Untrusted
from desktop.media.worker_file import WorkerFile
from desktop.records.facts.clinical_image import MediaKind
from tests.unit.media.drawn_films import bright_film
from tests.unit.media.made_films import (
    HEIGHT,
    WIDTH,
    made_film,
    made_recording,
    number_in,
    turned,
)
from tests.unit.media.player_that_fails import DEADLY, DOUBLED, LYING

_STEP = SECOND // 25


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One worker for all of these: `open` begins anew with another film."""
    shared = player_sandbox()
    yield shared
    shared.close()


@pytest.fixture(scope="module")
def film() -> bytes:
    return made_film()


def _want(which: Wanted, time: int, *, most: int = 1, hurry: bool = False) -> Want:
    return Want(which=which, time=time, most=most, width=WIDTH, height=HEIGHT, hurry=hurry)


def _numbers(found: Frames) -> list[int]:
    return [number_in(one.rgb, one.width, one.height) for one in found.frames]


def _reached(player: MediaPlayer, want: Want) -> Frames:
    """As whoever plays it: the same again until the place is reached."""
    found = player.frames(want)
    while not found.frames and not found.ended:
        found = player.frames(want)
    return found


@pytest.mark.requirement("R11")
@pytest.mark.parametrize(
    ("form", "video", "audio"),
    [("webm", "libvpx-vp9", "libopus"), ("mp4", "mpeg4", "aac"), ("mpegts", "mpeg2video", None)],
)
def test_every_place_gives_its_very_frame(
    sandbox: Sandbox, form: str, video: str, audio: str | None
) -> None:
    player = MediaPlayer(Untrusted(made_film(form=form, video=video, audio=audio)), sandbox=sandbox)
    opened = player.open()
    assert (opened.width, opened.height, opened.rate) == (WIDTH, HEIGHT, 25.0)
    assert opened.has_sound is (audio is not None)
    assert abs(opened.duration - 3 * SECOND) < SECOND // 20

    places = random.Random(7).sample(range(75), 12)
    for number in (0, *places, 74):
        assert _numbers(_reached(player, _want("at", number * _STEP + _STEP // 2))) == [number]
    assert _numbers(_reached(player, _want("after", 30 * _STEP, most=3))) == [31, 32, 33]
    assert _numbers(_reached(player, _want("after", 33 * _STEP))) == [34]
    # a step back over a keyframe, and on again
    assert _numbers(_reached(player, _want("before", 25 * _STEP, most=2))) == [23, 24]
    assert _numbers(_reached(player, _want("after", 24 * _STEP))) == [25]
    assert _numbers(_reached(player, _want("before", 0))) == [0]
    last = _reached(player, _want("at", 9 * SECOND))
    assert (_numbers(last), last.ended) == ([74], True)
    assert _numbers(_reached(player, _want("near", 40 * _STEP)))[0] <= 40


@pytest.mark.parametrize(("form", "video"), [("mp4", "mpeg4"), ("mpegts", "mpeg2video")])
def test_a_place_far_from_any_keyframe_is_reached_turn_by_turn(form: str, video: str) -> None:
    """However short a turn is, each gets on: no turn begins where the one before began. The one
    form knows where its keyframes are, the other does not."""
    file = made_film(frames=200, video=video, form=form, audio=None, every=600)
    pictures = Pictures(WorkerFile(len(file), whole=file))
    for which, wanted, number in (("at", 150, 150), ("before", 120, 119), ("after", 60, 61)):
        want = _want(which, wanted * _STEP)  # type: ignore[arg-type]
        turns = [pictures.give(want, deadline=0.0)]
        while not turns[-1].pixels:
            assert len(turns) < 201
            turns.append(pictures.give(want, deadline=0.0))
        assert number_in(turns[-1].pixels[0], WIDTH, HEIGHT) == number


def test_a_picture_that_lags_behind_still_moves() -> None:
    file = made_film(frames=200, video="mpeg4", form="mp4", audio=None, every=600)
    pictures = Pictures(WorkerFile(len(file), whole=file))
    seen = [
        pictures.give(_want("at", wanted * _STEP, hurry=True), deadline=0.0)
        for wanted in range(10, 150, 5)
    ]
    numbers = [number_in(one.pixels[0], WIDTH, HEIGHT) for one in seen]
    assert numbers == sorted(set(numbers))


def test_a_frame_is_never_larger_than_asked_nor_than_it_is(sandbox: Sandbox, film: bytes) -> None:
    player = MediaPlayer(Untrusted(film), sandbox=sandbox)
    player.open()
    for room, size in (((64, 999), (64, 48)), ((999, 24), (32, 24)), ((999, 999), (128, 96))):
        want = Want(which="at", time=7 * _STEP, most=1, width=room[0], height=room[1])
        (one,) = player.frames(want).frames
        assert (one.width, one.height) == size
        assert number_in(one.rgb, one.width, one.height) == 7


@pytest.mark.parametrize(
    ("matrix", "where"),
    [
        ((0, 0x10000, -0x10000, 0), "top"),
        ((0, -0x10000, 0x10000, 0), "bottom"),
        ((-0x10000, 0, 0, -0x10000), "right"),
    ],
)
def test_a_film_of_a_phone_held_upright_stands_upright(
    sandbox: Sandbox, matrix: tuple[int, int, int, int], where: str
) -> None:
    """In frame 1 the left eighth is white; the matrix says where that edge belongs."""
    film = turned(made_film(form="mp4", video="mpeg4", frames=2), matrix)
    player = MediaPlayer(Untrusted(film), sandbox=sandbox)
    opened = player.open()
    (one,) = player.frames(_want("at", _STEP)).frames
    rows = np.frombuffer(one.rgb, np.uint8).reshape(one.height, one.width, 3)
    edges = {
        "top": rows[2, one.width // 2],
        "bottom": rows[-3, one.width // 2],
        "left": rows[one.height // 2, 2],
        "right": rows[one.height // 2, -3],
    }
    assert [edge for edge, colour in edges.items() if colour[1] > 127] == [where]
    upright = (WIDTH, HEIGHT) if where == "right" else (HEIGHT, WIDTH)
    assert (opened.width, opened.height) == upright


@pytest.mark.parametrize("characteristic", [16, 18])
def test_a_film_of_high_dynamic_range_plays_as_plain_white(
    sandbox: Sandbox, characteristic: int
) -> None:
    player = MediaPlayer(Untrusted(bright_film(characteristic=characteristic)), sandbox=sandbox)
    player.open()
    (one,) = player.frames(_want("at", 0)).frames
    red, green, blue = one.rgb[:3]
    assert max(red, green, blue) - min(red, green, blue) <= 6
    assert 222 <= green <= 254


def test_colours_looked_up_are_those_that_were_reckoned() -> None:
    rgb = np.random.default_rng(4).integers(0, 256, (1, 4000, 3), dtype=np.uint8)
    exact = as_sdr(rgb.astype(np.uint16) * 257, trc=18).astype(int)
    off = np.abs(exact - SdrTable(18).look_up(rgb))
    assert off.mean() < 1
    assert np.percentile(off, 99) < 8


def _is_loud(pcm: bytes) -> bool:
    return bool(np.abs(np.frombuffer(pcm, np.int16).astype(int)).mean() > 1000)


@pytest.mark.parametrize(
    "make",
    [
        made_film,
        lambda: made_film(form="mp4", video="mpeg4", audio="aac"),
        made_recording,
        lambda: made_recording(form="mp3", audio="libmp3lame"),
    ],
)
def test_sound_is_heard_when_it_was(sandbox: Sandbox, make: Callable[[], bytes]) -> None:
    """It is loud in even seconds and silent in odd ones."""
    player = MediaPlayer(Untrusted(make()), sandbox=sandbox)
    player.open()
    tenth = RATE // 10
    for tenths in (2, 12, 22, 8, 14, 0, 28):
        piece = player.sound(tenths * SECOND // 10, tenth)
        assert len(piece.pcm) == tenth * 4
        assert _is_loud(piece.pcm) is (tenths // 10 % 2 == 0), tenths
    # the edge itself, to five milliseconds
    edge = np.frombuffer(player.sound(SECOND // 2, RATE).pcm, np.int16)[::2]
    assert abs(int(np.flatnonzero(np.abs(edge) > 1000)[-1]) - RATE // 2) < RATE // 200
    assert player.sound(20 * SECOND, tenth).ended


@pytest.mark.parametrize("speed", [0.25, 0.5, 2.0])
def test_another_speed_takes_its_time_and_keeps_the_pitch(sandbox: Sandbox, speed: float) -> None:
    player = MediaPlayer(Untrusted(made_recording()), sandbox=sandbox)
    player.open()
    heard, at = b"", 0.0
    while True:
        piece = player.sound(round(at), RATE // 4, speed=speed)
        heard += piece.pcm
        at += len(piece.pcm) / 4 / RATE * SECOND * speed
        if piece.ended:
            break
    assert abs(len(heard) / 4 / RATE - 3 / speed) < 0.1
    tone = np.frombuffer(heard, np.int16)[::2][: round(0.5 * RATE / speed)]
    spectrum = np.abs(np.fft.rfft(tone))
    assert abs(int(spectrum.argmax()) * RATE / len(tone) - 1000) < 15


def test_it_goes_on_when_the_worker_dies_or_is_worn(film: bytes) -> None:
    limits = Limits(most_whole=0, jobs_a_worker=3)
    sandbox = Sandbox("desktop.media.player_jobs", limits=limits)
    player = MediaPlayer(Untrusted(film), sandbox=sandbox)
    with closing(player):
        assert player.open().has_sound
        seen = []
        for number in range(-1, 8):
            if number == 4:
                assert sandbox._worker is not None
                os.kill(sandbox._worker._process.pid, signal.SIGKILL)
                sandbox._worker._process.wait()
            seen += _numbers(_reached(player, _want("after", max(number, 0) * _STEP)))
    assert seen == [1, 1, 2, 3, 4, 5, 6, 7, 8]


def test_a_film_that_kills_or_bends_the_worker_says_so_and_the_rest_still_plays(
    film: bytes,
) -> None:
    player = MediaPlayer(
        Untrusted(film), sandbox=player_sandbox("tests.unit.media.player_that_fails")
    )
    with closing(player):
        player.open()
        for place in (DEADLY, LYING, DOUBLED):
            with pytest.raises(CannotPlay, match="crash"):
                player.frames(_want("at", place))
            assert _numbers(_reached(player, _want("at", 3 * _STEP))) == [3]


_PLAYLISTS = {
    "hls": b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n/etc/hostname\n#EXT-X-ENDLIST\n",
    "concat": b"ffconcat version 1.0\nfile /etc/hostname\n",
    "sdp": b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n",
    "nothing": b"",
    "noise": random.Random(3).randbytes(100_000),
}


@pytest.mark.parametrize("name", sorted(_PLAYLISTS))
def test_what_is_no_film_says_so(sandbox: Sandbox, name: str) -> None:
    player = MediaPlayer(Untrusted(_PLAYLISTS[name]), sandbox=sandbox)
    with pytest.raises(CannotPlay):
        player.open()


def test_a_broken_film_plays_as_far_as_it_is_whole(sandbox: Sandbox) -> None:
    whole = made_film(audio=None)
    broken = whole[: len(whole) // 2]
    player = MediaPlayer(Untrusted(broken), sandbox=sandbox)
    player.open()
    assert _numbers(_reached(player, _want("at", 0))) == [0]
    assert _reached(player, _want("at", 3 * SECOND)).ended


def test_only_what_is_seen_is_read() -> None:
    """Of a stored original only these pieces are unsealed."""
    film = made_film(frames=40 * 25, form="avi", video="rawvideo", audio=None)
    read: set[int] = set()

    class Counted(Untrusted):
        def read_at(self, offset: int, length: int) -> bytes:
            read.update(range(offset // 1024, (offset + length) // 1024))
            return super().read_at(offset, length)

    with closing(MediaPlayer(Counted(film))) as player:
        player.open()
        assert _numbers(_reached(player, _want("at", 200 * _STEP))) == [200]
    assert len(read) * 1024 < len(film) / 2


def _played(player: MediaPlayer) -> Film:
    """A little from three places, as a person looks into it."""
    film = player.open()
    for part in range(3):
        place = film.duration * part // 3
        if film.has_pictures:
            found = player.frames(
                Want(which="at", time=place, most=MOST_FRAMES, width=160, height=160)
            )
            assert all(one.width <= 160 and one.height <= 160 for one in found.frames)
        if film.has_sound:
            player.sound(place, RATE // 10)
    return film


def test_the_corpus_plays_or_says_why(sandbox: Sandbox, corpus: Path) -> None:
    """Of the fuzzed ones nearly all are refused; of the others all but the bare headers play."""
    played: list[str] = []
    for path in sorted(corpus.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        if true_type(content).kind not in {MediaKind.VIDEO, MediaKind.AUDIO}:
            continue
        try:
            _played(MediaPlayer(Untrusted(content), sandbox=sandbox))
            played.append(path.name)
        except CannotPlay:
            assert path.parts[-2] == "fuzz" or len(content) <= 1024, path.name
    assert len(played) >= 34
