"""What the door needs to be handed; the composition root fills it in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.printing.print_options import PrintOptions
    from desktop.printing.record_sheet_model import Paper
    from desktop.ui.parts.print_verbs import PrintVerbs

    RecoverySheet = Callable[[Paper], bytes]
    """The sheet as a PDF, for a paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockVerbs:
    """All block, run in the vault lane, and raise problems.

    `unlock` takes a user's name and passphrase, and a new passphrase or nothing: it raises
    PasswordMustChange where somebody else chose the one that was typed. `create` takes
    organisation, name and passphrase, leaves the office open, and gives the recovery sheet, which
    is laid out when a paper is chosen. `printing` is there once an office is open. `recover` takes
    the recovery key, and the name and new passphrase of whoever holds it, and leaves the office
    open. The first two are quick; `get_ready` loads what the others need, while somebody types.
    """

    office_exists: Callable[[], bool]
    users: Callable[[], Sequence[str]]
    get_ready: Callable[[], None]
    unlock: Callable[[str, str, str], None]
    create: Callable[[str, str, str], RecoverySheet]
    recover: Callable[[str, str, str], None]
    printing: Callable[[], PrintVerbs]
    print_recovery: Callable[[bytes, Paper, PrintOptions], None]
    save_recovery: Callable[[bytes, Path], None]
