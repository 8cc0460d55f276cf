"""The commands on devices, each parsed as typed and run on an open office."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from desktop.cli import parser
from desktop.commands import image_row
from desktop.commands_devices import handover_of, is_mine, run
from desktop.printing.sheet_of_images import facts_of
from desktop.records.deeds.filing import file_image
from desktop.records.deeds.receiving import begin_intake, receive
from desktop.records.facts.capture import DeviceOwner, Route
from desktop.records.facts.device_problems import DeviceOwnerDiffers, DeviceRetired, DeviceUnknown
from desktop.records.facts.devices import Depositor, Handover
from desktop.records.facts.ids import DeviceId
from desktop.records.facts.people import Role
from desktop.records.vault.vault import Vault
from desktop.ui.viewer.caption import caption_of
from desktop.verbs.office import Office
from tests.unit.records.made_up import MEI, MadeUpOffice, added, arrival, kept, linked, whole_facts
from tests.unit.retention.test_archive import opened


@pytest.fixture
def open_office(vault: Vault, office: MadeUpOffice) -> Office:
    return opened(vault, office)


def told(office: Office, *words: str) -> Any:
    options = parser().parse_args(("devices", *words))
    assert is_mine(options.command)
    return run(options, office)


def handed_over(office: Office, *words: str) -> Handover:
    line = ("file", "--from", "x", "--patient", "ZZZ0016", *words)
    return handover_of(parser().parse_args(line), office)


@pytest.mark.requirement("R26", "R27", "R110", "R112", "R113", "R114")
def test_a_devices_life_on_the_command_line(open_office: Office) -> None:
    assert told(open_office, "list") == []
    made = told(
        open_office, "add", "Mere's Pixel 8", "--owner", "personal", "--keeper", "Mere Parata",
        "--source-name", "Pixel 8",
    )  # fmt: skip
    assert made["line"] == "personal · no phone check yet"
    changed = told(open_office, "change", "mere's pixel 8", "--serial", "P8-1", "--keeper", "")
    assert (changed["serial"], changed["keeper"], changed["name"]) == ("P8-1", "", made["name"])
    checked = told(
        open_office, "declare", "P8-1", "--by", "Mere Parata", "--policy-known", "yes",
        "--protected", "yes", "--encrypted", "yes", "--nothing-uploads", "no",
    )  # fmt: skip
    assert (checked["remote_erase"], checked["flagged"]) == ("not-asked", True)
    [advice] = checked["advice"]
    assert advice.startswith("Switch automatic upload off")
    clock = told(open_office, "check-clock", "P8-1", "--shows", "2020-01-01 10:00")
    assert clock["clock_is_off"]
    assert " slow on " in clock["clock"]
    lost = told(open_office, "lost", "P8-1", "--note", "on the bus")
    assert (lost["state"], lost["lost_note"]) == ("lost", "on the bus")
    assert told(open_office, "found", "P8-1")["state"] == "in use"
    assert told(open_office, "retire", "P8-1")["state"] == "retired"
    assert told(open_office, "list") == []
    [row] = told(open_office, "list", "--retired")
    assert row["last_check"]["answered_by"] == "Mere Parata"


@pytest.mark.requirement("R26", "R76")
def test_file_names_a_device_of_the_register_and_takes_its_owner(open_office: Office) -> None:
    told(open_office, "add", "Ward 5 camera", "--owner", "organisation", "--asset", "A-77")
    said = handed_over(open_office, "--device", "A-77", "--depositor", "Wiremu Rata")
    assert said.owner is DeviceOwner.ORGANISATION
    assert said.depositor == Depositor(name="Wiremu Rata", role=Role.OTHER)
    assert said.device is not None
    assert handed_over(open_office) == Handover()
    with pytest.raises(DeviceOwnerDiffers, match="patient's or whānau's own device"):
        handed_over(open_office, "--device", "A-77", "--device-owner", "patient")
    with pytest.raises(DeviceUnknown):
        handed_over(open_office, "--device", "A-78")
    told(open_office, "retire", "A-77")
    with pytest.raises(DeviceRetired):
        handed_over(open_office, "--device", "A-77")


@pytest.mark.requirement("R6")
def test_a_blank_phone_check_card_is_written(open_office: Office, tmp_path: Path) -> None:
    out = tmp_path / "card.pdf"
    told(open_office, "phone-check-card", "--out", str(out), "--paper", "Letter")
    assert out.read_bytes().startswith(b"%PDF-1.6")


@pytest.mark.requirement("R69", "R76", "R111")
def test_sheet_caption_and_rows_name_device_and_depositor(open_office: Office) -> None:
    """Beside the file's own word; and S3 is told as it stands."""
    made = told(open_office, "add", "Ward 5 camera", "--owner", "organisation", "--asset", "A-77")
    said = Handover(
        depositor=Depositor(name="Wiremu Rata", role=Role.NURSE),
        owner=DeviceOwner.ORGANISATION,
        device=DeviceId(UUID(made["id"])),
    )
    vault = open_office.vault
    begun = begin_intake(vault, source_name="Card", route=Route.CARD, by=MEI, handover=said)
    [(got, _)] = receive(vault, sealed=[(kept(vault, b"a wound"), arrival(begun))], by=MEI)
    patient = added(vault)
    filed = file_image(vault, image=got.id, link=linked(patient), facts=whole_facts(), by=MEI)
    facts = dict(facts_of(filed))
    assert facts["Brought by"] == "Wiremu Rata, nurse"
    assert facts["Device"] == "Canon EOS 90D (register: Ward 5 camera, asset A-77)"
    caption = caption_of(filed)
    assert "(register: Ward 5 camera, asset A-77)" in caption
    assert "brought by Wiremu Rata, nurse" in caption
    row = image_row(filed)
    assert (row["brought_by"], row["registered_device"]) == (
        "Wiremu Rata", "Ward 5 camera, asset A-77",
    )  # fmt: skip
    assert row["who_when_mode_recorded"] is False  # nobody said when
    assert "capture_time" in "".join(row["missing"]).replace("-", "_")
