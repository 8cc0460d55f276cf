"""An image opened in a real office: each look one line, however closely somebody looks."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.problem import Cancelled
from desktop.records.deeds.measuring import scale_of
from desktop.records.deeds.trail_reading import trail_page
from desktop.records.facts.depiction import Scale
from desktop.records.facts.ids import ImageId
from desktop.records.facts.trail import TrailFilter
from desktop.records.vault.keyring import LEAST_COST
from desktop.records.vault.problems import OriginalMissing
from desktop.settings import Settings
from desktop.shipped import sample_photos
from desktop.ui.parts.pictures import decoded
from desktop.ui.viewer.verbs import ViewerVerbs
from desktop.verbs.previews import PREVIEW, make_previews
from desktop.verbs.window_viewer import viewer_verbs
from desktop.verbs.workstation import Workstation
from tests.end_to_end.command_line import PASSWORD, USER
from tests.end_to_end.made_office import least_cost, office_to_copy
from tests.end_to_end.test_bad_input import FACTS, WHO, Desk, desk

__all__ = ["desk", "least_cost", "office_to_copy"]


@pytest.fixture
def station(desk: Desk, tmp_path: Path, least_cost: None) -> Iterator[Workstation]:
    """A workstation whose office holds two photos."""
    card = tmp_path / "card"
    card.mkdir()
    for photo in sample_photos()[:2]:
        shutil.copy(photo, card)
    desk.json("file", "--from", str(card), *WHO, *FACTS)
    made = Workstation(Settings(office=desk.office, office_was_named=True), cost=LEAST_COST)
    made.unlock(USER, PASSWORD)
    yield made
    made.lock()


def lines(station: Workstation, deed: str) -> list[str]:
    """The images that lines of the trail name, in order."""
    newest = trail_page(station.office.vault, wanted=TrailFilter(deed=deed), most=9)
    return [str(entry.line.facts["image"]) for entry in reversed(newest)]


def two_of(station: Workstation) -> tuple[ViewerVerbs, list[ImageId]]:
    with station.office.vault.look() as look:
        return viewer_verbs(station), [image for image, _ in look.images.every_original()]


@pytest.mark.requirement("R13", "R104")
def test_comparing_is_one_look_at_each_and_a_closer_look_is_none(station: Workstation) -> None:
    verbs, images = two_of(station)
    for image in images:
        small = decoded(verbs.picture(image, 400))
        assert small is not None
        part = decoded(verbs.part(image, (10, 20, 300, 200), 400))
        assert part is not None
        assert part.size().toTuple() == (300, 200)
    assert lines(station, "original viewed") == [str(image) for image in images]
    again, _ = two_of(station)  # another opening of the window: nobody has looked in it yet
    again.part(images[0], (10, 20, 300, 200), 400)
    assert len(lines(station, "original viewed")) == 3


@pytest.mark.requirement("R13", "R106")
def test_a_picture_is_made_once_and_each_look_at_it_is_a_line(
    station: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    verbs, (image, other) = two_of(station)
    made = verbs.picture(image, 4096)
    assert made is not None
    assert max(decoded(made).size().toTuple()) <= PREVIEW  # type: ignore[union-attr]
    assert make_previews(station.office) == 1  # of the other one, ahead
    assert make_previews(station.office) == 0
    monkeypatch.setattr(station.office.describer, "preview", _nobody_may_ask)
    assert verbs.picture(image, 4096) == made
    assert verbs.picture(other, 2400) is not None
    assert lines(station, "original viewed") == [str(image), str(image), str(other)]
    station.office.vault.renditions.forget(image)  # lost: it is made again
    monkeypatch.undo()
    assert verbs.picture(image, 4096) == made


def test_a_kept_picture_does_not_hide_that_the_original_is_gone(station: Workstation) -> None:
    verbs, images = two_of(station)
    assert make_previews(station.office) == 2
    for path in station.office.folder.glob("originals/??/*"):
        path.unlink()
    with pytest.raises(OriginalMissing):
        verbs.picture(images[0], 4096)


def test_previews_made_ahead_give_way(station: Workstation) -> None:
    asked: list[bool] = []

    def stopped() -> bool:
        asked.append(True)
        return len(asked) > 1

    with pytest.raises(Cancelled):
        make_previews(station.office, stopped=stopped)
    assert make_previews(station.office) == 1  # what was made by then stays


def _nobody_may_ask(_untrusted: object, *, longest: int) -> bytes | None:
    raise AssertionError(longest)


def test_a_scale_is_kept_by_whoever_lays_it(station: Workstation) -> None:
    verbs, (image, other) = two_of(station)
    assert verbs.scale(image) is None
    laid = verbs.lay_scale(image, Scale(start=(10, 10), end=(310, 410), millimetres=50))
    assert verbs.scale(image) == laid == scale_of(station.office.vault, image)
    assert laid.laid_by == USER
    assert verbs.scale(other) is None
    assert list(verbs.ties(image)) == []
    assert lines(station, "scale laid") == [str(image)]
