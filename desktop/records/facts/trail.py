"""A line of the tamper-evident audit trail (R106)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailLine:
    """One deed as the trail tells it. `at` is UTC; `about` is JSON text with sorted keys."""

    seq: int
    at: datetime
    by: str
    deed: str
    about: str
    mac: bytes
