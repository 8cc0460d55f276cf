"""Small pieces every page is made of: words, buttons, rules, notices and empty states."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.parts.icons import put_icon, put_picture

Tone = Literal["plain", "good", "warning", "problem"]
_TONE_ICON = {
    "plain": ("info", "accent"),
    "good": ("circle-check", "good"),
    "warning": ("triangle-alert", "warning"),
    "problem": ("circle-alert", "problem"),
}


# A label that shrank when a scroll bar went could call it back, and so on for ever.
_SCROLL_BAR = 16


class WrappedWords(QLabel):
    """A label that keeps the height its words need at the width it has. Qt's forms and scroll
    areas forget that now and then, and cut the last line off."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        """Other words, perhaps of another height."""
        super().setText(text)
        self.setMinimumHeight(0)  # else Qt counts in what longer words had claimed
        self._claim_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps another height."""
        super().resizeEvent(event)
        if event.size().width() - event.oldSize().width() > _SCROLL_BAR:
            self.setMinimumHeight(0)
        self._claim_height()

    def _claim_height(self) -> None:
        needed = self.heightForWidth(self.width()) if self.text() else 0
        if needed != self.minimumHeight():
            self.setMinimumHeight(needed)


_STANDS_OUT = 2  # bold letters reach beyond where their advance ends


class Segment(QPushButton):
    """One of several choices side by side. The chosen one is bold, and has room for that before it
    is chosen: nothing moves, and no letter is cut off."""

    def sizeHint(self) -> QSize:
        """As wide as its bold words need."""
        return self._with_room(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        """As wide as its bold words need."""
        return self._with_room(super().minimumSizeHint())

    def _with_room(self, size: QSize) -> QSize:
        self.ensurePolished()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        needed = QFontMetrics(bold).horizontalAdvance(self.text())
        more = needed - self.fontMetrics().horizontalAdvance(self.text())
        return QSize(size.width() + max(more, 0) + _STANDS_OUT, size.height())


def words(text: str, *, kind: str = "", wrap: bool = False) -> QLabel:
    """A label of plain text; `kind` is a look of the style sheet."""
    label = WrappedWords() if wrap else QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        label.setProperty("kind", kind)
    label.setText(text)
    return label


def button(text: str, *, icon: str = "", kind: str = "") -> QPushButton:
    """A push button; `kind` is `primary` (one a page), `link`, `segment`, or nothing."""
    made = Segment(text) if kind == "segment" else QPushButton(text)
    made.setAutoDefault(True)  # Enter presses it where it has the focus, as Space does
    if kind:
        made.setProperty("kind", kind)
    if icon:
        tint = {"primary": "accent_text", "link": "accent"}.get(kind, "text")
        put_icon(made, icon, colour=tint)
    return made


def icon_button(icon: str, name: str) -> QPushButton:
    """A button with an icon alone, and its name for those who cannot see it."""
    made = button("", icon=icon)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made


def tool_button(text: str, icon: str, tip: str) -> QToolButton:
    """A button of the bar: an icon beside its text, and its tip as its name."""
    tool = QToolButton()
    tool.setText(text)
    tool.setToolTip(tip)
    tool.setAccessibleName(tip)
    tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    tool.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    put_icon(tool, icon)
    return tool


def rule() -> QFrame:
    """A thin line between things."""
    line = QFrame()
    line.setObjectName("rule")
    return line


def scrolled(content: QWidget, name: str) -> QScrollArea:
    """A part of a page that scrolls up and down where the window is low."""
    content.setObjectName("scrolled")
    area = QScrollArea()
    area.setAccessibleName(name)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area


def restyle(widget: QWidget) -> None:
    """Have the style sheet look at the widget's properties again; before it is first shown, it has
    not looked at them yet."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Notice(QFrame):
    """A sentence that matters now, with an icon for its tone; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._icon = QLabel()
        self._words = words("", wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(10)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that is shown; empty while hidden."""
        return "" if self.isHidden() else self._words.text()

    def say(self, sentence: str, *, tone: Tone = "plain") -> None:
        """Show a sentence, and have screen readers speak it."""
        icon, colour = _TONE_ICON[tone]
        put_picture(self._icon, icon, colour=colour, size=18)
        self.setProperty("tone", tone)
        restyle(self)
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        # not before: Python learns its 180 numbers, and the door has nothing to say
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def problem(self, problem: Exception) -> None:
        """Say a problem in its own words."""
        self.say(str(problem), tone="problem")

    def clear(self) -> None:
        """Take the sentence away."""
        self._words.setText("")
        self.hide()


class EmptyState(QWidget):
    """What stands where nothing is yet: an icon, what this place is, and what to do next."""

    acted = Signal()

    def __init__(self, *, icon: str, heading: str, sentence: str, action: str = "") -> None:
        super().__init__()
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        put_picture(self._icon, icon, size=_size_of(icon))
        self._heading = words(heading, kind="heading", wrap=True)
        self._sentence = words(sentence, kind="quiet", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(10)
        layout.addStretch(1)
        layout.addWidget(self._icon)
        for label in (self._heading, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        layout.addSpacing(6)
        layout.addStretch(2)
        self._layout = layout
        self.action: QPushButton | None = None
        self._offer(action)

    def say(self, heading: str, sentence: str, *, icon: str = "", action: str = "") -> None:
        """Other words in the same place, and another thing to do or none."""
        self._heading.setText(heading)
        self._sentence.setText(sentence)
        self._offer(action)
        if icon:
            put_picture(self._icon, icon, size=_size_of(icon))

    def _offer(self, action: str) -> None:
        """Have one button with these words, or none to be seen."""
        if self.action is None and action:
            self.action = button(action)
            self.action.clicked.connect(self.acted)
            place = self._layout.count() - 1
            self._layout.insertWidget(place, self.action, 0, Qt.AlignmentFlag.AlignHCenter)
        if self.action is not None:
            self.action.setText(action or self.action.text())
            self.action.setVisible(bool(action))

    @property
    def text(self) -> str:
        """Heading and sentence as shown."""
        return f"{self._heading.text()} {self._sentence.text()}"


def _size_of(icon: str) -> int:
    """A drawing of a state is larger than an icon."""
    return 96 if icon.startswith("state-") else 40


def on_click(made: QPushButton, act: Callable[[], None]) -> QPushButton:
    """Connect a button without its checked state, and give it back."""
    made.clicked.connect(lambda _checked=False: act())
    return made


def on_escape(page: QWidget, act: Callable[[], None]) -> None:
    """Do this when Escape is pressed anywhere in the page."""
    escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), page)
    escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    escape.activated.connect(act)
