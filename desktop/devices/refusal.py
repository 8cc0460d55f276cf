"""Why a listed item must not be copied, and the problem that says so."""

from desktop.devices.problems import ItemEmpty, ItemUnreadable, ItemUnsafe
from desktop.devices.source import MediaItem
from desktop.problem import Problem

EMPTY = "it is empty (0 bytes)"
EMPTY_VIDEO = "the camera says 0 bytes, as some do for clips that are too large for them"
NAME_BEGINS_ANOTHER = "its name begins another name in the same folder"
FOLDER_BEGINS_ANOTHER = "the name of its folder begins another name, so the two may be mixed up"
SAME_NAME_TWICE = "it holds two files with the same name, so neither can be told apart"
TOO_LARGE = "it is 4 GiB or larger, which this connection cuts off without saying so"
SLASH_IN_NAME = "a slash in its name leads to another file"
SIZE_UNKNOWN = "the device does not say how large it is"
TOO_DEEP = "it lies too many folders deep"

_UNSAFE = frozenset(
    {
        EMPTY_VIDEO,
        NAME_BEGINS_ANOTHER,
        FOLDER_BEGINS_ANOTHER,
        SAME_NAME_TWICE,
        TOO_LARGE,
        SLASH_IN_NAME,
        SIZE_UNKNOWN,
    }
)


def refusal(item: MediaItem) -> Problem | None:
    """The problem of an item that must not be read, or None. Every source raises it when asked."""
    if item.problem is None:
        return ItemEmpty(name=item.name) if item.size == 0 else None
    if item.problem == EMPTY:
        return ItemEmpty(name=item.name)
    if item.problem in _UNSAFE:
        return ItemUnsafe(name=item.name, reason=item.problem)
    return ItemUnreadable(name=item.name, reason=item.problem)


def kind_of_refusal(item: MediaItem) -> str:
    """Why it must not be read, in words that tell nothing of the item; empty if it may be."""
    if refusal(item) is None:
        return ""
    known = item.problem is not None and item.problem in {*_UNSAFE, EMPTY, TOO_DEEP}
    return str(item.problem) if known else "another reason"
