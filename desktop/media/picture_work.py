"""What every decoded picture goes through, of whatever format: colours, turning, a bare JPEG."""

import io

import numpy as np
from PIL import Image, ImageCms

from desktop.media.exif_facts import PILLOW_GIVES_UP
from desktop.media.notes import CUT_SHORT, DAMAGED, too_large

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


def why(reason: Exception) -> str:
    """The note for what Pillow raised while it decoded."""
    return CUT_SHORT if "truncated" in str(reason) else DAMAGED


def flat(picture: Image.Image) -> Image.Image:
    """In 8 bits a channel and one of the modes L, RGB and CMYK; what is transparent lies on white.
    Grey of 16 bits of which only the lower ones are used, as of X-ray machines, is made brighter.
    """
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        least, _ = seen.getchannel("A").getextrema()
        if least == 255:
            return seen.convert("RGB")
        ground = Image.new("RGB", seen.size, "white")
        ground.paste(seen, mask=seen.getchannel("A"))
        return ground
    if picture.mode.startswith("I;16") or picture.mode in {"I", "F"}:
        return _shallow(picture)
    if picture.mode == "LAB":
        lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        return ImageCms.profileToProfile(picture, lab, _srgb(), outputMode="RGB") or picture
    if picture.mode in {"L", "RGB", "CMYK"}:
        return picture
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _shallow(picture: Image.Image) -> Image.Image:
    deep = np.asarray(picture)
    if picture.mode == "F":
        deep = np.nan_to_num(deep)
        low, span = float(deep.min()), float(np.ptp(deep)) or 1.0
        return Image.fromarray(((deep - low) * (255 / span)).astype(np.uint8))
    bits = int(max(int(deep.max()), 1)).bit_length()
    used = bits if bits <= 12 or bits > 16 else 16
    return Image.fromarray(np.clip(deep >> max(used - 8, 0), 0, 255).astype(np.uint8))


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
