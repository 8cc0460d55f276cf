"""How a decoded frame is to be held up: turned, and before that mirrored, by its display matrix."""

import struct
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from av.sidedata.sidedata import SideData
from av.video.frame import VideoFrame
from numpy.typing import NDArray

_MATRIX = struct.Struct("=9i")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """Mirrored top to bottom where `is_mirrored`, then turned so often by 90 degrees against the
    clock; every matrix of right angles is one of these eight (ISO/IEC 14496-12 8.3.2)."""

    turns: int
    is_mirrored: bool

    @property
    def lies_across(self) -> bool:
        """Whether width and height change places."""
        return self.turns % 2 == 1

    def held_up(self, pixels: NDArray[Any]) -> NDArray[Any]:
        """Rows and columns as they are to be seen."""
        return np.rot90(pixels[::-1] if self.is_mirrored else pixels, self.turns)


def pose_of(frame: VideoFrame) -> Pose:
    """How this frame is to be held up. Of a matrix only quarter turns and mirrors are taken."""
    return Pose(turns=round((frame.rotation or 0) / 90) % 4, is_mirrored=_is_mirrored(frame))


def _is_mirrored(frame: VideoFrame) -> bool:
    beside = frame.side_data.get("DISPLAYMATRIX")
    if beside is None:
        return False
    a, b, _, c, d, *_ = _MATRIX.unpack_from(cast(SideData, beside))
    return bool(a * d - b * c < 0)
