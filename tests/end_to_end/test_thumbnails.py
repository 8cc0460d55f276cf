"""Lost thumbnails come back by themselves, whatever became of their file."""

import shutil
from pathlib import Path
from typing import NoReturn

import pytest

from desktop.media.notes import Failure
from desktop.media.sandbox import JobFailed, Sandbox
from desktop.problem import Cancelled
from desktop.records.deeds import looking
from desktop.records.deeds.describing import lacking_thumbnails
from desktop.records.facts.clinical_image import ImageState
from desktop.records.facts.ids import ImageId
from desktop.shipped import sample_photos
from desktop.verbs.filing import describe_left_over
from desktop.verbs.office import Office, open_office
from desktop.verbs.thumbnails import remake_thumbnails
from tests.end_to_end.command_line import PASSWORD, USER
from tests.end_to_end.made_office import office_to_copy
from tests.end_to_end.test_bad_input import FACTS, WHO, Desk, desk

__all__ = ["desk", "office_to_copy"]


@pytest.fixture
def filed(desk: Desk, tmp_path: Path) -> Path:
    """An office of two photos and a file that shows nothing; its thumbnails are lost."""
    card = tmp_path / "card"
    card.mkdir()
    for photo in sample_photos()[:2]:
        shutil.copy(photo, card)
    (card / "BROKEN.JPG").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    desk.json("file", "--from", str(card), *WHO, *FACTS)
    return desk.office


def opened(folder: Path) -> Office:
    return open_office(folder, user=USER, password=PASSWORD)


def all_of(office: Office) -> list[ImageId]:
    with office.vault.look() as look:
        return [image for image, _ in look.images.every_original()]


def lose(folder: Path, *, damaged: bool) -> None:
    for path in folder.glob("renditions.db*"):
        if damaged:
            path.write_bytes(b"no database")
        else:
            path.unlink()


@pytest.mark.parametrize("damaged", [True, False])
def test_lost_thumbnails_are_made_again_and_only_those(filed: Path, *, damaged: bool) -> None:
    with opened(filed) as office:
        images = all_of(office)
        before = looking.thumbnails(office.vault, images)
        assert len(before) == 2
        assert remake_thumbnails(office) == 0  # nothing is lost, and nothing is read
    lose(filed, damaged=damaged)
    told: list[tuple[int, int]] = []
    with opened(filed) as office:
        assert looking.thumbnails(office.vault, images) == {}
        with pytest.raises(Cancelled):
            remake_thumbnails(office, tell=told.append, stopped=lambda: len(told) == 1)
        assert lacking_thumbnails(office.vault) == 2  # what was made by then stays
        assert remake_thumbnails(office, tell=told.append) == 2
        assert looking.thumbnails(office.vault, images) == before
        assert told == [(0, 3), (0, 2), (1, 2)]
        assert lacking_thumbnails(office.vault) == 0
        with office.vault.look() as look:
            head = look.trail.head()
        assert remake_thumbnails(office) == 0
    with opened(filed) as office:
        assert lacking_thumbnails(office.vault) == 0  # of the third it is known that it shows none
        with office.vault.look() as look:
            again = look.trail.head()
        assert head is not None
        assert again is not None
        assert again.seq == head.seq + 2  # locked and unlocked: a thumbnail is no record


def test_a_damaged_original_is_passed_over(filed: Path) -> None:
    lose(filed, damaged=False)
    broken = max(filed.glob("originals/??/*"), key=lambda path: path.stat().st_size)
    broken.write_bytes(broken.read_bytes()[:-9])
    with opened(filed) as office:
        assert remake_thumbnails(office) == 3
        assert len(looking.thumbnails(office.vault, all_of(office))) == 1
        assert remake_thumbnails(office) == 0  # until the next unlock


def test_what_no_decoder_looked_into_is_described_once_one_starts(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = tmp_path / "card"
    card.mkdir()
    shutil.copy(sample_photos()[0], card)

    def fails(_self: Sandbox) -> NoReturn:
        raise JobFailed(Failure.NO_WORKER)

    with monkeypatch.context() as patched:
        patched.setattr(Sandbox, "_ready_worker", fails)
        desk.json("file", "--from", str(card), *WHO, *FACTS)
        with opened(desk.office) as office:
            (image,) = (looking.image(office.vault, one) for one in all_of(office))
            assert image.state is ImageState.INCOMPLETE
            assert image.description is not None
            assert image.description.note == Failure.NO_WORKER.words
            with office.vault.look() as look:
                before = look.trail.head()
            describe_left_over(office)
            with office.vault.look() as look:
                assert look.trail.head() == before  # what was noted before is not noted again
    with opened(desk.office) as office:
        assert describe_left_over(office) == 1
        seen = looking.image(office.vault, image.id)
        assert seen.state is ImageState.FILED  # the time it was taken is known now
        assert looking.thumbnails(office.vault, [image.id])
        assert describe_left_over(office) == 0
