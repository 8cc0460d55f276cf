"""The door comes up before the rooms: what it does not need is not loaded for it."""

import os
import subprocess
import sys

HEAVY = (
    *("sqlalchemy", "alembic", "reportlab", "stdnum", "PIL", "numpy", "cryptography", "gphoto2"),
    *("psutil", "desktop.records.facts.patient", "desktop.records.rules.passphrase"),
)
PROGRAM = f"""
import sys
import desktop.app
print(*[name for name in {HEAVY!r} if name in sys.modules])
"""


def test_the_door_loads_no_room() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
