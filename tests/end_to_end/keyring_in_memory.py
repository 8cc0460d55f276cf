"""A keyring of the operating system for tests that need none: the twin of `secret_service`."""

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class InMemory(KeyringBackend):
    """The twin: a keyring that is gone with the test."""

    priority = 0

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._check()
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check()
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._check()
        if self.held.pop((service, username), None) is None:
            raise PasswordDeleteError("No such password!")

    def lock(self) -> None:
        self.is_locked = True

    def _check(self) -> None:
        if self.is_locked:
            raise KeyringLocked("Failed to unlock the collection!")
