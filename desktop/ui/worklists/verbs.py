"""What the Worklists room needs to be handed; the composition root fills it in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.records.facts.disposal import OverdueImage
from desktop.ui.parts.keeping_verbs import KeepingVerbs


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionVerbs:
    """All block, run in a lane, and raise problems. `due_count` tells how many images may be
    destroyed, `overdue` names these and those that are held, by patient."""

    due_count: Callable[[], int]
    overdue: Callable[[], Sequence[OverdueImage]]
    keeping: KeepingVerbs


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistsVerbs:
    """The verbs of each list."""

    retention: RetentionVerbs
