"""The jobs of the decoder worker, handed on by true type: the way in to all that decodes."""

import importlib
import io
import warnings
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

from PIL import AvifImagePlugin, Image, ImageCms

from desktop.media.description_wire import facts_of, whole_number
from desktop.media.edit_note import edit_note, rehearse_notes
from desktop.media.exif_facts import EXIF_IFD, GPS_DATE, GPS_IFD, GPS_TIME, MODEL, ORIGINAL
from desktop.media.film_jobs import (
    describe_film,
    film_for_paper,
    preview_film,
    rehearse_films,
    storyboard,
    waveform,
)
from desktop.media.jpeg_segments import BrokenJpeg
from desktop.media.letter_height import rehearse_letters
from desktop.media.notes import no_preview_for
from desktop.media.page_codes import rehearse_codes
from desktop.media.picture_work import MOST_PIXELS
from desktop.media.quality_measure import rehearse
from desktop.media.still import Asked, Still, describe_still, page_codes_of, paper_of, preview_of
from desktop.media.still_heif import HEIF_TYPES, heif_ready, read_heif
from desktop.media.still_jpeg import own_jpeg, read_jpeg
from desktop.media.still_part import part_of_still
from desktop.media.still_plain import PLUGINS, read_plain
from desktop.media.still_raw import RAW_TYPES, read_raw
from desktop.media.true_type import HEAD, JPEG, TrueType, true_type
from desktop.media.worker import News
from desktop.media.worker_file import WorkerFile
from desktop.media.worker_messages import Message
from desktop.records.facts.clinical_image import Description, MediaKind

_LARGEST_SIDE = 20_000
_LONGEST_SIDE = 1 << 20
_PLUGINS = ("Avif", "Bmp", "Gif", "Jpeg2K", "Mpo", "Png", "Tiff", "WebP")
_FILM = frozenset({MediaKind.VIDEO, MediaKind.AUDIO})

_STILLS: Mapping[str, Callable[[WorkerFile, Asked, TrueType], Still]] = {
    JPEG.media_type: read_jpeg,
    **dict.fromkeys(PLUGINS, read_plain),
    **dict.fromkeys(HEIF_TYPES, read_heif),
    **dict.fromkeys(RAW_TYPES, read_raw),
}
"""Who reads which media type; what is not here has no preview."""


def get_ready() -> None:
    """Load all that Pillow would load later, for the confined worker can open no file."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.preinit()
    for plugin in _PLUGINS:
        importlib.import_module(f"PIL.{plugin}ImagePlugin")
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # the other processors have workers of their own
    heif_ready()
    rehearse()
    rehearse_letters()
    rehearse_films()
    rehearse_codes()
    rehearse_notes(lambda news: news)
    _rehearse()


def _rehearse() -> None:
    """Do every job once: what a job loads on its way is then there."""
    own = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    sample = io.BytesIO()
    Image.new("RGB", (16, 16)).save(sample, "JPEG", exif=_sample_exif(), icc_profile=own)
    now = datetime(2000, 1, 1, tzinfo=UTC).isoformat()
    for whole in (sample.getvalue(), *_sample_plain()):
        for job in (describe, preview, for_paper, part, page_codes):
            for longest in (8, 16):
                file = WorkerFile(len(whole), whole=whole)
                asked = {"now": now, "pixels": True, "longest": longest, "file_name": "rehearsal"}
                asked |= {"left": 0, "top": 0, "width": 16, "height": 16}
                job(file, asked, lambda news: news)


def _sample_plain() -> Iterator[bytes]:
    for plugin in PLUGINS.values():
        sample = io.BytesIO()
        Image.new("RGBA" if plugin == "PNG" else "RGB", (16, 16)).save(sample, plugin)
        yield sample.getvalue()


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
    if found.kind in _FILM:
        return describe_film(file, facts)
    read = _STILLS.get(found.media_type)
    if read is None:
        said = Description(kind=found.kind, media_type=found.media_type, note=no_preview_for(found))
        return Message(facts=facts_of(said))
    return describe_still(read(file, _asked(facts), found), pixels=facts["pixels"] is True)


def _asked(facts: Mapping[str, object]) -> Asked:
    return Asked(now=datetime.fromisoformat(str(facts["now"])), file_name=str(facts["file_name"]))


def preview(file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """Facts: `longest` in pixels. The answer carries one JPEG, or none where undecodable."""
    found = true_type(file.head(HEAD))
    if found.kind in _FILM:
        return preview_film(file, facts)
    still = _still(file, found)
    return Message(facts={}) if still is None else preview_of(still, longest=_longest(facts))


def for_paper(file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """Facts: `longest` in pixels, and `proved` where the picture was decoded before. The
    answer has the facts of a PaperImage, its JPEG and, where it has one, its profile; or no bytes
    at all where undecodable."""
    found = true_type(file.head(HEAD))
    if found.kind in _FILM:
        return film_for_paper(file, facts)
    if found == JPEG and facts.get("proved") is True:
        own = own_jpeg(file, longest=_longest(facts))
        if own is not None:
            return own
    still = _still(file, found)
    return Message(facts={}) if still is None else paper_of(still, longest=_longest(facts))


def part(file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """Facts: `left`, `top`, `width`, `height` in pixels of the upright picture, and `longest`. The
    answer carries one JPEG, or none where undecodable or where there is no such part."""
    still = _still(file, true_type(file.head(HEAD)))
    if still is None:
        return Message(facts={})
    left, top = (whole_number(facts[name], 0, _LONGEST_SIDE) for name in ("left", "top"))
    width, height = (whole_number(facts[name], 1, _LONGEST_SIDE) for name in ("width", "height"))
    return part_of_still(still, box=(left, top, width, height), longest=_longest(facts))


def page_codes(file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """The answer has `page_codes`, those of our own pages that a close look finds."""
    still = _still(file, true_type(file.head(HEAD)))
    return Message(facts={"page_codes": []}) if still is None else page_codes_of(still)


JOBS = {
    "describe": describe,
    "preview": preview,
    "for_paper": for_paper,
    "part": part,
    "page_codes": page_codes,
    "storyboard": storyboard,
    "waveform": waveform,
    "edit_note": edit_note,
}


def _still(file: WorkerFile, found: TrueType) -> Still | None:
    """The still to be shown; nobody asks for its time."""
    read = _STILLS.get(found.media_type)
    asked = Asked(now=datetime.now(UTC), file_name="")
    try:
        return read and read(file, asked, found)
    except BrokenJpeg:
        return None


def _longest(facts: Mapping[str, object]) -> int:
    return whole_number(facts["longest"], 1, _LARGEST_SIDE)
