"""What the Worklists room is handed, filled in from one workstation."""

from collections.abc import Sequence

from desktop.records.deeds import clearing, looking, retention
from desktop.records.deeds.settings import office_settings
from desktop.records.facts.clearance import Deposit
from desktop.records.facts.disposal import OverdueImage
from desktop.records.facts.office_settings import OfficeSettings
from desktop.ui.worklists.verbs import RetentionVerbs, UnclearedVerbs, UnfiledVerbs, WorklistsVerbs
from desktop.verbs.window_advice import advice_verbs
from desktop.verbs.window_clearing import clearing_verbs
from desktop.verbs.window_disposal import disposal_verbs
from desktop.verbs.window_keeping import keeping_verbs
from desktop.verbs.window_received import breach_verbs, from_others_verbs
from desktop.verbs.window_scans import forms_verbs
from desktop.verbs.window_sheets import sheet_verbs
from desktop.verbs.workstation import Workstation


def worklists_verbs(station: Workstation) -> WorklistsVerbs:
    """The verbs of every worklist."""
    return WorklistsVerbs(
        retention=_retention_verbs(station),
        uncleared=_uncleared_verbs(station),
        unfiled=_unfiled_verbs(station),
        forms=forms_verbs(station),
        advice=advice_verbs(station),
        from_others=from_others_verbs(station),
        sheets=sheet_verbs(station),
    )


def _unfiled_verbs(station: Workstation) -> UnfiledVerbs:
    def count() -> int:
        with station.using() as office:
            return len(looking.tray(office.vault))

    def waiting() -> Sequence[Deposit]:
        with station.using() as office:
            return clearing.unfiled(office.vault)

    return UnfiledVerbs(count=count, waiting=waiting)


def _uncleared_verbs(station: Workstation) -> UnclearedVerbs:
    def waiting() -> Sequence[Deposit]:
        with station.using() as office:
            return clearing.outstanding(office.vault)

    def policy() -> OfficeSettings:
        with station.using() as office:
            return office_settings(office.vault)

    return UnclearedVerbs(
        count=lambda: len(waiting()),
        waiting=waiting,
        policy=policy,
        clearing=clearing_verbs(station),
        breaches=breach_verbs(station),
    )


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
