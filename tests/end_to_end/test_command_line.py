"""The whole trip on the command line: an office, a patient, a card, a chart, a sheet."""

import hashlib
import json
import shutil
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from desktop.records.facts.sheet import page_code
from desktop.shipped import sample_photos
from desktop.verbs.office import open_office
from tests.end_to_end.command_line import PASSWORD, USER, CommandLine

FACTS = (
    "--patient", "ZZZ0016", "--taken-by", "Hana Parata", "--role", "nurse",
    "--device-owner", "personal", "--purpose", "care", "--consent", "verbal",
)  # fmt: skip
BORN = ("--born", "1961-03-04")


@pytest.mark.requirement("R115")
def test_an_office_is_made_with_its_recovery_sheet_and_a_first_patient(tmp_path: Path) -> None:
    chartroom = CommandLine(world=tmp_path)
    sheet = tmp_path / "recovery.pdf"
    chartroom.init("--recovery-sheet", str(sheet))
    text = text_of(sheet)
    assert "Kererū Clinic" in text
    added = chartroom.json(
        "patients", "add", "--nhi", "zzz 00ac", "--family", "Pōmare", "--given", "Tāne",
        "--born", "4 Mar 1961", "--local", "KD-17",
    )  # fmt: skip
    assert added["numbers"] == {"nhi": "ZZZ00AC", "local": "KD-17"}
    assert added["test_number"] is True
    assert [p["id"] for p in chartroom.json("patients", "find", "POOMARE tane")] == [added["id"]]
    assert "already holds files" in chartroom.refused(
        "init", "--organisation", "Another", "--user", USER
    )


@pytest.mark.requirement("R115")
def test_a_patient_is_found_however_it_is_typed(chartroom: CommandLine) -> None:
    added = chartroom.json(
        "patients", "add", "--nhi", "zzz 00ac", "--family", "Pōmare", "--given", "Tāne",
        "--born", "5 Mar 1961", "--local", "KD-17",
    )  # fmt: skip
    for typed in ("pomare", "zzz00ac", "5/3/61", "kd-17"):
        assert [p["id"] for p in chartroom.json("patients", "find", typed)] == [added["id"]], typed


@pytest.fixture
def card(tmp_path: Path) -> Path:
    folder = tmp_path / "CARD" / "DCIM" / "100TEST"
    folder.mkdir(parents=True)
    for place, sample in enumerate(sample_photos()[:2]):
        (folder / f"IMG_{place}.JPG").write_bytes(sample.read_bytes())
    (folder / "NOTES.JPG").write_text("this is not a photo", encoding="utf-8")
    (folder / "EMPTY.JPG").write_bytes(b"")
    return folder.parent.parent


def text_of(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.requirement("R66", "R67", "R68", "R69", "R71", "R73", "R77", "R78")
def test_from_a_card_to_paper(chartroom: CommandLine, card: Path) -> None:
    out = chartroom.world / "sheet.pdf"
    report = chartroom.json("file", "--from", str(card), *FACTS, *BORN, "--sheet", str(out), code=1)
    assert len(report["filed"]) == 2
    assert [one["name"] for one in report["refused"]] == ["EMPTY.JPG"]
    assert [one["file_name"] for one in report["incomplete"]] == ["NOTES.JPG"]
    assert report["incomplete"][0]["missing"] == ["capture_time"]

    rows = chartroom.json("images", "--patient", "ZZZ0016")
    originals = {hashlib.sha256(p.read_bytes()).hexdigest() for p in card.rglob("IMG_*.JPG")}
    assert originals <= {row["sha256"] for row in rows}
    assert all(row["taken_by"] == "Hana Parata" for row in rows)

    text = text_of(out)
    for wanted in ("NGĀTAI-WHĀTUA", "ZZZ0016", "04 Mar 1961", "Hana Parata, nurse", "Page 1 of"):
        assert wanted in text, wanted

    again = chartroom.json("file", "--from", str(card), *FACTS, *BORN, "--select", "IMG_*")
    assert (len(again["filed"]), len(again["duplicates"])) == (0, 2)
    (card / "DCIM" / "100TEST" / "IMG_9.JPG").write_bytes(b"another")
    new = chartroom.json(
        "file", "--from", str(card), *FACTS, *BORN, "--new", "--select", "IMG_*", "--taken", "today"
    )
    assert (new["here_already"], new["duplicates"]) == (2, [])
    assert [one["file_name"] for one in new["filed"] + new["incomplete"]] == ["IMG_9.JPG"]
    assert chartroom.json("verify", "--originals")["trail"] == "ok"


def test_a_camera_by_cable(chartroom: CommandLine, card: Path) -> None:
    pytest.importorskip("gphoto2", reason="no libgphoto2 here: PTP cameras are not proven")
    for leftover in ("NOTES.JPG", "EMPTY.JPG"):
        (card / "DCIM" / "100TEST" / leftover).unlink()
    chartroom.extra = {"VCAMERADIR": str(card)}
    found = chartroom.json("sources")
    camera = next(source for source in found if source["kind"] == "ptp")
    assert (camera["state"], camera["images"], camera["today"]) == ("ready", 2, 2)
    assert "IMG_0" not in str(found), "a phone is somebody's private life: counts and no names"
    report = chartroom.json("file", "--from", camera["id"], *FACTS, *BORN)
    kept = {row["sha256"] for row in report["filed"]}
    assert kept == {hashlib.sha256(p.read_bytes()).hexdigest() for p in card.rglob("*.JPG")}


@pytest.mark.requirement("R113")
def test_a_folder_that_a_cloud_copies_is_warned_about(chartroom: CommandLine, card: Path) -> None:
    copied = card.rename(card.parent / "Dropbox")
    done = chartroom.run(
        "--json", "--password-file", str(chartroom.password_file),
        "file", "--from", str(copied), "--select", "IMG_0*", *FACTS, *BORN,
    )  # fmt: skip
    said = json.loads(done.stdout)
    assert (done.returncode, len(said["filed"])) == (0, 1)
    assert "Dropbox is a folder that Dropbox copies by itself" in said["caution"]
    assert said["caution"] in done.stderr.decode()


@pytest.mark.requirement("R66")
def test_identifiers_that_disagree_file_nothing(chartroom: CommandLine, card: Path) -> None:
    words = chartroom.refused("file", "--from", str(card), *FACTS, "--born", "1961-04-03")
    assert "do not belong to the same patient" in words
    words = chartroom.refused("file", "--from", str(card), *FACTS)
    assert "One identifier is not enough" in words
    assert chartroom.json("images", "--patient", "ZZZ0016") == []


@pytest.mark.requirement("R70")
def test_missing_essentials_make_it_incomplete_never_filed(
    chartroom: CommandLine, card: Path
) -> None:
    report = chartroom.json(
        "file", "--from", str(card), "--select", "IMG_0*", "--patient", "ZZZ0016", *BORN
    )
    assert report["filed"] == []
    assert set(report["incomplete"][0]["missing"]) == {
        "photographer", "mode_of_capture", "purpose", "consent",
    }  # fmt: skip


@pytest.mark.skipif(shutil.which("scanimage") is None, reason="scanimage (sane-utils) is not here")
@pytest.mark.requirement("R69")
def test_from_a_scanner_to_a_record_without_a_page_on_the_disk(chartroom: CommandLine) -> None:
    settings = chartroom.world / "sane.d"
    settings.mkdir()
    (settings / "dll.conf").write_text("test\n")
    (settings / "test.conf").write_text("number_of_devices 1\n")
    chartroom.extra = {**chartroom.extra, "SANE_CONFIG_DIR": str(settings)}
    report = chartroom.json("file", "--from", "scanner:test:0", *FACTS, *BORN)
    (image,) = report["filed"] + report["incomplete"]
    assert image["file_name"] == "scan 001.png"
    for path in chartroom.world.rglob("*"):
        assert not (path.is_file() and path.read_bytes().startswith(b"\x89PNG")), path


def test_a_wrong_password_is_said_in_words(chartroom: CommandLine) -> None:
    chartroom.password_file.write_text("not the right one", encoding="utf-8")
    words = chartroom.refused("images", "--patient", "ZZZ0016")
    assert "password" in words.lower() or "passphrase" in words.lower()


def test_unknown_things_are_named(chartroom: CommandLine, tmp_path: Path) -> None:
    assert "ZZZ0024" in chartroom.refused("images", "--patient", "ZZZ0024")
    assert "not a valid NHI" in chartroom.refused("images", "--patient", "ZZZ0017")
    nowhere = str(tmp_path / "nowhere")
    assert nowhere in chartroom.refused("file", "--from", nowhere, *FACTS, *BORN)
    assert "no office" in chartroom.refused("--office", nowhere, "images", "--patient", "ZZZ0016")
    chartroom.refused("sheet", "--patient", "ZZZ0016", code=2)


@pytest.mark.requirement("R77", "R79")
def test_a_sheet_is_followed_into_the_chart(
    chartroom: CommandLine, card: Path, tmp_path: Path
) -> None:
    chartroom.json("file", "--from", str(card), *FACTS, *BORN, code=1)
    out = ("sheet", "--patient", "ZZZ0016", "--out", str(tmp_path / "sheet.pdf"))
    number = chartroom.json(*out)["number"]
    [waits] = chartroom.json("sheets", "list")
    assert (waits["number"], waits["state"]) == (number, "made")
    last = page_code(number, waits["pages"])
    assert "last page" in chartroom.refused("sheets", "in-hand", last, "--last", "9x")
    assert chartroom.json("sheets", "in-hand", last, "--last", last[-2:])["state"] == "in-hand"
    there = chartroom.json("sheets", "in-chart", last, "--volume", "2")
    assert (there["state"], there["volume"]) == ("in-chart", "2")
    assert chartroom.json("sheets", "list") == []
    again = chartroom.json(*out, "--number", number, "--why", "lost in the post")
    assert (again["number"], again["copy"]) == (number, 2)
    newest, before = chartroom.json("sheets", "list", "--patient", "ZZZ0016")
    assert (newest["why"], before["state"]) == ("lost in the post", "in-chart")
    recalled = ("sheets", "recall", last, "--copy", "1", "--why", "consent withdrawn")
    assert chartroom.json(*recalled)["state"] == "recalled"


@pytest.mark.requirement("R79", "R97")
def test_a_paper_that_somebody_takes_along_is_handed_over(
    chartroom: CommandLine, card: Path, tmp_path: Path
) -> None:
    chartroom.json("file", "--from", str(card), *FACTS, *BORN, code=1)
    cover = ("paper", "patient-copy", "--patient", "ZZZ0016", "--out", str(tmp_path / "cover.pdf"))
    number = chartroom.json(*cover)["number"]
    [waits] = chartroom.json("sheets", "list")
    code = page_code(number, waits["pages"])
    to = ("sheets", "handed-over", code, "--to", "Tane Poomare, himself")
    assert "in hand, by the check digits" in chartroom.refused(*to)
    chartroom.json("sheets", "in-hand", code, "--last", code[-2:])
    assert "by name" in chartroom.refused(*to[:-1], " ")
    handed = chartroom.json(*to)
    assert (handed["state"], handed["handed_to"]) == ("handed-over", "Tane Poomare, himself")
    assert chartroom.json("sheets", "list") == []
    assert chartroom.json("sheets", "find", code)["state"] == "handed-over"
    [out] = chartroom.json("sheets", "list", "--state", "handed-over")
    assert (out["number"], out["handed_at"]) == (number, handed["handed_at"])
    assert chartroom.json("sheets", "list", "--patient", "ZZZ0016", "--state", "made") == []
    sheet = ("sheet", "--patient", "ZZZ0016", "--out", str(tmp_path / "sheet.pdf"))
    record = chartroom.json(*sheet)
    stays = page_code(record["number"], 1)
    assert "belongs in the chart" in chartroom.refused(*to[:2], stays, *to[3:])


@pytest.mark.requirement("R115")
def test_a_sheet_that_is_handed_over_opens_with_its_passphrase_only(
    chartroom: CommandLine, card: Path, tmp_path: Path
) -> None:
    chartroom.json("file", "--from", str(card), *FACTS, *BORN, code=1)
    sealed, phrase = tmp_path / "sealed.pdf", tmp_path / "phrase"
    asked = ("sheet", "--patient", "ZZZ0016", "--out", str(sealed), "--sealed-with", str(phrase))
    phrase.write_text("te reo M\u0101ori words", encoding="utf-8")
    assert "accents or macrons" in chartroom.refused(*asked)
    assert not sealed.exists()
    phrase.write_text("four made up words", encoding="utf-8")
    assert chartroom.json(*asked)["copy"] == 1
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(sealed)
    with pikepdf.open(sealed, password="four made up words") as opened:
        assert len(opened.pages) > 0


def test_a_second_program_is_told_that_the_office_is_open(chartroom: CommandLine) -> None:
    with open_office(chartroom.office, user=USER, password=PASSWORD):
        assert "Another Chartroom" in chartroom.refused("images", "--patient", "ZZZ0016")
    assert chartroom.json("images", "--patient", "ZZZ0016") == []


def test_empty_answers_say_what_to_do_next(chartroom: CommandLine) -> None:
    said = chartroom.run("sources").stdout.decode()
    assert "Plug in a phone" in said


def test_a_list_with_refused_rows_is_told_and_ends_with_a_problem(
    chartroom: CommandLine, tmp_path: Path
) -> None:
    rows = tmp_path / "patients.csv"
    rows.write_text("NHI,Surname,DOB\nZVU27KE,Pōmare,30/11/1948\nZZZ0017,Bad,1/1/1970\n", "utf-8")
    report = chartroom.json("patients", "import", str(rows), code=1)
    assert (report["added"], [one["row"] for one in report["refused"]]) == (1, [3])
    preview = chartroom.json("patients", "import", str(rows), "--preview", code=1)
    assert preview["mapping"] == {"nhi": "NHI", "family": "Surname", "born": "DOB"}
