"""What is found, what it is called, and what may be asked for."""

import os
import signal
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from desktop.devices import finding
from desktop.devices.finding import SourceWatcher, find_sources, open_source
from desktop.devices.problems import SourceUnknown
from desktop.devices.source import SourceInfo, SourceState
from desktop.records.facts.capture import Route
from tests.unit.devices.conftest import put


@pytest.fixture(autouse=True)
def _nothing_is_mounted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine that runs the tests may have a card in it."""
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: [])  # noqa: A006


@pytest.fixture
def watcher(card: Path) -> Iterator[SourceWatcher]:
    """Watches one folder."""
    with closing(SourceWatcher([card])) as made:
        yield made


@pytest.fixture
def virtual_camera(card: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """libgphoto2's virtual camera is plugged in."""
    pytest.importorskip("gphoto2")
    monkeypatch.setenv("VCAMERADIR", str(card))


def _mount(monkeypatch: pytest.MonkeyPatch, *places: Path) -> None:
    partitions = [SimpleNamespace(mountpoint=str(place), fstype="vfat") for place in places]
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: partitions)  # noqa: A006


class TestFinding:
    def test_a_folder_of_the_settings(self, card: Path) -> None:
        assert find_sources([card]) == [
            SourceInfo(id=f"folder:{card}", route=Route.FOLDER, name="card")
        ]

    def test_a_folder_that_is_not_there_is_not_told(self, tmp_path: Path) -> None:
        put(tmp_path / "file", b"")
        assert find_sources([tmp_path / "nowhere", tmp_path / "file"]) == []

    def test_a_folder_that_cannot_be_opened_says_so(
        self, card: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_folder: Path) -> list[str]:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(finding, "camera_tops", refuse)
        (info,) = find_sources([card])
        assert info.state is SourceState.UNREADABLE
        assert "card cannot be read (Permission denied)" in info.detail

    def test_a_mounted_card_and_no_other_disk(
        self, card: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "disk").mkdir()
        _mount(monkeypatch, tmp_path / "disk", card, tmp_path / "gone")
        assert find_sources([card]) == [
            SourceInfo(id=f"folder:{card}", route=Route.CARD, name="Card card")
        ]
        with closing(open_source(str(card))) as source:
            assert source.info.route is Route.CARD

    @pytest.mark.usefixtures("virtual_camera")
    def test_a_camera(self) -> None:
        assert find_sources([]) == [
            SourceInfo(id="ptp:usb:001,001", route=Route.PTP, name="Nikon DSC D750")
        ]

    def test_no_camera_without_the_driver(
        self, card: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As on Windows."""
        monkeypatch.setattr(finding, "find_spec", lambda _name: None)
        assert [info.route for info in find_sources([card])] == [Route.FOLDER]
        with pytest.raises(SourceUnknown):
            open_source("ptp:usb:001,001")


@pytest.mark.usefixtures("virtual_camera")
class TestWatching:
    def test_looks_again_and_again(self, watcher: SourceWatcher) -> None:
        assert watcher.look()[0].id == "ptp:usb:001,001"
        assert watcher.look() == watcher.look()

    def test_a_watched_camera_can_be_opened(self, watcher: SourceWatcher) -> None:
        camera = watcher.look()[0]
        with closing(open_source(camera.id)) as source:
            assert source.info == replace(camera, serial="0.1")  # told only once it is open
            assert watcher.look()[0] == camera
            assert len(list(source.items())) == 3

    def test_a_crash_of_its_helper_is_not_seen(self, watcher: SourceWatcher) -> None:
        before = watcher.look()
        assert watcher._helper is not None
        os.kill(watcher._helper.process_id, signal.SIGKILL)
        assert watcher.look() == before

    def test_a_hang_of_its_helper_is_made_good_at_the_next_look(
        self, watcher: SourceWatcher
    ) -> None:
        before = watcher.look()
        assert watcher._helper is not None
        watcher._helper._silence = 0.1
        os.kill(watcher._helper.process_id, signal.SIGSTOP)
        assert [info.route for info in watcher.look()] == [Route.FOLDER]
        assert watcher.look() == before

    def test_closes_twice(self, watcher: SourceWatcher) -> None:
        watcher.look()
        watcher.close()
        watcher.close()


class TestOpening:
    def test_by_id_by_path_and_by_name(self, card: Path) -> None:
        for asked in (f"folder:{card}", str(card), "card"):
            with closing(open_source(asked, folders=[card])) as source:
                assert source.info.id == f"folder:{card}"

    def test_a_path_is_made_whole(self, card: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(card.parent)
        with closing(open_source("card")) as source:
            assert source.info.id == f"folder:{card}"
            assert len(list(source.items())) == 3

    @pytest.mark.parametrize("asked", ["", "nowhere", "folder:", "folder:/no/where", "usb:1\n"])
    def test_what_is_not_there(self, asked: str) -> None:
        with pytest.raises(SourceUnknown) as told:
            open_source(asked)
        assert "\n" not in str(told.value)

    @pytest.mark.parametrize("asked", ["ptp:usb:009,009", "ptp:", "ptp:nonsense", "ptp:serial:/x"])
    def test_a_camera_that_is_not_there(self, asked: str) -> None:
        pytest.importorskip("gphoto2")
        with pytest.raises(SourceUnknown):
            open_source(asked)
