"""What a computer keeps opens one slot of its own kind, and goes with what it stands in for."""

import json
import shutil
from pathlib import Path
from uuid import UUID

import pytest

from desktop.records.facts.ids import OfficeId
from desktop.records.vault import kept_slots, keyring
from desktop.records.vault.kept_slots import KeptSecret
from desktop.records.vault.keyring import LEAST_COST
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.problems import KeyringTooNew, WrongPassword

pytestmark = pytest.mark.requirement("R115")

OFFICE = OfficeId(UUID("01890000-0000-7000-8000-000000000001"))
USER, PASSWORD, OTHER = "Hana Pōtae", "rātā kettle anvil moss", "lantern gravel swim oat"
TAMA = "Tama Reed"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, str]:
    folder = tmp_path_factory.mktemp("made") / "office"
    key, recovery = keyring.create_keyring(
        folder, office=OFFICE, user=USER, password=PASSWORD, cost=LEAST_COST
    )
    return folder, bytes(key.secret), str(recovery)


@pytest.fixture
def folder(made: tuple[Path, bytes, str], tmp_path: Path) -> Path:
    return Path(shutil.copytree(made[0], tmp_path / "office"))


@pytest.fixture
def key(made: tuple[Path, bytes, str]) -> OfficeKey:
    return OfficeKey(bytearray(made[1]), office=OFFICE)


def kept_for(folder: Path, key: OfficeKey, user: str = USER) -> KeptSecret:
    kept = KeptSecret.fresh()
    kept_slots.put_slot(folder, key, kept_slots.new_slot(key, user=user, kept=kept))
    return kept


def opens(folder: Path, kept: KeptSecret) -> bool:
    """By neither file."""
    found = [kept_slots.unlock_kept(folder, kept)]
    previous = folder.with_name("previous")
    previous.mkdir()
    shutil.copy(folder / keyring.PREVIOUS, previous / keyring.FILE)
    found.append(kept_slots.unlock_kept(previous, kept))
    shutil.rmtree(previous)
    return any(found)


def version(folder: Path) -> int:
    return int(json.loads((folder / keyring.FILE).read_bytes())["version"])


def test_what_is_kept_opens_the_office_as_its_person(folder: Path, key: OfficeKey) -> None:
    kept = kept_for(folder, key)
    opened = kept_slots.unlock_kept(folder, kept)
    assert opened is not None
    assert opened.opened_by == USER
    assert not opened.must_change
    assert opened.secret == key.secret
    assert kept_slots.owners(folder) == {kept.slot: USER}
    assert kept_slots.kept_for(folder, " hana  pōtae ") == (kept.slot,)


def test_other_bits_and_other_slots_open_nothing(folder: Path, key: OfficeKey) -> None:
    kept = kept_for(folder, key)
    for other in (
        KeptSecret(slot=kept.slot, secret=bytearray(32)),
        KeptSecret(slot="0" * 16, secret=kept.secret),
    ):
        assert kept_slots.unlock_kept(folder, other) is None


def test_only_256_bits_are_kept_and_never_a_password(folder: Path, key: OfficeKey) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        KeptSecret(slot="0" * 16, secret=bytearray(PASSWORD, "utf-8"))
    kept = kept_for(folder, key, TAMA)
    with pytest.raises(WrongPassword):  # nor are the bits a password
        keyring.unlock(folder, user=TAMA, password=kept.secret.hex())
    assert keyring.users(folder) == (USER,)


def test_one_slot_a_person(folder: Path, key: OfficeKey) -> None:
    first, tamas = kept_for(folder, key), kept_for(folder, key, TAMA)
    second = kept_for(folder, key)
    assert not opens(folder, first)
    assert opens(folder, tamas)
    assert opens(folder, second)
    assert kept_slots.forget(folder, user=USER)
    assert not kept_slots.forget(folder, user=USER)
    assert not opens(folder, second)
    assert opens(folder, tamas)
    assert kept_slots.forget(folder)
    assert not opens(folder, tamas)
    keyring.unlock(folder, user=USER, password=PASSWORD).wipe()


@pytest.mark.parametrize("how", ["changed", "given", "revoked"])
def test_it_goes_with_the_password(folder: Path, key: OfficeKey, how: str) -> None:
    kept, tamas = kept_for(folder, key), kept_for(folder, key, TAMA)
    if how == "revoked":
        keyring.revoke(folder, user=USER)
    else:
        keyring.set_password(
            folder, key, user=USER, password=OTHER, cost=LEAST_COST, must_change=how == "given"
        )
    assert not opens(folder, kept)
    assert opens(folder, tamas)


def test_it_stays_while_the_slot_of_the_password_or_the_recovery_key_is_renewed(
    folder: Path, key: OfficeKey
) -> None:
    kept = kept_for(folder, key)
    stronger = keyring.KeyCost(memory=64 * 1024, passes=3, lanes=4)
    assert keyring.strengthen(folder, key, user=USER, password=PASSWORD, cost=stronger)
    keyring.replace_recovery(folder, key)
    assert opens(folder, kept)


def test_a_program_that_does_not_know_these_slots_refuses_the_file(
    folder: Path, key: OfficeKey
) -> None:
    """Else it would take a person off and leave behind what still opens the office as them."""
    assert version(folder) == 1
    kept_for(folder, key)
    assert version(folder) == 2
    kept_slots.forget(folder)
    assert version(folder) == 1
    path = folder / keyring.FILE
    path.write_text(path.read_text().replace('"version": 1', '"version": 3'))
    with pytest.raises(KeyringTooNew, match="newer Chartroom"):
        kept_slots.owners(folder)


def test_a_new_office_key_leaves_nothing_that_was_kept(folder: Path, key: OfficeKey) -> None:
    kept = kept_for(folder, key)
    with OfficeKey.fresh(office=OFFICE, opened_by=USER) as new:
        content, _ = keyring.keyring_for(new, passwords={USER: PASSWORD}, cost=LEAST_COST)
    keyring.put_in_place(folder, content)
    keyring.forget_previous(folder)
    assert not opens(folder, kept)


def test_where_there_is_no_keyring_nothing_is_kept(tmp_path: Path) -> None:
    assert kept_slots.owners(tmp_path) == {}
    assert not kept_slots.forget(tmp_path)
