"""Keys that outlive the office key they were drawn from: they lie in the records, wrapped."""

import secrets

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.records.vault.office_key import KEY_BYTES, OfficeKey
from desktop.records.vault.refusals import RecordsDamaged
from desktop.records.vault.schema import kept_key
from desktop.records.vault.wipe import wipe

_NONCE_BYTES = 12
_TRAIL = "trail"


def trail_key(connection: sa.Connection, key: OfficeKey) -> bytearray:
    """The key of this office's trail: the first office key's own, however often that was rotated.

    The caller wipes it. Raises RecordsDamaged if what lies there does not open.
    """
    query = sa.select(kept_key.c.wrapped).where(kept_key.c.purpose == _TRAIL)
    stored = connection.execute(query).scalar_one_or_none()
    if stored is None:
        return key.subkey("trail")
    wrapping, out = key.subkey("wrapping"), bytearray(KEY_BYTES)
    try:
        cipher = AESGCM(wrapping)
        cipher.decrypt_into(stored[:_NONCE_BYTES], stored[_NONCE_BYTES:], _bound(_TRAIL), out)
    except (InvalidTag, ValueError):
        raise RecordsDamaged(file="records.db") from None
    finally:
        wipe(wrapping)
    return out


def keep_trail_key(connection: sa.Connection, key: OfficeKey, secret: bytearray) -> None:
    """Keep the trail's key for those who hold `key`, in the caller's transaction."""
    wrapping, nonce = key.subkey("wrapping"), secrets.token_bytes(_NONCE_BYTES)
    wrapped = nonce + AESGCM(wrapping).encrypt(nonce, secret, _bound(_TRAIL))
    wipe(wrapping)
    before = sa.update(kept_key).where(kept_key.c.purpose == _TRAIL).values(wrapped=wrapped)
    if connection.execute(before).rowcount == 0:
        connection.execute(sa.insert(kept_key).values(purpose=_TRAIL, wrapped=wrapped))


def _bound(purpose: str) -> bytes:
    return f"chartroom/1/kept key/{purpose}".encode()
