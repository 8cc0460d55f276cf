"""What the Worklists room is handed, filled in from one workstation."""

from collections.abc import Sequence

from desktop.records.deeds import retention
from desktop.records.facts.disposal import OverdueImage
from desktop.ui.worklists.verbs import RetentionVerbs, WorklistsVerbs
from desktop.verbs.window_disposal import disposal_verbs
from desktop.verbs.window_keeping import keeping_verbs
from desktop.verbs.workstation import Workstation


def worklists_verbs(station: Workstation) -> WorklistsVerbs:
    """The verbs of every worklist."""
    return WorklistsVerbs(retention=_retention_verbs(station))


def _retention_verbs(station: Workstation) -> RetentionVerbs:
    def due_count() -> int:
        with station.using() as office:
            return retention.due_count(office.vault)

    def overdue() -> Sequence[OverdueImage]:
        with station.using() as office:
            return retention.overdue_images(office.vault)

    return RetentionVerbs(
        due_count=due_count,
        overdue=overdue,
        keeping=keeping_verbs(station),
        disposal=disposal_verbs(station),
    )
