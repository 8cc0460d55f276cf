"""From a phone into the record with what was edited there: kept at filing, told, archived."""

import hashlib
import json
import plistlib
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.shipped import sample_photos
from tests.end_to_end.command_line import CommandLine
from tests.unit.devices.ptpip_camera import PtpIpCamera

FACTS = (
    "--patient", "ZZZ0016", "--born", "1961-03-04", "--taken-by", "Hana Parata", "--role", "nurse",
    "--purpose", "care", "--consent", "verbal", "--device-owner", "organisation",
)  # fmt: skip
EDIT = plistlib.dumps(
    {
        "adjustmentEditorBundleID": "com.apple.mobileslideshow",
        "adjustmentFormatIdentifier": "com.apple.photo",
        "adjustmentTimestamp": datetime(2026, 3, 2, 20, 5),  # noqa: DTZ001
    }
)
NAMES = ("IMG_0007.JPG", "IMG_E0007.JPG", "IMG_0008.JPG")


@pytest.fixture
def photos() -> dict[str, bytes]:
    return {
        name: photo.read_bytes() for name, photo in zip(NAMES, sample_photos()[:3], strict=True)
    }


@pytest.fixture
def card(tmp_path: Path, photos: dict[str, bytes]) -> Path:
    folder = tmp_path / "CARD" / "DCIM" / "100APPLE"
    folder.mkdir(parents=True)
    for name, content in {**photos, "IMG_0007.AAE": EDIT, "IMG_0008.XMP": b"<x/>"}.items():
        (folder / name).write_bytes(content)
    (folder / "IMG_0008.AAE").write_bytes(bytes((8 << 20) + 1))
    return folder


@pytest.fixture
def phone(photos: dict[str, bytes]) -> Iterator[PtpIpCamera]:
    pytest.importorskip("gphoto2")
    with closing(PtpIpCamera()) as made:
        made.add_photos({**photos, "IMG_0007.AAE": EDIT, "IMG_0008.AAE": EDIT})
        yield made


def rows(chartroom: CommandLine) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = chartroom.json("images", "--patient", "ZZZ0016")
    return found


def told(chartroom: CommandLine) -> dict[str, tuple[list[str], list[str]]]:
    """Of each image on record, the notes that are kept with it and what is said of them."""
    return {
        row["file_name"]: (
            [one["file_name"] for one in row["notes_beside"]],
            row["notes_words"],
        )
        for row in rows(chartroom)
    }


@pytest.mark.requirement("R11", "R73")
def test_a_photo_is_filed_with_what_was_edited_on_the_phone(
    chartroom: CommandLine, card: Path
) -> None:
    filed = chartroom.json("file", "--from", str(card), *FACTS)
    assert (len(filed["filed"]), filed["refused"], filed["notes_kept"]) == (3, [], 3)
    assert [(one["name"], one["code"]) for one in filed["notes_left"]] == [
        ("IMG_0008.JPG", "note_too_large")
    ]
    assert "IMG_0008.AAE is larger than 8 MiB" in filed["notes_left"][0]["why"]
    said = told(chartroom)
    (names, (words,)) = said["IMG_0007.JPG"]
    assert names == ["IMG_0007.AAE"]
    assert words.startswith(
        "an edit note from the phone is kept with it (IMG_0007.AAE, made in Photos on the phone on "
    )
    assert words.endswith("; what is shown is the file as it came, without that edit")
    (names, (words,)) = said["IMG_E0007.JPG"]
    assert names == ["IMG_0007.AAE"]
    assert "by its name, this file is the phone's edited version" in words
    (names, (words,)) = said["IMG_0008.JPG"]
    assert names == ["IMG_0008.XMP"]
    assert "a note from the device is kept with it" in words
    (row,) = [one for one in rows(chartroom) if one["file_name"] == "IMG_0007.JPG"]
    (note,) = row["notes_beside"]
    assert note["editor"] == "com.apple.mobileslideshow"
    assert note["edited_at"] == "2026-03-02T20:05:00+00:00"
    kept = chartroom.json("audit", "--deed", "companion kept")
    assert {one["about"]["sha256"] for one in kept} >= {hashlib.sha256(EDIT).hexdigest()}


@pytest.mark.requirement("R11", "R74", "R121")
def test_what_is_here_already_gets_its_note_and_a_clearing_keeps_it_once(
    chartroom: CommandLine, card: Path
) -> None:
    note = (card / "IMG_0007.AAE").rename(card.parent / "later")
    (card / "IMG_0008.AAE").unlink()
    assert chartroom.json("file", "--from", str(card), *FACTS)["notes_kept"] == 1
    note.rename(card / "IMG_0007.AAE")
    again = chartroom.json("file", "--from", str(card), *FACTS)
    assert (len(again["duplicates"]), again["notes_kept"], again["notes_left"]) == (3, 2, [])
    assert chartroom.json("file", "--from", str(card), *FACTS)["notes_kept"] == 0
    chartroom.json("clear", "--from", str(card), "--intake", again["intake"])
    assert list(card.iterdir()) == []
    assert len(chartroom.json("audit", "--deed", "companion kept")) == 3
    out = chartroom.world / "archive"
    chartroom.json("archive", str(out), "--patient", "ZZZ0016")
    (record,) = [
        found
        for path in out.rglob("*IMG-0007.json")
        if (found := json.loads(path.read_text()))["arrival"]["file_name"] == "IMG_0007.JPG"
    ]
    (beside,) = record["beside"]
    assert beside["file_name"] == "IMG_0007.AAE"
    (chart,) = out.glob("patients/*")
    assert (chart / beside["file"]).read_bytes() == EDIT
    assert beside["file"] in (out / "checksums.sha256").read_text()


@pytest.mark.requirement("R11", "R74")
def test_a_note_that_a_phone_denies_stops_no_photo(
    chartroom: CommandLine, phone: PtpIpCamera
) -> None:
    phone.script.denied = {"IMG_0007.AAE"}
    filed = chartroom.json("file", "--from", phone.source_id, *FACTS)
    assert (len(filed["filed"]), filed["refused"], filed["notes_kept"]) == (3, [], 1)
    left = {one["name"]: one["why"] for one in filed["notes_left"]}
    assert list(left) == ["IMG_0007.JPG", "IMG_E0007.JPG"]
    assert all("IMG_0007.AAE" in why for why in left.values())
    assert told(chartroom)["IMG_0008.JPG"][0] == ["IMG_0008.AAE"]
