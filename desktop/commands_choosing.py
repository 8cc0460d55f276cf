"""Which items of a source `chartroom file` takes: by name, by day, and those that are new."""

import fnmatch
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final

from desktop.devices.private_images import day_of
from desktop.devices.source import MediaItem, SourceInfo
from desktop.records.deeds.looking import seen_at
from desktop.verbs.office import Office
from desktop.verbs.problems import NothingSelected

ALL: Final = "all"
_TODAY: Final = "today"


def grammar(to: ArgumentParser) -> None:
    """`--select`, `--taken` and `--new`."""
    to.add_argument("--select", action="append", default=[], metavar="GLOB")
    to.add_argument(
        "--taken",
        type=_day,
        default=ALL,
        metavar="today|all|YYYY-MM-DD",
        help="camera images of this day, by the device's own time; all is everything (default)",
    )
    to.add_argument(
        "--new",
        action="store_true",
        help="leave out what was filed from a source of this name before, by folder, name, size "
        "and time; it is not read again",
    )


def choose(
    listed: Sequence[MediaItem], options: Namespace, office: Office, source: SourceInfo
) -> tuple[list[MediaItem], int]:
    """The items that the options mean, and how many more were left out because they are here.

    Raises NothingSelected where no item fits `--select` and `--taken`.
    """
    meant = [
        item
        for item in listed
        if _selected(item, options.select) and options.taken in {ALL, day_of(item)}
    ]
    if not meant:
        raise NothingSelected(source=source.name)
    if not options.new:
        return meant, 0
    seen = seen_at(office.vault, source.name)
    new = [item for item in meant if item.mark not in seen]
    return new, len(meant) - len(new)


def today() -> date:
    """The workstation's day."""
    return datetime.now(UTC).astimezone().date()


def _day(text: str) -> date | str:
    if text == ALL:
        return ALL
    try:
        return today() if text == _TODAY else date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is neither today, all, nor YYYY-MM-DD") from None


def _selected(item: MediaItem, globs: Sequence[str]) -> bool:
    return not globs or any(
        fnmatch.fnmatchcase(item.name.lower(), glob.lower())
        or fnmatch.fnmatchcase(f"{item.folder}/{item.name}".lower(), glob.lower())
        for glob in globs
    )
