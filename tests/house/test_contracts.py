"""One way down: the import contracts hold, and the floors that know no Qt load none."""

import subprocess
import sys
from pathlib import Path

from tests.house.tracked import ROOT

WITHOUT_QT = """
import importlib, pkgutil, sys
import desktop
for floor in ("records", "media", "intake", "problem", "lanes", "settings", "shipped"):
    room = importlib.import_module("desktop." + floor)
    for module in pkgutil.walk_packages(getattr(room, "__path__", []), room.__name__ + "."):
        if not module.name.endswith("__main__") and ".migrations." not in module.name:
            importlib.import_module(module.name)
sys.exit(", ".join(sorted(name for name in sys.modules if name.startswith("PySide6"))) or 0)
"""


def test_the_import_contracts_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run(
        [str(lint), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_records_media_and_intake_load_no_qt() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
