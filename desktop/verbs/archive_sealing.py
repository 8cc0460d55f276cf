"""The container of an encrypted archive; docs/archive-format.md describes every byte of it."""

import hashlib
import hmac
import secrets
import struct
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from desktop.records.vault.keyring import STANDARD_COST, KeyCost
from desktop.records.vault.wipe import wipe
from desktop.verbs.archive_problems import (
    ArchivePassphraseWrong,
    NotSealedArchive,
    SealedArchiveDamaged,
)

SEGMENT = 256 * 1024
TAG = 16
HEADER = 108
_KIND = b"CRSA" + bytes((1, 1, SEGMENT.bit_length() - 1, 1))
_FACTS = struct.Struct(">8sIII16s7sx")  # kind, memory, passes, lanes, salt, nonce prefix
_SUM = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What the header says in the clear."""

    cost: KeyCost
    salt: bytes
    prefix: bytes

    def packed(self) -> bytes:
        """The first 76 bytes of the header, their check sum with them."""
        cost = self.cost
        facts = _FACTS.pack(_KIND, cost.memory, cost.passes, cost.lanes, self.salt, self.prefix)
        return facts + hashlib.sha256(facts).digest()


class SealingStream:
    """Seals whatever is written, and hands the container to `send` piece by piece.

    `finish` seals the last segment; a container without it is found to be cut short.
    """

    def __init__(
        self,
        passphrase: str,
        send: Callable[[bytes | memoryview], object],
        *,
        cost: KeyCost = STANDARD_COST,
    ) -> None:
        if not cost.is_sane:
            raise ValueError(f"not a sane cost: {cost}")
        facts = _Facts(cost=cost, salt=secrets.token_bytes(16), prefix=secrets.token_bytes(7))
        start = facts.packed()
        keys = _stretched(passphrase, facts)
        try:
            self._gcm = AESGCM(keys[:32])
            self._header = start + hmac.digest(keys[32:], start, "sha256")
        finally:
            wipe(keys)
        self._prefix = facts.prefix
        self._send = send
        self._plain = bytearray(SEGMENT)
        self._filled = 0
        self._next = 0
        send(self._header)

    def write(self, data: bytes | memoryview) -> None:
        """Take more plaintext. Up to a segment of it waits in memory."""
        rest = memoryview(data)
        while rest:
            if self._filled == SEGMENT:  # more follows, so this one is not the last
                self._seal(last=False)
            piece = rest[: SEGMENT - self._filled]
            self._plain[self._filled : self._filled + len(piece)] = piece
            self._filled += len(piece)
            rest = rest[len(piece) :]

    def finish(self) -> None:
        """Nothing follows."""
        self._seal(last=True)
        self.wipe()

    def wipe(self) -> None:
        """Leave no plaintext behind."""
        wipe(self._plain)

    def _seal(self, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self._next, last=last)
        plain = memoryview(self._plain)[: self._filled]
        self._send(self._gcm.encrypt(nonce, plain, self._header))
        self._next += 1
        self._filled = 0


class OpenedStream:
    """The plaintext of a container, in order. Nothing is given out before it was authenticated.

    Raises NotSealedArchive, ArchivePassphraseWrong; `segments` raises SealedArchiveDamaged. What
    `sealed` raises comes through.
    """

    def __init__(self, sealed: BinaryIO, passphrase: str, *, name: str) -> None:
        self._sealed = sealed
        self._name = name
        self._header = sealed.read(HEADER)
        facts = self._facts()
        start = self._header[: _FACTS.size + _SUM]
        keys = _stretched(passphrase, facts)
        try:
            seal = hmac.digest(keys[32:], start, "sha256")
            if not hmac.compare_digest(seal, self._header[len(start) :]):
                raise ArchivePassphraseWrong(path=name)
            self._gcm = AESGCM(keys[:32])
        finally:
            wipe(keys)
        self._prefix = facts.prefix

    def _facts(self) -> _Facts:
        header = self._header
        if header[:4] != _KIND[:4]:
            raise self._not_one("it does not begin like one")
        if len(header) < HEADER:
            raise self._not_one("it is cut short in its beginning")
        start = header[: _FACTS.size]
        if hashlib.sha256(start).digest() != header[_FACTS.size : _FACTS.size + _SUM]:
            raise self._not_one("its beginning is damaged")
        kind, memory, passes, lanes, salt, prefix = _FACTS.unpack(start)
        if kind != _KIND:
            raise self._not_one("it is of a form that this version does not know")
        cost = KeyCost(memory=memory, passes=passes, lanes=lanes)
        if not cost.is_sane:
            raise self._not_one("its key costs less or more than can be meant")
        return _Facts(cost=cost, salt=salt, prefix=prefix)

    def segments(self) -> Iterator[bytes]:
        """All of the plaintext, up to a segment at a time. Each container is read once."""
        index = 0
        sealed = self._sealed.read(SEGMENT + TAG)
        while True:
            following = self._sealed.read(SEGMENT + TAG)
            yield self._opened(index, sealed, last=not following)
            if not following:
                return
            index, sealed = index + 1, following

    def _opened(self, index: int, sealed: bytes, *, last: bool) -> bytes:
        plain = self._tried(index, sealed, last=last)
        if plain is not None:
            return plain
        if not sealed:
            where = "it is cut short right after its beginning"
        elif self._tried(index, sealed, last=not last) is None:
            cut = ", or the file is cut short in it" if last else ""
            where = f"segment {index + 1} is damaged{cut}"
        elif last:
            where = f"it is cut short after segment {index + 1}"
        else:
            where = f"something was added after segment {index + 1}, which is its last"
        raise SealedArchiveDamaged(path=self._name, where=where)

    def _tried(self, index: int, sealed: bytes, *, last: bool) -> bytes | None:
        nonce = _nonce(self._prefix, index, last=last)
        try:
            return self._gcm.decrypt(nonce, sealed, self._header)
        except InvalidTag:
            return None

    def _not_one(self, why: str) -> NotSealedArchive:
        return NotSealedArchive(path=self._name, why=why)


def _stretched(passphrase: str, facts: _Facts) -> bytearray:
    """32 bytes that seal, and 32 that tell a wrong passphrase from damage."""
    typed = bytearray(unicodedata.normalize("NFC", passphrase), "utf-8")
    out = bytearray(64)
    try:
        Argon2id(
            salt=facts.salt,
            length=len(out),
            iterations=facts.cost.passes,
            lanes=facts.cost.lanes,
            memory_cost=facts.cost.memory,
        ).derive_into(cast("bytes", typed), out)  # the stub is narrower than the function
    finally:
        wipe(typed)
    return out


def _nonce(prefix: bytes, index: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">IB", index, last)
