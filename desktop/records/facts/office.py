"""The office: one organisation's whole store."""

from dataclasses import dataclass

from desktop.records.facts.ids import OfficeId


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFacts:
    """What is printed about the organisation. `address` is the return address on every sheet."""

    id: OfficeId
    organisation: str
    address: str = ""
