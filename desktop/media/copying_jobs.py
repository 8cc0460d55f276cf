"""The jobs of the copying worker: make a copy, read one again, show one with its faces."""

import importlib
import io
import pkgutil
import warnings
from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType

import av
import numpy as np
from PIL import Image, ImageCms

from desktop.media.copy_animation import frame_at, is_moving, moving_png
from desktop.media.copy_check import what_is_left
from desktop.media.copy_film import NotAsItIs, copy_streams, opened, streams_of
from desktop.media.copy_film_anew import (
    began,
    colours_of,
    encode_anew,
    film_frames,
    shape_of,
    upright_planes,
)
from desktop.media.copy_jpeg import clean_jpeg
from desktop.media.copy_pages import paged_tiff, pages, pages_in
from desktop.media.copy_pixels import (
    MOST_PIXELS,
    CannotCopy,
    further_pictures,
    jpeg,
    painted,
    saved,
    upright_picture,
)
from desktop.media.copy_pixels import NotAsItIs as PictureNotAsItIs
from desktop.media.copy_png import clean_png
from desktop.media.face_boxes import faces_in
from desktop.media.film_aperture import Cutter, cutter_of
from desktop.media.hdr import HDR
from desktop.media.interlaced import rehearse as rehearse_interlaced
from desktop.media.jpeg_segments import BrokenJpeg
from desktop.media.piece_file import PieceFile
from desktop.media.true_type import HEAD, TrueType, true_type
from desktop.media.worker import News
from desktop.media.worker_file import WorkerFile
from desktop.media.worker_messages import Message
from desktop.records.facts.clinical_image import MediaKind
from desktop.records.facts.copies import Mask, Removed

_SECONDS_BACK = (0, 1, 4, 16, 64)
_MOST_STILL = 256 * 1024 * 1024


def get_ready() -> None:
    """Load all that would be loaded later, for the confined worker can open no file."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    av.logging.set_level(None)
    Image.init()
    importlib.import_module("pi_heif").register_heif_opener()
    _load_all_of(av)
    rehearse_interlaced()
    _rehearse()


def _load_all_of(package: ModuleType) -> None:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)


def _rehearse() -> None:
    """Do every job once: what a job loads on its way is then there."""
    masks = [[0.0, 0.0, 0.5, 0.5, 0.0, None, None]]
    requests: tuple[dict[str, object], ...] = ({"masks": []}, {"masks": masks, "faces": True})
    for whole in _samples():
        for asked in requests:
            for job in JOBS.values():
                file = WorkerFile(len(whole), whole=whole)
                told = job(file, {**asked, "at": 0, "longest": 32}, lambda news: news)
                if told.facts.get("why"):
                    raise AssertionError(told.facts)


def _samples() -> Iterator[bytes]:
    """A JPEG and a PNG with a profile: even the codec of its name is loaded late."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for form in ("JPEG", "PNG"):
        sample = io.BytesIO()
        Image.new("RGB", (64, 64)).save(sample, form, icc_profile=srgb)
        yield sample.getvalue()


def make(file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """Facts: `masks`, a list of left, top, width, height, start, end and page each; `sound`,
    whether to keep it; `anew`, whether to decode and encode in any case. The copy goes out in
    pieces with their places; the answer says what it is, its size, and what was removed; or why
    there is none.
    """
    out = PieceFile(lambda piece: news(Message(facts={"news": "piece"}, blobs=(piece,))))
    masks, anew = _masks(facts.get("masks")), facts.get("anew") is True
    found = true_type(file.head(HEAD))
    try:
        if found.kind is MediaKind.PHOTO:
            told = _make_still(file, found, masks, anew, out, news)
        else:
            sound = facts.get("sound") is True
            told = _Recording(file, sound, masks, out, news).make(anew=anew)
    except CannotCopy as reason:
        return Message(facts={"why": reason.why})
    out.flush()
    if not out.size:
        return Message(facts={"why": "there is nothing in it that can be copied"})
    return Message(facts={**told, "size": out.size})


def _masks(listed: object) -> list[Mask]:
    rows = listed if isinstance(listed, list) else []
    return [
        Mask(
            left=row[0],
            top=row[1],
            width=row[2],
            height=row[3],
            start=row[4],
            end=row[5],
            page=row[6],
        )
        for row in rows
    ]


def _make_still(
    file: WorkerFile, found: TrueType, masks: Sequence[Mask], anew: bool, out: PieceFile, news: News
) -> dict[str, object]:
    if file.size > _MOST_STILL:
        raise CannotCopy("it is too large to be decoded safely")
    data = file.whole()
    gone = {Removed.ALL_BUT_PIXELS, *([Removed.PAINTED_OVER] if masks else [])}
    count = pages_in(data) if found.media_type == "image/tiff" else 1
    _refuse_beyond(masks, count)
    if count > 1:
        paged_tiff(data, masks, out.write, lambda done: _tell(news, done))
        return _told("image/tiff", "tif", gone, is_same=False)
    if is_moving(data):
        moving_png(data, masks, out.write, lambda: _tell(news, 0.5))
        return _told("image/png", "png", gone, is_same=False)
    if not (masks or anew):
        clean = {"image/jpeg": clean_jpeg, "image/png": clean_png}.get(found.media_type)
        try:
            if clean is not None:
                copy, removed = clean(data)
                out.write(copy)
                ending = "jpg" if found.media_type == "image/jpeg" else "png"
                return _told(found.media_type, ending, removed, is_same=True)
        except (PictureNotAsItIs, BrokenJpeg):
            pass  # to be drawn anew, if it can be decoded at all
    if further_pictures(data):
        gone.add(Removed.FURTHER_PICTURES)
    copy, media_type, ending = saved(painted(upright_picture(data), masks), found)
    out.write(copy)
    return _told(media_type, ending, gone, is_same=False)


def _refuse_beyond(masks: Sequence[Mask], count: int) -> None:
    """Raises CannotCopy for a mask on a page that is not there: something would stay in sight."""
    last = max((mask.page for mask in masks if mask.page is not None), default=1)
    if last > count:
        has = "one page" if count == 1 else f"{count} pages"
        raise CannotCopy(f"a mask is for page {last}, and it has {has}")


def _tell(news: News, done: float) -> None:
    news(Message(facts={"news": "far", "done": done}))


class _Recording:
    """One film or sound recording on its way into a copy."""

    def __init__(
        self, file: WorkerFile, sound: bool, masks: Sequence[Mask], out: PieceFile, news: News
    ) -> None:
        self._file, self._sound, self._masks, self._out = file, sound, masks, out
        self._news = news
        self._is_hdr = False

    def make(self, *, anew: bool) -> dict[str, object]:
        """What was made of it. Raises CannotCopy."""
        removed = self._beside_what_is_kept()
        if self._masks:
            removed.add(Removed.PAINTED_OVER)
        elif not anew:
            try:
                form = copy_streams(self._file, self._out, sound=self._sound, far=self._far)
                return _told(
                    form.media_type, form.ending, removed, is_same=True, is_hdr=self._is_hdr
                )
            except NotAsItIs as reason:
                removed |= reason.removed
            except (av.error.FFmpegError, ValueError, ArithmeticError):
                pass  # no muxer takes it: what can be decoded can still be encoded
        self._out.start_over()
        form = encode_anew(
            self._file, self._out, sound=self._sound, masks=self._masks, far=self._far
        )
        removed.add(Removed.ALL_BUT_PIXELS)
        return _told(form.media_type, form.ending, removed, is_same=False)

    def _far(self, done: float) -> None:
        _tell(self._news, done)

    def _beside_what_is_kept(self) -> set[Removed]:
        removed = {Removed.TAGS, Removed.ENCODED_NOTES}
        try:
            with opened(self._file) as source:
                kept = streams_of(source, sound=self._sound)
                if kept.video is not None:
                    self._is_hdr = kept.video.codec_context.color_trc in HDR
                for stream in source.streams:
                    if stream not in (kept.video, kept.sound):
                        known = {"audio": Removed.SOUND, "video": Removed.COVER}
                        removed.add(known.get(stream.type, Removed.TRACKS))
        except (av.error.FFmpegError, ValueError):
            raise CannotCopy("it cannot be opened: it is damaged, or of an unknown kind") from None
        return removed


def _told(
    media_type: str, ending: str, removed: set[Removed], *, is_same: bool, is_hdr: bool = False
) -> dict[str, object]:
    listed = sorted(one.value for one in removed)
    return {"type": media_type, "ending": ending, "removed": listed, "same": is_same, "hdr": is_hdr}


def check(file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """Facts: `masks` as for `make`. The answer says what a copy still holds, or nothing."""
    masks = _masks(facts.get("masks"))
    return Message(facts={"left": what_is_left(file, masks, lambda: _tell(news, 1.0))})


def look(file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """Facts: `at` in seconds, `longest` in pixels, `faces`, whether to look for them. The answer
    carries the upright picture as the copy will be, and says how long it is, whether it has sound,
    and where faces may be."""
    try:
        found = true_type(file.head(HEAD))
        longest = int(str(facts["longest"]))
        shown: tuple[Image.Image | None, dict[str, object]]
        if found.kind is MediaKind.PHOTO:
            shown = _still_at(file.whole(), float(str(facts.get("at", 0.0))), longest)
        else:
            shown = _frame_at(file, float(str(facts.get("at", 0.0))), longest)
    except CannotCopy as reason:
        return Message(facts={"why": reason.why})
    picture, more = shown
    if picture is None:
        return Message(facts=more)
    boxes = faces_in(picture) if facts.get("faces") is True else None
    return Message(
        facts={**more, "faces": boxes},
        blobs=(jpeg(picture.convert("RGB"), quality=90, subsampling=2),),
    )


def _still_at(data: bytes, at: float, longest: int) -> tuple[Image.Image, dict[str, object]]:
    """A picture, or the frame of a moving one that is seen then, or the page of that number."""
    if (count := pages_in(data)) > 1:
        page = min(int(at), count - 1)
        for picture in pages(data, only=page):
            picture.thumbnail((longest, longest), Image.Resampling.BILINEAR, reducing_gap=None)
            return picture, {"sound": False, "pages": count}
    if not is_moving(data):
        return upright_picture(data, most=longest), {"sound": False}
    picture, length = frame_at(data, at)
    picture.thumbnail((longest, longest), Image.Resampling.BILINEAR, reducing_gap=None)
    return picture, {"sound": False, "seconds": length / 1000}


def _frame_at(
    file: WorkerFile, at: float, longest: int
) -> tuple[Image.Image | None, dict[str, object]]:
    try:
        cutter = cutter_of(file)
        with opened(file) as source:
            chosen = streams_of(source, sound=True)
            more: dict[str, object] = {
                "sound": chosen.sound is not None,
                "seconds": source.duration / av.time_base if source.duration else None,
            }
            if chosen.video is None:
                return None, more
            last = _seen_at(source, max(at, 0.0) + began(chosen), cutter)
            if last is None:
                raise CannotCopy("there is no frame in it that can be decoded")
            return _picture_of(source, last, longest), more
    except (av.error.FFmpegError, ValueError, ArithmeticError):
        raise CannotCopy("the film in it is damaged, or cannot be decoded") from None


def _seen_at(
    source: av.container.InputContainer, at: float, cutter: Cutter
) -> av.VideoFrame | None:
    """The frame that is seen then, or the first after it. Transport streams do not tell where a
    keyframe is: it is looked for ever further before."""
    last = None
    for back in _SECONDS_BACK:
        source.seek(round((at - back) * av.time_base))
        last = None
        for frame in film_frames(source, streams_of(source, sound=False), cutter):
            if last is not None and (frame.time or 0.0) > at:
                break
            last = frame
        if last is not None and ((last.time or 0.0) <= at or back > at):
            break
    return last


def _picture_of(
    source: av.container.InputContainer, frame: av.VideoFrame, longest: int
) -> Image.Image:
    planes = upright_planes(frame, shape_of(source, frame))
    flat = np.concatenate([one.reshape(-1) for one in planes]).reshape(-1, planes[0].shape[1])
    upright = av.VideoFrame.from_ndarray(flat, format="yuv420p")
    upright.color_range, upright.colorspace = colours_of(frame)
    picture = Image.fromarray(upright.to_ndarray(format="rgb24"))
    picture.thumbnail((longest, longest), Image.Resampling.BILINEAR, reducing_gap=None)
    return picture


JOBS = {"make": make, "check": check, "look": look}
