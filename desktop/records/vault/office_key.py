"""The office key: the one secret from which every other key of the office is drawn."""

import secrets
from types import TracebackType
from typing import Literal, Self

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from desktop.records.facts.ids import OfficeId
from desktop.records.vault.wipe import wipe

KEY_BYTES = 32
Purpose = Literal["records", "renditions", "wrapping", "trail"]
_PURPOSES: tuple[Purpose, ...] = ("records", "renditions", "wrapping", "trail")


class OfficeKey:
    """256 random bits, held until they are wiped. Leaving its `with` block wipes it."""

    def __init__(
        self,
        secret: bytearray,
        *,
        office: OfficeId,
        opened_by: str = "",
        must_change: bool = False,
    ) -> None:
        """Takes `secret` over: wiping this key wipes it. `opened_by` is the person's name as the
        keyring has it, or empty for the recovery key; `must_change` says that the password which
        gave it was chosen by somebody else."""
        if len(secret) != KEY_BYTES:
            raise ValueError(f"an office key has {KEY_BYTES} bytes, not {len(secret)}")
        self.office = office
        self.opened_by = opened_by
        self.must_change = must_change
        self._secret = secret
        self._wiped = False

    @classmethod
    def fresh(cls, *, office: OfficeId, opened_by: str) -> Self:
        """A new random key."""
        return cls(bytearray(secrets.token_bytes(KEY_BYTES)), office=office, opened_by=opened_by)

    def subkey(self, purpose: Purpose) -> bytearray:
        """256 bits for one purpose (HKDF-Expand, RFC 5869, SHA-256). The caller wipes them.

        Raises ValueError for a purpose that has no key, and once this key is wiped.
        """
        if purpose not in _PURPOSES:
            raise ValueError(f"no key is drawn for {purpose!r}")
        out = bytearray(KEY_BYTES)
        info = f"chartroom/1/{purpose}".encode()
        HKDFExpand(hashes.SHA256(), KEY_BYTES, info).derive_into(self.secret, out)
        return out

    @property
    def secret(self) -> bytearray:
        """The key itself, for the keyring alone. Not a copy."""
        if self._wiped:
            raise ValueError("the office key was wiped")
        return self._secret

    def wipe(self) -> None:
        """Overwrite the key. Safe to call twice."""
        self._wiped = True
        wipe(self._secret)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.wipe()
