"""Pictures for grids: fetched in a lane only when a visible tile asks, forgotten at lock."""

import os
from collections.abc import Callable, Hashable
from functools import partial
from time import monotonic

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPixmap, QPixmapCache

from desktop.ui.parts.background import Background, Stopped
from desktop.ui.parts.crash_box import outcome_of
from desktop.ui.parts.tile_look import PICTURE_SIZE
from desktop.ui.parts.wishes import Fetch, Wishes

# the open lane has four threads; a filing and the look for sources need theirs, the window its core
_AT_ONCE = min(2, max(1, (os.cpu_count() or 1) - 1))
_TOGETHER = 0.008
_CACHE_KIB = 96 * 1024


def decoded(jpeg: bytes | None, *, within: QSize | None = None) -> QImage | None:
    """Bytes that already went through the sandbox, as an image; None where they hold none. It is
    shrunk to stand within a size.

    In a lane. Never by a QImageReader on a QBuffer of Python's: Qt holds its lock of image formats
    while it asks the buffer, which waits for Python's lock, and another thread in a reader holds
    that one and waits for Qt's. The program stood still by it, once in some runs of all tests.
    """
    image = QImage.fromData(jpeg) if jpeg else QImage()
    if image.isNull():
        return None
    if within is None or (image.width() <= within.width() and image.height() <= within.height()):
        return image
    keeps, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(within, keeps, smooth)


def forget_pictures() -> None:
    """Drop every picture that is held for the screen."""
    QPixmapCache.clear()


class Pictures(QObject):
    """A shelf of small pictures by key. `arrived` names the keys whose pictures (or lack) are known
    now: all that were asked for and came since the window last looked.

    What is on screen is served first, the newest wish before all others, for it is what the person
    looks at now.
    """

    arrived = Signal(object)

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._held: dict[Hashable, QPixmapCache.Key] = {}
        self._absent: set[Hashable] = set()
        self._asked: set[Hashable] = set()
        self._wishes = Wishes()
        self._lanes = 0
        self._are_held = False
        # begun when the window is done with what it does now: with painting, mostly
        self._start = QTimer(self)
        self._start.setSingleShot(True)
        self._start.timeout.connect(self._fetch_more)
        QPixmapCache.setCacheLimit(_CACHE_KIB)

    def get(self, key: Hashable, fetch: Fetch) -> QPixmap | None:
        """The picture, or None; then it is fetched and `arrived` tells when to ask again."""
        pixmap = self._find(key)
        if pixmap is None and key not in self._absent and not self._are_held:
            self._asked.add(key)
            self._wishes.want(key, fetch)
            self._fetch_soon()
        return pixmap

    def expect(self, key: Hashable, fetch: Fetch) -> None:
        """Have a picture ready that may be asked for soon."""
        if key not in self._absent and not self._are_held and self._find(key) is None:
            self._wishes.expect(key, fetch)
            self._fetch_soon()

    def is_absent(self, key: Hashable) -> bool:
        """Whether it is known that no picture will come."""
        return key in self._absent

    def forget_wishes(self) -> None:
        """Fetch nothing that was not begun: what is on screen now will be asked for again."""
        self._wishes.forget()

    def hold(self, *, held: bool) -> None:
        """While held, `get` gives what is here and nothing more is fetched. Whoever ends it asks
        again for what is on screen."""
        self._are_held = held
        if held:
            self._wishes.forget()

    def clear(self) -> None:
        """Forget wishes and answers: another source or patient is shown now."""
        self._wishes.forget()
        self._wishes = Wishes()
        self._lanes = 0
        self._absent.clear()
        self._asked.clear()
        for held in self._held.values():
            QPixmapCache.remove(held)
        self._held.clear()

    def _find(self, key: Hashable) -> QPixmap | None:
        held = self._held.get(key)
        pixmap = QPixmap()
        return pixmap if held is not None and QPixmapCache.find(held, pixmap) else None

    def _fetch_soon(self) -> None:
        if self._lanes < _AT_ONCE and not self._start.isActive():
            self._start.start(0)

    def _fetch_more(self) -> None:
        """One piece of work serves wishes until none is left: to begin one for each of them kept
        the window from painting."""
        if self._wishes and self._lanes < _AT_ONCE:
            self._lanes += 1
            # as large as the densest screen shows it: shrinking took longer than all else of a tile
            within = PICTURE_SIZE * max(
                (screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0
            )
            self._background.run_long(
                partial(_serve, self._wishes, within),
                owner=self,
                done=partial(self._lane_ended, self._wishes),
                failed=partial(self._lane_ended, self._wishes),
                told=partial(self._keep, self._wishes),
            )

    def _keep(self, wishes: Wishes, came: dict[Hashable, QImage | None]) -> None:
        if wishes is not self._wishes:
            return
        for key, image in came.items():
            if image is None:
                self._absent.add(key)
            else:
                self._held[key] = QPixmapCache.insert(QPixmap.fromImage(image))
            wishes.end(key)
        asked = self._asked & came.keys()
        if asked:
            self._asked -= asked
            self.arrived.emit(asked)

    def _lane_ended(self, wishes: Wishes, _outcome: object) -> None:
        if wishes is self._wishes:
            self._lanes -= 1
            self._fetch_more()


def _serve(
    wishes: Wishes,
    within: QSize,
    tell: Callable[[dict[Hashable, QImage | None]], None],
    stopped: Stopped,
) -> None:
    """In a lane: fetch, decode, and shrink to what a tile shows, for as long as there are wishes.
    What comes together is told together: the window paints it once."""
    came: dict[Hashable, QImage | None] = {}
    since = monotonic()
    while not stopped() and (wish := wishes.take()) is not None:
        key, fetch = wish
        came[key], _problem = outcome_of(partial(_fetched, fetch, within))
        if not wishes or monotonic() - since > _TOGETHER:
            tell(came)
            came, since = {}, monotonic()
    if came:
        tell(came)


def _fetched(fetch: Fetch, within: QSize) -> QImage | None:
    return decoded(fetch(), within=within)
