"""No path leads to *filed* with something missing (R70)."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    rule,
    run_state_machine_as_test,
)

from desktop.problem import Problem
from desktop.records.deeds.describing import note_description
from desktop.records.deeds.filing import file_image
from desktop.records.deeds.looking import image as image_with
from desktop.records.deeds.looking import images_of, tray
from desktop.records.deeds.undoing import take_back
from desktop.records.facts.capture import CaptureTime, TimeBasis, TimeTrust
from desktop.records.facts.clinical_image import ClinicalImage, Essential, FilingFacts, ImageState
from desktop.records.facts.consent import Consent, ConsentForm, Purpose
from desktop.records.facts.ids import ImageId
from desktop.records.facts.people import Photographer, Role
from desktop.records.rules.completeness import missing_essentials, state_for
from tests.unit.records.made_up import (
    MEI,
    MadeUpOffice,
    added,
    described_as,
    linked,
    mode,
    received,
)

pytestmark = pytest.mark.requirement("R70")

times = st.builds(
    CaptureTime,
    local=st.sampled_from(
        [
            datetime.fromisoformat("2026-11-22T10:00:00"),
            datetime.fromisoformat("2031-01-01T10:00:00"),
        ]
    ),
    utc_offset_minutes=st.sampled_from([None, 780]),
    basis=st.sampled_from(TimeBasis),
    trust=st.sampled_from(TimeTrust),
)
facts = st.builds(
    FilingFacts,
    photographer=st.none()
    | st.builds(Photographer, name=st.sampled_from(["", " ", "Sam"]), role=st.just(Role.NURSE)),
    mode=st.none() | st.just(mode()),
    purposes=st.frozensets(st.sampled_from(Purpose), max_size=2),
    consent=st.builds(Consent, form=st.sampled_from(ConsentForm)),
    taken=st.none() | times,
)


@given(facts, st.none() | times)
def test_each_essential_is_asked_for_by_itself(
    said: FilingFacts, taken: CaptureTime | None
) -> None:
    missing = missing_essentials(said, taken=taken)
    has_photographer = said.photographer is not None and said.photographer.name.strip() != ""
    assert (Essential.PHOTOGRAPHER not in missing) == has_photographer
    assert (Essential.CAPTURE_TIME in missing) == (
        taken is None or taken.trust is TimeTrust.SUSPECT
    )
    assert (Essential.MODE_OF_CAPTURE in missing) == (said.mode is None)
    assert (Essential.PURPOSE in missing) == (not said.purposes)
    assert (Essential.CONSENT in missing) == (said.consent.form is ConsentForm.NONE_YET)
    assert list(missing) == [essential for essential in Essential if essential in missing]
    assert (state_for(missing) is ImageState.FILED) == (missing == ())


class Desk(RuleBasedStateMachine):
    """Everything a desk can do to images, in any order, on a real vault."""

    images: Bundle[ImageId] = Bundle("images")

    def __init__(self) -> None:
        super().__init__()
        self.office = MadeUpOffice(folder=Path(mkdtemp()) / "office")
        self.vault = self.office.create()
        self.patients = [
            added(self.vault),
            added(self.vault, "ZZZ0024", "Ngata", date(1970, 1, 1)),
        ]
        self.seen: dict[ImageId, ClinicalImage] = {}
        self.count = 0

    @rule(target=images)
    def receive(self) -> ImageId:
        self.count += 1
        image = received(self.vault, f"image {self.count}".encode())
        self.seen[image.id] = image
        return image.id

    @rule(image=images, taken=st.none() | times)
    def describe(self, image: ImageId, taken: CaptureTime | None) -> None:
        note_description(
            self.vault, image=image, description=described_as(taken), thumbnail=None, by=MEI
        )

    @rule(image=images, whose=st.integers(0, 1), said=facts)
    def file(self, image: ImageId, whose: int, said: FilingFacts) -> None:
        try:
            file_image(
                self.vault, image=image, link=linked(self.patients[whose]), facts=said, by=MEI
            )
        except Problem:
            before = self.seen[image]
            assert before.patient not in (None, self.patients[whose].id)

    @rule(image=images)
    def take_back(self, image: ImageId) -> None:
        try:
            take_back(self.vault, image=image, by=MEI, reason="tested")
        except Problem:
            return

    @rule(image=consumes(images))
    def leave(self, image: ImageId) -> None:
        """The desk turns to other images."""

    @rule(seconds=st.sampled_from([1, 20]))
    def wait(self, seconds: int) -> None:
        self.office.clock.move(seconds=seconds)

    @invariant()
    def filed_is_whole_and_nothing_is_lost(self) -> None:
        for known in self.seen:
            image = image_with(self.vault, known)
            self.seen[known] = image
            if image.state is ImageState.FILED:
                assert image.patient
                assert image.photographer
                assert image.photographer.name.strip()
                assert image.taken
                assert image.taken.trust is not TimeTrust.SUSPECT
                assert image.mode
                assert image.purposes
                assert image.consent
                assert image.consent.form is not ConsentForm.NONE_YET
                assert image.filed_at
                assert image.filed_by
            assert (image.missing != ()) == (image.state is ImageState.INCOMPLETE)
            assert (image.patient is None) == (image.state is ImageState.RECEIVED)
        places = [*tray(self.vault)]
        for patient in self.patients:
            places += images_of(self.vault, patient.id)
        assert sorted(image.id for image in places) == sorted(self.seen)

    def teardown(self) -> None:
        assert self.vault.verify_trail().is_whole
        self.vault.close()
        rmtree(self.office.folder.parent)


def test_no_path_leads_to_filed_with_something_missing() -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


def test_replacing_a_state_by_hand_is_not_a_way(tmp_path: Path) -> None:
    with MadeUpOffice(folder=tmp_path / "office").create() as vault:
        image = received(vault)
        forged = replace(image, state=ImageState.FILED)
        with pytest.raises(Exception, match="CHECK constraint failed"), vault.change() as change:
            change.images.settle(forged, linked_at=None)
            change.note("image filed", by=MEI)
        assert tray(vault) == [image]
