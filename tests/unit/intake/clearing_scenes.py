"""A device, what the office received of it, and the clearing of it: what the tests here share."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from desktop.devices.source import Compared
from desktop.intake.clearing import ClearVerbs, clear_device
from desktop.intake.clearing_report import ClearReport
from desktop.intake.report import Tell
from desktop.problem import Problem
from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.clearance import Clearance, Deposit
from desktop.records.facts.clearance_problems import (
    NotOursToClear,
)
from desktop.records.facts.clinical_image import ImageState
from desktop.records.facts.ids import DepositId, ImageId, IntakeId, new_uuid
from desktop.records.rules.clearing import ClearanceProof
from desktop.records.vault.problems import OriginalDamaged
from tests.unit.intake.clearable_device import PHONE, Device, Place, Trouble

CAMERA = "DCIM/Camera"


def deposit(place: Place, content: bytes) -> Deposit:
    return Deposit(
        id=DepositId(new_uuid()),
        intake=IntakeId(new_uuid()),
        image=ImageId(new_uuid()),
        folder=place[0],
        file_name=place[1],
        size=len(content),
        sha256=hashlib.sha256(content).digest(),
        deposited_at=datetime.now(UTC),
        source_name=PHONE.name,
        route=PHONE.route,
        settled=Clearance.OUTSTANDING,
        state=ImageState.FILED,
        left_out=0,
        owner=DeviceOwner.PERSONAL,
    )


@dataclass
class Record:
    """What the office holds; `damaged` are stored copies that no longer give their bytes."""

    stored: dict[DepositId, bytes]
    damaged: frozenset[DepositId] = frozenset()
    proofs: list[ClearanceProof] = field(default_factory=list)
    refused: list[tuple[DepositId, Problem]] = field(default_factory=list)
    companions: dict[str, bytes] = field(default_factory=dict)
    by_id: dict[DepositId, Deposit] = field(default_factory=dict)
    not_ours: DepositId | None = None

    def verbs(self) -> ClearVerbs:
        return ClearVerbs(
            stored=self._stored,
            keep_companion=self._keep,
            cleared=self._cleared,
            refused=lambda one, problem: self.refused.append((one.id, problem)),
        )

    def _stored(self, one: Deposit, told: Compared) -> bytes:
        told(one.size)
        if one.id in self.damaged:
            raise OriginalDamaged(name="a1b2", where="segment 0")
        return hashlib.sha256(self.stored[one.id]).digest()

    def _keep(self, _: Deposit, name: str, content: bytes) -> bytes:
        self.companions[name] = content
        return hashlib.sha256(content).digest()

    def _cleared(self, proofs: Sequence[ClearanceProof]) -> Sequence[Deposit]:
        if self.not_ours in {proof.deposit for proof in proofs}:
            raise NotOursToClear(source=PHONE.name)
        self.proofs.extend(proofs)
        return [self.by_id[proof.deposit] for proof in proofs]


@dataclass
class Scene:
    """A device, some of whose files were received, and the clearing of them."""

    device: Device
    received: dict[Place, bytes]
    damaged: frozenset[Place] = frozenset()
    stop_after: int | None = None

    def __post_init__(self) -> None:
        self.deposits = {place: deposit(place, bytes_) for place, bytes_ in self.received.items()}
        self.record = Record(
            stored={self.deposits[place].id: self.received[place] for place in self.received},
            damaged=frozenset(self.deposits[place].id for place in self.damaged),
            by_id={one.id: one for one in self.deposits.values()},
        )

    def clear(self, tell: Tell = lambda _: None) -> ClearReport:
        asked = 0

        def stopped() -> bool:
            nonlocal asked
            asked += 1
            return self.stop_after is not None and asked > self.stop_after

        return clear_device(
            open_fresh=self.device.open,
            deposits=list(self.deposits.values()),
            verbs=self.record.verbs(),
            tell=tell,
            stopped=stopped,
        )


def photos(*names: str, folder: str = CAMERA) -> dict[Place, bytes]:
    return {(folder, name): f"the content of {name}".encode() for name in names}


def scene(*received: str, also: Sequence[str] = (), trouble: Trouble | None = None) -> Scene:
    ours, others = photos(*received), photos(*also)
    return Scene(Device({**ours, **others}, trouble or Trouble()), ours)


def names(report: ClearReport) -> list[str]:
    return sorted(one.file_name for one in report.cleared)
