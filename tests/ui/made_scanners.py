"""Scanners for pages under test."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from desktop.devices.source import SourceInfo
from desktop.problem import Problem


@dataclass
class StandInScanners:
    """What a look for scanners finds, and what a second scan refuses; a test sets both."""

    scanners: list[SourceInfo] = field(default_factory=list)
    looked: int = 0
    find_problem: Problem | None = None
    scan_problem: Problem | None = None

    def find_scanners(self, _stopped: Callable[[], bool]) -> Sequence[SourceInfo]:
        self.looked += 1
        if self.find_problem:
            raise self.find_problem
        return list(self.scanners)
