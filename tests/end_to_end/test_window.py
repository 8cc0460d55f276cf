"""A camera, the real window driven by keyboard, the vault, a sheet, and the printer it reached."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import Qt

from desktop.records.deeds import looking, sheets
from desktop.records.deeds.patients import patient_with_number
from desktop.records.facts.capture import DeviceOwner, Route
from desktop.records.facts.clinical_image import ClinicalImage, ImageState
from desktop.records.facts.consent import ConsentForm
from desktop.records.facts.identifiers import nhi
from desktop.records.facts.people import Photographer, Role
from desktop.records.facts.sheet import SheetState, page_code, read_page_code
from desktop.records.vault.keyring import LEAST_COST
from desktop.settings import Settings
from desktop.shipped import sample_photos
from desktop.tour import Tour
from desktop.verbs.office import open_office
from desktop.verbs.workstation import Workstation
from tests.end_to_end.command_line import PASSWORD, USER
from tests.end_to_end.cups_printer import CupsPrinter
from tests.end_to_end.toured import toured

pytest.importorskip("gphoto2", reason="no libgphoto2 here: PTP cameras are not proven")


@pytest.fixture
def camera(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A virtual PTP camera (libgphoto2's vusb) holding photos taken just now."""
    folder = tmp_path / "camera" / "DCIM" / "100NIKON"
    folder.mkdir(parents=True)
    for photo in sample_photos()[:3]:
        shutil.copyfile(photo, folder / photo.name)  # a fresh file time: taken today
    monkeypatch.setenv("VCAMERADIR", str(tmp_path / "camera"))
    return folder


@pytest.fixture
def station(tmp_path: Path, office_to_copy: Path) -> Workstation:
    office = tmp_path / "office"
    shutil.copytree(office_to_copy, office)
    return Workstation(Settings(office=office, office_was_named=True), cost=LEAST_COST)


@pytest.fixture
def tour(station: Workstation, tmp_path: Path) -> Iterator[Tour]:
    with toured(station, tmp_path) as made:
        yield made
    station.lock()


def unlock(tour: Tour) -> None:
    """Type the passphrase at the door."""
    door = tour.window.unlock
    tour.until(lambda: door.card is door.open_card, "the door")
    door.open_card.passphrase.setFocus()
    tour.type(PASSWORD)
    tour.press(Qt.Key.Key_Return)
    tour.until(lambda: tour.window.is_open, "the office")


def qr_codes(pdf: Path) -> list[str]:
    codes = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            seen = zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil())
            codes += [code.text for code in seen]
    return codes


def text_of(pdf: Path) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def file_what_the_camera_holds(tour: Tour) -> None:
    tour.choose_source("Nikon DSC D750")
    tour.tick_all()
    tour.choose_patient("ngatai", "4/3/1961")
    tour.say(taken_by="Hana Parata", role="nurse", owner="personal", consent="verbal")
    tour.file()


def print_what_was_filed(tour: Tour, printer: str) -> None:
    """Print sheet is the next action: Enter, and Enter again once it is laid out."""
    report, page = tour.desk.filing.report_step, tour.desk.sheet
    report.print_button.setFocus()
    tour.press(Qt.Key.Key_Return)
    tour.until(lambda: page.pages_shown == 3 and page.print_button.isEnabled(), "the sheet")
    page.panel.printer.setCurrentText(printer)
    page.print_button.setFocus()
    tour.press(Qt.Key.Key_Return)


def check_record(images: list[ClinicalImage], camera: Path) -> None:
    assert {image.state for image in images} == {ImageState.FILED}
    originals = {hashlib.sha256(p.read_bytes()).digest() for p in camera.iterdir()}
    assert {image.sha256 for image in images} == originals
    for image in images:
        assert image.photographer == Photographer(name="Hana Parata", role=Role.NURSE)
        assert image.mode is not None
        assert (image.mode.owner, image.mode.route) == (DeviceOwner.PERSONAL, Route.PTP)
        assert image.consent is not None
        assert image.consent.form is ConsentForm.VERBAL
        assert image.taken is not None


def check_paper(arrived: Path, number: str) -> None:
    """Pages may arrive last first: each is found by its own code."""
    codes = [read_page_code(code) for code in qr_codes(arrived)]
    assert sorted(code for code in codes if code) == [(number, page) for page in (1, 2, 3)]
    for code, text in zip(codes, text_of(arrived), strict=True):
        assert code is not None
        for wanted in ("NGĀTAI-WHĀTUA", "ZZZ0016", "04 Mar 1961", f"Page {code[1]} of 3"):
            assert wanted in text, wanted


def follow_into_the_chart(tour: Tour, last: str) -> None:
    """The last page's code, as it stands on the paper: its check digits, then a scan of it."""
    page, sheets = tour.desk.sheet, tour.patients.sheets
    tour.until(page.hold.digits.hasFocus, "the question about the paper")
    tour.type(last[-2:])
    tour.press(Qt.Key.Key_Return)
    tour.until(lambda: "is in hand" in page.notice.text, "that it is in hand")
    tour.type(last)
    tour.press(Qt.Key.Key_Return)
    tour.until(sheets.filing.isVisible, "the record of the sheet")
    sheets.volume.setFocus()
    tour.type("2")
    tour.press(Qt.Key.Key_Return)
    tour.until(lambda: "is in the chart" in sheets.notice.text, "that it is in the chart")


@pytest.mark.requirement("R66", "R67", "R68", "R69", "R71", "R73", "R77", "R78", "R79")
def test_from_a_camera_to_paper(
    tour: Tour, station: Workstation, camera: Path, cups_printer: CupsPrinter
) -> None:
    unlock(tour)
    file_what_the_camera_holds(tour)
    assert "3 images" in tour.desk.filing.report_step.text
    print_what_was_filed(tour, cups_printer.name)
    arrived = cups_printer.arrived()
    tour.settle()
    assert cups_printer.name in tour.desk.sheet.notice.text

    with station.using() as office:
        patient = patient_with_number(office.vault, number=nhi("ZZZ0016"))
        check_record(looking.images_of(office.vault, patient.id), camera)
        register = sheets.sheets_of(office.vault, patient.id)
    assert [(line.copy, line.pages) for line in register] == [(1, 3)]
    check_paper(arrived, register[0].number)
    assert cups_printer.options()["IPP_JOB_NAME"] == register[0].number
    assert not cups_printer.job_files()

    follow_into_the_chart(tour, page_code(register[0].number, 3))
    with station.using() as office:
        (filed,) = sheets.sheets_of(office.vault, patient.id)
    assert (filed.state, filed.volume) == (SheetState.IN_CHART, "2")
    assert filed.in_hand_at is not None


def test_what_was_undone_waits_in_the_tray_and_can_be_filed_from_there(
    tour: Tour, station: Workstation, camera: Path
) -> None:
    unlock(tour)
    file_what_the_camera_holds(tour)
    tour.desk.filing.report_step.undo_button.setFocus()
    tour.press(Qt.Key.Key_Return)
    tour.settle()
    with station.using() as office:
        assert len(looking.tray(office.vault)) == 3
    tour.desk.filing.next_patient()
    tour.choose_source("Tray: not yet filed")
    tour.tick_all()
    tour.choose_patient("zzz0016", "4 Mar 1961")
    tour.say(taken_by="Hana Parata", role="nurse", owner="personal", consent="verbal")
    tour.file()
    with station.using() as office:
        patient = patient_with_number(office.vault, number=nhi("ZZZ0016"))
        check_record(looking.images_of(office.vault, patient.id), camera)


def test_a_wrong_passphrase_is_said_and_the_window_stays_at_the_door(
    tour: Tour, station: Workstation
) -> None:
    door = tour.window.unlock
    tour.until(lambda: door.card is door.open_card, "the door")
    door.open_card.passphrase.setFocus()
    tour.type("not the right one")
    tour.press(Qt.Key.Key_Return)
    tour.until(door.open_card.notice.isVisible, "the sentence")
    assert not tour.window.is_open
    unlock(tour)
    # The next unlock wrote the failed attempt into the trail, with nobody's name.
    assert not (station.settings.office / "failed-unlocks").exists()


def test_lock_forgets_everything_and_unlock_brings_it_back(
    tour: Tour, station: Workstation
) -> None:
    unlock(tour)
    tour.press(Qt.Key.Key_L, with_ctrl=True)
    tour.settle()
    assert tour.window.desk is None
    # Nobody holds the office any more: another program may open it.
    with open_office(station.settings.office, user=USER, password=PASSWORD):
        pass
    unlock(tour)


def test_a_polite_end_closes_the_window_and_the_office(
    office_to_copy: Path, tmp_path: Path
) -> None:
    office = tmp_path / "office"
    shutil.copytree(office_to_copy, office)
    ready = tmp_path / "ready"
    program = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QTimer\n"
        "from desktop import app\n"
        f"QTimer.singleShot(0, app.application(), lambda: Path({str(ready)!r}).touch())\n"
        f"sys.exit(app.run(['--office={office}']))"
    )
    environment = {**os.environ, "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen([sys.executable, "-c", program], env=environment) as window:
        while not ready.exists():
            assert window.poll() is None
        window.terminate()
        assert window.wait(timeout=30) == 0
    with open_office(office, user=USER, password=PASSWORD):
        pass
