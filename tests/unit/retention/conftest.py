"""An office whose images are old enough to be destroyed, and a second person to agree to it."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from desktop.records.facts.people import OfficeRole, Person
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MadeUpOffice
from tests.unit.retention.old_office import OldOffice, colleague


@pytest.fixture
def made(tmp_path: Path) -> MadeUpOffice:
    return MadeUpOffice(folder=tmp_path / "office")


@pytest.fixture
def vault(made: MadeUpOffice, empty_office: MadeUpOffice) -> Iterator[Vault]:
    copytree(empty_office.folder, made.folder)
    made.office = empty_office.office
    with made.open() as opened:
        yield opened


@pytest.fixture
def rangi(vault: Vault) -> Person:
    return colleague(vault, "Rangi Tūī", OfficeRole.PRIVACY_OFFICER)


@pytest.fixture
def old(vault: Vault, made: MadeUpOffice, rangi: Person) -> OldOffice:
    """Five images of one patient whose time is over; the first is on a sheet."""
    return OldOffice.of(vault, made.clock, rangi)
