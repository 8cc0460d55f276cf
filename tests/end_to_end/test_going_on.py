"""A long video that an unplug cut goes on where its bytes were, or is read again from its start."""

import hashlib
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.devices.finding import open_source
from desktop.intake.receiving import receive_items
from desktop.intake.report import ReceiveReport
from desktop.records.deeds.trail_reading import trail_page
from desktop.records.facts.devices import Handover
from desktop.records.vault.half_sealed import WORTH_KEEPING
from desktop.verbs.filing import filing_verbs
from desktop.verbs.office import Office, open_office
from tests.end_to_end.command_line import PASSWORD, USER
from tests.unit.devices.ptp_datasets import Operation
from tests.unit.devices.ptpip_camera import PtpIpCamera

pytest.importorskip("gphoto2", reason="no libgphoto2 here: PTP cameras are not proven")

SIZE = 24 << 20
VIDEO = random.Random(4).randbytes(SIZE)
LATE, HALF, EARLY = 18 << 20, 12 << 20, 3 << 20
READS = {Operation.GET_OBJECT, Operation.GET_PARTIAL_OBJECT, Operation.GET_PARTIAL_OBJECT_64}


@pytest.fixture
def office(tmp_path: Path, office_to_copy: Path, least_cost: None) -> Iterator[Office]:
    shutil.copytree(office_to_copy, tmp_path / "office")
    with open_office(tmp_path / "office", user=USER, password=PASSWORD) as opened:
        yield opened


@pytest.fixture
def camera() -> Iterator[PtpIpCamera]:
    with closing(PtpIpCamera()) as made:
        made.add_photos({"VID_0.AVI": VIDEO})
        yield made


def received(office: Office, camera: PtpIpCamera) -> ReceiveReport:
    """One trip with a new session, as after each plugging in."""
    verbs = filing_verbs(office)
    with closing(open_source(camera.source_id, folders=())) as source:
        return receive_items(
            source=source,
            items=list(source.items()),
            intake=verbs.begin(source.info, Handover()),
            verbs=verbs.keep,
            tell=lambda _: None,
            stopped=lambda: False,
        )


def cut(office: Office, camera: PtpIpCamera, *, after: int) -> None:
    """A first trip, cut after so many bytes; then the cable is in again."""
    camera.script.unplug_after = after
    report = received(office, camera)
    assert report.stopped_by is not None
    assert not report.received
    camera.plug_in()
    camera.log.clear()


def parts(office: Office) -> list[Path]:
    return list((office.folder / "originals").rglob("*.part"))


def bytes_read(camera: PtpIpCamera) -> int:
    reads = [asked for asked in camera.log if asked.operation in READS]
    return sum(asked.parameters[-1] for asked in reads)


def deeds(office: Office) -> list[str]:
    return [entry.line.deed for entry in trail_page(office.vault)]


@pytest.mark.requirement("R73", "R121")
def test_a_cut_video_goes_on_where_the_bytes_were(office: Office, camera: PtpIpCamera) -> None:
    cut(office, camera, after=LATE)
    (waiting,) = parts(office)
    assert VIDEO[:64] not in waiting.read_bytes()
    report = received(office, camera)
    (image,), (went_on,) = report.received, report.went_on
    assert image.sha256 == hashlib.sha256(VIDEO).digest()
    assert WORTH_KEEPING <= went_on.at <= LATE
    # what was left, and no more than what is compared of the rest
    assert bytes_read(camera) <= SIZE - went_on.at + WORTH_KEEPING + (4 << 20)
    assert not parts(office)
    assert "image read in two goes" in deeds(office)


def same_head(camera: PtpIpCamera) -> None:
    start, end = LATE - (2 << 20), LATE + (4 << 20)
    middle = random.Random(6).randbytes(end - start)
    camera.replace("VID_0.AVI", VIDEO[:start] + middle + VIDEO[end:])


def same_tail(camera: PtpIpCamera) -> None:
    camera.replace("VID_0.AVI", b"\0" * 5000 + VIDEO[5000:])


def other_card(camera: PtpIpCamera) -> None:
    camera.swap_card({"VID_0.AVI": random.Random(7).randbytes(SIZE)})


@pytest.mark.requirement("R73", "R121")
@pytest.mark.parametrize("change", [same_head, same_tail, other_card])
def test_whatever_differs_is_read_from_its_start(
    office: Office, camera: PtpIpCamera, change: Callable[[PtpIpCamera], None]
) -> None:
    cut(office, camera, after=LATE)
    change(camera)
    report = received(office, camera)
    (image,) = report.received
    assert image.sha256 == hashlib.sha256(camera.files()["VID_0.AVI"]).digest()
    assert not report.went_on
    assert not parts(office)


@pytest.mark.requirement("R73")
def test_what_waits_is_gone_when_the_office_is_locked(office: Office, camera: PtpIpCamera) -> None:
    cut(office, camera, after=LATE)
    assert parts(office)
    office.close()
    assert not parts(office)


@pytest.mark.requirement("R73")
def test_a_little_is_read_again(office: Office, camera: PtpIpCamera) -> None:
    cut(office, camera, after=EARLY)
    assert not parts(office)
    report = received(office, camera)
    assert (len(report.received), report.went_on) == (1, [])


@pytest.mark.requirement("R73", "R121")
def test_a_video_may_be_cut_more_than_once(office: Office, camera: PtpIpCamera) -> None:
    cut(office, camera, after=HALF)
    (first,) = (part.stat().st_size for part in parts(office))
    # which segments are compared is drawn by lot: even if it were all of them, 4 MiB are left
    camera.script.unplug_after = HALF + (4 << 20)
    assert received(office, camera).stopped_by is not None
    camera.plug_in()
    (second,) = (part.stat().st_size for part in parts(office))
    assert second > first + (2 << 20)
    report = received(office, camera)
    assert [image.sha256 for image in report.received] == [hashlib.sha256(VIDEO).digest()]
    assert first < report.went_on[0].at < second
