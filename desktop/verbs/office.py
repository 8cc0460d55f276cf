"""The office from the outside: create it, open it, close it."""

import shutil
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from desktop.media.copier import Copier
from desktop.media.describer import Describer
from desktop.media.sandbox_pool import fitting_number
from desktop.media.sandboxed_describer import SandboxedDescriber
from desktop.printing.record_sheet_model import Paper
from desktop.printing.recovery_sheet import recovery_sheet_pdf
from desktop.printing.stationery import PLAIN, Stationery
from desktop.problem import Problem
from desktop.records.deeds import keys, looking, remembering, sessions
from desktop.records.deeds.people import find_person
from desktop.records.deeds.settings import office_settings
from desktop.records.facts.ids import OfficeId, PersonId, new_uuid
from desktop.records.facts.office import OfficeFacts
from desktop.records.facts.passphrase import PasswordMustChange
from desktop.records.facts.people import OfficeRole, Person, Role
from desktop.records.vault import kept_slots, keyring
from desktop.records.vault.kept_slots import KeptSecret
from desktop.records.vault.keyring import STANDARD_COST, KeyCost
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.office_lock import OfficeLock
from desktop.records.vault.vault import Vault
from desktop.verbs.door import office_exists
from desktop.verbs.failed_unlocks import failures, forget_failures, proved_key
from desktop.verbs.problems import (
    FileNotWritable,
    NoOffice,
    OfficeExists,
    PasswordUnchanged,
    PersonGone,
)

LOCK_FILE = "office.lock"
PRINTS = "print jobs"
"""Under this name the papers that are on their way to a printer are remembered, sealed."""
_NO_KEY = (("0000 0000", "00"),) * 4


@dataclass(slots=True, kw_only=True)
class Office:
    """An open office: its vault, who opened it, and the worker that looks at untrusted bytes."""

    folder: Path
    facts: OfficeFacts
    vault: Vault
    person: Person
    describer: Describer
    lock: OfficeLock
    copier: Copier = field(default_factory=Copier)
    is_closed: bool = False

    @property
    def warning(self) -> str:
        """What the office's people must be told of its opening, or nothing."""
        swept = self.vault.swept
        if swept is None:
            return ""
        return str(swept.doubt) if swept.doubt else set_aside_words(len(swept.set_aside))

    def stop_decoding(self) -> None:
        """End every decoder now, whatever it is at: whoever waits for one gets Cancelled. Only a
        close can follow."""
        self.describer.stop()
        self.copier.stop()

    def close(self, *, why: str = "") -> None:
        """Lock the office: close the database, wipe the keys, end the worker. Twice is safe.

        The trail says `why`, where it is not that a command ended.
        """
        if self.is_closed:
            return
        self.is_closed = True
        with ExitStack() as always:
            always.callback(self.lock.release)
            always.callback(self.vault.close)
            always.callback(self.describer.close)
            always.callback(self.copier.close)
            with suppress(Problem):
                settle_prints(self)
            with suppress(Problem):  # a full drive takes no line, and must not keep the keys here
                sessions.note_locked(self.vault, by=self.person, why=why)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def settle_prints(office: Office) -> None:
    """What was printed meanwhile is not left in the clear in the spool of this computer."""
    if office.vault.renditions.progress(PRINTS) not in {"", "[]"}:
        from desktop.verbs.print_queue import settle_here  # few ever come to it

        settle_here(office)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOffice:
    """A new office and the one sight of its recovery key: four lines of characters with a check."""

    office: Office
    recovery_lines: Sequence[tuple[str, str]]


def create_office(
    folder: Path,
    *,
    organisation: str,
    user: str,
    password: str,
    role: Role = Role.CLERK,
    address: str = "",
    cost: KeyCost = STANDARD_COST,
) -> NewOffice:
    """A new office with one person in it.

    Raises OfficeExists, the problems of the keyring, and UnprintableText for a name that paper
    cannot show.
    """
    _make_folder(folder)
    facts = OfficeFacts(id=OfficeId(new_uuid()), organisation=organisation, address=address)
    # before there is a key that could not be put on paper
    recovery_sheet(facts, Person(id=PersonId(new_uuid()), name=user, role=role), _NO_KEY)
    with ExitStack() as on_failure:
        lock = OfficeLock(folder)
        lock.acquire()
        on_failure.callback(lock.release)
        _make_folder(folder)  # again: another program may have founded its office here meanwhile
        on_failure.callback(_empty, folder)
        key, recovery = keyring.create_keyring(
            folder, office=facts.id, user=user, password=password, cost=cost
        )
        with key:
            person = Person(
                id=PersonId(new_uuid()),
                name=key.opened_by,
                role=role,
                office_role=OfficeRole.OFFICE_MANAGER,
            )
            vault = Vault.create(folder, office=facts, owner=person, key=key)
        on_failure.pop_all()
    office = _office(folder, lock, vault, person)
    return NewOffice(office=office, recovery_lines=recovery.lines)


def open_office(
    folder: Path,
    *,
    user: str,
    password: str,
    new_password: str = "",
    cost: KeyCost = STANDARD_COST,
) -> Office:
    """Unlock an office, and take `new_password` in the place of the old one if it is given.

    A slot that is cheaper to guess at than `cost` is strengthened. Raises NoOffice, WrongPassword,
    TooManyAttempts, OfficeInUse, PasswordMustChange where the password was chosen by somebody else
    and no new one is given, the problems of a new password, and what the vault raises.
    """
    if new_password and new_password == password:
        raise PasswordUnchanged
    if not office_exists(folder):
        raise NoOffice(folder=str(folder))
    lock = OfficeLock(folder)
    lock.acquire()
    try:
        with proved_key(folder, user=user, password=password) as key:
            vault, person = _entered(folder, key, user=user, new_password=new_password, cost=cost)
            with suppress(Problem):  # a full drive must not keep anybody out
                current = new_password or password
                keyring.strengthen(folder, key, user=user, password=current, cost=cost)
    except BaseException:
        lock.release()
        raise
    return _office(folder, lock, vault, person)


def open_kept_office(folder: Path, *, user: str, kept: KeptSecret) -> Office | None:
    """Unlock an office with what a computer keeps for `user`, or None where that opens nothing (any
    more): neither a failed log-in nor slower than one. Raises OfficeInUse, and what the keyring and
    the vault raise.
    """
    with ExitStack() as on_failure:
        lock = OfficeLock(folder)
        lock.acquire()
        on_failure.callback(lock.release)
        key = kept_slots.unlock_kept(folder, kept)
        if key is None:
            return None
        with key:
            vault = Vault.open(folder, key=key)
        on_failure.callback(vault.close)
        person = find_person(vault, user)
        if person is None:
            return None
        if not office_settings(vault).may_remember:  # an older keyring was put in place
            remembering.forget_key(vault, by=person, why="the settings do not permit it")
            return None
        _note_entry(vault, folder, person, how="system keyring")
        on_failure.pop_all()
    return _office(folder, lock, vault, person)


def recover_office(folder: Path, *, recovery: str, user: str, password: str) -> Office:
    """Open an office by its recovery key and give `user`, who must be one of its people, a new
    password. Raises NoOffice, RecoveryKeyMistyped, WrongRecoveryKey, PersonGone, PasswordTooShort.
    """
    if not office_exists(folder):
        raise NoOffice(folder=str(folder))
    with ExitStack() as on_failure:
        lock = OfficeLock(folder)
        lock.acquire()
        on_failure.callback(lock.release)
        with keyring.unlock_with_recovery(folder, recovery=recovery) as key:
            vault = Vault.open(folder, key=key)
            on_failure.callback(vault.close)
            person = find_person(vault, user)
            if person is None:
                raise PersonGone(user=user)
            keyring.set_password(folder, key, user=person.name, password=password)
        sessions.note_unlocked(vault, by=person, how="recovery key")
        on_failure.pop_all()
    return _office(folder, lock, vault, person)


def recovery_sheet(
    facts: OfficeFacts,
    person: Person,
    lines: Sequence[tuple[str, str]],
    *,
    paper: Paper = Paper.A4,
    with_code: bool = True,
    own: Stationery = PLAIN,
) -> bytes:
    """The recovery key as a sheet of paper (PDF), with a code to scan or without. `own` is what the
    office adds; one that was founded just now has nothing yet."""
    return recovery_sheet_pdf(
        organisation=facts.organisation,
        office_number=facts.id.hex[-8:].upper(),
        lines=lines,
        made_by=person.name,
        made_at=datetime.now(UTC).astimezone(),
        paper=paper,
        with_code=with_code,
        own=own,
    )


def set_aside_words(count: int) -> str:
    """What it means that so many originals were set aside at opening, and what to do; or nothing.

    Most are the leftover of an import that a crash cut short before it was confirmed.
    """
    if not count:
        return ""
    is_one = count == 1
    one, them = ("1 sealed image", "it") if is_one else (f"{count:,} sealed images", "them")
    was = "was" if is_one else "were"
    return (
        f"{one} that no record names {was} set aside when the office was opened "
        "(originals/orphans). A crash in the middle of an import leaves such: see whether the last "
        f"images taken are on record, and import {them} again if not. If more is missing, an older "
        "copy of the records was put back: “chartroom orphans --backup FOLDER” says which backup "
        f"knows {them}. Nothing was deleted."
    )


def _make_folder(folder: Path) -> None:
    """An empty folder for a new office. Raises OfficeExists, FileNotWritable."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if any(path.name != LOCK_FILE for path in folder.iterdir()):
            raise OfficeExists(folder=str(folder))
    except FileExistsError as error:
        reason = "it is a file, not a folder"
        raise FileNotWritable(path=str(folder), reason=reason) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileNotWritable(path=str(folder), reason=reason) from error


def _empty(folder: Path) -> None:
    """Take back a creation that failed half-way; the folder was empty before it."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != LOCK_FILE:
            path.unlink(missing_ok=True)


def _entered(
    folder: Path, key: OfficeKey, *, user: str, new_password: str, cost: KeyCost
) -> tuple[Vault, Person]:
    """The open vault and who this is, with the lines that tell of it."""
    if key.must_change and not new_password:
        raise PasswordMustChange(user=key.opened_by)
    with ExitStack() as on_failure:
        vault = Vault.open(folder, key=key)
        on_failure.callback(vault.close)
        person = find_person(vault, user)
        if person is None:
            raise PersonGone(user=user)
        if new_password:
            keys.change_password(vault, key=key, password=new_password, by=person, cost=cost)
        _note_entry(vault, folder, person, how="password")
        on_failure.pop_all()
    return vault, person


def _note_entry(vault: Vault, folder: Path, person: Person, *, how: str) -> None:
    """The lines of an opening, and of those that failed before it."""
    sessions.note_failed_unlocks(vault, count=failures(folder))
    sessions.note_unlocked(vault, by=person, how=how)
    forget_failures(folder)


def _office(folder: Path, lock: OfficeLock, vault: Vault, person: Person) -> Office:
    return Office(
        folder=folder,
        facts=looking.office(vault),
        vault=vault,
        person=person,
        describer=SandboxedDescriber(workers=fitting_number()),
        lock=lock,
    )
