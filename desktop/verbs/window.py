"""The verbs that the window is handed before an office is open; the rooms come with the office."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.ui.unlock.verbs import UnlockVerbs
from desktop.ui.window_verbs import Rooms, WindowVerbs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.verbs.workstation import Workstation


def window_verbs(station: Workstation) -> WindowVerbs:
    """Everything that the window can ask for."""
    return WindowVerbs(
        unlock=_unlock_verbs(station), rooms=partial(_rooms, station), lock=station.lock
    )


def fetch_rooms() -> None:
    """Import what the rooms are made of: done in the lane that opens an office, while the person
    waits for the keys anyway."""
    import desktop.ui.desk.desk_page
    import desktop.ui.patients.patients_page
    import desktop.verbs.rooms  # noqa: F401


def _rooms(station: Workstation) -> Rooms:
    from desktop.verbs.rooms import rooms_of

    return rooms_of(station)


def _unlock_verbs(station: Workstation) -> UnlockVerbs:
    def unlock(user: str, password: str) -> None:
        station.unlock(user, password)
        fetch_rooms()

    def recover(recovery: str, user: str, password: str) -> None:
        station.recover(recovery, user, password)
        fetch_rooms()

    def create(organisation: str, user: str, password: str) -> bytes:
        from desktop.verbs.office import recovery_sheet

        new = station.create(organisation, user, password)
        fetch_rooms()
        return recovery_sheet(new.office.facts, new.office.person, new.recovery_lines)

    return UnlockVerbs(
        office_exists=station.exists,
        users=station.users,
        unlock=unlock,
        create=create,
        recover=recover,
        printers=_printers,
        print_recovery=_print_recovery,
        save_recovery=partial(_save_recovery, station),
    )


def _printers() -> Sequence[str]:
    from desktop.printing.printers import printer_names

    return printer_names()


def _print_recovery(sheet: bytes, printer: str) -> None:
    from desktop.printing.printers import print_pdf
    from desktop.printing.record_sheet_model import Paper
    from desktop.verbs.sheets import see_through

    see_through(print_pdf(sheet, printer=printer, title="RECOVERY", paper=Paper.A4))


def _save_recovery(station: Workstation, sheet: bytes, path: Path) -> None:
    from desktop.verbs.output import write_whole

    write_whole(path, sheet, office=station.settings.office)
