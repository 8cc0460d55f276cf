"""Stills drawn anew: decoded, upright, in sRGB, masks painted solid, saved from bare pixels."""

import io
import math
from collections.abc import Sequence

from PIL import Image, ImageCms

from desktop.media.colours import CodedColours, toned_down
from desktop.media.heif_boxes import heif_facts
from desktop.media.jpeg_segments import read_facts
from desktop.media.true_type import TrueType, true_type
from desktop.records.facts.copies import Mask

MOST_PIXELS = 210_000_000
FORMATS = ("JPEG", "PNG", "TIFF", "GIF", "WEBP", "BMP", "HEIF", "AVIF", "JPEG2000")
_LOSSLESS = frozenset(("image/png", "image/tiff", "image/gif", "image/bmp"))
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ORIENTATION = 0x0112
GIVES_UP = (
    *(OSError, ValueError, TypeError, SyntaxError, EOFError, RuntimeError, KeyError),
    *(NotImplementedError, IndexError, ArithmeticError, AttributeError),
)
"""What decoders raise for bytes that they cannot make anything of."""


class NotAsItIs(Exception):
    """The picture cannot be carried over as it is: it has to be drawn anew from its pixels."""


class CannotCopy(Exception):
    """No copy comes out of these bytes; `why` says so in plain words."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def upright_picture(data: bytes, *, most: int | None = None) -> Image.Image:
    """The first picture of these bytes, upright, in sRGB or grey, with nothing beside its pixels;
    with `most`, no larger than so many pixels a side. Raises CannotCopy."""
    found = true_type(data)
    if found.media_type.startswith("image/x-"):
        raise CannotCopy(f"{found.words} is not decoded; make a JPEG of it on the device first")
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise CannotCopy("it has too many pixels to be decoded safely")
            return bare(_opened(picture, data, most))
    except (*GIVES_UP, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise CannotCopy("the picture in it is damaged, or cannot be decoded") from None


def picture_as_seen(picture: Image.Image, data: bytes) -> Image.Image:
    """The page that an opened picture stands at, upright, in sRGB or grey. Raises what decoding
    raises."""
    return _opened(picture, data, None)


def further_pictures(data: bytes) -> bool:
    """Whether a file holds more pictures than the one that `upright_picture` gives."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            return int(getattr(picture, "n_frames", 1)) > 1
    except (*GIVES_UP, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return False


def _opened(picture: Image.Image, data: bytes, most: int | None) -> Image.Image:
    turned = _orientation(picture, data)
    if most is not None:
        if picture.format == "JPEG":  # a HEIC's own draft is its thumbnail, which may be stale
            picture.draft("RGB", (most, most))
        picture.thumbnail((most, most), Image.Resampling.BILINEAR, reducing_gap=None)
    picture.load()
    coloured = _in_srgb(picture, _coded(picture, data))
    turn = _UPRIGHT.get(turned)
    return coloured if turn is None else coloured.transpose(turn)


def _orientation(picture: Image.Image, data: bytes) -> int:
    """1 to 8. A HEIC file's own turn was applied by its decoder; where it has none, what its EXIF
    says counts (facts: two of forty real ones)."""
    if picture.format == "HEIF":
        head = data[: 256 * 1024]
        if b"irot" in head or b"imir" in head:
            return 1
        return int(picture.info.get("original_orientation") or 1)
    if picture.format == "TIFF":
        return 1  # its plugin turns the picture itself
    if picture.format in {"JPEG", "MPO"}:  # as everywhere else here: by EXIF, never by XMP
        return read_facts(data).orientation
    return int(picture.getexif().get(_ORIENTATION, 1) or 1)


def _coded(picture: Image.Image, data: bytes) -> CodedColours | None:
    """The colours that a HEIF or AVIF file names by their numbers."""
    is_heif = picture.format in {"HEIF", "AVIF"}
    return heif_facts(data[: 1024 * 1024]).colours if is_heif else None


def _in_srgb(picture: Image.Image, coded: CodedColours | None) -> Image.Image:
    plain = _plain(picture)
    if coded is not None and coded.is_hdr:
        return toned_down(plain, coded)
    icc = picture.info.get("icc_profile") or (coded.profile() if coded is not None else None)
    if not icc or plain.mode not in {"RGB", "RGBA", "L", "CMYK"}:
        return plain.convert("RGB") if plain.mode == "CMYK" else plain
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        mode = "RGBA" if plain.mode == "RGBA" else "RGB"
        shown = ImageCms.profileToProfile(plain, own, srgb, outputMode=mode)
    except (ImageCms.PyCMSError, *GIVES_UP):
        shown = None
    if shown is None:
        return plain.convert("RGB") if plain.mode == "CMYK" else plain
    return shown


def _plain(picture: Image.Image) -> Image.Image:
    """In a mode that a JPEG or PNG can hold."""
    if picture.mode in {"RGB", "RGBA", "L", "CMYK", "I;16"}:
        return picture
    if picture.mode == "P":
        return picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    if picture.mode in {"LA", "La", "PA", "RGBa"}:
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode in {"1", "I", "F"} else "RGB")


def bare(picture: Image.Image) -> Image.Image:
    """The same pixels as they are shown, and nothing else: saving would carry comments along."""
    seen = _on_white(picture) if picture.mode == "RGBA" else picture
    return Image.frombytes(seen.mode, seen.size, seen.tobytes())


def _on_white(picture: Image.Image) -> Image.Image:
    """As it is shown: what is transparent lies on white. Below it may be what somebody erased."""
    white = Image.new("RGB", picture.size, (255, 255, 255))
    white.paste(picture.convert("RGB"), mask=picture.getchannel("A"))
    return white


def painted(picture: Image.Image, masks: Sequence[Mask]) -> Image.Image:
    """The picture with every mask painted solid black. A blur or a mosaic would not hide a face:
    97 in 100 were found again through one of 4 by 4 cells."""
    for mask in masks:
        box = pixel_box(mask, picture.width, picture.height)
        picture.paste(_black(picture.mode), box)
    return picture


def _black(mode: str) -> tuple[int, ...] | int:
    return (0, 0, 0) if mode == "RGB" else 0


def pixel_box(mask: Mask, width: int, height: int) -> tuple[int, int, int, int]:
    """Every pixel that the mask touches: left, top, right, bottom."""
    return (
        max(math.floor(mask.left * width), 0),
        max(math.floor(mask.top * height), 0),
        min(math.ceil((mask.left + mask.width) * width), width),
        min(math.ceil((mask.top + mask.height) * height), height),
    )


def saved(picture: Image.Image, found: TrueType) -> tuple[bytes, str, str]:
    """The bytes of the copy, its media type and its ending. What came without loss goes without."""
    made = io.BytesIO()
    if found.media_type in _LOSSLESS or picture.mode == "I;16":
        picture.save(made, "PNG")
        return made.getvalue(), "image/png", "png"
    return jpeg(picture), "image/jpeg", "jpg"


def jpeg(picture: Image.Image, *, quality: int = 95, subsampling: int = 0) -> bytes:
    """A JPEG of bare pixels."""
    made = io.BytesIO()
    picture.convert("L" if picture.mode == "L" else "RGB").save(
        made, "JPEG", quality=quality, subsampling=subsampling
    )
    return made.getvalue()
