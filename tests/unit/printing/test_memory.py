"""A sheet of five hundred photographs needs the memory of a few."""

import subprocess
import sys

import pytest

_CHILD = """
import random, sys
from dataclasses import replace
from pathlib import Path
from tests.unit.printing.made_sheets import image, photo, sheet
from desktop.printing.record_sheet import lay_out

count, size = map(int, sys.argv[1:])

def peak():
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1]) // 1024

lay_out(sheet(1)).write(lambda piece: None)
before = peak()
base, noise, wrote = photo(), random.Random(1), 0

def picture():
    return replace(base, jpeg=base.jpeg + noise.randbytes(size))

def sink(piece):
    global wrote
    wrote += len(piece)

images = tuple(image(place, picture=picture) for place in range(count))
laid = lay_out(sheet(images=images, per_page=6))
laid.write(sink)
print(laid.pages, wrote, peak() - before, peak())
"""


@pytest.mark.requirement("R77")
@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of the process from /proc")
@pytest.mark.parametrize(
    ("count", "size"),
    [(60, 1_000_000), pytest.param(500, 4_000_000, marks=pytest.mark.long)],
)
def test_memory_does_not_grow_with_the_number_of_pictures(count: int, size: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(count), str(size)],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    pages, wrote, grown_mib, peak_mib = map(int, done.stdout.split())
    assert pages == -(-count // 6)
    assert wrote > count * size
    assert grown_mib < 40  # sixty held would be 60, five hundred 2000
    assert peak_mib < 150
