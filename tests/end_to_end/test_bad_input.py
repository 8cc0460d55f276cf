"""Bad input and faults through the command line: each has its sentence, none loses an image."""

import io
import json
import os
import shutil
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop import cli
from desktop.__main__ import opens_the_window
from desktop.shipped import sample_photos
from desktop.verbs.door import office_exists
from tests.end_to_end.command_line import PASSWORD, USER

WHO = ("--patient", "ZZZ0016", "--born", "1961-03-04")
FACTS = (
    "--taken-by", "Hana Parata", "--role", "nurse", "--device-owner", "personal",
    "--purpose", "care", "--consent", "verbal",
)  # fmt: skip


@dataclass
class Desk:
    """An office in a folder and the command line in this process."""

    office: Path
    password_file: Path
    capture: pytest.CaptureFixture[str]

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, what was written, and what was said on standard error."""
        common = ("--office", str(self.office), "--password-file", str(self.password_file))
        self.capture.readouterr()
        code = cli.main([*common, *arguments])
        told = self.capture.readouterr()
        return code, told.out, told.err

    def refused(self, *arguments: str) -> str:
        """The sentence of a command that must be refused without any result."""
        code, out, err = self.run(*arguments)
        assert (code, out) == (1, "")
        assert err.count("\n") == 1
        return err.removeprefix("chartroom: ").strip()

    def json(self, *arguments: str, code: int = 0) -> Any:
        got, out, err = self.run("--json", *arguments)
        assert got == code, err
        return json.loads(out)

    def file(self, card: Path, *more: str, code: int = 0) -> Any:
        return self.json("file", "--from", str(card), *WHO, *FACTS, *more, code=code)


@pytest.fixture
def desk(
    tmp_path: Path, office_to_copy: Path, least_cost: None, capsys: pytest.CaptureFixture[str]
) -> Desk:
    office = tmp_path / "office"
    shutil.copytree(office_to_copy, office)
    password_file = tmp_path / "password.txt"
    password_file.write_text(PASSWORD + "\n", encoding="utf-8")
    return Desk(office=office, password_file=password_file, capture=capsys)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    folder = tmp_path / "CARD"
    (folder / "DCIM").mkdir(parents=True)
    return folder


def photo(card: Path, name: str, *, ending: bytes = b"") -> bytes:
    """A good photo on the card; other bytes behind its end make another original."""
    content = sample_photos()[0].read_bytes() + ending
    (card / "DCIM" / name).write_bytes(content)
    return content


def bomb() -> bytes:
    """A small JPEG whose header claims 20,000 by 20,000 pixels."""
    made = io.BytesIO()
    Image.new("RGB", (16, 16)).save(made, "JPEG")
    content = bytearray(made.getvalue())
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 9] = struct.pack(">HH", 20_000, 20_000)
    return bytes(content)


class TestSources:
    def test_an_empty_folder(self, desk: Desk, card: Path) -> None:
        words = desk.refused("file", "--from", str(card), *WHO, *FACTS)
        assert "holds no photos" in words

    @pytest.mark.parametrize("what", ["nowhere", "file"])
    def test_what_is_no_folder(self, desk: Desk, tmp_path: Path, what: str) -> None:
        (tmp_path / "file").write_bytes(b"x")
        words = desk.refused("file", "--from", str(tmp_path / what), *WHO, *FACTS)
        assert words.startswith("There is no device or folder")

    def test_a_selection_that_fits_nothing(self, desk: Desk, card: Path) -> None:
        photo(card, "IMG_1.JPG")
        words = desk.refused("file", "--from", str(card), *WHO, *FACTS, "--select", "MOV*")
        assert "Nothing on CARD fits the selection" in words

    @pytest.mark.requirement("R73")
    def test_one_bad_file_never_stops_the_rest(
        self, desk: Desk, card: Path, tmp_path: Path
    ) -> None:
        good = photo(card, "GOOD.JPG")
        for name, content in {
            "TEXT.JPG": b"this is not a photo\n",
            "SHORT.JPG": good[: len(good) // 2],
            "EMPTY.JPG": b"",
            "BOMB.JPG": bomb(),
        }.items():
            (card / "DCIM" / name).write_bytes(content)
        sheet = tmp_path / "sheet.pdf"
        report = desk.file(card, "--sheet", str(sheet), code=1)

        assert [one["name"] for one in report["refused"]] == ["EMPTY.JPG"]
        assert "0 bytes" in report["refused"][0]["why"]
        notes = {one["file_name"]: one["note"] for one in report["filed"] + report["incomplete"]}
        assert notes.keys() == {"GOOD.JPG", "TEXT.JPG", "SHORT.JPG", "BOMB.JPG"}
        assert notes["GOOD.JPG"] == ""
        assert "text, not a photo" in notes["TEXT.JPG"]
        assert "cut short" in notes["SHORT.JPG"]
        assert "too large to preview safely" in notes["BOMB.JPG"]
        assert sheet.read_bytes().startswith(b"%PDF")
        assert desk.json("verify", "--originals")["images"] == 4

    def test_names_of_every_kind(self, desk: Desk, card: Path) -> None:
        names = [
            "a\nb.JPG", "x" * 200 + ".JPG", "\N{CAMERA}\N{HOSPITAL}.JPG", "-rf.JPG", "{size}.JPG",
            "a..\\..\\b.JPG", "a%2f..%2fb.JPG", "\N{RIGHT-TO-LEFT OVERRIDE}gpj.JPG",
        ]  # fmt: skip
        for place, name in enumerate(names):
            photo(card, name, ending=bytes([place]))
        before = {path.name for path in desk.office.parent.iterdir()}
        report = desk.file(card)
        told = [one["file_name"] for one in report["filed"]]
        assert len(told) == len(names)
        assert not [name for name in told if "\n" in name or "\N{RIGHT-TO-LEFT OVERRIDE}" in name]
        assert {path.name for path in desk.office.parent.iterdir()} == before
        _, shown, _ = desk.run("images", "--patient", "ZZZ0016")
        assert shown.count("file_name: ") == len(names)

    @pytest.mark.requirement("R121")
    def test_bytes_that_are_in_the_tray_or_on_the_card_twice(self, desk: Desk, card: Path) -> None:
        photo(card, "A.JPG")
        photo(card, "B.JPG")
        report = desk.file(card)
        assert (len(report["filed"]), len(report["duplicates"])) == (1, 1)
        assert report["duplicates"][0]["state"] == "filed"
        twin = report["duplicates"][0]
        assert (twin["offered_as"], twin["file_name"]) == ("B.JPG", "A.JPG")
        assert report["duplicates"][0]["id"] == report["filed"][0]["id"]

    def test_the_same_card_for_another_patient(self, desk: Desk, card: Path) -> None:
        photo(card, "A.JPG")
        desk.file(card)
        added = ("--nhi", "ZZZ0024", "--family", "Pōmare", "--born", "1970-01-01")
        desk.json("patients", "add", *added)
        other = ("--patient", "ZZZ0024", "--born", "1970-01-01")
        code, out, err = desk.run("--json", "file", "--from", str(card), *other, *FACTS)
        assert code == 1
        assert json.loads(out)["refused"][0]["code"] == "filed_under_another"
        assert "Not filed: 1." in err
        assert desk.json("images", "--patient", "ZZZ0024") == []

    @pytest.mark.requirement("R68", "R70")
    def test_a_future_capture_time_is_incomplete_and_says_why(self, desk: Desk, card: Path) -> None:
        photo(card, "A.JPG")
        report = desk.file(card, "--taken-at", "2099-01-01T10:00")
        assert report["filed"] == []
        assert report["incomplete"][0]["missing"] == ["capture_time"]
        assert "01 Jan 2099 10:00, cannot be right" in report["incomplete"][0]["why"]
        _, shown, _ = desk.run("file", "--from", str(card), *WHO)
        assert "still missing: when it was taken. The time entered" in shown


class TestPasswords:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"four m\xe4de up words\n", "it is not UTF-8 text"),
            (b"", "its first line is empty"),
            (b"\nfour made up words", "its first line is empty"),
            (b"some other words here\n", "This name and password do not open the office"),
        ],
    )
    def test_a_password_file_that_does_not_do(self, desk: Desk, content: bytes, words: str) -> None:
        desk.password_file.write_bytes(content)
        assert words in desk.refused("verify")

    def test_an_editor_may_mark_the_file_as_utf8(self, desk: Desk) -> None:
        desk.password_file.write_bytes(b"\xef\xbb\xbf" + PASSWORD.encode() + b"\r\n")
        assert desk.json("verify")["trail"] == "ok"


class TestOfficeFolder:
    def test_an_office_that_is_a_file(self, desk: Desk, tmp_path: Path) -> None:
        desk.office = tmp_path / "file"
        desk.office.write_bytes(b"x")
        words = desk.refused("init", "--organisation", "Clinic", "--user", USER)
        assert "it is a file, not a folder" in words
        assert "There is no office in" in desk.refused("verify")
        assert desk.office.read_bytes() == b"x"

    @pytest.mark.requirement("R115")
    def test_an_office_that_lost_its_keyring_is_no_empty_folder(self, desk: Desk) -> None:
        kept = (desk.office / "keyring.json").read_bytes()
        for name in ("keyring.json", "keyring.previous.json"):
            (desk.office / name).unlink()
        words = desk.refused("verify")
        assert "“generations” in a backup" in words
        assert "chartroom init" not in words
        assert office_exists(desk.office)  # or the window would offer to create one
        (desk.office / "keyring.json").write_bytes(kept)
        assert desk.json("verify")["trail"] == "ok"

    @pytest.mark.requirement("R115")
    def test_a_recovery_key_is_shown_where_its_sheet_cannot_be_written(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        desk.office = tmp_path / "new"
        new = ("init", "--organisation", "Clinic", "--user", USER)
        out = str(tmp_path / "nowhere" / "sheet.pdf")
        code, told, err = desk.run("--json", *new, "--recovery-sheet", out)
        assert code == 1
        assert "cannot be written" in err
        assert "The office was made. Write its recovery key down" in err
        assert len(json.loads(told)["recovery_key"]) == 4

    def test_a_name_that_paper_cannot_show_makes_no_office(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        desk.office = tmp_path / "new"
        words = desk.refused("init", "--organisation", "\N{HOSPITAL} Clinic", "--user", USER)
        assert "cannot be printed" in words
        assert "There is no office in" in desk.refused("verify")

    def test_the_window_opens_only_without_a_command(self) -> None:
        assert opens_the_window([])
        assert opens_the_window(["--office", "there"])
        assert opens_the_window(["--office=there"])
        assert not opens_the_window(["--office=there", "verify"])
        assert not opens_the_window(["--office"])


class TestDamage:
    @pytest.fixture(autouse=True)
    def _filed(self, desk: Desk, card: Path) -> None:
        photo(card, "A.JPG")
        desk.file(card)

    @pytest.mark.parametrize("place", [2, 5, 9])
    def test_a_flipped_bit_anywhere_in_the_records_is_found(self, desk: Desk, place: int) -> None:
        flip(desk.office / "records.db", place)
        assert "records.db is damaged" in desk.refused("verify")

    def test_records_cut_short_or_gone(self, desk: Desk) -> None:
        records = desk.office / "records.db"
        records.write_bytes(records.read_bytes()[:50_000])
        assert "records.db is damaged" in desk.refused("images", "--patient", "ZZZ0016")
        records.unlink()
        assert "are missing" in desk.refused("images", "--patient", "ZZZ0016")

    def test_a_damaged_keyring_is_not_taken_for_a_wrong_password(self, desk: Desk) -> None:
        keyring = desk.office / "keyring.json"
        whole = keyring.read_bytes()
        for content in (whole.replace(b'"password"', b'"passw0rd"'), whole[:300], b""):
            keyring.write_bytes(content)
            assert "keyring.json is damaged" in desk.refused("verify")
            assert "keyring.json is damaged" in desk.refused("--user", USER, "verify")
        keyring.unlink()
        assert "keyring.previous.json" in desk.refused("verify")

    @pytest.mark.requirement("R73")
    def test_a_broken_original_is_named_and_never_shown(self, desk: Desk, tmp_path: Path) -> None:
        original = next(p for p in (desk.office / "originals").rglob("*") if p.is_file())
        sheet = tmp_path / "sheet.pdf"
        flip(original, 5)
        for list_name in ("damaged", "missing"):
            words = desk.refused("sheet", "--patient", "ZZZ0016", "--out", str(sheet))
            assert words.startswith("A.JPG (image ")
            assert "no sheet was made" in words
            report = desk.json("verify", "--originals", code=1)
            assert [one["file_name"] for one in report[list_name]] == ["A.JPG"]
            assert len(desk.json("images", "--patient", "ZZZ0016")) == 1
            original.unlink(missing_ok=True)
        assert not sheet.exists()

    def test_renditions_are_only_made_again(self, desk: Desk) -> None:
        (desk.office / "renditions.db").write_bytes(b"")
        assert desk.json("verify", "--originals")["trail"] == "ok"


class TestSheets:
    def test_a_sheet_that_cannot_be_written_takes_no_report_with_it(
        self, desk: Desk, card: Path, tmp_path: Path
    ) -> None:
        photo(card, "A.JPG")
        out = str(tmp_path / "nowhere" / "sheet.pdf")
        report = desk.file(card, "--sheet", out, code=1)
        assert len(report["filed"]) == 1
        assert report["problem"] == "file_not_writable"
        assert out in desk.refused("sheet", "--patient", "ZZZ0016", "--out", out)
        words = desk.refused("sheet", "--patient", "ZZZ0016", "--out", "")
        assert "not the name of a file" in words

    @pytest.mark.requirement("R73")
    def test_no_file_of_the_office_is_ever_written_over(
        self, desk: Desk, card: Path, tmp_path: Path
    ) -> None:
        photo(card, "A.JPG")
        desk.file(card)
        (tmp_path / "link.pdf").symlink_to(desk.office / "records.db")
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        for out in (desk.office / "records.db", desk.office / "new.pdf", tmp_path / "link.pdf"):
            words = desk.refused("sheet", "--patient", "ZZZ0016", "--out", str(out))
            assert "it lies in the folder of the office" in words
        words = desk.refused("sheet", "--patient", "ZZZ0016", "--out", str(pipe))
        assert "it is a device, not a file" in words
        assert pipe.is_fifo()
        assert desk.json("verify", "--originals")["trail"] == "ok"

    def test_the_recovery_sheet_never_lies_beside_the_lock_that_it_opens(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        desk.office = tmp_path / "new"
        new = ("init", "--organisation", "Clinic", "--user", USER)
        out = str(desk.office / "keyring.json")
        told = desk.json(*new, "--recovery-sheet", out, code=1)
        assert len(told["recovery_key"]) == 4
        assert desk.json("verify")["trail"] == "ok"

    def test_a_sheet_is_made_of_images_that_were_here_already(
        self, desk: Desk, card: Path, tmp_path: Path
    ) -> None:
        photo(card, "A.JPG")
        desk.file(card)
        report = desk.file(card, "--sheet", str(tmp_path / "sheet.pdf"))
        assert (report["filed"], len(report["duplicates"])) == ([], 1)
        assert (tmp_path / "sheet.pdf").stat().st_size > 1000


def flip(path: Path, tenths: int) -> None:
    """One bit of a file is not what it was."""
    content = bytearray(path.read_bytes())
    content[len(content) * tenths // 10 + 7] ^= 4
    path.write_bytes(content)
