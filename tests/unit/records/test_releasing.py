"""Whether a copy may be made: by purpose, consent, authority, and what a person found in it."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.consent import Consent, ConsentForm, Purpose
from desktop.records.facts.copies import (
    Feature,
    FeatureAnswer,
    FeatureCheck,
    Found,
    Ground,
    Mask,
    Release,
)
from desktop.records.facts.copy_problems import (
    CheckerMissing,
    FeatureReasonMissing,
    FeaturesUnanswered,
    MaskWrong,
    NothingMasked,
    NotReleasable,
    RecipientMissing,
    SecondReviewerNeeded,
    WhyIdentifiableMissing,
)
from desktop.records.rules.releasing import check_features, check_masks, ground_of
from desktop.records.rules.typed_masks import typed_masks
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import added, received
from tests.unit.records.test_sheets import under

NONE = FeatureAnswer(found=Found.NONE)
LEFT = FeatureAnswer(found=Found.ACCEPTED, reason="it is the finding")


def check(**answers: FeatureAnswer) -> FeatureCheck:
    said = dict.fromkeys(Feature, NONE) | {Feature(name): one for name, one in answers.items()}
    return FeatureCheck(checked_by="Dr Hine Kōwhai", answers=said)


def release(purpose: Purpose, *, deidentified: bool = False, **more: Any) -> Release:
    told = {"recipient": "Dr Mere Test", "purpose": purpose, "is_deidentified": deidentified}
    return Release(**{**told, **more})


@pytest.fixture
def filed(vault: Vault) -> ClinicalImage:
    """Consent in writing, for care and for teaching."""
    return under(vault, added(vault), b"one")


@pytest.mark.requirement("R81", "R82", "R90", "R96")
def test_consent_has_to_name_the_purpose_or_an_authority_is_stated(filed: ClinicalImage) -> None:
    assert ground_of(filed, release(Purpose.CARE)) is Ground.CARE
    assert ground_of(filed, release(Purpose.REFERRAL)) is Ground.CARE
    with pytest.raises(NotReleasable, match="legal or evidential"):
        ground_of(filed, release(Purpose.LEGAL))
    order = release(Purpose.LEGAL, authority="Production order 12/26")
    assert ground_of(filed, order) is Ground.AUTHORITY
    without = replace(filed, consent=Consent(form=ConsentForm.NONE_YET))
    whole = release(Purpose.TEACHING, why_identifiable="the face is the finding", reference="E-7")
    assert ground_of(filed, whole) is Ground.CONSENT
    with pytest.raises(NotReleasable):
        ground_of(without, whole)
    with pytest.raises(RecipientMissing):
        ground_of(filed, release(Purpose.CARE, recipient="  "))


@pytest.mark.requirement("R101")
@pytest.mark.parametrize("given", [{}, {"why_identifiable": "it shows"}, {"reference": "E-7"}])
def test_teaching_with_an_identifiable_image_says_why_and_by_whose_leave(
    filed: ClinicalImage, given: dict[str, Any]
) -> None:
    with pytest.raises(WhyIdentifiableMissing, match="teaching"):
        ground_of(filed, release(Purpose.TEACHING, **given))


@pytest.mark.requirement("R87", "R88")
def test_only_a_copy_that_leaves_nothing_needs_no_consent(filed: ClinicalImage) -> None:
    research = release(Purpose.RESEARCH, deidentified=True)
    assert ground_of(filed, research, features=check()) is Ground.NOT_IDENTIFIABLE
    with pytest.raises(NotReleasable):
        ground_of(filed, research, features=check(tattoo=LEFT))
    teaching = release(Purpose.TEACHING, deidentified=True)
    assert ground_of(filed, teaching, features=check(tattoo=LEFT)) is Ground.CONSENT
    with pytest.raises(CheckerMissing):
        ground_of(filed, teaching)


@pytest.mark.requirement("R81")
def test_what_is_not_filed_is_given_to_nobody(vault: Vault) -> None:
    loose = received(vault, b"loose")
    for purpose in Purpose:
        with pytest.raises((NotReleasable, WhyIdentifiableMissing)):
            ground_of(loose, release(purpose))


@pytest.mark.requirement("R102")
def test_every_feature_is_answered_with_a_reason_and_a_mask_where_it_says_so() -> None:
    check_features(check(), masks=0, has_sound=False)
    check_features(check(face=FeatureAnswer(found=Found.MASKED)), masks=1, has_sound=False)
    check_features(check(voice=FeatureAnswer(found=Found.MASKED)), masks=0, has_sound=False)
    some = replace(check(), answers={Feature.FACE: NONE})
    with pytest.raises(FeaturesUnanswered, match=r"tattoo.*rare"):
        check_features(some, masks=0, has_sound=False)
    with pytest.raises(CheckerMissing):
        check_features(replace(check(), checked_by=" "), masks=0, has_sound=False)
    with pytest.raises(FeatureReasonMissing, match="scar"):
        check_features(check(scar=replace(LEFT, reason="")), masks=0, has_sound=False)
    with pytest.raises(NothingMasked, match="face"):
        check_features(check(face=FeatureAnswer(found=Found.MASKED)), masks=0, has_sound=False)
    with pytest.raises(NothingMasked, match="voice"):
        check_features(check(voice=FeatureAnswer(found=Found.MASKED)), masks=1, has_sound=True)


@pytest.mark.requirement("R102")
@pytest.mark.parametrize("second", ["", "  dr hine KŌWHAI "])
def test_a_rare_condition_takes_two_people(second: str) -> None:
    rare = check(**{Feature.RARE_CONDITION.value: LEFT})
    with pytest.raises(SecondReviewerNeeded, match="Hine"):
        check_features(replace(rare, second_reviewer=second), masks=0, has_sound=False)
    check_features(replace(rare, second_reviewer="Dr Tama Rua"), masks=0, has_sound=False)


def test_masks_lie_in_the_picture_and_in_its_time() -> None:
    whole = Mask(left=0, top=0, width=1, height=1)
    check_masks([whole, replace(whole, start=1, end=2)], has_time=True)
    for wrong in (
        replace(whole, width=0),
        replace(whole, height=1e-9),
        replace(whole, left=-0.1),
        replace(whole, left=0.5),
        replace(whole, start=2, end=1),
    ):
        with pytest.raises(MaskWrong):
            check_masks([wrong], has_time=True)
    with pytest.raises(MaskWrong, match="a photo has none"):
        check_masks([replace(whole, end=3)], has_time=False)
    check_masks([replace(whole, page=2)], has_time=False)
    with pytest.raises(MaskWrong, match="a recording has none"):
        check_masks([replace(whole, page=1)], has_time=True)
    with pytest.raises(MaskWrong, match="counted from 1"):
        check_masks([replace(whole, page=0)], has_time=False)


def test_masks_are_read_from_json() -> None:
    box = '{"left": 0.1, "top": 0, "width": 0.5, "height": 0.5, "end": 2}'
    mask = Mask(left=0.1, top=0, width=0.5, height=0.5, end=2)
    assert typed_masks(f"[{box}]") == {"": (mask,)}
    assert typed_masks(f'{{"A": [{box}], "B": []}}') == {"A": (mask,), "B": ()}
    paged = box.replace('"end": 2', '"page": 2')
    assert typed_masks(f"[{paged}]") == {"": (replace(mask, end=None, page=2),)}
    for wrong in ("true", "1.5", '"2"'):
        with pytest.raises(MaskWrong, match="not a whole number"):
            typed_masks(f'[{box.replace("2}", "2, ")}"page": {wrong}}}]')


@given(st.text() | st.recursive(st.none() | st.floats() | st.text(), st.lists).map(str))
def test_any_text_is_masks_or_a_sentence(text: str) -> None:
    with suppress(MaskWrong):
        assert isinstance(typed_masks(text), dict)
