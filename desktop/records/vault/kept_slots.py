"""Slots for the keyring of the operating system: at most one a person, opened by random bits.

The bits are never a password, so nobody chooses them, and the floor under the cost of a guess
holds for them as for every slot. What takes a password away takes these slots with it.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from desktop.records.vault.key_slot import LEAST_COST, KeySlot, SlotKind, fresh_slot_id, wrap
from desktop.records.vault.keyring import exists
from desktop.records.vault.keyring_file import (
    Fits,
    clean_name,
    keyring_content,
    keyring_of_office,
    read_keyring,
    replace_both,
    slot_of,
)
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.wipe import wipe

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSecret:
    """What the system keeps for one person: which slot it opens, and with what."""

    slot: str
    secret: bytearray = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != SECRET_BYTES:
            raise ValueError(f"a kept secret has {SECRET_BYTES} bytes, not {len(self.secret)}")

    @classmethod
    def fresh(cls) -> Self:
        """256 new random bits for a slot that is not made yet."""
        return cls(slot=fresh_slot_id(), secret=bytearray(secrets.token_bytes(SECRET_BYTES)))

    def wipe(self) -> None:
        """Overwrite the bits. Safe to call twice."""
        wipe(self.secret)


def new_slot(key: OfficeKey, *, user: str, kept: KeptSecret) -> KeySlot:
    """What `put_slot` stores for these bits; no file is touched."""
    # 256 random bits cannot be guessed at any cost, so they are not made slow to check
    return wrap(
        key,
        secret=kept.secret,
        kind=SlotKind.SYSTEM,
        user=user,
        cost=LEAST_COST,
        slot_id=kept.slot,
    )


def put_slot(folder: Path, key: OfficeKey, slot: KeySlot) -> None:
    """Let a slot of `new_slot` open the office, in the place of the person's other one.

    Raises KeyringMissing, KeyringDamaged, KeyringTooNew, DiskFull or DiskFailed.
    """
    others = keyring_of_office(folder, key).without(_of(slot.user))
    replace_both(folder, keyring_content(key.office, [*others, slot.as_json()]))


def forget(folder: Path, *, user: str = "") -> bool:
    """Let nothing that a system keeps open the office any more, for this person or for everybody,
    nor by the previous copy. Whether there was something; no keyring is nothing. Raises as
    `put_slot` does."""
    if not exists(folder):
        return False
    keyring = read_keyring(folder)
    gone: Fits = _of(user) if user else lambda slot: slot.kind is SlotKind.SYSTEM
    if not keyring.has(gone):
        return False
    replace_both(folder, keyring_content(keyring.office, keyring.without(gone)))
    return True


def unlock_kept(folder: Path, kept: KeptSecret) -> OfficeKey | None:
    """The office key, or None where the slot is gone or opens with other bits.

    Raises KeyringMissing, KeyringDamaged, KeyringTooNew.
    """

    def fits(slot: KeySlot) -> bool:
        return slot.kind is SlotKind.SYSTEM and slot.id == kept.slot

    keyring = read_keyring(folder)
    return keyring.open(fits, kept.secret) if keyring.has(fits) else None


def owners(folder: Path) -> Mapping[str, str]:
    """Whose keys a system keeps: the person's name by the id of the slot.

    Raises KeyringMissing, KeyringDamaged, KeyringTooNew.
    """
    if not exists(folder):
        return {}
    slots = read_keyring(folder).slots
    return {slot.id: slot.user for slot in slots if slot.kind is SlotKind.SYSTEM}


def kept_for(folder: Path, user: str) -> tuple[str, ...]:
    """The ids of the slots that a system opens for this person. Raises as `owners` does."""
    wanted = clean_name(user).casefold()
    return tuple(slot for slot, name in owners(folder).items() if name.casefold() == wanted)


def _of(user: str) -> Fits:
    return slot_of(user, SlotKind.SYSTEM)
