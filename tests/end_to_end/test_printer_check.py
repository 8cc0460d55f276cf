"""A printer is checked: its page comes out, what was measured is stored, and the list says so."""

import shutil
from pathlib import Path

import pytest
import zxingcpp

from desktop.printing.printers import led_to, trays
from tests.end_to_end.command_line import PASSWORD
from tests.end_to_end.cups_printer import CupsPrinter
from tests.end_to_end.test_bad_input import Desk
from tests.unit.printing.reading import page_texts, pages

pytestmark = pytest.mark.requirement("R80")
MEASURED = ("--across", "150.2", "--down", "200", "--left", "20.5", "--top", "19.6")
EDGES = ("--edges", "4", "4", "4", "5")


@pytest.fixture
def chartroom(
    tmp_path: Path, office_to_copy: Path, least_cost: None, capsys: pytest.CaptureFixture[str]
) -> Desk:
    office = Path(shutil.copytree(office_to_copy, tmp_path / "office"))
    (tmp_path / "password.txt").write_text(PASSWORD, encoding="utf-8")
    return Desk(office=office, password_file=tmp_path / "password.txt", capture=capsys)


def test_a_printer_is_checked_from_its_page_to_the_list(
    chartroom: Desk, cups_printer: CupsPrinter
) -> None:
    name = cups_printer.name
    (before,) = chartroom.json("printers")
    assert (before["printer"], before["state"]) == (name, "not-checked")
    tray = trays(name)[-1]
    made = chartroom.json("paper", "printer-check", "--printer", name, "--tray", tray)
    assert f"media-source={tray.lower()}" in cups_printer.options()["IPP_MEDIA_COL"]
    arrived = cups_printer.arrived().read_bytes()
    assert f"For printer {name}, tray: {tray}, paper: A4" in page_texts(arrived)[0]
    (code,) = zxingcpp.read_barcodes(pages(arrived, dpi=150)[0])
    stored = chartroom.json("printer-check", code.text, *MEASURED, *EDGES)
    assert (stored["printer"], stored["tray"], stored["true_to_size"]) == (name, tray, True)
    (after,) = chartroom.json("printers")
    assert (after["state"], after["page"]) == ("checked", made["number"])
    assert after["offset_mm"] == [0.47, -0.4]
    assert led_to(name) == led_to(name) != ""
    assert "no tray Cellar" in chartroom.refused(
        "paper", "printer-check", "--printer", name, "--tray", "Cellar"
    )


def test_a_printer_that_is_out_is_said_without_any_printer_here(
    chartroom: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "no such socket"))  # no printing system
    assert chartroom.json("printers") == []
    page = ("paper", "printer-check", "--out", str(tmp_path / "page.pdf"))
    made = chartroom.json(*page, "--for-printer", "lobby", "--paper", "A5")
    said = ("printer-check", made["number"], "--down", "150", "--left", "20", "--top", "20", *EDGES)
    assert "more than a tenth" in chartroom.refused(*said, "--across", "80")
    stored = chartroom.json(*said, "--across", "98.7", "--grey")
    assert stored["said"].startswith(
        "100 mm bars print 98.7 mm across and 100.0 mm down: life size"
    )
    (row,) = chartroom.json("printers")
    assert (row["printer"], row["paper"], row["here"], row["colour"]) == (
        "lobby",
        "A5",
        False,
        False,
    )
    assert "life size is not certain" in row["words"]
    assert not chartroom.json(*page)["number"]
