"""A line of the tamper-evident audit trail (R106)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from desktop.records.facts.ids import ImageId, PatientId


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailLine:
    """One deed as the trail tells it. `at` is UTC, or None where somebody damaged the time;
    `about` is JSON text with sorted keys."""

    seq: int
    at: datetime | None
    by: str
    deed: str
    about: str
    mac: bytes

    @property
    def facts(self) -> Mapping[str, object]:
        """What the line is about, by name; empty where somebody damaged the text."""
        try:
            facts = json.loads(self.about)
        except ValueError:
            return {}
        return facts if isinstance(facts, dict) else {}

    @property
    def patient(self) -> PatientId | None:
        """Whom the line is about, where it names a patient."""
        try:
            return PatientId(UUID(str(self.facts.get("patient", ""))))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailFilter:
    """Which lines are wanted; what is left open fits every line.

    `person` and `deed` are parts of the text, in any case. `since` is the first moment that fits
    and `until` the first that no longer does; both need a zone.
    """

    person: str = ""
    deed: str = ""
    patient: PatientId | None = None
    image: ImageId | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """What became of the line number `seq`, whose head was printed outside. `at` is its time here,
    None where it is not there or cannot be read; `last` is the number of the last line here."""

    seq: int
    last: int
    fits: bool
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailEntry:
    """A line as a person reads it. `banner` is the patient's that it is about, or empty."""

    line: TrailLine
    banner: str = ""
