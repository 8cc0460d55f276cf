"""The keyring: a file beside the records that gives the office key to those who may have it.

What it cannot do: an old copy of the file still opens with the old passwords, and a person who is
taken off it may have kept the office key. Only a new office key helps against either.
"""

import unicodedata
from collections.abc import Mapping
from pathlib import Path

from desktop.records.facts.ids import OfficeId
from desktop.records.rules.passphrase import LEAST_LENGTH, strength_of
from desktop.records.vault.durable import disk_faults_told, make_private_folder, replace_file
from desktop.records.vault.key_slot import (
    LEAST_COST,
    STANDARD_COST,
    KeyCost,
    KeySlot,
    SlotKind,
    wrap,
)
from desktop.records.vault.keyring_file import (
    FILE,
    PREVIOUS,
    Fits,
    clean_name,
    exists,
    keyring_content,
    keyring_of_office,
    read_keyring,
    replace_both,
    slot_of,
    users,
)
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.problems import (
    OfficeAlreadyThere,
    PasswordTooEasy,
    PasswordTooShort,
    UserNameMissing,
    WrongPassword,
    WrongRecoveryKey,
)
from desktop.records.vault.recovery_key import RecoveryKey, read_recovery_key
from desktop.records.vault.wipe import wipe

LEAST_PASSWORD = LEAST_LENGTH


__all__ = [
    "FILE",
    "LEAST_COST",
    "LEAST_PASSWORD",
    "PREVIOUS",
    "STANDARD_COST",
    "KeyCost",
    "create_keyring",
    "exists",
    "forget_previous",
    "keyring_for",
    "new_slot",
    "put_in_place",
    "put_slot",
    "replace_recovery",
    "revoke",
    "set_password",
    "strengthen",
    "unlock",
    "unlock_with_recovery",
    "users",
]


def create_keyring(
    folder: Path, *, office: OfficeId, user: str, password: str, cost: KeyCost = STANDARD_COST
) -> tuple[OfficeKey, RecoveryKey]:
    """Draw an office key, and let one person and a recovery key open it.

    The folder is made if need be. Raises OfficeAlreadyThere, UserNameMissing, PasswordTooShort,
    PasswordTooEasy, DiskFull or DiskFailed.
    """
    name = _new_name(user)
    secret = _new_password(password, name)
    with disk_faults_told(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        make_private_folder(folder)
        if exists(folder):
            raise OfficeAlreadyThere(folder=str(folder))
        key = OfficeKey.fresh(office=office, opened_by=name)
        recovery, sheet = _fresh_recovery(key)
        person = wrap(key, secret=secret, kind=SlotKind.PASSWORD, user=name, cost=cost)
        wipe(secret)
        content = keyring_content(office, [person.as_json(), sheet.as_json()])
        replace_file(folder / PREVIOUS, content)
        replace_file(folder / FILE, content)
    return key, recovery


def unlock(folder: Path, *, user: str, password: str) -> OfficeKey:
    """The office key, for the person whose password this is. Takes about half a second.

    Raises WrongPassword (for an unknown name too), KeyringMissing, KeyringDamaged, KeyringTooNew.
    """
    keyring = read_keyring(folder)
    mine = _password_of(user)
    secret = _password_bytes(password)
    try:
        key = keyring.open(mine, secret)
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
    keyring = read_keyring(folder)
    key = keyring.open(lambda slot: slot.kind is SlotKind.RECOVERY, bytearray(typed.secret))
    if key is None:
        raise WrongRecoveryKey
    return key


def set_password(
    folder: Path,
    key: OfficeKey,
    *,
    user: str,
    password: str,
    cost: KeyCost = STANDARD_COST,
    must_change: bool = False,
) -> None:
    """Give a person a password, new or in the place of the old, as `put_slot` does.

    `must_change`: it was chosen for them, and at the first log-in they choose their own. Raises as
    `create_keyring` and `unlock` do, but never WrongPassword.
    """
    slot = new_slot(key, user=user, password=password, cost=cost, must_change=must_change)
    put_slot(folder, key, slot)


def new_slot(
    key: OfficeKey,
    *,
    user: str,
    password: str,
    cost: KeyCost = STANDARD_COST,
    must_change: bool = False,
) -> KeySlot:
    """What `put_slot` stores. All that is slow about a password happens here, and no file is
    touched. Raises UserNameMissing, PasswordTooShort, PasswordTooEasy."""
    name = _new_name(user)
    secret = _new_password(password, name)
    try:
        return wrap(
            key,
            secret=secret,
            kind=SlotKind.PASSWORD,
            user=name,
            cost=cost,
            must_change=must_change,
        )
    finally:
        wipe(secret)


def put_slot(folder: Path, key: OfficeKey, slot: KeySlot) -> None:
    """Store a slot in the place of the person's other one. The previous file is kept beside; what a
    system keeps for them opens the office no more, by neither file.

    Raises KeyringMissing, KeyringDamaged, KeyringTooNew, DiskFull or DiskFailed.
    """
    keyring = keyring_of_office(folder, key)
    kept = slot_of(slot.user, SlotKind.SYSTEM)
    before = keyring_content(key.office, keyring.without(kept))
    others = keyring.without(_password_of(slot.user), kept)
    with disk_faults_told(folder):
        replace_file(folder / PREVIOUS, before)
        replace_file(folder / FILE, keyring_content(key.office, [*others, slot.as_json()]))


def strengthen(
    folder: Path, key: OfficeKey, *, user: str, password: str, cost: KeyCost = STANDARD_COST
) -> bool:
    """Wrap a slot anew that is cheaper to guess at than `cost`, right after `password` opened it.

    Whether that was needed. Raises DiskFull or DiskFailed.
    """
    keyring = keyring_of_office(folder, key)
    mine = _password_of(user)
    weak = next((slot for slot in keyring.slots if mine(slot) and slot.cost.is_below(cost)), None)
    if weak is None:
        return False
    secret = _password_bytes(password)
    stronger = wrap(
        key,
        secret=secret,
        kind=weak.kind,
        user=weak.user,
        cost=cost,
        must_change=weak.must_change,
    )
    wipe(secret)
    replace_both(folder, keyring_content(key.office, [*keyring.without(mine), stronger.as_json()]))
    return True


def replace_recovery(folder: Path, key: OfficeKey) -> RecoveryKey:
    """A new recovery key in the place of every earlier one, whose sheets open nothing any more.

    Raises KeyringMissing, KeyringDamaged, KeyringTooNew, DiskFull or DiskFailed.
    """
    keyring = keyring_of_office(folder, key)
    others = keyring.without(lambda slot: slot.kind is SlotKind.RECOVERY)
    recovery, sheet = _fresh_recovery(key)
    replace_both(folder, keyring_content(key.office, [*others, sheet.as_json()]))
    return recovery


def revoke(folder: Path, *, user: str) -> None:
    """From now on no password of this person opens the office, and nothing that a system keeps for
    them. None there is fine.

    The previous copy beside it is replaced as well. Raises KeyringDamaged, KeyringTooNew, DiskFull
    or DiskFailed.
    """
    if not exists(folder):
        return
    keyring = read_keyring(folder)
    others = keyring.without(_password_of(user), slot_of(user, SlotKind.SYSTEM))
    replace_both(folder, keyring_content(keyring.office, others))


def keyring_for(
    key: OfficeKey, *, passwords: Mapping[str, str], cost: KeyCost = STANDARD_COST
) -> tuple[bytes, RecoveryKey]:
    """The content of a whole new keyring: one slot for each of `passwords` by user, and a new
    recovery key. For a new office key; `put_in_place` makes it the office's."""
    slots: list[object] = []
    for user, password in passwords.items():
        secret = _password_bytes(password)
        slot = wrap(key, secret=secret, kind=SlotKind.PASSWORD, user=_new_name(user), cost=cost)
        wipe(secret)
        slots.append(slot.as_json())
    recovery, sheet = _fresh_recovery(key)
    return keyring_content(key.office, [*slots, sheet.as_json()]), recovery


def put_in_place(folder: Path, content: bytes) -> None:
    """Make this the keyring, at one stroke; the previous copy still holds the old one."""
    with disk_faults_told(folder):
        replace_file(folder / FILE, content)


def forget_previous(folder: Path) -> None:
    """Make the previous copy a copy of the present file: what it held opens nothing from here."""
    with disk_faults_told(folder):
        replace_file(folder / PREVIOUS, (folder / FILE).read_bytes())


def _fresh_recovery(key: OfficeKey) -> tuple[RecoveryKey, KeySlot]:
    recovery = RecoveryKey.fresh()
    # 160 random bits cannot be guessed at any cost, so they are not made slow to check
    secret = bytearray(recovery.secret)
    return recovery, wrap(key, secret=secret, kind=SlotKind.RECOVERY, user="", cost=LEAST_COST)


def _new_name(user: str) -> str:
    name = clean_name(user)
    if not name:
        raise UserNameMissing
    return name


def _password_of(user: str) -> Fits:
    return slot_of(user, SlotKind.PASSWORD)


def _new_password(password: str, user: str) -> bytearray:
    if len(unicodedata.normalize("NFC", password).strip()) < LEAST_PASSWORD:
        raise PasswordTooShort(least=LEAST_PASSWORD)
    strength = strength_of(password, known=[user])
    if not strength.is_enough:
        raise PasswordTooEasy(advice=strength.words)
    return _password_bytes(password)


def _password_bytes(password: str) -> bytearray:
    # The same word typed on another keyboard or system may arrive decomposed
    return bytearray(unicodedata.normalize("NFC", password), "utf-8")
