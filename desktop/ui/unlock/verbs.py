"""What the door needs to be handed; the composition root fills it in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockVerbs:
    """All block, run in the vault lane, and raise problems.

    `unlock` takes a user's name and passphrase, and a new passphrase or nothing: it raises
    PasswordMustChange where somebody else chose the one that was typed. `create` takes
    organisation, name and passphrase, leaves the office open, and gives the recovery sheet as a
    PDF. `recover` takes the recovery key, and the name and new passphrase of whoever holds it,
    and leaves the office open.
    """

    office_exists: Callable[[], bool]
    users: Callable[[], Sequence[str]]
    unlock: Callable[[str, str, str], None]
    create: Callable[[str, str, str], bytes]
    recover: Callable[[str, str, str], None]
    printers: Callable[[], Sequence[str]]
    print_recovery: Callable[[bytes, str], None]
    save_recovery: Callable[[bytes, Path], None]
