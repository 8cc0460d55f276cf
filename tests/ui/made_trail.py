"""A trail in a list for tests of the Office room, and settings that are kept in a field."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import current_thread

from desktop.problem import Cancelled, Problem
from desktop.records.facts.anchor import Anchor
from desktop.records.facts.backup import BackupMade, CopyProgress
from desktop.records.facts.ids import PatientId, PersonId, new_uuid
from desktop.records.facts.logo import Logo
from desktop.records.facts.office_settings import OfficeSettings
from desktop.records.facts.people import NewPerson, Person, Role
from desktop.records.facts.trail import TrailEntry, TrailFilter, TrailLine
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
from tests.ui.made_devices import StandInDevices
from tests.ui.made_facts import HINEMOA
from tests.ui.made_papers import StandInPapers
from tests.ui.made_printers import StandInPrinters

_DEEDS = ("unlocked", "image received", "original viewed", "sheet made")


def trail(count: int) -> list[TrailEntry]:
    """So many lines, newest first, every third about a patient."""
    start = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    return [
        TrailEntry(
            line=TrailLine(
                seq=seq,
                at=start + timedelta(minutes=seq),
                by=("Mere Parata", "Tom Reed")[seq % 2],
                deed=_DEEDS[seq % len(_DEEDS)],
                about=json.dumps({"image": f"IMG_{seq:04}", "person": "hidden"}),
                mac=bytes(32),
            ),
            banner=HINEMOA.banner if seq % 3 == 0 else "",
        )
        for seq in range(count, 0, -1)
    ]


@dataclass
class StandInTrail:
    """A trail that answers at once; a test sets what it should answer or refuse."""

    entries: list[TrailEntry] = field(default_factory=lambda: trail(30))
    asked: list[TrailFilter] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    found: TrailChecked = field(
        default_factory=lambda: TrailChecked(is_whole=True, words="All 30 lines are whole.")
    )
    until_stopped: bool = False
    problem: Problem | None = None
    saved: list[Path] = field(default_factory=list)
    devices: StandInDevices = field(default_factory=StandInDevices)
    printers: StandInPrinters = field(default_factory=StandInPrinters)
    persons: list[Person] = field(
        default_factory=lambda: [
            Person(id=PersonId(new_uuid()), name="Mere Parata", role=Role.NURSE)
        ]
    )
    passphrases: list[tuple[str, str]] = field(default_factory=list)
    in_lanes: list[str] = field(default_factory=list)
    backed_up: list[Path] = field(default_factory=list)
    now: OfficeSettings = field(default_factory=OfficeSettings)

    def page(self, wanted: TrailFilter, before: int | None) -> Sequence[TrailEntry]:
        self.asked.append(wanted)
        fitting = [
            entry
            for entry in self.entries
            if wanted.person.casefold() in entry.line.by.casefold()
            and wanted.deed.casefold() in entry.line.deed
            and (before is None or entry.line.seq < before)
        ]
        return fitting[:PAGE]

    def patient_of(self, number: str) -> PatientId:
        if self.problem:
            raise self.problem
        assert number
        return HINEMOA.id

    def check(self, head: str, tell: TellLines, stopped: Stopped) -> TrailChecked:
        self.heads.append(head)
        if head:
            Anchor.read(head)
        tell((10, 30))
        while self.until_stopped:
            if stopped():
                raise Cancelled
        return self.found

    def check_printed(self, head: str) -> TrailChecked:
        fits = Anchor.read(head).seq <= 30
        return TrailChecked(is_whole=fits, words="It fits." if fits else "It does not fit.")

    def save(self, _wanted: TrailFilter, path: Path, tell: TellLines, _stopped: Stopped) -> None:
        tell((30, 0))
        self.saved.append(path)

    def change(self, settings: OfficeSettings) -> OfficeSettings:
        if self.problem:
            raise self.problem
        self.now = settings
        return settings

    def logo(self, path: Path) -> str:
        if self.problem:
            raise self.problem
        return str(Logo(jpeg=path.name.encode(), width=300, height=120, components=3))

    def back_up(
        self, to: Path, tell: Callable[[CopyProgress], None], stopped: Stopped
    ) -> BackupDone:
        if self.problem:
            raise self.problem
        tell(CopyProgress(files=2, files_total=8, bytes=1, bytes_total=4, moved=9, seconds=1.0))
        while self.until_stopped:
            if stopped():
                raise Cancelled
        self.backed_up.append(to)
        return BackupDone(is_whole=True, words="Backed up and proved: 8 images.")

    def last_backup(self) -> BackupMade | None:
        if not self.backed_up:
            return None
        where = self.backed_up[-1].name
        head = Anchor(seq=30, mac=bytes(10))
        at = datetime.now(UTC) - timedelta(days=3, hours=1)
        return BackupMade(at=at, where=where, generation=1, images=8, head=head)

    def add(self, new: NewPerson, first: str, own: str) -> Person:
        if self.problem:
            raise self.problem
        self.in_lanes.append(current_thread().name)
        self.passphrases.append((first, own))
        person = Person(
            id=PersonId(new_uuid()), name=new.name, role=new.role, office_role=new.office_role
        )
        self.persons.append(person)
        return person

    def change_person(self, person: PersonId, said: NewPerson, first: str, own: str) -> Person:
        self.in_lanes.append(current_thread().name)
        if self.problem:
            raise self.problem
        self.passphrases.append((first, own))
        place = next(n for n, one in enumerate(self.persons) if one.id == person)
        after = replace(
            self.persons[place],
            name=said.name,
            role=said.role,
            office_role=said.office_role,
            number=said.number,
        )
        self.persons[place] = after
        return after

    def remove(self, person: PersonId) -> None:
        self.persons = [one for one in self.persons if one.id != person]

    @property
    def verbs(self) -> OfficeVerbs:
        return OfficeVerbs(
            trail_page=self.page,
            patient_of=self.patient_of,
            check_trail=self.check,
            check_printed=self.check_printed,
            save_trail=self.save,
            save_month_end=self.saved.append,
            settings=lambda: self.now,
            change_settings=self.change,
            read_logo=self.logo,
            devices=self.devices.office,
            printers=self.printers.verbs,
            papers=StandInPapers().verbs(),
            people=PeopleVerbs(
                me=self.persons[0].id,
                people=lambda: list(self.persons),
                add=self.add,
                change=self.change_person,
                remove=self.remove,
            ),
            backup=BackupVerbs(last_backup=self.last_backup, back_up=self.back_up),
        )
