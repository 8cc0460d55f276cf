"""The head of the trail as it is noted outside the office: short enough to print and type back."""

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from stdnum.iso7064 import mod_97_10

from desktop.problem import Problem

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_ALIKE = str.maketrans("OIL", "011")
_CHARACTERS = 16
_PRINTED_BYTES = 10
_TEXT = re.compile(rf"(?:TR)?([0-9]{{1,18}})([{_CROCKFORD}]{{{_CHARACTERS}}})([0-9]{{2}})")


@dataclass(unsafe_hash=True)
class AnchorMistyped(Problem):
    """A typed trail head whose check digits do not fit."""

    words: ClassVar[str] = (
        "That is not the head of a trail: a character is wrong or missing. Copy it from the sheet "
        "or the receipt again, from TR to the last two digits."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A line of the trail by its number and its mac, or the first 80 bits of the mac as printed."""

    seq: int
    mac: bytes

    def fits(self, mac: bytes) -> bool:
        """Whether the line of this number has this mac, as far as it was noted."""
        return mac[: len(self.mac)] == self.mac

    @property
    def text(self) -> str:
        """As it is printed: number, 80 bits in Crockford's base 32, two check digits (ISO 7064
        MOD 97-10). It tells nothing of the office."""
        value = int.from_bytes(self.mac[:_PRINTED_BYTES], "big")
        body = "".join(_CROCKFORD[value >> shift & 31] for shift in range(75, -5, -5))
        groups = (body[at : at + 4] for at in range(0, _CHARACTERS, 4))
        return "-".join((f"TR{self.seq}", *groups, _check(self.seq, value)))

    @classmethod
    def read(cls, typed: str) -> Self:
        """The anchor that was typed or scanned, in any case, with any spaces and hyphens, O for 0
        and I or L for 1. Raises AnchorMistyped."""
        plain = re.sub(r"[\s\-–—_.]", "", typed).upper().translate(_READ_ALIKE)
        found = _TEXT.fullmatch(plain)
        if found is None:
            raise AnchorMistyped
        seq, value = int(found[1]), 0
        for character in found[2]:
            value = value << 5 | _CROCKFORD.index(character)
        if found[3] != _check(seq, value):
            raise AnchorMistyped
        return cls(seq=seq, mac=value.to_bytes(_PRINTED_BYTES, "big"))


def _check(seq: int, value: int) -> str:
    check: str = mod_97_10.calc_check_digits(f"{seq}{value:025d}")
    return check
