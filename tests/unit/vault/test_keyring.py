"""The keyring opens for those who may, and tells a slip from damage and from tampering."""

import hashlib
import json
import shutil
import stat
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.problem import Problem
from desktop.records.facts.ids import OfficeId
from desktop.records.vault import keyring
from desktop.records.vault.key_slot import KeyCost
from desktop.records.vault.keyring import LEAST_COST, STANDARD_COST
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.problems import (
    KeyringDamaged,
    KeyringMissing,
    KeyringTooNew,
    OfficeAlreadyThere,
    PasswordTooShort,
    UserNameMissing,
    WrongPassword,
    WrongRecoveryKey,
)
from desktop.records.vault.recovery_key import RecoveryKey

OFFICE = OfficeId(UUID("01890000-0000-7000-8000-000000000001"))
USER, PASSWORD = "Hana Pōtae", "rātā kettle anvil moss"  # a made-up person
Made = tuple[Path, bytes, RecoveryKey]


def records_key(key: OfficeKey) -> bytes:
    with key:
        return bytes(key.subkey("records"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("made") / "office"
    key, recovery = keyring.create_keyring(
        folder, office=OFFICE, user=USER, password=PASSWORD, cost=LEAST_COST
    )
    return folder, records_key(key), recovery


@pytest.fixture
def folder(made: Made, tmp_path: Path) -> Path:
    """A copy of the office that a test may change."""
    return Path(shutil.copytree(made[0], tmp_path / "office"))


def change_file(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    path = folder / "keyring.json"
    document = json.loads(path.read_bytes())
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")


def seal_checksums(document: dict[str, Any]) -> None:
    """What a person who tampers with the file would do: the plain checksum is no secret."""
    for slot in document["slots"]:
        slot.pop("checksum")
        plain = json.dumps([document["office"], slot], sort_keys=True, separators=(",", ":"))
        slot["checksum"] = hashlib.sha256(plain.encode()).hexdigest()


def test_the_password_opens_the_office(made: Made) -> None:
    folder, records, _ = made
    key = keyring.unlock(folder, user=USER, password=PASSWORD)
    assert key.office == OFFICE
    assert key.opened_by == USER
    assert records_key(key) == records


def test_case_spaces_and_composition_of_letters_do_not_matter_where_they_cannot(made: Made) -> None:
    folder, records, _ = made
    user = "  " + unicodedata.normalize("NFD", USER.upper().replace(" ", "  "))
    key = keyring.unlock(folder, user=user, password=unicodedata.normalize("NFD", PASSWORD))
    assert key.opened_by == USER
    assert records_key(key) == records


@pytest.mark.requirement("R115")
def test_a_wrong_password_and_an_unknown_name_are_the_same_problem(made: Made) -> None:
    with pytest.raises(WrongPassword) as wrong:
        keyring.unlock(made[0], user=USER, password=PASSWORD + " ")
    with pytest.raises(WrongPassword) as unknown:
        keyring.unlock(made[0], user="Nobody", password=PASSWORD)
    assert str(wrong.value) == str(unknown.value)


def test_the_recovery_slot_has_no_password(made: Made) -> None:
    with pytest.raises(WrongPassword):
        keyring.unlock(made[0], user="", password=PASSWORD)


def test_the_recovery_key_opens_the_office_however_it_is_typed(made: Made) -> None:
    folder, records, recovery = made
    key = keyring.unlock_with_recovery(folder, recovery=str(recovery).lower().replace("0", "o"))
    assert key.opened_by == ""
    assert records_key(key) == records


def test_the_sheet_of_another_office_is_told_as_such(made: Made) -> None:
    with pytest.raises(WrongRecoveryKey):
        keyring.unlock_with_recovery(made[0], recovery=str(RecoveryKey.fresh()))


def test_a_new_password_takes_the_place_of_the_old(folder: Path, made: Made) -> None:
    before = (folder / "keyring.json").read_bytes()
    (folder / "keyring.previous.json").unlink()
    with keyring.unlock_with_recovery(folder, recovery=str(made[2])) as key:
        keyring.set_password(
            folder, key, user=USER.lower(), password="another four plain words", cost=LEAST_COST
        )
    with pytest.raises(WrongPassword):
        keyring.unlock(folder, user=USER, password=PASSWORD)
    opened = keyring.unlock(folder, user=USER, password="another four plain words")
    assert records_key(opened) == made[1]
    assert (folder / "keyring.previous.json").read_bytes() == before
    assert records_key(keyring.unlock_with_recovery(folder, recovery=str(made[2]))) == made[1]


def test_a_second_person_has_a_password_of_their_own(folder: Path, made: Made) -> None:
    with keyring.unlock_with_recovery(folder, recovery=str(made[2])) as key:
        keyring.set_password(
            folder, key, user="Wiremu Test", password="four words of his own", cost=LEAST_COST
        )
    assert keyring.users(folder) == (USER, "Wiremu Test")
    hers = keyring.unlock(folder, user=USER, password=PASSWORD)
    his = keyring.unlock(folder, user="wiremu test", password="four words of his own")
    assert records_key(hers) == records_key(his) == made[1]


def test_the_key_of_another_office_is_not_put_on_the_ring(folder: Path) -> None:
    other = OfficeKey.fresh(office=OfficeId(UUID(int=5)), opened_by=USER)
    with pytest.raises(ValueError, match="another office"):
        keyring.set_password(folder, other, user=USER, password=PASSWORD, cost=LEAST_COST)


@pytest.mark.parametrize("password", ["", "hunter2", "eleven char", " " * 20, "ā" * 11])
def test_a_short_password_is_refused_with_advice(tmp_path: Path, password: str) -> None:
    with pytest.raises(PasswordTooShort, match="four words"):
        keyring.create_keyring(tmp_path, office=OFFICE, user=USER, password=password)
    assert not any(tmp_path.iterdir())


def test_a_long_password_is_not_cut(tmp_path: Path) -> None:
    long = " ".join(f"word{number}" for number in range(1_500))
    keyring.create_keyring(tmp_path, office=OFFICE, user=USER, password=long, cost=LEAST_COST)
    with pytest.raises(WrongPassword):
        keyring.unlock(tmp_path, user=USER, password=long[:-1])
    keyring.unlock(tmp_path, user=USER, password=long).wipe()


def test_a_person_needs_a_name(tmp_path: Path) -> None:
    with pytest.raises(UserNameMissing):
        keyring.create_keyring(tmp_path, office=OFFICE, user=" ", password=PASSWORD)


@pytest.mark.parametrize("left", ["keyring.json", "keyring.previous.json"])
def test_an_office_is_never_locked_out_by_a_second_keyring(folder: Path, left: str) -> None:
    for path in folder.iterdir():
        if path.name != left:
            path.unlink()
    with pytest.raises(OfficeAlreadyThere):
        keyring.create_keyring(folder, office=OFFICE, user=USER, password=PASSWORD)


def test_only_the_owner_may_look(made: Made) -> None:
    assert stat.S_IMODE(made[0].stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in made[0].iterdir()} == {0o600}


def test_where_there_is_no_keyring_there_is_no_office(tmp_path: Path) -> None:
    assert not keyring.exists(tmp_path)
    with pytest.raises(KeyringMissing):
        keyring.users(tmp_path)
    with pytest.raises(KeyringMissing):
        keyring.unlock(tmp_path / "nowhere", user=USER, password=PASSWORD)


@pytest.mark.parametrize("field", ["id", "kind", "user", "salt", "nonce", "wrapped", "checksum"])
def test_damage_is_not_taken_for_a_wrong_password(folder: Path, field: str) -> None:
    def damage(document: dict[str, Any]) -> None:
        text = document["slots"][0][field]
        document["slots"][0][field] = text[:-3] + ("A" if text[-3] != "A" else "B") + text[-2:]

    change_file(folder, damage)
    with pytest.raises(KeyringDamaged, match=r"keyring\.previous\.json"):
        keyring.unlock(folder, user=USER, password=PASSWORD)


def test_damage_to_one_slot_leaves_the_others(folder: Path, made: Made) -> None:
    change_file(folder, lambda document: document["slots"][0].pop("salt"))
    key = keyring.unlock_with_recovery(folder, recovery=str(made[2]))
    assert records_key(key) == made[1]


def test_the_previous_copy_is_a_way_out(folder: Path, made: Made) -> None:
    (folder / "keyring.json").write_bytes(b"\0" * 900)
    with pytest.raises(KeyringDamaged):
        keyring.users(folder)
    (folder / "keyring.previous.json").replace(folder / "keyring.json")
    assert records_key(keyring.unlock(folder, user=USER, password=PASSWORD)) == made[1]


def test_a_keyring_from_the_future_is_told_as_such(folder: Path) -> None:
    change_file(folder, lambda document: document.update(version=3))
    with pytest.raises(KeyringTooNew):
        keyring.users(folder)


@pytest.mark.parametrize(
    "cost",
    [
        {"memory": 8 * 1024, "passes": 3, "lanes": 4},
        {"memory": 64 * 1024, "passes": 1, "lanes": 4},
        {"memory": 100 * 1024 * 1024, "passes": 3, "lanes": 4},
        {"memory": 64 * 1024, "passes": 2**31, "lanes": 4},
        {"memory": 64 * 1024, "passes": 2, "lanes": 2**20},
        {"memory": 64 * 1024, "passes": 2},
        {"memory": "65536", "passes": 2, "lanes": 4},
    ],
)
def test_a_tampered_cost_is_neither_weak_nor_endless(folder: Path, cost: object) -> None:
    def tamper(document: dict[str, Any]) -> None:
        document["slots"][0]["cost"] = cost
        seal_checksums(document)

    change_file(folder, tamper)
    with pytest.raises(KeyringDamaged):
        keyring.unlock(folder, user=USER, password=PASSWORD)


def rename_user(document: dict[str, Any]) -> None:
    document["slots"][0]["user"] = "Mallory"


def move_office(document: dict[str, Any]) -> None:
    document["office"] = str(UUID(int=9))


def raise_cost(document: dict[str, Any]) -> None:
    document["slots"][0]["cost"]["passes"] = 3


def change_id(document: dict[str, Any]) -> None:
    document["slots"][0]["id"] = "0" * 16


@pytest.mark.parametrize("change", [rename_user, move_office, raise_cost, change_id])
def test_what_the_wrapping_vouches_for_cannot_be_changed(
    folder: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    def tamper(document: dict[str, Any]) -> None:
        change(document)
        seal_checksums(document)

    change_file(folder, tamper)
    with pytest.raises(WrongPassword):
        keyring.unlock(folder, user=keyring.users(folder)[0], password=PASSWORD)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
slots = st.lists(
    json_values
    | st.fixed_dictionaries(
        dict.fromkeys(("id", "user", "salt", "nonce", "wrapped", "checksum"), json_values)
        | {
            "kind": st.sampled_from(["password", "recovery", "kept-by-system", 7]),
            "cost": json_values,
        }
    ),
    max_size=3,
)
documents = st.fixed_dictionaries(
    {"format": st.just("chartroom keyring"), "version": st.just(1) | st.just(2) | json_values},
    optional={"office": st.just(str(OFFICE)) | json_values, "slots": slots | json_values},
)


@given(st.binary(max_size=200) | documents.map(lambda value: json.dumps(value).encode()))
@settings(max_examples=150, deadline=None)
def test_no_content_is_worse_than_a_problem(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    (folder / "keyring.json").write_bytes(content)
    with pytest.raises(Problem):
        keyring.users(folder)


def test_the_standard_cost_is_the_measured_one() -> None:
    assert KeyCost(memory=256 * 1024, passes=3, lanes=4) == STANDARD_COST
    assert STANDARD_COST.is_sane
    assert LEAST_COST.is_sane


def test_every_purpose_has_its_own_key() -> None:
    key = OfficeKey(bytearray(range(32)), office=OFFICE)
    drawn = {
        bytes(key.subkey("records")),
        bytes(key.subkey("renditions")),
        bytes(key.subkey("wrapping")),
        bytes(key.subkey("trail")),
        bytes(key.secret),
    }
    assert len(drawn) == 5
    assert key.subkey("trail") == key.subkey("trail")
    with pytest.raises(ValueError, match="backup"):
        key.subkey("backup")  # type: ignore[arg-type]


def test_a_wiped_key_gives_nothing() -> None:
    secret = bytearray(range(32))
    with OfficeKey(secret, office=OFFICE) as key:
        key.subkey("records")
    assert secret == bytes(32)
    with pytest.raises(ValueError, match="wiped"):
        key.subkey("records")
