"""Forms and lists that were printed or saved: what is about somebody, or can come back, leaves a
line."""

from desktop.records.facts.ids import PatientId
from desktop.records.facts.people import Person
from desktop.records.vault.vault import Vault


def note_paper(
    vault: Vault, *, paper: str, patient: PatientId | None, number: str, target: str, by: Person
) -> None:
    """Put on record that a paper goes to `target` (`pdf`, or `printer NAME`). One that names nobody
    and has no number leaves no line."""
    if patient is None and not number:
        return
    with vault.change() as change:
        change.note("paper made", by=by, paper=paper, patient=patient, number=number, target=target)
