"""What is plugged in, told by the command line as it comes and goes."""

import json
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.command_line import CommandLine

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
