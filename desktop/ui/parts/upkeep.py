"""While an office is open: how old its last backup is, a little of the long check each day, and
lost thumbnails made again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.problem import Cancelled, Problem
from desktop.ui.parts.background import Background, Job
from desktop.ui.parts.icons import put_picture
from desktop.ui.parts.pieces import Notice, restyle

if TYPE_CHECKING:  # the check digits of what is printed load a library that the door can do without
    from desktop.records.facts.backup import BackupMade
    from desktop.ui.parts.upkeep_verbs import UpkeepVerbs

_LOOKS_EVERY_MS = 120_000
_ICON_SIZE = 16


class LastBackup(QWidget):
    """How long ago the last good backup was made; a sign and a word where that is too long."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = QLabel()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.setSpacing(0)
        layout.addWidget(self._icon)
        layout.addWidget(self._words)
        self.clear()

    @property
    def text(self) -> str:
        """The words that are shown; empty while nothing is known."""
        return self._words.text()

    @property
    def warns(self) -> bool:
        """Whether the last backup is older than it should be, or there is none."""
        return not self._icon.isHidden()

    def show_last(self, made: BackupMade | None, *, old_after_days: int) -> None:
        """Say it, as of now."""
        if made is None:
            self._say(self.tr("Warning: no backup yet"), warns=True)
            return
        days = max((datetime.now(UTC) - made.at).days, 0)
        from desktop.ui.parts.words import counted  # knows patients; the door does not need it

        ago = self.tr("today") if days < 1 else self.tr("{} ago").format(counted(days, "day"))
        said = self.tr("Last backup: {}").format(ago)
        if days > old_after_days:
            self._say(self.tr("Warning: {}").format(said[:1].lower() + said[1:]), warns=True)
        else:
            self._say(said, warns=False)

    def clear(self) -> None:
        """Nothing is known."""
        self._say("", warns=False)

    def _say(self, said: str, *, warns: bool) -> None:
        self._words.setText(said)
        self._words.setProperty("tone", "warning" if warns else "")
        restyle(self._words)
        self.setAccessibleName(said)
        if warns:
            put_picture(self._icon, "triangle-alert", colour="warning", size=_ICON_SIZE)
        self._icon.setVisible(warns)


class Upkeep(QObject):
    """Works only between `start` and `stop`, and gives way to whoever files.

    What is found broken is said in the window's notice, below what stands there already.
    """

    def __init__(self, *, background: Background, notice: Notice, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._notice = notice
        self._verbs: UpkeepVerbs | None = None
        self._is_busy: Callable[[], bool] = lambda: False
        self._job: Job | None = None
        self._may_check = False
        self._old_after_days = 0
        self.last_backup = LastBackup()
        self.progress = QLabel()
        self.progress.setTextFormat(Qt.TextFormat.PlainText)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOKS_EVERY_MS)
        self._timer.timeout.connect(self.look)

    @property
    def is_checking(self) -> bool:
        """Whether a share is being read, or a thumbnail made, now."""
        return self._job is not None

    def start(self, verbs: UpkeepVerbs, *, backup_days: int, is_busy: Callable[[], bool]) -> None:
        """An office was opened. Its backup is old after so many days; `is_busy` tells whether
        somebody files."""
        self._verbs, self._is_busy, self._may_check = verbs, is_busy, True
        self._old_after_days = backup_days
        self._timer.start()
        self.refresh()
        self._settle_prints()
        self._background.run(
            verbs.standing_damage, owner=self, done=self._tell, failed=self._failed, lane="vault"
        )

    def stop(self) -> None:
        """The office is taken down: look no more, end what runs, forget."""
        self._timer.stop()
        self.give_way()
        self._job = self._verbs = None
        self._is_busy = lambda: False
        self.last_backup.clear()
        self.progress.clear()

    def remind_after(self, backup_days: int) -> None:
        """The office decided anew when its backup is old."""
        self._old_after_days = backup_days
        self.refresh()

    def refresh(self) -> None:
        """Fetch when the last backup was made."""
        if self._verbs is not None:
            self._background.run(
                self._verbs.last_backup,
                owner=self,
                done=self._show_last,
                failed=self._failed,
                lane="vault",
            )

    def look(self) -> None:
        """What the timer does: today's share, where it is still to be read and nobody files."""
        self.refresh()
        self._settle_prints()
        verbs = self._verbs
        if verbs is None or self.is_checking or not self._may_check or self._is_busy():
            return
        self._job = self._background.run_long(
            lambda _tell, stopped: verbs.check_share(stopped),
            owner=self,
            told=lambda _news: None,
            done=self._checked,
            failed=self._failed_checking,
        )

    def _settle_prints(self) -> None:
        """Nobody has to hear that a print server cannot be asked just now."""
        if self._verbs is not None:
            self._background.run(
                self._verbs.settle_prints,
                owner=self,
                done=lambda _settled: None,
                failed=lambda _problem: None,
            )

    def _show_last(self, made: BackupMade | None) -> None:
        self.last_backup.show_last(made, old_after_days=self._old_after_days)

    def give_way(self) -> None:
        """Somebody files: end what runs; it goes on later."""
        if self._job is not None:
            self._job.stop()

    def _checked(self, found: str) -> None:
        self._job = None
        self._tell(found)
        self._remake()

    def _remake(self) -> None:
        verbs = self._verbs
        if verbs is None or not self._may_check or self._is_busy():
            return
        self._job = self._background.run_long(
            verbs.remake_thumbnails,
            owner=self,
            told=self._tell_remade,
            done=self._remade,
            failed=self._failed_checking,
            latest_only=True,
        )

    def _tell_remade(self, progress: tuple[int, int]) -> None:
        done, total = progress
        said = self.tr("Lost thumbnails are made again: {} of about {}")
        self.progress.setText(said.format(f"{done:,}", f"{total:,}"))

    def _remade(self, _count: int) -> None:
        self._job = None
        self.progress.clear()

    def _failed_checking(self, problem: Problem) -> None:
        """A drive that fails now fails again in two minutes: say it once, until the next unlock."""
        self._job = None
        self.progress.clear()
        if not isinstance(problem, Cancelled):
            self._may_check = False
            self._failed(problem)

    def _failed(self, problem: Problem) -> None:
        if not isinstance(problem, Cancelled):
            self._tell(str(problem))

    def _tell(self, found: str) -> None:
        before = self._notice.text
        if found and found not in before:
            self._notice.say(f"{before}\n{found}".strip(), tone="problem")
