"""A sheet that somebody takes along: to whom, by whom, when; and what never leaves so (R79)."""

import pytest

from desktop.records.deeds.filing import file_image
from desktop.records.deeds.sheet_loop import (
    confirm_in_hand,
    destroy_sheet,
    hand_over,
    how_many_not_in_chart,
    not_in_chart,
    put_into_chart,
    recall_sheet,
    sheets_in_state,
)
from desktop.records.deeds.sheets import register_sheet, sheets_of
from desktop.records.facts.patient import Patient
from desktop.records.facts.sheet import (
    SEALED_PDF,
    NewSheet,
    Sheet,
    SheetKind,
    SheetState,
    new_paper_number,
    page_code,
)
from desktop.records.facts.sheet_problems import (
    CopyNotSaid,
    NobodyTookIt,
    OnlyCopyStays,
    SheetBelongsInChart,
    SheetNotInHand,
    SheetNotInThatState,
)
from desktop.records.facts.trail import TrailFilter
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, Clock, added, linked, received, whole_facts

pytestmark = pytest.mark.requirement("R79")


def in_hand(
    vault: Vault, patient: Patient, kind: SheetKind, number: str = "", target: str = "printer Desk"
) -> Sheet:
    """One copy of a paper, all its pages confirmed."""
    images = [received(vault, b"a wound")] if kind.shows_images else []
    for image in images:
        file_image(vault, image=image.id, link=linked(patient), facts=whole_facts(), by=MEI)
    sheet = register_sheet(
        vault,
        NewSheet(
            patient=patient.id,
            images=[image.id for image in images],
            pages=1,
            number=number or new_paper_number(kind.prefix),
            target=target,
            kind=kind,
        ),
        by=MEI,
    )
    digits = page_code(sheet.number, 1)[-2:]
    return confirm_in_hand(vault, sheet=sheet.id, check_digits=digits, by=MEI)


@pytest.mark.requirement("R54", "R97")
@pytest.mark.parametrize(
    "kind",
    [
        SheetKind.LETTER,
        SheetKind.RECALL,
        SheetKind.ACCESS,
        SheetKind.PATIENT_COPY,
        SheetKind.DISCLOSURES,
        SheetKind.QUERY,
        SheetKind.NOTICE,
        SheetKind.OWN_COPY,
    ],
)
def test_what_is_written_to_somebody_is_handed_over_and_waits_no_more(
    vault: Vault, office_clock: Clock, kind: SheetKind
) -> None:
    patient = added(vault)
    sheet = in_hand(vault, patient, kind)
    office_clock.move(minutes=5)
    with pytest.raises(NobodyTookIt, match="by name"):
        hand_over(vault, sheet=sheet.id, to="  ", by=MEI)
    assert how_many_not_in_chart(vault) == 1
    gone = hand_over(vault, sheet=sheet.id, to=" Dr  Xu, Eastern Clinic ", by=MEI)
    assert (gone.state, gone.handed_to) == (SheetState.HANDED_OVER, "Dr Xu, Eastern Clinic")
    assert (gone.handed_at, gone.handed_by) == (office_clock.now, MEI.name)
    assert gone.stands == "handed over to Dr Xu, Eastern Clinic"
    assert sheets_of(vault, patient.id) == [gone]
    assert (not_in_chart(vault), how_many_not_in_chart(vault)) == ([], 0)
    assert sheets_in_state(vault, SheetState.HANDED_OVER) == [(gone, patient)]
    with vault.look() as look:
        [line] = look.trail.page(TrailFilter(), before=None, most=1)
    assert (line.deed, line.by, line.patient) == ("sheet handed over", MEI.name, patient.id)
    assert (line.facts["sheet"], line.facts["to"]) == (gone.number, gone.handed_to)
    with pytest.raises(SheetNotInThatState, match="is handed over to Dr Xu"):
        hand_over(vault, sheet=sheet.id, to="somebody else", by=MEI)


@pytest.mark.parametrize(
    "kind",
    [
        SheetKind.RECORD,
        SheetKind.CONTACT,
        SheetKind.COMPARISON,
        SheetKind.NOTE,
        SheetKind.ADVICE,
        SheetKind.INDEX,
    ],
)
def test_what_belongs_in_the_chart_is_handed_to_nobody(vault: Vault, kind: SheetKind) -> None:
    sheet = in_hand(vault, added(vault), kind)
    with pytest.raises(SheetBelongsInChart, match=f"is a {kind.words}: it belongs in the chart"):
        hand_over(vault, sheet=sheet.id, to="Dr Xu", by=MEI)
    assert how_many_not_in_chart(vault) == 1


def test_every_kind_of_paper_is_for_the_chart_or_for_people() -> None:
    both = [one for one in SheetKind if one.is_for_people and one.is_signed]
    assert both == []
    assert not any(one.shows_images for one in SheetKind if one.is_for_people or one.is_signed)


@pytest.mark.requirement("R49", "R54")
@pytest.mark.parametrize("kind", [SheetKind.CONSENT, SheetKind.REFUSAL, SheetKind.WITHDRAWAL])
def test_of_what_a_patient_signs_one_copy_stays(vault: Vault, kind: SheetKind) -> None:
    patient = added(vault)
    first = in_hand(vault, patient, kind)
    with pytest.raises(OnlyCopyStays, match="one has to stay"):
        hand_over(vault, sheet=first.id, to=patient.name, by=MEI)
    second = in_hand(vault, patient, kind, first.number)
    theirs = hand_over(vault, sheet=second.id, to=patient.name, by=MEI)
    assert not_in_chart(vault) == [(first, patient)]
    with pytest.raises(OnlyCopyStays):
        hand_over(vault, sheet=first.id, to=patient.name, by=MEI)
    filed = put_into_chart(vault, code=page_code(first.number, 1), copy=1, by=MEI)
    assert {one.state for one in sheets_of(vault, patient.id)} == {filed.state, theirs.state}


@pytest.mark.requirement("R115")
def test_a_file_that_a_passphrase_opens_is_for_somebody_whatever_it_shows(vault: Vault) -> None:
    sealed = in_hand(vault, added(vault), SheetKind.RECORD, target=SEALED_PDF)
    assert hand_over(vault, sheet=sealed.id, to="Dr Xu", by=MEI).handed_to == "Dr Xu"


def test_nothing_is_handed_over_before_all_its_pages_are_in_hand(vault: Vault) -> None:
    patient = added(vault)
    new = NewSheet(
        patient=patient.id,
        images=[],
        pages=2,
        number=new_paper_number("NT"),
        target="printer Desk",
        kind=SheetKind.NOTICE,
    )
    sheet = register_sheet(vault, new, by=MEI)
    with pytest.raises(SheetNotInHand, match="check digits"):
        hand_over(vault, sheet=sheet.id, to=patient.name, by=MEI)
    destroy_sheet(vault, sheet=sheet.id, why="smeared", by=MEI)
    with pytest.raises(SheetNotInThatState, match="destroyed"):
        hand_over(vault, sheet=sheet.id, to=patient.name, by=MEI)


def test_what_was_handed_over_comes_back_by_its_code(vault: Vault) -> None:
    patient = added(vault)
    sheet = in_hand(vault, patient, SheetKind.NOTICE)
    code = page_code(sheet.number, 1)
    hand_over(vault, sheet=sheet.id, to=patient.name, by=MEI)
    again = in_hand(vault, patient, SheetKind.NOTICE, sheet.number)
    with pytest.raises(CopyNotSaid, match=r"copy 1, 2\."):  # signed and back, or the other one
        put_into_chart(vault, code=code, by=MEI)
    back = put_into_chart(vault, code=code, copy=1, volume="2", by=MEI)
    assert (back.state, back.handed_to) == (SheetState.IN_CHART, patient.name)
    assert not_in_chart(vault) == [(again, patient)]


@pytest.mark.requirement("R54")
def test_what_somebody_has_is_called_back_and_destroyed_where_it_is(vault: Vault) -> None:
    sheet = in_hand(vault, added(vault), SheetKind.LETTER)
    hand_over(vault, sheet=sheet.id, to="Dr Xu", by=MEI)
    recalled = recall_sheet(vault, sheet=sheet.id, why="sent by mistake", by=MEI)
    assert recalled.stands == "recalled: to come back from Dr Xu"
    with pytest.raises(SheetNotInThatState, match="to come back from Dr Xu"):
        put_into_chart(vault, code=page_code(sheet.number, 1), by=MEI)
    gone = destroy_sheet(vault, sheet=sheet.id, why="shredded there", by=MEI)
    assert (gone.state, gone.handed_to) == (SheetState.DESTROYED, "Dr Xu")
