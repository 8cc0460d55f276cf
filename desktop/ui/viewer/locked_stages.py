"""Stages side by side that move together: what is done to one is done to all, while locked."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QPointF

from desktop.ui.viewer.picture_stage import PictureStage


class LockedStages(QObject):
    """Zoom by the same factor, pan by the same share of each picture. So pictures of other sizes
    keep their relation, and one that was moved alone while unlocked stays moved by as much."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.is_locked = True
        self._stages: tuple[PictureStage, ...] = ()
        self._before: list[tuple[float, QPointF]] = []
        self._is_moving = False

    def watch(self, stages: Sequence[PictureStage]) -> None:
        """From now on, these."""
        self._stages = tuple(stages)
        self._before = [(stage.zoom, stage.centre) for stage in stages]
        for place, stage in enumerate(stages):
            stage.view_moved.connect(partial(self._moved, place))
            stage.fitted.connect(partial(self._know, place))

    def _know(self, place: int) -> None:
        stage = self._stages[place]
        self._before[place] = (stage.zoom, stage.centre)

    def _moved(self, place: int) -> None:
        stage = self._stages[place]
        zoom, centre = self._before[place]
        self._know(place)
        if not self.is_locked or self._is_moving or not stage.has_picture:
            return
        self._is_moving = True
        size, moved = stage.size_shown, stage.centre - centre
        share = QPointF(moved.x() / size.width(), moved.y() / size.height())
        for other in self._stages:
            if other is not stage and other.has_picture:
                _follow(other, stage, factor=stage.zoom / zoom, share=share)
        for other_place in range(len(self._stages)):
            self._know(other_place)
        self._is_moving = False


def _follow(other: PictureStage, moved: PictureStage, *, factor: float, share: QPointF) -> None:
    if moved.is_fitted:
        other.fit()
        return
    size = other.size_shown
    by = QPointF(share.x() * size.width(), share.y() * size.height())
    centre = other.centre + by
    other.stay_put()
    other.see(zoom=other.zoom * factor, centre=centre)
