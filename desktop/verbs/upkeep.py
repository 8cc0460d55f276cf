"""What goes on by itself while an office is open: a share of the originals read again each day,
with a way out of what was broken, lost thumbnails made again, and previews made ahead."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from threading import Event
from time import monotonic

from desktop.problem import Cancelled
from desktop.records.deeds import checking
from desktop.records.deeds.checking import Broken, VerifyReport
from desktop.records.facts.backup import BackupMade
from desktop.records.facts.patient import short_date
from desktop.ui.parts.upkeep_verbs import UpkeepVerbs
from desktop.ui.parts.words import counted
from desktop.verbs import backups
from desktop.verbs.filing import describe_left_over
from desktop.verbs.office import Office, settle_prints
from desktop.verbs.part_files import clear_parts
from desktop.verbs.previews import make_previews
from desktop.verbs.thumbnails import remake_thumbnails
from desktop.verbs.workstation import OfficeLocked, Workstation

SHARES = 30  # one a day: every original is read once a month
_NAMED_AT_MOST = 3
_LONGEST_REST = 1.0
_WORTH_A_REST = 0.02
_WAY_OUT = (
    "Keep the office as it is. The Office room says when the last backup was made; "
    "`chartroom verify --originals --repair-from BACKUP` brings the originals back from it."
)

Stopped = Callable[[], bool]


def upkeep_verbs(station: Workstation) -> UpkeepVerbs:
    """What the window's upkeep is handed."""

    def last_backup() -> BackupMade | None:
        with station.using() as office:
            return backups.last_backup(office)

    def standing() -> str:
        with station.using() as office:
            return standing_damage(office)

    def over(stopped: Stopped) -> Stopped:
        return lambda: stopped() or station.is_filing or not station.is_open

    def check(stopped: Stopped) -> str:
        try:
            with station.using() as office:
                return check_due_share(office, stopped=over(stopped))
        except OfficeLocked as locked:
            raise Cancelled from locked

    def remake(tell: Callable[[tuple[int, int]], None], stopped: Stopped) -> int:
        try:
            with station.using() as office:
                gently = _Gently(over(stopped))
                describe_left_over(office)
                remade = remake_thumbnails(office, tell=tell, stopped=gently)
                make_previews(office, stopped=gently)
                return remade
        except OfficeLocked as locked:
            raise Cancelled from locked

    return UpkeepVerbs(
        last_backup=last_backup,
        standing_damage=standing,
        check_share=check,
        remake_thumbnails=remake,
        settle_prints=partial(_settle, station),
    )


def _settle(station: Workstation) -> None:
    with station.using() as office:
        settle_prints(office)


def share_is_due(office: Office, *, now: datetime) -> bool:
    """Whether no share was read on the local day of `now`, which needs a zone."""
    last = checking.last_share(office.vault, of=SHARES)
    return last is None or last[1].astimezone().date() < now.astimezone().date()


def check_due_share(office: Office, *, stopped: Stopped = lambda: False) -> str:
    """Tidy what opening left, read the share of the day where it is due, and say what was found
    broken, or nothing.

    It rests as long as it works, so that a person's own work goes first, and ends between two
    segments of an original when `stopped`. Raises Cancelled, RecordsDamaged and DiskFailed.
    """
    gently = _Gently(stopped)
    clear_parts(office)
    told = office.warning
    office.vault.finish_sweep(stopped=gently)
    found = office.warning if office.warning != told else ""
    if not gently() and share_is_due(office, now=datetime.now(UTC)):
        share = backups.next_share(office, of=SHARES)
        report = backups.scrub_share(office, share=share, of=SHARES, stopped=gently)
        found = "\n".join(filter(None, (found, found_words(report))))
    return found


def found_words(report: VerifyReport) -> str:
    """What a check found broken, naming images, and counting patients; empty where all is whole."""
    said = []
    if report.broken:
        said.append(f"The daily check found {_broken_words(report.broken)} {_WAY_OUT}")
    if not report.trail.is_whole:
        said.append(f"{report.trail.words} Prove the trail in the Office room.")
    return "\n".join(said)


def standing_damage(office: Office) -> str:
    """What an earlier check found and nothing has settled since, in a sentence, or nothing."""
    line = checking.damage_noted(office.vault)
    if line is None:
        return ""
    count = counted(checking.broken_in(line), "original")
    day = f" of {short_date(line.at.astimezone().date())}" if line.at else ""
    return f"The check{day} found {count} damaged or missing. {_WAY_OUT}"


def _broken_words(broken: list[Broken]) -> str:
    names = ", ".join(one.file_name for one in broken[:_NAMED_AT_MOST])
    if len(broken) > _NAMED_AT_MOST:
        names += f" and {len(broken) - _NAMED_AT_MOST:,} more"
    patients = len({one.banner for one in broken if one.banner})
    whose = f"of {counted(patients, 'patient')}" if patients else "in the tray"
    return f"{counted(len(broken), 'original')} {whose} damaged or missing: {names}."


class _Gently:
    """Asks whether it was stopped, and rests in between; once stopped, it stays so."""

    def __init__(self, stopped: Stopped) -> None:
        self._stopped = stopped
        self._is_over = False
        self._since = monotonic()
        self._rest = Event()

    def __call__(self) -> bool:
        self._is_over = self._is_over or self._stopped()
        worked = monotonic() - self._since
        if not self._is_over and worked > _WORTH_A_REST:
            self._rest.wait(min(worked, _LONGEST_REST))
            self._is_over = self._stopped()
            self._since = monotonic()
        return self._is_over
