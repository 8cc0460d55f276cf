"""Light and dark: every colour that is named is there, and words can be read on their ground."""

import re

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop.shipped import shipped
from desktop.ui import theme
from desktop.ui.parts.icons import icon_pixmap
from desktop.ui.theme import Scheme

_TEXT_ON = [
    ("text", "window"),
    ("text", "base"),
    ("muted", "window"),
    ("muted", "base"),
    ("accent_text", "accent"),
    ("accent", "base"),
    ("accent", "accent_soft"),
    ("good", "base"),
    ("text", "good_soft"),
    ("warning", "base"),
    ("warning", "warning_soft"),
    ("text", "warning_soft"),
    ("problem", "base"),
    ("text", "problem_soft"),
    ("text", "accent_soft"),
    ("text", "hover"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_have_the_contrast_of_wcag_aa(scheme: Scheme) -> None:
    named = theme.colours(scheme)
    poor = {
        f"{words} on {ground}": round(ratio, 2)
        for words, ground in _TEXT_ON
        if (ratio := _contrast(QColor(named[words]), QColor(named[ground]))) < 4.5
    }
    assert not poor


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_of_fields_can_be_seen(scheme: Scheme) -> None:
    named = theme.colours(scheme)
    for edge in ("edge", "accent"):
        assert _contrast(QColor(named[edge]), QColor(named["base"])) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sheet_leaves_no_name_unfilled(qapp: QApplication, scheme: Scheme) -> None:
    try:
        theme.wear(qapp, scheme=scheme)
        assert not re.search(r"@\w+", qapp.styleSheet())
        named = theme.colours(scheme)
        assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(named["window"])
        assert theme.worn("accent") == QColor(named["accent"])
    finally:
        theme.wear(qapp, scheme="light")


def test_every_icon_can_be_drawn_and_has_its_licence(qapp: QApplication) -> None:
    folder = shipped("icons")
    assert "ISC" in (folder / "LICENSE-lucide.txt").read_text(encoding="utf-8")
    for path in folder.glob("*.svg"):
        pixmap = icon_pixmap(path.stem, size=16, colour=theme.worn("text"), ratio=1)
        assert not pixmap.toImage().allGray() or not pixmap.isNull()


def _contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
