"""The real window over a workstation, driven from the keyboard."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSettings

from desktop.app import application, build_window
from desktop.tour import Tour
from desktop.ui.parts.background import Background
from desktop.verbs.workstation import Workstation


@contextmanager
def toured(station: Workstation, folder: Path) -> Iterator[Tour]:
    """Inside where the office is open, at its door where not; the window remembers in `folder`."""
    application()
    background = Background()
    store = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    window = build_window(station, background, store)
    window.show()
    if station.is_open:
        window.enter()
    else:
        window.start()
    yield Tour(window, background)
    window.close()
    background.close()
    window.deleteLater()
