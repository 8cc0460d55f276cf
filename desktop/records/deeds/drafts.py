"""Work that was half done at the desk when the office was locked. It is no record: it has no line
in the trail, is in no backup, and is gone once anybody unlocked the office."""

from desktop.records.facts.people import Person
from desktop.records.vault.vault import Vault


def keep_draft(vault: Vault, *, text: str, by: Person) -> None:
    """Seal a draft in place of any before. Raises DiskFull and DiskFailed."""
    vault.renditions.keep_draft(by.id, text)


def take_draft(vault: Vault, *, by: Person) -> str | None:
    """The draft of this person. It is forgotten here, and so is anybody else's."""
    return vault.renditions.take_draft(by.id)
