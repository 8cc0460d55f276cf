"""A printer is checked: its page comes out, what was measured is stored, and the list says so."""

import shutil
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pypdfium2
import pytest
import zxingcpp
from pypdfium2 import raw

from desktop.printing.print_options import PrintOptions
from desktop.printing.printers import led_to, trays
from desktop.records.deeds.looking import image as image_on_record
from desktop.records.deeds.measuring import lay_scale
from desktop.records.deeds.patients import patient_with_number
from desktop.records.deeds.printers import store_check
from desktop.records.facts.depiction import Scale
from desktop.records.facts.identifiers import identifier
from desktop.records.facts.ids import ImageId
from desktop.records.facts.printer_check import Edges, Measured
from desktop.records.vault.keyring import LEAST_COST
from desktop.settings import Settings
from desktop.shipped import sample_photos
from desktop.verbs.office import Office, open_office
from desktop.verbs.paper_order import LabelChoice, PaperOrder
from desktop.verbs.papers import make_paper
from desktop.verbs.papers_out import save_paper
from desktop.verbs.sheets import SheetOrder, prepare_sheet, print_sheet
from desktop.verbs.window_printers import printers_verbs
from desktop.verbs.workstation import Workstation
from tests.end_to_end.command_line import PASSWORD, USER
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
    check_window_of(chartroom, stored["page"])


def check_window_of(chartroom: Desk, number: str) -> None:
    """The Office room says the same of it, and stores what was measured again."""
    station = Workstation(Settings(office=chartroom.office), cost=LEAST_COST)
    station.unlock(USER, PASSWORD)
    window = printers_verbs(station)
    (line,) = window.printers()
    assert (line.name, line.paper, line.is_here) == ("lobby", "A5", False)
    assert line.state == "checked: not true to size"
    edges = Edges(left=4, top=4, right=12, bottom=4)
    measured = Measured(across_mm=100, down_mm=150, left_mm=20, top_mm=20, edges=edges, colour=True)
    said = window.store(number, measured)
    assert not said.is_certain
    assert "leaves 12 mm of an edge unprinted" in said.words
    (line,) = window.printers()
    assert line.state == "checked; which device it is, the printer does not say"
    station.lock()


def lay_scale_on(office: Office, image: ImageId, millimetres: float) -> None:
    """What the window does when somebody draws a line along a ruler."""
    said = image_on_record(office.vault, image).description
    assert said is not None
    scale = Scale(start=(0.0, 10.0), end=(float(said.width or 0), 10.0), millimetres=millimetres)
    lay_scale(office.vault, image=image, scale=scale, by=office.person)


def printed(office: Office, order: SheetOrder, at: CupsPrinter) -> bytes:
    """What arrives at the printer; the sheet was laid out before anybody chose one."""
    to = PrintOptions(printer=at.name, tray=order.tray)
    print_sheet(office, order, prepare_sheet(office, order), to=to)
    arrived = at.arrived().read_bytes()
    (at.folder / "arrived" / "document.pdf").unlink()
    return arrived


def test_life_size_is_certified_on_a_checked_printer_and_arrives_at_its_size(
    chartroom: Desk, cups_printer: CupsPrinter, tmp_path: Path
) -> None:
    card = tmp_path / "card"
    card.mkdir()
    (card / "IMG_1.JPG").write_bytes(sample_photos()[0].read_bytes())
    (filed,) = chartroom.file(card)["filed"]
    image = ImageId(UUID(filed["id"]))
    with open_office(chartroom.office, user=USER, password=PASSWORD) as office:
        patient = patient_with_number(office.vault, number=identifier("ZZZ0016")).id
        order = SheetOrder(patient=patient, life_size=True)
        lay_scale_on(office, image, 80.0)
        (text,) = page_texts(printed(office, order, cups_printer))
        assert "Life size not certified: this printer was not checked" in text
        page = make_paper(office, PaperOrder(name="printer-check", printer=cups_printer.name))
        save_paper(office, page, tmp_path / "page.pdf")
        edges = Edges(left=4, top=4, right=4, bottom=4)
        store_check(
            office.vault,
            code=page.order.number,
            measured=Measured(
                across_mm=150.2, down_mm=200, left_mm=20, top_mm=20, edges=edges, colour=True
            ),
            by=office.person,
        )
        arrived = printed(office, order, cups_printer)
        lay_scale_on(office, image, 400.0)
    (text,) = page_texts(arrived)
    assert "Life size certified: 100 mm bars print 100.1 mm across" in text
    with pypdfium2.PdfDocument(arrived) as pdf:
        (picture,) = pdf[0].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
        left, _, right, _ = picture.get_bounds()
    assert (right - left) / 72 * 25.4 == pytest.approx(80.0, abs=0.1)
    sheet = ("sheet", "--patient", "ZZZ0016", "--life-size", "--out", str(tmp_path / "sheet.pdf"))
    assert "at 0.85 times life size or less" in chartroom.refused(*sheet)
    chartroom.json(*sheet, "--smaller")
    (text,) = page_texts((tmp_path / "sheet.pdf").read_bytes())
    assert "Too large for life size" in text


def test_labels_lie_where_they_should_on_a_printer_that_is_off(
    chartroom: Desk, tmp_path: Path
) -> None:
    """What the printer adds is taken from the page; and a used sheet goes on where it was left."""
    with open_office(chartroom.office, user=USER, password=PASSWORD) as office:
        patient = patient_with_number(office.vault, number=identifier("ZZZ0016")).id
        page = make_paper(office, PaperOrder(name="printer-check", printer="lobby"))
        save_paper(office, page, tmp_path / "page.pdf")
        edges = Edges(left=4, top=4, right=4, bottom=4)
        measured = Measured(
            across_mm=147, down_mm=202, left_mm=21, top_mm=19, edges=edges, colour=True
        )
        store_check(office.vault, code=page.order.number, measured=measured, by=office.person)
        order = PaperOrder(name="labels", labels=LabelChoice(outlines=True, count=1))
        plain, mended, own = (
            first_box(make_paper(office, one).pdf)
            for one in (
                order,
                replace(order, printer="lobby"),
                replace(order, printer="lobby", labels=replace(order.labels, shift=(0.0, 0.0))),
            )
        )
        # what the printer does to a point: 98 % and 1.4 mm across, 101 % and -1.2 mm down
        assert mended[0] * 0.98 + 1.4 == pytest.approx(plain[0], abs=0.15)
        assert mended[1] * 1.01 - 1.2 == pytest.approx(plain[1], abs=0.15)
        assert own[0] == pytest.approx(plain[0] / 0.98, abs=0.15)  # said by the person
        five = PaperOrder(name="labels", patient=patient, labels=LabelChoice(start=3, count=5))
        save_paper(office, make_paper(office, five), tmp_path / "labels.pdf")
        on = make_paper(office, replace(five, labels=LabelChoice(start=0)))
        assert on.order.labels.start == 8
        save_paper(office, on, tmp_path / "rest.pdf")  # to the end
    labels = ("paper", "labels", "--patient", "ZZZ0016", "--start", "next", "--count", "2")
    made = chartroom.json(*labels, "--out", str(tmp_path / "new.pdf"))
    assert (made["start"], made["next_start"]) == (1, 3)


def first_box(pdf: bytes) -> tuple[float, float]:
    """Where the first outline begins, in mm from the left and the top."""
    (page,) = pages(pdf, dpi=254)
    box = page.convert("L").point(lambda value: 255 - value).getbbox()
    assert box is not None
    return box[0] / 10, box[1] / 10
