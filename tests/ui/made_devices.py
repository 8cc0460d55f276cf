"""Devices for tests of the window: a register in a list, and phone checks that are kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

from desktop.devices.source import SourceInfo
from desktop.intake.report import Progress
from desktop.problem import Cancelled, Problem
from desktop.records.facts.came_from import CopyDeclined
from desktop.records.facts.capture import CaptureDevice, DeviceOwner
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.devices import (
    Answer,
    Answers,
    Declaration,
    Depositor,
    Device,
    HandoverOffer,
    KnownDevice,
    NewDevice,
)
from desktop.records.facts.ids import DeclarationId, DeviceId, PatientId, new_uuid
from desktop.records.facts.people import Photographer, Role
from desktop.records.rules.device_clock import clock_off_seconds
from desktop.ui.desk.verbs import HandoverVerbs
from desktop.ui.office.verbs import DevicesVerbs, SelfTested, SelfTestVerbs

MERE = Photographer(name="Mere Parata", role=Role.NURSE)
TOM = Depositor(name="Tom Reed", role=Role.CLERK)


def made_check(device: DeviceId, answers: Answers, *, at: datetime | None = None) -> Declaration:
    given = {name: getattr(answers, name) for name in Answers.__slots__}
    return Declaration(
        id=DeclarationId(new_uuid()),
        device=device,
        answered_at=at or datetime.now(UTC),
        recorded_by="Aroha Test",
        **given,
    )


ALL_YES = Answers(
    answered_by="Mere Parata",
    policy_known=Answer.YES,
    protected=Answer.YES,
    encrypted=Answer.YES,
    nothing_uploads=Answer.YES,
    remote_erase=Answer.YES,
)


def known_phone(*, checked: Answers | None = ALL_YES, at: datetime | None = None) -> KnownDevice:
    device = Device(
        id=DeviceId(new_uuid()),
        owner=DeviceOwner.PERSONAL,
        name="Mere's Pixel 8",
        keeper="Mere Parata",
        source_name="Pixel 8",
    )
    return KnownDevice(
        device=device,
        declaration=made_check(device.id, checked, at=at) if checked else None,
        depositor=TOM,
        photographer=MERE,
    )


def ward_camera() -> KnownDevice:
    return KnownDevice(
        device=Device(
            id=DeviceId(new_uuid()),
            owner=DeviceOwner.ORGANISATION,
            name="Ward 5 camera",
            make="Canon",
            model="EOS R10",
            serial="0123456789",
            asset_number="A-77",
            location="Ward 5",
        )
    )


@dataclass
class StandInDevices:
    """The register; a test sets what is offered and what is refused."""

    known: list[KnownDevice] = field(default_factory=list)
    depositors: list[Depositor] = field(default_factory=lambda: [TOM])
    unknown: list[CaptureDevice] = field(default_factory=list)
    noted: list[NewDevice] = field(default_factory=list)
    declared: list[Answers] = field(default_factory=list)
    declined: list[tuple[PatientId, str]] = field(default_factory=list)
    cards: list[Path] = field(default_factory=list)
    connected: list[SourceInfo] = field(default_factory=list)
    reports: list[tuple[SelfTested, Path]] = field(default_factory=list)
    failed: int = 0
    hangs: bool = False
    go_on: Event = field(default_factory=Event)
    problem: Problem | None = None

    def offer(self, source_name: str) -> HandoverOffer:
        fitting = [one for one in self.known if one.device.source_name == source_name]
        ours = [one for one in self.known if one.device.owner is DeviceOwner.ORGANISATION]
        return HandoverOffer(
            fitting=tuple(fitting), organisation=tuple(ours), depositors=tuple(self.depositors)
        )

    def note_device(self, new: NewDevice) -> KnownDevice:
        if self.problem:
            raise self.problem
        self.noted.append(new)
        said = {name: getattr(new, name) for name in NewDevice.__slots__}
        added = KnownDevice(device=Device(id=DeviceId(new_uuid()), **said))
        self.known.append(added)
        return added

    def declare(self, device: DeviceId, answers: Answers) -> KnownDevice:
        self.declared.append(answers)
        place = next(n for n, one in enumerate(self.known) if one.device.id == device)
        self.known[place] = replace(self.known[place], declaration=made_check(device, answers))
        return self.known[place]

    def are_unknown(self, _images: Sequence[ClinicalImage]) -> list[CaptureDevice]:
        return self.unknown

    def find(self, device: DeviceId) -> KnownDevice:
        return next(one for one in self.known if one.device.id == device)

    def put(self, device: DeviceId, **said: object) -> Device:
        if self.problem:
            raise self.problem
        place = self.known.index(self.find(device))
        changed = replace(self.known[place].device, **said)  # type: ignore[arg-type]
        self.known[place] = replace(self.known[place], device=changed)
        return changed

    def retire(self, device: DeviceId) -> Device:
        gone = self.find(device)
        self.known.remove(gone)
        return gone.device

    def check_clock(self, device: DeviceId, shown: str) -> Device:
        off = clock_off_seconds(shown, now=datetime(2026, 11, 23, 14, 5, 30))  # noqa: DTZ001  wall time
        return self.put(device, clock_off_seconds=off, clock_checked_on=date(2026, 11, 23))

    def checks(self, device: DeviceId) -> list[Declaration]:
        last = self.find(device).declaration
        return [last] if last else []

    def declared_in_office(self, device: DeviceId, answers: Answers) -> Declaration:
        said = self.declare(device, answers).declaration
        assert said is not None
        return said

    def test(
        self, source_id: str, tell: Callable[[Progress], None], stopped: Callable[[], bool]
    ) -> SelfTested:
        tell(Progress(done=0, total=2, bytes_done=0, bytes_total=0, name="lists the same twice"))
        while self.hangs and not stopped():
            self.go_on.wait(0.01)
        if stopped():
            raise Cancelled
        return SelfTested(source=source_id, failed=self.failed, checks=2, text="told", json="{}")

    @property
    def office(self) -> DevicesVerbs:
        return DevicesVerbs(
            devices=lambda: list(self.known),
            checks=self.checks,
            add=lambda new: self.note_device(new).device,
            change=lambda device, new: self.put(
                device, **{name: getattr(new, name) for name in NewDevice.__slots__}
            ),
            check_clock=self.check_clock,
            declare=self.declared_in_office,
            lost=lambda device, note: self.put(device, lost_at=datetime.now(UTC), lost_note=note),
            found=lambda device: self.put(device, lost_at=None, lost_note=""),
            retire=self.retire,
            save_card=self.cards.append,
            self_test=SelfTestVerbs(
                sources=lambda: list(self.connected),
                run=self.test,
                save=lambda tested, path: self.reports.append((tested, path)),
            ),
        )

    def declined_of(self, patient: PatientId) -> Sequence[CopyDeclined]:
        on = datetime(2026, 11, 23, tzinfo=UTC)
        return [
            CopyDeclined(
                patient=whose, asked_on=on.date(), what=what, noted_at=on, noted_by="Mei Chen"
            )
            for whose, what in self.declined
            if whose == patient
        ]

    @property
    def desk(self) -> HandoverVerbs:
        return HandoverVerbs(
            offer=self.offer,
            decline=lambda patient, what: self.declined.append((patient, what)),
            note_device=self.note_device,
            declare=self.declare,
            unknown=self.are_unknown,
        )
