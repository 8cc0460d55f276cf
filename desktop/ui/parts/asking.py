"""Asking for a file or folder without stopping the window."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


@dataclass(frozen=True, slots=True, kw_only=True)
class PathQuestion:
    """Which path a person is asked for. `then` hears the answer; nobody hears a refusal."""

    parent: QWidget
    title: str
    kind: Literal["save", "open", "folder"]
    suggested: str = ""
    files: str = ""
    then: Callable[[Path], None]


AskPath = Callable[[PathQuestion], None]


def ask_path(question: PathQuestion) -> None:
    """Ask with the system's dialog, which opens and returns at once."""
    dialog = QFileDialog(question.parent, question.title, question.suggested, question.files)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if question.kind == "save":
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(question.suggested)
        dialog.setDefaultSuffix(Path(question.suggested).suffix.lstrip("."))
    elif question.kind == "open":
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    else:
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda path: question.then(Path(path)))
    dialog.open()
