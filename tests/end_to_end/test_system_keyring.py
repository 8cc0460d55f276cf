"""The operating system's keyring: a real Secret Service and a twin in memory sit one exam."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast
from uuid import UUID

import pytest

from desktop.records.facts.ids import OfficeId
from desktop.records.vault.kept_slots import KeptSecret
from desktop.records.vault.system_keyring import (
    KeptEntry,
    SystemKeyring,
    SystemKeyringMissing,
    SystemKeyringRefused,
)
from tests.end_to_end.keyring_in_memory import InMemory
from tests.end_to_end.secret_service import SecretService

pytestmark = pytest.mark.requirement("R115")

ENTRY = KeptEntry(office=OfficeId(UUID(int=7)), slot="ab" * 8, user="Hana Pōtae")
NOT_MINE = (
    KeptEntry(office=OfficeId(UUID(int=8)), slot=ENTRY.slot, user=ENTRY.user),
    KeptEntry(office=ENTRY.office, slot="cd" * 8, user=ENTRY.user),
    KeptEntry(office=ENTRY.office, slot=ENTRY.slot, user="Tama Reed"),
)


@dataclass
class Sitting:
    """Whoever sits the exam, and how it is locked."""

    system: SystemKeyring
    place: InMemory | SecretService


@pytest.fixture(params=["in memory", "secret service"])
def sitting(request: pytest.FixtureRequest) -> Iterator[Sitting]:
    if request.param == "in memory":
        twin = InMemory()
        yield Sitting(SystemKeyring(twin), twin)
    else:
        service = cast("SecretService", request.getfixturevalue("secret_service"))
        yield Sitting(SystemKeyring.of_this_account(), service)


def fresh() -> KeptSecret:
    return KeptSecret(slot=ENTRY.slot, secret=KeptSecret.fresh().secret)


def test_exam_what_is_kept_is_given_back_until_it_is_dropped(sitting: Sitting) -> None:
    system = sitting.system
    assert system.kept(ENTRY) is None
    system.drop(ENTRY)
    first, second = fresh(), fresh()
    for kept in (first, second):
        system.keep(ENTRY, kept)
        assert system.kept(ENTRY) == kept
    for other in NOT_MINE:
        assert system.kept(other) is None
        system.keep(other, fresh())
    assert system.kept(ENTRY) == second
    system.drop(ENTRY)
    assert system.kept(ENTRY) is None
    assert all(system.kept(other) is not None for other in NOT_MINE)


def test_exam_a_locked_keyring_refuses_in_words(sitting: Sitting) -> None:
    sitting.system.keep(ENTRY, fresh())
    sitting.place.lock()
    for ask in (sitting.system.kept, sitting.system.drop):
        with pytest.raises(SystemKeyringRefused, match="Unlock it"):
            ask(ENTRY)
    with pytest.raises(SystemKeyringRefused, match="Unlock it"):
        sitting.system.keep(ENTRY, fresh())


@pytest.mark.parametrize("nonsense", ["", "not hex", "abcd", "é" * 64])
def test_what_was_never_ours_is_nothing(nonsense: str) -> None:
    twin = InMemory()
    twin.held[ENTRY.service, ENTRY.user] = nonsense
    assert SystemKeyring(twin).kept(ENTRY) is None


def test_a_keyring_that_forgets_at_once_is_refused() -> None:
    class Forgetful(InMemory):
        def set_password(self, service: str, username: str, password: str) -> None:
            del service, username, password

    with pytest.raises(SystemKeyringRefused, match="not what it was given"):
        SystemKeyring(Forgetful()).keep(ENTRY, fresh())


@pytest.mark.parametrize("address", [None, "unix:path=/nowhere/bus", "nonsense"])
def test_a_session_without_a_keyring_says_so(
    monkeypatch: pytest.MonkeyPatch, address: str | None
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    if address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    with pytest.raises(SystemKeyringMissing, match="Type the passphrase"):
        SystemKeyring.of_this_account()


def test_an_installation_without_the_library_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("keyring", "keyring.backends", "keyring.errors"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(SystemKeyringMissing, match=r"chartroom\[keyring\]"):
        SystemKeyring.of_this_account()


def test_no_setting_of_the_environment_puts_a_file_in_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    with pytest.raises(SystemKeyringMissing):
        SystemKeyring.of_this_account()
