"""Pictures for grids: fetched in a lane only when a visible tile asks, forgotten at lock."""

from collections.abc import Callable, Hashable
from functools import partial
from itertools import count

from PySide6.QtCore import QBuffer, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QImageReader, QPixmap, QPixmapCache

from desktop.ui.parts.background import Background
from desktop.ui.parts.tiles import PICTURE_SIZE

_AT_ONCE = 2  # the open lane has four threads; a filing and the look for sources need theirs
_CACHE_KIB = 96 * 1024
_shelves = count(1)


def decoded(jpeg: bytes | None, *, within: QSize | None = None) -> QImage | None:
    """Bytes that already went through the sandbox, as an image; None where they hold none. It is
    shrunk to stand within a size.

    In a lane. QImageReader.read lets Python go on meanwhile, QImage.fromData does not: while a grid
    scrolls, each of its tiles waited for a thumbnail to be decoded.
    """
    if not jpeg:
        return None
    buffer = QBuffer()
    buffer.setData(jpeg)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    if within is not None:
        size = reader.size()
        if size.width() > within.width() or size.height() > within.height():
            reader.setScaledSize(size.scaled(within, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image


def forget_pictures() -> None:
    """Drop every picture that is held for the screen."""
    QPixmapCache.clear()


class Pictures(QObject):
    """A shelf of small pictures by key. `arrived` names the key whose picture (or lack) is known.

    The newest wish is served first, for it is what the person looks at now.
    """

    arrived = Signal(object)

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._shelf = next(_shelves)
        self._fetch: dict[Hashable, Callable[[], bytes | None]] = {}
        self._absent: set[Hashable] = set()
        self._under_way: set[Hashable] = set()
        self._generation = 0
        QPixmapCache.setCacheLimit(_CACHE_KIB)

    def get(self, key: Hashable, fetch: Callable[[], bytes | None]) -> QPixmap | None:
        """The picture, or None; then it is fetched and `arrived` tells when to ask again."""
        pixmap = QPixmap()
        if QPixmapCache.find(self._cache_key(key), pixmap):
            return pixmap
        if key not in self._absent and key not in self._under_way:
            self._fetch.pop(key, None)
            self._fetch[key] = fetch
            self._fetch_more()
        return None

    def is_absent(self, key: Hashable) -> bool:
        """Whether it is known that no picture will come."""
        return key in self._absent

    def forget_wishes(self) -> None:
        """Fetch nothing that was not begun: what is on screen now will be asked for again."""
        self._fetch.clear()

    def clear(self) -> None:
        """Forget wishes and answers: another source or patient is shown now."""
        self._generation += 1
        self._fetch.clear()
        self._absent.clear()
        self._under_way.clear()
        self._shelf = next(_shelves)

    def _fetch_more(self) -> None:
        while self._fetch and len(self._under_way) < _AT_ONCE:
            key, fetch = self._fetch.popitem()
            self._under_way.add(key)
            # as large as the densest screen shows it: shrinking took longer than all else of a tile
            within = PICTURE_SIZE * max(
                (screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0
            )
            self._background.run(
                partial(_fetched, fetch, within),
                owner=self,
                done=partial(self._keep, key, self._generation),
                failed=partial(self._keep_problem, key, self._generation),
            )

    def _keep(self, key: Hashable, generation: int, image: QImage | None) -> None:
        if generation != self._generation:
            return
        self._under_way.discard(key)
        if image is None:
            self._absent.add(key)
        else:
            QPixmapCache.insert(self._cache_key(key), QPixmap.fromImage(image))
        self.arrived.emit(key)
        self._fetch_more()

    def _keep_problem(self, key: Hashable, generation: int, _problem: Exception) -> None:
        self._keep(key, generation, None)

    def _cache_key(self, key: Hashable) -> str:
        return f"picture:{self._shelf}:{key}"


def _fetched(fetch: Callable[[], bytes | None], within: QSize) -> QImage | None:
    """In a lane: fetch, decode, and shrink to what a tile shows."""
    return decoded(fetch(), within=within)
