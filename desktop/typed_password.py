"""Passwords and recovery keys for the command line: out of a file, or typed unseen; never an
argument."""

import getpass
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from desktop.problem import Problem
from desktop.verbs.output import read_whole
from desktop.verbs.problems import NoPasswordTyped, PasswordNotReadable


@dataclass(unsafe_hash=True)
class PasswordsDiffer(Problem):
    """A slip in one of two that nobody could see."""

    words: ClassVar[str] = "The two passphrases differ. Nothing was changed; try again."


def asked_password(file: Path | None, *, prompt: str = "Passphrase", twice: bool = False) -> str:
    """The first line of the file, else what is typed without being shown.

    Raises PasswordNotReadable, NoPasswordTyped, PasswordsDiffer.
    """
    if file:
        return _first_line(file)
    typed = _typed(f"{prompt}: ")
    if twice and _typed("Again: ") != typed:
        raise PasswordsDiffer
    return typed


def written_recovery_key(file: Path) -> str:
    """The recovery key as the file has it. Raises PasswordNotReadable."""
    return _text(file)


def _first_line(path: Path) -> str:
    password = _text(path).split("\n")[0].rstrip("\r")
    if not password:
        raise PasswordNotReadable(path=str(path), reason="its first line is empty")
    return password


def _text(path: Path) -> str:
    try:
        return read_whole(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PasswordNotReadable(path=str(path), reason="it is not UTF-8 text") from None


def _typed(prompt: str) -> str:
    """What somebody types unseen. Raises NoPasswordTyped where nobody can, or it would be seen."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt)
        except (EOFError, getpass.GetPassWarning):
            raise NoPasswordTyped from None
