"""Raw pictures of cameras: kept as they are and never developed here; seen by the JPEG that the
camera put beside them."""

import io
from dataclasses import replace

from PIL import Image

from desktop.media.colours import colour_words
from desktop.media.exif_facts import ExifFacts, exif_facts, exif_facts_of_blocks, exif_facts_of_tiff
from desktop.media.jpeg_segments import BrokenJpeg, JpegFacts, read_facts
from desktop.media.notes import OF_THE_CAMERA, no_still_in, too_long
from desktop.media.picture_work import MOST_BYTES, Undecodable
from desktop.media.raw_previews import Preview, RawFacts, raw_facts
from desktop.media.still import Asked, Still, broken
from desktop.media.still_jpeg import draft
from desktop.media.still_time import still_time
from desktop.media.true_type import TrueType
from desktop.media.worker_file import WorkerFile
from desktop.media.xmp_facts import XmpFacts
from desktop.records.facts.clinical_image import Description
from desktop.records.facts.media import CaptureMode, MediaDetail

RAW_TYPES = (
    "image/x-adobe-dng",
    "image/x-canon-cr2",
    "image/x-canon-cr3",
    "image/x-fuji-raf",
    "image/x-nikon-nef",
    "image/x-olympus-orf",
    "image/x-panasonic-rw2",
    "image/x-pentax-pef",
    "image/x-sony-arw",
)

_LIKE_TIFF = {b"II", b"MM"}
_MOST_TRIED = 3
_SAME_SHAPE = 0.02


def read_raw(file: WorkerFile, asked: Asked, found: TrueType) -> Still:
    """The still of a raw file: what it says of itself, and its largest preview for a picture."""
    if file.size > MOST_BYTES:
        return broken(found, too_long(file.size))
    untrusted = file.whole()
    seen = raw_facts(untrusted)
    best = seen.previews[0] if seen.previews else None
    header = _header(untrusted, best) if best else None
    exif = _exif(untrusted, header, asked)
    width, height = _size(seen, best)
    said = Description(
        kind=found.kind,
        media_type=found.media_type,
        width=width,
        height=height,
        orientation=exif.orientation if best else 1,
        taken=still_time(exif, XmpFacts(), asked),
        device=exif.device,
        has_location=exif.has_location,
        note=OF_THE_CAMERA if best else no_still_in(found),
        detail=MediaDetail(
            capture_mode=CaptureMode.PHOTO, colour=colour_words(header.icc) if header else ""
        ),
    )
    return Still(
        description=said,
        decode=lambda longest: _decoded(untrusted, seen, found, longest),
        icc=header.icc if header else None,
        exif=exif,
    )


def _header(untrusted: bytes, best: Preview) -> JpegFacts | None:
    try:
        return read_facts(untrusted[best.start : best.end])
    except BrokenJpeg:
        return None


def _exif(untrusted: bytes, header: JpegFacts | None, asked: Asked) -> ExifFacts:
    """Of the raw file itself where it is built like a TIFF, or of the preview in it. A preview that
    says how it is turned knows better than the file around it."""
    if untrusted[:2] in _LIKE_TIFF:
        # Olympus and Panasonic wrote another number than that of TIFF
        first = untrusted[:2] + (b"*\0" if untrusted[:2] == b"II" else b"\0*")
        own = exif_facts_of_tiff(io.BytesIO(first + untrusted[4:]), now=asked.now)
    elif untrusted[4:8] == b"ftyp":
        own = _canon_boxes(untrusted, asked)
    else:
        own = ExifFacts()
    of_preview = exif_facts(header.exif, now=asked.now) if header else ExifFacts()
    if own.taken is None and own.device.make is None:
        return of_preview
    return replace(own, orientation=of_preview.orientation) if header and header.exif else own


def _canon_boxes(untrusted: bytes, asked: Asked) -> ExifFacts:
    """CR3 keeps the first directory, that of the photo and that of the place in boxes of their own,
    each a TIFF block."""
    blocks = {}
    for name in (b"CMT1", b"CMT2", b"CMT4"):
        at = untrusted.find(name, 0, 1024 * 1024)
        size = int.from_bytes(untrusted[at - 4 : at], "big") if at >= 4 else 0
        blocks[name] = untrusted[at + 4 : at - 4 + size] if size > 8 else b""
    first, photo, place = blocks.values()
    return exif_facts_of_blocks(first, photo, place, now=asked.now)


def _size(seen: RawFacts, best: Preview | None) -> tuple[int | None, int | None]:
    """That of the raw picture; of the preview where that has another shape, for then it is cut."""
    if best is None:
        return seen.size or (None, None)
    if seen.size is not None:
        apart = seen.size[0] / seen.size[1] * best.height / best.width - 1
        if abs(apart) < _SAME_SHAPE:
            return seen.size
    return best.width, best.height


def _decoded(untrusted: bytes, seen: RawFacts, found: TrueType, longest: int) -> Image.Image:
    reason = Undecodable(no_still_in(found))
    for preview in seen.previews[:_MOST_TRIED]:
        inner = untrusted[preview.start : preview.end]
        try:
            return draft(inner, read_facts(inner), longest)
        except (Undecodable, BrokenJpeg) as bad:
            reason = bad if isinstance(bad, Undecodable) else reason
    raise reason
