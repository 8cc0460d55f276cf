"""A phone holds its owner's private life: which of its items may be shown before anybody asks.

Camera images of one day, by the device's own wall time. Everything else is a count.
"""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from typing import Final

from desktop.devices.source import MediaItem


class Apart(Enum):
    """Items that belong to no day."""

    UNDATED = "undated"
    NO_CAMERA_IMAGE = "no-camera-image"
    """A screenshot, a download, or what a chat app saved."""


Day = date | Apart

_FOLDERS: Final = re.compile(
    r"screenshots?|screen ?(recordings?|recorder)|downloads?|bluetooth|memes?|stickers?"
    r"|(line|signal|skype|teams|twitter)( (images|photos|videos?|media))?"
    r"|.*(whatsapp|telegram|viber|wechat|weixin|messenger|instagram|snapchat|facebook|tiktok"
    r"|kakaotalk).*",
    re.IGNORECASE,
)
_NAMES: Final = re.compile(
    r"screen[ _-]?(shot|record).*|.*[-_]wa\d{4,}\..*"
    r"|(fb_img|received|signal|telegram|snapchat)[-_].*",
    re.IGNORECASE,
)
_APPLE_FOLDER: Final = re.compile(r"\d{3}apple", re.IGNORECASE)
_LONG_AGO: Final = timedelta(days=5 * 366)


def is_camera_image(item: MediaItem) -> bool:
    """Whether an item was taken with the camera, as far as its folder and name say."""
    parts = [part.strip(". ") for part in item.folder.replace("\\", "/").split("/")]
    if _NAMES.fullmatch(item.name) or any(map(_FOLDERS.fullmatch, parts)):
        return False
    # No iPhone takes a PNG: those beside its photos are screenshots.
    of_apple = any(map(_APPLE_FOLDER.fullmatch, parts))
    return not (of_apple and item.name.lower().endswith(".png"))


def day_of(item: MediaItem) -> Day:
    """Under what an item is counted, by the wall time of its device."""
    if not is_camera_image(item):
        return Apart.NO_CAMERA_IMAGE
    return Apart.UNDATED if item.modified_local is None else item.modified_local.date()


def counts_by_day(items: Iterable[MediaItem]) -> Counter[Day]:
    """How many items there are under each day."""
    return Counter(map(day_of, items))


def newest(days: Iterable[Day]) -> date | None:
    """The latest day, or None where nothing is dated."""
    return max((day for day in days if isinstance(day, date)), default=None)


def clock_seems_off(latest: date, *, today: date) -> bool:
    """Whether a device whose newest image is of this day cannot have the right date: one in the
    future, or one of the years in which clocks start that were never set."""
    return latest > today or today - latest > _LONG_AGO
