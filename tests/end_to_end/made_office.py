"""An office with one patient, made once and copied for each test: keys are slow on purpose."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from desktop.records.deeds import keys as deeds_keys
from desktop.records.deeds.patients import add_patient
from desktop.records.facts.identifiers import nhi
from desktop.records.facts.patient import NewPatient, Sex
from desktop.records.vault import keyring, rotation
from desktop.records.vault.keyring import LEAST_COST, STANDARD_COST
from desktop.verbs import keys, office, rotating
from desktop.verbs.office import create_office
from tests.end_to_end.command_line import AT_LEAST_COST, PASSWORD, USER, CommandLine

FAMILY, GIVEN, BORN = "Ngātai-Whātua", "Kahurangi", date(1961, 3, 4)


@pytest.fixture(scope="session")
def office_to_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "office"
    made = create_office(
        folder, organisation="Kererū Clinic", user=USER, password=PASSWORD, cost=LEAST_COST
    )
    with made.office as opened:
        patient = NewPatient(
            identifiers=(nhi("ZZZ0016"),),
            family_name=FAMILY,
            given_names=GIVEN,
            born=BORN,
            sex=Sex.FEMALE,
        )
        add_patient(opened.vault, new=patient, by=opened.person)
    return folder


@pytest.fixture
def least_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process too, opening a copy does not strengthen it, and a new key costs the least:
    each would take a second."""
    for module in (keyring, deeds_keys, keys, office, rotation, rotating):
        for verb in vars(module).values():
            named = getattr(verb, "__kwdefaults__", None) or {}
            if named.get("cost") == STANDARD_COST:
                monkeypatch.setitem(named, "cost", LEAST_COST)


@pytest.fixture
def chartroom(tmp_path: Path, office_to_copy: Path, least_cost: None) -> CommandLine:
    """The command line on a copy of the office, in a world of its own."""
    made = CommandLine(world=tmp_path / "world", program=AT_LEAST_COST)
    shutil.copytree(office_to_copy, made.office)
    return made
