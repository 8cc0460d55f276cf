"""Thumbnails a second, against Pillow's own draft decoding of the same photos in one bare loop.

The loop only decodes and saves a small JPEG; Chartroom's worker also sends the bytes through a
pipe, reads when and with what they were taken, and measures how good they are.
"""

import argparse
import io
import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path

from PIL import Image

from benchmarks.photos import write_photos
from benchmarks.ratio import Promise, interleaved, show, timed
from desktop.media.sandbox_pool import fitting_number
from desktop.media.sandboxed_describer import SandboxedDescriber

BARE, ONE, ALL = "bare Pillow draft, one process", "one worker", "all workers"
_BOX = (320, 320)


def bare(photos: list[bytes]) -> float:
    """The fastest that Pillow does by itself (facts: 36 ms for 12 megapixels)."""
    with timed() as watch:
        for photo in photos:
            with Image.open(io.BytesIO(photo)) as picture:
                picture.draft("RGB", _BOX)
                picture.thumbnail(_BOX, Image.Resampling.BILINEAR, reducing_gap=None)
                picture.convert("RGB").save(io.BytesIO(), "JPEG", quality=85)
    return watch.seconds


def described(photos: list[bytes], *, workers: int) -> float:
    """As a filing does it, `workers` of them at once."""
    from desktop.lanes import Lane

    with closing(SandboxedDescriber(workers=workers)) as describer:
        with Lane("warm", threads=workers) as lane:
            warm = [
                lane.submit(partial(describer.describe, photos[0], file_name="a.jpg"))
                for _ in range(workers)
            ]
            for one in warm:
                one.result()
        with timed() as watch, Lane("describing", threads=workers) as lane:
            looks = [
                lane.submit(partial(describer.describe, photo, file_name="a.jpg"))
                for photo in photos
            ]
            assert all(look.result().thumbnail for look in looks)
    return watch.seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=30)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_photos(Path(folder) / "photos", options.photos)
        photos = [path.read_bytes() for path in sorted((Path(folder) / "photos").iterdir())]
    seconds = interleaved(
        {
            BARE: lambda: bare(photos),
            ONE: lambda: described(photos, workers=1),
            ALL: lambda: described(photos, workers=fitting_number()),
        },
        repeats=options.repeats,
    )
    show(
        f"{options.photos} photos of 12 megapixels, {fitting_number()} workers",
        seconds,
        [
            Promise(work=ONE, reference=BARE, goal=1.5),
            Promise(work=ALL, reference=BARE, goal=1.0),
        ],
    )


if __name__ == "__main__":
    main()
