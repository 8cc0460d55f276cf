"""What lies on a stage: a picture in pixels of its original, and the light it is looked at in."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from desktop.ui.viewer.picture import Picture

MOST_TONE = 100
_TONE_STRENGTH = 250.0  # at its ends a tone leaves something to see


@dataclass(frozen=True, slots=True)
class Tone:
    """Brightness and contrast of a view, each from -100 to 100; never of the original."""

    brightness: int = 0
    contrast: int = 0

    def changed(self, *, brightness: int = 0, contrast: int = 0) -> "Tone":
        """So much more or less of each, within what there is."""
        return Tone(
            max(-MOST_TONE, min(MOST_TONE, self.brightness + brightness)),
            max(-MOST_TONE, min(MOST_TONE, self.contrast + contrast)),
        )

    @property
    def gain(self) -> float:
        """What differences are multiplied by: 1 as they are, about 4 and 1/4 at the ends."""
        return float(4 ** (self.contrast / MOST_TONE))

    @property
    def lift(self) -> float:
        """What is added, as a share of the whole range."""
        return self.brightness / _TONE_STRENGTH


class PictureItem(QGraphicsItem):
    """A picture; its coordinates are pixels of the upright original. A `detail` is a part of it
    with more pixels than the picture that is held."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._picture: Picture | None = None
        self._detail: QImage | None = None
        self._detail_box = QRectF()

    @property
    def picture(self) -> Picture | None:
        """What is shown."""
        return self._picture

    def show_picture(self, picture: Picture | None) -> None:
        """Show this picture, or nothing."""
        self.prepareGeometryChange()
        self._picture = picture
        self.show_detail(None, QRectF())

    def show_detail(self, detail: QImage | None, box: QRectF) -> None:
        """Lay a part of the original with more pixels over its place, or take it away."""
        self._detail, self._detail_box = detail, box
        self.update()

    def density_in(self, box: QRectF) -> float:
        """Pixels held for one of the original, in all of this part of the picture."""
        if self._picture is None:
            return 1.0
        if self._detail is not None and self._detail_box.contains(box):
            return max(self._detail.width() / self._detail_box.width(), self._picture.density)
        return self._picture.density

    def boundingRect(self) -> QRectF:
        """The whole original."""
        if self._picture is None:
            return QRectF()
        return QRectF(0, 0, self._picture.size.width(), self._picture.size.height())

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the part that is seen, from the smallest copy that has enough pixels."""
        if self._picture is None:
            return
        density = zoom_of(painter.deviceTransform())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, density < 2)
        copy = self._picture.copy_for(density)
        exposed: QRectF = option.exposedRect
        seen = exposed.adjusted(-1, -1, 1, 1) & self.boundingRect()
        _draw(painter, copy, self.boundingRect(), seen)
        if self._detail is not None and density > self._picture.density:
            _draw(painter, self._detail, self._detail_box, seen & self._detail_box)


class ToneItem(QGraphicsItem):
    """Lies over pictures and shows them in another light. The pixels that are held stay as they
    are: it works on what is painted, so it costs no second copy."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(1)
        self.tone = Tone()
        self._rect = QRectF()

    def cover(self, rect: QRectF) -> None:
        """Lie over this part of the scene."""
        self.prepareGeometryChange()
        self._rect = rect

    def show_tone(self, tone: Tone) -> None:
        """Show what lies below in this light."""
        self.tone = tone
        self.update()

    def boundingRect(self) -> QRectF:
        """What it covers."""
        return self._rect

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Turn every value v into (v - 1/2) * gain + 1/2 + lift."""
        if self.tone == Tone():
            return
        gain = self.tone.gain
        lift = 0.5 - 0.5 * gain + self.tone.lift
        if gain >= 1:  # what is added first is multiplied too; so nothing is cut off in between
            self._add(painter, lift / gain)
            self._multiply(painter, gain)
        else:
            self._multiply(painter, gain)
            self._add(painter, lift)

    def _add(self, painter: QPainter, amount: float) -> None:
        if amount >= 0:
            self._fill(painter, amount, QPainter.CompositionMode.CompositionMode_Plus)
            return
        invert = QPainter.CompositionMode.CompositionMode_Difference
        self._fill(painter, 1, invert)
        self._fill(painter, -amount, QPainter.CompositionMode.CompositionMode_Plus)
        self._fill(painter, 1, invert)

    def _multiply(self, painter: QPainter, gain: float) -> None:
        if gain > 1:
            dodge = QPainter.CompositionMode.CompositionMode_ColorDodge
            self._fill(painter, 1 - 1 / gain, dodge)
        elif gain < 1:
            self._fill(painter, gain, QPainter.CompositionMode.CompositionMode_Multiply)

    def _fill(self, painter: QPainter, grey: float, mode: QPainter.CompositionMode) -> None:
        level = min(max(grey, 0.0), 1.0)
        painter.setCompositionMode(mode)
        painter.fillRect(self._rect, QColor.fromRgbF(level, level, level))


def zoom_of(transform: QTransform) -> float:
    """How many pixels come of one, whichever way it is turned."""
    return float((transform.m11() ** 2 + transform.m12() ** 2) ** 0.5)


def _draw(painter: QPainter, image: QImage, place: QRectF, seen: QRectF) -> None:
    """Draw what is `seen` of an image that fills `place`."""
    across, down = image.width() / place.width(), image.height() / place.height()
    source = QRectF(
        (seen.left() - place.left()) * across,
        (seen.top() - place.top()) * down,
        seen.width() * across,
        seen.height() * down,
    )
    painter.drawImage(seen, image, source)
