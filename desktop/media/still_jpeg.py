"""JPEG pictures: their header without decoding, a draft of the size that is needed, their own data
for paper."""

import io
from datetime import UTC, datetime
from functools import partial

from PIL import Image

from desktop.media.colours import adobe_rgb, colour_words
from desktop.media.exif_facts import PILLOW_GIVES_UP, exif_facts
from desktop.media.jpeg_segments import (
    BrokenJpeg,
    JpegFacts,
    picture_only,
    picture_parts,
    read_facts,
)
from desktop.media.notes import CUT_SHORT, DAMAGED, too_long
from desktop.media.picture_work import MOST_BYTES, Undecodable, refuse_too_many_pixels
from desktop.media.still import THUMBNAIL, Asked, Still, paper_answer
from desktop.media.still_parts import capture_mode, jpeg_parts
from desktop.media.still_time import still_time
from desktop.media.true_type import JPEG, TrueType
from desktop.media.worker_file import WorkerFile
from desktop.media.worker_messages import MOST_PLACES, Message
from desktop.media.xmp_facts import xmp_facts
from desktop.records.facts.clinical_image import Description
from desktop.records.facts.media import MediaDetail

_BEGINNING = 1024 * 1024
_MOST_UNCHANGED = 32 * 1024 * 1024
_DRAFTS = (8, 4, 2)
"""By what libjpeg can divide the sides while it decodes."""


def read_jpeg(file: WorkerFile, asked: Asked, _found: TrueType = JPEG) -> Still:
    """The still of a file that begins like a JPEG; of one that is too long, from its beginning."""
    short_enough = file.size <= MOST_BYTES
    untrusted = file.whole() if short_enough else file.head(_BEGINNING)
    header = read_facts(untrusted)
    exif = exif_facts(header.exif, now=asked.now)
    xmp = xmp_facts(header.xmp)
    size = (header.frame.width, header.frame.height) if header.frame else None
    parts = jpeg_parts(untrusted, exif, xmp, header.mpf)
    icc = header.icc or (adobe_rgb() if exif.is_adobe_rgb and _is_rgb(header) else None)

    def decode(longest: int, mode: str = "RGB") -> Image.Image:
        if not short_enough:
            raise Undecodable(too_long(file.size))
        return draft(untrusted, header, longest, mode)

    return Still(
        description=Description(
            kind=JPEG.kind,
            media_type=JPEG.media_type,
            width=size and size[0],
            height=size and size[1],
            orientation=header.orientation,
            taken=still_time(exif, xmp, asked),
            device=exif.device,
            has_location=exif.has_location or xmp.has_place,
            detail=MediaDetail(
                capture_mode=capture_mode(
                    exif,
                    xmp,
                    parts=parts,
                    size=size,
                    file_name=asked.file_name,
                    may_be_screenshot=False,
                ),
                colour="Adobe RGB" if icc != header.icc else _colour(header),
                parts=parts,
                pair_key=exif.apple.content_id,
            ),
        ),
        decode=decode,
        icc=icc,
        exif=exif,
        header=header,
        decode_light=partial(decode, mode="L"),
        own=lambda longest: (
            _own_picture(file, header, icc, False, longest) if short_enough else None
        ),
    )


def own_jpeg(file: WorkerFile, *, longest: int) -> Message | None:
    """The answer for paper of a picture that was decoded before, where a PDF can show its own data;
    else None. As `read_jpeg` and `own`, without what paper does not ask for: half of the time."""
    if file.size > MOST_BYTES:
        return None
    header = read_facts(file.whole())
    icc = header.icc
    if icc is None and _is_rgb(header) and b"R03" in header.exif:  # else no Adobe RGB
        icc = adobe_rgb() if exif_facts(header.exif, now=datetime.now(UTC)).is_adobe_rgb else None
    return _own_picture(file, header, icc, True, longest)


def _is_rgb(header: JpegFacts) -> bool:
    return header.frame is not None and header.frame.components == 3


def _colour(header: JpegFacts) -> str:
    components = header.frame.components if header.frame else 3
    return colour_words(header.icc) or {1: "grey", 4: "CMYK"}.get(components, "")


def draft(untrusted: bytes, header: JpegFacts, longest: int, mode: str = "RGB") -> Image.Image:
    """The first picture, with at least `longest` pixels on its longest side or all there are; in
    `mode` L its light alone, where it is stored apart from its colour. Raises Undecodable."""
    if header.frame is None:
        raise Undecodable(_why_broken(untrusted))
    width, height = header.frame.width, header.frame.height
    refuse_too_many_pixels(width, height)
    try:
        picture = Image.open(io.BytesIO(untrusted), formats=("JPEG",))
        part = next((part for part in _DRAFTS if max(width, height) >= part * longest), 1)
        if part > 1 or mode == "L":
            picture.draft(mode, (max(width // part, 1), max(height // part, 1)))
        picture.load()
    except (*PILLOW_GIVES_UP, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Undecodable(_why_broken(untrusted)) from None
    return picture


def _why_broken(untrusted: bytes) -> str:
    try:
        picture_only(untrusted)
    except BrokenJpeg as broken:
        return CUT_SHORT if broken.cut_short else DAMAGED
    return DAMAGED


def _own_picture(
    file: WorkerFile, header: JpegFacts, icc: bytes | None, proved: bool, longest: int
) -> Message | None:
    """The original's compressed data, where a PDF can show them as they are; else None. Raises
    Undecodable, unless they were `proved` before."""
    untrusted = file.whole()
    frame = header.frame
    if frame is None or max(frame.width, frame.height) > longest or not _shown_by_pdf(header):
        return None
    try:
        parts = picture_parts(untrusted)
    except BrokenJpeg:
        return None
    if parts.size > _MOST_UNCHANGED:
        return None
    if not proved:
        draft(untrusted, header, THUMBNAIL)  # a picture that cannot be decoded is not for paper
    by_place = file.is_shown and len(parts.then) <= MOST_PLACES
    return paper_answer(
        parts.head if by_place else parts.joined(untrusted),
        header=header,
        icc=icc,
        orientation=header.orientation,
        unchanged=True,
        then=parts.then if by_place else (),
    )


def _shown_by_pdf(header: JpegFacts) -> bool:
    """DCTDecode shows sequential and progressive Huffman pictures of 8 bits (ISO 32000-1 7.4.8).
    Three components are only taken where every reader agrees that they are YCbCr."""
    frame = header.frame
    if frame is None or frame.process > 2 or frame.bits != 8:
        return False
    if frame.components == 3:
        plain = header.adobe_transform is None and frame.component_ids in {b"\1\2\3", b"\0\1\2"}
        return plain or header.adobe_transform == 1
    return frame.components == 1
