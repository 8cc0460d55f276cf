"""A still picture of any format between its header and its pixels: described, shown, for paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np
from PIL import Image

from desktop.media.description_wire import facts_of
from desktop.media.exif_facts import PILLOW_GIVES_UP, ExifFacts
from desktop.media.jpeg_segments import JpegFacts, picture_only, read_facts
from desktop.media.letter_height import letter_height
from desktop.media.notes import DAMAGED
from desktop.media.page_codes import CLOSELY, codes_in, looks_like_a_page
from desktop.media.picture_work import Undecodable, as_srgb, bare_jpeg, upright
from desktop.media.quality_measure import LONGEST, PictureHeader, measure
from desktop.media.true_type import TrueType
from desktop.media.worker_messages import THEN, Message
from desktop.records.facts.clinical_image import Description
from desktop.records.facts.media import CaptureMode

THUMBNAIL = 320
MEASURED = 900
"""The least longest side, where a picture has as many, that quality is measured on. Then a photo of
3,600 pixels or more is decoded at a quarter, which costs hardly more than its thumbnail does."""

_PAPER_GAP = 3.0
_NEARLY = 15 / 16
"""The share of the pixels asked for that is as good as all: half of a side of 4,032 for 2,048."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is needed beside the bytes: the wall time with its zone, the file's name."""

    now: datetime
    file_name: str


def _no_own_data(_longest: int) -> Message | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """What a picture says before any pixel is decoded, and how to decode it.

    `decode` gives the picture as stored, neither turned nor in sRGB, with at least that many pixels
    on its longest side, or all there are; it raises Undecodable. `icc` is its profile. `own` is the
    answer for paper where a PDF can show the original's compressed data, or None. `header` is there
    for a JPEG only; `decode_light` gives its light alone, which takes two thirds of the time.
    """

    description: Description
    decode: Callable[[int], Image.Image]
    icc: bytes | None = None
    exif: ExifFacts = field(default_factory=ExifFacts)
    header: JpegFacts | None = None
    decode_light: Callable[[int], Image.Image] | None = None
    own: Callable[[int], Message | None] = _no_own_data

    def grey(self, longest: int) -> Image.Image:
        """As `decode`, in grey."""
        return (self.decode_light or self.decode)(longest).convert("L")


def broken(found: TrueType, note: str) -> Still:
    """The still of a file that does not even have a header."""

    def decode(_longest: int) -> Image.Image:
        raise Undecodable(note)

    said = Description(kind=found.kind, media_type=found.media_type)
    return Still(description=said, decode=decode)


def describe_still(still: Still, *, pixels: bool) -> Message:
    """The description and, where there is one, the thumbnail; both from one decoding. Without
    `pixels` only what the header says."""
    said = still.description
    thumbnail: tuple[bytes, ...] = ()
    if pixels:
        try:
            picture = still.decode(MEASURED)
            said = _measured(still, picture, said)
            thumbnail = (_small(still, picture, THUMBNAIL),)
        except Undecodable as reason:
            said = replace(said, note=reason.note)
    return Message(facts=facts_of(said), blobs=thumbnail)


def _measured(still: Still, picture: Image.Image, said: Description) -> Description:
    """With what a grey copy tells: its quality and the codes of our own pages. `picture` is as
    decoded (see `Still`), and is not changed."""
    try:
        grey = picture.convert("L")
        codes = codes_in(grey)
        closer = _closer_look(still, picture, grey)
        header = _header(still, picture)
        if closer is not None:
            codes = codes or codes_in(closer, closely=True)
            header = replace(header, letters=_letters(closer, header))
        grey.thumbnail((LONGEST, LONGEST), Image.Resampling.BOX, reducing_gap=None)
        quality = measure(np.asarray(grey), header)
    except PILLOW_GIVES_UP:
        return said
    return replace(said, quality=quality, page_codes=codes)


def _header(still: Still, picture: Image.Image) -> PictureHeader:
    said = still.description
    return PictureHeader(
        media_type=said.media_type,
        width=said.width or picture.width,
        height=said.height or picture.height,
        has_maker=bool(still.exif.device.make),
        has_capture_time=still.exif.taken is not None,
        declared=still.exif.longest_side,
        luminance=_luminance(picture),
        is_progressive=bool(picture.info.get("progressive")),
        said_screenshot=still.exif.is_screenshot,
    )


def _closer_look(still: Still, picture: Image.Image, grey: Image.Image) -> Image.Image | None:
    """What is or looks like a page in more pixels, as there are, in grey; None for anything else.
    It may be `grey` itself."""
    is_scan = still.description.detail.capture_mode is CaptureMode.SCAN
    if not (is_scan or looks_like_a_page(picture, grey)):
        return None
    said = still.description
    if max(grey.size) >= min(max(said.width or 0, said.height or 0), CLOSELY):
        return grey
    try:
        return still.grey(CLOSELY)
    except Undecodable:
        return None


def _letters(closer: Image.Image, header: PictureHeader) -> float | None:
    found = letter_height(closer)
    return found and found * max(header.width, header.height) / max(closer.size)


def page_codes_of(still: Still) -> Message:
    """The codes of our own pages, looked for closely, in the fact `page_codes`; none where
    undecodable."""
    try:
        grey = still.grey(CLOSELY)
        found = codes_in(grey, closely=True) or codes_in(grey)
    except (Undecodable, *PILLOW_GIVES_UP):
        found = ()
    return Message(facts={"page_codes": list(found)})


def _luminance(picture: Image.Image) -> tuple[int, ...]:
    tables = getattr(picture, "quantization", None)
    return tuple(tables[0]) if isinstance(tables, dict) and 0 in tables else ()


def preview_of(still: Still, *, longest: int) -> Message:
    """One JPEG, or no bytes where undecodable."""
    try:
        picture = still.decode(round(longest * _NEARLY))
        return Message(facts={}, blobs=(_small(still, picture, longest),))
    except Undecodable:
        return Message(facts={})


def paper_of(still: Still, *, longest: int) -> Message:
    """The facts of a PaperImage, its JPEG and, where it has one, its profile; or no bytes at all
    where undecodable."""
    try:
        return still.own(longest) or _made_for_paper(still, longest)
    except Undecodable:
        return Message(facts={})


def _small(still: Still, picture: Image.Image, longest: int) -> bytes:
    """An upright sRGB JPEG. BILINEAR after whole steps of BOX is three times as fast as Pillow's
    default."""
    try:
        picture.thumbnail((longest, longest), Image.Resampling.BILINEAR, reducing_gap=1.0)
        shown = upright(as_srgb(picture, still.icc), still.description.orientation)
        return bare_jpeg(shown.convert("RGB"), quality=85, subsampling=2)
    except PILLOW_GIVES_UP:
        raise Undecodable(DAMAGED) from None


def _made_for_paper(still: Still, longest: int) -> Message:
    picture = still.decode(round(longest * _PAPER_GAP))
    try:
        picture.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=_PAPER_GAP)
        made = upright(as_srgb(picture, still.icc), still.description.orientation)
        clean = picture_only(bare_jpeg(made, quality=92, subsampling=0))
    except PILLOW_GIVES_UP:
        raise Undecodable(DAMAGED) from None
    return paper_answer(clean, header=read_facts(clean), icc=None, orientation=1, unchanged=False)


def paper_answer(
    clean: bytes,
    *,
    header: JpegFacts,
    icc: bytes | None,
    orientation: int,
    unchanged: bool,
    then: Sequence[tuple[int, int]] = (),
) -> Message:
    """The answer for paper; `then` is what of the file follows `clean`, where that is not all of
    it. Raises Undecodable where the header has no picture."""
    frame = header.frame
    if frame is None:
        raise Undecodable(DAMAGED)
    facts = {
        "width": frame.width,
        "height": frame.height,
        "orientation": orientation,
        "components": frame.components,
        "unchanged": unchanged,
        **({THEN: [list(place) for place in then]} if then else {}),
    }
    return Message(facts=facts, blobs=(clean, icc) if icc else (clean,))
