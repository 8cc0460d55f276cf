"""What the Office room is handed, filled in from one workstation."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from desktop.records.deeds import people as people_deeds
from desktop.records.deeds import trail_reading
from desktop.records.deeds.patients import patient_with_number
from desktop.records.deeds.settings import office_settings
from desktop.records.facts.anchor import Anchor
from desktop.records.facts.backup import BackupMade, CopyProgress
from desktop.records.facts.identifiers import identifier
from desktop.records.facts.ids import PatientId, PersonId
from desktop.records.facts.office_settings import OfficeSettings
from desktop.records.facts.people import NewPerson, Person
from desktop.records.facts.trail import TrailEntry, TrailFilter
from desktop.records.vault.trail import TrailVerdict
from desktop.ui.office.trail_pane import PAGE
from desktop.ui.office.verbs import (
    BackupDone,
    BackupVerbs,
    OfficeVerbs,
    PeopleVerbs,
    Stopped,
    TellLines,
    TrailChecked,
)
from desktop.verbs import backups, keys
from desktop.verbs.settings import change_settings
from desktop.verbs.stationery import read_logo
from desktop.verbs.trail import printed_line, save_month_end_sheet, save_trail
from desktop.verbs.window_devices import devices_verbs
from desktop.verbs.window_papers import paper_verbs
from desktop.verbs.window_printers import printers_verbs
from desktop.verbs.workstation import Workstation


def office_verbs(station: Workstation) -> OfficeVerbs:
    """The trail and the settings of the open office."""

    def trail_page(wanted: TrailFilter, before: int | None) -> list[TrailEntry]:
        with station.using() as office:
            return trail_reading.trail_page(office.vault, wanted=wanted, before=before, most=PAGE)

    def patient_of(number: str) -> PatientId:
        with station.using() as office:
            return patient_with_number(office.vault, number=identifier(number)).id

    def check_trail(head: str, tell: TellLines, stopped: Stopped) -> TrailChecked:
        with station.using() as office:
            return _checked(
                trail_reading.check_trail(
                    office.vault,
                    anchor=Anchor.read(head) if head else None,
                    by=office.person,
                    tell=lambda done, total: tell((done, total)),
                    stopped=stopped,
                ),
                head,
            )

    def save(wanted: TrailFilter, path: Path, tell: TellLines, stopped: Stopped) -> None:
        with station.using() as office:
            save_trail(
                office, path, wanted=wanted, tell=lambda done: tell((done, 0)), stopped=stopped
            )

    def save_month_end(path: Path) -> None:
        with station.using() as office:
            save_month_end_sheet(office, path)

    def settings() -> OfficeSettings:
        with station.using() as office:
            return office_settings(office.vault)

    def change(said: OfficeSettings) -> OfficeSettings:
        with station.using() as office:
            return change_settings(office, said)

    return OfficeVerbs(
        trail_page=trail_page,
        patient_of=patient_of,
        check_trail=check_trail,
        check_printed=partial(_check_printed, station),
        save_trail=save,
        save_month_end=save_month_end,
        settings=settings,
        change_settings=change,
        read_logo=partial(_read_logo, station),
        papers=paper_verbs(station),
        people=_people_verbs(station),
        devices=devices_verbs(station),
        printers=printers_verbs(station),
        backup=_backup_verbs(station),
    )


def _read_logo(station: Workstation, path: Path) -> str:
    with station.using() as office:
        return read_logo(office, path)


def _check_printed(station: Workstation, head: str) -> TrailChecked:
    with station.using() as office:
        found = printed_line(office, head)
    return TrailChecked(is_whole=found.fits, words=found.words)


def _people_verbs(station: Workstation) -> PeopleVerbs:
    def people() -> list[Person]:
        with station.using() as office:
            return people_deeds.people(office.vault)

    def add(new: NewPerson, first: str, own: str) -> Person:
        with station.using() as office:
            return keys.add_person(office, new=new, password=first, own_password=own)

    def change(person: PersonId, said: NewPerson, first: str, own: str) -> Person:
        with station.using() as office:
            return keys.change_person(
                office, person=person, said=said, password=first, own_password=own
            )

    def remove(person: PersonId) -> Person:
        with station.using() as office:
            return people_deeds.remove_person(office.vault, person=person, by=office.person)

    return PeopleVerbs(
        me=station.office.person.id, people=people, add=add, change=change, remove=remove
    )


def _backup_verbs(station: Workstation) -> BackupVerbs:
    def last() -> BackupMade | None:
        with station.using() as office:
            return backups.last_backup(office)

    def back_up(to: Path, tell: Callable[[CopyProgress], None], stopped: Stopped) -> BackupDone:
        with station.using() as office:
            report = backups.back_up(office, to=to, tell=tell, stopped=stopped)
        said = f"Backed up and proved: {report.made.images:,} images."
        if not report.is_whole:
            said += f" {len(report.unsaved):,} are damaged or missing here and are not in it."
        return BackupDone(is_whole=report.is_whole, words=said)

    return BackupVerbs(last_backup=last, back_up=back_up)


def _checked(verdict: TrailVerdict, head: str) -> TrailChecked:
    if not verdict.is_whole:
        words = (
            f"The trail is broken at line {verdict.broken_at:,}: {verdict.why}. Keep this office "
            "as it is and call whoever answers for privacy."
        )
        return TrailChecked(is_whole=False, words=words)
    proved = f"All {verdict.lines:,} lines are as they were written, and none is missing"
    outside = ", also by the head that was noted outside" if head else ""
    return TrailChecked(is_whole=True, words=f"{proved}{outside}.")
