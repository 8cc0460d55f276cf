"""The clearance receipt and the list of a lost device: what stands on them, and what never does."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.printing.clearance_receipt import ClearanceReceipt, clearance_receipt_pdf
from desktop.printing.lost_device_list import LostDeviceList, lost_device_list_pdf
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.breach import (
    Breach,
    BreachFile,
    BreachKind,
    BreachStep,
    StepTaken,
)
from desktop.records.facts.capture import DeviceOwner, Route
from desktop.records.facts.clearance import Clearance, Deposit, LostImage, receipt_number
from desktop.records.facts.clinical_image import ImageState
from desktop.records.facts.ids import BreachId, DepositId, ImageId, IntakeId, new_uuid
from desktop.records.facts.sheet import PREFIXES, grouped, page_code, read_paper_number
from desktop.records.rules.clearing import REMINDERS
from desktop.records.rules.scan_back import pages_of
from tests.unit.printing.reading import page_texts

DONE = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
INTAKE = IntakeId(new_uuid())


def deposit(name: str, **said: object) -> Deposit:
    one = Deposit(
        id=DepositId(new_uuid()),
        intake=INTAKE,
        image=ImageId(new_uuid()),
        folder="DCIM/100CANON",
        file_name=name,
        size=3_119_965,
        sha256=b"s" * 32,
        deposited_at=DONE - timedelta(minutes=5),
        source_name="Pixel 8",
        route=Route.PTP,
        settled=Clearance.OUTSTANDING,
        state=ImageState.FILED,
        left_out=0,
        owner=DeviceOwner.PERSONAL,
        depositor="Hana Parata",
    )
    return replace(one, **said)  # type: ignore[arg-type]


CLEARED = deposit("IMG_1.JPG", settled=Clearance.CLEARED, settled_at=DONE, settled_by="Mere")
ATTESTED = deposit(
    "IMG_2.JPG", settled=Clearance.ATTESTED, settled_at=DONE, attested_by="Wiremu Rata"
)
REFUSED = deposit("IMG_3.JPG", refused_why="The device says that IMG_3.JPG is protected.")
LEFT = deposit("IMG_4.JPG")
AGAIN = deposit("IMG_5.JPG", already=True, settled=Clearance.CLEARED, settled_at=DONE)


def receipt(*deposits: Deposit, paper: Paper = Paper.A4) -> ClearanceReceipt:
    return ClearanceReceipt(
        organisation="Te Whare Hauora o Tūī",
        deposits=deposits,
        reminders=REMINDERS,
        printed_by="Mei Tānaka",
        printed_at=DONE,
        paper=paper,
    )


@pytest.mark.requirement("R74", "R121")
@pytest.mark.parametrize("paper", Paper)
def test_every_file_stands_there_with_what_became_of_it(paper: Paper) -> None:
    made = receipt(CLEARED, ATTESTED, REFUSED, LEFT, AGAIN, paper=paper)
    text = " ".join(page_texts(clearance_receipt_pdf(made)))
    for wanted in (
        *(
            "Te Whare Hauora o Tūī",
            grouped(page_code(receipt_number(INTAKE), 1)),
            "Pixel 8",
            "Hana Parata",
        ),
        *(f"IMG_{n}.JPG" for n in range(1, 6)),
        *("3,119,965", "confirmed absent, 23 Nov 2026 02:30", "attested by Wiremu Rata"),
        *("refused: The device says", "outstanding: it may still be there", "already on record"),
        *("5 files, 2 of them outstanding", "Recently Deleted", "chat threads", "iCloud"),
    ):
        assert wanted.replace(" ", "") in text.replace(" ", ""), wanted


@pytest.mark.requirement("R74")
def test_where_all_is_gone_nothing_is_left_to_do_but_the_reminders() -> None:
    (text,) = page_texts(clearance_receipt_pdf(receipt(CLEARED)))
    assert "1 file: all confirmed absent from the device" in text
    assert "Still to be done" not in text
    assert "Already on record" not in text


@pytest.mark.requirement("R122")
def test_what_is_the_patients_stays_with_them() -> None:
    (text,) = page_texts(
        clearance_receipt_pdf(receipt(deposit("A.JPG", owner=DeviceOwner.PATIENT)))
    )
    assert "belongs to the patient" in text
    assert "Recently Deleted" not in text


def test_a_hundred_files_run_over_and_a_name_of_signs_is_spelled_out() -> None:
    many = [deposit(f"IMG_{n:04}.JPG") for n in range(100)]
    made = page_texts(clearance_receipt_pdf(receipt(*many, deposit("\N{GRINNING FACE}.JPG"))))
    assert len(made) > 1
    assert all(f"Page {n} of {len(made)}" in text for n, text in enumerate(made, start=1))
    assert "[U+1F600].JPG" in made[-1]


def test_a_receipt_number_is_the_same_each_time_and_that_of_no_paper_of_a_chart() -> None:
    number = receipt_number(INTAKE)
    assert number == receipt_number(INTAKE)
    assert read_paper_number(number) == number
    assert number[:2] not in PREFIXES
    assert pages_of([page_code(number, 1)]) == []
    assert number != receipt_number(IntakeId(new_uuid()))


@pytest.mark.requirement("R114")
def test_a_lost_device_is_listed_by_patient_with_what_to_do() -> None:
    banner = "PŌMARE, Aroha · ZZZ0016 · born 04 Mar 1961"
    images = (
        LostImage(deposit=LEFT, banner=banner),
        LostImage(deposit=deposit("NEW.JPG"), banner=""),
        LostImage(deposit=CLEARED, banner=banner),
    )
    asked = StepTaken(
        step=BreachStep.ERASE_ASKED,
        on=DONE.date(),
        note="by the owner",
        noted_at=DONE,
        noted_by="Mei",
    )
    breach = Breach(
        id=BreachId(new_uuid()),
        kind=BreachKind.LOST_DEVICE,
        source_name="Pixel 8",
        depositor="Hana Parata",
        device=None,
        what="left on a bus",
        happened_on=DONE.date(),
        opened_at=DONE,
        opened_by="Mei Tānaka",
        images=3,
        steps=(asked,),
    )
    made = LostDeviceList(
        organisation="Te Whare Hauora o Tūī",
        file=BreachFile(breach=breach, images=images),
        printed_by="Mei Tānaka",
        printed_at=DONE,
    )
    (text,) = page_texts(lost_device_list_pdf(made))
    for wanted in (
        *(banner, "Not linked to a patient yet", "IMG_4.JPG", "NEW.JPG", "2 images that may still"),
        *(grouped(breach.number), "left on a bus", "(by the owner)", "1 image accounted for since"),
        *("CONFIDENTIAL", "erased from afar", "notifiable privacy breach", "Hana Parata"),
    ):
        assert wanted in text, wanted
