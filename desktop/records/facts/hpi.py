"""Professional numbers: the HPI Common Person Number and its check digit.

The check was derived from the test numbers that Health NZ publishes, not read in HISO 10005, so
that a number which fails it is doubted and kept, never refused.
"""

import re

_SHAPE = re.compile(r"[0-9]{2}[A-Z]{4}")
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I, no O
_VALUE = {letter: place for place, letter in enumerate(_ALPHABET, start=1)}


def professional_number(text: str) -> str:
    """The number as it is kept: one space between words, and an HPI number in capitals."""
    number = " ".join(text.split())
    joined = number.replace(" ", "").upper()
    return joined if _SHAPE.fullmatch(joined) else number


def doubt_of_number(number: str) -> str:
    """A sentence of warning if `number` looks like an HPI number and is not; else nothing.

    Registration numbers of other shapes are not checked.
    """
    joined = number.replace(" ", "").upper()
    if not _SHAPE.fullmatch(joined) or _check_digit(joined) == joined[1]:
        return ""
    return (
        f"{joined} is probably mistyped: its second digit does not fit the rest of an HPI number. "
        "It is kept as typed; compare it with the practising certificate."
    )


def _check_digit(number: str) -> str | None:
    """The check digit of `NCAAAA`, modulus 11; None where no digit would fit."""
    if not set(number[2:]) <= set(_ALPHABET):
        return None
    letters = zip(number[2:], (5, 4, 3, 2), strict=True)
    rest = (6 * int(number[0]) + sum(_VALUE[c] * weight for c, weight in letters)) % 11
    return None if rest == 0 else str((11 - rest) % 10)
