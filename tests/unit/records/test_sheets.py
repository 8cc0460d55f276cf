"""The register of printed sheets."""

from dataclasses import replace

import pytest

from desktop.records.deeds.filing import file_image
from desktop.records.deeds.sheet_loop import found_by_code, how_many_not_in_chart, put_into_chart
from desktop.records.deeds.sheets import last_copy, note_not_printed, register_sheet, sheets_of
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.filing_problems import SheetImagesMixed, SheetNumberTaken
from desktop.records.facts.ids import ImageId, PatientId, new_uuid
from desktop.records.facts.patient import Patient
from desktop.records.facts.problems import ImageUnknown, NoImagesForSheet, PatientUnknown
from desktop.records.facts.sheet import (
    NewSheet,
    Sheet,
    SheetKind,
    SheetState,
    is_printed_code,
    new_paper_number,
    page_code,
    read_page_code,
    read_paper_number,
)
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
        vault,
        NewSheet(
            patient=patient,
            images=images,
            pages=2,
            number=number,
            target="pdf",
        ),
        by=MEI,
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


@pytest.mark.requirement("R43", "R49")
@pytest.mark.parametrize("kind", SheetKind)
def test_every_paper_of_a_chart_takes_the_same_way(vault: Vault, kind: SheetKind) -> None:
    patient = added(vault)
    number = new_paper_number(kind.prefix)
    images = (under(vault, patient, b"one").id,) if kind.shows_images else ()
    new = NewSheet(
        patient=patient.id,
        images=images,
        pages=2,
        number=number,
        target="pdf",
        kind=kind,
        written=(("site", "left ankle"),),
    )
    if kind.shows_images:
        with pytest.raises(NoImagesForSheet):
            register_sheet(vault, replace(new, images=()), by=MEI)
    made = register_sheet(vault, new, by=MEI)
    assert (made.kind, made.images, dict(made.written)) == (kind, images, {"site": "left ankle"})
    assert read_page_code(page_code(number, 2)) == (number, 2)
    assert found_by_code(vault, page_code(number, 2)) == (made, 2)
    assert how_many_not_in_chart(vault) == 1
    put_into_chart(vault, code=page_code(number, 1), by=MEI)
    assert sheets_of(vault, patient.id)[0].state is SheetState.IN_CHART


def test_prefixes_tell_kinds_apart() -> None:
    assert len({kind.prefix for kind in SheetKind}) == len(SheetKind)
    assert read_page_code(page_code(new_paper_number("LB"), 1)) is None  # labels are of no chart


def test_a_number_is_known_however_it_is_typed(vault: Vault) -> None:
    number = "HI0110ABCD"  # a hard-file index: its own I is no 1
    code = page_code(number, 1)
    typed = f"hi OiLo-abcd {code[10:].replace('0', 'o')}"
    assert read_page_code(typed) == (number, 1)
    assert read_page_code(typed.replace("a", "b")) is None
    assert (read_paper_number("Hi OI1O ABCD"), read_paper_number("HI OI1O ABCU")) == (number, None)
    assert not is_printed_code(typed)
    patient = added(vault)
    image = under(vault, patient, b"one")
    made = register(vault, patient.id, [image.id], "RS0110ABCD")
    assert last_copy(vault, "rs OLIO abcd") == made


def test_what_did_not_print_waits_for_nobody_until_it_turns_up(vault: Vault) -> None:
    patient = added(vault)
    image = under(vault, patient, b"one").id
    failed = register(vault, patient.id, [image])
    note_not_printed(vault, failed, why="printing.PrintNotDone", by=MEI)
    (line,) = sheets_of(vault, patient.id)
    assert (line.state, line.ended_why) == (SheetState.NOT_PRINTED, "printing.PrintNotDone")
    assert how_many_not_in_chart(vault) == 0
    again = register(vault, patient.id, [image])
    code = page_code(failed.number, 1)
    assert found_by_code(vault, code)[0] == again
    note_not_printed(vault, again, why="printing.PrintNotDone", by=MEI)
    there = put_into_chart(vault, code=code, by=MEI)  # its pages had come out all the same
    assert (there.copy, there.state, there.ended_why) == (2, SheetState.IN_CHART, "")
