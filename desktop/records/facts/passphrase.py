"""What a passphrase must be, and one that has to be replaced."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem

LEAST_CHARACTERS = 12
"""After NFC, without spaces at either end. Length is the only rule; four words are the advice."""


@dataclass(unsafe_hash=True)
class PasswordMustChange(Problem):
    """The password is right, and somebody else chose it."""

    user: str
    words: ClassVar[str] = (
        "This password was chosen for {user} by somebody else. Choose your own with “chartroom "
        "password”; then the office opens."
    )
