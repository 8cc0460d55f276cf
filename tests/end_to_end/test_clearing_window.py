"""From a phone into the record and off the phone, in the real window and by keyboard."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.devices.finding import SourceWatcher
from desktop.devices.source import SourceInfo
from desktop.records.deeds import clearing
from desktop.records.deeds.breaches import breaches
from desktop.records.deeds.looking import images_of
from desktop.records.deeds.patients import patient_with_number
from desktop.records.facts.capture import Route
from desktop.records.facts.clearance import Clearance
from desktop.records.facts.clinical_image import ImageState
from desktop.records.facts.identifiers import nhi
from desktop.records.facts.sheet import grouped
from desktop.records.vault.keyring import LEAST_COST
from desktop.settings import Settings
from desktop.shipped import sample_photos
from desktop.tour import Tour
from desktop.ui.worklists.not_cleared import NotCleared
from desktop.verbs.office import Office, open_office
from desktop.verbs.workstation import Workstation
from tests.end_to_end.command_line import PASSWORD, USER
from tests.end_to_end.made_office import office_to_copy
from tests.end_to_end.toured import toured
from tests.unit.devices.ptp_script import Script
from tests.unit.devices.ptpip_camera import PtpIpCamera
from tests.unit.printing.reading import page_texts

__all__ = ["office_to_copy"]

pytest.importorskip("gphoto2", reason="no libgphoto2 here: phones on a cable are not proven")

PHOTOS = {f"IMG_{n}.JPG": photo for n, photo in enumerate(sample_photos()[:3])}


@pytest.fixture
def phone(monkeypatch: pytest.MonkeyPatch) -> Iterator[PtpIpCamera]:
    """A phone on loopback, which the window finds as if it were on a cable."""
    with closing(PtpIpCamera()) as made:
        made.add_photos({name: photo.read_bytes() for name, photo in PHOTOS.items()})
        info = SourceInfo(id=made.source_id, route=Route.PTP, name=made.make.model)

        def look(_watcher: SourceWatcher, *, again: bool = False) -> Sequence[SourceInfo]:
            return [info]

        monkeypatch.setattr(SourceWatcher, "look", look)
        yield made


@pytest.fixture
def office(tmp_path: Path, office_to_copy: Path) -> Iterator[Office]:
    folder = tmp_path / "office"
    shutil.copytree(office_to_copy, folder)
    with open_office(folder, user=USER, password=PASSWORD, cost=LEAST_COST) as made:
        yield made


@pytest.fixture
def tour(office: Office, phone: PtpIpCamera, tmp_path: Path) -> Iterator[Tour]:
    station = Workstation(Settings(office=office.folder))
    station.take_over(office)
    with toured(station, tmp_path) as made:
        yield made
    station.let_go()


def file_all(tour: Tour, phone: PtpIpCamera) -> None:
    """Every image that the phone holds is filed by keyboard."""
    tour.choose_source(phone.make.model, other_days=True)  # they were taken in March
    tour.until(lambda: tour.desk.items.model.rowCount() == len(PHOTOS), "all images")
    tour.tick_all()
    tour.choose_patient("ngatai", "4/3/1961")
    tour.say(taken_by="Hana Parata", role="nurse", owner="personal", consent="verbal")
    tour.file()


@pytest.mark.requirement("R73", "R74")
def test_phone_to_record_to_cleared_to_receipt(
    tour: Tour, office: Office, phone: PtpIpCamera, tmp_path: Path
) -> None:
    file_all(tour, phone)
    phone.add_file("FAMILY.JPG", b"\xff\xd8\xff private", parent=phone.folder("100CANON"))
    tour.clear_device()
    result = tour.desk.filing.clear_step.result
    assert "The device is cleared" in result.text
    assert "3 confirmed absent" in result.text
    assert list(phone.files()) == ["FAMILY.JPG"]
    shown = tour.desk.items.model
    tour.until(lambda: shown.rowCount() == 1, "what is left on the phone")
    assert shown.index(0).data() == "FAMILY.JPG"
    patient = patient_with_number(office.vault, number=nhi("ZZZ0016"))
    assert {one.state for one in images_of(office.vault, patient.id)} == {ImageState.FILED}
    assert clearing.outstanding(office.vault) == []

    page = tour.desk.receipt
    page._ask = lambda question: question.then(tmp_path / "receipt.pdf")
    tour.press(Qt.Key.Key_Return)
    tour.until(page.save_button.isEnabled, "the receipt")
    page.save_button.setFocus()
    tour.press(Qt.Key.Key_Return)
    tour.until(lambda: "Saved as receipt.pdf" in page.notice.text, "that it is saved")
    (text,) = page_texts((tmp_path / "receipt.pdf").read_bytes())
    for wanted in (*PHOTOS, "3 files: all confirmed absent", "Hana Parata", "Recently Deleted"):
        assert wanted in text, wanted
    for secret in ("ZZZ0016", "Kahurangi", "WHĀTUA", "1961"):
        assert secret.casefold() not in text.casefold()


def list_what_may_be_on_the_lost(tour: Tour, out: Path) -> str:
    """From the worklist: the list of the lost phone, as it was saved."""
    room = tour.window.worklists
    assert room is not None
    QTest.keyClick(tour.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    tour.press(Qt.Key.Key_Down)
    shown = room.chosen
    assert isinstance(shown, NotCleared)
    tour.until(lambda: shown.chosen is not None, "what is not cleared")
    shown.lost_button.setFocus()
    tour.press(Qt.Key.Key_Return)
    tour.until(shown.lost_form.what.hasFocus, "the question where and how")
    shown.lost_form.what.setText("left on a bus")
    tour.press(Qt.Key.Key_Return)
    shown.paper._ask = lambda question: question.then(out)
    tour.until(shown.paper.save_button.isEnabled, "the list")
    shown.paper.save_button.setFocus()
    tour.press(Qt.Key.Key_Return)
    tour.until(lambda: "That is noted" in shown.paper.notice.text, "that it is saved")
    (text,) = page_texts(out.read_bytes())
    return text


@pytest.mark.requirement("R74", "R114")
def test_a_phone_that_lies_is_found_out_listed_and_attested(
    tour: Tour, office: Office, phone: PtpIpCamera, tmp_path: Path
) -> None:
    file_all(tour, phone)
    phone.script = Script(lying_delete=True)
    tour.clear_device()
    result = tour.desk.filing.clear_step.result
    assert "3 of 3 images may still be there" in result.text
    assert "still there" in result.text
    assert len(clearing.outstanding(office.vault)) == 3
    listed = list_what_may_be_on_the_lost(tour, tmp_path / "lost.pdf")
    assert "NGĀTAI-WHĀTUA, Kahurangi" in listed
    for name in PHOTOS:
        assert name in listed
    [opened] = breaches(office.vault)
    assert (opened.images, opened.what) == (3, "left on a bus")
    assert grouped(opened.number) in listed
    QTest.keyClick(tour.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    result.attest_button.setFocus()
    tour.press(Qt.Key.Key_Return)
    tour.press(Qt.Key.Key_Return)
    tour.until(lambda: "3 attested" in result.text, "the word of the photographer")
    patient = patient_with_number(office.vault, number=nhi("ZZZ0016"))
    intake = images_of(office.vault, patient.id)[0].arrival.intake
    deposits = clearing.deposits_of(office.vault, intake)
    assert {(one.clearance, one.attested_by) for one in deposits} == {
        (Clearance.ATTESTED, "Hana Parata")
    }
