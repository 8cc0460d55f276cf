"""The exam, sat by a folder, a virtual PTP camera and a network camera."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from desktop.devices.finding import open_source
from desktop.devices.folder_source import FolderSource
from desktop.devices.source import SourceInfo
from desktop.records.facts.capture import Route
from tests.unit.devices.ptpip_camera import PtpIpCamera
from tests.unit.devices.rig import Rig
from tests.unit.devices.source_exam import SourceExam


def _files(card: Path) -> Callable[[], Mapping[str, bytes]]:
    return lambda: {path.name: path.read_bytes() for path in card.rglob("*.JPG")}


def _unlink(card: Path) -> Callable[[str], None]:
    return lambda name: next(card.rglob(name)).unlink()


class TestFolder(SourceExam):
    """A folder, in a helper process."""

    @pytest.fixture
    def rig(self, card: Path, photos: dict[str, bytes]) -> Rig:
        return Rig(
            open=lambda: open_source(f"folder:{card}"),
            photos=photos,
            remove=_unlink(card),
            left=_files(card),
        )


class TestFolderInThisProcess(SourceExam):
    """The same without the helper, so that the two can be told apart when one fails."""

    @pytest.fixture
    def rig(self, card: Path, photos: dict[str, bytes]) -> Rig:
        info = SourceInfo(id=f"folder:{card}", route=Route.FOLDER, name="card")
        return Rig(
            open=lambda: FolderSource(card, info=info),
            photos=photos,
            remove=_unlink(card),
            left=_files(card),
        )


class TestVirtualCamera(SourceExam):
    """libgphoto2's own virtual camera: it hands over whole files only."""

    @pytest.fixture
    def rig(self, card: Path, photos: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> Rig:
        pytest.importorskip("gphoto2")
        monkeypatch.setenv("VCAMERADIR", str(card))
        return Rig(
            open=lambda: open_source("ptp:usb:001,001"),
            photos=photos,
            remove=_unlink(card),
            left=_files(card),
        )


class TestNetworkCamera(SourceExam):
    """libgphoto2's PTP driver on a camera that hands over files in parts."""

    @pytest.fixture
    def rig(self, camera: PtpIpCamera, photos: dict[str, bytes]) -> Rig:
        return Rig(
            open=lambda: open_source(camera.source_id),
            photos=photos,
            remove=camera.remove,
            left=camera.files,
        )
