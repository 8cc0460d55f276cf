"""Every file of the corpus on the real trip: sealed, read back, described, filed; none lost."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from desktop.devices.finding import open_source
from desktop.intake.filing_report import DeskFacts, FileReport, FileRequest
from desktop.media.notes import Failure
from desktop.records.deeds import looking, patients
from desktop.records.deeds.checking import verify
from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.clinical_image import ClinicalImage, ImageState, MediaKind
from desktop.records.facts.consent import Consent, ConsentForm, Purpose
from desktop.records.facts.identifiers import nhi
from desktop.records.facts.patient import NewPatient
from desktop.records.facts.people import Photographer, Role
from desktop.records.vault.keyring import LEAST_COST
from desktop.verbs.filing import file_from_source
from desktop.verbs.office import Office, create_office
from tests.unit.media.corpus import CORPUS, needs_corpus

pytestmark = [needs_corpus, pytest.mark.first, pytest.mark.requirement("R11", "R68", "R73")]

BORN = date(1961, 3, 4)
HURT_THE_WORKER = {failure.words for failure in Failure} - {Failure.REFUSED.words}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = create_office(
        tmp_path_factory.mktemp("corpus") / "office",
        organisation="Kererū Clinic",
        user="Mei Chen",
        password="four made up words",
        cost=LEAST_COST,
    )
    with made.office as opened:
        yield opened


@pytest.fixture(scope="module")
def report(office: Office) -> FileReport:
    patient = patients.add_patient(
        office.vault,
        new=NewPatient(
            identifiers=(nhi("ZZZ0016"),), family_name="Pōmare", given_names="Hana", born=BORN
        ),
        by=office.person,
    )
    with closing(open_source(str(CORPUS))) as source:
        request = FileRequest(
            source_id=source.info.id,
            items=tuple(source.items()),
            patient=patient.id,
            number=patient.number,
            born=BORN,
            facts=DeskFacts(
                photographer=Photographer(name="Tama Ngata", role=Role.NURSE),
                owner=DeviceOwner.ORGANISATION,
                purposes=frozenset({Purpose.CARE}),
                consent=Consent(form=ConsentForm.WRITTEN),
            ),
        )
        return file_from_source(
            office, source=source, request=request, tell=lambda _: None, stopped=lambda: False
        )


def manifest() -> dict[str, str]:
    """What each file of the corpus hashes to, by its path."""
    rows = (CORPUS / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {row.split("\t")[0]: row.split("\t")[2] for row in rows}


def test_every_file_ends_kept(report: FileReport, office: Office) -> None:
    """Whatever is in it: nothing but an empty file or one that is there already is left out."""
    assert report.receive.stopped_by is None
    assert not report.receive.not_reached
    assert {one.problem.code for one in report.receive.refused} <= {"item_empty", "item_unsafe"}
    received = report.receive.received
    assert len(received) >= 620
    known = set(manifest().values())
    assert {image.sha256.hex() for image in received} <= known
    assert not report.not_filed
    checked = verify(office.vault, originals=True)
    assert not checked.damaged
    assert not checked.missing


def test_each_is_described_and_none_hurt_its_worker(report: FileReport, office: Office) -> None:
    images = [*report.filed, *report.incomplete]
    assert len(images) == len(report.receive.received)
    for image in images:
        assert image.description is not None, _name(image)
        assert image.description.note not in HURT_THE_WORKER, _name(image)
    kinds = Counter(image.description.kind for image in images if image.description)
    # 300 of the files are crashers, most of them films that are none
    assert kinds[MediaKind.PHOTO] >= 250
    assert kinds[MediaKind.VIDEO] >= 300
    assert kinds[MediaKind.AUDIO] >= 20
    shown = looking.thumbnails(office.vault, [image.id for image in images])
    assert len(shown) >= 220
    for image in images:
        described = image.description
        assert described is not None
        assert (image.id in shown) or described.note, _name(image)


def test_what_says_when_is_filed_and_what_does_not_says_what_is_missing(
    report: FileReport,
) -> None:
    for image in report.filed:
        assert image.state is ImageState.FILED
        assert image.taken is not None
    for image in report.incomplete:
        assert [essential.value for essential in image.missing] == ["capture_time"], _name(image)


def _name(image: ClinicalImage) -> str:
    return str(Path(image.arrival.folder) / image.arrival.file_name)
