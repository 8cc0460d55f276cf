"""How long a source was asked for its list while nothing came: a large camera takes minutes."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from desktop.devices.source import SourceInfo
from desktop.records.facts.capture import Route

_EVERY_MS = 1000
_WORTH_SAYING = 2  # seconds: most sources answer sooner
_ANSWER_LATE = {Route.PTP, Route.NETWORK}
"""Where one answer is the list of a whole folder, and nothing is heard of it before."""
_LEAVE_IT = (
    "Thousands of images in one folder can take minutes: the camera tells them all at once. Leave "
    "it connected."
)


class ListingWait(QObject):
    """`ticked` tells every second that the words are others, while a source is waited for."""

    ticked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worth_saying = _WORTH_SAYING
        self._source_id = ""
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.ticked)

    def wait_for(self, source: SourceInfo | None) -> None:
        """From now on, or still, this source is waited for; None where none is."""
        wanted = "" if source is None else source.id
        if wanted == self._source_id:
            return
        self._source_id = wanted
        if wanted:
            self._since.start()
            self._timer.start()
        else:
            self._timer.stop()

    def words(self, source: SourceInfo) -> tuple[str, str]:
        """Heading and sentence while nothing came yet."""
        seconds = self._since.elapsed() // 1000 if self._source_id else 0
        if source.route not in _ANSWER_LATE or seconds < self._worth_saying:
            return "Looking…", "Images appear as they are found."
        minutes, rest = divmod(seconds, 60)
        so_far = f"{minutes} min {rest} s" if minutes else f"{rest} s"
        return f"Asking {source.name} for its list… {so_far}", _LEAVE_IT
