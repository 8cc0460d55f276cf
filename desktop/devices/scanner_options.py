"""What a scanner says that it can do, and how the tool is told what to do. Untrusted text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.records.facts.scan_settings import SIZES_MM, ScanColour, ScanSettings

GLASS: Final = "scanner:"
FEEDER: Final = "feeder:"
BOTH_SIDES: Final = "duplex:"
WAYS: Final = (GLASS, FEEDER, BOTH_SIDES)

_OPTION = re.compile(r"^\s*-{1,2}([a-zA-Z][\w-]*)[ =\[(]*(\S.*?)?\)?\]? ?\[([^\[\]]*)\]\s*$")
_FEEDER_ONLY: Final = {"adf-mode", "duplex"}  # said to be off until the feeder is chosen
_RANGE = re.compile(r"^(-?[\d.]+)\.\.(-?[\d.]+)")
_MODES: Final = {
    ScanColour.COLOUR: ("color", "24bit", "24 bit", "rgb", "gray", "grey"),
    ScanColour.GREY: ("gray", "grey", "color", "24bit", "rgb"),
    ScanColour.LINEART: ("lineart", "binary", "black", "monochrome", "gray", "grey", "color"),
}
"""What drivers call a mode, the nearest first: part of the name, in any case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannerOptions:
    """What one scanner offers: choices by the name of the option, without those that are off."""

    offered: dict[str, str]

    @property
    def ways(self) -> tuple[str, ...]:
        """The ways in that it is known to have; a scanner that says nothing has a glass."""
        found = [way for way in (FEEDER, BOTH_SIDES) if self._to(way) is not None]
        says_glass = any("flatbed" in one.casefold() for one in self._choices("source"))
        return (*([GLASS] if says_glass or not found else []), *found)

    def arguments(self, way: str, settings: ScanSettings) -> list[str] | None:
        """What the tool is to be told, the way in first; None if it has no such way in."""
        to = self._to(way)
        if to is None:
            return None
        wanted = [*to]
        if mode := self._mode(settings.colour):
            wanted.append(f"--mode={mode}")
        if "resolution" in self.offered:
            wanted.append(f"--resolution={self._resolution(settings.dpi):g}")
        if settings.page in SIZES_MM:
            wanted += self._area(*SIZES_MM[settings.page])
        return wanted

    def _to(self, way: str) -> list[str] | None:
        sources = self._choices("source")
        glass = [one for one in sources if "flatbed" in one.casefold()]
        feeders = [one for one in sources if re.search(r"feeder|\bADF\b", one, re.IGNORECASE)]
        both = [one for one in sources if "duplex" in one.casefold()]
        if way == GLASS:
            return [f"--source={one}" for one in glass[:1]]
        if way == FEEDER:
            one_side = [one for one in feeders if one not in both] or feeders
            return [f"--source={one}" for one in one_side[:1]] or None
        if both:
            return [f"--source={both[0]}"]
        if feeders and (turn := self._turning()):
            return [f"--source={feeders[0]}", turn]
        return None

    def _turning(self) -> str:
        """The option with which some drivers are told to scan both sides."""
        modes = [one for one in self._choices("adf-mode") if "duplex" in one.casefold()]
        if modes:
            return f"--adf-mode={modes[0]}"
        return "--duplex=yes" if "yes" in self._choices("duplex") else ""

    def _mode(self, colour: ScanColour) -> str:
        modes = self._choices("mode")
        for part in _MODES[colour]:
            fitting = next((one for one in modes if part in one.casefold()), "")
            if fitting:
                return fitting
        return ""

    def _resolution(self, wanted: int) -> float:
        """What was wanted, else the next finer one, else the finest."""
        offered = self.offered["resolution"]
        if (span := _RANGE.match(offered)) is not None:
            return min(max(float(wanted), float(span[1])), float(span[2]))
        steps = sorted(float(one) for one in re.findall(r"\d+(?:\.\d+)?", offered))
        finer = [step for step in steps if step >= wanted]
        return [*finer, *steps[-1:], float(wanted)][0]

    def _area(self, width: float, height: float) -> list[str]:
        """From the corner, as much of the page as the scanner reaches."""
        area: list[str] = []
        sides = (("page-width", width), ("page-height", height), ("x", width), ("y", height))
        for side, length in sides:
            if (span := _RANGE.match(self.offered.get(side, ""))) is None:
                continue
            reached = f"{min(length, float(span[2])):g}"
            area += [f"-{side}", reached] if len(side) == 1 else [f"--{side}={reached}"]
        return area

    def _choices(self, name: str) -> Sequence[str]:
        return [one for one in self.offered.get(name, "").split("|") if one]


def options_in(told: str) -> ScannerOptions:
    """What `scanimage -A` told. Nonsense is no option."""
    offered = {}
    for line in told.splitlines():
        option = _OPTION.match(line)
        if option is not None and (option[3] != "inactive" or option[1] in _FEEDER_ONLY):
            offered[option[1]] = option[2] or ""
    return ScannerOptions(offered=offered)
