"""The masks of one copy while they are drawn: laid, chosen, moved, sized; and suggested ones."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop.records.facts.copies import Mask

LEAST = 0.01
_NEW = 0.2


class MaskSet(QObject):
    """`changed` tells that a mask or a suggestion is another; `chosen_changed` which is chosen.

    Places are parts of the upright picture; every mask stays within it.
    """

    changed = Signal()
    chosen_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._masks: list[Mask] = []
        self._suggested: list[Mask] = []
        self._chosen = -1
        self._page: int | None = None

    @property
    def page(self) -> int | None:
        """The page that is shown, from 1; None of what has no further pages."""
        return self._page

    def show_page(self, page: int | None) -> None:
        """Another page is shown."""
        if page != self._page:
            self._page = page
            self.changed.emit()

    def is_shown(self, mask: Mask) -> bool:
        """Whether a mask lies on the page that is shown."""
        return self._page is None or mask.is_on_page(self._page)

    @property
    def masks(self) -> tuple[Mask, ...]:
        """What will be painted over."""
        return tuple(self._masks)

    @property
    def suggested(self) -> tuple[Mask, ...]:
        """What may be a face and is neither masked nor dismissed."""
        return tuple(self._suggested)

    @property
    def chosen(self) -> int:
        """The place of the chosen mask, or -1."""
        return self._chosen

    @property
    def chosen_mask(self) -> Mask | None:
        """The chosen mask, if one is."""
        return self._masks[self._chosen] if self._chosen >= 0 else None

    def clear(self) -> None:
        """No masks and no suggestions."""
        self._masks, self._suggested = [], []
        self._choose(-1)
        self.changed.emit()

    def suggest(self, boxes: Sequence[Mask]) -> None:
        """Offer boxes that a person may take or dismiss."""
        self._suggested = list(boxes)
        self.changed.emit()

    def take_all(self) -> None:
        """Make a mask of every suggestion."""
        self._masks += self._suggested
        self._suggested = []
        self._choose(len(self._masks) - 1)
        self.changed.emit()

    def dismiss_all(self) -> None:
        """Let every suggestion go."""
        self._suggested = []
        self.changed.emit()

    def take(self, place: int) -> None:
        """Make a mask of one suggestion."""
        self.add(self._suggested.pop(place))

    def add(self, mask: Mask | None = None) -> None:
        """Lay a mask, in the middle where none is given, and choose it."""
        middle = (1 - _NEW) / 2
        new = mask or Mask(left=middle, top=middle, width=_NEW, height=_NEW)
        self._masks.append(within(new))
        self._choose(len(self._masks) - 1)
        self.changed.emit()

    def put(self, mask: Mask) -> None:
        """Let the chosen mask be this one."""
        if self._chosen >= 0:
            self._masks[self._chosen] = within(mask)
            self.changed.emit()

    def move(self, right: float, down: float) -> None:
        """Move the chosen mask."""
        if (mask := self.chosen_mask) is not None:
            left = min(max(mask.left + right, 0.0), 1 - mask.width)
            top = min(max(mask.top + down, 0.0), 1 - mask.height)
            self.put(replace(mask, left=left, top=top))

    def size(self, wider: float, higher: float) -> None:
        """Make the chosen mask larger or smaller, at its right and lower edge."""
        if (mask := self.chosen_mask) is not None:
            self.put(replace(mask, width=mask.width + wider, height=mask.height + higher))

    def delete(self) -> None:
        """Take the chosen mask away."""
        if self._chosen >= 0:
            del self._masks[self._chosen]
            self._choose(min(self._chosen, len(self._masks) - 1))
            self.changed.emit()

    def choose(self, place: int) -> None:
        """Choose a mask, or none with -1."""
        if place != self._chosen and -1 <= place < len(self._masks):
            self._choose(place)

    def _choose(self, place: int) -> None:
        self._chosen = place
        self.chosen_changed.emit()


def within(mask: Mask) -> Mask:
    """The mask cut to the picture, and never smaller than can be seen."""
    left, top = (min(max(one, 0.0), 1 - LEAST) for one in (mask.left, mask.top))
    width = min(max(mask.width, LEAST), 1 - left)
    height = min(max(mask.height, LEAST), 1 - top)
    return replace(mask, left=left, top=top, width=width, height=height)


def mask_words(number: int, mask: Mask, *, has_time: bool, has_pages: bool = False) -> str:
    """Where a mask lies, for a list and a screen reader."""
    said = (
        f"Mask {number}: {mask.width:.0%} wide, {mask.height:.0%} high, "
        f"{mask.left:.0%} from the left, {mask.top:.0%} from the top"
    )
    if has_pages:
        return f"{said}; " + ("every page" if mask.page is None else f"only page {mask.page}")
    if not has_time:
        return said
    return f"{said}; from {mask.start:.1f} s to " + (
        "the end" if mask.end is None else f"{mask.end:.1f} s"
    )
