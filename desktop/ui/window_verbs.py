"""What the whole window needs to be handed; the composition root fills it in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.ui.desk.draft import DeskDraft
    from desktop.ui.desk.verbs import DeskVerbs
    from desktop.ui.office.verbs import OfficeVerbs
    from desktop.ui.parts.upkeep_verbs import UpkeepVerbs
    from desktop.ui.patients.verbs import PatientsVerbs
    from desktop.ui.unlock.verbs import UnlockVerbs
    from desktop.ui.worklists.verbs import WorklistsVerbs


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """What an open office offers, and to whom. `warning` is what opening brought up, or empty;
    `draft` is what this person had half done when the office was locked."""

    organisation: str
    user: str
    warning: str
    desk: DeskVerbs
    patients: PatientsVerbs
    worklists: WorklistsVerbs
    office: OfficeVerbs
    upkeep: UpkeepVerbs
    idle_minutes: int = 10
    backup_days: int = 7
    draft: DeskDraft | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowVerbs:
    """`rooms` is called on the UI thread after an unlock, answers at once, and does no work.
    `lock` blocks and runs in the vault lane, after every page of the office was taken down; it is
    told why, and what was half done."""

    unlock: UnlockVerbs
    rooms: Callable[[], Rooms]
    lock: Callable[[str, DeskDraft | None], None]
