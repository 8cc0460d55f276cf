"""What was fed is heard in its order, once, as loud as wanted; on a device that only pretends."""

import time
from array import array

import miniaudio
import pytest

from desktop.media.loudspeaker import Loudspeaker
from desktop.media.player_facts import RATE


def _pcm(value: int, samples: int) -> bytes:
    return array("h", [value, value] * samples).tobytes()


def test_pieces_of_any_length_are_heard_in_order() -> None:
    speaker = Loudspeaker()
    for value in (1, 2, 3):
        speaker.feed(_pcm(value, 100))
    heard = b"".join(speaker._take(70) for _ in range(6))
    assert heard == _pcm(1, 100) + _pcm(2, 100) + _pcm(3, 100)


def test_what_was_fed_before_a_clear_is_never_heard() -> None:
    speaker = Loudspeaker()
    speaker.feed(_pcm(1, 100))
    assert speaker._take(50) == _pcm(1, 50)
    speaker.clear()
    assert (speaker.heard, speaker.waiting) == (0.0, 0)
    speaker._queue.append((speaker._round - 1, memoryview(_pcm(9, 10))))  # it was on its way
    speaker.feed(_pcm(2, 30))
    assert speaker._take(50) == _pcm(2, 30)


@pytest.mark.parametrize(("volume", "value"), [(1.0, 1000), (0.5, 500), (0.0, 0)])
def test_it_is_as_loud_as_wanted(volume: float, value: int) -> None:
    speaker = Loudspeaker()
    speaker.volume = volume
    speaker.feed(_pcm(1000, 10))
    assert speaker._take(10) == _pcm(value, 10)


def test_a_device_hears_all_of_it_and_counts() -> None:
    speaker = Loudspeaker(backends=[miniaudio.Backend.NULL])
    assert speaker.open()
    assert speaker.open()
    speaker.feed(_pcm(1, RATE // 10))
    deadline = time.monotonic() + 30
    while speaker.waiting > 0 and time.monotonic() < deadline:
        assert 0 <= speaker.heard <= RATE // 10
    assert speaker.heard == RATE // 10
    speaker.close()
    speaker.close()


def test_without_a_device_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> None:
        raise miniaudio.MiniaudioError("failed to init device", -401)

    monkeypatch.setattr(miniaudio, "PlaybackDevice", none)
    assert not Loudspeaker().open()


def test_nothing_is_printed_where_there_is_no_sound_card(capfd: pytest.CaptureFixture[str]) -> None:
    speaker = Loudspeaker()
    speaker.open()
    speaker.close()
    assert capfd.readouterr() == ("", "")
