"""A real office, sealed in a folder that goes with the test."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import Clock, MadeUpOffice


@pytest.fixture
def office(tmp_path: Path) -> MadeUpOffice:
    return MadeUpOffice(folder=tmp_path / "office")


@pytest.fixture
def vault(office: MadeUpOffice, empty_office: MadeUpOffice) -> Iterator[Vault]:
    """An open office where nothing happened yet; `office` is the same one."""
    copytree(empty_office.folder, office.folder)
    office.office = empty_office.office
    with office.open() as opened:
        yield opened


@pytest.fixture
def office_clock(office: MadeUpOffice) -> Clock:
    return office.clock
