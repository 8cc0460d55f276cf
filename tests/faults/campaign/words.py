"""What the program at work says to the one that breaks it, and where the office lies."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol
from uuid import UUID

from desktop.records.facts.ids import OfficeId
from desktop.records.facts.office import OfficeFacts
from desktop.records.vault import keyring
from desktop.records.vault.durable import disk_faults_told
from desktop.records.vault.office_key import OfficeKey
from tests.unit.records.made_up import MEI, MadeUpOffice

OFFICE = "office"
PASSWORD = "rātā kettle anvil moss"
_KEPT = "kept.json"
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


class CampaignOffice(MadeUpOffice):
    """An office whose key lies in its keyring; one without a keyring has a key that all know."""

    def key(self) -> OfficeKey:
        """The key that the keyring gives. Raises the problems of the keyring."""
        secret = self.secret
        with disk_faults_told(self.folder):
            is_keyed = keyring.exists(self.folder)
            content = (self.folder / keyring.FILE).read_bytes() if is_keyed else b""
        if is_keyed:
            secret = _given(content, self.folder)
        return OfficeKey(bytearray(secret), office=self.office.id)


@cache
def _given(_content: bytes, folder: Path) -> bytes:
    """Argon2 once for each keyring."""
    with keyring.unlock(folder, user=MEI.name, password=PASSWORD) as key:
        return bytes(key.secret)


def office_in(folder: Path) -> CampaignOffice:
    """The campaign's office."""
    return CampaignOffice(
        folder=folder / OFFICE, office=OfficeFacts(id=_ID, organisation="Te Whare Hauora o Tūī")
    )


def keep_aside(folder: Path, facts: object) -> None:
    """Note beside the office what the one that examines it has to know of it as it was."""
    (folder / _KEPT).write_text(json.dumps(facts), encoding="utf-8")


def kept_aside(folder: Path) -> dict[str, str]:
    """What `keep_aside` noted."""
    noted: dict[str, str] = json.loads((folder / _KEPT).read_text(encoding="utf-8"))
    return noted


def say_into(descriptor: int) -> Say:
    """Say it into a pipe, a line at one stroke."""

    def say(what: str, /, **facts: object) -> None:
        os.write(descriptor, json.dumps({"what": what, "facts": facts}).encode() + b"\n")

    return say


def heard(lines: bytes) -> Sequence[Said]:
    """What was said whole; a line that death cut short was not acknowledged."""
    whole, _, _ = lines.rpartition(b"\n")
    return [Said(**json.loads(line)) for line in whole.splitlines()]
