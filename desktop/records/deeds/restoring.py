"""The line that says an office came out of a backup."""

from desktop.records.deeds.checking import VerifyReport
from desktop.records.facts.backup import Generation
from desktop.records.facts.people import Person
from desktop.records.vault.vault import Vault


def note_restored(
    vault: Vault, *, generation: Generation, where: str, report: VerifyReport, by: Person
) -> None:
    """This office was restored from a generation of the backup `where`, and so much was whole."""
    with vault.change() as change:
        change.note(
            "restored",
            by=by,
            where=where,
            generation=generation.number,
            made_at=generation.made_at,
            images=report.images,
            damaged=len(report.damaged),
            missing=len(report.missing),
            trail=report.trail.words,
        )
