"""The door comes up before the rooms: what it does not need is not loaded for it."""

import os
import subprocess
import sys
from pathlib import Path

HEAVY = (
    *("sqlalchemy", "alembic", "reportlab", "stdnum", "PIL", "numpy", "cryptography", "gphoto2"),
    *("psutil", "desktop.records.facts.patient", "desktop.records.rules.passphrase"),
)
VAULT = ("sqlalchemy", "alembic", "reportlab", "PIL", "numpy", "desktop.records.vault.vault")
PROGRAM = f"""
import sys
import desktop.app
print(*[name for name in {HEAVY!r} if name in sys.modules])
station = desktop.app.Workstation(desktop.app.read_settings())
assert not station.exists()
try:
    station.users()
except desktop.problem.Problem:
    print("nobody")
print(*[name for name in {VAULT!r} if name in sys.modules])
"""


def test_the_door_loads_no_room_and_asks_before_the_vault_is_loaded(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "CHARTROOM_OFFICE": str(tmp_path / "none"),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["nobody"]
