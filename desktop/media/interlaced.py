"""Interlaced film: two half pictures of different moments in one frame, brought apart for the eye.

Without it whatever moves has combs along its edges, which may be taken for a finding.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

import av.error
import av.filter
from av.video.frame import VideoFrame

_FIELD = "field", "type=top"
_WEAVE = "bwdif", "mode=send_frame:deint=interlaced"
_CROP = "crop", "w=8:h=8:x=4:y=4"
_GIVES_NONE_NOW = (av.error.BlockingIOError, av.error.EOFError)


def one_field(frame: VideoFrame) -> VideoFrame:
    """The earlier known half of an interlaced frame, half as high; any other frame as it is. For
    one frame alone, whose neighbours are not at hand."""
    if not frame.interlaced_frame:
        return frame
    graph = OneFilter(frame, *_FIELD)
    return next(iter(graph.put(frame)), frame)


def woven(frames: Iterable[VideoFrame]) -> Iterator[VideoFrame]:
    """The same frames at the same times, made whole by a `Weaver`."""
    weaver = Weaver()
    for frame in frames:
        yield from weaver.put(frame)
    yield from weaver.put(None)


class Weaver:
    """Makes interlaced frames whole by FFmpeg's bwdif, from what moves between them and their
    neighbours; it holds one back meanwhile. A film without any passes as it is."""

    def __init__(self) -> None:
        self._graph: OneFilter | None = None

    def put(self, frame: VideoFrame | None) -> Iterator[VideoFrame]:
        """What is whole now that this frame has come; None says that no more will."""
        if self._graph is None:
            if frame is None:
                return
            if not frame.interlaced_frame:
                yield frame
                return
        elif frame is not None and not self._graph.takes(frame):
            yield from self._graph.put(None)
            self._graph = None
        if self._graph is None and frame is not None:
            self._graph = OneFilter(frame, *_WEAVE)
        if self._graph is not None:
            yield from self._graph.put(frame)


def rehearse() -> None:
    """Do all of it once: what it loads on its way is then there, for the confined worker can open
    no file."""
    blank = VideoFrame(16, 16, "yuv420p")
    blank.time_base = Fraction(1, 25)
    blank.pts = 0
    for name, options in (_FIELD, _WEAVE, _CROP):
        graph = OneFilter(blank, name, options)
        list(graph.put(blank))
        list(graph.put(None))


class OneFilter:
    """One filter, in one thread: the confined worker may start no other."""

    def __init__(self, like: VideoFrame, name: str, options: str) -> None:
        self._like = _likeness(like)
        graph = av.filter.Graph()
        graph.threads = 1
        begin = graph.add_buffer(
            width=like.width, height=like.height, format=like.format, time_base=like.time_base
        )
        graph.link_nodes(begin, graph.add(name, options), graph.add("buffersink")).configure()
        self._graph = graph

    def takes(self, frame: VideoFrame) -> bool:
        """A filter is set up for one size and one form of pixels."""
        return _likeness(frame) == self._like

    def put(self, frame: VideoFrame | None) -> Iterator[VideoFrame]:
        """What comes out when this goes in; None is the end."""
        self._graph.vpush(frame)
        while True:
            try:
                yield self._graph.vpull()
            except _GIVES_NONE_NOW:
                return


def _likeness(frame: VideoFrame) -> tuple[object, ...]:
    return frame.width, frame.height, frame.format.name, frame.time_base
