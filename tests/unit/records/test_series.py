"""What makes a series: one patient's images of one site and one side."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.depiction import Depiction, Laterality
from desktop.records.rules.series import series_of
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import received, time_of_file

START = datetime.fromisoformat("2026-01-01T10:00:00")
LEFT = Depiction(site_code="14975008", laterality=Laterality.LEFT)


def at(made: ClinicalImage, day: int, site: str, depicts: Depiction | None = None) -> ClinicalImage:
    taken = time_of_file(START + timedelta(days=day))
    return replace(made, taken=taken, site=site, depicts=depicts or Depiction())


@pytest.mark.requirement("R13")
def test_a_series_is_a_code_and_a_side_or_the_same_words(vault: Vault) -> None:
    made = received(vault)
    images = [
        at(made, 9, "Left  Forearm"),
        at(made, 1, "left forearm"),
        at(made, 5, "the forearm, left", LEFT),
        at(made, 2, "forearm (L)", LEFT),
        at(made, 3, "", replace(LEFT, laterality=Laterality.RIGHT)),
        at(made, 4, ""),
    ]
    found = series_of(images)
    assert [(one.site, len(one.images)) for one in found] == [
        ("Left  Forearm", 2),
        ("left forearm", 2),
        ("right forearm", 1),
    ]
    assert [moment.day for moment in found[0].moments] == [2, 10]


@pytest.mark.requirement("R13")
def test_without_a_time_an_image_is_the_first_of_its_series(vault: Vault) -> None:
    made = received(vault)
    untimed = replace(made, taken=None, site="nose")
    (series,) = series_of([at(made, 1, "nose"), untimed])
    assert series.images[0] is untimed
    assert len(series.moments) == 1
