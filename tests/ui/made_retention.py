"""Images past their time, and verbs about them for pages under test."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from desktop.problem import Problem
from desktop.records.facts.disposal import DueImage, OverdueImage
from desktop.records.facts.ids import HoldId, ImageId, new_uuid
from desktop.records.facts.patient import Patient
from desktop.records.facts.retention import Hold, HoldKind
from desktop.ui.worklists.verbs import RetentionVerbs, WorklistsVerbs
from tests.ui.made_facts import HINEMOA, WIREMU


def hold(owner: Patient, reason: str, *, image: ImageId | None = None) -> Hold:
    return Hold(
        id=HoldId(new_uuid()),
        patient=owner.id,
        image=image,
        kind=HoldKind.COMPLAINT,
        reason=reason,
        placed_at=datetime(2026, 11, 2, 3, tzinfo=UTC),
        placed_by="Tom Reed",
    )


def overdue(owner: Patient, what: str, *, holds: tuple[Hold, ...] = ()) -> OverdueImage:
    return OverdueImage(
        due=DueImage(
            image=ImageId(new_uuid()),
            patient=owner.id,
            banner=owner.banner,
            received_at=datetime(2015, 3, 4, tzinfo=UTC),
            last_service=date(2016, 3, 14),
            retain_until=date(2026, 3, 14),
        ),
        owner=owner,
        what=what,
        holds=holds,
    )


@dataclass
class StandInRetention:
    """A few images past their time; a test sets what is held."""

    images: list[OverdueImage] = field(default_factory=list)
    problem: Problem | None = None

    def overdue(self) -> list[OverdueImage]:
        if self.problem:
            raise self.problem
        return list(self.images)

    def with_some(self) -> None:
        """Three free images of one patient, and a held one of another."""
        self.images = [overdue(HINEMOA, what) for what in ("left heel", "left shin", "IMG_7.JPG")]
        self.images.append(overdue(WIREMU, "back", holds=(hold(WIREMU, "complaint 26/118"),)))

    @property
    def worklists(self) -> WorklistsVerbs:
        return WorklistsVerbs(
            retention=RetentionVerbs(
                due_count=lambda: sum(one.is_free for one in self.images), overdue=self.overdue
            )
        )
