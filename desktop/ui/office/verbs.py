"""What the Office room needs to be handed; the composition root fills it in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.devices.source import SourceInfo
from desktop.intake.report import Progress
from desktop.records.facts.backup import BackupMade, CopyProgress
from desktop.records.facts.devices import Answers, Declaration, Device, KnownDevice, NewDevice
from desktop.records.facts.ids import DeviceId, PatientId, PersonId
from desktop.records.facts.office_settings import OfficeSettings
from desktop.records.facts.people import NewPerson, Person
from desktop.records.facts.trail import TrailEntry, TrailFilter
from desktop.ui.office.printer_verbs import PrintersVerbs
from desktop.ui.parts.paper_verbs import PaperVerbs

Stopped = Callable[[], bool]
TellProgress = Callable[[Progress], None]
TellLines = Callable[[tuple[int, int]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailChecked:
    """What a proof of the trail, or a look for one line of it, found, in sentences."""

    is_whole: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupDone:
    """What a backup came to, in a sentence; not whole where an original was not to be had."""

    is_whole: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupVerbs:
    """Both block, run in a lane, and raise problems. `back_up` takes the folder to copy to."""

    last_backup: Callable[[], BackupMade | None]
    back_up: Callable[[Path, Callable[[CopyProgress], None], Stopped], BackupDone]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleVerbs:
    """All block and raise problems; `me` is who opened the office. `people` and `remove` run in the
    vault lane. `add` and `change` are slow where a passphrase is given and run in the open one:
    they take somebody's first passphrase and the own one of whoever does it, and `add` leaves
    nobody on record who has none."""

    me: PersonId
    people: Callable[[], Sequence[Person]]
    add: Callable[[NewPerson, str, str], Person]
    change: Callable[[PersonId, NewPerson, str, str], Person]
    remove: Callable[[PersonId], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfTested:
    """What came of a self-test: the report as people and as programs read it."""

    source: str
    failed: int
    checks: int
    text: str
    json: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfTestVerbs:
    """All block and raise problems. `sources` are those that are connected now. `run` asks one by
    reading alone, and keeps nothing of it; it may take minutes, and raises Cancelled. `save` writes
    the report to a file: as JSON where its name says so."""

    sources: Callable[[], Sequence[SourceInfo]]
    run: Callable[[str, TellProgress, Stopped], SelfTested]
    save: Callable[[SelfTested, Path], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicesVerbs:
    """All block, run in the vault lane, and raise problems. `devices` gives the register, `checks`
    the phone checks of one device, the newest first. `check_clock` takes what the clock shows, and
    `lost` a note. `save_card` writes a blank phone-check card to a file."""

    devices: Callable[[], Sequence[KnownDevice]]
    checks: Callable[[DeviceId], Sequence[Declaration]]
    add: Callable[[NewDevice], Device]
    change: Callable[[DeviceId, NewDevice], Device]
    check_clock: Callable[[DeviceId, str], Device]
    declare: Callable[[DeviceId, Answers], Declaration]
    lost: Callable[[DeviceId, str], Device]
    found: Callable[[DeviceId], Device]
    retire: Callable[[DeviceId], Device]
    save_card: Callable[[Path], None]
    self_test: SelfTestVerbs


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeVerbs:
    """All block and run in a lane; all raise problems and nothing else for what the world does.

    `trail_page` gives the newest lines that fit, or those below a line. `patient_of` reads a typed
    number. `check_trail` takes a head that was noted outside, or nothing, and tells how many of how
    many lines are proved; `check_printed` looks for that head alone. `save_trail` tells how many
    lines are written, of none known. `change_settings` gives what stands now.
    `read_logo` makes a logo of a picture, as the settings keep it.
    """

    trail_page: Callable[[TrailFilter, int | None], Sequence[TrailEntry]]
    patient_of: Callable[[str], PatientId]
    check_trail: Callable[[str, TellLines, Stopped], TrailChecked]
    check_printed: Callable[[str], TrailChecked]
    save_trail: Callable[[TrailFilter, Path, TellLines, Stopped], None]
    save_month_end: Callable[[Path], None]
    settings: Callable[[], OfficeSettings]
    change_settings: Callable[[OfficeSettings], OfficeSettings]
    read_logo: Callable[[Path], str]
    papers: PaperVerbs
    backup: BackupVerbs
    people: PeopleVerbs
    devices: DevicesVerbs
    printers: PrintersVerbs
