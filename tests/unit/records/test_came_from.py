"""Images that nobody here took: sent by somebody, or a copy of the patient's own."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.records.deeds.came_from import (
    declined_of,
    note_came_from,
    note_declined,
    to_be_noted,
)
from desktop.records.deeds.filing import file_image
from desktop.records.deeds.looking import image, last_filing_facts
from desktop.records.deeds.undoing import take_back
from desktop.records.facts.came_from import (
    Asked,
    CameFrom,
    Channel,
    Checks,
    CopyGiven,
    Notice,
    Received,
    Relationship,
    Sender,
)
from desktop.records.facts.came_from_problems import DayAhead, StillLacking, WhatMissing
from desktop.records.facts.capture import (
    CaptureTime,
    DeviceOwner,
    ModeOfCapture,
    TimeBasis,
    TimeTrust,
)
from desktop.records.facts.clinical_image import (
    ClinicalImage,
    Essential,
    FilingFacts,
    ImageState,
)
from desktop.records.facts.devices import Answer
from desktop.records.facts.people import Photographer, Role
from desktop.records.rules.came_from import CHECKLIST, came_from_words, lacking, to_query
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, added, deeds, linked, mode, received, whole_facts

ALL_YES = Checks(**{one.field: Answer.YES for one in CHECKLIST})
SENT = Received(
    sender=Sender(name="Dr Ana Solé", role="GP", organisation="Kōwhai Clinic"),
    received_on=date(2026, 11, 22),
    channel=Channel.EMAIL,
    asked=Asked.REQUESTED,
    notice=Notice.GIVEN,
    checks=ALL_YES,
)
GIVEN = CopyGiven(
    given_by="Hemi Pōmare",
    relationship=Relationship.PARENT,
    used_for="to see how the wound looked at first",
    use_explained=Answer.YES,
    stored_where="in the health record of this hospital",
    storage_explained=Answer.YES,
    retention_explained=Answer.YES,
)
WHEN = CaptureTime(
    local=datetime.fromisoformat("2026-10-03T18:00"),
    utc_offset_minutes=None,
    basis=TimeBasis.ENTERED,
    trust=TimeTrust.ENTERED,
)


def from_device_of(owner: DeviceOwner, *, came_from: CameFrom | None = None) -> FilingFacts:
    facts = whole_facts(taken=WHEN)
    return replace(facts, mode=_of(owner), came_from=came_from)


def _of(owner: DeviceOwner) -> ModeOfCapture:
    return replace(mode(), owner=owner)


def filed(vault: Vault, facts: FilingFacts, content: bytes = b"sent") -> ClinicalImage:
    arrived = received(vault, content)
    patient = added(vault)
    return file_image(vault, image=arrived.id, link=linked(patient), facts=facts, by=MEI)


@pytest.mark.requirement("R119")
def test_a_received_image_goes_the_whole_way_and_no_shorter_one(vault: Vault) -> None:
    facts = from_device_of(DeviceOwner.OTHER)
    early = filed(vault, facts)
    assert early.state is ImageState.INCOMPLETE
    assert early.missing == (Essential.SENDER, Essential.NOTICE, Essential.CHECKLIST)
    assert [one.id for one in to_be_noted(vault)] == [early.id]

    half = note_came_from(
        vault, image=early.id, said=replace(SENT, checks=Checks(use=Answer.YES)), by=MEI
    )
    assert half.missing == (Essential.CHECKLIST,)
    whole = note_came_from(vault, image=early.id, said=SENT, by=MEI)
    assert (whole.state, whole.missing, whole.filed_by) == (ImageState.FILED, (), MEI.name)
    assert whole.came_from == SENT
    assert to_be_noted(vault) == []
    names = [deed for deed, _ in deeds(vault)]
    assert names[-2:] == ["received image noted", "image filed"]


@pytest.mark.requirement("R119")
def test_who_sent_it_spares_nothing_else(vault: Vault) -> None:
    facts = from_device_of(DeviceOwner.OTHER, came_from=SENT)
    lean = filed(vault, replace(facts, photographer=None, taken=None))
    assert lean.missing == (Essential.PHOTOGRAPHER, Essential.CAPTURE_TIME)
    again = note_came_from(vault, image=lean.id, said=replace(SENT, note="asked"), by=MEI)
    assert again.missing == (Essential.PHOTOGRAPHER, Essential.CAPTURE_TIME)


@pytest.mark.requirement("R119", "R120")
@pytest.mark.parametrize(
    ("said", "missing"),
    [
        (replace(SENT, sender=Sender(name="Dr Ana Solé")), Essential.SENDER),
        (replace(SENT, sender=Sender(role="GP")), Essential.SENDER),
        (replace(SENT, received_on=None), Essential.SENDER),
        (replace(SENT, channel=None), Essential.SENDER),
        (replace(SENT, asked=None), Essential.SENDER),
        (replace(SENT, notice=None), Essential.NOTICE),
        (replace(SENT, notice=Notice.EXCEPTION), Essential.NOTICE),
        *[
            (replace(SENT, checks=replace(ALL_YES, **{one.field: Answer.NOT_ASKED})), None)
            for one in CHECKLIST
        ],
    ],
)
def test_each_thing_about_a_received_image_is_asked_for(
    said: Received, missing: Essential | None
) -> None:
    assert lacking(said, owner=DeviceOwner.OTHER) == (missing or Essential.CHECKLIST,)


@pytest.mark.requirement("R119")
def test_an_exception_needs_its_reason_and_a_no_is_an_answer() -> None:
    said = replace(SENT, notice=Notice.EXCEPTION, notice_reason="it would harm the patient")
    said = replace(said, checks=replace(ALL_YES, quality=Answer.NO, storage=Answer.NOT_SURE))
    assert lacking(said, owner=DeviceOwner.OTHER) == ()
    assert [one.field for one in to_query(said)] == ["quality", "storage"]


@pytest.mark.requirement("R122", "R124", "R125")
def test_a_copy_of_the_fathers_photo_is_filed_once_it_is_explained(vault: Vault) -> None:
    facts = from_device_of(DeviceOwner.PATIENT)
    lay = Photographer(name="Hemi Pōmare", role=Role.PATIENT_OR_WHANAU)
    early = filed(vault, replace(facts, photographer=lay))
    assert early.missing == (Essential.COPY_GIVEN,)
    unsaid = replace(GIVEN, retention_explained=Answer.NOT_ASKED)
    assert note_came_from(vault, image=early.id, said=unsaid, by=MEI).missing
    whole = note_came_from(vault, image=early.id, said=GIVEN, by=MEI)
    assert whole.state is ImageState.FILED
    assert whole.taken is not None
    assert whole.taken.local == WHEN.local  # long before anybody here saw the patient
    assert (whole.taken.basis, whole.taken.trust) == (TimeBasis.STATED, TimeTrust.STATED)
    assert whole.taken.basis.words == "as stated by who provided it"


@pytest.mark.requirement("R123")
def test_a_copy_that_was_declined_is_noted_and_nothing_follows(vault: Vault) -> None:
    patient = added(vault)
    with pytest.raises(WhatMissing):
        note_declined(vault, patient=patient.id, what=" ", asked_on=date(2026, 11, 23), by=MEI)
    note_declined(
        vault, patient=patient.id, what="photo of the wound", asked_on=date(2026, 11, 23), by=MEI
    )
    [declined] = declined_of(vault, patient.id)
    assert (declined.what, declined.noted_by) == ("photo of the wound", MEI.name)
    assert to_be_noted(vault) == []
    assert deeds(vault)[-1] == ("copy declined noted", MEI.name)


@pytest.mark.requirement("R119")
def test_what_is_filed_stays_whole_and_a_correction_names_what_was_before(vault: Vault) -> None:
    whole = filed(vault, from_device_of(DeviceOwner.OTHER, came_from=SENT))
    assert whole.state is ImageState.FILED
    with pytest.raises(StillLacking, match="checklist"):
        note_came_from(vault, image=whole.id, said=replace(SENT, checks=Checks()), by=MEI)
    corrected = replace(SENT, channel=Channel.PAPER)
    after = note_came_from(vault, image=whole.id, said=corrected, by=MEI)
    assert (after.state, after.filed_at) == (ImageState.FILED, whole.filed_at)
    lines = len(deeds(vault))
    note_came_from(vault, image=whole.id, said=corrected, by=MEI)
    assert len(deeds(vault)) == lines  # the same again leaves no line


@pytest.mark.requirement("R119")
def test_what_comes_tomorrow_has_not_come(vault: Vault) -> None:
    early = replace(SENT, received_on=date(2026, 11, 25))
    with pytest.raises(DayAhead, match="25 Nov 2026"):
        filed(vault, from_device_of(DeviceOwner.OTHER, came_from=early))


@pytest.mark.requirement("R119", "R67")
def test_a_received_image_says_nothing_of_who_takes_images_with_that_phone(vault: Vault) -> None:
    done = filed(vault, from_device_of(DeviceOwner.OTHER, came_from=SENT))
    last = last_filing_facts(vault, mode().source_name)
    assert last is not None
    assert (last.photographer, last.mode) == (None, None)
    take_back(vault, image=done.id, by=MEI, reason="undone")
    assert image(vault, done.id).came_from is None


@given(st.sampled_from(DeviceOwner), st.booleans(), st.booleans())
def test_an_image_that_was_taken_here_is_asked_nothing(
    owner: DeviceOwner, is_sent: bool, is_copy: bool
) -> None:
    """Only whose device it was, or somebody's word, makes an image one from elsewhere."""
    said: CameFrom | None = SENT if is_sent else GIVEN if is_copy else None
    asked = lacking(said, owner=owner)
    theirs = {DeviceOwner.OTHER, DeviceOwner.PATIENT}
    assert bool(asked) == (said is None and owner in theirs)
    if said is not None:
        assert "  " not in came_from_words(said)
        assert came_from_words(replace(said)).endswith(".")
