"""What the rooms of several floors ask for."""

import pytest

from tests.unit.records.made_up import MadeUpOffice


@pytest.fixture(scope="session")
def empty_office(tmp_path_factory: pytest.TempPathFactory) -> MadeUpOffice:
    """Where nothing happened yet, to be copied: every table of it takes a quarter of a second."""
    made = MadeUpOffice(folder=tmp_path_factory.mktemp("empty") / "office")
    made.create().close()
    return made
