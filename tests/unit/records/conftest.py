"""A real office, sealed in a folder that goes with the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import Clock, MadeUpOffice


@pytest.fixture
def office(tmp_path: Path) -> MadeUpOffice:
    return MadeUpOffice(folder=tmp_path / "office")


@pytest.fixture
def vault(office: MadeUpOffice) -> Iterator[Vault]:
    with office.create() as opened:
        yield opened


@pytest.fixture
def office_clock(office: MadeUpOffice) -> Clock:
    return office.clock
