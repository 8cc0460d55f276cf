"""A photograph reaches the page as it is: bytes, colours, orientation, and nothing besides."""

import io
import itertools
import re
import zlib

import pytest
from PIL import Image, ImageCms, ImageOps

from desktop.media.paper_image import PaperImage
from desktop.printing.print_scale import LEAST_PPI
from desktop.printing.record_sheet import record_sheet_pdf
from tests.unit.printing.made_sheets import CORNERS, image, paper_image, photo, sheet
from tests.unit.printing.reading import pages


def _one(made: PaperImage) -> bytes:
    return record_sheet_pdf(sheet(images=(image(picture=lambda: made),)))


def _framed(page: Image.Image) -> Image.Image:
    """The picture of a page: all that is coloured between header and footer."""
    dpi = page.width / 210 * 25.4
    body = page.crop((0, round(44 / 25.4 * dpi), page.width, round(240 / 25.4 * dpi)))
    saturated = body.convert("HSV").getchannel("S").point(lambda s: 255 if s > 60 else 0)
    box = saturated.getbbox()
    assert box is not None
    return body.crop(box)


@pytest.mark.requirement("R77")
def test_the_bytes_of_a_jpeg_are_unchanged() -> None:
    made = photo(2000, 1500)
    pdf = _one(made)
    start = pdf.index(made.jpeg)
    assert pdf[start + len(made.jpeg) :].startswith(b"\nendstream\nendobj\n")
    assert b"/Filter /DCTDecode" in pdf[:start]


@pytest.mark.requirement("R103")
def test_there_is_no_exif_in_the_document() -> None:
    pdf = _one(photo())
    assert b"Exif\x00" not in pdf
    assert b"\xff\xe1" not in pdf[pdf.index(b"\xff\xd8") :][:400]


def test_the_same_picture_is_written_once() -> None:
    made = photo()
    pdf = record_sheet_pdf(sheet(images=tuple(image(n, picture=lambda: made) for n in range(3))))
    assert pdf.count(made.jpeg) == 1


def test_two_pictures_from_one_place_are_two() -> None:
    colours = itertools.cycle(((250, 0, 0), (0, 0, 250)))

    def changing() -> PaperImage:
        return paper_image(Image.new("RGB", (300, 300), next(colours)))

    made = record_sheet_pdf(sheet(images=(image(0, picture=changing), image(1, picture=changing))))
    first, second = (_framed(page) for page in pages(made, dpi=60))
    assert first.getpixel((50, 50)) == pytest.approx((254, 0, 0), abs=4)
    assert second.getpixel((50, 50)) == pytest.approx((0, 0, 254), abs=8)


@pytest.mark.requirement("R78")
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_upright(orientation: int) -> None:
    upright = Image.open(io.BytesIO(photo(400, 300).jpeg))
    exif = Image.Exif()
    exif[0x0112] = orientation
    undo = {5: 5, 6: 8, 7: 7, 8: 6}.get(orientation, orientation)
    stored = _turned(upright, undo)
    assert ImageOps.exif_transpose(_with(stored, exif)).size == upright.size
    shown = _framed(pages(_one(paper_image(stored, orientation=orientation)), dpi=80)[0])
    assert shown.width / shown.height == pytest.approx(4 / 3, abs=0.03)
    x, y = shown.width - 8, shown.height - 8
    for place, colour in zip(((8, 8), (x, 8), (x, y), (8, y)), CORNERS, strict=True):
        assert shown.getpixel(place) == pytest.approx(colour, abs=12)


@pytest.mark.requirement("R78")
def test_a_colour_profile_is_kept_and_shared() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = [
        paper_image(Image.new("RGB", (300, 300), (200, 60, blue)), icc=profile)
        for blue in (60, 120)
    ]
    images = (image(0, picture=lambda: made[0]), image(1, picture=lambda: made[1]))
    pdf = record_sheet_pdf(sheet(images=images))
    spaces = re.findall(rb"/ColorSpace \[/ICCBased (\d+) 0 R\]", pdf)
    assert len(spaces) == 2
    assert len(set(spaces)) == 1
    assert pdf.count(zlib.compress(profile)) == 1
    shown = _framed(pages(pdf, dpi=60)[0]).getpixel((40, 40))
    assert shown == pytest.approx((200, 60, 60), abs=4)


def test_a_profile_of_another_kind_is_left_out() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    grey = paper_image(Image.new("L", (300, 300), 90), icc=profile)
    pdf = _one(grey)
    assert b"/ColorSpace /DeviceGray" in pdf
    assert b"/ICCBased" not in pdf


@pytest.mark.requirement("R78")
def test_a_small_picture_is_not_blown_up() -> None:
    shown = _framed(pages(_one(photo(300, 225)), dpi=100)[0])
    assert shown.width / 100 == pytest.approx(300 / LEAST_PPI, abs=0.05)


def _with(stored: Image.Image, exif: Image.Exif) -> Image.Image:
    gathered = io.BytesIO()
    stored.save(gathered, "JPEG", exif=exif)
    return Image.open(io.BytesIO(gathered.getvalue()))


def _turned(picture: Image.Image, orientation: int) -> Image.Image:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return ImageOps.exif_transpose(_with(picture, exif))
