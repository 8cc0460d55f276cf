"""Films and recordings through the real worker process: described, shown, laid out, and hostile."""

import io
import random
from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest
from PIL import Image

from desktop.media.description_wire import BadReply
from desktop.media.sandboxed_describer import SandboxedDescriber
from desktop.media.untrusted import Untrusted
from desktop.media.worker_answers import storyboard_of, waveform_of
from desktop.media.worker_messages import Message
from desktop.records.facts.capture import CaptureDevice, TimeBasis, TimeTrust
from desktop.records.facts.clinical_image import MediaKind
from desktop.records.facts.media import CaptureMode
from tests.unit.media.drawn_films import bright_film, dark_at_first, film, index_first, recording
from tests.unit.media.made_photos import jpeg, opened

Make = Callable[[], bytes]
VIDEO, AUDIO = MediaKind.VIDEO, MediaKind.AUDIO
PHONE = (
    ("com.apple.quicktime.creationdate", "2024-03-05T14:30:20+1300"),
    ("com.apple.quicktime.make", "Apple"),
    ("com.apple.quicktime.model", "iPhone 14"),
    ("com.apple.quicktime.content.identifier", "5B2C7A3E-0001"),
    ("com.apple.quicktime.location.ISO6709", "-36.8500+174.7600/"),
)
WITH_KEYS = (("movflags", "use_metadata_tags"),)


@pytest.mark.requirement("R11")
@pytest.mark.parametrize(
    ("make", "kind", "media_type", "codec"),
    [
        (partial(film, "mp4", sound="aac"), VIDEO, "video/mp4", "mpeg4 / aac"),
        (partial(film, "mov"), VIDEO, "video/quicktime", "mpeg4"),
        (partial(film, "3gp"), VIDEO, "video/3gpp", "mpeg4"),
        (partial(film, "webm", "libvpx-vp9", sound="libopus"), VIDEO, "video/webm", "vp9 / opus"),
        (partial(film, "matroska", "mjpeg"), VIDEO, "video/x-matroska", "mjpeg"),
        (
            partial(film, "avi", "mjpeg", sound="pcm_s16le"),
            VIDEO,
            "video/x-msvideo",
            "mjpeg / pcm_s16le",
        ),
        (partial(film, "mpegts", "mpeg2video", rate=25), VIDEO, "video/mp2t", "mpeg2video"),
        (partial(recording, "ipod", "aac"), AUDIO, "audio/mp4", "aac"),
        (partial(recording, "mp4", "aac"), AUDIO, "audio/mp4", "aac"),
        (partial(recording, "webm", "libopus"), AUDIO, "audio/webm", "opus"),
        (partial(recording, "ogg", "libopus"), AUDIO, "audio/ogg", "opus"),
        (partial(recording, "wav", "pcm_s24le"), AUDIO, "audio/wav", "pcm_s24le"),
        (partial(recording, "wav", "pcm_u8"), AUDIO, "audio/wav", "pcm_u8"),
        (partial(recording, "flac", "flac"), AUDIO, "audio/flac", "flac"),
        (partial(recording, "adts", "aac"), AUDIO, "audio/aac", "aac"),
        (partial(recording, "mp3", "libmp3lame"), AUDIO, "audio/mpeg", "mp3"),
        (partial(recording, "asf", "wmav2", rate=44_100), AUDIO, "audio/x-ms-wma", "wmav2"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_formats_are_named_timed_and_shown(
    describer: SandboxedDescriber, make: Make, kind: MediaKind, media_type: str, codec: str
) -> None:
    made = make()
    found = describer.describe(made, file_name="a.jpg")
    said, detail = found.description, found.description.detail
    assert (said.kind, said.media_type, detail.codec, said.note) == (kind, media_type, codec, "")
    assert detail.duration_ms is not None
    assert abs(detail.duration_ms - (800 if "mp2t" in media_type else 2000)) < 160
    assert detail.has_sound is (kind is AUDIO or " / " in codec)
    assert found.thumbnail is not None
    preview = describer.preview(made, longest=200)
    assert preview is not None
    if kind is VIDEO:
        assert (said.width, said.height, detail.capture_mode) == (96, 64, CaptureMode.VIDEO)
        assert opened(preview).size == (96, 64)
        red, _, blue = opened(preview).getpixel((20, 12))  # type: ignore[misc]
        assert red > 150 > blue
    else:
        assert detail.capture_mode is CaptureMode.AUDIO
        wave = describer.waveform(made, columns=20)
        assert wave is not None
        assert max(wave.peaks[:8]) < 0.1
        assert min(wave.peaks[12:18]) > 0.5
        assert max(opened(preview).size) == 200


@pytest.mark.requirement("R68", "R69")
def test_a_phone_says_when_and_what(describer: SandboxedDescriber) -> None:
    said = describer.describe(
        film("mov", tags=PHONE, options=WITH_KEYS), file_name="a.mov"
    ).description
    assert said.taken is not None
    assert said.taken.local == datetime.fromisoformat("2024-03-05T14:30:20")
    assert (said.taken.utc_offset_minutes, said.taken.basis) == (780, TimeBasis.QT_CREATION_DATE)
    assert said.device == CaptureDevice(make="Apple", model="iPhone 14")
    assert said.has_location
    assert said.detail.capture_mode is CaptureMode.LIVE_PHOTO
    assert said.detail.pair_key == "5B2C7A3E-0001"
    fast = film("mp4", rate=240, frames=40)
    assert (
        describer.describe(fast, file_name="a").description.detail.capture_mode
        is CaptureMode.SLOW_MOTION
    )


@pytest.mark.requirement("R68")
def test_times_of_other_recorders(describer: SandboxedDescriber) -> None:
    """Broadcast Wave, and the file name as the last resort."""
    tags = "origination_date=2024-03-05\norigination_time=14:30:20"
    bwf = recording("wav", "pcm_s16le", tags=tags)
    name = describer.describe(recording("adts", "aac"), file_name="REC_20240305_143020.aac")
    avi = _with_day(film("avi", "mjpeg"), b"Tue Mar 05 14:30:20 2024\n\0")
    for said, basis in (
        (describer.describe(bwf, file_name="a.wav"), TimeBasis.RECORDER_CLOCK),
        (describer.describe(avi, file_name="a.avi"), TimeBasis.RECORDER_CLOCK),
        (name, TimeBasis.FILE_NAME),
    ):
        taken = said.description.taken
        assert taken is not None
        assert (taken.local.isoformat(), taken.basis) == ("2024-03-05T14:30:20", basis)
        assert (taken.utc_offset_minutes, taken.trust) == (None, TimeTrust.ASSUMED)
    ahead = describer.describe(film("avi", "mjpeg"), file_name="VID_20990101_101010.avi")
    assert ahead.description.taken is not None
    assert ahead.description.taken.trust is TimeTrust.SUSPECT


def _with_day(avi: bytes, day: bytes) -> bytes:
    """With the chunk in which cameras write when an AVI was begun."""
    at = avi.index(b"hdrl") - 4
    length = int.from_bytes(avi[at : at + 4], "little")
    chunk = b"IDIT" + len(day).to_bytes(4, "little") + day
    longer = (length + len(chunk)).to_bytes(4, "little")
    whole = (len(avi) + len(chunk) - 8).to_bytes(4, "little")
    end = at + 4 + length
    return b"RIFF" + whole + avi[8:at] + longer + avi[at + 4 : end] + chunk + avi[end:]


@pytest.mark.parametrize(("turn", "orientation"), [(90, 6), (180, 3), (270, 8)])
def test_pictures_of_a_turned_film_stand_upright(
    describer: SandboxedDescriber, turn: int, orientation: int
) -> None:
    made = film("mp4", turn=turn)
    assert describer.describe(made, file_name="a").description.orientation == orientation
    shown = describer.preview(made, longest=400)
    board = describer.storyboard(made, count=1, longest=400)
    assert shown is not None
    assert board is not None
    size = (64, 96) if turn != 180 else (96, 64)
    corner = {90: (50, 20), 180: (76, 52), 270: (12, 76)}[turn]
    for picture in (opened(shown), opened(board.frames[0].picture.jpeg)):
        assert picture.size == size
        red, _, blue = picture.getpixel(corner)  # type: ignore[misc]
        assert red > 150 > blue


def test_the_poster_is_not_the_black_beginning(describer: SandboxedDescriber) -> None:
    shown = describer.describe(film("mp4", draw=dark_at_first, frames=40), file_name="a").thumbnail
    assert shown is not None
    assert opened(shown).convert("L").getextrema()[1] > 80  # type: ignore[operator]


@pytest.mark.parametrize("characteristic", [16, 18])
def test_high_dynamic_range_becomes_plain_white(
    describer: SandboxedDescriber, characteristic: int
) -> None:
    made = bright_film(characteristic=characteristic)
    said = describer.describe(made, file_name="a").description
    assert said.detail.colour.startswith("HDR")
    shown = describer.preview(made, longest=96)
    assert shown is not None
    colours = opened(shown).getpixel((40, 30))
    assert isinstance(colours, tuple)
    assert max(colours) - min(colours) <= 3
    assert 225 <= colours[0] <= 252


@pytest.mark.requirement("R11")
def test_a_storyboard_spans_the_film(describer: SandboxedDescriber) -> None:
    board = describer.storyboard(film("mp4", frames=60), count=6, longest=48)
    assert board is not None
    assert [frame.at_ms for frame in board.frames] == [500, 1500, 2500, 3500, 4500, 5500]
    for frame in board.frames:
        assert opened(frame.picture.jpeg).size == (frame.picture.width, 32)
        assert not opened(frame.picture.jpeg).getexif()
    assert describer.storyboard(recording("wav", "pcm_s16le"), count=6, longest=48) is None
    assert describer.storyboard(jpeg(), count=6, longest=48) is None
    assert describer.waveform(film("mp4"), columns=10) is None
    assert describer.waveform(jpeg(), columns=10) is None
    voiced = describer.waveform(film("mp4", sound="aac"), columns=10)
    assert voiced is not None
    assert len(voiced.peaks) == 10


@pytest.mark.requirement("R11")
@pytest.mark.parametrize("broken", ["cut", "no index", "hollow", "huge"])
def test_broken_films_are_described_and_say_so(describer: SandboxedDescriber, broken: str) -> None:
    whole = index_first(film("mp4", tags=PHONE[:3], options=WITH_KEYS))
    data = whole.index(b"mdat")
    made, note = {
        "cut": (whole[: data + 12], "cut short"),
        "no index": (whole[: whole.index(b"moov") + 40], "cut short"),
        "hollow": (whole[: data + 4] + bytes(len(whole) - data - 4), "can be decoded"),
        "huge": (
            _huge(film("mov", "rawvideo", frames=2, tags=PHONE, options=WITH_KEYS)),
            "too large to preview safely",
        ),
    }[broken]
    found = describer.describe(made, file_name="a.mp4")
    assert note in found.description.note
    assert found.thumbnail is None
    assert found.description.kind is VIDEO
    if broken != "no index":
        assert found.description.device.model == "iPhone 14"
        assert found.description.taken is not None
    assert describer.preview(made, longest=100) is None
    assert describer.storyboard(made, count=4, longest=100) is None
    assert describer.describe(whole, file_name="b.mp4").thumbnail is not None


def _huge(mov: bytes) -> bytes:
    at = mov.index(b"yuvs") + 28
    return mov[:at] + (9_000).to_bytes(2, "big") * 2 + mov[at + 4 :]


@pytest.mark.parametrize(
    ("bytes_", "words"),
    [
        (b"\x03ds2" + bytes(600), "DS2 dictation cannot be shown or played here"),
        (b"\x02dss" + bytes(2000), "the file is kept"),
        (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11" + bytes(600), "the file is kept"),
    ],
)
def test_what_cannot_be_played_is_named_and_kept(
    describer: SandboxedDescriber, bytes_: bytes, words: str
) -> None:
    found = describer.describe(bytes_, file_name="dictation.ds2")
    assert words in found.description.note
    assert found.thumbnail is None


class Stretched:
    """A film with four gigabytes of padding between its beginning and its pictures."""

    def __init__(self, mp4: bytes) -> None:
        at = mp4.index(b"mdat") - 4
        self._padding = 4 << 30
        filler = (1).to_bytes(4, "big") + b"free" + (self._padding + 16).to_bytes(8, "big")
        self._before, self._after = mp4[:at] + filler, mp4[at:]
        self.size = len(self._before) + self._padding + len(self._after)
        self.fetched = self._at = 0

    def seek(self, offset: int, _whence: int = 0, /) -> int:
        self._at = offset
        return offset

    def readinto(self, into: bytearray | memoryview, /) -> int:
        start, end = self._at, min(self._at + len(into), self.size)
        found = self._before[start:end]
        found = found.ljust(min(end, self.size - len(self._after)) - start, b"\0")
        tail = self.size - len(self._after)
        found += self._after[max(start - tail, 0) : max(end - tail, 0)]
        into[: len(found)] = found
        self.fetched += len(found)
        self._at += len(found)
        return len(found)


def test_of_a_huge_film_only_what_is_needed_is_read(describer: SandboxedDescriber) -> None:
    """Its index stands behind four gigabytes, as where a phone had no time to move it."""
    stretched = Stretched(film("mov", tags=PHONE, options=WITH_KEYS))
    found = describer.describe(Untrusted(stretched, size=stretched.size), file_name="a.mov")
    assert found.description.device.model == "iPhone 14"
    assert found.description.detail.duration_ms == 2000
    assert stretched.fetched < 64 << 20


@pytest.mark.parametrize(
    "make",
    [
        partial(film, "mp4", sound="aac"),
        partial(film, "avi", "mjpeg"),
        partial(film, "webm", "libvpx-vp9"),
        partial(recording, "ogg", "libopus"),
    ],
    ids=["mp4", "avi", "webm", "ogg"],
)
def test_changed_bytes_never_break_the_worker(describer: SandboxedDescriber, make: Make) -> None:
    made = make()
    dice = random.Random(11)
    for _ in range(12):
        changed = bytearray(made)
        for _ in range(8):
            changed[dice.randrange(16, len(changed))] = dice.randrange(256)
        found = describer.describe(bytes(changed), file_name="a")
        assert "decoder" not in found.description.note
        assert (found.thumbnail is None) == bool(found.description.note)
        board = describer.storyboard(bytes(changed), count=2, longest=64)
        for frame in board.frames if board else ():
            Image.open(io.BytesIO(frame.picture.jpeg)).verify()
        describer.waveform(bytes(changed), columns=5)


def test_answers_that_no_sound_worker_gives_are_refused() -> None:
    small = jpeg()
    frames: list[tuple[dict[str, object], tuple[bytes, ...]]] = [
        ({"at": [0, 10]}, (small,)),
        ({"at": [10, 10]}, (small, small)),
        ({"at": []}, ()),
        ({"at": [-1]}, (small,)),
        ({"at": ["0"]}, (small,)),
        ({"at": [0, 1, 2]}, (small,) * 3),
        ({"at": [0]}, (b"GIF89a",)),
        ({}, (small,)),
    ]
    for facts, blobs in frames:
        with pytest.raises(BadReply):
            storyboard_of(Message(facts=facts, blobs=blobs), count=2, longest=400)
    with pytest.raises(BadReply):
        storyboard_of(Message(facts={"at": [0]}, blobs=(small,)), count=2, longest=10)
    peaks: list[tuple[dict[str, object], tuple[bytes, ...]]] = [
        ({"duration_ms": 5}, (b"abc",)),
        ({"duration_ms": 0}, (b"ab",)),
        ({"duration_ms": None}, (b"ab",)),
        ({"duration_ms": 5}, ()),
    ]
    for facts, blobs in peaks:
        with pytest.raises(BadReply):
            waveform_of(Message(facts=facts, blobs=blobs), columns=2)
