"""What the viewer needs to be handed; the composition root fills it in."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.records.facts.ids import ImageId


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerVerbs:
    """All block and run in a lane; all raise problems and nothing else for what the world does.

    `picture` gives an upright JPEG of at most so many pixels a side that went through the sandbox,
    or None; it is a look at a record and stands in the trail.
    """

    picture: Callable[[ImageId, int], bytes | None]
