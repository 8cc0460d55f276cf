"""Previews are kept up to a limit, forgotten with their image, and are no record."""

from pathlib import Path

import pytest

from desktop.records.deeds.describing import keep_thumbnail, note_description
from desktop.records.deeds.previews import keep_preview, kept_preview, without_preview
from desktop.records.facts.clinical_image import Description, MediaKind
from desktop.records.facts.ids import ImageId, new_uuid
from desktop.records.vault.engine import Database
from desktop.records.vault.problems import DiskFull
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, MadeUpOffice, deeds, received

KIND = "picture"


def keep(vault: Vault, image: ImageId, size: int = 100, *, is_seen: bool = True) -> bool:
    content = image.bytes.ljust(size, b".")
    return vault.renditions.put_preview(image, KIND, content, is_seen=is_seen)


def some(count: int) -> list[ImageId]:
    return [ImageId(new_uuid()) for _ in range(count)]


def left(vault: Vault, images: list[ImageId]) -> list[int]:
    known = vault.renditions.known_previews(images, KIND)
    return [place for place, image in enumerate(images) if image in known]


def test_what_nobody_has_looked_at_for_longest_makes_room(vault: Vault) -> None:
    images = some(5)
    vault.renditions.most_preview_bytes = 350
    for image in images[:3]:
        assert keep(vault, image)
    assert vault.renditions.preview(images[0], KIND) == images[0].bytes.ljust(100, b".")
    assert keep(vault, images[3])
    assert left(vault, images) == [0, 2, 3]  # the first was looked at after the second
    assert keep(vault, images[4], 300)
    assert left(vault, images) == [4]
    assert not keep(vault, images[0], 351)  # more than all of them may take
    assert left(vault, images) == [4]


def test_what_is_made_ahead_pushes_nothing_out_and_goes_first(vault: Vault) -> None:
    images = some(4)
    vault.renditions.most_preview_bytes = 350
    assert keep(vault, images[0])
    assert keep(vault, images[1], is_seen=False)
    assert keep(vault, images[2])
    assert not keep(vault, images[3], is_seen=False)
    assert left(vault, images) == [0, 1, 2]
    assert keep(vault, images[3])
    assert left(vault, images) == [0, 2, 3]


def test_the_same_one_again_takes_no_room_of_its_own(vault: Vault) -> None:
    (image,) = some(1)
    vault.renditions.most_preview_bytes = 150
    assert all(keep(vault, image) for _ in range(3))
    assert left(vault, [image]) == [0]
    vault.renditions.forget(image)
    assert vault.renditions.preview(image, KIND) is None
    assert left(vault, [image]) == []


def test_lost_ones_are_lost_and_others_can_be_kept(office: MadeUpOffice) -> None:
    (image,) = some(1)
    with office.create() as vault:
        keep(vault, image)
    Path(office.folder / "renditions.db").write_bytes(b"no database at all" * 500)
    with office.open() as again:
        assert again.renditions.preview(image, KIND) is None
        assert keep(again, image)
        assert again.renditions.preview(image, KIND) is not None


def test_a_preview_has_no_line_and_a_drive_without_room_keeps_none(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = received(vault).id
    before = deeds(vault)
    assert keep_preview(vault, image=image, kind=KIND, content=b"large")
    assert kept_preview(vault, image=image, kind=KIND) == b"large"
    assert deeds(vault) == before

    def full(_database: Database) -> None:
        raise DiskFull(drive="/")

    monkeypatch.setattr(Database, "write", full)
    assert not keep_preview(vault, image=image, kind="another", content=b"large")


@pytest.mark.requirement("R107")
def test_nothing_stays_of_an_image_that_is_no_longer_there(vault: Vault) -> None:
    (gone,) = some(1)
    assert not keep_preview(vault, image=gone, kind=KIND, content=b"large")
    assert left(vault, [gone]) == []


def test_previews_are_wanted_of_photos_that_show_something_the_newest_first(vault: Vault) -> None:
    images = [received(vault, b"%d" % number, f"{number}.JPG").id for number in range(5)]
    for number, image in enumerate(images):
        kind = MediaKind.VIDEO if number == 3 else MediaKind.PHOTO
        said = Description(kind=kind, media_type="image/jpeg")
        small = None if number == 2 else b"small"
        note_description(vault, image=image, description=said, thumbnail=small, by=MEI)
    keep_thumbnail(vault, image=images[4], thumbnail=b"small")
    keep_preview(vault, image=images[1], kind=KIND, content=b"")  # known not to be had
    assert [image.id for image in without_preview(vault, kind=KIND)] == [images[4], images[0]]
    assert kept_preview(vault, image=images[1], kind=KIND) is None
