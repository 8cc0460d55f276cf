"""What of a phone may be seen before anybody asks: camera images of a day, and counts."""

from argparse import ArgumentTypeError
from datetime import date, datetime

import pytest

from desktop.commands_choosing import _day, today
from desktop.devices.private_images import (
    Apart,
    clock_seems_off,
    counts_by_day,
    day_of,
    is_camera_image,
    newest,
)
from desktop.devices.source import MediaItem

AT = datetime(2026, 11, 12, 23, 59)  # noqa: DTZ001  a device has no zone
TODAY = date(2026, 11, 13)


def item(folder: str, name: str, at: datetime | None = AT) -> MediaItem:
    return MediaItem(key=name, folder=folder, name=name, size=9, modified_local=at)


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("DCIM/Screenshots", "Pixel_1.png"),
        ("Internal storage/Pictures/Screen Recordings", "1.mp4"),
        ("DCIM/Camera", "Screenshot_20261112-090000.png"),
        ("DCIM/112APPLE", "IMG_0007.PNG"),
        ("Android/media/com.whatsapp/WhatsApp/Media/WhatsApp Images", "IMG-20261112-WA0001.jpg"),
        ("Pictures", "IMG-20261112-WA0001.jpg"),
        ("Pictures/Telegram", "1.jpg"),
        ("Pictures\\Signal", "signal-2026-11-12.jpg"),
        ("Download", "wound.jpg"),
    ],
)
def test_what_no_camera_took_is_counted_apart(folder: str, name: str) -> None:
    assert day_of(item(folder, name)) is Apart.NO_CAMERA_IMAGE


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("DCIM/Camera", "PXL_20261112_090000.jpg"),
        ("DCIM/112APPLE", "IMG_0007.HEIC"),
        ("DCIM/100EOS", "IMG_0007.PNG"),
        ("", "scan.png"),
        ("Line 3 wounds", "1.jpg"),
        ("Signal Hill clinic", "1.jpg"),
    ],
)
def test_what_a_camera_took_is_of_its_day(folder: str, name: str) -> None:
    assert is_camera_image(item(folder, name))
    assert day_of(item(folder, name)) == date(2026, 11, 12)


def test_days_are_counted_by_the_time_of_the_device() -> None:
    found = [item("DCIM", "1.JPG"), item("DCIM", "2.JPG"), item("DCIM", "3.JPG", at=None)]
    assert counts_by_day(found) == {date(2026, 11, 12): 2, Apart.UNDATED: 1}
    assert newest(counts_by_day(found)) == date(2026, 11, 12)
    assert newest([Apart.UNDATED]) is None


@pytest.mark.parametrize(
    ("latest", "is_off"),
    [
        (TODAY, False),
        (date(2026, 11, 14), True),
        (date(2025, 12, 25), False),
        (date(2000, 1, 1), True),
    ],
)
def test_a_clock_that_cannot_be_right(latest: date, is_off: bool) -> None:
    assert clock_seems_off(latest, today=TODAY) is is_off


def test_days_as_they_are_typed_for_the_command_line() -> None:
    assert (_day("today"), _day("all")) == (today(), "all")
    assert _day("2026-11-12") == date(2026, 11, 12)
    with pytest.raises(ArgumentTypeError):
        _day("yesterday")
