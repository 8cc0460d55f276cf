"""Consent refused and withdrawn: records of their own, and what they stop at once (R49, R54)."""

from dataclasses import replace

import pytest

from desktop.records.deeds.consent_ends import (
    consent_ends,
    note_given_again,
    note_refusal,
    note_withdrawal,
)
from desktop.records.deeds.copying import check_release, note_given_out
from desktop.records.deeds.filing import file_image
from desktop.records.deeds.sheet_loop import put_into_chart
from desktop.records.deeds.sheets import register_sheet, sheets_of
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.consent import Purpose
from desktop.records.facts.consent_end import (
    AgainWhyMissing,
    ConsentEndUnknown,
    ConsentWithdrawn,
    EndKind,
    NewConsentEnd,
    NobodySaidNo,
)
from desktop.records.facts.copies import Ground, Release
from desktop.records.facts.patient import Patient
from desktop.records.facts.problems import ImageUnknown
from desktop.records.facts.sheet import NewSheet, Sheet, SheetState, new_sheet_number, page_code
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, added, deeds, linked, received, whole_facts

pytestmark = pytest.mark.requirement("R54")

TEACHING = frozenset({Purpose.TEACHING})


def filed(vault: Vault, patient: Patient, purposes: frozenset[Purpose]) -> ClinicalImage:
    image = received(vault, f"{patient.id} {sorted(purposes)}".encode())
    facts = replace(whole_facts(), purposes=purposes)
    return file_image(vault, image=image.id, link=linked(patient), facts=facts, by=MEI)


def said(patient: Patient, *purposes: Purpose, by: str = "the patient") -> NewConsentEnd:
    return NewConsentEnd(
        patient=patient.id,
        kind=EndKind.WITHDRAWN,
        purposes=frozenset(purposes),
        said_by=by,
        form="cw 7k3q x9fm",
    )


def release(purpose: Purpose, **more: str) -> Release:
    reasons = {"why_identifiable": "the face is the finding", "reference": "ethics 7"}
    return Release(
        recipient="Dr Mere Test", purpose=purpose, is_deidentified=False, **{**reasons, **more}
    )


def on_paper(vault: Vault, *images: ClinicalImage) -> Sheet:
    assert images[0].patient is not None
    new = NewSheet(
        patient=images[0].patient,
        images=[image.id for image in images],
        pages=1,
        number=new_sheet_number(),
        target="pdf",
    )
    return register_sheet(vault, new, by=MEI)


@pytest.mark.requirement("R49")
def test_a_refusal_stands_where_no_image_exists(vault: Vault) -> None:
    patient = added(vault)
    with pytest.raises(NobodySaidNo):
        note_refusal(vault, said(patient, by=" "), by=MEI)
    end = note_refusal(vault, replace(said(patient), what="left knee"), by=MEI)
    assert consent_ends(vault, patient.id) == [end]
    assert (end.said.kind, end.said.what, end.scope) == (EndKind.REFUSED, "left knee", "every use")
    assert end.said.form == "CW7K3QX9FM"
    assert deeds(vault)[-1] == ("consent refused", MEI.name)
    image = filed(vault, patient, frozenset({Purpose.CARE}))  # they agreed later
    assert check_release(vault, image=image.id, release=release(Purpose.CARE), by=MEI)


def test_nothing_leaves_for_a_purpose_that_was_withdrawn(vault: Vault) -> None:
    patient = added(vault)
    image = filed(vault, patient, frozenset({Purpose.CARE, Purpose.TEACHING}))
    note_given_out(vault, image=image.id, release=release(Purpose.TEACHING), by=MEI)
    note_given_out(vault, image=image.id, release=release(Purpose.CARE), by=MEI)
    done = note_withdrawal(vault, said(patient, Purpose.TEACHING), by=MEI)
    assert [one.purpose for one in done.told] == ["teaching"]
    for deidentified in (False, True):
        order = replace(release(Purpose.TEACHING), is_deidentified=deidentified)
        with pytest.raises(ConsentWithdrawn, match="Consent for teaching was withdrawn on"):
            check_release(vault, image=image.id, release=order, by=MEI)
    with pytest.raises(ConsentWithdrawn):
        note_given_out(vault, image=image.id, release=release(Purpose.TEACHING), by=MEI)
    court = release(Purpose.TEACHING, authority="court order 7")
    assert note_given_out(vault, image=image.id, release=court, by=MEI) is Ground.AUTHORITY
    assert note_given_out(vault, image=image.id, release=release(Purpose.CARE), by=MEI)
    whole = note_withdrawal(vault, said(patient), by=MEI)
    assert len(whole.told) == 4
    with pytest.raises(ConsentWithdrawn):
        note_given_out(vault, image=image.id, release=release(Purpose.CARE), by=MEI)
    for end in (done.end, whole.end):
        note_given_again(vault, end=end.id, why="signed anew", by=MEI)
    assert note_given_out(vault, image=image.id, release=release(Purpose.TEACHING), by=MEI)


def test_a_withdrawal_that_names_images_leaves_the_others_as_they_are(vault: Vault) -> None:
    patient, stranger = added(vault), added(vault, "ZZZ0024", "Ngata")
    named, other = (
        filed(vault, patient, uses)
        for uses in (TEACHING, frozenset({Purpose.TEACHING, Purpose.PUBLICATION}))
    )
    theirs = filed(vault, stranger, TEACHING)
    for image in (named, other):
        note_given_out(vault, image=image.id, release=release(Purpose.TEACHING), by=MEI)
    goes, stays = on_paper(vault, named), on_paper(vault, other)
    with pytest.raises(ImageUnknown):
        note_withdrawal(vault, replace(said(patient), images=frozenset({theirs.id})), by=MEI)
    assert consent_ends(vault, patient.id) == []
    done = note_withdrawal(vault, replace(said(patient), images=frozenset({named.id})), by=MEI)
    assert consent_ends(vault, patient.id) == [done.end]
    assert done.end.scope == f"every use of image {named.short_number}"
    assert [one.id for one in done.recalled] == [goes.id]
    assert [one.image for one in done.told] == [named.id]
    with pytest.raises(ConsentWithdrawn):
        check_release(vault, image=named.id, release=release(Purpose.TEACHING), by=MEI)
    assert check_release(vault, image=other.id, release=release(Purpose.TEACHING), by=MEI)
    with pytest.raises(ConsentWithdrawn):
        on_paper(vault, named)
    assert on_paper(vault, other).number != stays.number


def test_paper_that_is_not_for_care_comes_back_and_no_more_is_made(vault: Vault) -> None:
    patient, other = added(vault), added(vault, "ZZZ0024", "Ngata")
    for_care = filed(vault, patient, frozenset({Purpose.CARE, Purpose.TEACHING}))
    for_class = filed(vault, patient, TEACHING)
    elsewhere = on_paper(vault, filed(vault, other, TEACHING))
    stays, goes = on_paper(vault, for_care), on_paper(vault, for_class)
    both = on_paper(vault, for_care, for_class)
    put_into_chart(vault, code=page_code(both.number, 1), by=MEI)
    done = note_withdrawal(vault, said(patient, Purpose.TEACHING), by=MEI)
    assert {one.id for one in done.recalled} == {goes.id, both.id}
    states = {one.id: one.state for one in sheets_of(vault, patient.id)}
    assert states[stays.id] is SheetState.MADE
    assert states[both.id] is states[goes.id] is SheetState.RECALLED
    assert sheets_of(vault, other.id)[0].state is elsewhere.state
    with pytest.raises(ConsentWithdrawn, match="stays in the record"):
        on_paper(vault, for_class)
    assert on_paper(vault, for_care).copy == 1


def test_it_is_lifted_once_with_a_reason(vault: Vault) -> None:
    patient = added(vault)
    end = note_withdrawal(vault, said(patient), by=MEI).end
    with pytest.raises(AgainWhyMissing):
        note_given_again(vault, end=end.id, why=" ", by=MEI)
    lifted = note_given_again(vault, end=end.id, why="entered for the wrong person", by=MEI)
    assert consent_ends(vault, patient.id) == [lifted]
    assert not lifted.stands
    with pytest.raises(ConsentEndUnknown):
        note_given_again(vault, end=end.id, why="again", by=MEI)
