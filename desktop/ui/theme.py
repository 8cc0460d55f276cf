"""How the program looks: Fusion, a light and a dark palette, one style sheet, the vendored font."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop.shipped import shipped

Scheme = Literal["light", "dark"]

_ROLES = {
    "window": (QPalette.ColorRole.Window, QPalette.ColorRole.AlternateBase),
    "base": (QPalette.ColorRole.Base, QPalette.ColorRole.Button, QPalette.ColorRole.ToolTipBase),
    "text": (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
        QPalette.ColorRole.ToolTipText,
    ),
    "muted": (QPalette.ColorRole.PlaceholderText,),
    "accent": (QPalette.ColorRole.Highlight, QPalette.ColorRole.Link, QPalette.ColorRole.Accent),
    "accent_text": (QPalette.ColorRole.HighlightedText,),
    "line": (QPalette.ColorRole.Mid, QPalette.ColorRole.Midlight),
    "edge": (QPalette.ColorRole.Dark,),
}
_UNAVAILABLE = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


IN_FUSION = ("-style", "Fusion")
"""Arguments that give a QApplication its style. `setStyle` answers with a QStyle, so that Python
has to learn all its numbers: a tenth of the time until the window is ready."""


def wear(app: QApplication, *, scheme: Scheme | None = None, is_in_fusion: bool = False) -> None:
    """Dress the application. Without `scheme` it follows the system, now and when that changes.
    `is_in_fusion` says that it was made with IN_FUSION."""
    if not is_in_fusion:
        app.setStyle("Fusion")
    _load_fonts(app)
    if scheme is not None:
        _dress(app, scheme)
        return
    _dress(app, system_scheme())
    hints = app.styleHints()
    hints.colorSchemeChanged.connect(lambda _: _dress(app, system_scheme()))


@contextmanager
def undressed() -> Iterator[None]:
    """Without the style sheet while a window or its rooms are built: with it, every widget is
    polished anew each time that it or what it lies in gets a parent, which takes longer than
    building them. Nothing is painted meanwhile."""
    app = cast("QApplication", QApplication.instance())
    sheet = app.styleSheet()
    app.setStyleSheet("")
    try:
        yield
    finally:
        app.setStyleSheet(sheet)


def system_scheme() -> Scheme:
    """What the system asks for; told from the lightness of its window colour where it is silent."""
    asked = QGuiApplication.styleHints().colorScheme()
    if asked is Qt.ColorScheme.Unknown:
        lightness = QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness()
        return "dark" if lightness < 128 else "light"
    return "dark" if asked is Qt.ColorScheme.Dark else "light"


def colours(scheme: Scheme) -> dict[str, str]:
    """The named colours of one scheme, as they stand in resources/style."""
    text = shipped("style", f"{scheme}.json").read_text(encoding="utf-8")
    return {str(name): str(value) for name, value in json.loads(text).items()}


def worn(name: str) -> QColor:
    """A named colour of the scheme that is worn now, for painters."""
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window).rgba()
    return _worn(window, name)


@lru_cache(maxsize=128)
def _worn(window: int, name: str) -> QColor:
    """Kept, for a grid asks some hundred times a frame."""
    is_dark = QColor.fromRgba(window).lightness() < 128
    return QColor(_colours_of("dark" if is_dark else "light")[name])


def _colours_of(scheme: Scheme) -> dict[str, str]:
    if scheme not in _known:
        _known[scheme] = colours(scheme)
    return _known[scheme]


_known: dict[Scheme, dict[str, str]] = {}


def _dress(app: QApplication, scheme: Scheme) -> None:
    named = _colours_of(scheme)
    app.setPalette(_palette(named))
    app.setStyleSheet(_style_sheet(scheme, named))


def _palette(named: dict[str, str]) -> QPalette:
    palette = QPalette()
    for name, roles in _ROLES.items():
        for role in roles:
            palette.setColor(role, QColor(named[name]))
    for role in _UNAVAILABLE:
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(named["muted"]))
    return palette


def _style_sheet(scheme: Scheme, named: dict[str, str]) -> str:
    """The shipped sheet with every @name filled; longest names first, for some begin alike."""
    folder = shipped("style")
    sheet = (folder / "window.qss").read_text(encoding="utf-8")
    sheet = sheet.replace("@folder", folder.as_posix()).replace("@scheme", scheme)
    for name in sorted(named, key=len, reverse=True):
        sheet = sheet.replace(f"@{name}", named[name])
    return sheet


def _load_fonts(app: QApplication) -> None:
    """Noto Sans where it is shipped, for macrons that look the same on every desk."""
    families = [
        family
        for path in _font_files(shipped("fonts"))
        for family in QFontDatabase.applicationFontFamilies(
            QFontDatabase.addApplicationFont(str(path))
        )
    ]
    if "Noto Sans" in families:
        font = app.font()
        font.setFamily("Noto Sans")
        app.setFont(font)


def _font_files(folder: Path) -> list[Path]:
    if "Noto Sans" in QFontDatabase.families() or not folder.is_dir():
        return []
    return sorted(folder.glob("NotoSans-*.ttf"))
