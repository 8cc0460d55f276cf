"""From a card to paper: what an image shows, how good it is, and a capture time put right."""

from pathlib import Path

import pypdfium2
import pytest

from tests.end_to_end.command_line import CommandLine
from tests.end_to_end.test_command_line import BORN, FACTS
from tests.unit.media.made_photos import exif_block, jpeg
from tests.unit.media.test_quality_measure import page


@pytest.fixture
def card(tmp_path: Path) -> Path:
    folder = tmp_path / "card" / "DCIM" / "100TEST"
    folder.mkdir(parents=True)
    exif = exif_block({0x010F: "Maker"}, {0x9003: "2026:11:12 13:00:00"})
    (folder / "IMG_1.JPG").write_bytes(jpeg(page(640).convert("RGB"), exif=exif))
    return tmp_path / "card"


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "".join(one.get_textpage().get_text_range() for one in document)


@pytest.mark.requirement("R12", "R13", "R126", "R128")
def test_a_photo_of_a_report_is_told_as_a_copy_that_can_hardly_be_read(
    chartroom: CommandLine, card: Path
) -> None:
    out = chartroom.world / "sheet.pdf"
    shows = ("--site", "(L) forearm", "--subject", "pathology-report", "--view", "front")
    report = chartroom.json(
        "file", "--from", str(card), *FACTS, *BORN, *shows, "--distance", "close-up",
        "--sheet", str(out),
    )  # fmt: skip
    (row,) = report["filed"]
    assert (row["site"], row["site_code"], row["laterality"]) == ("(L) forearm", "14975008", "left")
    assert (row["subject"], row["view"], row["distance"]) == (shows[3], "front", "close-up")
    assert row["quality"]["grade"] == "poor"
    assert row["quality"]["findings"][0] == "hard-to-read"
    assert "primary copy" in row["quality"]["advice"]
    text = " ".join(text_of(out).split())
    assert "left forearm" in text
    assert "pathology report, from the front, close-up" in text
    assert "Copy of another record – not the primary report" in text
    assert "its writing may be too small to read" in text
    assert chartroom.json("images", "--patient", "ZZZ0016") == [
        {**row, "belongs": [], "notes_beside": [], "notes_words": []}
    ]


@pytest.mark.requirement("R68")
def test_a_wrong_clock_is_put_right_with_a_reason_and_both_times_are_printed(
    chartroom: CommandLine, card: Path
) -> None:
    filed = chartroom.json("file", "--from", str(card), *FACTS, *BORN)["filed"]
    number = filed[0]["number"]
    told = ("--patient", "ZZZ0016", "--images", number, "--why", "never set to summer time")
    done = chartroom.json("correct-time", *told, "--clock-behind", "1 h 2 min", "--whole-intake")
    (row,) = done["corrected"]
    assert (row["taken_at"], row["file_taken_at"]) == ("2026-11-12T14:02:00", "2026-11-12T13:00:00")
    assert (done["left_alone"], done["print_again"]) == ([], [])
    out = chartroom.world / "sheet.pdf"
    chartroom.json("sheet", "--patient", "ZZZ0016", "--out", str(out))
    text = " ".join(text_of(out).split())
    assert "12 Nov 2026 14:02 (entered at the desk)" in text
    assert "corrected from the file's 12 Nov 2026 13:00: never set to summer time" in text
    twice = chartroom.json("correct-time", *told, "--at", "2026-11-12T14:05+13:00")
    assert twice["corrected"][0]["utc_offset_minutes"] == 780
    assert len(twice["print_again"]) == 1
    assert "later than it was received" in chartroom.refused(
        "correct-time", *told, "--at", "2099-01-01T10:00"
    )
    for typed in ("2026-11-12", "noon", "2026-11-12T25:00"):
        assert "not a day with a time of day" in chartroom.refused(
            "correct-time", *told, "--at", typed, code=2
        )
