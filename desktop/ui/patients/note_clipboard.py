"""The progress note for notes that are kept elsewhere: one key puts it on the clipboard (R48)."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.rules.progress_note import Sent, note_sentences

STAYS_MS = 60_000
"""As long as it takes to go to the other program and paste."""


class NoteClipboard(QObject):
    """What is put there names no patient, and is taken away again after a minute, or with the page
    that is its parent, unless somebody copied something else."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._put: list[str] = []
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(STAYS_MS)
        take_away = partial(_take_away, self._put)  # outlives the page that goes with a lock
        self.timer.timeout.connect(take_away)
        parent.destroyed.connect(take_away)

    def put(self, images: Sequence[ClinicalImage]) -> None:
        """Put the note of these images there."""
        self._put[:] = ["\n".join(note_sentences(images, Sent()))]
        QGuiApplication.clipboard().setText(self._put[0])
        self.timer.start()


def _take_away(put: list[str], *_of: object) -> None:
    clipboard = QGuiApplication.clipboard()
    if put and clipboard.text() == put[0]:
        clipboard.clear()
    put.clear()
