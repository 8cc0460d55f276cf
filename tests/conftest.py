"""What every test may rely on: no screen needed, loud logs fail, time is no measure."""

import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

pytest_plugins = ["tests.workers", "tests.in_memory"]

if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Tests start some hundred programs, and each of them would compile all of ours anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# The first text that hypothesis draws in a fresh clone builds its tables of Unicode for a second.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

# Five seconds are pytest-qt's own, and a busy machine may need them for one window. Only what never
# comes may fail.
for _wait in (QtBot.waitSignal, QtBot.waitSignals, QtBot.waitUntil, QtBot.waitExposed):
    assert _wait.__kwdefaults__ is not None
    _wait.__kwdefaults__["timeout"] = 60_000

_LOUD = logging.WARNING


def pytest_addoption(parser: pytest.Parser) -> None:
    """`dev.py test --long`."""
    parser.addoption("--long", action="store_true", help="what takes minutes as well")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes minutes runs when it is asked for; what takes longest begins first."""
    items.sort(key=lambda item: item.get_closest_marker("first") is None)
    if config.getoption("--long"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The fault campaign as one table; its tests may have run in several processes."""
    reports = (report for kind in terminalreporter.stats.values() for report in kind)
    tallies: list[Any] = [
        value
        for report in reports
        if isinstance(report, pytest.TestReport) and report.when == "call"
        for name, value in report.user_properties
        if name == "tally"
    ]
    if tallies:
        from tests.faults.campaign.campaign import Tally
        from tests.faults.tallies import table

        terminalreporter.section("the fault campaign")
        terminalreporter.write_line(table([Tally(**tally) for tally in tallies]))


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real and hostile files; tests that need it are skipped where it is absent."""
    beside = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"
    folder = Path(os.environ.get("CHARTROOM_CORPUS", beside))
    if not folder.is_dir():
        pytest.skip("the corpus is not here; CHARTROOM_CORPUS names its folder")
    return folder


@pytest.fixture(autouse=True)
def _loud_logs_fail(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in a log is a finding, unless the test looked at it and cleared `caplog`."""
    yield
    loud = [
        record
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.levelno >= _LOUD and record.name.startswith(("desktop", "chartroom"))
    ]
    assert not loud, [record.getMessage() for record in loud]
