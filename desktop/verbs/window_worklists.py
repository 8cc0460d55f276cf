"""What the Worklists room is handed, filled in from one workstation."""

from collections.abc import Sequence
from pathlib import Path

from desktop.printing.record_sheet_model import Paper
from desktop.records.deeds import clearing, looking, retention
from desktop.records.facts.clearance import Deposit
from desktop.records.facts.disposal import OverdueImage
from desktop.ui.worklists.verbs import RetentionVerbs, UnclearedVerbs, UnfiledVerbs, WorklistsVerbs
from desktop.verbs.clearance_papers import lost_list_pdf, print_lost_list, save_lost_list
from desktop.verbs.window_clearing import clearing_verbs
from desktop.verbs.window_disposal import disposal_verbs
from desktop.verbs.window_keeping import keeping_verbs
from desktop.verbs.workstation import Workstation


def worklists_verbs(station: Workstation) -> WorklistsVerbs:
    """The verbs of every worklist."""
    return WorklistsVerbs(
        retention=_retention_verbs(station),
        uncleared=_uncleared_verbs(station),
        unfiled=_unfiled_verbs(station),
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

    def make(source: str, depositor: str, paper: Paper) -> bytes:
        with station.using() as office:
            return lost_list_pdf(office, source=source, depositor=depositor, paper=paper)

    def save(source: str, depositor: str, pdf: bytes, path: Path) -> None:
        with station.using() as office:
            save_lost_list(office, source=source, depositor=depositor, pdf=pdf, path=path)

    def to_printer(source: str, depositor: str, pdf: bytes, paper: Paper, printer: str) -> None:
        with station.using() as office:
            print_lost_list(
                office, source=source, depositor=depositor, pdf=pdf, paper=paper, printer=printer
            )

    return UnclearedVerbs(
        count=lambda: len(waiting()),
        waiting=waiting,
        clearing=clearing_verbs(station),
        make_lost=make,
        save_lost=save,
        print_lost=to_printer,
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
