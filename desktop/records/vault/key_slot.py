"""One slot of the keyring: the office key wrapped under one person's secret."""

import base64
import binascii
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from desktop.records.facts.ids import OfficeId
from desktop.records.vault.office_key import KEY_BYTES, OfficeKey
from desktop.records.vault.wipe import wipe

_MIB = 1024
_SALT_BYTES, _NONCE_BYTES, _TAG_BYTES = 16, 12, 16


class SlotKind(StrEnum):
    """What opens a slot."""

    PASSWORD = "password"  # noqa: S105
    RECOVERY = "recovery"
    SYSTEM = "kept-by-system"
    """Random bits that the operating system's keyring keeps for one person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCost:
    """What one guess at a password costs (Argon2id, RFC 9106). `memory` is in KiB."""

    memory: int
    passes: int
    lanes: int

    @property
    def is_sane(self) -> bool:
        """Not below the floor that guards a password, nor so high that a computer would stall."""
        return (
            64 * _MIB <= self.memory <= 1024 * _MIB
            and 2 <= self.passes <= 16
            and 1 <= self.lanes <= 16
        )

    def is_below(self, standard: "KeyCost") -> bool:
        """Whether a guess takes less memory traffic than it should."""
        return self.memory < standard.memory or self.passes < standard.passes


STANDARD_COST = KeyCost(memory=256 * _MIB, passes=3, lanes=4)
LEAST_COST = KeyCost(memory=64 * _MIB, passes=2, lanes=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySlot:
    """A wrapped office key, and all that is needed to unwrap it but the secret."""

    office: OfficeId
    id: str
    kind: SlotKind
    user: str
    cost: KeyCost
    salt: bytes
    nonce: bytes
    wrapped: bytes
    must_change: bool = False
    """Whether the password was chosen by somebody else, and must not outlive the first log-in."""

    def as_json(self) -> dict[str, object]:
        """The slot as it is stored, its plain checksum beside it."""
        stored: dict[str, object] = {
            "id": self.id,
            "kind": self.kind.value,
            "user": self.user,
            "cost": asdict(self.cost),
            "salt": _text(self.salt),
            "nonce": _text(self.nonce),
            "wrapped": _text(self.wrapped),
            **({"must_change": True} if self.must_change else {}),
        }
        return {**stored, "checksum": _checksum(self.office, stored)}


def read_slot(stored: object, *, office: OfficeId) -> KeySlot | None:
    """A slot as it was stored, or None if it is damaged or asks for a cost that is not sane."""
    if not isinstance(stored, Mapping):
        return None
    try:
        body = {name: value for name, value in stored.items() if name != "checksum"}
        slot = KeySlot(
            office=office,
            id=str(body["id"]),
            kind=SlotKind(body["kind"]),
            user=str(body["user"]),
            cost=KeyCost(**{name: _whole(value) for name, value in body["cost"].items()}),
            salt=base64.b64decode(body["salt"], validate=True),
            nonce=base64.b64decode(body["nonce"], validate=True),
            wrapped=base64.b64decode(body["wrapped"], validate=True),
            must_change=body.get("must_change") is True,
        )
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error):
        return None
    lengths = (len(slot.salt), len(slot.nonce), len(slot.wrapped))
    whole = lengths == (_SALT_BYTES, _NONCE_BYTES, KEY_BYTES + _TAG_BYTES)
    untouched = stored.get("checksum") == _checksum(office, body)
    return slot if whole and untouched and slot.cost.is_sane else None


def fresh_slot_id() -> str:
    """A name for a slot that no other has."""
    return secrets.token_hex(8)


def wrap(
    key: OfficeKey,
    *,
    secret: bytearray,
    kind: SlotKind,
    user: str,
    cost: KeyCost,
    must_change: bool = False,
    slot_id: str = "",
) -> KeySlot:
    """A new slot that opens with `secret`; its id is random, unless one is given."""
    if not cost.is_sane:
        raise ValueError(f"not a sane cost: {cost}")
    empty = KeySlot(
        office=key.office,
        id=slot_id or fresh_slot_id(),
        kind=kind,
        user=user,
        cost=cost,
        salt=secrets.token_bytes(_SALT_BYTES),
        nonce=secrets.token_bytes(_NONCE_BYTES),
        wrapped=b"",
        must_change=must_change,
    )
    wrapping = _stretched(secret, empty)
    try:
        wrapped = AESGCM(wrapping).encrypt(empty.nonce, key.secret, _bound(empty))
    finally:
        wipe(wrapping)
    return replace(empty, wrapped=wrapped)


def unwrap(slot: KeySlot, *, secret: bytearray) -> OfficeKey | None:
    """The office key, or None if `secret` does not open the slot."""
    wrapping = _stretched(secret, slot)
    out = bytearray(KEY_BYTES)
    try:
        AESGCM(wrapping).decrypt_into(slot.nonce, slot.wrapped, _bound(slot), out)
    except InvalidTag:
        wipe(out)
        return None
    finally:
        wipe(wrapping)
    return OfficeKey(out, office=slot.office, opened_by=slot.user, must_change=slot.must_change)


def _stretched(secret: bytearray, slot: KeySlot) -> bytearray:
    out = bytearray(KEY_BYTES)
    Argon2id(
        salt=slot.salt,
        length=KEY_BYTES,
        iterations=slot.cost.passes,
        lanes=slot.cost.lanes,
        memory_cost=slot.cost.memory,
    ).derive_into(cast("bytes", secret), out)  # the stub is narrower than the function
    return out


def _bound(slot: KeySlot) -> bytes:
    """What the wrapping vouches for: nobody can move, rename or weaken a slot unnoticed."""
    cost = slot.cost
    facts = [str(slot.office), slot.id, slot.kind.value, slot.user, _text(slot.salt)]
    flags = ["must change"] if slot.must_change else []
    return _canonical([*facts, cost.memory, cost.passes, cost.lanes, *flags])


def _checksum(office: OfficeId, stored: Mapping[str, object]) -> str:
    return hashlib.sha256(_canonical([str(office), stored])).hexdigest()


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"not a whole number: {value!r}")
    return value
