"""From the command to a window that is ready to type in, against a bare PySide6 window.

Both start as they do when they are installed, with their bytecode.

Each start is a fresh process that ends, at once and without tidying up: the bare window when its
event loop first has nothing left to do; Chartroom when it has looked for an office, shows what it
asks and has the keyboard there: CHARTROOM_EXIT_WHEN_READY makes it close its window then.
"""

import argparse
import compileall
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.ratio import Promise, interleaved, show, timed

ROOT = Path(__file__).resolve().parents[1]
CHARTROOM = """
import os
from desktop.ui.main_window import MainWindow
MainWindow.closeEvent = lambda *_: os._exit(0)
from desktop.__main__ import main
main()
"""
BARE = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit
application = QApplication(sys.argv)
field = QLineEdit()
field.show()
field.setFocus()
QTimer.singleShot(0, lambda: os._exit(0))
application.exec()
"""


def start(program: str, office: Path) -> float:
    """Seconds from starting a process to its end."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "CHARTROOM_EXIT_WHEN_READY": "1",
        "CHARTROOM_OFFICE": str(office),
    }
    with timed() as watch:
        # Without a limit: with one, the wait looks only every 50 ms, which is what is measured.
        subprocess.run([sys.executable, "-c", program], env=environment, check=True)
    return watch.seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=9)
    options = parser.parse_args()
    compileall.compile_dir(ROOT / "desktop", quiet=1)  # a start that writes none would compile anew
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder) / "office"
        window, bare = "Chartroom's window, ready to type", "a bare PySide6 window"
        seconds = interleaved(
            {
                bare: partial(start, BARE, office),
                window: partial(start, CHARTROOM, office),
            },
            repeats=options.repeats,
        )
    show("Start-up", seconds, [Promise(work=window, reference=bare, goal=1.5)])


if __name__ == "__main__":
    main()
