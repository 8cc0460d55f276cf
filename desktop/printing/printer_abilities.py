"""What a printer can do and what lies in it, as it says itself."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from desktop.printing.ipp import Answer, Collection
from desktop.printing.printer_words import trouble_words
from desktop.printing.record_sheet_model import Paper

ASKED = (
    "media-ready",
    "media-col-ready",
    "media-source-supported",
    "sides-supported",
    "print-color-mode-supported",
    "copies-supported",
    "document-format-supported",
    "printer-state",
    "printer-state-reasons",
    "printer-state-message",
)
MEDIA = {
    Paper.A4: "iso_a4_210x297mm",
    Paper.LETTER: "na_letter_8.5x11in",
    Paper.A5: "iso_a5_148x210mm",
}
"""The papers by their names in PWG 5101.1."""
_STOPPED = 5
_NO_TRAYS = {"auto", "by-pass-auto"}
_SAFE = re.compile(r"[\w.-]{1,60}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What a printer can do now. `loaded` is empty where it does not say what is in its trays, or
    only sizes that no paper is laid out for; `loaded_in` says it of each tray it tells about.
    `most_copies` is for one job. `trouble` is what is wrong with it just now, or empty."""

    loaded: frozenset[Paper] = frozenset()
    two_sided: bool = True
    colour: bool = True
    trays: tuple[str, ...] = ()
    loaded_in: Mapping[str, frozenset[Paper]] = field(default_factory=dict)
    most_copies: int = 99
    color_modes: frozenset[str] = frozenset()
    takes_pdf: bool = True
    trouble: str = ""

    def loaded_for(self, tray: str) -> frozenset[Paper]:
        """What lies in that tray, where it says so; in all of them without one."""
        return self.loaded_in.get(tray, frozenset()) if tray else self.loaded


def abilities_of(answer: Answer) -> Abilities:
    """Read from an answer to Get-Printer-Attributes with ASKED. What it is silent about is empty or
    taken for possible."""
    sides = answer.texts("sides-supported")
    modes = frozenset(answer.texts("print-color-mode-supported"))
    formats = answer.texts("document-format-supported")
    sources = answer.texts("media-source-supported")
    trays = tuple(one for one in sources if one not in _NO_TRAYS and _SAFE.fullmatch(one))
    return Abilities(
        loaded=frozenset(_papers(answer.texts("media-ready"))),
        two_sided=not sides or "two-sided-long-edge" in sides,
        colour=not modes or "color" in modes,
        trays=trays,
        loaded_in=dict(_in_trays(answer.collections("media-col-ready"), trays)),
        most_copies=max(answer.numbers("copies-supported"), default=99),
        color_modes=modes,
        takes_pdf=not formats or "application/pdf" in formats,
        trouble=trouble_of(answer),
    )


def trouble_of(answer: Answer) -> str:
    """What is wrong with the printer now, in words, or empty."""
    return trouble_words(
        answer.texts("printer-state-reasons"),
        message=" ".join(answer.texts("printer-state-message")),
        has_stopped=_STOPPED in answer.numbers("printer-state"),
    )


def _papers(names: Iterable[str]) -> Iterator[Paper]:
    """The sizes that we lay papers out for, among PWG 5101.1 names such as iso_a4_210x297mm."""
    for name in names:
        for paper in Paper:
            if re.match(rf"(iso|na)_{paper.value.lower()}_", name):
                yield paper


def _in_trays(
    ready: Iterable[Collection], trays: Iterable[str]
) -> Iterator[tuple[str, frozenset[Paper]]]:
    known = set(trays)
    found: dict[str, set[Paper]] = {}
    for one in ready:
        for source in one.get("media-source", ()):
            if isinstance(source, str) and source in known:
                found.setdefault(source, set()).update(_of_size(one))
    return ((tray, frozenset(papers)) for tray, papers in found.items())


def _of_size(one: Collection) -> Iterator[Paper]:
    """By its measures, in hundredths of a millimetre."""
    for size in one.get("media-size", ()):
        if isinstance(size, int | str):
            continue
        measures = [v for key in ("x-dimension", "y-dimension") for v in size.get(key, ())]
        for paper in Paper:
            wanted = [side * 100 for side in paper.size_mm]
            if len(measures) == len(wanted) and all(
                isinstance(got, int) and abs(got - side) <= 100
                for got, side in zip(measures, wanted, strict=True)
            ):
                yield paper
