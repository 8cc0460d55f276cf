"""The long campaign runs when asked for; what the campaign came to is shown as one table."""

import pytest

from tests.faults.tallies import TALLIES, table


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if TALLIES:
        terminalreporter.section("the fault campaign")
        terminalreporter.write_line(table(TALLIES))
