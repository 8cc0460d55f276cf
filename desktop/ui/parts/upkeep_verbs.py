"""What the window's upkeep needs to be handed: the last backup, the daily share of a check, and
lost thumbnails."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.records.facts.backup import BackupMade

Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class UpkeepVerbs:
    """All block, run in a lane, and raise problems.

    `standing_damage` says in a sentence what earlier checks found and nobody has settled, or is
    empty. `check_share` reads a share of the originals again where none was read today, and says
    what it found broken, or is empty; `remake_thumbnails` makes lost ones again, tells how
    many of about how many are done, and gives how many there were; then it makes previews of what
    came last. Both end soon after a stop. `settle_prints` has this computer's print server
    delete what was printed since.
    """

    last_backup: Callable[[], BackupMade | None]
    standing_damage: Callable[[], str]
    check_share: Callable[[Stopped], str]
    remake_thumbnails: Callable[[Callable[[tuple[int, int]], None], Stopped], int]
    settle_prints: Callable[[], None]
