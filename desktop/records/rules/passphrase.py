"""How hard a passphrase is to guess, estimated the way it would be guessed, and told in words.

No rule asks for capitals, digits or signs: they make passwords hard to remember and easy to guess.
Length and chance are what counts, and any length above the least is accepted.
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.records.facts.passphrase import LEAST_CHARACTERS
from desktop.records.rules.common_passwords import COMMON

LEAST_LENGTH = LEAST_CHARACTERS
LEAST_BITS, GOOD_BITS = 30, 50
"""Below the first it is refused; four unrelated words reach the second."""

_WORD_BITS, _WORD_LENGTH = 13.0, 6  # one of about 8,000 words
_LETTER_BITS, _DIGIT_BITS, _SIGN_BITS = 4.7, 3.3, 5.0
_DATE_BITS = 14.0
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
)
_EITHER_WAY = (*_RUNS, *(run[::-1] for run in _RUNS))
_SHORTEST_RUN, _SHORTEST_REPEAT = 4, 3
_READ_AS = str.maketrans("013457@$!", "oieastasi")
_FOUR_WORDS = "Take four words that have nothing to do with each other."


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """What an estimate came to. `bits` is the logarithm of the guesses; `words` is advice."""

    bits: int
    words: str

    @property
    def is_enough(self) -> bool:
        """Whether it is accepted."""
        return self.bits >= LEAST_BITS

    @property
    def is_good(self) -> bool:
        """Whether it could be guessed in no lifetime."""
        return self.bits >= GOOD_BITS


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    bits: float
    text: str
    why: str = ""


def strength_of(text: str, *, known: Sequence[str] = ()) -> Strength:
    """An estimate for a passphrase. `known` are names that whoever guesses knows as well."""
    plain = unicodedata.normalize("NFC", text).strip()
    if len(plain) < LEAST_LENGTH:
        more = LEAST_LENGTH - len(plain)
        return Strength(bits=0, words=f"Too short: {more} more characters. {_FOUR_WORDS}")
    block = _repeated_block(plain.casefold())
    pieces = list(_pieces(block, _names(known)))
    bits = _total(pieces) + math.log2(max(1, len(plain) // len(block)))
    reasons = [piece.why for piece in pieces if piece.why]
    if len(block) < len(plain):
        reasons.insert(0, "it repeats itself")
    return Strength(bits=int(bits), words=_advice(bits, reasons))


def _advice(bits: float, reasons: Sequence[str]) -> str:
    why = f": {reasons[0]}" if reasons else ""
    if bits < LEAST_BITS:
        return f"Too easy to guess{why}. {_FOUR_WORDS}"
    if bits < GOOD_BITS:
        return f"Fair{why}. One or two unrelated words more would make it strong."
    return "Strong."


def _total(pieces: Sequence[_Piece]) -> float:
    """Everything once; a piece that comes again costs one guess more."""
    once: dict[str, float] = {}
    for piece in pieces:
        once[piece.text] = once.get(piece.text, piece.bits - 1) + 1
    return sum(once.values())


def _repeated_block(text: str) -> str:
    """The shortest beginning that, written again and again, is the whole text."""
    for size in range(1, len(text) // 2 + 1):
        block = text[:size]
        if (block * (len(text) // size + 1))[: len(text)] == text:
            return block
    return text


def _names(known: Sequence[str]) -> list[str]:
    words = [word for name in known for word in [name.replace(" ", ""), *name.split()]]
    return sorted({w.casefold() for w in words if len(w) >= 3}, key=len, reverse=True)


def _pieces(text: str, names: Sequence[str]) -> Iterator[_Piece]:
    """Cut into what whoever guesses would try as a whole, and the rest into words and signs."""
    start = at = 0
    while at < len(text):
        found = _guessable(text, at, names)
        if found is None:
            at += 1
            continue
        yield from _rest(text[start:at])
        yield found
        start = at = at + len(found.text)
    yield from _rest(text[start:])


def _guessable(text: str, at: int, names: Sequence[str]) -> _Piece | None:
    for name in names:
        if text.startswith(name, at):
            return _Piece(bits=2, text=name, why="a name in it is known")
    read = text.translate(_READ_AS)
    for rank, word in enumerate(COMMON, start=2):
        if len(word) >= 4 and (text.startswith(word, at) or read.startswith(word, at)):
            piece = text[at : at + len(word)]
            return _Piece(
                bits=math.log2(rank) + 1, text=piece, why=f"“{word}” is among the first tried"
            )
    return _run(text, at)


def _run(text: str, at: int) -> _Piece | None:
    """Neighbours on the keyboard, in the alphabet or among numbers, or one sign repeated."""
    repeated = re.match(r"(.)\1*", text[at:], re.DOTALL)
    if repeated and len(repeated[0]) >= _SHORTEST_REPEAT:
        bits = _SIGN_BITS + math.log2(len(repeated[0]))
        return _Piece(bits=bits, text=repeated[0], why="a character in it is repeated")
    longest = max((_run_length(text, at, run) for run in _EITHER_WAY), default=0)
    if longest < _SHORTEST_RUN:
        return None
    bits = 4 + math.log2(longest)
    why = "it follows the keyboard, the alphabet or the numbers"
    return _Piece(bits=bits, text=text[at : at + longest], why=why)


def _run_length(text: str, at: int, run: str) -> int:
    begin = run.find(text[at])
    length = 0
    while begin >= 0 and begin + length < len(run) and at + length < len(text):
        if text[at + length] != run[begin + length]:
            break
        length += 1
    return length


def _rest(text: str) -> Iterator[_Piece]:
    for match in re.finditer(r"[^\W\d_]+|\d+|[^\w\s]|_", text):
        token = match[0]
        if token.isdigit():
            bits = len(token) * _DIGIT_BITS
            yield _Piece(bits=min(bits, _DATE_BITS) if len(token) <= 8 else bits, text=token)
        elif token.isalpha():
            words = max(1, round(len(token) / _WORD_LENGTH))
            yield _Piece(bits=min(len(token) * _LETTER_BITS, words * _WORD_BITS), text=token)
        else:
            yield _Piece(bits=_SIGN_BITS, text=token)
