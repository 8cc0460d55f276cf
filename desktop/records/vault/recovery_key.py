"""The printed recovery key: 160 random bits on four lines that people can copy and type back.

Crockford's base 32, eight characters a line, and two check digits a line (ISO 7064 MOD 97-10 over
the line's number and its value). 32 has order 48 modulo the prime 97, so that every wrong
character, every two characters exchanged and every two lines exchanged are found.
"""

import re
import secrets
from dataclasses import dataclass
from typing import Self

from stdnum.iso7064 import mod_97_10

from desktop.records.facts.recovery import RECOVERY_CODE_MARK
from desktop.records.vault.problems import RecoveryKeyMistyped

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_ALIKE = str.maketrans("OIL", "011")
_LINES, _CHARACTERS, _CHECK = 4, 8, 2
_TYPED = _CHARACTERS + _CHECK
_BITS = 5 * _CHARACTERS


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RecoveryKey:
    """What opens an office when no password does. As secret as the whole records room."""

    secret: bytes

    @classmethod
    def fresh(cls) -> Self:
        """A new key of 160 random bits."""
        return cls(secret=secrets.token_bytes(_LINES * _BITS // 8))

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """The four lines as they are printed: two groups of four characters, and the check."""
        size = _BITS // 8
        return tuple(
            _printed(number, int.from_bytes(self.secret[start : start + size], "big"))
            for number, start in enumerate(range(0, _LINES * size, size), start=1)
        )

    def __str__(self) -> str:
        return "\n".join(f"{text} {check}" for text, check in self.lines)


def read_recovery_key(typed: str) -> RecoveryKey:
    """The key that was typed, in any case, with any spaces and hyphens, O for 0 and I or L for 1;
    or the code of its sheet, as a barcode scanner types it (`facts.recovery`).

    Raises RecoveryKeyMistyped, naming the first line that does not fit its check.
    """
    values = [_value(number, row) for number, row in enumerate(_rows(typed), start=1)]
    return RecoveryKey(secret=b"".join(value.to_bytes(_BITS // 8, "big") for value in values))


def line_fits(number: int, typed: str) -> bool:
    """Whether one line (1 to 4) is typed whole and fits its check; for a check while typing."""
    try:
        _value(number, _plain(typed))
    except RecoveryKeyMistyped:
        return False
    return True


def _rows(typed: str) -> list[str]:
    """Four rows: as they were typed, or else cut from one run of characters, scanned perhaps."""
    rows = [row for row in map(_plain, typed.splitlines()) if row]
    if len(rows) == _LINES:
        return rows
    run = "".join(rows).removeprefix(RECOVERY_CODE_MARK)
    starts = [number * _TYPED for number in range(_LINES)]
    return [run[start : start + _TYPED] for start in starts[:-1]] + [run[starts[-1] :]]


def _plain(typed: str) -> str:
    return re.sub(r"[\s\-–—_.]", "", typed).upper().translate(_READ_ALIKE)


def _value(number: int, row: str) -> int:
    body, check = row[:_CHARACTERS], row[_CHARACTERS:]
    if len(row) != _TYPED or not set(body) <= set(_CROCKFORD):
        raise RecoveryKeyMistyped(line=number)
    value = 0
    for character in body:
        value = value << 5 | _CROCKFORD.index(character)
    if check != _check(number, value):
        raise RecoveryKeyMistyped(line=number)
    return value


def _printed(number: int, value: int) -> tuple[str, str]:
    text = "".join(_CROCKFORD[value >> shift & 31] for shift in range(_BITS - 5, -1, -5))
    return f"{text[:4]} {text[4:]}", _check(number, value)


def _check(number: int, value: int) -> str:
    check: str = mod_97_10.calc_check_digits(f"{number}{value:013d}")
    return check
