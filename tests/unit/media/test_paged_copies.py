"""Copies of several pages or pictures: all pages of a TIFF, and what is left out is said."""

import io
import struct
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop.media.copier import Copier
from desktop.media.copy_check import what_is_left
from desktop.media.worker_file import WorkerFile
from desktop.records.facts.copies import Mask, Removed
from desktop.records.facts.copy_problems import CopyNotMade

pytestmark = pytest.mark.requirement("R101", "R103")

NAME = b"Ngaire Example 1952"
CORNER = Mask(left=0.0, top=0.0, width=0.25, height=0.5)
COLOURS = ((200, 30, 40), (30, 200, 40), (30, 40, 200))


@pytest.fixture(scope="module")
def copier() -> Iterator[Copier]:
    shared = Copier()
    yield shared
    shared.close()


def paged() -> bytes:
    """Colour, grey, and one that lies on its side; a name in each, and a small one of a page."""
    first, second, third = (Image.new("RGB", (40, 24), colour) for colour in COLOURS)
    told = {270: NAME.decode(), 305: NAME.decode()}
    small = first.resize((10, 6))
    small.encoderinfo = {"tiffinfo": {**told, 254: 1}}
    second = second.convert("L")
    for page, more in ((second, {}), (third, {274: 6})):
        page.encoderinfo = {"tiffinfo": {**told, **more}}
    made = io.BytesIO()
    first.save(made, "TIFF", save_all=True, append_images=[small, second, third], tiffinfo=told)
    return made.getvalue()


def test_a_copy_of_a_tiff_has_all_its_pages_masked_and_nothing_beside(copier: Copier) -> None:
    whole, into = paged(), io.BytesIO()
    assert NAME in whole
    made = copier.make(whole, into, name="fax", masks=(CORNER,))
    assert (made.media_type, made.ending) == ("image/tiff", "tif")
    assert NAME not in into.getvalue()
    with Image.open(into) as read:
        assert getattr(read, "n_frames", 1) == 3
        for place, (colour, size) in enumerate(
            zip(COLOURS, ((40, 24), (40, 24), (24, 40)), strict=True)
        ):
            read.seek(place)
            shown = read.convert("RGB")
            assert shown.size == size
            assert shown.getpixel((1, 1)) == (0, 0, 0)
            seen = np.asarray(shown.getpixel((size[0] - 2, size[1] - 2)), int)
            wanted = colour if place != 1 else (round(0.299 * 30 + 0.587 * 200 + 0.114 * 40),) * 3
            assert np.abs(seen - wanted).max() <= 1
    first = io.BytesIO()
    lying = Image.new("RGB", (40, 24))
    lying.paste((255, 255, 255), (0, 0, 10, 10))
    lying.save(first, "TIFF", tiffinfo={274: 6})
    alone = io.BytesIO()
    copier.make(first.getvalue(), alone, name="page")
    with Image.open(alone) as read:
        assert (read.size, read.getpixel((22, 1))) == ((24, 40), (255, 255, 255))
    looked = [copier.look(whole, name="fax", longest=64, at=at) for at in (0, 2)]
    assert [one.pages for one in looked] == [3, 3]
    sizes = [Image.open(io.BytesIO(one.picture or b"")).size for one in looked]
    assert sizes == [(40, 24), (24, 40)]


@settings(max_examples=12, deadline=None)
@given(on=st.lists(st.none() | st.integers(1, 3), min_size=1, max_size=4))
def test_a_mask_lies_on_its_page_or_on_every_page_and_hides_nothing_else(
    copier: Copier, on: list[int | None]
) -> None:
    masks = [
        Mask(left=0.25 * place, top=0, width=0.25, height=0.5, page=page)
        for place, page in enumerate(on)
    ]
    into = io.BytesIO()
    copier.make(paged(), into, name="fax", masks=masks)
    with Image.open(into) as read:
        for number in (1, 2, 3):
            read.seek(number - 1)
            shown = np.asarray(read.convert("RGB"))
            for place, page in enumerate(on):
                quarter = shown.shape[1] // 4
                under = shown[: shown.shape[0] // 2, place * quarter : (place + 1) * quarter]
                assert bool(under.any()) is (page not in (None, number))
            assert shown[shown.shape[0] // 2 :].all(axis=2).any()


@pytest.mark.parametrize(
    ("whole", "said"), [("paged", "a mask is for page 4, and it has 3 pages"), ("one", "one page")]
)
def test_a_mask_for_a_page_that_is_not_there_is_refused(
    copier: Copier, whole: str, said: str
) -> None:
    made = io.BytesIO()
    Image.new("RGB", (40, 24), COLOURS[0]).save(made, "PNG")
    data = paged() if whole == "paged" else made.getvalue()
    with pytest.raises(CopyNotMade) as refused:
        copier.make(data, io.BytesIO(), name="fax", masks=(replace(CORNER, page=4),))
    assert said in str(refused.value)


def test_the_check_looks_under_the_masks_of_each_page(copier: Copier) -> None:
    into = io.BytesIO()
    copier.make(paged(), into, name="fax", masks=(replace(CORNER, page=2),))
    copy = into.getvalue()

    def left(*masks: Mask) -> str:
        file = WorkerFile(len(copy), whole=copy)
        return what_is_left(file, masks)

    assert left(replace(CORNER, page=2)) == ""
    assert left(CORNER) == "something under a mask of page 1"
    assert left(replace(CORNER, page=3)) == "something under a mask of page 3"
    assert left(replace(CORNER, page=2), replace(CORNER, page=4)) == (
        "fewer pages than there are masks for"
    )
    wider = [[CORNER.left, CORNER.top, 0.5, CORNER.height, 0.0, None, 2]]
    told = copier._left_in(io.BytesIO(copy), len(copy), "fax", lambda: False, wider)
    assert told == "something under a mask of page 2"


def test_what_is_planted_in_a_paged_copy_is_found(copier: Copier) -> None:
    into = io.BytesIO()
    size = copier.make(paged(), into, name="fax").size
    plain = into.getvalue()
    directory = struct.unpack_from("<I", plain, 4)[0]
    count = struct.unpack_from("<H", plain, directory)[0]
    other = struct.pack("<HHI4s", 270, 2, 4, b"Ngai")
    last = directory + 2 + 12 * (count - 1)
    for planted in (
        plain + NAME,
        plain[:last] + other + plain[last + 12 :],
        plain[:4] + struct.pack("<I", len(plain)) + plain[8:] + plain[directory:last] + NAME,
    ):
        assert copier._left_in(io.BytesIO(planted), len(planted), "fax", lambda: False)
    assert not copier._left_in(io.BytesIO(plain), size, "fax", lambda: False)


def test_of_another_file_with_several_pictures_the_copy_says_that_it_has_the_main_one(
    copier: Copier,
) -> None:
    made = io.BytesIO()
    several = [Image.new("RGB", (64, 64), colour) for colour in COLOURS]
    several[0].save(made, "AVIF", save_all=True, append_images=several[1:])
    copy = copier.make(made.getvalue(), io.BytesIO(), name="several")
    assert Removed.FURTHER_PICTURES in copy.removed
