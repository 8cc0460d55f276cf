"""The sample photos are what their README says: small, drawn, and with EXIF worth reading."""

from pathlib import Path

import pytest
from PIL import Image
from PIL.ExifTags import IFD, Base

from desktop.media.bmff import CREATION_DATE, box_facts
from desktop.shipped import sample_recordings
from tests.house.tracked import ROOT

SAMPLES = sorted((ROOT / "resources" / "samples").glob("*.[jJ][pP][gG]"))
README = (ROOT / "resources" / "samples" / "README.md").read_text(encoding="utf-8")


def test_there_are_enough_and_they_are_small() -> None:
    assert len(SAMPLES) >= 6
    assert sum(path.stat().st_size for path in SAMPLES) < 5_000_000
    assert "No person is depicted" in README
    assert "CC0" in README


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_says_what_took_it_and_when(path: Path) -> None:

    assert f"`{path.name}`" in README
    with Image.open(path) as picture:
        exif = picture.getexif()
        shot = exif.get_ifd(IFD.Exif)
        assert exif[Base.Make]
        assert exif[Base.Model]
        assert shot[Base.DateTimeOriginal].startswith("2025:03:")
        assert shot[Base.OffsetTimeOriginal] == "+13:00"
        assert shot[Base.ExifImageWidth] == picture.width


def test_the_film_and_the_recording_are_small_and_say_when() -> None:
    recordings = sample_recordings()
    assert [path.suffix for path in recordings] == [".MOV", ".M4A"]
    assert sum(path.stat().st_size for path in recordings) < 300_000
    for path in recordings:
        assert f"`{path.name}`" in README
        with path.open("rb") as file:
            said = box_facts(file, path.stat().st_size).said
        assert said[CREATION_DATE].startswith("2025-03-11T11:")
        assert said[CREATION_DATE].endswith("+1300")


def test_the_traps_that_the_demonstration_needs_are_there() -> None:
    exifs = {}
    for path in SAMPLES:
        with Image.open(path) as picture:
            exifs[path.name] = picture.getexif()
    assert [name for name, exif in exifs.items() if exif[Base.Orientation] == 6]
    assert [name for name, exif in exifs.items() if exif.get_ifd(IFD.GPSInfo)]
    assert [n for n, e in exifs.items() if Base.BodySerialNumber in e.get_ifd(IFD.Exif)]
