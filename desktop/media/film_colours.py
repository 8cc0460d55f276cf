"""What the numbers of a decoded frame mean as colours."""

from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace

_HD_LINES = 720
_UNSPECIFIED = 2
_MATRICES = {
    1: Colorspace.ITU709,
    4: Colorspace.FCC,
    5: Colorspace.ITU601,
    6: Colorspace.SMPTE170M,
    7: Colorspace.SMPTE240M,
    9: Colorspace.BT2020,
    10: Colorspace.BT2020,
}


def matrix_of(frame: VideoFrame) -> Colorspace | None:
    """From luma and chroma to red, green and blue. Where the file does not say it, what players
    take: that of television, by its lines."""
    if frame.colorspace == _UNSPECIFIED:
        return Colorspace.ITU709 if frame.height >= _HD_LINES else Colorspace.ITU601
    return _MATRICES.get(frame.colorspace)
