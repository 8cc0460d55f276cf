"""A copy read again before it is handed out: what is still in it that should not be (R103).

Every look is an allow-list of its own, apart from the code that made the copy.
"""

import io
import math
from collections.abc import Callable, Iterator, Sequence

import av
import av.container
import av.error
import av.stream
import numpy as np
from PIL import Image, ImageSequence

from desktop.media.copy_film import opened
from desktop.media.copy_pixels import GIVES_UP, CannotCopy, upright_picture
from desktop.media.left_in_jpeg import left_in_jpeg
from desktop.media.left_in_png import left_in_png
from desktop.media.left_in_tiff import left_in_tiff
from desktop.media.true_type import HEAD, true_type
from desktop.media.worker_file import WorkerFile
from desktop.records.facts.copies import Mask

_OUTER = frozenset((b"moov", b"trak", b"edts", b"mdia", b"minf", b"dinf", b"stbl"))
_ALLOWED_BOXES = _OUTER | frozenset(
    (
        *(b"ftyp", b"free", b"mdat", b"mvhd", b"tkhd", b"mdhd", b"hdlr", b"vmhd", b"smhd", b"dref"),
        *(b"elst", b"stsd", b"stts", b"ctts", b"stss", b"stsc", b"stsz", b"stco", b"co64", b"sgpd"),
        *(b"sbgp", b"sdtp", b"cslg", b"nmhd", b"gmhd"),
    )
)
_ALLOWED_TAGS = frozenset(
    (
        *("major_brand", "minor_version", "compatible_brands", "language", "handler_name"),
        *("vendor_id", "encoder", "duration", "alpha_mode"),
    )
)
# What FFmpeg's muxer always writes: an empty list of tags in Apple's form.
_EMPTY_TAGS = (b"\0\0\0\x35meta\0\0\0\0\0\0\0\x21hdlr" + b"\0" * 8 + b"mdirappl") + (
    b"\0" * 9 + b"\0\0\0\x08ilst"
)
_OWN_WORDS = ("lavf", "lavc", "[0][0][0][0]", "")
_BESIDE = {
    "h264": 4096,
    "hevc": 4096,
    "av1": 256,
    "libdav1d": 256,
    "opus": 19,
    "libopus": 19,
}
"""How many bytes a decoder of each name may be told beside the packets."""

_SOUNDS = frozenset(("opus", "libopus", "pcm_s16le", "pcm_s24le"))

_MOST_TABLES = 64 * 1024**2


def what_is_left(
    file: WorkerFile, masks: Sequence[Mask] = (), page_done: Callable[[], object] = lambda: None
) -> str:
    """What a copy holds that may tell whose it is, in words; empty where there is nothing. Of a
    TIFF each page is looked at under each of its `masks`, and `page_done` tells that
    one was."""
    found = true_type(file.head(HEAD))
    if found.media_type in {"image/jpeg", "image/png"}:
        return _left_in_still(file.whole(), found.media_type)
    if found.media_type == "image/tiff":
        return _left_in_pages(file.whole(), masks, page_done)
    try:
        if found.media_type in {"video/mp4", "audio/mp4", "video/quicktime"} and (
            left := _left_in_boxes(file)
        ):
            return left
        return _left_in_recording(file)
    except (av.error.FFmpegError, ValueError, OSError):
        return "something that cannot be read"


def _left_in_still(data: bytes, media_type: str) -> str:
    try:
        left = left_in_jpeg(data) if media_type == "image/jpeg" else left_in_png(data)
        if left:
            return left
        upright_picture(data)
        with Image.open(io.BytesIO(data)) as picture:
            return "text beside the picture" if picture.info.keys() & _TOLD else ""
    except CannotCopy:
        return "a picture that cannot be read"


def _left_in_pages(data: bytes, masks: Sequence[Mask], page_done: Callable[[], object]) -> str:
    if left := left_in_tiff(data):
        return left
    number = 0
    try:
        with Image.open(io.BytesIO(data), formats=("TIFF",)) as copy:
            for number, page in enumerate(ImageSequence.Iterator(copy), start=1):
                page.load()
                if any(_shows(page, one) for one in masks if one.is_on_page(number)):
                    return f"something under a mask of page {number}"
                page_done()
    except (*GIVES_UP, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return "a page that cannot be read"
    beyond = any(one.page is not None and one.page > number for one in masks)
    return "fewer pages than there are masks for" if beyond else ""


def _shows(page: Image.Image, mask: Mask) -> bool:
    """Whether any pixel that the mask touches is not black."""
    wide, high = page.size
    left, top = int(mask.left * wide), int(mask.top * high)
    right = math.ceil((mask.left + mask.width) * wide)
    bottom = math.ceil((mask.top + mask.height) * high)
    return bool(np.asarray(page)[top:bottom, left:right].any())


_TOLD = {"comment", "xmp", "photoshop", "parsed_exif", "Software", "mp", "mpoffset"}


def _left_in_recording(file: WorkerFile) -> str:
    with opened(file) as recording:
        if any(stream.type not in {"video", "audio"} for stream in recording.streams):
            return "a track that is neither film nor sound"
        if recording.chapters():
            return "chapter names"
        if (name := _foreign_tag(recording)) is not None:
            return f"a tag of the recording ({name[:40]})"
        if any(_is_told_more(stream) for stream in recording.streams):
            return "more than a decoder needs to be told"
        return _left_in_packets(recording)


def _left_in_packets(recording: av.container.InputContainer) -> str:
    if any(sound.codec_context.name not in _SOUNDS for sound in recording.streams.audio):
        return "sound of a kind that has room for notes"
    for packet in recording.demux():
        if packet.is_discard and packet.stream.type == "video":
            return "frames that were trimmed away"
    return ""


def _foreign_tag(recording: av.container.InputContainer) -> str | None:
    for said in (recording.metadata, *(stream.metadata for stream in recording.streams)):
        for name, value in said.items():
            if not _is_own(name.lower(), value):
                return name
    return None


def _is_told_more(stream: av.stream.Stream) -> bool:
    beside = getattr(stream.codec_context, "extradata", None) or b""
    return len(beside) > _BESIDE.get(stream.codec_context.name, 0)


def _is_own(name: str, value: str) -> bool:
    """Whether a tag is one that FFmpeg shows of any file: no name, place or time is among them."""
    if name not in _ALLOWED_TAGS:
        return False
    if name in {"handler_name", "vendor_id", "encoder"}:
        return value.strip().lower().startswith(_OWN_WORDS[:3]) or not value.strip()
    return len(value) < 64


def _left_in_boxes(file: WorkerFile) -> str:
    for kind, body in _boxes(file, 0, file.size):
        if kind == b"udta" and body == _EMPTY_TAGS:
            continue
        if kind not in _ALLOWED_BOXES:
            return f"a box named {kind.decode('latin-1')!r}"
        start = 12 if body[:1] == b"\0" else 20
        if kind in {b"mvhd", b"tkhd", b"mdhd"} and any(body[4:start]):
            return "the time at which it was made"
        if kind == b"hdlr" and body[24:].strip(b"\0"):
            return "the name of a program or device"
        if kind == b"stsd" and b"clap" in body:
            return "an edge that is hidden and still there"
        if kind == b"free" and any(body):
            return "bytes between its parts"
    return ""


def _boxes(file: WorkerFile, at: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    """Every box (ISO/IEC 14496-12 4.2) and what is in it, but for the film and sound themselves.
    Raises ValueError for what does not fit."""
    while at < end:
        file.seek(at)
        head = file.read(16)
        size, kind, skip = int.from_bytes(head[:4], "big"), head[4:8], 8
        if size == 1:
            size, skip = int.from_bytes(head[8:16], "big"), 16
        if size < skip or at + size > end:
            raise ValueError("a box that does not fit")
        if kind in _OUTER:
            yield kind, b""
            yield from _boxes(file, at + skip, at + size)
        else:
            most = 0 if kind == b"mdat" else min(size - skip, _MOST_TABLES)
            file.seek(at + skip)
            yield kind, file.read(most) if most else b""
        at += size
