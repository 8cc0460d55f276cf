"""A sheet is drawn while it leaves: whole, or nothing of it."""

import shutil
from pathlib import Path

import pytest

from desktop.printing import ipp
from desktop.printing.ipp import Operation
from desktop.records.vault.keyring import LEAST_COST
from desktop.settings import Settings
from desktop.verbs.window_printing import print_verbs
from desktop.verbs.workstation import Workstation
from tests.end_to_end.command_line import PASSWORD, USER
from tests.end_to_end.cups_printer import CupsPrinter, wait_until
from tests.end_to_end.test_bad_input import Desk
from tests.end_to_end.test_papers import file_two
from tests.unit.printing.fake_printer import (
    ABORTED,
    COMPLETED,
    HELD,
    PROCESSING,
    STOPPED,
    fake_printer,
    number,
)
from tests.unit.printing.reading import page_texts

SHEET = ("sheet", "--patient", "ZZZ0016", "--per-page", "2")


@pytest.fixture
def chartroom(
    tmp_path: Path, office_to_copy: Path, least_cost: None, capsys: pytest.CaptureFixture[str]
) -> Desk:
    """Two photos are filed."""
    office = Path(shutil.copytree(office_to_copy, tmp_path / "office"))
    (tmp_path / "password.txt").write_text(PASSWORD, encoding="utf-8")
    desk = Desk(office=office, password_file=tmp_path / "password.txt", capture=capsys)
    file_two(desk, tmp_path)
    return desk


def break_last_original(desk: Desk) -> None:
    """The original that was filed last cannot be read any more."""
    sealed = [path for path in (desk.office / "originals").rglob("*") if path.is_file()]
    last = max(sealed, key=lambda path: path.stat().st_mtime_ns)
    content = bytearray(last.read_bytes())
    content[len(content) // 2] ^= 1
    last.write_bytes(content)


def register(desk: Desk) -> list[tuple[int, str]]:
    """Copies and where they went, the oldest first."""
    lines = desk.json("sheets", "list", "--patient", "ZZZ0016")
    return sorted((line["copy"], line["target"]) for line in lines)


@pytest.mark.requirement("R77", "R79")
def test_a_picture_that_fails_half_way_leaves_no_file(chartroom: Desk, tmp_path: Path) -> None:
    break_last_original(chartroom)
    folder = tmp_path / "out"
    folder.mkdir()
    out = folder / "sheet.pdf"
    sheet = ("sheet", "--patient", "ZZZ0016", "--out", str(out))
    assert "cannot be printed" in chartroom.refused(*sheet)
    assert list(folder.iterdir()) == []
    out.write_bytes(b"what was here before")
    assert "cannot be printed" in chartroom.refused(*sheet)
    assert [path.name for path in folder.iterdir()] == ["sheet.pdf"]
    assert out.read_bytes() == b"what was here before"
    deeds = [line["deed"] for line in chartroom.json("audit")]
    assert deeds.count("sheet not printed") == 2
    with fake_printer() as printer:
        assert "cannot be printed" in chartroom.refused(*SHEET, "--printer", printer.address)
        assert printer.documents == []
        assert not printer.was_asked(Operation.PRINT_JOB)


@pytest.mark.requirement("R77", "R79")
def test_each_copy_is_counted_and_says_that_it_is_grey(chartroom: Desk) -> None:
    with fake_printer() as printer:
        how = ("--printer", printer.address, "--copies", "2", "--two-sided", "--grey")
        told = chartroom.json(*SHEET, *how)
        assert (told["copies"], told["copy"]) == ([1, 2], 2)
        first, second = printer.documents
        assert "Copy 1 · GREY PRINT" in page_texts(first)[0]
        assert "COPY 2 · GREY PRINT" in page_texts(second)[0]
        asked = printer.request(Operation.PRINT_JOB)
        assert asked.texts("sides") == ["two-sided-long-edge"]
        assert asked.numbers("copies") == []
        where = f"printer {printer.address}, both sides, grey"
        assert register(chartroom) == [(1, where), (2, where)]
        how_printed = [one["printed"] for one in chartroom.json("sheets", "list")]
        assert how_printed == [{"per_page": 2, "paper": "A4", "is_grey": True}] * 2
        printer.documents.clear()
        printer.says = [ipp.keyword("print-color-mode-supported", "monochrome")]
        paper = ("paper", "progress-note", "--patient", "ZZZ0016", "--printer", printer.address)
        chartroom.json(*paper)
        assert "GREY PRINT" in page_texts(printer.documents[0])[0]  # it has no colours to print


@pytest.mark.requirement("R77")
def test_the_register_says_in_colour_only_where_the_printer_says_so(
    chartroom: Desk, tmp_path: Path
) -> None:
    six = (*SHEET, "--per-page", "6")
    chartroom.json(*six, "--out", str(tmp_path / "sheet.pdf"))  # who knows where it is printed
    with fake_printer() as printer:
        printer.says = [ipp.keyword("print-color-mode-supported", "color", "monochrome")]
        chartroom.json(*six, "--printer", printer.address)
        printer.says = []
        chartroom.json(*six, "--printer", printer.address)
    printed = [one["printed"] for one in chartroom.json("sheets", "list")]
    assert [one["is_grey"] for one in printed] == [None, False, None]
    assert {one["per_page"] for one in printed} == {6}


@pytest.mark.requirement("R77", "R79")
def test_a_copy_that_waits_at_its_printer_is_still_looked_for(chartroom: Desk) -> None:
    """It may come out with nobody beside it; one that the printer gave up does not."""
    with fake_printer() as printer:
        sent = (*SHEET, "--printer", printer.address)
        printer.job = [(ABORTED, "none")]
        assert "aborted" in chartroom.refused(*sent)
        assert chartroom.json("sheets", "list") == []
        printer.job = [(PROCESSING, "job-printing")]
        printer.says = [
            number("printer-state", STOPPED),
            ipp.keyword("printer-state-reasons", "media-empty-error"),
        ]
        assert "still waits there" in chartroom.refused(*sent)
        (waits,) = chartroom.json("sheets", "list")
        assert waits["state"] == "made"
        (there,) = chartroom.json("prints", "list")
        assert (there["paper"], there["copy"]) == (waits["number"], 1)
        assert "out of paper" in there["said"]
        said = chartroom.json("prints", "cancel", str(there["job"]))["said"]
        assert "copy 1 is cancelled" in said
        assert "The register says that it was not printed" in said
        (line,) = (
            one
            for one in chartroom.json("sheets", "list", "--patient", "ZZZ0016")
            if one["number"] == waits["number"]
        )
        assert (line["state"], line["ended_why"]) == (
            "not-printed",
            "cancelled before it was printed",
        )
        assert chartroom.json("prints", "list") == []
        assert "No paper waits as job 7" in chartroom.refused("prints", "cancel", "7")


@pytest.mark.requirement("R79", "R115")
def test_a_paper_that_is_released_later_is_deleted_from_the_spool_then(chartroom: Desk) -> None:
    with fake_printer() as printer:
        printer.job = [(HELD, "job-release-wait")]
        form = ("paper", "consent", "--patient", "ZZZ0016", "--printer", printer.address)
        label = ("paper", "labels", "--patient", "ZZZ0016", "--printer", printer.address)
        chartroom.json(*form)
        assert not printer.was_asked(Operation.CANCEL_JOB)
        (waits,) = chartroom.json("prints", "list")
        assert "somebody has to release it at the printer" in waits["said"]
        printer.job = [(COMPLETED, "job-completed-successfully")]
        chartroom.json("patients", "find")  # the office was closed and opened meanwhile
        assert printer.was_asked(Operation.CANCEL_JOB)
        assert chartroom.json("prints", "list") == []
        assert [one["state"] for one in chartroom.json("sheets", "list")] == ["made"]

        printer.job = [(PROCESSING, "job-printing")]
        printer.says = [number("printer-state", STOPPED)]
        assert "still waits there" in chartroom.refused(*label)
        station = Workstation(Settings(office=chartroom.office), cost=LEAST_COST)
        station.unlock(USER, PASSWORD)
        window = print_verbs(station)
        (waits,) = window.waiting()
        assert waits.may_cancel
        assert "The trail says" in window.cancel(waits)
        assert window.waiting() == []
        station.lock()
        lines = [one for one in chartroom.json("audit") if one["deed"].startswith("paper ")]
        assert [one["deed"] for one in lines] == ["paper not printed", "paper made"]


@pytest.mark.requirement("R79", "R115")
def test_what_a_print_server_holds_is_found_again_where_what_was_remembered_is_lost(
    chartroom: Desk, cups_printer: CupsPrinter
) -> None:
    with cups_printer.holding():
        number = chartroom.json(*SHEET, "--printer", cups_printer.name)["number"]
        chartroom.json(*SHEET, "--printer", cups_printer.name, "--number", number, "--why", "lost")
    known = chartroom.json("prints", "list")
    assert [one["copy"] for one in known] == [1, 2]
    for lost in chartroom.office.glob("renditions.db*"):
        lost.unlink()
    found = chartroom.json("prints", "list")
    facts = ("paper", "copy", "job", "printer")
    assert [[one[name] for name in facts] for one in found] == [
        [one[name] for name in facts] for one in known
    ]
    for one in found:
        assert "The register says" in chartroom.json("prints", "cancel", str(one["job"]))["said"]
    assert chartroom.json("prints", "list") == []
    assert cups_printer.job_files() == []


@pytest.mark.requirement("R79", "R115")
def test_what_a_print_server_holds_is_deleted_from_its_spool_once_it_was_released(
    chartroom: Desk, cups_printer: CupsPrinter
) -> None:
    def is_gone() -> bool:
        chartroom.json("patients", "find")  # closing the office looks after it
        return cups_printer.job_files() == []

    with cups_printer.holding():
        number = chartroom.json(*SHEET, "--printer", cups_printer.name)["number"]
    (waits,) = chartroom.json("prints", "list")
    assert "held until somebody lets it go on" in waits["said"]
    assert not is_gone()
    cups_printer.release(waits["job"])
    cups_printer.arrived(number)
    wait_until(is_gone, what="an empty spool")
    assert chartroom.json("prints", "list") == []


@pytest.mark.requirement("R77")
def test_what_the_printer_cannot_do_is_said_before_anything_is_registered(chartroom: Desk) -> None:
    with fake_printer() as printer:
        printer.says = [ipp.keyword("media-ready", "na_letter_8.5x11in")]
        sent = (*SHEET, "--printer", printer.address)
        assert "has Letter loaded" in chartroom.refused(*sent)
        assert register(chartroom) == []
        chartroom.json(*sent, "--whatever-is-loaded")
        assert [copy for copy, _ in register(chartroom)] == [1]
    assert "does not answer" in chartroom.refused(*sent)
    assert len(register(chartroom)) == 1
