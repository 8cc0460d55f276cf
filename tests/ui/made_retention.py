"""Images past their time, and verbs about them for pages under test."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from desktop.problem import Problem
from desktop.records.facts.disposal import DueImage, OverdueImage
from desktop.records.facts.ids import HoldId, ImageId, PatientId, new_uuid
from desktop.records.facts.patient import Patient
from desktop.records.facts.retention import Hold, HoldKind, Retention
from desktop.records.facts.retention_problems import ReasonMissing
from desktop.ui.parts.keeping_verbs import Keeping, KeepingVerbs, NewHold
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
    placed: list[Hold] = field(default_factory=list)
    services: list[date] = field(default_factory=list)
    years: int = 10
    problem: Problem | None = None

    def overdue(self) -> list[OverdueImage]:
        if self.problem:
            raise self.problem
        return list(self.images)

    def with_some(self) -> None:
        """Three free images of one patient, and a held one of another."""
        self.images = [overdue(HINEMOA, what) for what in ("left heel", "left shin", "IMG_7.JPG")]
        self.images.append(overdue(WIREMU, "back", holds=(hold(WIREMU, "complaint 26/118"),)))

    def keeping_of(self, patient: PatientId) -> Keeping:
        last = max(self.services, default=date(2016, 3, 14))
        return Keeping(
            retention=Retention(
                patient=patient,
                entered=None,
                last_service=last,
                retain_until=last.replace(year=last.year + self.years),
            ),
            holds=tuple(hold for hold in self.placed if hold.patient == patient),
            years=self.years,
        )

    def place(self, new: NewHold) -> Hold:
        if not new.reason.strip():
            raise ReasonMissing
        placed = Hold(
            id=HoldId(new_uuid()),
            patient=new.patient,
            image=new.image,
            kind=new.kind,
            reason=new.reason,
            placed_at=datetime(2026, 11, 2, 3, tzinfo=UTC),
            placed_by="Mere Parata",
        )
        self.placed.append(placed)
        return placed

    def lift(self, hold_id: HoldId, reason: str) -> Hold:
        if self.problem:
            raise self.problem
        before = next(hold for hold in self.placed if hold.id == hold_id)
        at = datetime(2026, 11, 9, 3, tzinfo=UTC)
        lifted = replace(before, lifted_at=at, lifted_by="Tom Reed", lifted_why=reason)
        self.placed[self.placed.index(before)] = lifted
        return lifted

    def set_years(self, years: int) -> None:
        self.years = years

    @property
    def keeping(self) -> KeepingVerbs:
        return KeepingVerbs(
            keeping_of=self.keeping_of,
            place_hold=self.place,
            lift_hold=self.lift,
            note_service=lambda _patient, on: self.services.append(on),
            set_years=self.set_years,
        )

    @property
    def worklists(self) -> WorklistsVerbs:
        return WorklistsVerbs(
            retention=RetentionVerbs(
                due_count=lambda: sum(one.is_free for one in self.images),
                overdue=self.overdue,
                keeping=self.keeping,
            )
        )
