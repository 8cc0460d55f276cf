"""A picture ready for a stage: decoded in a lane, with smaller copies to shrink it cleanly."""

from dataclasses import dataclass
from typing import Self

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QImage

from desktop.records.facts.clinical_image import Description
from desktop.ui.parts.pictures import decoded

_SMALLEST_COPY = 512
_TURNED = {5, 6, 7, 8}
_LIKE = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """`copies` are upright, each half the one before; `size` is that of the original, upright.

    Where nobody knows the size of the original, it is that of the first copy.
    """

    copies: tuple[QImage, ...]
    size: QSizeF

    @classmethod
    def made_of(cls, jpeg: bytes | None, description: Description | None) -> Self | None:
        """In a lane: from a JPEG that went through the sandbox; None where it holds none."""
        first = decoded(jpeg)
        if first is None:
            return None
        copies = [first]
        while max(copies[-1].width(), copies[-1].height()) >= 2 * _SMALLEST_COPY:
            half = copies[-1].size() / 2
            copies.append(
                copies[-1].scaled(
                    half,
                    Qt.AspectRatioMode.IgnoreAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
            )
        return cls(copies=tuple(copies), size=_size_of_original(first, description))

    @property
    def density(self) -> float:
        """Pixels that are here for one pixel of the original, at most 1."""
        return min(self.copies[0].width() / self.size.width(), 1.0)

    def copy_for(self, density: float) -> QImage:
        """The smallest copy with at least so many pixels for one of the original."""
        for copy in reversed(self.copies):
            if copy.width() >= density * self.size.width():
                return copy
        return self.copies[0]


def _size_of_original(shown: QImage, said: Description | None) -> QSizeF:
    """As described, if the picture has that shape, upright or lying; else the picture's own."""
    own = QSizeF(shown.size())
    if said is None or not said.width or not said.height:
        return own
    size = QSizeF(said.width, said.height)
    sizes = (size.transposed(), size) if said.orientation in _TURNED else (size, size.transposed())
    for one in sizes:
        if abs(one.width() * own.height() / (one.height() * own.width()) - 1) < _LIKE:
            return one if one.width() >= own.width() else own
    return own
