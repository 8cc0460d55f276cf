"""What the program at work says to the one that breaks it, and where the office lies."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

from desktop.records.facts.ids import OfficeId
from desktop.records.facts.office import OfficeFacts
from tests.unit.records.made_up import MadeUpOffice

OFFICE = "office"
_ID = OfficeId(UUID("0193a5b2-0000-7000-8000-000000000001"))


class Say(Protocol):
    """Tell that something is acknowledged: a person would have been told now."""

    def __call__(self, what: str, /, **facts: object) -> None:
        """Say it at once; after this it may not be lost."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing that was acknowledged: `received`, `filed`, …, `problem`, `fault` or `done`."""

    what: str
    facts: dict[str, object]


def office_in(folder: Path) -> MadeUpOffice:
    """The campaign's office; every process knows its key."""
    return MadeUpOffice(
        folder=folder / OFFICE, office=OfficeFacts(id=_ID, organisation="Te Whare Hauora o Tūī")
    )


def say_into(descriptor: int) -> Say:
    """Say it into a pipe, a line at one stroke."""

    def say(what: str, /, **facts: object) -> None:
        os.write(descriptor, json.dumps({"what": what, "facts": facts}).encode() + b"\n")

    return say


def heard(lines: bytes) -> Sequence[Said]:
    """What was said whole; a line that death cut short was not acknowledged."""
    whole, _, _ = lines.rpartition(b"\n")
    return [Said(**json.loads(line)) for line in whole.splitlines()]
