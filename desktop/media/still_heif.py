"""HEIC and HEIF pictures, by libheif: turned as their boxes say, toned down where they are HDR."""

import io
from dataclasses import dataclass
from typing import Any

import pi_heif
from PIL import Image

from desktop.media.colours import CodedColours, colour_words, in_reach, usable_icc
from desktop.media.exif_facts import PILLOW_GIVES_UP, exif_facts
from desktop.media.heif_boxes import heif_facts
from desktop.media.notes import DAMAGED, no_still_in, too_long
from desktop.media.picture_work import (
    MOST_BYTES,
    Undecodable,
    flat,
    refuse_too_many_pixels,
)
from desktop.media.still import Asked, Still, broken
from desktop.media.still_parts import capture_mode, heif_parts
from desktop.media.still_time import still_time
from desktop.media.true_type import TrueType
from desktop.media.worker_file import WorkerFile
from desktop.media.xmp_facts import xmp_facts
from desktop.records.facts.clinical_image import Description
from desktop.records.facts.media import MediaDetail

HEIF_TYPES = ("image/heic", "image/heif")

_BEGINNING = 1024 * 1024


def heif_ready() -> None:
    """Let the decoder keep to one processor: the others have workers of their own."""
    pi_heif.options.DECODE_THREADS = 1


def read_heif(file: WorkerFile, asked: Asked, found: TrueType) -> Still:
    """The still of a HEIC or HEIF file."""
    if file.size > MOST_BYTES:
        return broken(found, too_long(file.size))
    untrusted = file.whole()
    try:
        container = pi_heif.HeifFile(io.BytesIO(untrusted), remove_stride=False)
        main = container[container.primary_index]
    except PILLOW_GIVES_UP as reason:
        no_still = "primary item" in str(reason)
        return broken(found, no_still_in(found) if no_still else DAMAGED)
    info = main.info
    exif = exif_facts((info["exif"] or b"").removeprefix(b"Exif\0\0"), now=asked.now)
    xmp = xmp_facts(info.get("xmp") or b"")
    turning = _turning(
        exif.orientation, main.size, turned=heif_facts(untrusted[:_BEGINNING]).turned
    )
    icc, coded = usable_icc(info.get("icc_profile")), _coded(info)
    if coded.is_hdr:
        icc = None
    parts = heif_parts(
        untrusted,
        xmp,
        pictures=len(container),
        thumbnail=bool(info["thumbnails"]),
        depth=bool(info["depth_images"]),
        kinds=info.get("aux", {}),
    )
    said = Description(
        kind=found.kind,
        media_type=found.media_type,
        width=main.size[0] or None,
        height=main.size[1] or None,
        orientation=turning.orientation,
        taken=still_time(exif, xmp, asked),
        device=exif.device,
        has_location=exif.has_location or xmp.has_place,
        detail=MediaDetail(
            capture_mode=capture_mode(
                exif,
                xmp,
                parts=parts,
                size=main.size,
                file_name=asked.file_name,
                may_be_screenshot=True,
            ),
            colour=colour_words(icc) or coded.words,
            parts=parts,
            orientation_doubtful=turning.doubtful,
            pair_key=exif.apple.content_id,
        ),
    )
    return Still(
        description=said,
        decode=lambda longest: _decoded(main, coded, longest),
        icc=icc or coded.profile(),
        exif=exif,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turning:
    """How the decoded picture is still to be turned, and whether its file contradicts itself."""

    orientation: int
    doubtful: bool = False


def _turning(exif: int, size: tuple[int, int], *, turned: bool) -> _Turning:
    """A file that says itself how it is turned is upright once decoded, and its EXIF then repeats
    that (ISO/IEC 23008-12 annex A). Where only EXIF says so, the file contradicts itself: phones
    hold their sensor across, so an upright picture was turned already, and one across was not."""
    if turned or exif == 1:
        return _Turning(orientation=1)
    was_turned = exif >= 5 and size[1] > size[0]
    return _Turning(orientation=1 if was_turned else exif, doubtful=True)


def _coded(info: dict[str, Any]) -> CodedColours:
    named = info.get("nclx_profile") or {}
    return CodedColours(
        primaries=int(named.get("color_primaries", 1)),
        transfer=int(named.get("transfer_characteristics", 13)),
    )


def _decoded(main: Any, coded: CodedColours, longest: int) -> Image.Image:
    refuse_too_many_pixels(*main.size)
    try:
        main.load()
        refuse_too_many_pixels(*main.size)
        made = Image.frombytes(main.mode, main.size, main.data, "raw", main.mode, main.stride)
        return in_reach(flat(made), coded, longest)
    except PILLOW_GIVES_UP:
        raise Undecodable(DAMAGED) from None
