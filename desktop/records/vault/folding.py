"""One fold for searching: what people type and what stands on record meet in the same plain words.

Fold(Māori) = fold(Maori) = fold(Maaori) = "maori"; O’Brien is obrien; Smith-Jones is two words.
"""

import re
import unicodedata
from collections.abc import Iterator

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘‛`´ʻʼʽʹ′＇ʾʿ"))
_LETTERS = str.maketrans(
    {
        "đ": "d",
        "ð": "d",
        "ø": "o",
        "ł": "l",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
        "ŧ": "t",
    }
)
_DOUBLED = re.compile(r"([aeiou])\1+")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_NHI_PARTS = re.compile(r"([a-z]{3})([0-9]{2}[0-9a-z]{2})")


def folded_words(text: str) -> list[str]:
    """The words of a name or of a query: lower-case letters and digits only, doubled vowels once.

    A word that holds a digit is a number, and keeps its doubled letters.
    """
    return [word if _is_number(word) else _DOUBLED.sub(r"\1", word) for word in _plain_words(text)]


def index_words(*, names: tuple[str, ...], numbers: tuple[str, ...]) -> str:
    """All words by which a patient can be found, separated by spaces.

    Beside its words, a name is found run together (Van der Berg as vanderberg) and parted where
    it has an apostrophe (O’Brien as o brien); a number whole and in the groups people read out.
    """
    words: dict[str, None] = {}
    for name in names:
        words.update(dict.fromkeys(_name_words(name)))
    for number in numbers:
        words.update(dict.fromkeys(_number_words(number)))
    return " ".join(words)


def _name_words(name: str) -> Iterator[str]:
    whole = folded_words(name)
    yield from whole
    if len(whole) > 1:
        yield _undoubled("".join(_plain_words(name)))
    parted = name.translate(dict.fromkeys(_APOSTROPHES, " "))
    if parted != name:
        yield from folded_words(parted)
    yield from (_undoubled(word) for word in whole if _is_number(word))


def _number_words(number: str) -> Iterator[str]:
    words = _plain_words(number)
    joined = "".join(words)
    yield joined
    yield _undoubled(joined)
    yield from words
    if parts := _NHI_PARTS.fullmatch(joined):
        yield from (parts[1], _undoubled(parts[1]), parts[2])


def _plain_words(text: str) -> list[str]:
    if text.isascii():  # the same, several times faster
        return _ASCII_WORD.findall(text.translate(_APOSTROPHES).lower())
    plain = unicodedata.normalize("NFC", text).translate(_APOSTROPHES)
    plain = unicodedata.normalize("NFKD", plain.casefold()).casefold().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", plain).translate(_APOSTROPHES)
    kept = (c if c.isalnum() else "" if _is_mark(c) else " " for c in plain)
    return "".join(kept).split()


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def _is_number(word: str) -> bool:
    return not word.isalpha() and any(character.isdigit() for character in word)


def _undoubled(word: str) -> str:
    return _DOUBLED.sub(r"\1", word)
