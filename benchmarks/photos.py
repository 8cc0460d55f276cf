"""Many different photos of the size that phones make, from the few sample photos."""

import io
from pathlib import Path

from PIL import Image

from desktop.shipped import shipped

TWELVE_MEGAPIXELS = (4032, 3024)


def write_photos(folder: Path, count: int) -> int:
    """Write `count` decodable JPEGs of 12 megapixels, no two alike; returns the bytes written."""
    folder.mkdir(parents=True)
    samples = [_enlarged(path) for path in sorted(shipped("samples").glob("*.[jJ][pP][gG]"))]
    written = 0
    for number in range(count):
        written += _write(folder / f"IMG_{number:04}.JPG", samples[number % len(samples)], number)
    return written


def _enlarged(path: Path) -> bytes:
    with Image.open(path) as picture:
        exif = picture.info["exif"]
        turn = picture.height > picture.width
        size = TWELVE_MEGAPIXELS[::-1] if turn else TWELVE_MEGAPIXELS
        large = picture.resize(size, Image.Resampling.BICUBIC)
    grain = Image.effect_noise(size, 9).convert("RGB")
    stored = io.BytesIO()
    Image.blend(large, grain, 0.12).save(stored, "JPEG", quality=97, exif=exif)
    return stored.getvalue()


def _write(path: Path, sample: bytes, number: int) -> int:
    """A comment of sixteen bytes, right after the start marker, makes each file another one."""
    comment = b"\xff\xfe\x00\x12" + f"{number:016}".encode()
    return path.write_bytes(sample[:2] + comment + sample[2:])
