"""Builds the window once and hands it its verbs; the only file that knows every room."""

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from desktop.settings import Settings, read_settings
from desktop.ui.main_window import MainWindow
from desktop.ui.parts.background import Background
from desktop.ui.theme import IN_FUSION, undressed, wear
from desktop.verbs.window import lock, window_verbs
from desktop.verbs.workstation import Workstation

if TYPE_CHECKING:
    from desktop.verbs.office import Office

_CLOSED = "the window was closed"
_EXIT_WHEN_READY = "CHARTROOM_EXIT_WHEN_READY"


def run(arguments: Sequence[str] = ()) -> int:
    """Open the window at the door of the office; returns the exit code when it is closed."""
    settings = read_settings()
    if arguments:  # --office DIR, or --office=DIR
        office = Path(arguments[-1].removeprefix("--office="))
        settings = replace(settings, office=office, office_was_named=True)
    return _show(Workstation(settings), application())


def run_with(office: "Office", settings: Settings) -> int:
    """Open the window with an office that is open already: the demonstration. It is left open."""
    app = application()
    station = Workstation(settings)
    station.take_over(office)
    return _show(station, app, keep=True)


def build_window(station: Workstation, background: Background, store: QSettings) -> MainWindow:
    """The window over one workstation. With an office open it starts there, else at the door."""
    with undressed():
        return MainWindow(background=background, verbs=window_verbs(station), settings=store)


def _show(station: Workstation, app: QApplication, *, keep: bool = False) -> int:
    background = Background()
    window = build_window(station, background, QSettings("Chartroom", "Chartroom"))
    if os.environ.get(_EXIT_WHEN_READY):
        # ready is a window that shows its office, or knows what to ask and has the keyboard there
        ready = window.office_opened if station.is_open else window.unlock.asked
        ready.connect(partial(QTimer.singleShot, 0, window.close))
    window.show()
    if station.is_open:
        window.enter()
    else:
        window.start()
    with _closed_by_signals(window):
        code = app.exec()
    if keep:
        background.close()
        station.let_go()
    else:
        # first, for it ends what a lane may wait for; again, for somebody may have just unlocked
        lock(station, _CLOSED, window.draft)
        background.close()
        lock(station, _CLOSED, None)
    return code


@contextmanager
def _closed_by_signals(window: MainWindow) -> Iterator[None]:
    """Ctrl+C in the terminal and a polite end close the window as its own button does."""

    def close(_number: int, _frame: FrameType | None) -> None:
        window.close()

    before = {number: signal.signal(number, close) for number in (signal.SIGINT, signal.SIGTERM)}
    heartbeat = QTimer()  # Python hears a signal only between steps of its own
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start(250)
    try:
        yield
    finally:
        heartbeat.stop()
        for number, handler in before.items():
            signal.signal(number, handler)


def application() -> QApplication:
    """The one QApplication of this process, dressed."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    app = QApplication([*(sys.argv[:1] or ["chartroom"]), *IN_FUSION])
    app.setApplicationName("Chartroom")
    app.setDesktopFileName("chartroom")
    wear(app, is_in_fusion=True)
    return app
