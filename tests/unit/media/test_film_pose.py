"""Films that are mirrored by their matrix, or interlaced: described, shown, played and copied."""

import io
from collections.abc import Iterator

import av
import numpy as np
import pytest
from PIL import Image, ImageChops, ImageStat

from desktop.media.copier import Copier
from desktop.media.copy_check import what_is_left
from desktop.media.player_facts import Want
from desktop.media.player_pictures import Pictures
from desktop.media.sandboxed_describer import SandboxedDescriber
from desktop.media.worker_file import WorkerFile
from desktop.records.facts.copies import Mask
from tests.unit.media.drawn_films import HIGH, WIDE, combed_film, film
from tests.unit.media.made_films import turned, with_aperture
from tests.unit.media.tagged_films import cropped_film

CORNER = Mask(left=0.0, top=0.0, width=0.02, height=0.02)
ONE = 0x10000
MIRRORED = [
    ((-ONE, 0, 0, ONE), 2, (76, 12)),
    ((ONE, 0, 0, -ONE), 4, (20, 52)),
    ((0, ONE, ONE, 0), 5, (12, 20)),
    ((0, -ONE, -ONE, 0), 7, (52, 76)),
]


@pytest.fixture(scope="module")
def copier() -> Iterator[Copier]:
    shared = Copier()
    yield shared
    shared.close()


def played(data: bytes, at: int = 0) -> Image.Image:
    """The frame of that time as the player gives it."""
    pictures = Pictures(WorkerFile(len(data), whole=data))
    want = Want(which="at", time=at, most=1, width=400, height=400)
    shots = pictures.give(want, deadline=float("inf"))
    return Image.frombytes("RGB", (shots.width, shots.height), shots.pixels[0])


def copied(copier: Copier, data: bytes, *masks: Mask) -> bytes:
    into = io.BytesIO()
    copier.make(data, into, name="film", masks=masks)
    return into.getvalue()


@pytest.mark.requirement("R12")
@pytest.mark.parametrize(("matrix", "orientation", "red_at"), MIRRORED)
def test_a_mirrored_film_is_the_right_way_round_everywhere(
    describer: SandboxedDescriber,
    copier: Copier,
    matrix: tuple[int, int, int, int],
    orientation: int,
    red_at: tuple[int, int],
) -> None:
    made = turned(film("mp4"), matrix)
    assert describer.describe(made, file_name="a").description.orientation == orientation
    board = describer.storyboard(made, count=1, longest=400)
    assert board is not None
    shown = [
        describer.preview(made, longest=400),
        board.frames[0].picture.jpeg,
        copier.look(made, name="film", longest=400).picture,
    ]
    pictures = [Image.open(io.BytesIO(one or b"")) for one in shown]
    anew = copied(copier, made, CORNER)
    for picture in (*pictures, played(made), played(anew)):
        assert picture.size == ((WIDE, HIGH) if orientation < 5 else (HIGH, WIDE))
        red, _, blue = picture.convert("RGB").getpixel(red_at)  # type: ignore[misc]
        assert red > 150 > blue


def combs(picture: Image.Image) -> float:
    """How much lines differ from the mean of their neighbours: 20 and more where a half picture
    lies between the lines of another."""
    grey = np.asarray(picture.convert("L")).astype(int)
    return float(np.abs(2 * grey[1:-1] - grey[:-2] - grey[2:]).mean())


@pytest.mark.requirement("R12", "R103")
@pytest.mark.parametrize("codec", ["mpeg2video", "libx264"])
def test_what_moves_in_an_interlaced_film_has_no_combs(
    describer: SandboxedDescriber, copier: Copier, codec: str
) -> None:
    if codec not in av.codecs_available:
        pytest.skip("this FFmpeg makes no such film")
    made = combed_film(codec)
    with av.open(io.BytesIO(made), "r") as source:
        stored = [one.to_image() for one in source.decode(video=0)]
    assert min(combs(one) for one in stored) > 10
    board = describer.storyboard(made, count=3, longest=400)
    assert board is not None
    copy = copied(copier, made)
    with av.open(io.BytesIO(copy), "r") as read:
        frames = [one.to_image() for one in read.decode(video=0)]
    assert len(frames) == len(stored)
    looked = copier.look(made, name="film", longest=400, at=0.2).picture
    preview = describer.preview(made, longest=400)
    jpegs = [preview, looked, *(one.picture.jpeg for one in board.frames)]
    pictures = [Image.open(io.BytesIO(one or b"")) for one in jpegs]
    for picture in (*pictures, played(made, 200_000), *frames):
        assert picture.size == stored[0].size
        assert combs(picture) < 3


@pytest.mark.requirement("R11", "R103")
def test_the_edge_that_an_aperture_hides_is_shown_nowhere_and_in_no_copy(
    describer: SandboxedDescriber, copier: Copier
) -> None:
    whole = film("mp4")
    seen = WIDE // 2
    made = with_aperture(whole, width=seen, height=HIGH, across=-seen, down=0)
    said = describer.describe(made, file_name="a").description
    assert (said.width, said.height) == (seen, HIGH)
    plain, masked = copied(copier, made), copied(copier, made, CORNER)
    shown = [*views(describer, copier, made), played(made), played(plain)]
    uncut = [*views(describer, copier, whole), played(whole), played(whole)]
    for picture, wide in zip(shown, uncut, strict=True):
        assert picture.size == (seen, HIGH)
        left = wide.crop((0, 0, seen, HIGH)).convert("L")
        apart = ImageChops.difference(picture.convert("L"), left)
        assert ImageStat.Stat(apart).mean[0] < 6
    assert played(masked).size == (seen, HIGH)
    for copy in (plain, masked):
        assert b"clap" not in copy


def test_a_copy_that_still_hides_an_edge_is_not_handed_out(copier: Copier) -> None:
    """FFmpeg takes over what it knows of one, also from a Matroska file, whose crop is not read."""
    clean = copied(copier, cropped_film(left=0))
    assert what_is_left(WorkerFile(len(clean), whole=clean)) == ""
    hiding = with_aperture(clean, width=32, height=32, across=0, down=0)
    assert "edge" in what_is_left(WorkerFile(len(hiding), whole=hiding))


def views(describer: SandboxedDescriber, copier: Copier, data: bytes) -> list[Image.Image]:
    """The poster, a frame of the storyboard, and what a mask is laid on."""
    board = describer.storyboard(data, count=1, longest=400)
    assert board is not None
    shown = (
        describer.preview(data, longest=400),
        board.frames[0].picture.jpeg,
        copier.look(data, name="film", longest=400).picture,
    )
    return [Image.open(io.BytesIO(one or b"")) for one in shown]
