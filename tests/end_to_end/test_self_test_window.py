"""The self-test as the window has it: a real folder, a report that names nothing, and a stop."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.problem import Cancelled
from desktop.records.vault.keyring import LEAST_COST
from desktop.settings import Settings
from desktop.shipped import sample_photos
from desktop.verbs.problems import SourceBeingTested
from desktop.verbs.self_testing import self_test_verbs
from desktop.verbs.workstation import Workstation
from tests.end_to_end.command_line import PASSWORD, USER


@pytest.fixture
def station(tmp_path: Path, office_to_copy: Path) -> Iterator[Workstation]:
    card = tmp_path / "CARD" / "DCIM"
    card.mkdir(parents=True)
    for sample in sample_photos()[:2]:
        shutil.copyfile(sample, card / sample.name)
    shutil.copytree(office_to_copy, tmp_path / "office")
    settings = Settings(office=tmp_path / "office", folders=(card.parent,))
    made = Workstation(settings, cost=LEAST_COST)
    made.unlock(USER, PASSWORD)
    yield made
    made.lock()


def test_a_folder_is_tested_and_its_report_names_no_file(
    station: Workstation, tmp_path: Path
) -> None:
    verbs = self_test_verbs(station)
    (card,) = [one for one in verbs.sources() if one.name == "CARD"]
    heard: list[str] = []

    def hear(name: str) -> None:
        heard.append(name)
        with pytest.raises(SourceBeingTested, match="being tested"):
            station.sources.source(card.id)

    tested = verbs.run(card.id, lambda progress: hear(progress.name), lambda: False)
    assert (tested.failed, tested.checks) == (0, len(heard))
    verbs.save(tested, tmp_path / "report.txt")
    report = (tmp_path / "report.txt").read_text()
    assert "no file name" in report
    assert not [sample.name for sample in sample_photos() if sample.name in report]


@pytest.mark.parametrize("asked", [0, 3, 8])
def test_it_can_be_stopped_at_any_moment(station: Workstation, asked: int) -> None:
    verbs, rest = self_test_verbs(station), iter([False] * asked)
    (card,) = [one for one in verbs.sources() if one.name == "CARD"]
    with pytest.raises(Cancelled):
        verbs.run(card.id, lambda _: None, lambda: next(rest, True))
    assert station.sources.source(card.id).info.name == "CARD"
