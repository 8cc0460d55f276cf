"""What a film or sound recording says of itself, put together from its boxes and its tracks."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice

from av.video.stream import VideoStream

from desktop.media.bmff import CONTENT_IDENTIFIER, BoxFacts
from desktop.media.camcorder import CamcorderFacts, camcorder_facts
from desktop.media.exif_facts import plain_text, weighed
from desktop.media.film import GIVES_UP, Film, opened
from desktop.media.film_aperture import boxes_of, cutter_by
from desktop.media.film_time import film_time
from desktop.media.hdr import HLG, PQ
from desktop.media.name_time import name_time
from desktop.media.notes import CUT_SHORT, DAMAGED_FILM, NO_TRACK, not_playable
from desktop.media.true_type import TrueType
from desktop.media.worker_file import WorkerFile
from desktop.records.facts.capture import CaptureDevice, CaptureTime
from desktop.records.facts.clinical_image import Description, MediaKind
from desktop.records.facts.media import CaptureMode, MediaDetail, Part

_SOUND_TYPES = {"video/x-ms-asf": "audio/x-ms-wma", "video/quicktime": "audio/mp4"}
_ORIENTATIONS = {0: 1, 90: 6, 180: 3, 270: 8}
_MIRRORED = {0: 4, 90: 5, 180: 2, 270: 7}
_SLOW_FROM = 100.0
"""Frames a second from which a film was recorded to be shown slowly."""

_PICTURES_SEARCHED = 30
_LIVE_PHOTO_MS = 6_000
_MOST_FRAMES_A_SECOND = 2_000.0
_LONGEST_CODEC = 24
_MAKES = ("com.apple.quicktime.make", "com.android.manufacturer", "\N{COPYRIGHT SIGN}mak")
_MODELS = ("com.apple.quicktime.model", "com.android.model", "\N{COPYRIGHT SIGN}mod")
_CAPTURE_RATE = "com.android.capture.fps"
_PRIMARIES = {9: "BT.2020", 11: "DCI-P3", 12: "Display P3"}


def is_cut_short(file: WorkerFile, found: TrueType) -> bool:
    """Whether the file ends before its boxes do; unknown, hence no, for one without boxes."""
    boxes = boxes_of(file, found)
    return boxes is not None and not boxes.whole


def described(file: WorkerFile, found: TrueType, *, file_name: str, now: datetime) -> Description:
    """All that is known without decoding a picture or a sound. Has a note where it cannot even be
    opened; what its boxes say of time and device is told all the same."""
    boxes = boxes_of(file, found)
    known = boxes or BoxFacts()
    said = Description(
        kind=found.kind,
        media_type=found.media_type,
        device=_device(known.said),
        has_location=known.has_place,
        orientation=(_MIRRORED if known.is_mirrored else _ORIENTATIONS)[known.turn],
    )
    taken = film_time(known, {}, duration_ms=None, is_boxed=boxes is not None)
    try:
        with opened(file, found, cutter=cutter_by(boxes)) as film:
            said = _of_tracks(said, film, found, known)
            taken = film_time(
                known, film.tags, duration_ms=film.duration_ms, is_boxed=boxes is not None
            )
            hidden = _hidden(film)
            if hidden is not None:
                taken = taken or hidden.taken
                place = said.has_location or hidden.has_location
                said = replace(said, device=hidden.device, has_location=place)
    except GIVES_UP:
        said = replace(said, note=DAMAGED_FILM if known.whole else CUT_SHORT)
    return replace(said, taken=_weighed(taken or name_time(file_name), now))


def _of_tracks(said: Description, film: Film, found: TrueType, boxes: BoxFacts) -> Description:
    kind = _kind(film, found)
    pictures = film.pictures
    width, height = (0, 0)
    if pictures is not None:
        coder = pictures.codec_context
        width, height = film.cutter.size_of(coder.width or 0, coder.height or 0)
    device = said.device
    if device == CaptureDevice():
        device = _device(film.tags)
    return replace(
        said,
        kind=kind,
        media_type=_media_type(found, kind, film),
        width=width or None,
        height=height or None,
        orientation=said.orientation if pictures else 1,
        device=device,
        has_location=said.has_location or _has_place(film.tags),
        detail=_detail(film, kind, boxes),
        note=_note(film, found, boxes),
    )


def _note(film: Film, found: TrueType, boxes: BoxFacts) -> str:
    if film.pictures or film.sound:
        return ""
    if not boxes.whole:
        return CUT_SHORT
    return not_playable(found) if film.has_unknown else NO_TRACK


def _hidden(film: Film) -> CamcorderFacts | None:
    """What an AVCHD camcorder wrote into the first pictures."""
    pictures = film.pictures
    if pictures is None or film.container.format.name != "mpegts":
        return None
    packets = islice(film.container.demux(pictures), _PICTURES_SEARCHED)
    found = (camcorder_facts(bytes(packet)) for packet in packets)
    return next((facts for facts in found if facts is not None), None)


def _kind(film: Film, found: TrueType) -> MediaKind:
    """By what is inside: a container for films may hold a voice, and a cover is no film."""
    if film.pictures is not None:
        return MediaKind.VIDEO
    return MediaKind.AUDIO if film.sound is not None else found.kind


def _media_type(found: TrueType, kind: MediaKind, film: Film) -> str:
    if found.media_type == "audio/mpeg" and film.container.format.name == "aac":
        return "audio/aac"
    family, _, name = found.media_type.partition("/")
    if family == kind.value:
        return found.media_type
    if kind is MediaKind.AUDIO:
        return _SOUND_TYPES.get(found.media_type, f"audio/{name}")
    return f"video/{name}"


def _detail(film: Film, kind: MediaKind, boxes: BoxFacts) -> MediaDetail:
    pictures, rate = film.pictures, _rate(film.pictures)
    pair_key = boxes.said.get(CONTENT_IDENTIFIER, "")
    parts = {
        Part.COVER_ART: film.has_cover,
        Part.DATA_TRACK: film.has_data,
        Part.TRIMMED_FRAMES: pictures is not None
        and any(entry.is_discard for entry in pictures.index_entries),
    }
    return MediaDetail(
        capture_mode=_mode(film, kind, rate, boxes),
        duration_ms=film.duration_ms,
        codec=_codec(film),
        frame_rate=rate,
        has_sound=film.sound is not None,
        colour=_colour(pictures),
        parts=tuple(part for part, is_there in parts.items() if is_there),
        pair_key=pair_key if kind is MediaKind.VIDEO else "",
    )


def _mode(film: Film, kind: MediaKind, rate: float | None, boxes: BoxFacts) -> CaptureMode:
    if kind is not MediaKind.VIDEO:
        return CaptureMode.AUDIO if kind is MediaKind.AUDIO else CaptureMode.UNKNOWN
    if CONTENT_IDENTIFIER in boxes.said and (film.duration_ms or 0) <= _LIVE_PHOTO_MS:
        return CaptureMode.LIVE_PHOTO
    if (rate or 0.0) >= _SLOW_FROM or _captured_rate(boxes) >= _SLOW_FROM:
        return CaptureMode.SLOW_MOTION
    return CaptureMode.VIDEO


def _captured_rate(boxes: BoxFacts) -> float:
    try:
        return float(boxes.said.get(_CAPTURE_RATE, 0))
    except ValueError:
        return 0.0


def _rate(pictures: VideoStream | None) -> float | None:
    if pictures is None or not pictures.average_rate:
        return None
    rate = round(float(pictures.average_rate), 3)
    return rate if 0 < rate <= _MOST_FRAMES_A_SECOND else None


def _codec(film: Film) -> str:
    streams = (film.pictures, film.sound)
    names = (s.codec_context.codec.canonical_name for s in streams if s is not None)
    return " / ".join(name[:_LONGEST_CODEC] for name in names)


def _colour(pictures: VideoStream | None) -> str:
    if pictures is None:
        return ""
    context = pictures.codec_context
    bright = {PQ: "HDR (PQ)", HLG: "HDR (HLG)"}.get(context.color_trc, "")
    wide = _PRIMARIES.get(context.color_primaries, "")
    return ", ".join(word for word in (bright, wide) if word)


def _device(said: Mapping[str, str]) -> CaptureDevice:
    def first(names: tuple[str, ...]) -> str | None:
        found = (plain_text(said[name].encode()) for name in names if name in said)
        return next((text for text in found if text), None)

    return CaptureDevice(make=first(_MAKES), model=first(_MODELS))


def _has_place(tags: Mapping[str, str]) -> bool:
    places = (text for name, text in tags.items() if "location" in name.lower())
    return any(digit in "123456789" for place in places for digit in place)


def _weighed(taken: CaptureTime | None, now: datetime) -> CaptureTime | None:
    return taken and weighed(taken, now)
