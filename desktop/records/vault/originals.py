"""Sealed originals: the order of a keep, and reading back what was kept.

The order: stream in, hash and seal as it comes; write all; check the size; fsync; rename; fsync the
folder; drop the cache, read back, unseal, compare the hash. Only then may a row name it.
"""

import hashlib
import hmac
import secrets
from collections import deque
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.problem import Cancelled, Problem
from desktop.records.facts.sealed import SealedOriginal
from desktop.records.vault.half_sealed import HalfSealed, ReadAt, ReadInto, Waiting
from desktop.records.vault.office_key import KEY_BYTES
from desktop.records.vault.original_store import (
    KnownIn,
    OriginalStore,
    PendingOriginal,
    Sweep,
)
from desktop.records.vault.problems import (
    OriginalDamaged,
    OriginalMissing,
    ReadBackDiffers,
)
from desktop.records.vault.sealing import TAG, BufferPool, Buffers, SealedReader
from desktop.records.vault.wipe import wipe

_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsettled:
    """An original that is sealed and written, but not yet durable, named or read back."""

    sealed: SealedOriginal
    pending: PendingOriginal


class Originals:
    """The sealed originals of an open office. Every verb may be called from any thread."""

    def __init__(self, store: OriginalStore, wrapping: bytearray | AESGCM) -> None:
        """Copies a wrapping key; the caller wipes its own."""
        self._store = store
        self._wrapping: AESGCM | None = (
            wrapping if isinstance(wrapping, AESGCM) else AESGCM(wrapping)
        )
        self._pool = BufferPool()
        self._fresh: set[str] = set()
        self._waiting = Waiting()

    def keep(
        self, read: ReadInto, *, expected: int, stopped: Callable[[], bool] = lambda: False
    ) -> SealedOriginal:
        """`seal` and `settle` at one go."""
        return self.settle(self.seal(read, expected=expected, stopped=stopped))

    def seal(
        self, read: ReadInto, *, expected: int, stopped: Callable[[], bool] = lambda: False
    ) -> Unsettled:
        """Read `expected` bytes, hash them, and write them sealed.

        `read` fills as much of a buffer as it likes and returns how much, 0 only at the end; what
        it raises comes through. Raises SourceCutShort, Cancelled once `stopped` says so, DiskFull,
        TooBigForDrive or DiskFailed. Whatever it raises, nothing is left behind.
        """
        with self._lent() as buffers, ExitStack() as on_failure:
            half = self._begun(expected)
            on_failure.callback(half.abandon)
            half.go_on(read, buffers, stopped)
            unsettled = self._unsettled(half)
            on_failure.pop_all()
        return unsettled

    def seal_or_go_on(
        self,
        mark: Hashable,
        read_at: ReadAt,
        *,
        expected: int,
        stopped: Callable[[], bool] = lambda: False,
    ) -> tuple[Unsettled, int]:
        """As `seal`, from a source that can be read at any place and may be back after it left.

        Where the source leaves in mid-file (a problem that ends the trip), the sealed part of a
        large one waits under `mark` until this is closed, while the problem comes through. A later
        call with that mark, which stands for the same source, name, size and time, goes on from
        there if the source still gives what was sealed of it, wherever it is compared; if not,
        that part is dropped and all is read from the start. Also returns how many of the bytes an
        earlier reading gave: the hash is that of the bytes of both.
        """
        with self._lent() as buffers, ExitStack() as on_failure:
            half = self._waiting.take(mark)
            if half is not None:
                on_failure.callback(self._waiting.leave, mark, half)
                if half.size != expected or not half.agrees(read_at, buffers, stopped):
                    on_failure.pop_all()
                    half.abandon()
                    half = None
            if half is None:
                half = self._begun(expected)
                on_failure.callback(self._waiting.leave, mark, half)
            earlier = half.done
            half.go_on(half.rest_of(read_at), buffers, stopped)
            unsettled = self._unsettled(half)
            on_failure.pop_all()
        return unsettled, earlier

    def _begun(self, size: int) -> HalfSealed:
        name = secrets.token_hex(16)
        self._fresh.add(name)
        return HalfSealed(self._store, name=name, size=size)

    def _unsettled(self, half: HalfSealed) -> Unsettled:
        wrapped = self._wrap(half.key, half.name)
        wipe(half.key)
        sealed = SealedOriginal(
            name=half.name, size=half.size, sha256=half.sha256, wrapped_key=wrapped
        )
        return Unsettled(sealed=sealed, pending=half.pending)

    @contextmanager
    def _lent(self) -> Iterator[Buffers]:
        buffers = self._pool.take()
        try:
            yield buffers
        finally:
            self._pool.give_back(buffers)

    def settle(self, unsettled: Unsettled) -> SealedOriginal:
        """Make it durable under its name, read it back from the drive, and compare.

        Raises DiskFull, DiskFailed or ReadBackDiffers; then nothing is left behind.
        """
        sealed = unsettled.sealed
        with ExitStack() as on_failure:
            on_failure.callback(self._forget, unsettled)
            unsettled.pending.finish()
            problem = self.check(sealed, cold=True)
            if isinstance(problem, OriginalDamaged | OriginalMissing):
                raise ReadBackDiffers(drive=self._store.place) from problem
            if problem is not None:
                raise problem
            on_failure.pop_all()
        return sealed

    def abandon(self, unsettled: Unsettled) -> None:
        """Leave nothing of an original that will not be settled."""
        unsettled.pending.abandon()

    def _forget(self, unsettled: Unsettled) -> None:
        _drop(unsettled.pending)
        with suppress(Problem):
            self._store.delete(unsettled.sealed.name)

    def reader(self, sealed: SealedOriginal) -> SealedReader:
        """The plaintext as a seekable file; close it after use.

        Raises OriginalMissing, OriginalDamaged or DiskFailed; reading raises the last two.
        """
        return self._reader(sealed, cold=False)

    def _reader(self, sealed: SealedOriginal, *, cold: bool) -> SealedReader:
        key = self._unwrap(sealed)
        try:
            return SealedReader(
                self._store.get(sealed.name, cold=cold),
                key=key,
                name=sealed.name,
                size=sealed.size,
                pool=self._pool,
            )
        finally:
            wipe(key)

    def read(self, sealed: SealedOriginal) -> bytes:
        """The whole plaintext, authenticated. Raises as `reader` does."""
        with self.reader(sealed) as reader:
            return b"".join(bytes(piece) for piece in reader.segments())

    def elsewhere(self, store: OriginalStore) -> "Originals":
        """The same office's originals as they lie in another store: in a backup."""
        return Originals(store, self._cipher)

    def check(
        self,
        sealed: SealedOriginal,
        *,
        cold: bool = False,
        stopped: Callable[[], bool] = lambda: False,
        told: Callable[[int], None] = lambda _done: None,
    ) -> Problem | None:
        """Read an original whole and compare it with its row; what is wrong, or None.

        `cold` reads what the drive holds, not what the system remembers of it. Cancelled where it
        was stopped between two segments; `told` hears how many bytes were read, and the Problem
        that it raises ends it and is the answer.
        """
        return self._compared(sealed, self._opened(sealed, cold=cold), stopped, told)

    def check_each(
        self, originals: Iterable[SealedOriginal], *, stopped: Callable[[], bool] = lambda: False
    ) -> Generator[Problem | None, None, None]:
        """`check` each, cold, in their order: while one is compared, the drive reads the next."""
        ahead: deque[tuple[SealedOriginal, SealedReader | Problem]] = deque()
        with ExitStack() as always:
            always.callback(_close_all, ahead)
            for sealed in originals:
                ahead.append((sealed, self._opened(sealed, cold=True)))
                if len(ahead) > 1:
                    yield self._compared(*ahead.popleft(), stopped)
            while ahead:
                yield self._compared(*ahead.popleft(), stopped)

    def _opened(self, sealed: SealedOriginal, *, cold: bool) -> SealedReader | Problem:
        try:
            return self._reader(sealed, cold=cold)
        except Problem as problem:
            return problem

    @staticmethod
    def _compared(
        sealed: SealedOriginal,
        opened: SealedReader | Problem,
        stopped: Callable[[], bool],
        told: Callable[[int], None] = lambda _done: None,
    ) -> Problem | None:
        if isinstance(opened, Problem):
            return Cancelled() if stopped() else opened
        digest = hashlib.sha256()
        done = 0
        try:
            with opened as reader:
                for piece in reader.segments():
                    digest.update(piece)
                    done += len(piece)
                    told(done)
                    if stopped():
                        return Cancelled()
        except Problem as problem:
            return problem
        if not hmac.compare_digest(digest.digest(), sealed.sha256):
            return OriginalDamaged(name=sealed.name, where="it is not what the record describes")
        return None

    def delete(self, name: str) -> None:
        """Take back an original of this session that no row names: a duplicate.

        Raises ValueError for any other, for filed images are never deleted.
        """
        if name not in self._fresh:
            raise ValueError(f"{name} was not kept in this session")
        self._store.delete(name)

    def remove_destroyed(self, name: str) -> None:
        """Remove the sealed file of an original whose key was destroyed, whether or not it is still
        there. For disposal alone. Raises DiskFailed."""
        self._store.delete(name)

    def sweeping(self, known_in: KnownIn) -> Sweep:
        """Clear away what an interrupted import left, with `go_on`. Needs the office lock; may run
        beside keeps of this session, which it spares. It and `go_on` raise DiskFailed.
        """
        return self._store.sweeping(known_in=known_in, spared=self._fresh)

    @property
    def fresh(self) -> frozenset[str]:
        """The names that were given out in this session."""
        return frozenset(self._fresh)

    def rewrapped(self, sealed: SealedOriginal, *, into: "Originals") -> bytes:
        """The data key of an original as `into`, under another key, would have wrapped it.

        The sealed file stays as it is. Raises OriginalDamaged if the data key does not open.
        """
        key = self._unwrap(sealed)
        try:
            return into._wrap(key, sealed.name)  # noqa: SLF001 - one of its own kind
        finally:
            wipe(key)

    def let_nothing_wait(self) -> None:
        """Drop what waits for its device to come back; nothing waits from now on."""
        self._waiting.close()

    def close(self) -> None:
        """Let the wrapping key go. Nothing can be kept or read afterwards."""
        self.let_nothing_wait()
        self._wrapping = None

    def _wrap(self, key: bytearray, name: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, key, _bound(name))

    def _unwrap(self, sealed: SealedOriginal) -> bytearray:
        cipher, key = self._cipher, bytearray(KEY_BYTES)
        damaged = OriginalDamaged(name=sealed.name, where="the key in its record")
        if len(sealed.wrapped_key) != _NONCE_BYTES + KEY_BYTES + TAG:
            raise damaged
        nonce, wrapped = sealed.wrapped_key[:_NONCE_BYTES], sealed.wrapped_key[_NONCE_BYTES:]
        try:
            cipher.decrypt_into(nonce, wrapped, _bound(sealed.name), key)
        except InvalidTag:
            raise damaged from None
        return key

    @property
    def _cipher(self) -> AESGCM:
        if self._wrapping is None:
            raise ValueError("the originals are closed")
        return self._wrapping


def _drop(pending: PendingOriginal) -> None:
    # a drive that fails here has failed before, and the next sweep clears what is left
    with suppress(Problem):
        pending.abandon()


def _close_all(ahead: Iterable[tuple[SealedOriginal, SealedReader | Problem]]) -> None:
    for _, opened in ahead:
        if isinstance(opened, SealedReader):
            opened.close()


def _bound(name: str) -> bytes:
    return f"chartroom/1/data key/{name}".encode()
