"""The describer on made and on hostile bytes, through its real worker process."""

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from desktop.media.describer import Describer
from desktop.media.jpeg_segments import read_facts
from desktop.media.notes import Failure
from desktop.media.sandbox import Limits
from desktop.media.sandboxed_describer import SandboxedDescriber
from desktop.media.untrusted import Untrusted
from desktop.records.facts.capture import CaptureDevice, TimeBasis, TimeTrust
from desktop.records.facts.clinical_image import MediaKind
from tests.unit.media.made_photos import (
    SRGB,
    exif_block,
    jpeg,
    opened,
    picture,
    resized_in_its_header,
    with_segment,
)

PHONE = exif_block(
    {0x010F: "Phonemaker", 0x0110: "Phone 12", 0x0112: 6},
    {0x9003: "2024:03:05 14:30:20", 0x9011: "+13:00", 0xA431: "SN-77"},
    {1: "S", 2: (36.0, 51.0, 30.0), 3: "E", 4: (174.0, 46.0, 10.0)},
)
PHOTO = jpeg(picture((800, 600)), exif=PHONE, icc=SRGB, comment=b"Aroha Ngata")


def test_it_is_a_describer(describer: SandboxedDescriber) -> None:
    as_promised: Describer = describer
    assert as_promised.preview(b"", longest=10) is None


def _far_apart(one: Image.Image, other: Image.Image) -> float:
    small = other.convert("RGB").resize(one.size)
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), small)).mean)


@pytest.mark.requirement("R68", "R69", "R126")
def test_a_photo_of_a_phone(describer: SandboxedDescriber) -> None:
    described = describer.describe(PHOTO, file_name="IMG_0001.PNG")
    said = described.description
    assert (said.kind, said.media_type) == (MediaKind.PHOTO, "image/jpeg")
    assert (said.width, said.height, said.orientation) == (800, 600, 6)
    assert said.taken is not None
    assert said.taken.local == datetime.fromisoformat("2024-03-05T14:30:20")
    assert (said.taken.utc_offset_minutes, said.taken.basis) == (780, TimeBasis.EXIF_OFFSET)
    assert said.device == CaptureDevice(make="Phonemaker", model="Phone 12", serial="SN-77")
    assert said.has_location
    assert said.note == ""
    assert described.thumbnail is not None
    thumbnail = opened(described.thumbnail)
    assert thumbnail.size == (240, 320)
    assert thumbnail.mode == "RGB"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_previews_stand_upright(describer: SandboxedDescriber, orientation: int) -> None:
    undo = {
        1: [],
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }
    stored = picture((400, 300))
    for step in undo[orientation]:
        stored = stored.transpose(step)
    small = describer.preview(jpeg(stored, exif=exif_block({0x0112: orientation})), longest=200)
    assert small is not None
    assert opened(small).size == (200, 150)
    assert _far_apart(opened(small), picture((400, 300))) < 6


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_part_is_the_same_place_however_the_picture_is_stored(
    describer: SandboxedDescriber, orientation: int
) -> None:
    stored = jpeg(picture((400, 300)), exif=exif_block({0x0112: orientation}))
    whole = describer.preview(stored, longest=400)
    part = describer.part(stored, box=(30, 40, 120, 90), longest=400)
    smaller = describer.part(stored, box=(30, 40, 120, 90), longest=60)
    assert whole is not None
    assert part is not None
    assert smaller is not None
    place = opened(whole).crop((30, 40, 150, 130))
    assert opened(part).size == (120, 90)
    assert _far_apart(opened(part), place) < 4
    assert opened(smaller).size == (60, 45)
    assert _far_apart(opened(smaller), place) < 6
    assert describer.part(stored, box=(390, 0, 120, 90), longest=400) is None


@pytest.mark.requirement("R127")
def test_previews_are_turned_into_srgb(describer: SandboxedDescriber) -> None:
    """A profile that swaps red and blue shows whether it was applied."""
    swapped = bytearray(SRGB)
    red, blue = swapped.index(b"rXYZ"), swapped.index(b"bXYZ")
    swapped[red : red + 4], swapped[blue : blue + 4] = b"bXYZ", b"rXYZ"
    plain = Image.new("RGB", (64, 64), (220, 20, 20))
    small = describer.preview(jpeg(plain, icc=bytes(swapped)), longest=64)
    paper = describer.for_paper(jpeg(plain, icc=bytes(swapped)), longest=32)
    assert small is not None
    assert paper is not None
    for shown in (small, paper.jpeg):
        red_now, _, blue_now = opened(shown).getpixel((8, 8))  # type: ignore[misc]
        assert blue_now > 150 > red_now


@pytest.mark.requirement("R103")
def test_previews_carry_no_words_of_the_original(describer: SandboxedDescriber) -> None:
    told = jpeg(picture(), exif=exif_block({0x010F: "Phonemaker"}), comment=b"Aroha Ngata")
    small = describer.preview(told, longest=200)
    thumbnail = describer.describe(told, file_name="a.jpg").thumbnail
    for shown in (small, thumbnail):
        assert shown is not None
        assert b"Aroha" not in shown
        assert b"Phonemaker" not in shown


@pytest.mark.requirement("R103")
def test_a_small_photo_goes_to_paper_as_it_is(describer: SandboxedDescriber) -> None:
    paper = describer.for_paper(PHOTO, longest=800)
    assert paper is not None
    assert paper.unchanged
    assert (paper.width, paper.height, paper.orientation, paper.components) == (800, 600, 6, 3)
    assert paper.icc == SRGB
    assert paper.jpeg[paper.jpeg.index(b"\xff\xda") :] == PHOTO[PHOTO.index(b"\xff\xda") :]
    for leaked in (b"Exif", b"Phone", b"GPS", b"Aroha", b"\xff\xe1"):
        assert leaked not in paper.jpeg[: paper.jpeg.index(b"\xff\xda")]


@pytest.mark.requirement("R103")
@pytest.mark.parametrize(
    ("drawn", "components"), [(picture((800, 600)), 3), (picture((800, 600), "L"), 1)]
)
def test_a_large_photo_is_made_smaller_for_paper(
    describer: SandboxedDescriber, drawn: Image.Image, components: int
) -> None:
    paper = describer.for_paper(jpeg(drawn, exif=PHONE, comment=b"Aroha Ngata"), longest=400)
    assert paper is not None
    assert not paper.unchanged
    assert (paper.width, paper.height, paper.orientation) == (300, 400, 1)
    assert (paper.components, paper.icc) == (components, None)
    for leaked in (b"Exif", b"Aroha", b"JFIF"):
        assert leaked not in paper.jpeg
    assert _far_apart(opened(paper.jpeg), drawn.transpose(Image.Transpose.ROTATE_270)) < 4


def test_progressive_stays_and_ink_is_turned_into_light(describer: SandboxedDescriber) -> None:
    progressive = describer.for_paper(jpeg(progressive=True), longest=400)
    assert progressive is not None
    assert progressive.unchanged
    inked = describer.for_paper(jpeg(picture(mode="CMYK")), longest=400)
    assert inked is not None
    assert (inked.unchanged, inked.components, inked.width) == (False, 3, 400)
    assert _far_apart(opened(inked.jpeg), picture()) < 40


def test_colours_that_readers_disagree_on_are_made_anew(describer: SandboxedDescriber) -> None:
    lettered = jpeg().replace(
        b"\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01", b"\x03R\x22\0G\x11\1B\x11\1"
    )
    lettered = lettered.replace(b"\x03\x01\x00\x02\x11\x03\x11", b"\x03R\x00G\x11B\x11")
    facts = read_facts(lettered)
    assert facts.frame is not None
    assert facts.frame.component_ids == b"RGB"
    paper = describer.for_paper(lettered, longest=400)
    assert paper is not None
    assert not paper.unchanged


@pytest.mark.requirement("R68")
def test_a_future_capture_time_is_suspect(describer: SandboxedDescriber) -> None:
    tomorrow = datetime.now().astimezone() + timedelta(days=2)
    block = exif_block({}, {0x9003: f"{tomorrow:%Y:%m:%d %H:%M:%S}"})
    taken = describer.describe(jpeg(exif=block), file_name="a.jpg").description.taken
    assert taken is not None
    assert taken.trust is TimeTrust.SUSPECT


@pytest.mark.parametrize(
    ("bytes_", "media_type", "note"),
    [
        (b"", "application/x-empty", "the file is empty"),
        (b"Dear Sir, no photo.\n", "text/plain", "this is text, not a photo, video or recording"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heic", "the file is kept as it is"),
        (
            b"\0\0\0\x18ftypmp42\0\0\0\0isommp42",
            "video/mp4",
            "the recording in the file is damaged",
        ),
        (b"\x01\x02\x03", "application/octet-stream", "known here"),
    ],
)
def test_other_files_are_named_by_content(
    describer: SandboxedDescriber, bytes_: bytes, media_type: str, note: str
) -> None:
    described = describer.describe(bytes_, file_name="photo.jpg")
    assert described.description.media_type == media_type
    assert note in described.description.note
    assert described.description.width is None
    assert described.thumbnail is None
    assert describer.preview(bytes_, longest=100) is None
    assert describer.for_paper(bytes_, longest=100) is None


def test_a_photo_cut_short_is_described_and_said_so(describer: SandboxedDescriber) -> None:
    for end in (len(PHOTO) // 2, PHOTO.index(b"\xff\xda") + 8, PHOTO.index(b"\xff\xc0")):
        described = describer.describe(PHOTO[:end], file_name="a.jpg")
        assert "cut short" in described.description.note
        assert described.description.taken is not None
        assert described.description.device.model == "Phone 12"
        assert described.thumbnail is None
        assert describer.for_paper(PHOTO[:end], longest=4000) is None


def test_a_photo_with_a_broken_header_is_kept(describer: SandboxedDescriber) -> None:
    broken = with_segment(b"\xff\xd8\xff\xdb\0\x01", 0xE1, b"Exif\0\0" + PHONE)
    described = describer.describe(broken, file_name="a.jpg")
    assert "damaged" in described.description.note
    assert described.description.device.make == "Phonemaker"


def _chunk(name: bytes, body: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + body))
    return struct.pack(">I", len(body)) + name + body + check


def test_bombs_are_too_large_and_nothing_more(describer: SandboxedDescriber) -> None:
    bomb = resized_in_its_header(PHOTO, 20_000, 20_000)
    described = describer.describe(bomb, file_name="bomb.jpg")
    assert "too large to preview safely" in described.description.note
    assert (described.description.width, described.description.height) == (20_000, 20_000)
    assert described.description.taken is not None
    assert described.thumbnail is None
    assert describer.preview(bomb, longest=320) is None
    assert describer.for_paper(bomb, longest=0xFFFF) is None
    rows = zlib.compress(bytes(2501 * 20_000), 1)
    png = b"\x89PNG\r\n\x1a\n" + _chunk(
        b"IHDR", struct.pack(">IIBBBBB", *[20_000] * 2, 1, *[0] * 4)
    )
    drawn = describer.describe(
        png + _chunk(b"IDAT", rows) + _chunk(b"IEND", b""), file_name="b.jpg"
    )
    assert drawn.description.media_type == "image/png"
    assert drawn.description.note == described.description.note
    assert drawn.description.width == 20_000


class Endless:
    """A file that begins with a photo and goes on with nothing, of any size."""

    def __init__(self, beginning: bytes) -> None:
        self._beginning = beginning
        self._at = 0

    def seek(self, offset: int, _whence: int = 0, /) -> int:
        self._at = offset
        return offset

    def readinto(self, into: bytearray | memoryview, /) -> int:
        found = self._beginning[self._at : self._at + len(into)].ljust(len(into), b"\0")
        into[:] = found
        self._at += len(into)
        return len(into)


def test_a_file_of_too_many_bytes_is_described_from_its_beginning() -> None:
    describer = SandboxedDescriber()
    endless = Untrusted(Endless(PHOTO), size=300 << 20)
    described = describer.describe(endless, file_name="a.jpg")
    assert described.description.width == 800
    assert described.description.taken is not None
    assert described.description.note == "too large to preview safely (300 MB)"
    assert described.thumbnail is None
    assert describer.preview(endless, longest=100) is None
    describer.close()


@pytest.fixture(scope="module")
def hostile() -> Iterator[SandboxedDescriber]:
    """A describer whose decoder does what the bytes say."""
    shared = SandboxedDescriber(
        limits=Limits(seconds_a_job=2), jobs_module="tests.unit.media.misbehaving"
    )
    yield shared
    shared.close()


@pytest.mark.parametrize(
    ("word", "failure"),
    [
        (b"CRASH!", Failure.CRASHED),
        (b"HANG!", Failure.TOO_SLOW),
        (b"HOG!", Failure.TOO_MUCH_MEMORY),
        (b"LIE!", Failure.CRASHED),
    ],
)
def test_a_photo_that_breaks_the_decoder_is_still_described(
    hostile: SandboxedDescriber, word: bytes, failure: Failure
) -> None:
    described = hostile.describe(PHOTO + word, file_name="a.jpg")
    assert described.description.note == failure.words
    assert described.description.device.model == "Phone 12"
    assert described.thumbnail is None
    assert hostile.describe(PHOTO, file_name="b.jpg").thumbnail is not None


def test_a_file_that_always_breaks_the_decoder_still_has_a_type(
    hostile: SandboxedDescriber,
) -> None:
    described = hostile.describe(PHOTO + b"ALWAYS CRASH", file_name="a.jpg")
    assert described.description.media_type == "image/jpeg"
    assert described.description.note == Failure.CRASHED.words
    words = hostile.describe(b"ALWAYS CRASH", file_name="a.jpg")
    assert words.description.note == "this is text, not a photo, video or recording"
    assert hostile.preview(PHOTO, longest=100) is None
    assert hostile.preview(jpeg(picture((800, 600))), longest=799) is None
    assert hostile.for_paper(PHOTO, longest=100) is None


def test_without_a_worker_every_file_is_still_described(caplog: pytest.LogCaptureFixture) -> None:
    describer = SandboxedDescriber(jobs_module="tests.unit.media.no_such_module")
    described = describer.describe(PHOTO, file_name="a.jpg")
    assert described.description.media_type == "image/jpeg"
    assert described.description.note == Failure.NO_WORKER.words
    describer.close()
    assert "could not be started" in caplog.text
    caplog.clear()


def test_notes_that_say_why_are_whole_sentences_of_plain_words() -> None:
    for failure in Failure:
        assert failure.words.islower()
        assert "kept" in failure.words


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=st.lists(st.tuples(st.integers(2, len(PHOTO) - 1), st.integers(0, 255)), max_size=8))
def test_changed_bytes_are_always_described(
    describer: SandboxedDescriber, changes: list[tuple[int, int]]
) -> None:
    changed = bytearray(PHOTO)
    for place, byte in changes:
        changed[place] = byte
    described = describer.describe(bytes(changed), file_name="a.jpg")
    assert (described.thumbnail is None) == bool(described.description.note)
    paper = describer.for_paper(bytes(changed), longest=800)
    if paper is not None:
        Image.open(io.BytesIO(paper.jpeg)).verify()
    assert replace(described.description, note="").note == ""
