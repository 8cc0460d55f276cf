"""The self-test of a device: what it finds out, and what it never tells."""

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from desktop.devices.finding import open_source
from desktop.devices.self_test import Check, Fact, Outcome, self_test
from desktop.devices.self_test_report import PROMISE, about, as_json, as_text
from desktop.devices.source import ClearingSource
from tests.unit.devices.port_rig import PortRig
from tests.unit.devices.ptp_datasets import Operation
from tests.unit.devices.ptpip_camera import PtpIpCamera
from tests.unit.devices.rig import Rig
from tests.unit.devices.rigs import FolderRig, NetworkCameraRig, VirtualCameraRig

NOW = datetime(2026, 4, 1, 12, 0)  # noqa: DTZ001
Facts = Mapping[str, Mapping[str, Fact]]


def _sit(rig: Rig) -> list[Check]:
    def opens() -> ClearingSource:
        return rig.open()  # type: ignore[return-value]

    return self_test(opens, now=NOW)[1]


def _outcomes(checks: Sequence[Check]) -> dict[str, Outcome]:
    return {check.name: check.outcome for check in checks}


def _failed(checks: Sequence[Check]) -> set[str]:
    return {check.name for check in checks if check.outcome is Outcome.FAILED}


def _facts(checks: Sequence[Check]) -> Facts:
    return {check.name: check.facts for check in checks}


@pytest.fixture
def network(bare_camera: PtpIpCamera, photos: dict[str, bytes]) -> NetworkCameraRig:
    return NetworkCameraRig(bare_camera, photos)


@pytest.mark.parametrize("kind", ["folder", "virtual", "network", "port"])
def test_a_device_that_keeps_its_part_passes_and_is_left_as_it_was(
    kind: str,
    tmp_path: Path,
    photos: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    rig: Rig
    match kind:
        case "folder":
            rig = FolderRig(tmp_path / "card", photos)
        case "virtual":
            pytest.importorskip("gphoto2")
            monkeypatch.setenv("VCAMERADIR", str(tmp_path / "card"))
            rig = VirtualCameraRig(tmp_path / "card", photos)
        case "network":
            rig = request.getfixturevalue("network")
        case _:
            rig = PortRig(photos)
    checks = _sit(rig)
    assert set(_outcomes(checks).values()) == {Outcome.PASSED}
    facts = _facts(checks)
    assert facts["lists twice the same"]["items"] == 3
    assert facts["sizes and times are plausible"]["of kind jpg"] == 3
    assert facts["lists the same when it is opened again"]["items"] == 3
    assert facts["says whether it may be cleared"]["may be cleared"] is (kind != "port")
    assert rig.left() == rig.photos


def test_nothing_that_deletes_is_asked_of_it(network: NetworkCameraRig) -> None:
    _sit(network)
    assert Operation.DELETE_OBJECT not in network.camera.asked


def test_a_short_read_is_a_failure(network: NetworkCameraRig) -> None:
    network.cut("IMG_0001.JPG", 100)
    assert _failed(_sit(network)) >= {"reads twice the same, to the listed size"}


def test_a_file_that_comes_out_differently_is_a_failure(photos: dict[str, bytes]) -> None:
    class Shaky(PortRig):
        def open(self) -> ClearingSource:
            for held in self.device.objects.values():
                if isinstance(held.content, bytes):
                    held.content = held.content[::-1]
            source = super().open()
            real = source.read_into
            asked: list[int] = []

            def read_into(item: object, offset: int, buffer: memoryview) -> int:
                asked.append(offset)
                got = real(item, offset, buffer)  # type: ignore[arg-type]
                buffer[0] ^= len(asked) & 1
                return got

            source.read_into = read_into  # type: ignore[method-assign]
            return source  # type: ignore[return-value]

    assert _failed(_sit(Shaky(photos))) == {
        "reads twice the same, to the listed size",
        "reads from any place",
    }


def test_another_device_in_its_place_is_a_failure(photos: dict[str, bytes]) -> None:
    class Changing(PortRig):
        def open(self) -> ClearingSource:
            self.add(f"NEW{self.device.serial}.JPG", b"\xff\xd8\xff")
            self.device.serial += 1
            return super().open()  # type: ignore[return-value]

    assert _failed(_sit(Changing(photos))) == {"lists the same when it is opened again"}


def test_a_device_that_will_not_open_is_a_report_too(network: NetworkCameraRig) -> None:
    network.lock()
    first, *rest = _sit(network)
    assert (first.outcome, first.facts) == (Outcome.FAILED, {"problem": "source_locked"})
    assert {check.outcome for check in rest} == {Outcome.NOT_ASKED}


def test_an_empty_device_is_not_asked_what_it_cannot_show(network: NetworkCameraRig) -> None:
    network.clear()
    checks = _sit(network)
    assert _failed(checks) == set()
    assert _outcomes(checks)["reads from any place"] is Outcome.NOT_ASKED


def test_what_is_wrong_with_items_is_counted(network: NetworkCameraRig) -> None:
    network.add("IMG_1.JPG", b"\xff\xd8\xff")
    network.add("IMG_1.JPG.X.JPG", b"\xff\xd8\xff")
    network.add("EMPTY.JPG", b"")
    network.add("gpj.\N{RIGHT-TO-LEFT OVERRIDE}x.jpg", b"\xff\xd8\xff")
    facts = _facts(_sit(network))
    begins = "not to be read, its name begins another name in the same folder"
    assert facts["lists twice the same"][begins] == 1
    assert facts["lists twice the same"]["not to be read, it is empty (0 bytes)"] == 1
    assert facts["names can be told apart"]["beginning another name"] == 1
    assert facts["names can be told apart"]["with characters that were hidden"] == 1


@pytest.mark.parametrize("made", [as_text, as_json])
def test_the_report_tells_nothing_of_a_patient_or_of_the_device_itself(
    made: object, network: NetworkCameraRig, tmp_path: Path, photos: dict[str, bytes]
) -> None:
    folder = FolderRig(tmp_path / "Zelda Made-Up", photos)
    for rig in (network, folder):
        rig.add("Zelda Made-Up ZAA0067.jpg", b"\xff\xd8\xff\xe0")
        rig.add("Zelda.Made-Up", b"\xff\xd8\xff\xe0")
        with closing(rig.open()) as source:
            info = source.info
        told = about(info, program="0.1.0", now=NOW, was_opened=True)
        report = made(told, _sit(rig))  # type: ignore[operator]
        for secret in ("Zelda", "Made-Up", "ZAA", "IMG_", "100TEST", str(tmp_path), "SN0001"):
            assert secret.casefold() not in report.casefold()
        assert PROMISE in report
    assert "file system: " in as_text(told, [])


def test_the_report_names_the_model_and_the_driver(
    tmp_path: Path, photos: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("gphoto2")
    monkeypatch.setenv("VCAMERADIR", str(tmp_path / "card"))
    with closing(VirtualCameraRig(tmp_path / "card", photos).open()) as source:
        info = source.info
    told = about(info, program="0.1.0", now=NOW, was_opened=True)
    assert told["model"] == "Nikon DSC D750"
    assert told["driver"].startswith("gphoto2 2.")
    assert told["route"] == "ptp, cable (PTP)"
    assert json.loads(as_json(told, []))["about"] == told


def test_a_folder_by_its_path(tmp_path: Path, photos: dict[str, bytes]) -> None:
    rig = FolderRig(tmp_path / "card", photos)
    steps: list[int] = []
    _, checks = self_test(
        lambda: open_source(str(rig.card)),
        now=NOW,
        tell=lambda _name, step, _of: steps.append(step),
    )
    assert _failed(checks) == set()
    assert steps == list(range(len(checks)))
