"""From an original to the pixels of its page: the same colours, whatever file they came in."""

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms

from desktop.media.colours import adobe_rgb
from desktop.media.sandboxed_describer import SandboxedDescriber
from desktop.printing.record_sheet import record_sheet_pdf
from tests.unit.printing.made_sheets import image, sheet
from tests.unit.printing.reading import pages

_WOUND = (200, 60, 60)
_SIZE = (600, 450)


@pytest.fixture(scope="module")
def describer() -> Iterator[SandboxedDescriber]:
    made = SandboxedDescriber()
    yield made
    made.close()


def _saved(picture: Image.Image, plugin: str, **options: Any) -> bytes:
    made = io.BytesIO()
    picture.save(made, plugin, **options)
    return made.getvalue()


def _flat(colour: tuple[int, ...], mode: str = "RGB") -> Image.Image:
    return Image.new(mode, _SIZE, colour)


def _wide() -> bytes:
    """The wound in the numbers of a camera that is set to Adobe RGB."""
    profile = adobe_rgb()
    srgb = ImageCms.createProfile("sRGB")
    there = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    turned = ImageCms.profileToProfile(_flat(_WOUND), srgb, there)
    assert turned is not None
    return _saved(turned, "JPEG", quality=95, icc_profile=profile)


ORIGINALS = {
    "JPEG": (_saved(_flat(_WOUND), "JPEG", quality=95), _WOUND),
    "Adobe RGB": (_wide(), _WOUND),
    "grey JPEG": (_saved(Image.new("L", _SIZE, 128), "JPEG", quality=95), (128, 128, 128)),
    "16-bit grey": (
        _saved(Image.fromarray(np.full(_SIZE[::-1], 0x8080, np.uint16)), "PNG"),
        (128, 128, 128),
    ),
    "PNG": (_saved(_flat(_WOUND), "PNG"), _WOUND),
    "AVIF": (_saved(_flat(_WOUND), "AVIF", quality=95), _WOUND),
    "ink": (
        _saved(_flat((0, 179, 179, 55), "CMYK"), "JPEG", quality=95),
        _flat((0, 179, 179, 55), "CMYK").convert("RGB").getpixel((0, 0)),
    ),
}
"""Each with the colour that an eye sees in it."""


@pytest.mark.requirement("R80")
@pytest.mark.parametrize("longest", [4000, 300], ids=["as it is", "made smaller"])
@pytest.mark.parametrize("name", ORIGINALS)
def test_the_colour_on_paper_is_that_of_the_original(
    describer: SandboxedDescriber, name: str, longest: int
) -> None:
    original, wanted = ORIGINALS[name]
    ready = describer.for_paper(original, longest=longest)
    assert ready is not None
    assert max(ready.width, ready.height) == min(longest, 600)
    pdf = record_sheet_pdf(sheet(images=(image(picture=lambda: ready),)))
    (page,) = pages(pdf, dpi=50)
    seen = page.getpixel((page.width // 2, round(60 / 25.4 * 50)))
    assert seen == pytest.approx(wanted, abs=3)
