"""The clean aperture of a film: what its maker left of the stored frames for anybody to see."""

from dataclasses import dataclass
from fractions import Fraction

from av.video.frame import VideoFrame

from desktop.media.bmff import BoxFacts, CleanAperture, box_facts
from desktop.media.interlaced import OneFilter
from desktop.media.true_type import HEAD, TrueType, true_type
from desktop.media.worker_file import WorkerFile

_BOXED = frozenset(("video/mp4", "video/quicktime", "video/3gpp", "video/3gpp2", "audio/mp4"))
_LEAST = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What is left of a frame of `stored` width and height. All even numbers, for a colour belongs
    to four pixels, and none of the hidden ones is kept."""

    stored: tuple[int, int]
    left: int
    top: int
    width: int
    height: int


class Cutter:
    """Cuts each frame of one film to what is to be seen of it."""

    def __init__(self, cut: Cut | None) -> None:
        self._cut = cut
        self._filter: OneFilter | None = None

    @property
    def hides(self) -> bool:
        """Whether a part of the stored frames is not to be seen."""
        return self._cut is not None

    def size_of(self, width: int, height: int) -> tuple[int, int]:
        """What is to be seen of so many pixels."""
        cut = self._cut
        return (cut.width, cut.height) if cut and (width, height) == cut.stored else (width, height)

    def of(self, frame: VideoFrame) -> VideoFrame:
        """The part of it that is to be seen; one of another size than was declared as it is."""
        cut = self._cut
        if cut is None or (frame.width, frame.height) != cut.stored:
            return frame
        if self._filter is None or not self._filter.takes(frame):
            # not rounded, where a colour belongs to more than four pixels
            where = f"w={cut.width}:h={cut.height}:x={cut.left}:y={cut.top}:exact=1"
            self._filter = OneFilter(frame, "crop", where)
        return next(iter(self._filter.put(frame)), frame)


def boxes_of(file: WorkerFile, found: TrueType) -> BoxFacts | None:
    """What the boxes of a film or recording of the MP4 family say; None of any other."""
    return box_facts(file, file.size) if found.media_type in _BOXED else None


def cutter_by(boxes: BoxFacts | None) -> Cutter:
    """What its boxes have cut off; nothing without any."""
    return Cutter(cut_of(boxes.aperture) if boxes and boxes.aperture else None)


def cutter_of(file: WorkerFile) -> Cutter:
    """By the boxes of a film of the MP4 family; of any other nothing is cut. `file` is left at its
    beginning."""
    boxes = boxes_of(file, true_type(file.head(HEAD)))
    file.seek(0)
    return cutter_by(boxes)


def cut_of(declared: CleanAperture) -> Cut | None:
    """ISO/IEC 14496-12 12.1.4: a width, a height, and how far their middle is from that of the
    stored frame. None where nothing is hidden, or what is declared makes no sense."""
    across = _span(declared.stored[0], declared.width, declared.across)
    down = _span(declared.stored[1], declared.height, declared.down)
    if across is None or down is None:
        return None
    if all(own - seen < 2 for own, (_, seen) in zip(declared.stored, (across, down), strict=True)):
        return None
    return Cut(stored=declared.stored, left=across[0], width=across[1], top=down[0], height=down[1])


def _span(stored: int, seen: Fraction, off: Fraction) -> tuple[int, int] | None:
    begin = Fraction(stored, 2) + off - seen / 2
    first, last = -(-begin // 2) * 2, _even(int((begin + seen) // 1))
    if first < 0 or last > stored or last - first < _LEAST:
        return None
    return first, last - first


def _even(number: int) -> int:
    return number & ~1
