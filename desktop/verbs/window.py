"""The verbs that the window is handed before an office is open; the rooms come with the office."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.ui.unlock.verbs import UnlockVerbs
from desktop.ui.window_verbs import Rooms, WindowVerbs

if TYPE_CHECKING:
    from desktop.printing.print_options import PrintOptions
    from desktop.printing.record_sheet_model import Paper
    from desktop.ui.desk.draft import DeskDraft
    from desktop.ui.parts.print_verbs import PrintVerbs
    from desktop.ui.unlock.verbs import RecoverySheet
    from desktop.verbs.workstation import Workstation


def window_verbs(station: Workstation) -> WindowVerbs:
    """Everything that the window can ask for."""
    return WindowVerbs(
        unlock=_unlock_verbs(station), rooms=partial(_rooms, station), lock=partial(lock, station)
    )


def lock(station: Workstation, why: str, draft: DeskDraft | None) -> None:
    """Lock the office, with what was half done sealed in it."""
    text = ""
    if draft is not None:
        from desktop.verbs.opening import draft_text

        text = draft_text(draft)
    station.lock(why=why, draft=text)


def fetch_rooms(station: Workstation) -> None:
    """Import what the rooms are made of, and fetch what they show first: done in the lane that
    opens an office, while the person waits for the keys anyway."""
    import desktop.ui.desk.desk_page
    import desktop.ui.office.office_page
    import desktop.ui.patients.patients_page
    import desktop.ui.worklists.worklists_page
    import desktop.verbs.rooms  # noqa: F401
    from desktop.verbs.opening import opening_of

    station.opening = opening_of(station.office)


def _rooms(station: Workstation) -> Rooms:
    from desktop.verbs.rooms import rooms_of

    return rooms_of(station)


def _unlock_verbs(station: Workstation) -> UnlockVerbs:
    def unlock(user: str, password: str, new_password: str) -> None:
        station.unlock(user, password, new_password)
        fetch_rooms(station)

    def recover(recovery: str, user: str, password: str) -> None:
        station.recover(recovery, user, password)
        fetch_rooms(station)

    def create(organisation: str, user: str, password: str) -> RecoverySheet:
        from desktop.verbs.office import recovery_sheet

        new = station.create(organisation, user, password)
        fetch_rooms(station)
        facts, person, lines = new.office.facts, new.office.person, new.recovery_lines
        return lambda paper: recovery_sheet(facts, person, lines, paper=paper)

    return UnlockVerbs(
        office_exists=station.exists,
        users=station.users,
        get_ready=station.get_ready,
        unlock=unlock,
        create=create,
        recover=recover,
        printing=partial(_printing, station),
        print_recovery=_print_recovery,
        save_recovery=partial(_save_recovery, station),
    )


def _printing(station: Workstation) -> PrintVerbs:
    from desktop.verbs.window_printing import print_verbs

    return print_verbs(station)


def _print_recovery(sheet: bytes, paper: Paper, to: PrintOptions) -> None:
    from desktop.printing.laid_out import HeldPdf
    from desktop.printing.print_jobs import see_through_or_purge
    from desktop.printing.printers import print_laid

    see_through_or_purge(print_laid(HeldPdf(sheet), options=to, title="RECOVERY", paper=paper))


def _save_recovery(station: Workstation, sheet: bytes, path: Path) -> None:
    from desktop.verbs.output import write_whole

    write_whole(path, sheet, office=station.settings.office)
