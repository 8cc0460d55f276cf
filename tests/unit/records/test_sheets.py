"""The register of printed sheets."""

import pytest

from desktop.records.deeds.filing import file_image
from desktop.records.deeds.sheets import register_sheet, sheets_of
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.filing_problems import SheetImagesMixed, SheetNumberTaken
from desktop.records.facts.ids import ImageId, PatientId, new_uuid
from desktop.records.facts.patient import Patient
from desktop.records.facts.problems import ImageUnknown, NoImagesForSheet, PatientUnknown
from desktop.records.facts.sheet import Sheet
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, Clock, added, deeds, linked, received, whole_facts

pytestmark = pytest.mark.requirement("R77", "R79")


def under(vault: Vault, patient: Patient, content: bytes) -> ClinicalImage:
    image = received(vault, content)
    return file_image(vault, image=image.id, link=linked(patient), facts=whole_facts(), by=MEI)


def register(
    vault: Vault, patient: PatientId, images: list[ImageId], number: str = "RS7K3QX9FM"
) -> Sheet:
    return register_sheet(
        vault, patient=patient, images=images, pages=2, number=number, target="pdf", by=MEI
    )


def test_a_sheet_and_its_copies_are_in_the_register(vault: Vault, office_clock: Clock) -> None:
    patient = added(vault)
    images = [under(vault, patient, content).id for content in (b"one", b"two", b"three")]
    images = [images[2], images[0], images[1]]
    first = register(vault, patient.id, images)
    office_clock.move(minutes=1)
    second = register(vault, patient.id, images[:1])
    other = register(vault, patient.id, images, "RS00000000")
    assert (first.copy, second.copy, other.copy) == (1, 2, 1)
    assert (first.made_by, first.target, first.pages) == (MEI.name, "pdf", 2)
    listed = sheets_of(vault, patient.id)
    assert listed[-1] == first
    assert {sheet.id: sheet for sheet in listed} == {s.id: s for s in (first, second, other)}
    assert first.images == tuple(images)
    assert deeds(vault)[-1] == ("sheet made", MEI.name)


def test_a_sheet_speaks_of_one_patient(vault: Vault) -> None:
    mine, theirs = added(vault), added(vault, "ZZZ0024", "Ngata")
    image, other = under(vault, mine, b"one"), under(vault, theirs, b"two")
    loose = received(vault, b"three")
    for wrong in (other.id, loose.id):
        with pytest.raises(SheetImagesMixed, match="PŌMARE"):
            register(vault, mine.id, [image.id, wrong])
    with pytest.raises(ImageUnknown):
        register(vault, mine.id, [ImageId(new_uuid())])
    with pytest.raises(NoImagesForSheet):
        register(vault, mine.id, [])
    with pytest.raises(PatientUnknown):
        register(vault, PatientId(new_uuid()), [image.id])
    register(vault, mine.id, [image.id])
    with pytest.raises(SheetNumberTaken):
        register(vault, theirs.id, [other.id])
    assert len(sheets_of(vault, mine.id)) == 1
    assert sheets_of(vault, theirs.id) == []
