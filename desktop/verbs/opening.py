"""What the window needs to know of an office at the moment it is opened; fetched in a lane."""

import json
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from desktop.problem import Problem
from desktop.records.deeds.drafts import take_draft
from desktop.records.deeds.patients import patient as patient_with_id
from desktop.records.deeds.settings import office_settings
from desktop.records.facts.ids import PatientId
from desktop.records.facts.office_settings import OfficeSettings
from desktop.ui.desk.draft import DeskDraft
from desktop.verbs.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The office's settings, and what this person had half done at the last lock."""

    settings: OfficeSettings
    draft: DeskDraft | None = None


def opening_of(office: Office) -> Opening:
    """Fetch it. A draft that cannot be read is let go: it is no record."""
    settings = office_settings(office.vault)
    draft = None
    with suppress(Problem):
        text = take_draft(office.vault, by=office.person)
        draft = _read(office, text) if text else None
    return Opening(settings=settings, draft=draft)


def draft_text(draft: DeskDraft) -> str:
    """A draft as it is sealed."""
    return json.dumps({"patient": str(draft.patient.id), "fields": dict(draft.fields)})


def _read(office: Office, text: str) -> DeskDraft | None:
    try:
        held = json.loads(text)
        patient = PatientId(UUID(held["patient"]))
        fields = {str(name): str(value) for name, value in held["fields"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None  # written by another version of the program
    return DeskDraft(patient=patient_with_id(office.vault, patient), fields=fields)
