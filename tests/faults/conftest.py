"""The long campaign runs when asked for; what it came to goes with the report of its test."""

import pytest

from tests.end_to_end.made_office import chartroom, least_cost, office_to_copy
from tests.faults.tallies import TALLIES

__all__ = ["chartroom", "least_cost", "office_to_copy"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    if call.when == "call":
        item.user_properties += [("tally", tally.as_json()) for tally in TALLIES]
        TALLIES.clear()
