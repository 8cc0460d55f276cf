"""The JPEG walker: facts, the picture without the rest, and nothing raised but BrokenJpeg."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop.media.jpeg_segments import BrokenJpeg, picture_only, read_facts
from tests.unit.media.corpus import content, expected, needs_corpus, said_to_be
from tests.unit.media.made_photos import (
    SRGB,
    exif_block,
    jpeg,
    opened,
    picture,
    resized_in_its_header,
    with_segment,
)

PHOTO = jpeg(
    picture((64, 48)),
    exif=exif_block({0x0112: 6, 0x010F: "Maker"}, {}, {2: (36.0, 51.0, 0.0)}),
    icc=SRGB,
    comment=b"Aroha Ngata, ZZZ0016",
)


def test_the_facts_of_a_photo() -> None:
    facts = read_facts(PHOTO)
    assert facts.frame is not None
    assert (facts.frame.width, facts.frame.height) == (64, 48)
    assert (facts.frame.process, facts.frame.bits, facts.frame.components) == (0, 8, 3)
    assert facts.orientation == 6
    assert facts.icc == SRGB


def test_a_progressive_and_a_grey_one_say_so() -> None:
    progressive, grey = read_facts(jpeg(progressive=True)), read_facts(jpeg(picture(mode="L")))
    assert progressive.frame is not None
    assert progressive.frame.process == 2
    assert grey.frame is not None
    assert grey.frame.components == 1


def test_the_adobe_transform_is_read_and_kept() -> None:
    inked = jpeg(picture(mode="CMYK"))
    facts = read_facts(inked)
    assert facts.adobe_transform is not None
    assert read_facts(picture_only(inked)).adobe_transform == facts.adobe_transform
    assert opened(picture_only(inked)).tobytes() == opened(inked).tobytes()


@pytest.mark.requirement("R103")
def test_the_picture_stays_and_the_rest_goes() -> None:
    clean = picture_only(PHOTO)
    assert clean[clean.index(b"\xff\xda") :] == PHOTO[PHOTO.index(b"\xff\xda") :]
    assert opened(clean).tobytes() == opened(PHOTO).tobytes()
    for leaked in (b"Exif", b"Maker", b"ICC_PROFILE", b"JFIF", b"Aroha", b"ZZZ0016"):
        assert leaked not in clean
    assert not opened(clean).getexif()


@pytest.mark.requirement("R103")
def test_nothing_behind_the_picture_is_kept() -> None:
    second = jpeg(picture((32, 32)), comment=b"second picture")
    assert picture_only(PHOTO + second) == picture_only(PHOTO)
    assert picture_only(PHOTO + b"\0\0\0\x18ftypmp42 a film") == picture_only(PHOTO)


@pytest.mark.parametrize("marker", [*range(0xE0, 0xF0), 0xFE, *range(0xF0, 0xFE)])
@pytest.mark.requirement("R103")
def test_no_segment_can_carry_words_out(marker: int) -> None:
    told = with_segment(PHOTO, marker, b"Adobe\0d\0\0\0\0\x01 and Aroha Ngata")
    assert b"Aroha" not in picture_only(told)


def test_fill_bytes_and_rubbish_between_segments_are_passed_over() -> None:
    filled = PHOTO[:2] + b"\xff\xff\xff" + PHOTO[2:]
    assert read_facts(filled) == read_facts(PHOTO)
    assert picture_only(filled) == picture_only(PHOTO)
    rubbish = PHOTO[:2] + b"rubbish\xff\x00" + PHOTO[2:]
    assert picture_only(rubbish) == picture_only(PHOTO)
    padded = PHOTO[:-2] + b"\xff\xff" + PHOTO[-2:]
    assert opened(picture_only(padded)).tobytes() == opened(PHOTO).tobytes()


def test_a_thumbnail_in_the_header_is_not_the_picture() -> None:
    inner = jpeg(picture((16, 16)))
    facts = read_facts(with_segment(PHOTO, 0xE2, inner))
    assert facts.frame is not None
    assert facts.frame.width == 64


def test_a_profile_that_is_not_whole_or_not_of_this_picture_is_none() -> None:
    assert read_facts(jpeg(picture(mode="L"), icc=SRGB)).icc is None
    assert read_facts(jpeg(icc=SRGB[:-1])).icc is None
    long = bytearray(70_000)
    long[:128] = SRGB[:128]
    long[:4] = len(long).to_bytes(4, "big")
    two_parts = jpeg(icc=bytes(long))
    assert read_facts(two_parts).icc == bytes(long)
    lost = two_parts.replace(b"ICC_PROFILE\0\x01", b"ICC_PROFILE\0\x07")
    assert read_facts(lost).icc is None


def test_a_file_cut_short_still_tells_what_came_before() -> None:
    scan = PHOTO.index(b"\xff\xda")
    for end in range(2, len(PHOTO) - 1, 7):
        with pytest.raises(BrokenJpeg) as broken:
            picture_only(PHOTO[:end])
        assert broken.value.cut_short
        read_facts(PHOTO[:end])
    assert read_facts(PHOTO[: scan + 20]).orientation == 6


def test_what_is_no_jpeg_is_refused() -> None:
    for wrong in (b"", b"\xff", b"GIF89a", b"\xd8\xff"):
        with pytest.raises(BrokenJpeg):
            read_facts(wrong)
        with pytest.raises(BrokenJpeg):
            picture_only(wrong)
    with pytest.raises(BrokenJpeg):
        picture_only(b"\xff\xd8\xff\xd9")
    with pytest.raises(BrokenJpeg) as short:
        picture_only(b"\xff\xd8\xff\xe0\0\x01\xff\xd9")
    assert not short.value.cut_short


def test_a_frame_without_size_is_none() -> None:
    assert read_facts(resized_in_its_header(PHOTO, 64, 0)).frame is None


def test_a_million_fill_bytes_take_no_time_to_speak_of() -> None:
    with pytest.raises(BrokenJpeg):
        picture_only(b"\xff\xd8" + b"\xff" * 1_000_000)
    with pytest.raises(BrokenJpeg):
        picture_only(PHOTO[:-2] + b"\xff" * 1_000_000)


@given(st.binary(max_size=300))
def test_random_bytes_raise_nothing_else(noise: bytes) -> None:
    for data in (noise, b"\xff\xd8" + noise, b"\xff\xd8\xff\xe1\0\x40Exif\0\0II*\0" + noise):
        with contextlib.suppress(BrokenJpeg):
            read_facts(data).orientation  # noqa: B018
        with contextlib.suppress(BrokenJpeg):
            picture_only(data)


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(0, len(PHOTO) - 1), st.integers(0, 255)), max_size=12))
def test_changed_bytes_raise_nothing_else(changes: list[tuple[int, int]]) -> None:
    changed = bytearray(PHOTO)
    for place, byte in changes:
        changed[place] = byte
    with contextlib.suppress(BrokenJpeg):
        read_facts(bytes(changed)).orientation  # noqa: B018
    with contextlib.suppress(BrokenJpeg):
        clean = picture_only(bytes(changed))
        assert picture_only(clean) == clean


@needs_corpus
@pytest.mark.requirement("R68")
def test_orientation_and_size_of_real_files_are_what_exiftool_says() -> None:
    turned, sized = 0, 0
    for name in said_to_be("JPEG"):
        facts, said = read_facts(content(name)), expected()[name]
        assert facts.orientation == (said.get("IFD0:Orientation") or 1), name
        turned += facts.orientation != 1
        if facts.frame is not None and "Composite:ImageSize" in said:
            size = f"{facts.frame.width} {facts.frame.height}"
            assert said["Composite:ImageSize"] == size, name
            sized += 1
    assert turned >= 16
    assert sized >= 180


@needs_corpus
@pytest.mark.requirement("R103")
def test_real_pictures_keep_every_pixel_without_metadata() -> None:
    whole = 0
    for name in said_to_be("JPEG"):
        data = content(name)
        if len(data) > 400_000:
            continue
        try:
            clean = picture_only(data)
            before = opened(data)
        except (BrokenJpeg, OSError, SyntaxError):
            continue
        after = opened(clean)
        assert after.tobytes() == before.tobytes(), name
        assert not after.getexif(), name
        assert not {"exif", "comment", "icc_profile", "photoshop", "xmp"} & set(after.info), name
        assert isinstance(after, Image.Image)
        whole += 1
    assert whole >= 60
