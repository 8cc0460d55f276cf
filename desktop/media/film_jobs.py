"""Video and sound in the decoder worker: described, shown, and laid out for paper."""

import importlib
import io
import wave
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import av
import numpy as np
from av.video.frame import VideoFrame

from desktop.media.description_wire import facts_of, whole_number
from desktop.media.film import GIVES_UP, Film, is_film, opened
from desktop.media.film_facts import described, is_cut_short
from desktop.media.film_frames import frames_over, poster
from desktop.media.interlaced import rehearse as rehearse_interlaced
from desktop.media.notes import CUT_SHORT, not_playable
from desktop.media.picture_work import Undecodable, bare_jpeg
from desktop.media.sound_peaks import bars_for, drawn, peaks_of
from desktop.media.storyboard import MOST_COLUMNS, MOST_FRAMES
from desktop.media.true_type import HEAD, true_type
from desktop.media.worker import News
from desktop.media.worker_file import WorkerFile
from desktop.media.worker_messages import Message
from desktop.records.facts.clinical_image import Description

_THUMBNAIL = 320
_LONGEST = 20_000
_EVERY_SAMPLE_MS = 10 * 60 * 1000
"""Of a longer recording a small drawing is made from samples: an hour takes eight seconds."""

_NOTHING = Message(facts={})


def describe_film(file: WorkerFile, facts: Mapping[str, object]) -> Message:
    """The description of a video or sound recording and, where there is one, its thumbnail; with
    the facts of `decoding.describe`."""
    found = true_type(file.head(HEAD))
    if not is_film(found):
        said = Description(kind=found.kind, media_type=found.media_type, note=not_playable(found))
        return Message(facts=facts_of(said))
    said = described(
        file,
        found,
        file_name=str(facts["file_name"]),
        now=datetime.fromisoformat(str(facts["now"])),
    )
    if said.note or facts["pixels"] is not True:
        return Message(facts=facts_of(said))
    try:
        return Message(facts=facts_of(said), blobs=(_shown(file, _THUMBNAIL),))
    except Undecodable as reason:
        note = CUT_SHORT if is_cut_short(file, found) else reason.note
        return Message(facts=facts_of(replace(said, note=note)))


def preview_film(file: WorkerFile, facts: Mapping[str, object]) -> Message:
    """One JPEG that stands for the film, as of `decoding.preview`; no bytes where there is none."""
    longest = whole_number(facts["longest"], 1, _LONGEST)
    try:
        return Message(facts={}, blobs=(_shown(file, longest),))
    except (Undecodable, *GIVES_UP):
        return _NOTHING


def film_for_paper(file: WorkerFile, facts: Mapping[str, object]) -> Message:
    """No bytes: on paper a film is a storyboard, and a recording its waveform."""
    return _NOTHING


def storyboard(file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """Facts: `count` and `longest` in pixels. The answer has `at`, the time of each frame in
    milliseconds, and as many JPEGs; none where undecodable."""
    count = whole_number(facts["count"], 1, MOST_FRAMES)
    longest = whole_number(facts["longest"], 1, _LONGEST)
    found = true_type(file.head(HEAD))
    if not is_film(found):
        return _NOTHING
    at, blobs = [], []
    try:
        with opened(file, found) as film:
            for milliseconds, picture in frames_over(film, count=count, longest=longest):
                at.append(milliseconds)
                blobs.append(bare_jpeg(picture, quality=88, subsampling=0))
                _tell(news, len(at) / count)
    except (Undecodable, *GIVES_UP):
        return _NOTHING
    return Message(facts={"at": at}, blobs=tuple(blobs))


def waveform(file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """Facts: `columns`. The answer has `duration_ms` and one blob, a byte from 0 to 255 for each
    column; none where undecodable."""
    columns = whole_number(facts["columns"], 1, MOST_COLUMNS)
    found = true_type(file.head(HEAD))
    if not is_film(found):
        return _NOTHING
    try:
        with opened(file, found) as film:
            peaks = peaks_of(film, columns=columns, tell=_now_and_then(news))
            loud = np.rint(peaks * 255).astype(np.uint8).tobytes()
            return Message(facts={"duration_ms": film.duration_ms}, blobs=(loud,))
    except (Undecodable, *GIVES_UP):
        return _NOTHING


def _shown(file: WorkerFile, longest: int) -> bytes:
    found = true_type(file.head(HEAD))
    if not is_film(found):
        raise Undecodable(not_playable(found))
    with opened(file, found) as film:
        return _poster(film, longest) if film.pictures else _drawing(film, longest)


def _poster(film: Film, longest: int) -> bytes:
    return bare_jpeg(poster(film, longest), quality=85, subsampling=2)


def _drawing(film: Film, longest: int) -> bytes:
    peaks = peaks_of(film, columns=bars_for(longest), every_sample_ms=_EVERY_SAMPLE_MS)
    return bare_jpeg(drawn(peaks, longest), quality=85, subsampling=0)


def _tell(news: News, done: float) -> None:
    news(Message(facts={"news": "far", "done": done}))


def _now_and_then(news: News) -> Callable[[float], None]:
    """Tells each hundredth once, for a recording has many thousand pieces."""
    told = 0

    def tell(done: float) -> None:
        nonlocal told
        if int(done * 100) > told:
            told = int(done * 100)
            _tell(news, done)

    return tell


def rehearse_films() -> None:
    """Do every job once, on a film and on a recording: what they load on their way is then there,
    for the confined worker can open no file."""
    for name in ("codeccontext", "stream", "subtitle"):
        importlib.import_module(f"av.subtitles.{name}")
    asked = {"pixels": True, "longest": 16, "file_name": "", "count": 1, "columns": 4}
    facts = {**asked, "now": datetime(2000, 1, 1, tzinfo=UTC).isoformat()}
    rehearse_interlaced()
    for made in (_rehearsal_film(), _rehearsal_sound()):
        file = WorkerFile(len(made), whole=made)
        describe_film(file, facts)
        preview_film(file, facts)
        storyboard(file, facts, lambda news: news)
        waveform(file, facts, lambda news: news)


def _rehearsal_film() -> bytes:
    made = io.BytesIO()
    with av.open(made, "w", format="avi") as container:
        pictures = container.add_stream("mjpeg", rate=Fraction(10))
        pictures.width, pictures.height, pictures.pix_fmt = 32, 32, "yuvj420p"
        for _ in range(2):
            frame = VideoFrame.from_ndarray(np.full((32, 32, 3), 200, np.uint8))
            container.mux(pictures.encode(frame))
        container.mux(pictures.encode())
    return made.getvalue()


def _rehearsal_sound() -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(1600))
    return made.getvalue()
