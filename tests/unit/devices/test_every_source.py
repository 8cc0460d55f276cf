"""The exam, sat by a folder, a virtual PTP camera, a network camera, and over a port.

`python -m tests.unit.devices.contract_table` shows what it comes to, as a table.
"""

from pathlib import Path
from typing import ClassVar

import pytest

from desktop.devices.folder_source import FolderSource
from desktop.devices.source import SourceInfo
from desktop.records.facts.capture import Route
from tests.unit.devices.contract import Line
from tests.unit.devices.fault_exam import FaultExam
from tests.unit.devices.port_rig import PortRig
from tests.unit.devices.ptpip_camera import PtpIpCamera
from tests.unit.devices.rigs import FolderRig, NetworkCameraRig, VirtualCameraRig

_FOLDER_CANNOT = {
    Line.TWINS: "a folder has no two files of one name",
    Line.LOCKED: "a folder has no lock",
    Line.NO_STORAGE: "a folder is its own storage",
    Line.HIDDEN: "the system lists it, and raises what it cannot list",
    Line.BUSY: "no program can hold a folder for itself",
    Line.STORAGES: "a folder is one storage; a second card is a source of its own",
}
_NO_LINKS = "PTP has no links"


class TestFolder(FaultExam):
    """A folder, in a helper process."""

    source_name = "folder"
    not_applicable = _FOLDER_CANNOT
    elsewhere: ClassVar = {Line.DENIED: "test_folder_source.py"}

    @pytest.fixture
    def rig(self, tmp_path: Path, photos: dict[str, bytes]) -> FolderRig:
        return FolderRig(tmp_path / "card", photos)


class TestFolderInThisProcess(FaultExam):
    """The same without the helper, so that the two can be told apart when one fails."""

    source_name = ""
    not_applicable: ClassVar = {
        **_FOLDER_CANNOT,
        **dict.fromkeys((Line.MEMORY, Line.SLOW, Line.KILLED), "it has no helper"),
        Line.DENIED: "whoever runs the test may open every file",
    }

    @pytest.fixture
    def rig(self, tmp_path: Path, photos: dict[str, bytes]) -> FolderRig:
        card = tmp_path / "card"
        info = SourceInfo(id=f"folder:{card}", route=Route.FOLDER, name="card")
        return FolderRig(card, photos, opens=lambda: FolderSource(card, info=info))


class TestVirtualCamera(FaultExam):
    """libgphoto2's own virtual camera: it hands over whole files only."""

    source_name = "virtual camera"
    not_applicable: ClassVar = {
        Line.MEMORY: "it keeps whole files in memory itself",
        Line.LARGE: "it counts sizes in 32 bits itself",
        Line.NO_BYTES: "it does not list empty files",
        Line.UNPLUGGED: "it has no plug",
        Line.ANOTHER_CARD: "it has no card",
        Line.TWINS: "it shows a folder, which has no two files of one name",
        Line.DENIED: "it denies nothing",
        Line.LOCKED: "it has no lock",
        Line.NO_STORAGE: "it always has one",
        Line.HIDDEN: "it tells no other root than its own",
        Line.BUSY: "any number of programs may open it at once",
        Line.STORAGES: "it has one",
        Line.LINKS: _NO_LINKS,
    }

    @pytest.fixture
    def rig(
        self, tmp_path: Path, photos: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
    ) -> VirtualCameraRig:
        pytest.importorskip("gphoto2")
        card = tmp_path / "card"
        monkeypatch.setenv("VCAMERADIR", str(card))
        return VirtualCameraRig(card, photos)


class TestNetworkCamera(FaultExam):
    """libgphoto2's PTP driver on a camera that hands over files in parts."""

    source_name = "PTP/IP camera"
    not_applicable: ClassVar = {Line.LINKS: _NO_LINKS}

    @pytest.fixture
    def rig(self, bare_camera: PtpIpCamera, photos: dict[str, bytes]) -> NetworkCameraRig:
        return NetworkCameraRig(bare_camera, photos)


class TestPort(FaultExam):
    """What Chartroom makes of the drivers of Windows and macOS, over a port that is not real."""

    source_name = "Windows and macOS, over a port that is not real"
    not_applicable: ClassVar = {
        **dict.fromkeys(
            (Line.MEMORY, Line.SLOW, Line.KILLED),
            "its helper is that of the others, and needs a real port",
        ),
        Line.LINKS: _NO_LINKS,
    }

    @pytest.fixture
    def rig(self, photos: dict[str, bytes]) -> PortRig:
        return PortRig(photos)
