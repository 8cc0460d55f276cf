"""Writes resources/samples: `python -m tools.samples.make` makes everything again."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import piexif
from PIL import Image

from tools.samples import moving, scenes

HERE = Path(__file__).resolve().parents[2] / "resources" / "samples"
UPRIGHT, TURNED = 1, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """What a phone or camera writes into every file."""

    make: str
    model: str
    software: str
    lens: str
    lens_make: str
    focal: tuple[int, int]
    aperture: tuple[int, int]
    serial: str | None = None


IPHONE = Device(
    make="Apple",
    model="iPhone 14",
    software="18.3.1",
    lens="iPhone 14 back dual wide camera 5.7mm f/1.5",
    lens_make="Apple",
    focal=(57, 10),
    aperture=(3, 2),
)
GALAXY = Device(
    make="samsung",
    model="SM-S918B",
    software="S918BXXS8DYA1",
    lens="Samsung S23 Ultra Rear Wide",
    lens_make="samsung",
    focal=(63, 10),
    aperture=(17, 10),
)
NIKON = Device(
    make="NIKON CORPORATION",
    model="NIKON D750",
    software="Ver.1.15",
    lens="AF-S VR Micro-Nikkor 105mm f/2.8G IF-ED",
    lens_make="NIKON",
    focal=(105, 1),
    aperture=(11, 1),
    serial="6099001",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One picture: what it shows, what took it, and when (New Zealand daylight time)."""

    name: str
    draw: Callable[[], Image.Image]
    device: Device
    taken: str
    turned: bool = False
    located: bool = False


SAMPLES = (
    Sample(name="IMG_0412.JPG", draw=scenes.graze, device=IPHONE, taken="2025:03:11 09:14:27"),
    Sample(
        name="IMG_0413.JPG",
        draw=scenes.sutured_cut,
        device=IPHONE,
        taken="2025:03:11 09:41:05",
        turned=True,
    ),
    Sample(
        name="IMG_0419.JPG",
        draw=scenes.leg_wound,
        device=IPHONE,
        taken="2025:03:11 11:02:48",
        located=True,
    ),
    Sample(
        name="IMG_0463.JPG",
        draw=partial(scenes.leg_wound, healed=1),
        device=IPHONE,
        taken="2025:03:25 10:37:19",
    ),
    Sample(
        name="20250312_101522.jpg",
        draw=scenes.forearm_rash,
        device=GALAXY,
        taken="2025:03:12 10:15:22",
    ),
    Sample(name="DSC_0187.JPG", draw=scenes.foot_ulcer, device=NIKON, taken="2025:03:13 14:05:51"),
    Sample(name="DSC_0188.JPG", draw=scenes.mole, device=NIKON, taken="2025:03:13 14:22:10"),
)


def exif_of(sample: Sample, size: tuple[int, int], thumbnail: bytes) -> bytes:
    """The EXIF block that the sample's device would have written."""
    device, fraction = sample.device, f"{sum(map(ord, sample.name)) % 1000:03}"
    image = {
        piexif.ImageIFD.Make: device.make,
        piexif.ImageIFD.Model: device.model,
        piexif.ImageIFD.Software: device.software,
        piexif.ImageIFD.DateTime: sample.taken,
        piexif.ImageIFD.Orientation: TURNED if sample.turned else UPRIGHT,
        piexif.ImageIFD.XResolution: (72, 1),
        piexif.ImageIFD.YResolution: (72, 1),
        piexif.ImageIFD.ResolutionUnit: 2,
    }
    shot = {
        piexif.ExifIFD.ExifVersion: b"0232",
        piexif.ExifIFD.DateTimeOriginal: sample.taken,
        piexif.ExifIFD.DateTimeDigitized: sample.taken,
        piexif.ExifIFD.OffsetTime: "+13:00",
        piexif.ExifIFD.OffsetTimeOriginal: "+13:00",
        piexif.ExifIFD.OffsetTimeDigitized: "+13:00",
        piexif.ExifIFD.SubSecTimeOriginal: fraction,
        piexif.ExifIFD.SubSecTimeDigitized: fraction,
        piexif.ExifIFD.ExposureTime: (1, 120),
        piexif.ExifIFD.FNumber: device.aperture,
        piexif.ExifIFD.ISOSpeedRatings: 160,
        piexif.ExifIFD.FocalLength: device.focal,
        piexif.ExifIFD.ColorSpace: 1,
        piexif.ExifIFD.PixelXDimension: size[0],
        piexif.ExifIFD.PixelYDimension: size[1],
        piexif.ExifIFD.LensMake: device.lens_make,
        piexif.ExifIFD.LensModel: device.lens,
    }
    if device.serial:
        shot[piexif.ExifIFD.BodySerialNumber] = device.serial
    small = {
        piexif.ImageIFD.Compression: 6,
        piexif.ImageIFD.XResolution: (72, 1),
        piexif.ImageIFD.YResolution: (72, 1),
        piexif.ImageIFD.ResolutionUnit: 2,
    }
    place = _wellington_harbour() if sample.located else {}
    blocks = {"0th": image, "Exif": shot, "GPS": place, "1st": small, "thumbnail": thumbnail}
    written: bytes = piexif.dump(blocks)
    return written


def _wellington_harbour() -> dict[int, object]:
    """A place in the water, so that a location is there to be found and nobody lives at it."""
    return {
        piexif.GPSIFD.GPSVersionID: (2, 3, 0, 0),
        piexif.GPSIFD.GPSLatitudeRef: "S",
        piexif.GPSIFD.GPSLatitude: ((41, 1), (16, 1), (1200, 100)),
        piexif.GPSIFD.GPSLongitudeRef: "E",
        piexif.GPSIFD.GPSLongitude: ((174, 1), (51, 1), (3000, 100)),
        piexif.GPSIFD.GPSTimeStamp: ((22, 1), (2, 1), (4800, 100)),
        piexif.GPSIFD.GPSDateStamp: "2025:03:10",
    }


def write(sample: Sample, folder: Path) -> int:
    """Draw one sample and write it as its device would; returns its size in bytes."""
    picture = sample.draw()
    stored = picture.transpose(Image.Transpose.ROTATE_90) if sample.turned else picture
    small = stored.copy()
    small.thumbnail((160, 160), Image.Resampling.LANCZOS)
    thumbnail = io.BytesIO()
    small.save(thumbnail, "JPEG", quality=80)
    exif = exif_of(sample, stored.size, thumbnail.getvalue())
    path = folder / sample.name
    stored.save(path, "JPEG", quality=90, subsampling="4:2:0", exif=exif)
    return path.stat().st_size


def main() -> None:
    """Write every sample into resources/samples."""
    HERE.mkdir(parents=True, exist_ok=True)
    sizes = [write(sample, HERE) for sample in SAMPLES]
    for name, content in ((moving.FILM, moving.film()), (moving.RECORDING, moving.recording())):
        sizes.append((HERE / name).write_bytes(content))
    print(f"{len(sizes)} samples, {sum(sizes):,} bytes, in {HERE}")


if __name__ == "__main__":
    main()
