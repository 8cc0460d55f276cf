"""Filing: two identifiers first, then the images one by one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from desktop.intake.filing import FilingVerbs, file_items
from desktop.intake.filing_report import DeskFacts, FileReport, FileRequest
from desktop.intake.report import Progress
from desktop.problem import Cancelled
from desktop.records.facts.capture import CaptureDevice, DeviceOwner
from desktop.records.facts.clinical_image import ClinicalImage, FilingFacts, ImageState
from desktop.records.facts.consent import Consent, ConsentForm, Purpose
from desktop.records.facts.devices import Handover
from desktop.records.facts.identifiers import nhi
from desktop.records.facts.ids import DeviceId, ImageId, IntakeId, PatientId, new_uuid
from desktop.records.facts.patient import Patient, Sex
from desktop.records.facts.people import Photographer, Role
from desktop.records.facts.problems import IdentifiersDisagree, SecondIdentifierMissing
from desktop.records.rules.matching import PatientLink, link
from tests.unit.intake.shelf_of_bytes import MemorySource, MemoryVault

PATIENT = Patient(
    id=PatientId(new_uuid()),
    identifiers=(nhi("ZZZ0016"),),
    family_name="Ngātai",
    given_names="Kahu",
    born=date(1961, 3, 4),
    sex=Sex.FEMALE,
    added_at=datetime.now(UTC),
)
FACTS = DeskFacts(
    photographer=Photographer(name="Hana Parata", role=Role.NURSE),
    owner=DeviceOwner.PERSONAL,
    purposes=frozenset({Purpose.CARE}),
    consent=Consent(form=ConsentForm.VERBAL),
)


def request(source: MemorySource, born: date | None = PATIENT.born) -> FileRequest:
    return FileRequest(
        source_id=source.info.id,
        items=tuple(source.items()),
        patient=PATIENT.id,
        number=nhi("ZZZ0016"),
        born=born,
        facts=FACTS,
    )


class Desk:
    """Filing verbs over the memory vault; remembers what was filed with which facts."""

    def __init__(self) -> None:
        self.vault = MemoryVault()
        self.filed: list[tuple[ImageId, FilingFacts]] = []

    def verbs(self) -> FilingVerbs:
        return FilingVerbs(
            prove=lambda r: link(PATIENT, number=r.number, born=r.born),
            begin=lambda _info, _handover: IntakeId(new_uuid()),
            end=lambda _intake, _left_out: None,
            keep=self.vault.verbs(),
            file=self._file,
        )

    def _file(
        self, images: Sequence[tuple[ImageId, FilingFacts]], proof: PatientLink
    ) -> list[ClinicalImage]:
        return [self._file_one(image, proof, facts) for image, facts in images]

    def _file_one(self, image: ImageId, proof: PatientLink, facts: FilingFacts) -> ClinicalImage:
        self.filed.append((image, facts))
        known = next(one for one in self.vault.images.values() if one.id == image)
        filed = replace(known, state=ImageState.FILED, patient=proof.patient)
        self.vault.images[known.sha256] = filed
        return filed

    def file(
        self, source: MemorySource, asked: FileRequest, stop_at: int | None = None
    ) -> FileReport:
        told: list[Progress] = []
        return file_items(
            source=source,
            request=asked,
            verbs=self.verbs(),
            tell=told.append,
            stopped=lambda: stop_at is not None and len(told) > stop_at,
        )


@pytest.mark.requirement("R66")
def test_nothing_is_read_before_two_identifiers_agree() -> None:
    desk, source = Desk(), MemorySource({"A.JPG": b"a" * 9})
    with pytest.raises(SecondIdentifierMissing):
        desk.file(source, request(source, born=None))
    with pytest.raises(IdentifiersDisagree):
        desk.file(source, request(source, born=date(1961, 4, 3)))
    assert not desk.vault.images


@pytest.mark.requirement("R69")
def test_every_image_is_filed_with_owner_route_and_device() -> None:
    desk, source = Desk(), MemorySource({"A.JPG": b"a" * 9, "B.JPG": b"b" * 9})
    report = desk.file(source, request(source))
    assert len(report.filed) == report.total == 2
    mode = desk.filed[0][1].mode
    assert mode is not None
    assert mode.owner is DeviceOwner.PERSONAL
    assert mode.source_name == "Card"


def test_the_same_file_again_is_said_to_be_here() -> None:
    desk, source = Desk(), MemorySource({"A.JPG": b"a" * 9})
    desk.file(source, request(source))
    report = desk.file(source, request(source))
    assert len(report.already) == report.total == 1
    assert len(desk.filed) == 1


def test_a_file_that_is_here_is_named_as_it_was_offered_and_as_it_is_on_record() -> None:
    desk = Desk()
    desk.file(first := MemorySource({"A.JPG": b"a" * 9}), request(first))
    again = MemorySource({"B.JPG": b"a" * 9, "C.JPG": b"a" * 9, "D.JPG": b"d" * 9})
    report = desk.file(again, request(again))
    named = [(name, image.arrival.file_name) for name, image in report.already_named]
    assert named == [("B.JPG", "A.JPG"), ("C.JPG", "A.JPG")]


def test_two_copies_in_one_filing_are_filed_once() -> None:
    desk, source = Desk(), MemorySource({"A.JPG": b"a" * 9, "B.JPG": b"a" * 9})
    report = desk.file(source, request(source))
    assert (len(report.filed), len(report.already)) == (1, 1)
    assert len(desk.filed) == 1


@pytest.mark.requirement("R66")
def test_after_a_cancel_nothing_is_filed_and_the_tray_keeps_whole_images() -> None:
    content = {f"{n}.JPG": f"{n}".encode() * 900 for n in range(8)}
    desk, source = Desk(), MemorySource(content)
    report = desk.file(source, request(source), stop_at=3)
    assert report.receive.stopped_by == Cancelled()
    assert not report.filed
    assert not desk.filed
    assert report.total == 8
    assert len(report.not_filed) == len(desk.vault.images) > 0


@pytest.mark.requirement("R27")
def test_the_device_that_was_picked_fills_what_the_files_leave_out() -> None:
    """Its make, model and serial stand in the mode of capture of every silent file."""
    desk, source = Desk(), MemorySource({"A.JPG": b"a"})
    picked = DeviceId(new_uuid())
    says = CaptureDevice(make="Canon", model="EOS R10", serial="0123456789")
    verbs = replace(desk.verbs(), registered={picked: says}.__getitem__)
    asked = replace(request(source), handover=Handover(device=picked))
    file_items(
        source=source, request=asked, verbs=verbs, tell=lambda _: None, stopped=lambda: False
    )
    [(_, facts)] = desk.filed
    assert facts.mode is not None
    assert facts.mode.device == says
