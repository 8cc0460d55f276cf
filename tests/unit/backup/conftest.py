"""An office with a keyring, a patient and some images, copied for each test."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from desktop.media.sandboxed_describer import SandboxedDescriber
from desktop.records.deeds.filing import file_image
from desktop.records.vault import keyring
from desktop.records.vault.office_lock import OfficeLock
from desktop.records.vault.vault import Vault
from desktop.verbs.office import Office
from tests.unit.backup.world import PASSWORD, USER, World
from tests.unit.records.made_up import MEI, MadeUpOffice, added, linked, received, whole_facts


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> World:
    """An office of six images, one of them in the tray, with its keys."""
    folder = tmp_path_factory.mktemp("backup") / "office"
    facts = MadeUpOffice(folder=folder).office
    key, recovery = keyring.create_keyring(
        folder, office=facts.id, user=USER, password=PASSWORD, cost=keyring.LEAST_COST
    )
    secret = bytes(key.secret)
    with key, Vault.create(folder, office=facts, owner=MEI, key=key) as vault:
        patient = added(vault)
        for n in range(6):
            image = received(vault, bytes([n]) * (1 + 150_000 * n), name=f"IMG_{n}.JPG")
            if n < 5:
                proof = linked(patient)
                file_image(vault, image=image.id, link=proof, facts=whole_facts(), by=MEI)
    return World(folder=folder.parent, facts=facts, secret=secret, recovery=str(recovery))


@pytest.fixture
def world(tmp_path: Path, made_once: World) -> World:
    copytree(made_once.office, tmp_path / "office")
    return replace(made_once, folder=tmp_path)


@pytest.fixture
def office(world: World) -> Iterator[Office]:
    """The office, open; by its key, for passwords are slow on purpose."""
    lock = OfficeLock(world.office)
    lock.acquire()
    with Office(
        folder=world.office,
        facts=world.facts,
        vault=world.open(),
        person=MEI,
        describer=SandboxedDescriber(),
        lock=lock,
    ) as opened:
        yield opened
