"""Pages that came back as images: attached with their patient, never filed with somebody else."""

from dataclasses import replace

import pytest

from desktop.printing.sheet_of_images import facts_of
from desktop.records.deeds.describing import note_description
from desktop.records.deeds.filing import file_image
from desktop.records.deeds.looking import image as image_with
from desktop.records.deeds.scan_back import (
    forms_due,
    how_many_forms_due,
    note_page_codes,
    page_seen,
    pages_seen,
)
from desktop.records.deeds.settings import change_settings
from desktop.records.deeds.sheets import register_sheet
from desktop.records.deeds.undoing import take_back
from desktop.records.facts.clinical_image import ClinicalImage, Essential, FilingFacts, ImageState
from desktop.records.facts.consent import Consent, ConsentForm
from desktop.records.facts.office_settings import OfficeSettings
from desktop.records.facts.page_scan import FormOfAnotherPatient, PageOfAnotherPatient
from desktop.records.facts.patient import Patient
from desktop.records.facts.sheet import NewSheet, page_code
from desktop.records.rules.scan_back import consent_of_set, form_number, is_back
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import (
    MEI,
    added,
    deeds,
    described_as,
    linked,
    received,
    time_of_file,
    whole_facts,
)

FORM, SHEET, OTHER_FORM = "CF7K3QX9FM", "RS7K3QX9FM", "CF00000000"
ON_FORM = Consent(form=ConsentForm.WRITTEN, reference="cf 7k3q x9fm")


def shown(vault: Vault, *codes: str, content: bytes = b"a page") -> ClinicalImage:
    """An image in the tray on which these codes were read."""
    image = received(vault, content)
    said = replace(described_as(time_of_file()), page_codes=codes)
    return note_description(vault, image=image.id, description=said, thumbnail=None, by=MEI)


def on_form(consent: Consent = ON_FORM) -> FilingFacts:
    return replace(whole_facts(), consent=consent)


def filed(
    vault: Vault, image: ClinicalImage, patient: Patient, facts: FilingFacts | None = None
) -> ClinicalImage:
    return file_image(
        vault, image=image.id, link=linked(patient), facts=facts or whole_facts(), by=MEI
    )


def registered(vault: Vault, patient: Patient, number: str, *, pages: int = 1) -> None:
    """A paper of this patient, in the register."""
    photo = filed(vault, shown(vault, content=number.encode()), patient)
    new = NewSheet(patient=patient.id, images=[photo.id], pages=pages, number=number, target="pdf")
    register_sheet(vault, new, by=MEI)


@pytest.mark.requirement("R43")
def test_a_form_attaches_by_itself_and_is_outstanding_no_more(vault: Vault) -> None:
    aroha = added(vault)
    registered(vault, aroha, FORM, pages=2)
    photo = filed(vault, shown(vault, content=b"a wound"), aroha, on_form())
    assert photo.form_due == FORM
    assert dict(facts_of(photo))["Consent"] == "written form no. CF 7K3Q X9FM: OUTSTANDING"
    (due,) = forms_due(vault)
    assert (due.number, due.patient, due.images, due.pages_in, due.pages) == (FORM, aroha, 1, 0, 2)
    for page in (1, 2):
        scan = shown(vault, page_code(FORM, page), content=bytes([page]))
        assert not pages_seen(vault, [scan])[scan.id][0].attached
        scan = filed(vault, scan, aroha, on_form())
        (seen,) = pages_seen(vault, [scan])[scan.id]
        assert (seen.attached, seen.title, seen.patient) == (True, "consent form", aroha)
        assert how_many_forms_due(vault) == len(forms_due(vault)) == (1 if page == 1 else 0)
    said = dict(facts_of(image_with(vault, photo.id)))
    assert said["Consent"] == "written form no. CF 7K3Q X9FM: attached"
    assert [name for name, _ in deeds(vault)][-2:] == ["page attached", "consent form back"]


@pytest.mark.requirement("R43", "R66")
@pytest.mark.parametrize("number", [FORM, SHEET])
def test_a_page_of_somebody_else_keeps_its_image_out(vault: Vault, number: str) -> None:
    aroha, mere = added(vault), added(vault, "ZZZ0024", "Rata")
    registered(vault, aroha, number)
    scan = shown(vault, page_code(number, 1))
    with pytest.raises(PageOfAnotherPatient) as told:
        filed(vault, scan, mere)
    assert aroha.banner in str(told.value)
    assert mere.banner in str(told.value)
    assert image_with(vault, scan.id).state is ImageState.RECEIVED
    assert filed(vault, scan, aroha).state is ImageState.FILED


@pytest.mark.requirement("R43", "R66")
def test_what_was_linked_before_it_was_looked_into_is_held_to_its_pages_too(vault: Vault) -> None:
    aroha, mere = added(vault), added(vault, "ZZZ0024", "Rata")
    registered(vault, aroha, FORM)
    waiting = replace(whole_facts(), taken=None)
    for patient, state in ((mere, ImageState.INCOMPLETE), (aroha, ImageState.FILED)):
        scan = filed(vault, received(vault, patient.id.bytes), patient, waiting)
        assert scan.state is ImageState.INCOMPLETE
        said = replace(described_as(time_of_file()), page_codes=(page_code(FORM, 1),))
        seen = note_description(vault, image=scan.id, description=said, thumbnail=None, by=MEI)
        assert seen.state is state
        (page,) = pages_seen(vault, [seen])[scan.id]
        assert page.attached is (patient is aroha)
    assert "page of another patient seen" in [name for name, _ in deeds(vault)]


@pytest.mark.requirement("R43")
def test_a_blank_form_goes_with_whom_the_clerk_chose_also_twice(vault: Vault) -> None:
    aroha, mere = added(vault), added(vault, "ZZZ0024", "Rata")
    seen = page_seen(vault, page_code(FORM, 1))
    assert seen is not None
    assert seen.patient is None
    assert "of nobody yet" in seen.words
    for patient in (aroha, mere):  # a blank form is photocopied
        photo = filed(vault, shown(vault, content=str(patient.id).encode()), patient, on_form())
        assert photo.form_due == FORM
        filed(vault, shown(vault, page_code(FORM, 1), content=patient.id.bytes), patient)
        assert image_with(vault, photo.id).form_due == ""
    assert not forms_due(vault)


def test_a_form_whose_scan_is_taken_back_is_out_again(vault: Vault) -> None:
    aroha = added(vault)
    photo = filed(vault, shown(vault, content=b"a wound"), aroha, on_form())
    scan = filed(vault, shown(vault, page_code(FORM, 1)), aroha, on_form())
    assert not forms_due(vault)
    take_back(vault, image=scan.id, by=MEI, reason="wrong patient")
    assert [one.images for one in forms_due(vault)] == [1]
    assert image_with(vault, photo.id).form_due == FORM
    filed(vault, image_with(vault, scan.id), aroha)
    assert not forms_due(vault)


def test_a_closer_look_is_noted_and_attaches_what_is_linked(vault: Vault) -> None:
    aroha, mere = added(vault), added(vault, "ZZZ0024", "Rata")
    registered(vault, aroha, SHEET)
    mine, hers = shown(vault, content=b"1"), shown(vault, content=b"2")
    filed(vault, mine, aroha)
    filed(vault, hers, mere)
    (seen,) = note_page_codes(vault, image=mine.id, codes=[page_code(SHEET, 1)], by=MEI)
    assert seen.attached
    again = image_with(vault, mine.id).description
    assert again is not None
    assert again.page_codes == (page_code(SHEET, 1),)
    with pytest.raises(PageOfAnotherPatient):
        note_page_codes(vault, image=hers.id, codes=[page_code(SHEET, 1)], by=MEI)


@pytest.mark.requirement("R43")
def test_an_office_that_files_on_written_consent_waits_for_the_form(vault: Vault) -> None:
    change_settings(vault, settings=OfficeSettings(written_consent=True), by=MEI)
    aroha = added(vault)
    verbal = on_form(Consent(form=ConsentForm.VERBAL))
    for place, (facts, wanted) in enumerate(
        [
            (verbal, (Essential.CONSENT_FORM,)),
            (on_form(Consent(form=ConsentForm.WRITTEN)), (Essential.CONSENT_FORM,)),
            (on_form(Consent(form=ConsentForm.NONE_YET)), (Essential.CONSENT,)),
            (whole_facts(), ()),  # a form that is not of ours counts where it is named
        ]
    ):
        assert filed(vault, shown(vault, content=bytes([place])), aroha, facts).missing == wanted
    photo = filed(vault, shown(vault, content=b"a wound"), aroha, on_form())
    assert (photo.state, photo.missing) == (ImageState.INCOMPLETE, (Essential.CONSENT_FORM,))
    scan = filed(vault, shown(vault, page_code(FORM, 1)), aroha, on_form())
    assert scan.state is image_with(vault, photo.id).state is ImageState.FILED
    assert [name for name, _ in deeds(vault)][-4:-1] == [
        "page attached",
        "image filed",
        "consent form back",
    ]


@pytest.mark.requirement("R43", "R70")
@pytest.mark.parametrize("written_only", [False, True])
def test_the_image_of_a_consent_form_wants_no_further_consent(
    vault: Vault, written_only: bool
) -> None:
    change_settings(vault, settings=OfficeSettings(written_consent=written_only), by=MEI)
    aroha = added(vault)
    nothing_said = on_form(Consent(form=ConsentForm.NONE_YET))
    early = filed(vault, received(vault, b"not looked into yet"), aroha, nothing_said)
    assert Essential.CONSENT in early.missing
    said = replace(described_as(time_of_file()), page_codes=(page_code(FORM, 1),))
    scan = note_description(vault, image=early.id, description=said, thumbnail=None, by=MEI)
    later = filed(vault, shown(vault, page_code(FORM, 1)), aroha, nothing_said)
    for one in (scan, later):
        assert (one.state, one.missing) == (ImageState.FILED, ())
        assert dict(facts_of(one))["Consent"] == "written form no. CF 7K3Q X9FM: attached"
    assert [name for name, _ in deeds(vault)][-3:] == [
        "page attached",
        "consent form rests on itself",
        "image filed",
    ]
    sheet = filed(vault, shown(vault, page_code(SHEET, 1), content=b"s"), aroha, nothing_said)
    assert sheet.missing == (Essential.CONSENT,)


@pytest.mark.requirement("R43", "R66")
def test_the_form_of_somebody_else_is_no_consent(vault: Vault) -> None:
    aroha, mere = added(vault), added(vault, "ZZZ0024", "Rata")
    registered(vault, aroha, FORM)
    photo = shown(vault, content=b"a wound")
    with pytest.raises(FormOfAnotherPatient, match="CF 7K3Q X9FM is of") as told:
        filed(vault, photo, mere, on_form())
    assert aroha.banner in str(told.value)
    assert image_with(vault, photo.id).state is ImageState.RECEIVED
    assert filed(vault, photo, aroha, on_form()).state is ImageState.FILED


def test_labels_and_pages_of_printers_are_no_papers_of_a_chart(vault: Vault) -> None:
    for prefix in ("LB", "PC"):
        assert page_seen(vault, page_code(prefix + FORM[2:], 1)) is None
    assert page_seen(vault, "hello") is None


@pytest.mark.requirement("R43")
def test_written_consent_rests_on_the_form_that_came_with_it() -> None:
    written = Consent(form=ConsentForm.WRITTEN)
    codes = [page_code(FORM, 1), page_code(FORM, 2), page_code(SHEET, 1)]
    assert consent_of_set(written, codes) == replace(written, reference=FORM)
    named = replace(written, reference="in the chart")
    assert consent_of_set(named, codes) == named
    assert consent_of_set(written, [*codes, page_code(OTHER_FORM, 1)]) == written
    verbal = Consent(form=ConsentForm.VERBAL)
    assert consent_of_set(verbal, codes) == verbal


def test_a_form_of_ours_is_known_however_it_was_typed() -> None:
    assert form_number(ON_FORM) == FORM
    assert form_number(replace(ON_FORM, reference=page_code(FORM, 1))) == FORM
    assert form_number(replace(ON_FORM, reference="CF-1183")) == ""
    assert form_number(replace(ON_FORM, form=ConsentForm.VERBAL)) == ""
    assert is_back([1, 2], pages=2)
    assert not is_back([2], pages=2)
    assert not is_back([], pages=None)
