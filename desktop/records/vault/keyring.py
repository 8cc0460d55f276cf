"""The keyring: a file beside the records that gives the office key to those who may have it.

What it cannot do: an old copy of the file still opens with the old passwords, and a person who is
taken off it may have kept the office key. Only a new office key helps against either.
"""

import json
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from uuid import UUID

from desktop.records.facts.ids import OfficeId
from desktop.records.facts.passphrase import LEAST_CHARACTERS
from desktop.records.vault.durable import disk_faults_told, make_private_folder, replace_file
from desktop.records.vault.key_slot import (
    LEAST_COST,
    STANDARD_COST,
    KeyCost,
    KeySlot,
    SlotKind,
    read_slot,
    unwrap,
    wrap,
)
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.problems import (
    KeyringDamaged,
    KeyringMissing,
    KeyringTooNew,
    OfficeAlreadyThere,
    PasswordTooShort,
    UserNameMissing,
    WrongPassword,
    WrongRecoveryKey,
)
from desktop.records.vault.recovery_key import RecoveryKey, read_recovery_key
from desktop.records.vault.wipe import wipe

LEAST_PASSWORD = LEAST_CHARACTERS
FILE, PREVIOUS = "keyring.json", "keyring.previous.json"
_FORMAT, _VERSION = "chartroom keyring", 1


__all__ = [
    "LEAST_COST",
    "LEAST_PASSWORD",
    "STANDARD_COST",
    "KeyCost",
    "create_keyring",
    "exists",
    "set_password",
    "unlock",
    "unlock_with_recovery",
    "users",
]


def exists(folder: Path) -> bool:
    """Whether the folder holds an office, even one whose keyring was lost but for its last copy."""
    return (folder / FILE).exists() or (folder / PREVIOUS).exists()


def create_keyring(
    folder: Path, *, office: OfficeId, user: str, password: str, cost: KeyCost = STANDARD_COST
) -> tuple[OfficeKey, RecoveryKey]:
    """Draw an office key, and let one person and a recovery key open it.

    The folder is made if need be. Raises OfficeAlreadyThere, UserNameMissing, PasswordTooShort,
    DiskFull or DiskFailed.
    """
    name, secret = _new_name(user), _new_password(password)
    with disk_faults_told(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        make_private_folder(folder)
        if exists(folder):
            raise OfficeAlreadyThere(folder=str(folder))
        key, recovery = OfficeKey.fresh(office=office, opened_by=name), RecoveryKey.fresh()
        person = wrap(key, secret=secret, kind=SlotKind.PASSWORD, user=name, cost=cost)
        # 160 random bits cannot be guessed at any cost, so they are not made slow to check
        sheet = wrap(
            key,
            secret=bytearray(recovery.secret),
            kind=SlotKind.RECOVERY,
            user="",
            cost=LEAST_COST,
        )
        wipe(secret)
        content = _content(office, [person.as_json(), sheet.as_json()])
        replace_file(folder / PREVIOUS, content)
        replace_file(folder / FILE, content)
    return key, recovery


def unlock(folder: Path, *, user: str, password: str) -> OfficeKey:
    """The office key, for the person whose password this is. Takes about half a second.

    Raises WrongPassword (for an unknown name too), KeyringMissing, KeyringDamaged, KeyringTooNew.
    """
    keyring = _read(folder)
    mine = _same_user(user)
    secret = _password_bytes(password)
    try:
        key = keyring.open(lambda slot: slot.kind is SlotKind.PASSWORD and mine(slot), secret)
    finally:
        wipe(secret)
    if key is None:
        raise WrongPassword
    return key


def unlock_with_recovery(folder: Path, *, recovery: str) -> OfficeKey:
    """The office key, for whoever holds the recovery key sheet. Then call `set_password`.

    Raises RecoveryKeyMistyped, WrongRecoveryKey, KeyringMissing, KeyringDamaged, KeyringTooNew.
    """
    typed = read_recovery_key(recovery)
    keyring = _read(folder)
    key = keyring.open(lambda slot: slot.kind is SlotKind.RECOVERY, bytearray(typed.secret))
    if key is None:
        raise WrongRecoveryKey
    return key


def set_password(
    folder: Path, key: OfficeKey, *, user: str, password: str, cost: KeyCost = STANDARD_COST
) -> None:
    """Give a person a password, new or in the place of the old. The previous file is kept beside.

    Raises as `create_keyring` and `unlock` do, but never WrongPassword.
    """
    name, secret = _new_name(user), _new_password(password)
    keyring = _read(folder)
    if keyring.office != key.office:
        raise ValueError("this key belongs to another office")
    slot = wrap(key, secret=secret, kind=SlotKind.PASSWORD, user=name, cost=cost)
    wipe(secret)
    others = keyring.without(_same_user(name))
    with disk_faults_told(folder):
        replace_file(folder / PREVIOUS, (folder / FILE).read_bytes())
        replace_file(folder / FILE, _content(key.office, [*others, slot.as_json()]))


def users(folder: Path) -> tuple[str, ...]:
    """The names of those who have a password, in the order in which they were given one.

    Raises KeyringMissing, KeyringDamaged, KeyringTooNew.
    """
    keyring = _read(folder)
    names = tuple(slot.user for slot in keyring.slots if slot.kind is SlotKind.PASSWORD)
    if not names and keyring.is_damaged:
        raise _damaged(folder)
    return names


class _Keyring:
    """A keyring as it was read: its slots, whole ones and damaged ones."""

    def __init__(self, folder: Path, *, office: OfficeId, stored: list[object]) -> None:
        self.office = office
        self._folder = folder
        self._read = [(entry, read_slot(entry, office=office)) for entry in stored]

    @property
    def is_damaged(self) -> bool:
        """Whether an entry is not what was written."""
        return any(slot is None for _, slot in self._read)

    @property
    def slots(self) -> list[KeySlot]:
        """The whole slots. Raises KeyringDamaged if there is no other kind."""
        slots = [slot for _, slot in self._read if slot is not None]
        if not slots:
            raise _damaged(self._folder)
        return slots

    def open(self, fits: Callable[[KeySlot], bool], secret: bytearray) -> OfficeKey | None:
        """What the first fitting slot gives; a damaged slot might have been the one meant."""
        fitting = [slot for slot in self.slots if fits(slot)]
        if not fitting and self.is_damaged:
            raise _damaged(self._folder)
        for slot in fitting:
            key = unwrap(slot, secret=secret)
            if key is not None:
                return key
        return None

    def without(self, fits: Callable[[KeySlot], bool]) -> list[object]:
        """The other entries as they were stored, damaged ones included."""
        return [
            entry
            for entry, slot in self._read
            if slot is None or slot.kind is not SlotKind.PASSWORD or not fits(slot)
        ]


def _read(folder: Path) -> _Keyring:
    path = folder / FILE
    with disk_faults_told(folder):
        try:
            content = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise KeyringMissing(folder=str(folder)) from None
    try:
        stored = json.loads(content)
    except ValueError:
        raise _damaged(folder) from None
    if not isinstance(stored, Mapping) or stored.get("format") != _FORMAT:
        raise _damaged(folder)
    version, slots = stored.get("version"), stored.get("slots")
    if isinstance(version, int) and version > _VERSION:
        raise KeyringTooNew(file=str(path))
    if version != _VERSION or not isinstance(slots, list):
        raise _damaged(folder)
    try:
        office = OfficeId(UUID(stored.get("office")))
    except (ValueError, TypeError, AttributeError):
        raise _damaged(folder) from None
    return _Keyring(folder, office=office, stored=slots)


def _content(office: OfficeId, slots: list[object]) -> bytes:
    document = {"format": _FORMAT, "version": _VERSION, "office": str(office), "slots": slots}
    return json.dumps(document, indent=1, ensure_ascii=False).encode()


def _damaged(folder: Path) -> KeyringDamaged:
    return KeyringDamaged(file=str(folder / FILE), previous=str(folder / PREVIOUS))


def _new_name(user: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", user).split())
    if not name:
        raise UserNameMissing
    return name


def _same_user(user: str) -> Callable[[KeySlot], bool]:
    wanted = " ".join(unicodedata.normalize("NFC", user).split()).casefold()
    return lambda slot: slot.user.casefold() == wanted


def _new_password(password: str) -> bytearray:
    if len(unicodedata.normalize("NFC", password).strip()) < LEAST_PASSWORD:
        raise PasswordTooShort(least=LEAST_PASSWORD)
    return _password_bytes(password)


def _password_bytes(password: str) -> bytearray:
    # The same word typed on another keyboard or system may arrive decomposed
    return bytearray(unicodedata.normalize("NFC", password), "utf-8")
