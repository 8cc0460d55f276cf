"""Mounts a device by the real UDisks2, holds it open, and ejects it; run by `real_udisks.sh`."""

import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from desktop.devices.ejecting import Mount, eject, may_go
from desktop.devices.finding import find_sources
from desktop.devices.udisks import Bus, block_of
from desktop.problem import Problem
from desktop.records.facts.capture import Route


def _mounted(device: str) -> Path:
    """Where it is mounted; UDisks takes a moment until it knows of a new device."""
    until = time.monotonic() + 5
    block = block_of(Mount(place=Path("/"), device=device))
    while True:
        try:
            return Path(str(Bus().call(block, "org.freedesktop.UDisks2.Filesystem", "Mount", {})))
        except Exception:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def main(device: str) -> None:
    """Say what ejecting says while a program holds the card, and after."""
    place = _mounted(device)
    (place / "DCIM").mkdir()
    (card,) = (one for one in find_sources([]) if one.route is Route.CARD)
    said = ["nothing"]
    with subprocess.Popen(["sleep", "60"], cwd=place) as holder:
        try:
            eject(card)
        except Problem as problem:
            said = [str(problem)]
        holder.kill()
    eject(card)
    left = [line for line in Path("/proc/self/mounts").read_text().splitlines() if device in line]
    said += [may_go(card), f"mounts left: {len(left)}"]
    sys.stdout.write("\n".join(said) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
