"""A check names every original that is damaged or missing, with its patient."""

from pathlib import Path

import pytest

from desktop.records.deeds.checking import Begun, VerifyReport, begun_share, keep_begun, verify
from desktop.records.deeds.filing import file_image
from desktop.records.facts.ids import ImageId
from desktop.records.rules.shares import Share
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, MadeUpOffice, added, linked, received, whole_facts

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


def stopped_after(vault: Vault, share: Share, count: int) -> VerifyReport:
    done: list[int] = []
    report = verify(
        vault,
        originals=True,
        share=share,
        begun=begun_share(vault, share),
        tell=lambda checked, _total: done.append(checked),
        stopped=lambda: len(done) == count,
    )
    keep_begun(vault, report)
    return report


def test_an_interrupted_share_goes_on_where_it_was(
    office: MadeUpOffice, vault: Vault, images: list[ImageId]
) -> None:
    all_of_it, other = Share(number=1, of=1), Share(number=1, of=2)
    assert begun_share(vault, all_of_it) == Begun()
    stopped_after(vault, all_of_it, 2)
    vault.close()
    with office.open() as again:
        sealed_path(again, images[0]).unlink()  # was read, and is not read again
        assert begun_share(again, other) == Begun()
        rest = stopped_after(again, all_of_it, 9)
        assert rest.is_whole
        assert (rest.checked, rest.last) == (5, images[-1])
        office.clock.move(days=8)
        assert begun_share(again, all_of_it) == Begun()


def test_a_share_that_found_damage_is_begun_anew(vault: Vault, images: list[ImageId]) -> None:
    share = Share(number=1, of=1)
    sealed_path(vault, images[1]).unlink()
    assert len(stopped_after(vault, share, 1).broken) == 0
    assert len(stopped_after(vault, share, 1).broken) == 1
    assert (
        begun_share(vault, share).last == images[0]
    )  # what is broken lies ahead and is found again


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
