"""Scanners for pages under test."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from desktop.devices.scanner import device_of
from desktop.devices.source import SourceInfo
from desktop.problem import Problem
from desktop.records.facts.scan_settings import ScanSettings


@dataclass
class StandInScanners:
    """What a look for scanners finds, and what a second scan refuses; a test sets both."""

    sources: list[SourceInfo] = field(default_factory=list)
    scanners: list[SourceInfo] = field(default_factory=list)
    looked: int = 0
    scan_settings: dict[str, ScanSettings] = field(default_factory=dict)
    find_problem: Problem | None = None
    scan_problem: Problem | None = None

    def find_scanners(self, _stopped: Callable[[], bool]) -> Sequence[SourceInfo]:
        self.looked += 1
        if self.find_problem:
            raise self.find_problem
        return list(self.scanners)

    def add_scanner(self, scanner: SourceInfo, settings: ScanSettings) -> None:
        self.scan_settings[device_of(scanner.id)] = settings
        if scanner not in self.sources:
            self.sources.append(scanner)
