"""A check names every original that is damaged or missing, with its patient."""

from pathlib import Path

import pytest

from desktop.records.deeds.checking import verify
from desktop.records.deeds.filing import file_image
from desktop.records.facts.ids import ImageId
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, added, linked, received, whole_facts

pytestmark = pytest.mark.requirement("R73")


def sealed_path(vault: Vault, image: ImageId) -> Path:
    with vault.look() as look:
        name = look.images.sealed(image).name
    return vault.folder / "originals" / name[:2] / name


@pytest.fixture
def images(vault: Vault) -> list[ImageId]:
    patient = added(vault)
    ids = [received(vault, bytes([n]) * 1000, name=f"IMG_{n}.JPG").id for n in range(5)]
    for image in ids[:4]:
        file_image(vault, image=image, link=linked(patient), facts=whole_facts(), by=MEI)
    return ids


@pytest.mark.parametrize("originals", [True, False])
def test_an_untouched_office_is_whole(vault: Vault, images: list[ImageId], originals: bool) -> None:
    told: list[tuple[int, int]] = []
    report = verify(vault, originals=originals, tell=lambda *done: told.append(done))
    assert report.is_whole
    assert (report.images, report.bytes, report.checked) == (5, 5000, 5)
    assert report.trail.words.startswith("ok")
    assert told == [(n, 5) for n in range(1, 6)]


def test_damage_and_loss_are_named_with_the_patient(vault: Vault, images: list[ImageId]) -> None:
    flipped, cut, gone, loose = images[0], images[1], images[2], images[4]
    content = bytearray(sealed_path(vault, flipped).read_bytes())
    content[500] ^= 1
    sealed_path(vault, flipped).write_bytes(content)
    sealed_path(vault, cut).write_bytes(sealed_path(vault, cut).read_bytes()[:500])
    sealed_path(vault, gone).unlink()
    sealed_path(vault, loose).unlink()
    report = verify(vault, originals=True)
    assert not report.is_whole
    assert [broken.image for broken in report.damaged] == [flipped, cut]
    assert [broken.image for broken in report.missing] == [gone, loose]
    assert "IMG_0.JPG (PŌMARE, Aroha · ZZZ0016 · born 04 Mar 1961)" in report.damaged[0].words
    assert "IMG_4.JPG (not linked to a patient)" in report.missing[1].words
    quick = verify(vault, originals=False)
    assert [broken.image for broken in quick.damaged] == [cut]
    assert [broken.image for broken in quick.missing] == [gone, loose]


def test_a_broken_trail_is_not_whole(vault: Vault, images: list[ImageId]) -> None:
    with vault._database.write() as connection:
        connection.exec_driver_sql("UPDATE trail_head SET seq = 1")
    assert not verify(vault, originals=False).is_whole


def test_a_check_can_be_stopped(vault: Vault, images: list[ImageId]) -> None:
    done: list[int] = []
    report = verify(
        vault,
        originals=True,
        tell=lambda checked, _total: done.append(checked),
        stopped=lambda: len(done) == 2,
    )
    assert (report.checked, report.images) == (2, 5)
