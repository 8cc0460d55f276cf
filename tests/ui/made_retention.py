"""Images past their time, and verbs about them for pages under test."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from desktop.problem import Cancelled, Problem
from desktop.records.facts.disposal import (
    Disposal,
    DisposalBatch,
    DueImage,
    ListedImage,
    OverdueImage,
)
from desktop.records.facts.ids import HoldId, ImageId, PatientId, PersonId, new_uuid
from desktop.records.facts.patient import Patient
from desktop.records.facts.retention import Hold, HoldKind, Retention
from desktop.records.facts.retention_problems import ReasonMissing
from desktop.ui.parts.keeping_verbs import Keeping, KeepingVerbs, NewHold
from desktop.ui.worklists.verbs import (
    CertificateChoice,
    CertificateVerbs,
    DisposalReview,
    DisposalVerbs,
    RetentionVerbs,
    Stopped,
    TellCount,
)
from tests.ui.made_facts import HINEMOA, ONE_PAGE, WIREMU, page_png
from tests.ui.made_printing import print_verbs


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
    batches: list[DisposalBatch] = field(default_factory=list)
    approvers: tuple[str, ...] = ("Rangi Tūī",)
    approvals: list[tuple[str, str, str]] = field(default_factory=list)
    until_stopped: bool = False
    certificates: list[CertificateChoice] = field(default_factory=list)
    printed: list[tuple[str, str]] = field(default_factory=list)
    saved: list[Path] = field(default_factory=list)
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

    def propose(self, images: Sequence[ImageId]) -> DisposalBatch:
        if self.problem:
            raise self.problem
        batch = DisposalBatch(
            number=f"DC7K3QX9F{len(self.batches)}",
            images=tuple(images),
            proposed_at=datetime(2026, 11, 20, 3, tzinfo=UTC),
            proposed_by="Mere Parata",
            proposer=PersonId(new_uuid()),
        )
        self.batches.append(batch)
        self.images = [
            replace(one, waits_in=batch.number) if one.due.image in images else one
            for one in self.images
        ]
        return batch

    def batch(self, number: str) -> DisposalBatch:
        return next(one for one in self.batches if one.number == number)

    def review(self, number: str) -> DisposalReview:
        batch = self.batch(number)
        return DisposalReview(
            batch=batch,
            images=tuple(self._listed(one) for one in self.images if one.waits_in == number),
            may_approve=self.approvers,
            user="Mere Parata",
        )

    def _listed(self, one: OverdueImage) -> ListedImage:
        held = [hold for hold in self.placed if hold.blocks(one.due.image)]
        return ListedImage(
            image=one.due.image,
            banner=one.due.banner,
            what=one.what,
            received_at=one.due.received_at,
            retain_until=one.due.retain_until,
            why_not=f"Image {one.what} is held ({held[0].kind.words})." if held else "",
        )

    def withdraw(self, number: str) -> None:
        self.batches.remove(self.batch(number))
        self.images = [replace(one, waits_in="") for one in self.images]

    def approve(self, number: str, name: str, passphrase: str) -> None:
        if self.problem:
            raise self.problem
        self.approvals.append((number, name, passphrase))
        self._change(number, approved_at=datetime(2026, 11, 21, 3, tzinfo=UTC), approved_by=name)

    def carry_out(self, number: str, tell: TellCount, stopped: Stopped) -> Disposal:
        total = len(self.batch(number).images)
        tell((1, total))
        while self.until_stopped:
            if stopped():
                raise Cancelled
        self.images = [one for one in self.images if one.waits_in != number]
        self._change(
            number, finished_at=datetime(2026, 11, 22, 3, tzinfo=UTC), finished_by="Mere Parata"
        )
        return Disposal(batch=self.batch(number), gone=(), spared=(), paper=(), banners={})

    def _change(self, number: str, **values: Any) -> None:
        before = self.batch(number)
        self.batches[self.batches.index(before)] = replace(before, **values)

    def certificate(self, choice: CertificateChoice) -> bytes:
        self.certificates.append(choice)
        return ONE_PAGE

    @property
    def disposal(self) -> DisposalVerbs:
        return DisposalVerbs(
            lists=lambda: sorted(self.batches, key=lambda one: one.finished_at is not None),
            propose=self.propose,
            review=self.review,
            withdraw=self.withdraw,
            approve=self.approve,
            carry_out=self.carry_out,
            certificate=CertificateVerbs(
                make=self.certificate,
                save=lambda _pdf, path: self.saved.append(path),
                print=lambda _pdf, choice, to: self.printed.append((choice.number, to.printer)),
                printing=print_verbs(),
                preview_page=lambda _laid, _page, _width: page_png("CERTIFICATE OF DISPOSAL"),
            ),
        )

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
    def verbs(self) -> RetentionVerbs:
        return RetentionVerbs(
            due_count=lambda: sum(not one.holds for one in self.images),
            overdue=self.overdue,
            keeping=self.keeping,
            disposal=self.disposal,
        )
