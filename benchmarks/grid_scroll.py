"""Scrolling through 10,000 thumbnails against one frame of a 60 Hz screen.

The real grid, model, lanes and cache of a chart; its thumbnails are JPEGs of 320 pixels. Each frame
scrolls, paints and takes in what the lanes decoded meanwhile; what counts is the time that this
keeps the window's thread, as it passed and as the processor spent it: the first also holds what
other programs took, and waiting for the lanes to let Python go on. Who rushes past a page in each
frame is shown tiles whose pictures wait until they come to rest, and that wait is told too.
"""

import argparse
import io
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median

from PIL import Image
from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtWidgets import QApplication

from desktop.records.facts.capture import CaptureTime, TimeBasis, TimeTrust
from desktop.records.facts.clinical_image import Arrival, ClinicalImage, ImageState
from desktop.records.facts.ids import ImageId, IntakeId, new_uuid
from desktop.ui import theme
from desktop.ui.parts.background import Background
from desktop.ui.parts.pictures import Pictures
from desktop.ui.parts.tick_grid import TickGrid
from desktop.ui.parts.tiles import Role
from desktop.ui.patients.chart_model import ChartModel

FRAME = 1 / 60
SIZE = (1600, 1000)
START = datetime.fromisoformat("2026-01-01T08:00:00")


@dataclass(frozen=True, slots=True)
class Frames:
    """Seconds that each frame kept the window's thread."""

    passed: list[float]
    spent: list[float]


def images(count: int) -> list[ClinicalImage]:
    """So many filed images, a minute apart."""
    intake, now = IntakeId(new_uuid()), datetime.now(UTC)
    return [
        ClinicalImage(
            id=ImageId(new_uuid()),
            state=ImageState.FILED,
            size=3_400_000,
            sha256=bytes(32),
            arrival=Arrival(
                intake=intake, file_name=f"IMG_{number:05}.JPG", folder="", modified_local=None
            ),
            received_at=now,
            received_by="Mere Parata",
            description=None,
            patient=None,
            photographer=None,
            taken=CaptureTime(
                local=START + timedelta(minutes=number),
                utc_offset_minutes=780,
                basis=TimeBasis.EXIF_OFFSET,
                trust=TimeTrust.RECORDED,
            ),
            mode=None,
            purposes=frozenset(),
            consent=None,
            site="",
            missing=(),
            filed_at=now,
            filed_by="Mere Parata",
        )
        for number in range(count)
    ]


def thumbnails(count: int) -> list[bytes]:
    """Noisy JPEGs of 320 × 240 pixels, 14 kB each like those of real photos."""
    chance = random.Random(5)  # noqa: S311
    made = []
    for _ in range(count):
        rough = Image.frombytes("RGB", (80, 60), chance.randbytes(80 * 60 * 3))
        content = io.BytesIO()
        rough.resize((320, 240), Image.Resampling.BICUBIC).save(content, "JPEG", quality=80)
        made.append(content.getvalue())
    return made


def scroll(application: QApplication, grid: TickGrid, *, frames: int, step: int) -> Frames:
    """Scroll down frame by frame, each as long as a frame of the screen."""
    bar = grid.verticalScrollBar()
    passed, spent = [], []
    for _ in range(frames):
        until = time.perf_counter() + FRAME
        wall, processor = _measured(lambda: bar.setValue(bar.value() + step))
        more = _measured(application.processEvents)
        wall, processor = wall + more[0], processor + more[1]
        while time.perf_counter() < until:
            time.sleep(0.001)  # the window's thread sleeps as Qt's does, and the lanes go on
            more = _measured(application.processEvents)
            wall, processor = wall + more[0], processor + more[1]
        passed.append(wall)
        spent.append(processor)
    return Frames(passed, spent)


def until_pictures(application: QApplication, grid: TickGrid) -> float:
    """Seconds from now until every tile on screen has its picture."""
    begun = time.perf_counter()
    model, page = grid.model(), grid.viewport().rect()
    rows = range(model.rowCount())
    seen = [model.index(row, 0) for row in rows if _is_seen(grid, model.index(row, 0), page)]
    while any(index.data(Role.PICTURE) is None for index in seen):
        time.sleep(0.001)
        application.processEvents()
    return time.perf_counter() - begun


def _is_seen(grid: TickGrid, index: QModelIndex, page: QRect) -> bool:
    return grid.visualRect(index).intersects(page)


def _measured(work: Callable[[], object]) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.thread_time()
    work()
    return time.perf_counter() - wall, time.thread_time() - processor


def p99(seconds: list[float]) -> float:
    """The 99th percentile."""
    return sorted(seconds)[int(len(seconds) * 0.99)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=10_000)
    parser.add_argument("--frames", type=int, default=600)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    theme.wear(application, scheme="light")
    background = Background()
    small = thumbnails(200)
    grid = TickGrid("Images")
    model = ChartModel(
        pictures=Pictures(background, grid),
        thumbnail=lambda image: small[image.int % len(small)],
        parent=grid,
    )
    grid.setModel(model)
    grid.resize(*SIZE)
    grid.show()
    shown = _measured(partial(model.show, images(options.images)))[0]
    laid_out = _measured(application.processEvents)[0]
    print(f"\n{options.images:,} images into the model {shown * 1e3:.0f} ms, ")
    print(f"laid out and first painted {laid_out * 1e3:.0f} ms")
    scroll(application, grid, frames=30, step=40)
    until = partial(until_pictures, application, grid)
    for name, step in (("a wheel's notch (120 px) a frame", 120), ("a page a frame", 1000)):
        frames = scroll(application, grid, frames=options.frames, step=step)
        ratio = p99(frames.spent) / FRAME
        verdict = "reached" if ratio <= 1 else "NOT REACHED"
        print(
            f"  {name}: of the processor median {median(frames.spent) * 1e3:.1f} ms, "
            f"p99 {p99(frames.spent) * 1e3:.1f} ms; by the clock median "
            f"{median(frames.passed) * 1e3:.1f} ms, p99 {p99(frames.passed) * 1e3:.1f} ms, "
            f"{sum(took > FRAME for took in frames.passed)} of {options.frames} over 16.7 ms"
            f"\n    p99 of the processor ÷ one frame of 16.7 ms: {ratio:.2f}, goal 1.00, {verdict}"
        )
        print(f"    then every tile on screen has its picture after {until() * 1e3:.0f} ms")
        grid.verticalScrollBar().setValue(0)
    background.close()
    grid.close()


if __name__ == "__main__":
    main()
