"""Photos made for a test: a picture with any EXIF, profile and orientation that is asked for."""

import io
import struct
from typing import Any

from PIL import Image, ImageCms

EXIF_IFD, GPS_IFD = 0x8769, 0x8825
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def picture(size: tuple[int, int] = (400, 300), mode: str = "RGB") -> Image.Image:
    """Red above left, green above right, blue below: it shows which way is up."""
    width, height = size
    drawn = Image.new("RGB", size, (30, 40, 200))
    drawn.paste((200, 30, 40), (0, 0, width // 2, height // 2))
    drawn.paste((30, 200, 40), (width // 2, 0, width, height // 2))
    return drawn.convert(mode)


def exif_block(
    first: dict[int, Any] | None = None,
    photo: dict[int, Any] | None = None,
    place: dict[int, Any] | None = None,
) -> bytes:
    """A TIFF block with these tags in its three directories."""
    exif = Image.Exif()
    exif.update(first or {})
    if photo:
        exif.get_ifd(EXIF_IFD).update(photo)
    if place:
        exif.get_ifd(GPS_IFD).update(place)
    return exif.tobytes().removeprefix(b"Exif\0\0")


def jpeg(
    drawn: Image.Image | None = None,
    *,
    exif: bytes = b"",
    icc: bytes | None = None,
    comment: bytes = b"",
    progressive: bool = False,
) -> bytes:
    made = io.BytesIO()
    (drawn or picture()).save(
        made,
        "JPEG",
        quality=90,
        exif=b"Exif\0\0" + exif if exif else b"",
        icc_profile=icc,
        comment=comment,
        progressive=progressive,
    )
    return made.getvalue()


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def with_segment(photo: bytes, marker: int, body: bytes) -> bytes:
    """The photo with one more segment behind its SOI."""
    return photo[:2] + segment(marker, body) + photo[2:]


def resized_in_its_header(photo: bytes, width: int, height: int) -> bytes:
    """The photo claiming another size in its baseline SOF."""
    at = photo.index(b"\xff\xc0") + 5
    return photo[:at] + struct.pack(">HH", height, width) + photo[at + 4 :]


def opened(photo: bytes) -> Image.Image:
    shown = Image.open(io.BytesIO(photo))
    shown.load()
    return shown
