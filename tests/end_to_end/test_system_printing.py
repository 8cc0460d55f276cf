"""The way through the system's own print dialog: the dialog hands a QPrinter to this verb."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtPrintSupport import QPrinter

from desktop.app import application
from desktop.records.facts.sheet import page_code
from desktop.records.vault.keyring import LEAST_COST
from desktop.settings import Settings
from desktop.shipped import sample_photos
from desktop.verbs.workstation import Workstation
from tests.end_to_end.command_line import PASSWORD, USER
from tests.end_to_end.cups_printer import CupsPrinter
from tests.end_to_end.system_printing import printed


@pytest.fixture
def station(tmp_path: Path, office_to_copy: Path) -> Iterator[Workstation]:
    """An open office, and a card with one photo beside it."""
    application()
    shutil.copytree(office_to_copy, tmp_path / "office")
    (tmp_path / "card").mkdir()
    shutil.copy(sample_photos()[0], tmp_path / "card")
    made = Workstation(Settings(office=tmp_path / "office"), cost=LEAST_COST)
    made.unlock(USER, PASSWORD)
    yield made
    made.lock()


def check_paper(pdf: Path, number: str) -> None:
    with pypdfium2.PdfDocument(pdf) as paper:
        assert len(paper) == 1
        assert paper[0].get_size() == pytest.approx((595, 842), abs=1)
        (code,) = zxingcpp.read_barcodes(paper[0].render(scale=150 / 72).to_pil())
    assert code.text == page_code(number, 1)


@pytest.mark.requirement("R77", "R79")
def test_a_sheet_reaches_a_printer_of_the_system_dialog_at_its_size(
    tmp_path: Path, station: Workstation
) -> None:
    printer = QPrinter()  # what a dialog gives, set to a file
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    out = printed(station, tmp_path / "card", printer)
    check_paper(tmp_path / "paper.pdf", out.number)


@pytest.mark.requirement("R8", "R115")
def test_qt_puts_the_job_into_memory_on_its_way_to_the_printing_system(
    tmp_path: Path, office_to_copy: Path, cups_printer: CupsPrinter
) -> None:
    card = tmp_path / "card"
    card.mkdir()
    shutil.copy(sample_photos()[0], card)
    shutil.copytree(office_to_copy, tmp_path / "office")
    # A job in the temporary folder would fail: there is none. A fresh process, because Qt asks
    # for print queues once.
    environment = {**os.environ, "TMPDIR": str(tmp_path / "no such folder")}
    command = [sys.executable, "-m", "tests.end_to_end.system_printing"]
    done = subprocess.run(
        [*command, str(tmp_path / "office"), str(card), cups_printer.name],
        env=environment,
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    check_paper(cups_printer.arrived(), done.stdout.split()[-1])
