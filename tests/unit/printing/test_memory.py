"""Three hundred photographs on one sheet need the memory of a few."""

import subprocess
import sys

import pytest

_CHILD = """
import random, resource, sys
from tests.unit.printing.made_sheets import image, photo, sheet
from desktop.printing.record_sheet import lay_out
from dataclasses import replace

lay_out(sheet(1)).write(lambda piece: None)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
base, noise, wrote = photo(), random.Random(1), 0

def picture():
    comment = noise.randbytes(1_000_000)
    return replace(base, jpeg=base.jpeg + comment)

def sink(piece):
    global wrote
    wrote += len(piece)

images = tuple(image(place, picture=picture) for place in range(300))
laid = lay_out(sheet(images=images, per_page=4))
laid.write(sink)
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(laid.pages, wrote, (after - before) // 1024)
"""


@pytest.mark.requirement("R77")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no getrusage to measure with")
def test_memory_stays_bounded() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CHILD], capture_output=True, text=True, check=True, timeout=120
    )
    pages, wrote, grown_mib = map(int, done.stdout.split())
    assert pages == 75
    assert wrote > 300_000_000
    assert grown_mib < 40
