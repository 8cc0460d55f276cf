"""What lies in the tray came from a device: filed later, it is of that device all the same."""

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.devices.finding import open_source
from desktop.intake.filing_report import TRAY, DeskFacts, FileRequest
from desktop.intake.receiving import receive_items
from desktop.media.describer import Described
from desktop.problem import Cancelled
from desktop.records.deeds.devices import add_device
from desktop.records.deeds.looking import tray
from desktop.records.deeds.patients import patient_with_number
from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.consent import Consent, ConsentForm, Purpose
from desktop.records.facts.devices import Handover, NewDevice
from desktop.records.facts.identifiers import nhi
from desktop.records.facts.people import Photographer, Role
from desktop.shipped import sample_photos
from desktop.verbs.filing import filing_verbs
from desktop.verbs.office import open_office
from desktop.verbs.tray import file_from_tray, tray_items
from tests.end_to_end.command_line import PASSWORD, USER


@pytest.mark.requirement("R27", "R69")
def test_the_register_fills_what_an_image_of_the_tray_does_not_say(
    tmp_path: Path, office_to_copy: Path
) -> None:
    shutil.copytree(office_to_copy, tmp_path / "office")
    (tmp_path / "card").mkdir()
    photo = next(iter(sample_photos()))
    shutil.copyfile(photo, tmp_path / "card" / "IMG_1.JPG")
    with open_office(tmp_path / "office", user=USER, password=PASSWORD) as office:
        new = NewDevice(owner=DeviceOwner.ORGANISATION, name="Ward 5 camera", serial="0123456789")
        device = add_device(office.vault, new=new, by=office.person)
        verbs = filing_verbs(office)
        with closing(open_source(str(tmp_path / "card"))) as source:
            receive_items(
                source=source,
                items=list(source.items()),
                intake=verbs.begin(source.info, Handover(owner=device.owner, device=device.id)),
                verbs=verbs.keep,
                tell=lambda _: None,
                stopped=lambda: False,
            )
        patient = patient_with_number(office.vault, number=nhi("ZZZ0016"))
        report = file_from_tray(
            office,
            FileRequest(
                source_id=TRAY,
                items=tuple(tray_items(office)),
                patient=patient.id,
                number=nhi("ZZZ0016"),
                born=patient.born,
                facts=DeskFacts(
                    photographer=Photographer(name="Hana Parata", role=Role.NURSE),
                    owner=DeviceOwner.ORGANISATION,
                    purposes=frozenset({Purpose.CARE}),
                    consent=Consent(form=ConsentForm.VERBAL),
                ),
            ),
        )
    (image,) = [*report.filed, *report.incomplete]
    assert image.mode is not None
    assert image.mode.device.serial == "0123456789"


@pytest.mark.requirement("R73")
def test_one_damaged_original_does_not_hold_up_the_rest_of_the_tray(
    tmp_path: Path, office_to_copy: Path
) -> None:
    shutil.copytree(office_to_copy, tmp_path / "office")
    originals = tmp_path / "office" / "originals"
    before = set(originals.rglob("*"))
    (tmp_path / "card").mkdir()
    for place, photo in enumerate(list(sample_photos())[:2]):
        shutil.copyfile(photo, tmp_path / "card" / f"IMG_{place}.JPG")

    def cut_off(_image: ClinicalImage) -> Described:
        raise Cancelled

    with open_office(tmp_path / "office", user=USER, password=PASSWORD) as office:
        verbs = filing_verbs(office)
        with closing(open_source(str(tmp_path / "card"))) as source:
            receive_items(
                source=source,
                items=list(source.items()),
                intake=verbs.begin(source.info, Handover()),
                verbs=replace(verbs.keep, describe=cut_off),
                tell=lambda _: None,
                stopped=lambda: False,
            )
        damaged = next(path for path in set(originals.rglob("*")) - before if path.is_file())
        content = bytearray(damaged.read_bytes())
        content[len(content) // 2] ^= 1
        damaged.chmod(0o600)
        damaged.write_bytes(content)
        assert len(list(tray_items(office))) == 2
        assert sorted(image.description is None for image in tray(office.vault)) == [False, True]
