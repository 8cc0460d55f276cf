"""What identifies a patient: NHI numbers in both formats, and the office's own local numbers.

NHI check characters: HISO 10046:2023 and the NHI Validation Routine of April 2023 (Health NZ).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from desktop.records.facts.problems import (
    EmptyLocalNumber,
    NhiCheckFailed,
    NhiShapeWrong,
    NhiWithdrawnCheck,
)

_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I, no O
_VALUE = {letter: place for place, letter in enumerate(_ALPHABET, start=1)} | {
    str(digit): digit for digit in range(10)
}
_OLD = re.compile(r"[A-HJ-NP-Z]{3}[0-9]{4}")
_NEW = re.compile(r"[A-HJ-NP-Z]{3}[0-9]{2}[A-HJ-NP-Z]{2}")


class Scheme(StrEnum):
    """Who gave the number out."""

    NHI = "nhi"
    LOCAL = "local"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A number that belongs to one patient. Made by `nhi` or `local_number`, which check it."""

    scheme: Scheme
    value: str

    @property
    def is_test(self) -> bool:
        """Whether this is an NHI number of the range kept for tests (it starts with Z)."""
        return self.scheme is Scheme.NHI and self.value.startswith("Z")

    @property
    def label(self) -> str:
        """What the number is called on screen and on paper."""
        return "NHI" if self.scheme is Scheme.NHI else "Local no."


def nhi(text: str) -> Identifier:
    """An NHI number in the old (AAANNNC) or the new (AAANNAX) format, its check character proved.

    Case and spaces do not matter. Raises NhiShapeWrong, NhiWithdrawnCheck (the check letter of the
    withdrawn modulus-24 scheme) or NhiCheckFailed.
    """
    value = re.sub(r"[\s-]", "", text).upper()
    if _OLD.fullmatch(value):
        if _old_check(value) != value[6]:
            raise NhiCheckFailed(number=value)
    elif _NEW.fullmatch(value):
        if _new_check(value) != value[6]:
            if _withdrawn_check(value) == value[6]:
                raise NhiWithdrawnCheck(number=value)
            raise NhiCheckFailed(number=value)
    else:
        raise NhiShapeWrong(number=value[:40])
    return Identifier(scheme=Scheme.NHI, value=value)


def local_number(text: str) -> Identifier:
    """A number of the office's own, as typed but for surplus spaces. Raises EmptyLocalNumber."""
    value = " ".join(text.split())
    if not value:
        raise EmptyLocalNumber
    return Identifier(scheme=Scheme.LOCAL, value=value)


def identifier(text: str) -> Identifier:
    """An NHI number if the text has the shape of one (its check is enforced), else a local one."""
    value = re.sub(r"\s", "", text).upper()
    return nhi(text) if _OLD.fullmatch(value) or _NEW.fullmatch(value) else local_number(text)


def _weighted_sum(value: str) -> int:
    return sum(_VALUE[c] * weight for c, weight in zip(value[:6], range(7, 1, -1), strict=True))


def _old_check(value: str) -> str | None:
    remainder = _weighted_sum(value) % 11
    return None if remainder == 0 else str((11 - remainder) % 10)


def _new_check(value: str) -> str:
    return _ALPHABET[23 - _weighted_sum(value) % 23 - 1]


def _withdrawn_check(value: str) -> str:
    return _ALPHABET[24 - _weighted_sum(value) % 24 - 1]
