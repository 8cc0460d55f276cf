"""Images that nobody here took, and a device that is lost, from the command line to paper."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.sheet import grouped, page_code
from desktop.records.vault.keyring import LEAST_COST
from desktop.settings import Settings
from desktop.shipped import sample_photos
from desktop.ui.worklists.from_others_verbs import OtherPaper
from desktop.verbs.window_received import from_others_verbs
from desktop.verbs.workstation import Workstation
from tests.end_to_end.command_line import PASSWORD, USER
from tests.end_to_end.test_bad_input import Desk
from tests.unit.printing.reading import codes, page_texts, pages

FACTS = (
    "--patient", "ZZZ0016", "--born", "1961-03-04", "--purpose", "care", "--consent", "verbal",
)  # fmt: skip
SENT = (
    "--received-from", "Dr Ana Solé", "--sender-role", "GP", "--sender-organisation",
    "Kōwhai Clinic", "--received-on", "2026-01-05", "--channel", "messaging-app",
    "--asked", "unsolicited",
)  # fmt: skip
CHECKED = (
    "--notice", "exception", "--notice-reason", "the patient cannot be reached",
    "--check", "acquisition=yes", "quality=no", "use=yes", "disclosure=yes", "storage=not-sure",
    "disposal=yes",
)  # fmt: skip
GIVEN = (
    "--copy-given-by", "Hemi Pōmare", "--relationship", "parent", "--used-for", "the first wound",
    "--stored-where", "in this record", "--use-explained", "yes", "--storage-explained", "yes",
    "--retention-explained", "yes",
)  # fmt: skip


@pytest.fixture
def chartroom(
    tmp_path: Path, office_to_copy: Path, least_cost: None, capsys: pytest.CaptureFixture[str]
) -> Desk:
    """In this process: what a passphrase costs is proved elsewhere."""
    office = Path(shutil.copytree(office_to_copy, tmp_path / "office"))
    (tmp_path / "password.txt").write_text(PASSWORD, encoding="utf-8")
    return Desk(office=office, password_file=tmp_path / "password.txt", capture=capsys)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    folder = tmp_path / "phone"
    folder.mkdir()
    (folder / "IMG_1.JPG").write_bytes(sample_photos()[0].read_bytes())
    return folder


def only(rows: Any) -> Any:
    (row,) = rows
    return row


@pytest.mark.requirement("R119", "R120")
def test_an_image_from_a_colleague_is_filed_once_it_is_checked(
    chartroom: Desk, photo: Path, tmp_path: Path
) -> None:
    filed = chartroom.json(
        "file", "--from", str(photo), *FACTS, *SENT, "--taken-by", "Dr Ana Solé", "--role", "gp",
        "--device-owner", "personal", "--depositor", "Mere Parata",
    )  # fmt: skip
    image = only(filed["incomplete"])
    assert image["missing"] == ["notice", "checklist"]
    assert image["device_owner"] == "other"  # the mode of the original capture, not of this phone
    assert only(chartroom.json("clearances", "list"))["owner"] == "personal"
    assert only(chartroom.json("received", "list"))["id"] == image["id"]
    noted = only(chartroom.json("received", "note", image["id"], *SENT, *CHECKED))
    assert (noted["state"], noted["missing"]) == ("filed", [])
    assert noted["came_from"]["to_query"] == ["Quality", "Storage"]
    assert chartroom.json("received", "list") == []

    notice = tmp_path / "notice.pdf"
    query_and_register(chartroom, image["id"], tmp_path / "query.pdf")
    chartroom.json("received", "notice", image["id"], "--out", str(notice))
    (text,) = page_texts(notice.read_bytes())
    assert "Rule 3A" in text
    assert "ask for it to be corrected" in " ".join(text.split())
    blank = tmp_path / "blank.pdf"
    unregistered = chartroom.json("received", "query", "--out", str(blank))
    assert (unregistered["blank"], "copy" in unregistered) == (True, False)
    assert "Acquisition:" in page_texts(blank.read_bytes())[0]
    chartroom.json("sheet", "--patient", "ZZZ0016", "--out", str(tmp_path / "sheet.pdf"))
    (sheet,) = page_texts((tmp_path / "sheet.pdf").read_bytes())
    assert "Received from Dr Ana Solé" in " ".join(sheet.split())


def query_and_register(chartroom: Desk, image: str, query: Path) -> None:
    """The query has a number of its own on each page, and the register counts its copies."""
    sent = chartroom.json("received", "query", image, "--out", str(query))
    (text,) = page_texts(query.read_bytes())
    assert [codes(page) for page in pages(query.read_bytes(), dpi=150)] == [
        [page_code(sent["number"], 1)]
    ]
    assert (sent["copy"], "Copy 1" in text) == (1, True)
    again = chartroom.json(
        "paper", "query-to-sender", "--number", sent["number"], "--out", str(query)
    )
    assert (again["number"], again["copy"]) == (sent["number"], 2)
    answered = chartroom.json("sheets", "in-chart", page_code(sent["number"], 1), "--copy", "1")
    assert (answered["kind"], answered["state"]) == ("query", "in-chart")
    for wanted in ("Dr Ana Solé, GP, Kōwhai Clinic", "ZZZ0016", "Quality:", "Storage:"):
        assert wanted in text, wanted
    assert "Acquisition:" not in text


@pytest.mark.requirement("R79", "R119")
def test_a_notice_from_the_worklist_is_registered_as_it_was_shown(
    chartroom: Desk, photo: Path, tmp_path: Path
) -> None:
    filed = chartroom.json(
        "file", "--from", str(photo), *FACTS, *SENT, "--taken-by", "Dr Ana Solé", "--role", "gp",
        "--device-owner", "personal", "--depositor", "Mere Parata",
    )  # fmt: skip
    station = Workstation(Settings(office=chartroom.office), cost=LEAST_COST)
    station.unlock(USER, PASSWORD)
    window = from_others_verbs(station)
    (row,) = window.waiting()
    assert str(row.image.id) == only(filed["incomplete"])["id"]
    for image, shown in ((row.image.id, 1), (None, 0)):
        out = tmp_path / f"{shown}.pdf"
        pdf = window.make(OtherPaper.NOTICE, image, Paper.A4)
        window.save(OtherPaper.NOTICE, image, pdf, out)
        assert codes(pages(out.read_bytes(), dpi=150)[0]) == codes(pages(pdf, dpi=150)[0])
    station.lock()
    (sheet,) = chartroom.json("sheets", "list")  # a blank one is about nobody
    (code,) = codes(pages((tmp_path / "1.pdf").read_bytes(), dpi=150)[0])
    assert (sheet["kind"], page_code(sheet["number"], 1)) == ("notice", code)


@pytest.mark.requirement("R122", "R123", "R124", "R125")
def test_a_fathers_own_photo_is_a_copy_that_he_gives_or_not(
    chartroom: Desk, photo: Path, tmp_path: Path
) -> None:
    filed = chartroom.json(
        "file", "--from", str(photo), *FACTS, *GIVEN, "--taken-by", "Hemi Pōmare",
        "--role", "patient-or-whanau", "--taken-at", "1999-10-03T18:00",
        "--device-owner", "patient",
    )  # fmt: skip
    image = only(filed["filed"])
    assert (image["taken_at"], image["time_basis"], image["time_trust"]) == (
        "1999-10-03T18:00:00",
        "stated",
        "stated",
    )
    assert chartroom.json("clearances", "list") == []  # theirs: nothing is ever cleared
    form = tmp_path / "form.pdf"
    chartroom.json("copies", "form", image["id"], "--out", str(form))
    (text,) = page_texts(form.read_bytes())
    flat = " ".join(text.split())
    assert "cannot be deleted until its retention period ends" in flat
    assert "as stated by who provided it" in flat
    assert "Hemi Pōmare" in flat
    chartroom.json("copies", "form", "--out", str(tmp_path / "blank.pdf"))
    asked = ("copies", "declined", "--patient", "ZZZ0016")
    declined = only(chartroom.json(*asked, "--what", "photo of the other arm"))
    assert declined["what"] == "photo of the other arm"
    assert only(chartroom.json(*asked)) == declined
    assert chartroom.json("received", "list") == []
    assert "not sent by anybody" in chartroom.refused(
        "received", "query", image["id"], "--out", "q"
    )


@pytest.mark.requirement("R114")
def test_a_lost_phone_opens_a_record_that_is_printed_and_closed(
    chartroom: Desk, photo: Path, tmp_path: Path
) -> None:
    chartroom.json("devices", "add", "Mere's phone", "--owner", "personal", "--keeper", "Mere")
    chartroom.json(
        "file", "--from", str(photo), *FACTS, "--taken-by", "Mere Parata", "--role", "nurse",
        "--device", "Mere's phone",
    )  # fmt: skip
    lost = chartroom.json("devices", "lost", "Mere's phone", "--note", "left on a bus")
    number = only(lost["breaches"])
    shown = chartroom.json("breaches", "show", number)
    assert only(shown["listed"])["name"].endswith("IMG_1.JPG")
    assert (shown["state"], shown["what"], len(shown["to_do"])) == ("open", "left on a bus", 4)
    chartroom.json("breaches", "step", number, "erase-asked", "--note", "by the owner")
    assert "privacy officer" in chartroom.refused("breaches", "close", number, "--outcome", "gone")
    chartroom.json("breaches", "step", number, "privacy-officer-told")
    paper = tmp_path / "lost.pdf"
    chartroom.json("breaches", "paper", number, "--out", str(paper))
    text = " ".join(" ".join(page_texts(paper.read_bytes())).split())
    (code,) = codes(pages(paper.read_bytes(), dpi=150)[0])
    assert code == page_code(number, 1)
    assert chartroom.json("breaches", "show", grouped(code))["number"] == number
    for wanted in (grouped(number), "left on a bus", "by the owner", "ZZZ0016", "IMG_1.JPG"):
        assert wanted in text, wanted
    closed = chartroom.json("breaches", "close", number, "--outcome", "erased in time")
    assert (closed["state"], closed["closed_by"]) == ("closed", "Aroha Test")
    assert chartroom.json("breaches", "list") == []
    assert only(chartroom.json("breaches", "list", "--all"))["number"] == number
