"""The operating system's keyring: Secret Service, macOS Keychain, Windows Credential Locker.

Only these, each asked for by name: what a settings file or the environment would put in their
place might lay secrets into a plain file. The library that speaks to them is an optional part of
Chartroom and is loaded when somebody's key is kept or asked for.
"""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

from desktop.problem import Problem
from desktop.records.facts.ids import OfficeId
from desktop.records.vault.kept_slots import SECRET_BYTES, KeptSecret

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_PATIENCE_S = 60.0
"""How long somebody may take to unlock it."""


@dataclass(unsafe_hash=True)
class SystemKeyringMissing(Problem):
    """The library is not installed, or no keyring answers in this session."""

    reason: str
    words: ClassVar[str] = (
        "This computer's own keyring cannot be used ({reason}). Type the passphrase; everything "
        "else works without it."
    )


@dataclass(unsafe_hash=True)
class SystemKeyringRefused(Problem):
    """It is there, and did not do what was asked: locked, perhaps, and nobody unlocked it."""

    reason: str
    words: ClassVar[str] = (
        "This computer's own keyring refused ({reason}). Unlock it, or log in to this computer "
        "again; the passphrase opens the office all the same."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEntry:
    """One person's entry: which office, which slot of its keyring, and who."""

    office: OfficeId
    slot: str
    user: str

    @property
    def service(self) -> str:
        """What it is kept for, as the system's own list of entries shows it."""
        return f"Chartroom office {self.office.hex[-8:].upper()}, key {self.slot}"


class SystemKeyring:
    """One account's keyring on this computer. May ask its person to unlock it, so never call it
    from a window's own thread."""

    def __init__(self, backend: "KeyringBackend") -> None:
        self._backend = backend

    @classmethod
    def of_this_account(cls) -> Self:
        """The keyring of whoever is logged in to this computer. Raises SystemKeyringMissing."""
        try:
            with _faults_told():
                return cls(_backend())
        except SystemKeyringRefused as refused:
            raise SystemKeyringMissing(reason=refused.reason) from refused
        except ImportError:
            reason = "the part “chartroom[keyring]” is not installed"
            raise SystemKeyringMissing(reason=reason) from None

    def keep(self, entry: KeptEntry, kept: KeptSecret) -> None:
        """Store the secret, and read it back. Raises SystemKeyringRefused."""
        with _faults_told():
            self._backend.set_password(entry.service, entry.user, kept.secret.hex())
        found = self.kept(entry)
        if found is None or found.secret != kept.secret:
            raise SystemKeyringRefused(reason="what it gives back is not what it was given")
        found.wipe()

    def kept(self, entry: KeptEntry) -> KeptSecret | None:
        """What was stored, or None where nothing is or it was never ours. Raises
        SystemKeyringRefused."""
        with _faults_told():
            text = self._backend.get_password(entry.service, entry.user)
        try:
            secret = bytearray.fromhex(text or "")
        except ValueError:
            return None
        if len(secret) != SECRET_BYTES:
            return None
        return KeptSecret(slot=entry.slot, secret=secret)

    def drop(self, entry: KeptEntry) -> None:
        """Let the system forget it. Nothing there is fine. Raises SystemKeyringRefused."""
        with _faults_told():
            if self._backend.get_password(entry.service, entry.user) is not None:
                self._backend.delete_password(entry.service, entry.user)


def _backend() -> "KeyringBackend":
    """The system's own keyring. Raises ImportError, RuntimeError and what `_faults_told` tells."""
    backend: KeyringBackend
    if sys.platform == "win32":
        from keyring.backends import Windows

        backend = Windows.WinVaultKeyring()
        # else it roams to every other computer of the domain
        backend.persist = "local machine"
    elif sys.platform == "darwin":
        from keyring.backends import macOS

        backend = macOS.Keyring()
    else:
        backend = _secret_service()
    _ = type(backend).priority  # asks whether it can work here
    return backend


def _secret_service() -> "KeyringBackend":
    """The library's own, but it lets go of the bus where it fails, and does not wait for ever for
    somebody to unlock: at night nobody is there."""
    import secretstorage
    from keyring.backends import SecretService
    from keyring.errors import KeyringLocked

    class Bounded(SecretService.Keyring):
        def get_preferred_collection(self) -> secretstorage.Collection:
            with ExitStack() as on_failure:
                bus = secretstorage.dbus_init()
                on_failure.callback(bus.close)
                collection = secretstorage.get_default_collection(bus)
                if collection.is_locked():
                    collection.unlock(timeout=_PATIENCE_S)
                if collection.is_locked():
                    raise KeyringLocked("it is locked")
                on_failure.pop_all()
            return collection

    return Bounded()  # type: ignore[no-untyped-call]


@contextmanager
def _faults_told() -> Iterator[None]:
    try:
        yield
    except ImportError:
        raise
    except _faults() as error:
        said = " ".join(str(error).split()).rstrip(".!")
        raise SystemKeyringRefused(reason=said or type(error).__name__) from error


def _faults() -> tuple[type[Exception], ...]:
    """What the three of them raise for what the world does."""
    from keyring.errors import KeyringError

    common = (KeyringError, RuntimeError, OSError, EOFError)
    if sys.platform == "win32":
        from win32ctypes.pywin32.pywintypes import error

        return (*common, error)
    if sys.platform == "darwin":
        return common
    from jeepney import DBusErrorResponse
    from secretstorage.exceptions import SecretStorageException

    return (*common, DBusErrorResponse, SecretStorageException)
