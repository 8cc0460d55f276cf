"""PNG, GIF, WebP, BMP, TIFF, JPEG 2000 and AVIF: what Pillow opens and nothing more is to be known
of. Of several pages or frames the first is shown."""

import io
from dataclasses import replace

from PIL import Image

from desktop.media.colours import CodedColours, colour_words, in_reach, usable_icc
from desktop.media.exif_facts import PILLOW_GIVES_UP, ExifFacts, exif_facts, exif_facts_of_tiff
from desktop.media.heif_boxes import heif_facts
from desktop.media.notes import DAMAGED, too_long
from desktop.media.picture_work import (
    MOST_BYTES,
    Undecodable,
    flat,
    refuse_too_many_pixels,
    why,
)
from desktop.media.still import Asked, Still, broken
from desktop.media.still_parts import capture_mode
from desktop.media.still_time import still_time
from desktop.media.true_type import TrueType
from desktop.media.worker_file import WorkerFile
from desktop.media.xmp_facts import xmp_facts
from desktop.records.facts.clinical_image import Description
from desktop.records.facts.media import MediaDetail, Part

PLUGINS = {
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/bmp": "BMP",
    "image/tiff": "TIFF",
    "image/jp2": "JPEG2000",
    "image/avif": "AVIF",
}
"""Which of Pillow's plugins opens which type."""

_OF_SCREENS = {"PNG", "WEBP"}
_BEGINNING = 1024 * 1024
_MOST_EXIF = 1024 * 1024


def read_plain(file: WorkerFile, asked: Asked, found: TrueType) -> Still:
    """The still of a file of one of these types."""
    if file.size > MOST_BYTES:
        return broken(found, too_long(file.size))
    untrusted = file.whole()
    try:
        # past Image.open, which refuses a bomb before its size is known to us
        plugin, _ = Image.OPEN[PLUGINS[found.media_type]]
        picture = plugin(io.BytesIO(untrusted), "")
    except PILLOW_GIVES_UP:
        return broken(found, DAMAGED)
    coded = heif_facts(untrusted[:_BEGINNING]).colours if picture.format == "AVIF" else None
    icc = usable_icc(picture.info.get("icc_profile"))
    if coded is not None and coded.is_hdr:
        icc = None
    exif = _exif(picture, untrusted, asked)
    xmp = xmp_facts(_xmp(picture))
    parts = _parts(picture)
    colour = coded.words if coded else _plain_colour(picture)
    said = Description(
        kind=found.kind,
        media_type=found.media_type,
        width=picture.width or None,
        height=picture.height or None,
        orientation=exif.orientation,
        taken=still_time(exif, xmp, asked),
        device=exif.device,
        has_location=exif.has_location or xmp.has_place,
        detail=MediaDetail(
            capture_mode=capture_mode(
                exif,
                xmp,
                parts=parts,
                size=picture.size,
                file_name=asked.file_name,
                may_be_screenshot=picture.format in _OF_SCREENS,
            ),
            colour=colour_words(icc) or colour,
            parts=parts,
        ),
    )
    return Still(
        description=said,
        decode=lambda longest: _decoded(picture, coded, longest),
        icc=icc or (coded.profile() if coded else None),
        exif=exif,
    )


def _exif(picture: Image.Image, untrusted: bytes, asked: Asked) -> ExifFacts:
    if picture.format == "TIFF":
        exif = exif_facts_of_tiff(io.BytesIO(untrusted), now=asked.now)
        return replace(exif, orientation=1)  # this plugin turns the picture itself
    return exif_facts(_block(picture), now=asked.now)


def _block(picture: Image.Image) -> bytes:
    """The TIFF block of the EXIF data, also where ImageMagick wrote it as text into a PNG."""
    block = picture.info.get("exif")
    if block is None:
        words = picture.info.get("Raw profile type exif")
        try:
            block = bytes.fromhex("".join(words.split("\n")[3:])) if words else b""
        except (AttributeError, ValueError):
            block = b""
    if not isinstance(block, bytes) or len(block) > _MOST_EXIF:
        return b""
    return block.removeprefix(b"Exif\0\0")


def _xmp(picture: Image.Image) -> bytes:
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    return packet.encode() if isinstance(packet, str) else packet


def _plain_colour(picture: Image.Image) -> str:
    if picture.mode == "CMYK":
        return "CMYK"
    return "grey" if picture.mode in {"1", "L", "LA", "F"} or picture.mode[0] == "I" else ""


def _parts(picture: Image.Image) -> tuple[Part, ...]:
    try:
        more = bool(getattr(picture, "is_animated", False))
    except PILLOW_GIVES_UP:
        more = False
    return (Part.MORE_FRAMES,) if more else ()


def _decoded(picture: Image.Image, coded: CodedColours | None, longest: int) -> Image.Image:
    refuse_too_many_pixels(*picture.size)
    try:
        picture.load()
        return in_reach(flat(picture), coded, longest) if coded else flat(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, *PILLOW_GIVES_UP) as bad:
        raise Undecodable(why(bad)) from None
