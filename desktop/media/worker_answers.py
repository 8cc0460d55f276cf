"""Pictures, frames and peaks of the worker: it met hostile bytes, so its answers are checked."""

from desktop.media.description_wire import BadReply, whole_number
from desktop.media.jpeg_segments import BrokenJpeg, Frame, read_facts
from desktop.media.paper_image import PaperImage
from desktop.media.storyboard import MOST_FRAMES, Storyboard, StoryFrame, Waveform
from desktop.media.worker_messages import Message

_LONGEST_MS = 100 * 24 * 3600 * 1000


def small_jpeg(answered: bytes, longest: int) -> bytes:
    """What the worker made, if it is a bare JPEG of the size that was asked for. Raises
    BadReply, as the others here do."""
    frame = _bare_frame(answered)
    if max(frame.width, frame.height) > longest:
        raise BadReply("a picture larger than asked for")
    return answered


def paper_image(answer: Message, longest: int) -> PaperImage:
    """One picture for paper, and its profile where it has one."""
    if not 1 <= len(answer.blobs) <= 2:
        raise BadReply("not one picture")
    jpeg, *profile = answer.blobs
    frame = _bare_frame(jpeg)
    said = _Facts(answer)
    return PaperImage(
        jpeg=jpeg,
        width=said.number("width", frame.width, min(frame.width, longest)),
        height=said.number("height", frame.height, min(frame.height, longest)),
        orientation=said.number("orientation", 1, 8),
        components=said.number("components", *[frame.components] * 2),
        icc=profile[0] if profile else None,
        unchanged=answer.facts.get("unchanged") is True,
    )


def storyboard_of(answer: Message, *, count: int, longest: int) -> Storyboard:
    """Up to `count` frames in the order of their times."""
    times = answer.facts.get("at")
    if not isinstance(times, list) or len(times) != len(answer.blobs):
        raise BadReply("not a time for each frame")
    if not 1 <= len(times) <= min(count, MOST_FRAMES):
        raise BadReply("more frames than asked for, or none")
    frames, least = [], 0
    for at, jpeg in zip(times, answer.blobs, strict=True):
        at_ms = whole_number(at, least, _LONGEST_MS)
        frames.append(StoryFrame(at_ms=at_ms, picture=_frame(jpeg, longest)))
        least = at_ms + 1
    return Storyboard(frames=tuple(frames))


def waveform_of(answer: Message, *, columns: int) -> Waveform:
    """A peak for each column."""
    if len(answer.blobs) != 1 or len(answer.blobs[0]) != columns:
        raise BadReply("not a peak for each column")
    return Waveform(
        peaks=tuple(peak / 255 for peak in answer.blobs[0]),
        duration_ms=_Facts(answer).number("duration_ms", 1, _LONGEST_MS),
    )


class _Facts:
    def __init__(self, answer: Message) -> None:
        self._facts = answer.facts

    def number(self, name: str, least: int, most: int) -> int:
        return whole_number(self._facts.get(name), least, most)


def _frame(jpeg: bytes, longest: int) -> PaperImage:
    frame = _bare_frame(small_jpeg(jpeg, longest))
    return PaperImage(
        jpeg=jpeg,
        width=frame.width,
        height=frame.height,
        orientation=1,
        components=frame.components,
        icc=None,
        unchanged=False,
    )


def _bare_frame(answered: bytes) -> Frame:
    try:
        facts = read_facts(answered)
    except BrokenJpeg:
        raise BadReply("not a JPEG") from None
    if facts.frame is None or facts.frame.components not in {1, 3} or facts.exif:
        raise BadReply("not a bare JPEG")
    return facts.frame
