"""From a card to paper: a raw picture beside its JPEG, tied, and said to be seen by a preview."""

from pathlib import Path

import pytest

from tests.end_to_end.command_line import CommandLine
from tests.end_to_end.test_command_line import BORN, FACTS
from tests.end_to_end.test_image_facts import text_of
from tests.unit.media.made_photos import jpeg
from tests.unit.media.test_raw import DNG, raw


@pytest.mark.requirement("R11", "R127")
def test_a_raw_picture_and_its_jpeg(chartroom: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "card" / "DCIM" / "100TEST"
    folder.mkdir(parents=True)
    (folder / "IMG_20240501_101500.DNG").write_bytes(raw(model=DNG))
    (folder / "IMG_20240501_101500.JPG").write_bytes(jpeg())
    out = tmp_path / "sheet.pdf"
    report = chartroom.json(
        "file", "--from", str(tmp_path / "card"), *FACTS, *BORN, "--sheet", str(out)
    )
    assert [row["kind"] for row in report["filed"]] == ["photo", "photo"]
    assert "preview made by the camera, not the full picture" in " ".join(text_of(out).split())
    (tied,) = [row for row in chartroom.json("audit") if row["deed"] == "images tied"]
    assert tied["about"]["kind"] == "raw-and-jpeg"


@pytest.mark.requirement("R11")
def test_what_is_filed_in_two_goes_is_tied_and_told(chartroom: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "card" / "DCIM" / "100TEST"
    folder.mkdir(parents=True)
    (folder / "IMG_20240501_101500.DNG").write_bytes(raw(model=DNG))
    (folder / "IMG_20240501_101500.JPG").write_bytes(jpeg())
    card = ("--from", str(tmp_path / "card"))
    for one in ("*.JPG", "*.DNG"):
        chartroom.json("file", *card, *FACTS, *BORN, "--select", one)
    found = chartroom.json("images", "--patient", "ZZZ0016")
    tied = {
        row["file_name"][-3:]: [one["file_name"][-3:] for one in row["belongs"]] for row in found
    }
    assert tied == {"DNG": ["JPG"], "JPG": ["DNG"]}
    told = chartroom.run(
        "--password-file", str(chartroom.password_file), "images", "--patient", "ZZZ0016"
    )
    assert "IMG_20240501_101500.DNG  the same picture in another format" in told.stdout.decode()
