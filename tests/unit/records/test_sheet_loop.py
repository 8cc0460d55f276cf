"""A sheet on its way into the chart, and out of it: no step is skipped or taken back unseen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.records.deeds.filing import file_image
from desktop.records.deeds.sheet_loop import (
    confirm_in_hand,
    destroy_sheet,
    found_by_code,
    how_many_not_in_chart,
    not_in_chart,
    other_loose_copies,
    put_into_chart,
    recall_sheet,
)
from desktop.records.deeds.sheets import register_sheet, sheets_of
from desktop.records.facts.patient import Patient
from desktop.records.facts.sheet import NewSheet, Sheet, SheetState, new_sheet_number, page_code
from desktop.records.facts.sheet_problems import (
    CopyNotSaid,
    LastPageNotInHand,
    NoReasonGiven,
    PageCodeWrong,
    PageNotOfSheet,
    SheetNotInThatState,
    SheetUnknown,
)
from desktop.records.rules.sheet_loop import NEXT, may_follow, shows_last_page
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, Clock, added, deeds, linked, received, whole_facts

pytestmark = pytest.mark.requirement("R77", "R79")


def printed(vault: Vault, patient: Patient, number: str = "", why: str = "") -> Sheet:
    image = received(vault, b"a wound")
    filed = file_image(vault, image=image.id, link=linked(patient), facts=whole_facts(), by=MEI)
    return register_sheet(
        vault,
        NewSheet(
            patient=patient.id,
            images=[filed.id],
            pages=3,
            number=number or new_sheet_number(),
            target="printer Desk",
            why=why,
        ),
        by=MEI,
    )


def test_from_the_printer_into_the_chart(vault: Vault, office_clock: Clock) -> None:
    patient = added(vault)
    sheet = printed(vault, patient)
    assert not_in_chart(vault) == [(sheet, patient)]
    last = page_code(sheet.number, 3)[-2:]
    wrong = next(two for two in ("00", "11") if two != last)
    with pytest.raises(LastPageNotInHand, match="last two digits"):
        confirm_in_hand(vault, sheet=sheet.id, check_digits=wrong, by=MEI)
    office_clock.move(minutes=2)
    in_hand = confirm_in_hand(vault, sheet=sheet.id, check_digits=f" {last} ", by=MEI)
    assert (in_hand.state, in_hand.in_hand_by) == (SheetState.IN_HAND, MEI.name)
    assert in_hand.in_hand_at == office_clock.now
    assert how_many_not_in_chart(vault) == 1
    code = page_code(sheet.number, 2)
    there = put_into_chart(vault, code=f"{code[:2]} {code[2:].lower()}", volume=" 2 ", by=MEI)
    assert (there.state, there.volume, there.in_chart_by) == (SheetState.IN_CHART, "2", MEI.name)
    assert sheets_of(vault, patient.id) == [there]
    assert not_in_chart(vault) == []
    assert [deed for deed, _ in deeds(vault)][-2:] == ["sheet in hand", "sheet in chart"]
    with pytest.raises(SheetNotInThatState, match="in the chart"):
        put_into_chart(vault, code=code, by=MEI)


def test_a_found_sheet_is_known_by_its_code(vault: Vault) -> None:
    patient = added(vault)
    first = printed(vault, patient)
    again = printed(vault, patient, first.number, why="coffee")
    assert (again.copy, again.why) == (2, "coffee")
    assert found_by_code(vault, page_code(first.number, 3)) == (again, 3)
    destroy_sheet(vault, sheet=again.id, why="spoiled", by=MEI)
    assert found_by_code(vault, page_code(first.number, 1)) == (first, 1)
    slip = page_code(first.number, 1)[:-1] + "X"
    for wrong in (slip, "", "ZZZ0016"):
        with pytest.raises(PageCodeWrong):
            found_by_code(vault, wrong)
    with pytest.raises(SheetUnknown, match="another organisation"):
        found_by_code(vault, page_code("RS00000000", 1))
    with pytest.raises(PageNotOfSheet, match="3 pages"):
        found_by_code(vault, page_code(first.number, 4))


def test_a_page_that_only_an_older_copy_has_is_found(vault: Vault) -> None:
    patient = added(vault)
    first = printed(vault, patient)
    new = NewSheet(
        patient=patient.id,
        images=first.images,
        pages=1,
        number=first.number,
        target="pdf",
        why="smaller",
    )
    again = register_sheet(vault, new, by=MEI)
    assert found_by_code(vault, page_code(first.number, 1)) == (again, 1)
    assert found_by_code(vault, page_code(first.number, 3)) == (first, 3)
    assert put_into_chart(vault, code=page_code(first.number, 2), by=MEI).copy == 1
    for page in (0, 4):
        with pytest.raises(PageNotOfSheet, match="3 pages"):
            found_by_code(vault, page_code(first.number, page))


def test_where_two_copies_are_loose_it_can_be_said_which_was_filed(vault: Vault) -> None:
    patient = added(vault)
    first = printed(vault, patient)
    printed(vault, patient, first.number, why="one for the ward")
    code = page_code(first.number, 1)
    with pytest.raises(CopyNotSaid, match=r"In no chart yet: copy 1, 2\."):
        put_into_chart(vault, code=code, by=MEI)
    filed = put_into_chart(vault, code=code, copy=1, by=MEI)
    assert (filed.copy, other_loose_copies(vault, filed)) == (1, [2])
    assert put_into_chart(vault, code=code, by=MEI).copy == 2
    with pytest.raises(SheetUnknown, match="copy 3"):
        put_into_chart(vault, code=code, copy=3, by=MEI)


def test_what_is_recalled_is_destroyed_and_never_slips_back(vault: Vault) -> None:
    sheet = printed(vault, added(vault))
    code = page_code(sheet.number, 1)
    put_into_chart(vault, code=code, by=MEI)
    with pytest.raises(NoReasonGiven):
        recall_sheet(vault, sheet=sheet.id, why=" ", by=MEI)
    recalled = recall_sheet(vault, sheet=sheet.id, why="consent withdrawn", by=MEI)
    assert (recalled.state, recalled.ended_why) == (SheetState.RECALLED, "consent withdrawn")
    with pytest.raises(SheetNotInThatState, match="recalled"):
        put_into_chart(vault, code=code, by=MEI)
    gone = destroy_sheet(vault, sheet=sheet.id, why="shredded", by=MEI)
    assert gone.in_chart_by == MEI.name  # where it had been is still told
    with pytest.raises(SheetNotInThatState, match="destroyed"):
        recall_sheet(vault, sheet=sheet.id, why="again", by=MEI)


@given(st.lists(st.sampled_from(SheetState)))
def test_no_road_leads_back(steps: list[SheetState]) -> None:
    """What was recalled or destroyed is never loose or in a chart again, whatever is tried."""
    state, ended = SheetState.MADE, False
    for step in steps:
        if may_follow(state, step):
            state = step
            assert not (ended and step is not SheetState.DESTROYED)
            ended = ended or step in {SheetState.RECALLED, SheetState.DESTROYED}
    assert set(NEXT) == set(SheetState)


@given(st.integers(1, 99), st.text("0123456789", min_size=2, max_size=2))
def test_only_the_last_page_shows_its_check_digits(pages: int, typed: str) -> None:
    number = "RS7K3QX9FM"
    assert shows_last_page(number, pages, typed) is (typed == page_code(number, pages)[-2:])
