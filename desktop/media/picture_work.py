"""What every decoded picture goes through, of whatever format: colours, turning, a bare JPEG."""

import io

from PIL import Image, ImageCms

from desktop.media.exif_facts import PILLOW_GIVES_UP
from desktop.media.notes import too_large

MOST_PIXELS = 210_000_000
"""A genuine phone photo of today has up to 200 megapixels; Pillow's own limit is lower."""

MOST_BYTES = 256 * 1024 * 1024
"""Of a larger picture only the beginning is looked at."""

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Undecodable(Exception):
    """No picture comes out of these bytes; `note` says why in plain words."""

    def __init__(self, note: str) -> None:
        super().__init__(note)
        self.note = note


def refuse_too_many_pixels(width: int, height: int) -> None:
    """Raises Undecodable for a picture of more pixels than are ever decoded."""
    if width * height > MOST_PIXELS:
        raise Undecodable(too_large(width, height))


def as_srgb(picture: Image.Image, icc: bytes | None) -> Image.Image:
    """In sRGB or grey, through the profile where there is a usable one (R127)."""
    if icc is not None:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(icc))
            shown = ImageCms.profileToProfile(picture, own, _srgb(), outputMode="RGB")
        except (ImageCms.PyCMSError, *PILLOW_GIVES_UP):
            shown = None
        if shown is not None:
            return shown
    return picture if picture.mode in {"L", "RGB"} else picture.convert("RGB")


def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def upright(picture: Image.Image, orientation: int) -> Image.Image:
    """The picture as it is to be seen, from EXIF orientation 1 to 8."""
    turn = _UPRIGHT.get(orientation)
    return picture if turn is None else picture.transpose(turn)


def bare_jpeg(picture: Image.Image, *, quality: int, subsampling: int) -> bytes:
    """Saved from bare pixels: Pillow would carry the original's comment into the copy (R103)."""
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    made = io.BytesIO()
    bare.save(made, "JPEG", quality=quality, subsampling=subsampling)
    return made.getvalue()
