"""The fields of a form: a line to type in, a box with nothing chosen at first, and their draft."""

from collections.abc import Mapping

from PySide6.QtWidgets import QComboBox, QLineEdit


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


def text_field(name: str, placeholder: str) -> QLineEdit:
    """A line to type in, of at most 400 characters."""
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(placeholder)
    field.setMaxLength(400)
    return field


def typed_in(
    form: str, texts: Mapping[str, QLineEdit], combos: Mapping[str, QComboBox]
) -> dict[str, str]:
    """Everything that was typed or picked, by field, for a draft; `form` keeps the fields of two
    forms apart."""
    held = {f"{form}_{name}": field.text() for name, field in texts.items()}
    return held | {f"{form}_{name}": chosen(combo) for name, combo in combos.items()}


def put_back_in(
    form: str,
    texts: Mapping[str, QLineEdit],
    combos: Mapping[str, QComboBox],
    held: Mapping[str, str],
) -> None:
    """Hold again what `typed_in` gave."""
    for name, field in texts.items():
        field.setText(held.get(f"{form}_{name}", ""))
    for name, combo in combos.items():
        choose(combo, held.get(f"{form}_{name}"))
