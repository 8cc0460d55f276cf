"""What the campaign came to goes with the report of its test."""

import pytest

from tests.end_to_end.made_office import chartroom, least_cost, office_to_copy
from tests.faults.tallies import TALLIES

__all__ = ["chartroom", "least_cost", "office_to_copy"]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    if call.when == "call":
        item.user_properties += [("tally", tally.as_json()) for tally in TALLIES]
        TALLIES.clear()
