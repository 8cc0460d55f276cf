"""Body sites in plain words with their SNOMED CT codes, found as people type them (R12, R13).

The codes are those of DICOM PS3.16, CID 4031 (common anatomic regions), CID 4 (anatomic region)
and CID 4029 (dermatology anatomic sites), editions of 2024 and 2025. A side is never part of a
code: it stands beside it, as DICOM has it. What is not in the list may be said all the same.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from desktop.records.facts.depiction import Laterality
from desktop.records.rules.body_site_list import PAIRED, UNPAIRED


@dataclass(frozen=True, slots=True, kw_only=True)
class BodySite:
    """One site of the list. `names` begins with the one that is shown; `is_paired` is whether the
    body has one on each side."""

    code: str
    names: tuple[str, ...]
    is_paired: bool

    @property
    def name(self) -> str:
        """The site in plain words."""
        return self.names[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidSite:
    """What somebody said of a site. `code` is empty for words that are not in the list, and the
    side None where none was said of a site that has two."""

    words: str
    code: str
    laterality: Laterality | None


_SIDES = {
    Laterality.LEFT: ("left", "l", "lt", "lhs", "maui"),
    Laterality.RIGHT: ("right", "r", "rt", "rhs", "matau"),
    Laterality.BOTH: ("both", "bilateral", "bilat"),
    Laterality.UNPAIRED: ("midline", "central", "centre", "center"),
}
_SIDE_OF = {word: side for side, spelt in _SIDES.items() for word in spelt}
_FILLERS = frozenset({"the", "of", "on", "his", "her", "their", "te"})
_WORD = re.compile(r"[a-z0-9]+")
_DOUBLED = re.compile(r"([aeiou])\1+")
_APOSTROPHES = dict.fromkeys(map(ord, "'’`´"))


@cache
def body_sites() -> tuple[BodySite, ...]:
    """Every site of the list."""
    return (*_read(PAIRED, is_paired=True), *_read(UNPAIRED, is_paired=False))


def site_with_code(code: str) -> BodySite | None:
    """The site of this code, or None."""
    return _by_code().get(code)


def read_site(text: str) -> SaidSite:
    """What a typed site says: `left forearm`, `(L) forearm`, `turi matau`, `both hands`.

    `words` is what was typed, tidied. Sides are understood in words that are not in the list too.
    """
    words = " ".join(text.split())
    side, rest = _side_and_rest(words)
    known = _by_words()
    site = known.get(rest) or known.get(tuple(word for word in rest if word != "side"))
    if site is not None and side is None and not site.is_paired:
        side = Laterality.UNPAIRED
    return SaidSite(words=words, code=site.code if site else "", laterality=side)


def site_words(said: str, code: str, laterality: Laterality | None) -> str:
    """A site for screen and paper: what was said, and behind it the plain words of its code and
    side where they are others. `said` may be empty."""
    site = site_with_code(code)
    if site is None:
        return said
    plain = phrase(site, laterality)
    if not said or _side_and_rest(said) == _side_and_rest(plain):
        return plain
    return f"{said} ({plain})"


def phrase(site: BodySite, laterality: Laterality | None) -> str:
    """`left forearm`, `back of the left hand`, `right and left knee`, `chest`."""
    if laterality is None or laterality is Laterality.UNPAIRED:
        return site.name
    if " the " in site.name:
        return site.name.replace(" the ", f" the {laterality.words} ", 1)
    return f"{laterality.words} {site.name}"


def suggested_sites(typed: str, *, most: int = 8) -> list[str]:
    """What the text may become, with the side said: each is understood by `read_site`.

    Of a paired site whose side is not typed both sides are offered. Nothing for an empty text.
    """
    side, rest = _side_and_rest(typed, as_typed=True)
    if not rest and side is None:
        return []
    ranked = [
        (rank, place, site)
        for place, site in enumerate(body_sites())
        if (rank := min(_ranks(site, rest), default=None)) is not None
    ]
    best = [site for _, _, site in sorted(ranked, key=lambda one: one[:2])]
    return [phrase(site, told) for site in best for told in _sides_for(site, side)][:most]


def _sides_for(site: BodySite, side: Laterality | None) -> tuple[Laterality | None, ...]:
    if side is not None:
        return (side,)
    return (Laterality.LEFT, Laterality.RIGHT) if site.is_paired else (None,)


def _ranks(site: BodySite, wanted: tuple[str, ...]) -> Iterator[int]:
    """How well each name fits: 0 from its beginning, 1 by words in it; nothing where not."""
    for name in site.names:
        words = _site_words(name)
        joined, looked_for = " ".join(words), " ".join(wanted)
        if joined.startswith(looked_for) or words == tuple(map(_singular, wanted)):
            yield 0 if name == site.name else 1
        elif all(any(word.startswith(part) for word in words) for part in wanted):
            yield 2


@cache
def _by_code() -> dict[str, BodySite]:
    return {site.code: site for site in body_sites()}


@cache
def _by_words() -> dict[tuple[str, ...], BodySite]:
    """A site by each of its names; the first in the list keeps a name that several have."""
    found: dict[tuple[str, ...], BodySite] = {}
    for site in body_sites():
        for name in site.names:
            found.setdefault(_site_words(name), site)
    return found


def _read(lines: str, *, is_paired: bool) -> Iterator[BodySite]:
    for line in lines.strip().splitlines():
        code, names = line.split(maxsplit=1)
        known = tuple(name.strip() for name in names.split(","))
        yield BodySite(code=code, names=known, is_paired=is_paired)


def _side_and_rest(
    text: str, *, as_typed: bool = False
) -> tuple[Laterality | None, tuple[str, ...]]:
    """The side, and the other words without fillers. Left and right together are both. With
    `as_typed` the last word may be half of one: it is not yet taken for its singular, nor is the l
    of "right upper l" for a second side."""
    words = _folded(text)
    said = [word for word in words if word in _SIDE_OF]
    if as_typed and len(said) > 1 and len(words[-1]) == 1:
        said = [word for word in words[:-1] if word in _SIDE_OF]
        others = [word for word in words[:-1] if word not in _SIDE_OF] + words[-1:]
    else:
        others = [word for word in words if word not in _SIDE_OF]
    sides = {_SIDE_OF[word] for word in said}
    if {Laterality.LEFT, Laterality.RIGHT} <= sides:
        sides = {Laterality.BOTH}
        others = [word for word in others if word != "and"]
    side = sides.pop() if len(sides) == 1 else None
    rest = [word for word in others if word not in _FILLERS]
    return side, tuple(rest if as_typed else map(_singular, rest))


def _site_words(name: str) -> tuple[str, ...]:
    return tuple(_singular(word) for word in _folded(name) if word not in _FILLERS)


def _folded(text: str) -> list[str]:
    """Plain words: without marks, apostrophes and doubled vowels, so pāpāringa is paparinga."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_APOSTROPHES))
    plain = "".join(c for c in bare if not unicodedata.combining(c))
    return [_DOUBLED.sub(r"\1", word) for word in _WORD.findall(plain)]


def _singular(word: str) -> str:
    irregular = {"fet": "fot", "teth": "toth", "calves": "calf"}
    if word in irregular:
        return irregular[word]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
