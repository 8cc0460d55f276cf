"""Where things stand on a page: boxes in millimetres from the top left, held to their area."""

from dataclasses import dataclass, field, replace
from typing import Self

_SLACK = 1e-6


class LayoutFault(AssertionError):
    """A box left its area or overlaps another: a fault of the layout, never of the data."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in millimetres; `x` from the left and `y` from the top edge of the paper."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower edge."""
        return self.y + self.height

    def inset(self, by: float) -> Self:
        """The same box, smaller by `by` on every side."""
        return replace(
            self,
            x=self.x + by,
            y=self.y + by,
            width=self.width - 2 * by,
            height=self.height - 2 * by,
        )

    def top(self, height: float) -> Self:
        """The uppermost `height` of the box."""
        return replace(self, height=height)

    def below(self, by: float) -> Self:
        """What is left of the box under its uppermost `by`."""
        return replace(self, y=self.y + by, height=self.height - by)

    def left(self, width: float) -> Self:
        """The leftmost `width` of the box."""
        return replace(self, width=width)

    def beside(self, by: float) -> Self:
        """What is left of the box right of its leftmost `by`."""
        return replace(self, x=self.x + by, width=self.width - by)

    def holds(self, other: "Box") -> bool:
        """Whether `other` lies wholly inside."""
        return (
            other.x >= self.x - _SLACK
            and other.y >= self.y - _SLACK
            and other.right <= self.right + _SLACK
            and other.bottom <= self.bottom + _SLACK
        )

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share more than an edge."""
        return (
            self.x < other.right - _SLACK
            and other.x < self.right - _SLACK
            and self.y < other.bottom - _SLACK
            and other.y < self.bottom - _SLACK
        )


@dataclass(slots=True)
class Layout:
    """The boxes placed in one area. Refuses a box outside it or over another."""

    area: Box
    placed: dict[str, Box] = field(default_factory=dict)

    def place(self, name: str, box: Box) -> Box:
        """Record `box` under a name of its own; raises LayoutFault if it does not belong there."""
        if box.width <= 0 or box.height <= 0:
            raise LayoutFault(f"{name} has no size: {box}")
        if not self.area.holds(box):
            raise LayoutFault(f"{name} {box} leaves its area {self.area}")
        if name in self.placed:
            raise LayoutFault(f"{name} is placed twice")
        for other, taken in self.placed.items():
            if taken.overlaps(box):
                raise LayoutFault(f"{name} {box} overlaps {other} {taken}")
        self.placed[name] = box
        return box
