"""Half-done work of the Desk, as it outlives a lock: whose images, and what was typed of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.records.facts.patient import Patient


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskDraft:
    """The chosen patient and what the form of facts held, by field. Never the images, which are on
    a device, nor what was read back: two identifiers are asked for anew."""

    patient: Patient
    fields: Mapping[str, str]
