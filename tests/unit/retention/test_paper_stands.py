"""Paper that may stand for a photo: where the office decided so, and by disposal alone (R77)."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.records.deeds.consent_ends import note_withdrawal
from desktop.records.deeds.copying import note_given_out
from desktop.records.deeds.describing import note_description
from desktop.records.deeds.disposal import (
    approve_disposal,
    carry_out_disposal,
    paper_to_destroy,
    propose_disposal,
)
from desktop.records.deeds.filing import file_image
from desktop.records.deeds.given_out import given_out
from desktop.records.deeds.holds import place_hold
from desktop.records.deeds.retention import due_count, due_images, overdue_images, retention_of
from desktop.records.deeds.settings import change_settings, office_settings
from desktop.records.deeds.sheet_loop import (
    confirm_in_hand,
    destroy_sheet,
    found_by_code,
    put_into_chart,
    recall_sheet,
)
from desktop.records.deeds.sheets import register_sheet
from desktop.records.facts.clinical_image import MediaKind
from desktop.records.facts.consent import Purpose
from desktop.records.facts.consent_end import EndKind, NewConsentEnd
from desktop.records.facts.copies import Release
from desktop.records.facts.ids import ImageId, PatientId, SheetId, new_uuid
from desktop.records.facts.office_settings import PaperBasisMissing, PaperDaysRefused
from desktop.records.facts.patient import Patient
from desktop.records.facts.people import Person
from desktop.records.facts.retention import HoldKind
from desktop.records.facts.retention_problems import NothingDue, NotYetDue, PaperTooPoor
from desktop.records.facts.sheet import NewSheet, PrintedAs, Sheet, SheetKind, SheetState, page_code
from desktop.records.facts.sheet_problems import SheetIsTheRecord
from desktop.records.rules.paper_keeping import in_chart_since
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import (
    MEI,
    Clock,
    MadeUpOffice,
    added,
    deeds,
    described_as,
    linked,
    received,
    whole_facts,
)
from tests.unit.retention.old_office import filed

pytestmark = pytest.mark.requirement("R77", "R107")

NUMBER, DAYS = "RS7K3QX9FM", 60


@dataclass
class PaperOffice:
    """One photo of one patient, on one sheet of two pages."""

    vault: Vault
    clock: Clock
    patient: Patient
    image: ImageId
    sheet: Sheet

    def in_chart(self, *, held: bool = True) -> None:
        if held:
            last = page_code(NUMBER, 2)[-2:]
            confirm_in_hand(self.vault, sheet=self.sheet.id, check_digits=last, by=MEI)
        put_into_chart(
            self.vault, code=page_code(NUMBER, 1), volume="2", copy=self.sheet.copy, by=MEI
        )

    def decide(self, days: int = DAYS, basis: str = "Records committee, 3 March 2026") -> None:
        said = replace(office_settings(self.vault), paper_days=days, paper_basis=basis)
        change_settings(self.vault, settings=said, by=MEI)

    def due(self) -> list[ImageId]:
        found = [one.image for one in due_images(self.vault)]
        assert due_count(self.vault) == len(found)
        return found


@pytest.fixture
def paper(vault: Vault, made: MadeUpOffice) -> PaperOffice:
    patient = added(vault)
    image = filed(vault, patient, b"a wound " * 99)
    describe(vault, image)
    return PaperOffice(vault, made.clock, patient, image, registered(vault, patient.id, image))


def describe(vault: Vault, image: ImageId, kind: MediaKind = MediaKind.PHOTO) -> None:
    said = replace(described_as(None), kind=kind)
    note_description(vault, image=image, description=said, thumbnail=b"small", by=MEI)


WELL = PrintedAs(per_page=2, paper="A4", is_grey=False)


def registered(
    vault: Vault, patient: PatientId, image: ImageId, *, printed: PrintedAs | None = WELL
) -> Sheet:
    return register_sheet(
        vault,
        NewSheet(
            patient=patient,
            images=[image],
            pages=2,
            number=NUMBER,
            target="printer front desk",
            printed=printed,
        ),
        by=MEI,
    )


def test_an_office_that_decided_nothing_keeps_both(paper: PaperOffice) -> None:
    paper.in_chart()
    paper.clock.move(days=3000)
    assert paper.due() == []
    with pytest.raises(NotYetDue):
        propose_disposal(paper.vault, by=MEI, images=[paper.image])


def test_who_decides_it_says_by_whose_advice_and_leaves_time(paper: PaperOffice) -> None:
    with pytest.raises(PaperBasisMissing, match="question of law"):
        paper.decide(basis=" ")
    for days in (-1, 1, 29, 3651):
        with pytest.raises(PaperDaysRefused, match=str(days)):
            paper.decide(days=days)
    assert office_settings(paper.vault).paper_days == 0


def test_the_photo_is_due_when_its_sheet_has_been_in_the_chart_that_long(
    paper: PaperOffice,
) -> None:
    paper.decide()
    paper.clock.move(days=DAYS * 3)
    assert paper.due() == []
    paper.in_chart()
    paper.clock.move(days=DAYS - 1)
    assert paper.due() == []
    paper.clock.move(days=1)
    assert paper.due() == [paper.image]
    (one,) = overdue_images(paper.vault)
    assert one.due.paper is not None
    assert (one.due.paper.number, one.due.paper.state) == (NUMBER, SheetState.IN_CHART)


def test_paper_that_nobody_held_whole_stands_for_nothing(paper: PaperOffice) -> None:
    paper.decide()
    paper.in_chart(held=False)
    paper.clock.move(days=DAYS * 2)
    assert paper.due() == []


@pytest.mark.parametrize("kind", [MediaKind.VIDEO, MediaKind.AUDIO, MediaKind.UNKNOWN])
def test_paper_never_stands_for_what_it_cannot_show(paper: PaperOffice, kind: MediaKind) -> None:
    describe(paper.vault, paper.image, kind)
    paper.decide()
    paper.in_chart()
    paper.clock.move(days=DAYS * 2)
    assert paper.due() == []


@pytest.mark.parametrize(
    ("printed", "why"),
    [
        (None, "how it was printed is not on record"),
        (replace(WELL, is_grey=None), "nobody can tell whether it was printed in colour"),
        (replace(WELL, is_grey=True), "it was printed without colours"),
        (replace(WELL, per_page=4), "4 images stand on one page of A4, so each is small"),
        (replace(WELL, paper="A5"), "2 images stand on one page of A5, so each is small"),
    ],
)
def test_paper_that_shows_less_than_the_original_stands_for_nothing_and_says_why(
    vault: Vault, made: MadeUpOffice, printed: PrintedAs | None, why: str
) -> None:
    patient = added(vault)
    image = filed(vault, patient, b"a wound " * 99)
    describe(vault, image)
    poor = registered(vault, patient.id, image, printed=printed)
    assert found_by_code(vault, page_code(NUMBER, 1))[0].printed == printed
    paper = PaperOffice(vault, made.clock, patient, image, poor)
    paper.decide()
    paper.in_chart()
    made.clock.move(days=DAYS)
    assert paper.due() == []
    (one,) = overdue_images(vault)
    assert (one.is_free, one.due.paper) == (False, None)
    assert one.why_not == f"sheet RS 7K3Q X9FM, copy 1 does not stand for it: {why}"
    with pytest.raises(PaperTooPoor, match=f"because {why}"):
        propose_disposal(vault, by=MEI, images=[image])
    paper.sheet = registered(vault, patient.id, image)
    paper.in_chart()
    made.clock.move(days=DAYS)
    assert paper.due() == [image]


def test_paper_from_before_the_picture_could_be_drawn_stands_for_nothing(
    vault: Vault, made: MadeUpOffice
) -> None:
    patient = added(vault)
    image = filed(vault, patient, b"a wound " * 99)
    early = registered(vault, patient.id, image)  # it says that the file could not be read
    made.clock.move(minutes=1)
    describe(vault, image)
    paper = PaperOffice(vault, made.clock, patient, image, early)
    paper.decide()
    paper.in_chart()
    made.clock.move(days=DAYS)
    assert paper.due() == []
    paper.sheet = registered(vault, patient.id, image)
    paper.in_chart()
    made.clock.move(days=DAYS)
    assert paper.due() == [image]


def test_a_withdrawal_of_consent_leaves_the_sheet_that_is_the_record(
    paper: PaperOffice, rangi: Person
) -> None:
    vault, patient = paper.vault, paper.patient
    teaching = replace(whole_facts(), purposes=frozenset({Purpose.TEACHING}))
    other = received(vault, b"another wound")
    file_image(vault, image=other.id, link=linked(patient), facts=teaching, by=MEI)
    with_both = NewSheet(
        patient=patient.id,
        images=[paper.image, other.id],
        pages=2,
        number=NUMBER,
        target="printer front desk",
        printed=WELL,
    )
    paper.sheet = register_sheet(vault, with_both, by=MEI)
    paper.decide()
    paper.in_chart()
    paper.clock.move(days=DAYS)
    batch = propose_disposal(vault, by=MEI, images=[paper.image])
    approve_disposal(vault, number=batch.number, by=rangi)
    assert carry_out_disposal(vault, number=batch.number, by=MEI).kept_on.keys() == {paper.sheet.id}
    said = NewConsentEnd(patient=patient.id, kind=EndKind.WITHDRAWN, said_by="the patient")
    assert note_withdrawal(vault, said, by=MEI).recalled == ()
    assert found_by_code(vault, page_code(NUMBER, 1))[0].state is SheetState.IN_CHART


def test_a_hold_keeps_it_all_the_same(paper: PaperOffice) -> None:
    paper.decide()
    paper.in_chart()
    paper.clock.move(days=DAYS)
    place_hold(
        paper.vault,
        patient=paper.patient.id,
        image=None,
        kind=HoldKind.COMPLAINT,
        reason="HDC 12",
        by=MEI,
    )
    assert paper.due() == []
    with pytest.raises(NothingDue):
        propose_disposal(paper.vault, by=MEI)


def test_the_original_goes_by_two_people_and_the_paper_stays(
    paper: PaperOffice, rangi: Person
) -> None:
    vault = paper.vault
    paper.decide()
    paper.in_chart()
    paper.clock.move(days=DAYS)
    kept = retention_of(vault, paper.patient.id)
    to = Release(recipient="Dr Mere Test", purpose=Purpose.CARE, is_deidentified=False)
    note_given_out(vault, image=paper.image, release=to, by=MEI)
    batch = propose_disposal(vault, by=MEI)
    approve_disposal(vault, number=batch.number, by=rangi)
    done = carry_out_disposal(vault, number=batch.number, by=MEI)
    (stone,) = done.gone
    assert kept is not None
    assert (stone.kept_on, stone.paper_until) == (paper.sheet.id, kept.retain_until)
    assert done.kept_on[paper.sheet.id].volume == "2"
    assert [one.recipient for one in given_out(vault, paper.patient.id)] == ["Dr Mere Test"]
    assert paper_to_destroy(vault) == []
    assert ("image disposed", MEI.name) in deeds(vault)
    for end in (recall_sheet, destroy_sheet):
        with pytest.raises(SheetIsTheRecord, match="stays in the chart"):
            end(vault, sheet=paper.sheet.id, why="thinning out", by=MEI)


def test_a_sheet_that_is_recalled_in_the_meantime_spares_the_image(
    paper: PaperOffice, rangi: Person
) -> None:
    paper.decide()
    paper.in_chart()
    paper.clock.move(days=DAYS)
    batch = propose_disposal(paper.vault, by=MEI)
    approve_disposal(paper.vault, number=batch.number, by=rangi)
    recall_sheet(paper.vault, sheet=paper.sheet.id, why="wrong chart", by=MEI)
    done = carry_out_disposal(paper.vault, number=batch.number, by=MEI)
    assert done.gone == ()
    assert [one.image for one in done.spared] == [paper.image]


def test_once_its_time_is_over_the_paper_has_to_go_too(paper: PaperOffice, rangi: Person) -> None:
    paper.decide()
    paper.in_chart()
    paper.clock.move(days=3700)
    batch = propose_disposal(paper.vault, by=MEI)
    approve_disposal(paper.vault, number=batch.number, by=rangi)
    done = carry_out_disposal(paper.vault, number=batch.number, by=MEI)
    assert [stone.kept_on for stone in done.gone] == [None]
    assert [one.number for one in paper_to_destroy(paper.vault)] == [NUMBER]


@given(
    state=st.sampled_from(SheetState),
    held=st.booleans(),
    there=st.booleans(),
    kind=st.sampled_from(SheetKind),
)
def test_only_a_record_sheet_counts_and_only_when_it_is_there_and_was_held(
    state: SheetState, held: bool, there: bool, kind: SheetKind
) -> None:
    now = Clock().now
    sheet = Sheet(
        id=SheetId(new_uuid()),
        number=NUMBER,
        copy=1,
        patient=PatientId(new_uuid()),
        images=(),
        pages=1,
        target="printer",
        made_at=now - timedelta(days=3),
        made_by="Mei",
        kind=kind,
        state=state,
        in_hand_at=now if held else None,
        in_chart_at=now if there else None,
    )
    counts = kind is SheetKind.RECORD and state is SheetState.IN_CHART and held and there
    assert (in_chart_since(sheet) is not None) is counts
