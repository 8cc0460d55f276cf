"""From the phone into the record and off the phone, on the command line and with real sources."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from desktop.records.facts.sheet import grouped
from desktop.shipped import sample_photos
from tests.end_to_end.command_line import CommandLine
from tests.unit.devices.ptp_script import Script
from tests.unit.devices.ptpip_camera import PtpIpCamera
from tests.unit.printing.reading import page_texts

FACTS = (
    "--patient", "ZZZ0016", "--born", "1961-03-04", "--taken-by", "Hana Parata", "--role", "nurse",
    "--purpose", "care", "--consent", "verbal",
)  # fmt: skip
OURS = ("--device-owner", "organisation")
THEIRS = ("--device-owner", "patient")


@pytest.fixture
def photos() -> dict[str, bytes]:
    return {f"IMG_{n}.JPG": photo.read_bytes() for n, photo in enumerate(sample_photos()[:3])}


@pytest.fixture
def phone(photos: dict[str, bytes]) -> Iterator[PtpIpCamera]:
    pytest.importorskip("gphoto2")
    with closing(PtpIpCamera()) as made:
        made.add_photos({**photos, "FAMILY.JPG": b"\xff\xd8\xff private"})
        yield made


@pytest.fixture
def card(tmp_path: Path, photos: dict[str, bytes]) -> Path:
    folder = tmp_path / "CARD" / "DCIM" / "100TEST"
    folder.mkdir(parents=True)
    for name, content in photos.items():
        (folder / name).write_bytes(content)
    (folder / "IMG_0.AAE").write_text("<plist/>", encoding="utf-8")
    (folder / "EMPTY.JPG").write_bytes(b"")
    return folder.parent.parent


@pytest.mark.requirement("R73", "R74")
def test_a_phone_is_filed_cleared_and_left_with_what_is_its_owners(
    chartroom: CommandLine, phone: PtpIpCamera, photos: dict[str, bytes]
) -> None:
    source = phone.source_id
    chartroom.json("file", "--from", source, *FACTS, *OURS, "--select", "IMG_*")
    report = chartroom.json("clear", "--from", source)
    assert sorted(one["name"] for one in report["cleared"]) == sorted(photos)
    assert {one["state"] for one in report["cleared"]} == {"cleared"}
    assert (report["refused"], report["stopped_by"]) == ([], None)
    assert any("Recently Deleted" in reminder for reminder in report["reminders"])
    assert list(phone.files()) == ["FAMILY.JPG"]
    assert chartroom.json("clearances", "list") == []
    assert "Nothing from" in chartroom.refused("clear", "--from", source)
    assert chartroom.json("verify", "--originals")["damaged"] == []


@pytest.mark.requirement("R74")
def test_a_phone_that_lies_is_found_out_and_its_owner_attests(
    chartroom: CommandLine, phone: PtpIpCamera
) -> None:
    phone.script = Script(lying_delete=True)
    filed = chartroom.json(
        "file", "--from", phone.source_id, *FACTS, *OURS, "--select", "IMG_*",
        "--depositor", "Wiremu Rata",
    )  # fmt: skip
    report = chartroom.json("clear", "--from", phone.source_id, "--intake", filed["intake"], code=1)
    assert report["cleared"] == []
    assert "still there" in report["stopped_by"]
    assert len(phone.files()) == 4
    waiting = chartroom.json("clearances", "list")
    assert {one["depositor"] for one in waiting} == {"Wiremu Rata"}
    attested = chartroom.json(
        "clearances", "attest", "--intake", filed["intake"], "--by", "Wiremu Rata"
    )
    assert {(one["state"], one["attested_by"]) for one in attested} == {("attested", "Wiremu Rata")}
    assert chartroom.json("clearances", "list") == []


@pytest.mark.requirement("R74", "R121")
def test_who_brings_the_same_image_again_gets_a_receipt_and_no_second_record(
    chartroom: CommandLine, card: Path, tmp_path: Path
) -> None:
    filed = chartroom.json("file", "--from", str(card), *FACTS, *OURS, "--select", "IMG_0*")
    twin = tmp_path / "OTHER"
    twin.mkdir()
    (twin / "WA0007.jpg").write_bytes((card / "DCIM/100TEST/IMG_0.JPG").read_bytes())
    again = chartroom.json("file", "--from", str(twin), *FACTS, *OURS, "--depositor", "Wiremu Rata")
    assert (again["filed"], len(again["duplicates"])) == ([], 1)
    assert len(chartroom.json("images", "--patient", "ZZZ0016")) == 1
    chartroom.json("clear", "--from", str(twin), "--intake", again["intake"])
    assert list(twin.iterdir()) == []
    out = tmp_path / "receipt.pdf"
    said = chartroom.json("clearances", "receipt", "--intake", again["intake"], "--out", str(out))
    (text,) = page_texts(out.read_bytes())
    for wanted in ("WA0007.jpg", "already on record", "confirmed absent, ", "Wiremu Rata"):
        assert wanted in text, wanted
    assert grouped(said["number"]) in text
    for secret in ("ZZZ0016", "Kahurangi", "Whātua", "1961"):
        assert secret.casefold() not in text.casefold()
    lines = [one["deed"] for one in chartroom.json("audit", "--deed", "clearance receipt made")]
    assert lines == ["clearance receipt made"]
    assert "There is no intake" in chartroom.refused(
        "clearances", "receipt", "--intake", str(uuid4()), "--out", str(tmp_path / "none.pdf")
    )
    assert len(filed["filed"]) == 1


@pytest.mark.requirement("R74", "R122")
def test_a_card_is_cleared_but_never_the_patients_own(chartroom: CommandLine, card: Path) -> None:
    chartroom.json("file", "--from", str(card), *FACTS, *THEIRS, code=1)
    assert "belongs to the patient" in chartroom.refused("clear", "--from", str(card))
    # saying something else afterwards does not make the patient's card ours
    chartroom.json("file", "--from", str(card), *FACTS, *OURS, "--select", "IMG_*")
    report = chartroom.json("clear", "--from", str(card), code=1)
    assert {one["code"] for one in report["refused"]} == {"not_ours_to_clear"}
    assert len(list(card.rglob("IMG_*.JPG"))) == 3


@pytest.mark.requirement("R74")
def test_a_card_goes_with_the_notes_beside_its_images(chartroom: CommandLine, card: Path) -> None:
    chartroom.json("file", "--from", str(card), *FACTS, *OURS, code=1)
    report = chartroom.json("clear", "--from", str(card))
    assert len(report["cleared"]) == 3
    assert [path.name for path in card.rglob("*.*")] == ["EMPTY.JPG"]


@pytest.mark.requirement("R74", "R121")
def test_only_the_device_that_the_images_came_from_is_cleared_of_them(
    chartroom: CommandLine, photos: dict[str, bytes], tmp_path: Path
) -> None:
    intakes = []
    places = [tmp_path / "a" / "PHONE", tmp_path / "b" / "PHONE", tmp_path / "COPY"]
    for place in places:
        place.mkdir(parents=True)
        (place / "WA0007.jpg").write_bytes(photos["IMG_0.JPG"])
    for place, depositor in zip(places, ("Wiremu Rata", "Mere Tipene"), strict=False):
        filed = chartroom.json(
            "file", "--from", str(place), *FACTS, *OURS, "--depositor", depositor
        )
        intakes.append(filed["intake"])
    unknown = chartroom.refused("clear", "--from", str(places[0]), "--intake", str(uuid4()))
    assert "There is no intake" in unknown
    copied = chartroom.json("clear", "--from", str(places[2]), "--intake", intakes[0], code=1)
    assert "came from PHONE, and COPY is connected" in copied["stopped_by"]
    assert (copied["cleared"], copied["not_reached"]) == ([], ["WA0007.jpg"])
    assert "more than one device" in chartroom.refused("clear", "--from", str(places[0]))
    assert all(list(place.iterdir()) for place in places)
    chartroom.json("clear", "--from", str(places[0]), "--intake", intakes[0])
    [other] = chartroom.json("clearances", "list")
    assert (other["intake"], other["depositor"]) == (intakes[1], "Mere Tipene")
