"""One's key in the keyring of this computer: kept, taken back, and used where nobody types.

The command line alone opens the office with it: a window that opened unasked would let the next
person at this computer work under the name of the last. A note beside the office says which
entries were made, so that those who never asked for one are not asked to unlock anything, and
entries that open nothing any more are taken out.
"""

import platform
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from desktop.problem import Problem
from desktop.records.deeds import remembering as deeds
from desktop.records.facts.ids import OfficeId
from desktop.records.vault import kept_slots
from desktop.records.vault.kept_slots import KeptSecret
from desktop.records.vault.keyring_file import clean_name, read_keyring
from desktop.records.vault.system_keyring import KeptEntry, SystemKeyring
from desktop.verbs.failed_unlocks import proved_key
from desktop.verbs.office import Office, open_kept_office

_FILE = "kept-by-system"
Here = Callable[[], SystemKeyring]


@dataclass(unsafe_hash=True)
class KeptKeyGone(Problem):
    """What this computer kept opens nothing any more, or it keeps nothing."""

    user: str
    words: ClassVar[str] = (
        "The key that this computer kept for {user} opens this office no more: the passphrase, the "
        "role or the settings were changed since, or the entry was removed. The passphrase opens "
        "it; “chartroom remember” keeps the key again."
    )


def remember(office: Office, *, own_password: str, here: Here) -> None:
    """Let this computer keep the key of whoever opened the office, in the place of one kept before.

    Raises RememberingNotPermitted, SystemKeyringMissing, SystemKeyringRefused, WrongPassword,
    TooManyAttempts, and the problems of the drive.
    """
    deeds.check_permission(office.vault)
    system = here()
    kept = KeptSecret.fresh()
    entry = KeptEntry(office=office.facts.id, slot=kept.slot, user=office.person.name)
    try:
        with proved_key(office.folder, user=office.person.name, password=own_password) as key:
            _note(office.folder, entry)  # first: an entry that nobody knows of is never taken out
            system.keep(entry, kept)
            deeds.remember_key(
                office.vault, key=key, kept=kept, workstation=platform.node(), by=office.person
            )
    finally:
        kept.wipe()
        _take_out_what_opens_nothing(office.folder, office.facts.id, here)


def forget(office: Office, *, here: Here) -> bool:
    """Let no computer keep the key of whoever opened the office. Whether one did.

    An entry that the system does not give out now opens nothing. Raises the problems of the drive.
    """
    was_kept = deeds.forget_key(office.vault, by=office.person)
    _take_out_what_opens_nothing(office.folder, office.facts.id, here)
    return was_kept


def opened_by_system(
    folder: Path, *, user: str, here: Here, tell: Callable[[Problem], None]
) -> Office | None:
    """The office, opened with what this computer keeps for `user`; None where that opens nothing,
    after telling why. Nothing is told, and the system not asked, where nothing was ever kept.

    Raises as `open_kept_office` does.
    """
    id_ = read_keyring(folder).office
    gone = _take_out_what_opens_nothing(folder, id_, here)
    slots = kept_slots.kept_for(folder, user)
    if not slots:
        if any(_is_same(one.user, user) for one in gone):
            tell(KeptKeyGone(user=user))
        return None
    entry = KeptEntry(office=id_, slot=slots[0], user=kept_slots.owners(folder)[slots[0]])
    try:
        system = here()
        kept = system.kept(entry)
    except Problem as problem:
        tell(problem)
        return None
    office = None
    if kept is not None:
        office = open_kept_office(folder, user=user, kept=kept)
        kept.wipe()
    if office is None:
        tell(KeptKeyGone(user=user))
        with suppress(Problem):
            system.drop(entry)
    return office


def _take_out_what_opens_nothing(folder: Path, office: OfficeId, here: Here) -> list[KeptEntry]:
    """Entries whose slot is gone leave the system's keyring; those whose slot was gone. Where the
    system does not answer, they are tried again the next time."""
    slots = kept_slots.owners(folder)
    noted = _noted(folder, office)
    gone = [entry for entry in noted if entry.slot not in slots]
    if not gone:
        return []
    left = [entry for entry in noted if entry.slot in slots]
    with suppress(Problem):
        system = here()
        for entry in gone:
            system.drop(entry)
        _write(folder, left)
    return gone


def _note(folder: Path, entry: KeptEntry) -> None:
    _write(folder, [*_noted(folder, entry.office), entry])


def _noted(folder: Path, office: OfficeId) -> list[KeptEntry]:
    try:
        lines = (folder / _FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    parts = [line.partition(" ") for line in lines]
    return [KeptEntry(office=office, slot=slot, user=user) for slot, _, user in parts if user]


def _write(folder: Path, entries: list[KeptEntry]) -> None:
    """What is noted from now on; a drive that fails keeps nobody out."""
    text = "".join(f"{entry.slot} {entry.user}\n" for entry in entries)
    with suppress(OSError):
        if text:
            (folder / _FILE).write_text(text, encoding="utf-8")
        else:
            (folder / _FILE).unlink(missing_ok=True)


def _is_same(one: str, other: str) -> bool:
    return clean_name(one).casefold() == clean_name(other).casefold()
