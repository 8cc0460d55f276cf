"""Lengths that people lay on pictures: kept beside the image, the newest counts."""

import pytest

from desktop.problem import Problem
from desktop.records.deeds.measuring import lay_scale, scale_of, scales_of
from desktop.records.facts.depiction import Scale
from desktop.records.facts.ids import ImageId, new_uuid
from desktop.records.facts.measuring_problems import LengthNotUnderstood, LineTooShort
from desktop.records.facts.problems import ImageUnknown
from desktop.records.rules.measuring import millimetres_of
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, Clock, deeds, received

RULER = Scale(start=(100.0, 200.0), end=(400.0, 600.0), millimetres=50.0)
AGAIN = Scale(start=(100.0, 200.0), end=(400.0, 600.0), millimetres=100.0)


@pytest.mark.requirement("R104")
def test_the_scale_laid_last_counts_and_the_first_one_stays(
    vault: Vault, office_clock: Clock
) -> None:
    image, other = received(vault, b"a wound"), received(vault, b"another")
    assert scale_of(vault, image.id) is None
    first = lay_scale(vault, image=image.id, scale=RULER, by=MEI)
    assert (first.scale, first.laid_by, first.laid_at) == (RULER, MEI.name, office_clock.now)
    assert first.scale.mm_per_pixel == pytest.approx(0.1)
    lay_scale(vault, image=image.id, scale=AGAIN, by=MEI)  # within the same moment
    counts = scale_of(vault, image.id)
    assert counts is not None
    assert counts.scale == AGAIN
    assert scale_of(vault, other.id) is None
    assert scales_of(vault, [other.id, image.id]) == {image.id: counts}
    with vault.look() as look:
        assert [one.scale for one in look.scales.of_image(image.id)] == [AGAIN, RULER]
    assert deeds(vault)[-2:] == [("scale laid", MEI.name)] * 2


@pytest.mark.parametrize(
    ("scale", "refused"),
    [
        (Scale(start=(5, 5), end=(5, 12), millimetres=50), LineTooShort),
        (Scale(start=(5, 5), end=(float("nan"), 12), millimetres=50), LineTooShort),
        (Scale(start=(0, 0), end=(300, 0), millimetres=0), LengthNotUnderstood),
    ],
)
def test_a_scale_that_measures_nothing_is_refused(
    vault: Vault, scale: Scale, refused: type[Problem]
) -> None:
    image = received(vault)
    before = deeds(vault)
    with pytest.raises(refused):
        lay_scale(vault, image=image.id, scale=scale, by=MEI)
    assert deeds(vault) == before
    with pytest.raises(ImageUnknown):
        lay_scale(vault, image=ImageId(new_uuid()), scale=RULER, by=MEI)


@pytest.mark.parametrize(
    ("typed", "millimetres"),
    [("10", 10), ("12.5", 12.5), (" 12,5 mm", 12.5), ("2cm", 20), ("3 CM", 30)],
)
def test_lengths_as_people_type_them(typed: str, millimetres: float) -> None:
    assert millimetres_of(typed) == millimetres


@pytest.mark.parametrize("typed", ["", "ten", "-3", "0", "nan", "inf", "9999", "5 in"])
def test_what_is_no_length_is_said_so(typed: str) -> None:
    with pytest.raises(LengthNotUnderstood):
        millimetres_of(typed)
