"""The jobs of the decoder worker: the only file that decodes pixels of untrusted pictures."""

import importlib
import io
import warnings
from collections.abc import Mapping
from datetime import UTC, datetime

from PIL import Image, ImageCms

from desktop.media.description_wire import facts_of, whole_number
from desktop.media.exif_facts import (
    EXIF_IFD,
    GPS_DATE,
    GPS_IFD,
    GPS_TIME,
    MODEL,
    ORIGINAL,
    PILLOW_GIVES_UP,
    exif_facts,
)
from desktop.media.jpeg_segments import BrokenJpeg, JpegFacts, picture_only, read_facts
from desktop.media.notes import CUT_SHORT, DAMAGED, no_preview_for, too_large, too_long
from desktop.media.true_type import HEAD, JPEG, true_type
from desktop.media.worker import News
from desktop.media.worker_file import WorkerFile
from desktop.media.worker_messages import Message
from desktop.records.facts.clinical_image import Description

THUMBNAIL = 320
MOST_PIXELS = 210_000_000
"""A genuine phone photo of today has up to 200 megapixels; Pillow's own limit is lower."""

_MOST_BYTES = 256 * 1024 * 1024
_BEGINNING = 1024 * 1024
_MOST_UNCHANGED = 32 * 1024 * 1024
_LARGEST_SIDE = 20_000

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


def get_ready() -> None:
    """Load all that Pillow would load later, for the confined worker can open no file."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.preinit()
    for plugin in ("MpoImagePlugin", "TiffImagePlugin"):
        importlib.import_module(f"PIL.{plugin}")
    _rehearse()


def _rehearse() -> None:
    """Do every job once: what a job loads on its way is then there."""
    own = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    sample = io.BytesIO()
    Image.new("RGB", (16, 16)).save(sample, "JPEG", exif=_sample_exif(), icc_profile=own)
    now = datetime(2000, 1, 1, tzinfo=UTC).isoformat()
    whole = sample.getvalue()
    for job in JOBS.values():
        for longest in (8, 16):
            file = WorkerFile(len(whole), whole=whole)
            asked = {"now": now, "pixels": True, "longest": longest, "file_name": "rehearsal"}
            job(file, asked, lambda news: news)


def _sample_exif() -> Image.Exif:
    exif = Image.Exif()
    exif[MODEL] = "rehearsal"
    exif.get_ifd(EXIF_IFD)[ORIGINAL] = "2000:01:01 12:00:00"
    place = exif.get_ifd(GPS_IFD)
    place[GPS_DATE], place[GPS_TIME] = "2000:01:01", (12.0, 0.0, 0.0)
    return exif


def describe(file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """Facts: `now`, an ISO wall time with zone; `pixels`, whether to decode them; `file_name`. The
    answer is a description and, where there is one, its thumbnail."""
    found = true_type(file.head(HEAD))
    if found != JPEG:
        return Message(
            facts=facts_of(
                Description(
                    kind=found.kind, media_type=found.media_type, note=no_preview_for(found)
                )
            )
        )
    return _describe_jpeg(
        _whole(file) or file.head(_BEGINNING),
        now=datetime.fromisoformat(str(facts["now"])),
        pixels=facts["pixels"] is True and file.size <= _MOST_BYTES,
        note=too_long(file.size) if file.size > _MOST_BYTES else "",
    )


def _whole(file: WorkerFile) -> bytes:
    """All of it, or nothing where it is larger than any picture that is decoded here."""
    return file.whole() if file.size <= _MOST_BYTES else b""


def _describe_jpeg(untrusted: bytes, *, now: datetime, pixels: bool, note: str) -> Message:
    header = read_facts(untrusted)
    exif = exif_facts(header.exif, now=now)
    thumbnail: tuple[bytes, ...] = ()
    if pixels:
        try:
            thumbnail = (_small(untrusted, header, THUMBNAIL),)
        except Undecodable as reason:
            note = reason.note
    said = Description(
        kind=JPEG.kind,
        media_type=JPEG.media_type,
        width=header.frame.width if header.frame else None,
        height=header.frame.height if header.frame else None,
        orientation=header.orientation,
        taken=exif.taken,
        device=exif.device,
        has_location=exif.has_location,
        note=note,
    )
    return Message(facts=facts_of(said), blobs=thumbnail)


def preview(file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """Facts: `longest` in pixels. The answer carries one JPEG, or none where undecodable."""
    untrusted = _whole(file)
    try:
        small = _small(untrusted, _jpeg_header(untrusted), _longest(facts))
    except Undecodable:
        return Message(facts={})
    return Message(facts={}, blobs=(small,))


def for_paper(file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """Facts: `longest` in pixels. The answer has the facts of a PaperImage, its JPEG and, where
    it has one, its profile; or no bytes at all where undecodable."""
    untrusted, longest = _whole(file), _longest(facts)
    try:
        header = _jpeg_header(untrusted)
        own = _own_picture(untrusted, header, longest)
        return own or _made_for_paper(untrusted, header, longest)
    except Undecodable:
        return Message(facts={})


JOBS = {"describe": describe, "preview": preview, "for_paper": for_paper}


def _longest(facts: Mapping[str, object]) -> int:
    return whole_number(facts["longest"], 1, _LARGEST_SIDE)


def _jpeg_header(untrusted: bytes) -> JpegFacts:
    try:
        return read_facts(untrusted)
    except BrokenJpeg:
        raise Undecodable(DAMAGED) from None


def _open(untrusted: bytes, header: JpegFacts) -> Image.Image:
    if header.frame is None:
        raise Undecodable(_why_broken(untrusted))
    if header.frame.width * header.frame.height > MOST_PIXELS:
        raise Undecodable(too_large(header.frame.width, header.frame.height))
    try:
        return Image.open(io.BytesIO(untrusted), formats=("JPEG",))
    except (*PILLOW_GIVES_UP, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Undecodable(_why_broken(untrusted)) from None


def _why_broken(untrusted: bytes) -> str:
    try:
        picture_only(untrusted)
    except BrokenJpeg as broken:
        return CUT_SHORT if broken.cut_short else DAMAGED
    return DAMAGED


def _small(untrusted: bytes, header: JpegFacts, longest: int) -> bytes:
    """An upright sRGB JPEG. Draft decoding with BILINEAR is 1.6 times as fast as the default."""
    picture = _open(untrusted, header)
    try:
        picture.draft("RGB", (longest, longest))
        picture.thumbnail((longest, longest), Image.Resampling.BILINEAR, reducing_gap=None)
        upright = _upright(_as_srgb(picture, header.icc), header.orientation)
        return _jpeg(upright.convert("RGB"), quality=85, subsampling=2)
    except PILLOW_GIVES_UP:
        raise Undecodable(_why_broken(untrusted)) from None


def _own_picture(untrusted: bytes, header: JpegFacts, longest: int) -> Message | None:
    """The original's compressed data, where a PDF can show them as they are; else None."""
    frame = header.frame
    if frame is None or max(frame.width, frame.height) > longest or not _shown_by_pdf(header):
        return None
    try:
        clean = picture_only(untrusted)
    except BrokenJpeg:
        return None
    if len(clean) > _MOST_UNCHANGED:
        return None
    _small(untrusted, header, THUMBNAIL)  # a picture that cannot be decoded is not for paper
    return _paper_answer(clean, header=header, orientation=header.orientation, unchanged=True)


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


def _made_for_paper(untrusted: bytes, header: JpegFacts, longest: int) -> Message:
    picture = _open(untrusted, header)
    try:
        picture.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=3.0)
        made = _upright(_as_srgb(picture, header.icc), header.orientation)
        clean = picture_only(_jpeg(made, quality=92, subsampling=0))
    except PILLOW_GIVES_UP:
        raise Undecodable(_why_broken(untrusted)) from None
    return _paper_answer(clean, header=read_facts(clean), orientation=1, unchanged=False)


def _paper_answer(clean: bytes, *, header: JpegFacts, orientation: int, unchanged: bool) -> Message:
    frame = header.frame
    if frame is None:
        raise Undecodable(DAMAGED)
    facts = {
        "width": frame.width,
        "height": frame.height,
        "orientation": orientation,
        "components": frame.components,
        "unchanged": unchanged,
    }
    icc = (header.icc,) if header.icc else ()
    return Message(facts=facts, blobs=(clean, *icc))


def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _as_srgb(picture: Image.Image, icc: bytes | None) -> Image.Image:
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


def _upright(picture: Image.Image, orientation: int) -> Image.Image:
    turn = _UPRIGHT.get(orientation)
    return picture if turn is None else picture.transpose(turn)


def _jpeg(picture: Image.Image, *, quality: int, subsampling: int) -> bytes:
    """Saved from bare pixels: Pillow would carry the original's comment into the copy (R103)."""
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    made = io.BytesIO()
    bare.save(made, "JPEG", quality=quality, subsampling=subsampling)
    return made.getvalue()
