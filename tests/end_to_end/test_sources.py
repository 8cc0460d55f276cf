"""What is plugged in, told by the command line as it comes and goes."""

import json
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desktop.devices.problems import SourceRefused
from desktop.devices.source import SourceState
from desktop.media.describer import Describer
from desktop.settings import Settings
from desktop.shipped import sample_photos
from desktop.verbs.open_sources import OpenSources
from tests.end_to_end.command_line import CommandLine
from tests.end_to_end.made_office import office_to_copy
from tests.unit.devices.ptpip_camera import PtpIpCamera

__all__ = ["office_to_copy"]

Watch = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def chartroom(tmp_path: Path) -> CommandLine:
    """No office is needed to see what is plugged in."""
    return CommandLine(world=tmp_path)


@pytest.fixture
def watch(chartroom: CommandLine, tmp_path: Path) -> Iterator[Watch]:
    """Watches one folder; ends what was begun."""
    started: list[subprocess.Popen[bytes]] = []
    chartroom.extra = {"CHARTROOM_FOLDERS": str(tmp_path / "EOS")}

    def begin(*options: str) -> "subprocess.Popen[bytes]":
        process = chartroom.start(*options, "sources", "--watch")
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def _event(process: "subprocess.Popen[bytes]") -> Any:
    assert process.stdout is not None
    return json.loads(process.stdout.readline())


def test_arrivals_changes_and_departures_are_told_until_ctrl_c(
    watch: Watch, tmp_path: Path
) -> None:
    folder = tmp_path / "EOS"
    folder.mkdir()
    process = watch("--json")
    arrived = _event(process)
    assert (arrived["event"], arrived["name"], arrived["state"]) == ("arrived", "EOS", "ready")
    folder.rename(tmp_path / "drawer")
    assert _event(process)["event"] == "left"
    (tmp_path / "drawer").rename(folder)
    again = _event(process)
    assert (again["event"], again["id"]) == ("arrived", f"folder:{folder}")
    (folder / ".stfolder").mkdir()
    changed = _event(process)
    assert changed["event"] == "changed"
    assert "Syncthing" in changed["caution"]
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, b"", b"")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGPIPE])
def test_a_polite_end_and_a_reader_who_had_enough_are_no_faults(
    watch: Watch, tmp_path: Path, number: signal.Signals
) -> None:
    (tmp_path / "EOS").mkdir()
    process = watch()
    assert process.stdout is not None
    assert process.stderr is not None
    line = process.stdout.readline().decode()
    assert f"arrived  EOS (folder:{tmp_path / 'EOS'}): ready" in line
    if number is signal.SIGTERM:
        process.terminate()
    else:
        process.stdout.close()
        (tmp_path / "EOS").rmdir()
    assert process.stderr.read() == b""
    assert process.wait(60) == 0


class TestNetworkCameras:
    """Added by a person, never looked for."""

    @pytest.fixture
    def camera(self) -> Iterator[PtpIpCamera]:
        pytest.importorskip("gphoto2")
        with closing(PtpIpCamera()) as made:
            made.add_file("IMG_1.JPG", b"photo", parent=made.add_folder("DCIM"))
            yield made

    @pytest.fixture
    def sources(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenSources]:
        monkeypatch.setattr("psutil.disk_partitions", lambda all: [])  # noqa: A006
        describer: Describer = object()  # type: ignore[assignment]
        with closing(OpenSources(Settings(office=tmp_path / "office"), describer)) as made:
            yield made

    def test_one_that_answers_is_a_source_until_it_is_removed(
        self, sources: OpenSources, camera: PtpIpCamera
    ) -> None:
        added = sources.add_camera(camera.source_id)
        assert sources.look() == [added]
        told: list[str] = []
        sources.list_items(
            added.id, lambda items: told.extend(one.name for one in items), lambda: False
        )
        assert told == ["IMG_1.JPG"]
        sources.remove_camera(added.id)
        assert sources.look() == []

    def test_one_that_does_not_is_none(self, sources: OpenSources, camera: PtpIpCamera) -> None:
        camera.script.busy = True
        with pytest.raises(SourceRefused):
            sources.add_camera(camera.source_id)
        assert sources.look() == []

    def test_a_remembered_one_is_asked_only_when_it_is_chosen_and_then_says_its_state(
        self, sources: OpenSources, camera: PtpIpCamera
    ) -> None:
        camera.script.busy = True
        sources.know_cameras([camera.source_id])
        (waiting,) = sources.look()
        assert waiting.state is SourceState.READY
        assert camera.asked == []
        with pytest.raises(SourceRefused):
            sources.list_items(waiting.id, lambda _items: None, lambda: False)
        (refused,) = sources.look()
        assert refused.state is SourceState.REFUSED
        assert "refuses this computer" in refused.detail
        camera.script.busy = False
        sources.try_again(waiting.id)
        assert sources.look() == [waiting]


def test_a_camera_on_the_network_is_filed_from_by_its_address(
    office_to_copy: Path, tmp_path: Path
) -> None:
    pytest.importorskip("gphoto2")
    chartroom = CommandLine(world=tmp_path / "world")
    shutil.copytree(office_to_copy, chartroom.office)
    with closing(PtpIpCamera()) as camera:
        photo = sample_photos()[0]
        camera.add_file("IMG_1.JPG", photo.read_bytes(), parent=camera.add_folder("DCIM"))
        who = ("--patient", "ZZZ0016", "--born", "1961-03-04")
        report = chartroom.json("file", "--from", camera.source_id, *who)
    assert len(report["incomplete"]) == 1
    far = chartroom.refused("file", "--from", "ptpip:198.51.100.4", *who)
    assert "is not in your own network" in far


@pytest.mark.parametrize("name", ["report.txt", "report.json"])
def test_a_self_test_of_a_card_makes_a_report_to_send(
    chartroom: CommandLine, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "Zelda" / "DCIM"
    folder.mkdir(parents=True)
    (folder / "IMG_0001.JPG").write_bytes(b"\xff\xd8\xff" + bytes(5000))
    out = tmp_path / name
    options = ("self-test-device", "--from", str(folder.parent), "--out", str(out))
    result = chartroom.json(*options)
    assert result["failed"] == 0
    assert {check["name"] for check in result["checks"]} > {"opens", "reads from any place"}
    report = out.read_text(encoding="utf-8")
    assert "IMG_0001" not in report
    assert "Zelda" not in report
    assert ("device self-test" in json.loads(report)) if name.endswith("json") else True
    assert (folder / "IMG_0001.JPG").exists()


def test_a_self_test_of_nothing_is_told(chartroom: CommandLine, tmp_path: Path) -> None:
    process = chartroom.start("self-test-device", "--from", str(tmp_path / "nowhere"))
    _, said = process.communicate()
    assert process.returncode == 1
    assert b"There is no device or folder" in said


@pytest.mark.skipif(shutil.which("scanimage") is None, reason="scanimage (sane-utils) is not here")
def test_scanners_are_looked_for_only_when_asked(chartroom: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "dll.conf").write_text("test\n")
    (tmp_path / "test.conf").write_text("number_of_devices 1\n")
    chartroom.extra = {"SANE_CONFIG_DIR": str(tmp_path)}
    assert "scanner" not in {one["kind"] for one in chartroom.json("sources")}
    found = chartroom.json("sources", "--scanners")
    assert [one["id"] for one in found] == ["scanner:test:0", "feeder:test:0", "duplex:test:0"]
