"""How long the line on the picture is, by what ruler, and the place to say the ruler's length."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from desktop.problem import Problem
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.depiction import LaidScale, Scale
from desktop.records.facts.patient import short_date
from desktop.records.rules.measuring import check_scale, length_of, millimetres_of
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import Notice, button, icon_button, on_click, words
from desktop.ui.parts.words import counted
from desktop.ui.viewer.measure_tool import MeasureTool
from desktop.ui.viewer.verbs import ViewerVerbs


class MeasurePanel(QFrame):
    """Measures on one picture. `closed` tells that the person is done; `kept` that a scale is on
    record."""

    closed = Signal()
    kept = Signal()

    def __init__(self, *, background: Background, verbs: ViewerVerbs) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._background = background
        self._verbs = verbs
        self._tool: MeasureTool | None = None
        self._image: ClinicalImage | None = None
        self._laid: LaidScale | None = None
        self._build()
        self.hide()

    @property
    def text(self) -> str:
        """What is said of the line."""
        return f"{self._length.text()} {self._basis.text()}"

    @property
    def length(self) -> str:
        """How long the line is, in words."""
        return self._length.text()

    def open_for(self, image: ClinicalImage, tool: MeasureTool, *, beside: str = "") -> None:
        """Lay a line with this tool on this image's picture; `beside` says of other lines."""
        self._put_down()
        self._image, self._laid = image, None
        self.notice.clear()
        self.field.clear()
        self.beside.setText(beside)
        self.beside.setVisible(bool(beside))
        self._tool = tool
        tool.line_changed.connect(self._say)
        tool.begin()
        self.show()
        self._background.run(
            partial(self._verbs.scale, image.id),
            owner=self,
            done=partial(self._know, image),
            failed=self._failed,
            lane="vault",
        )

    def close_panel(self) -> None:
        """Take line and panel away."""
        self._image, self._laid = None, None
        tool = self._tool
        self._put_down()
        if tool is not None:
            tool.finish()
        self.hide()

    def _put_down(self) -> None:
        """Let the tool rest, its line where it is."""
        if self._tool is not None:
            self._tool.line_changed.disconnect(self._say)
            self._tool.rest()
        self._tool = None

    def _build(self) -> None:
        self._length = words("", kind="heading")
        self._basis = words("", kind="quiet", wrap=True)
        self.beside = words("", kind="quiet", wrap=True)
        self.field = QLineEdit()
        self.field.setMaximumWidth(110)
        label = QLabel(self.tr("On the ruler this line is"))
        label.setBuddy(self.field)
        self.field.setAccessibleName(self.tr("Millimetres of this line on the ruler"))
        self.keep = button(self.tr("Keep as the scale"))
        self.done = icon_button("x", self.tr("Stop measuring (M)"))
        self.notice = Notice()
        head = QHBoxLayout()
        head.addWidget(self._length)
        head.addStretch(1)
        for widget in (label, self.field, words(self.tr("mm")), self.keep, self.done):
            head.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 10, 10)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._basis)
        layout.addWidget(self.beside)
        layout.addWidget(self.notice)
        on_click(self.keep, self._keep)
        on_click(self.done, self.closed.emit)
        self.field.returnPressed.connect(self._keep)

    def _know(self, image: ClinicalImage, laid: LaidScale | None) -> None:
        if image is self._image:
            self._laid = laid
            self._say()

    def _say(self) -> None:
        if self._tool is None:
            return
        pixels = length_of(*self._tool.ends)
        if self._laid is None:
            self._length.setText(counted(round(pixels), "pixel"))
            self._basis.setText(
                self.tr(
                    "No scale yet. Lay the line along a ruler in the picture and say its length; "
                    "then lengths are in millimetres. Arrows move an end, Space takes the other."
                )
            )
            return
        self._length.setText(millimetre_words(pixels * self._laid.scale.mm_per_pixel))
        self._basis.setText(basis_words(self._laid))

    def _keep(self) -> None:
        image = self._image
        if image is None or self._tool is None:
            return
        start, end = self._tool.ends
        try:
            length = millimetres_of(self.field.text())
            scale = Scale(start=start, end=end, millimetres=length)
            check_scale(scale)
        except Problem as problem:
            self.notice.problem(problem)
            return
        self.keep.setEnabled(False)
        self._background.run(
            partial(self._verbs.lay_scale, image.id, scale),
            owner=self,
            done=partial(self._kept, image),
            failed=self._failed,
            lane="vault",
        )

    def _kept(self, image: ClinicalImage, laid: LaidScale) -> None:
        self.keep.setEnabled(True)
        if image is not self._image:
            return
        self.field.clear()
        self._know(image, laid)
        self.notice.say(self.tr("The scale is on record. Now measure anything."), tone="good")
        self.kept.emit()

    def _failed(self, problem: Exception) -> None:
        self.keep.setEnabled(True)
        self.notice.problem(problem)


def millimetre_words(length: float) -> str:
    """`4.2 mm`, `38 mm`, `12.4 cm`: no finer than a line that a hand laid."""
    if length < 10:
        return f"{length:.1f} mm"
    return f"{length:.0f} mm" if length < 100 else f"{length / 10:.1f} cm"


def basis_words(laid: LaidScale) -> str:
    """Whose ruler it is, and how far to trust it."""
    day = short_date(laid.laid_at.astimezone().date())
    return f"By the ruler laid by {laid.laid_by} on {day}. It holds only in the plane of the ruler."
