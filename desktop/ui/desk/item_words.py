"""What the pane of images says of what is listed, ticked and found."""

from datetime import date

from desktop.devices.private_images import clock_seems_off
from desktop.devices.source import MediaItem
from desktop.records.facts.patient import short_date
from desktop.ui.desk.item_model import ItemModel
from desktop.ui.parts.words import counted, size_words


def found_so_far(total: int, *, is_listing: bool, is_cut_short: bool) -> str:
    """How many were found while a source is listed, or before that was stopped."""
    if is_listing and total:
        return f"{total:,} found…"
    return f"Stopped after {counted(total, 'image')}" if is_cut_short else ""


def newest_words(latest: date, *, today: date) -> str:
    """Of when the newest images are, where none is of today."""
    said = "The newest images on it are of {}."
    if clock_seems_off(latest, today=today):
        said = (
            "Its newest images say {}. The clock of this device seems to be off: compare it "
            "with the time here, and enter when the images were taken."
        )
    return said.format(short_date(latest))


def status_words(model: ItemModel, current: object) -> str:
    """What is ticked, what is to know about the current item, or which keys there are."""
    ticked = model.ticked
    if isinstance(current, MediaItem) and current.problem:
        return f"{current.name}: {current.problem}"
    if ticked:
        return f"{len(ticked)} ticked · {size_words(sum(item.size for item in ticked))}"
    if isinstance(current, MediaItem) and (here := model.here_words(current)):
        return f"{current.name}: {here}. Space ticks it all the same."
    return "Space ticks · Ctrl+A ticks all · Enter goes on" if model.rowCount() else ""
