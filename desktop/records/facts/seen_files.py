"""What the office remembers of files that it took from a device: a hint, never a proof.

Only files that somebody chose and that were received are remembered (R121); of what else a device
holds, nothing is.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMark:
    """By what a file of a device is known again without reading it. Untrusted text, compared only.

    Two files may share a mark, and one file may change its own: only the hash of the bytes says for
    certain that they are here.
    """

    folder: str
    name: str
    size: int
    modified_local: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What became of a file that was handed over before. Moments are UTC; never whose image."""

    received_at: datetime
    filed_at: datetime | None
