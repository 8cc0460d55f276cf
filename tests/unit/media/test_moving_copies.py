"""Copies of what moves: every frame of an animation, films that begin at nought and in sRGB."""

import io
import struct
import zlib
from collections.abc import Iterator

import av
import numpy as np
import pytest
from PIL import Image

from desktop.media.copier import Copier
from desktop.media.png_pixels import PNG_SIGN, chunk, chunks_of
from desktop.media.sandboxed_describer import SandboxedDescriber
from desktop.records.facts.copies import Mask, Removed
from desktop.records.facts.copy_problems import CopyNotMade
from tests.unit.media.corpus import content, needs_corpus
from tests.unit.media.drawn_films import bright_film
from tests.unit.media.tagged_films import (
    cropped_film,
    frames_of,
    seconds_film,
    sound_with_notes,
)

pytestmark = pytest.mark.requirement("R88", "R103")

NAME = b"Ngaire Example 1952"
LEFT_HALF = Mask(left=0.0, top=0.0, width=0.5, height=1.0)
COLOURS = ((200, 30, 40), (30, 200, 40), (30, 40, 200))
LASTS = (100, 250, 400)


@pytest.fixture(scope="module")
def copier() -> Iterator[Copier]:
    shared = Copier()
    yield shared
    shared.close()


def copied(copier: Copier, data: bytes, *masks: Mask) -> bytes:
    into = io.BytesIO()
    copier.make(data, into, name="film", masks=masks)
    return into.getvalue()


def moving(form: str) -> bytes:
    """Three frames; a comment where the format has one."""
    frames = [Image.new("RGB", (24, 16), colour) for colour in COLOURS]
    told = {"comment": NAME} if form == "GIF" else {"exif": b"Exif\0\0MM\0*" + NAME}
    more = {"lossless": True} if form == "WEBP" else {}
    made = io.BytesIO()
    rest = {"save_all": True, "append_images": frames[1:], "duration": list(LASTS), "loop": 0}
    frames[0].save(made, form, **rest, **told, **more)
    return made.getvalue()


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_a_copy_of_an_animation_has_all_its_frames_and_times(copier: Copier, form: str) -> None:
    whole = moving(form)
    assert NAME in whole
    copy = copied(copier, whole, LEFT_HALF)
    assert NAME not in copy
    with Image.open(io.BytesIO(copy)) as read:
        assert (read.format, getattr(read, "n_frames", 1)) == ("PNG", 3)
        for number, (colour, lasts) in enumerate(zip(COLOURS, LASTS, strict=True)):
            read.seek(number)
            shown = read.convert("RGB")
            assert (shown.getpixel((2, 2)), shown.getpixel((20, 8))) == ((0, 0, 0), colour)
            assert read.info["duration"] == lasts


def test_each_frame_of_an_animation_can_be_looked_at_before_it_leaves(copier: Copier) -> None:
    whole = moving("GIF")
    for at, colour in ((0.0, COLOURS[0]), (0.2, COLOURS[1]), (9.0, COLOURS[2])):
        looked = copier.look(whole, name="film", longest=64, at=at)
        assert (looked.seconds, looked.has_sound) == (0.75, False)
        shown = Image.open(io.BytesIO(looked.picture or b"")).resize((1, 1)).getpixel((0, 0))
        assert isinstance(shown, tuple)
        assert max(abs(one - other) for one, other in zip(shown, colour, strict=True)) < 12


def rebuilt(copy: bytes, kind: bytes, body: bytes) -> bytes:
    """The copy with the body of the last chunk of this kind changed."""
    chunks = [(name, told) for name, told, _ in chunks_of(copy) or []]
    last = max(place for place, (name, _) in enumerate(chunks) if name == kind)
    chunks[last] = (kind, chunks[last][1] + body)
    return PNG_SIGN + b"".join(chunk(name, told) for name, told in chunks)


def test_whoever_checks_finds_what_an_animation_hides(copier: Copier) -> None:
    copy = copied(copier, moving("GIF"))
    hidden = zlib.compress(bytes(24 * 16 * 4)) + NAME
    more = struct.pack(">5I2H2B", 5, 24, 16, 0, 0, 100, 1000, 0, 0)
    end = copy.index(b"IEND") - 4
    planted = (
        rebuilt(copy, b"fdAT", NAME),
        rebuilt(copy, b"IDAT", NAME),
        rebuilt(copy, b"fcTL", NAME),
        copy + NAME,
        copy[:end] + chunk(b"tEXt", b"a\0" + NAME) + copy[end:],
        copy[:end] + chunk(b"fcTL", more) + chunk(b"fdAT", hidden) + copy[end:],
    )
    assert not copier._left_in(io.BytesIO(copy), len(copy), "film", lambda: False)
    for one in planted:
        assert copier._left_in(io.BytesIO(one), len(one), "film", lambda: False)


def test_an_animation_without_end_is_refused_in_words(copier: Copier) -> None:
    whole = bytearray(moving("PNG"))
    at = whole.index(b"acTL") + 4
    body = struct.pack(">II", 2**31 - 1, 0)
    whole[at : at + 12] = body + zlib.crc32(b"acTL" + body).to_bytes(4, "big")
    with pytest.raises(CopyNotMade, match="too many frames"):
        copied(copier, bytes(whole))


@pytest.mark.parametrize("masks", [(), (LEFT_HALF,)], ids=["carried over", "encoded again"])
def test_the_clock_of_a_film_begins_at_nought_in_its_copy(
    copier: Copier, masks: tuple[Mask, ...]
) -> None:
    """A camcorder's may tell when it was switched on."""
    copy = copied(copier, seconds_film(frames=3, begins=100), *masks)
    assert [round(at, 2) for at, _ in frames_of(copy)] == [0.0, 1.0, 2.0]


@pytest.mark.requirement("R127")
@pytest.mark.parametrize("characteristic", [16, 18], ids=["PQ", "HLG"])
def test_a_film_of_high_dynamic_range_is_brought_down_where_it_is_encoded_again(
    copier: Copier, characteristic: int
) -> None:
    """Grey as bright as paper is white in a copy too, as the player shows it."""
    copy = copied(copier, bright_film(characteristic=characteristic))
    with av.open(io.BytesIO(copy), "r") as read:
        frame = next(read.decode(video=0))
        seen = np.asarray(frame.to_ndarray(format="gray"))
    looked = copier.look(bright_film(characteristic=characteristic), name="film", longest=64)
    shown = np.asarray(Image.open(io.BytesIO(looked.picture or b"")).convert("L"))
    assert frame.colorspace == 1
    assert seen.mean() > 215
    assert abs(float(seen.mean()) - float(shown.mean())) < 6


@pytest.mark.requirement("R127")
@pytest.mark.parametrize("characteristic", [16, 18], ids=["PQ", "HLG"])
def test_a_film_of_high_dynamic_range_that_is_carried_over_is_tagged_as_one(
    copier: Copier, characteristic: int
) -> None:
    into = io.BytesIO()
    film = bright_film(characteristic=characteristic, codec="libsvtav1")
    made = copier.make(film, into, name="film")
    assert (made.media_type, made.is_same_picture, made.is_hdr) == ("video/mp4", True, True)
    assert len(list(frames_of(into.getvalue()))) == 3
    into.seek(0)
    with av.open(into, "r") as read:
        told = read.streams.video[0].codec_context
        assert (told.color_trc, told.color_primaries, told.colorspace) == (characteristic, 9, 9)


@needs_corpus
@pytest.mark.requirement("R127")
def test_a_still_of_high_dynamic_range_is_as_bright_in_its_copy_as_it_is_shown(
    copier: Copier,
) -> None:
    data = content("immich/10bit-HDR-P3-nclx.avif")
    describer = SandboxedDescriber()
    shown = describer.preview(data, longest=256)
    describer.close()
    pictures = [Image.open(io.BytesIO(one or b"")) for one in (copied(copier, data), shown)]
    means = [np.asarray(one.convert("RGB").resize((64, 64))).mean(axis=(0, 1)) for one in pictures]
    assert np.abs(means[0] - means[1]).max() < 3


def test_what_a_decoder_is_told_beside_the_packets_does_not_come_along(copier: Copier) -> None:
    made = io.BytesIO()
    with av.open(made, "w", format="matroska") as film:
        video = film.add_stream("libvpx", rate=5)
        video.width, video.height, video.pix_fmt = 96, 64, "yuv420p"
        video.codec_context.extradata = NAME
        for _ in range(3):
            drawn = np.full((64, 96, 3), 100, np.uint8)
            film.mux(video.encode(av.VideoFrame.from_ndarray(drawn, format="rgb24")))
        film.mux(video.encode(None))
    planted = made.getvalue()
    assert NAME in planted
    assert copier._left_in(io.BytesIO(planted), len(planted), "film", lambda: False)
    copy = copied(copier, planted)
    assert NAME not in copy
    assert len(list(frames_of(copy))) == 3


@pytest.mark.parametrize(
    ("form", "coder"), [("ipod", "aac"), ("mp3", "libmp3lame"), ("mp4", "aac")]
)
def test_what_lies_between_sounds_does_not_come_along_and_is_found(
    copier: Copier, form: str, coder: str
) -> None:
    """A data element of AAC, a tag in the middle of an MP3: decoders and tag readers pass both
    over. In a film the picture stays as it is; the sound is encoded again."""
    told = sound_with_notes(form=form, coder=coder, note=b"Ngaire Tui")
    assert told.count(b"Ngaire Tui") > 1
    assert copier._left_in(io.BytesIO(told), len(told), "IMG_1", lambda: False)
    into = io.BytesIO()
    made = copier.make(told, into, name="film", sound=True)
    copy = into.getvalue()
    assert b"Ngaire" not in copy
    assert made.is_same_picture is (form == "mp4")
    with av.open(io.BytesIO(copy), "r") as read:
        heard = np.concatenate([one.to_ndarray().reshape(-1) for one in read.decode(audio=0)])
    assert 40_000 < heard.size < 52_000  # a second; of MP3, less what a tag spoils
    assert np.abs(heard).max() > 0.3


def test_the_edges_that_a_crop_left_in_the_stream_do_not_come_along(copier: Copier) -> None:
    """H.264 can be told to show a part of what it holds."""
    into = io.BytesIO()
    made = copier.make(cropped_film(left=96), into, name="film")
    assert not made.is_same_picture
    assert Removed.TRIMMED in made.removed
    into.seek(0)
    with av.open(into, "r") as read:
        assert next(read.decode(video=0)).width == 96
