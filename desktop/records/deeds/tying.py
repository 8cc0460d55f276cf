"""Tying: which originals belong together is noted once they were looked into."""

from desktop.records.facts.ids import IntakeId
from desktop.records.facts.people import Person
from desktop.records.rules.ties import Tie, ties_among
from desktop.records.vault.vault import Vault


def tie_intake(vault: Vault, intake: IntakeId, *, by: Person) -> list[Tie]:
    """Note what belongs together among the described images of this intake, and with earlier ones
    of the same patient (a Live Photo whose film was filed later), and give back what was new.
    Nothing is written where nothing is."""
    with vault.look() as look:
        halves = look.ties.halves_of(intake)
        earlier = look.ties.earlier_halves_of(intake) if halves else []
        known = look.ties.of_intake(intake)
    new = [
        tie for tie in ties_among(halves, earlier=earlier) if (tie.image, tie.other) not in known
    ]
    if not new:
        return []
    with vault.change() as change:
        for tie in new:
            change.ties.add(tie)
            change.note("images tied", by=by, image=tie.image, other=tie.other, kind=tie.kind.value)
    return new
