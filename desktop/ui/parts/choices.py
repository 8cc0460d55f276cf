"""Choices of a form: a box to choose from with nothing chosen at first, and its draft."""

from collections.abc import Mapping

from PySide6.QtWidgets import QComboBox


def choice_of(choices: Mapping[str, str], *, name: str, placeholder: str) -> QComboBox:
    """A box of values and their words; nothing is chosen until a person does."""
    combo = QComboBox()
    for value, text in choices.items():
        combo.addItem(text, value)
    combo.setAccessibleName(name)
    combo.setPlaceholderText(placeholder)
    combo.setCurrentIndex(-1)
    combo.setMinimumContentsLength(6)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return combo


def choose(combo: QComboBox, value: str | None) -> None:
    """Choose a value, or nothing."""
    combo.setCurrentIndex(combo.findData(value) if value else -1)


def chosen(combo: QComboBox) -> str:
    """The chosen value; empty where nothing is."""
    return str(combo.currentData() or "")
