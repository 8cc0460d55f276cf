"""A new office key opens everything, the old one nothing, and the trail stays one trail."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from desktop.problem import Problem
from desktop.records.deeds.checking import verify
from desktop.records.deeds.filing import file_image
from desktop.records.deeds.looking import images_of
from desktop.records.deeds.people import add_person
from desktop.records.facts.people import NewPerson, OfficeRole
from desktop.records.facts.people_problems import NotAllowed
from desktop.records.vault import keyring, rotation
from desktop.records.vault.engine import Database
from desktop.records.vault.keyring import LEAST_COST
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.originals import Originals
from desktop.records.vault.problems import (
    DiskFailed,
    OriginalDamaged,
    WrongPassword,
    WrongRecoveryKey,
)
from desktop.records.vault.refusals import RecordsDamaged
from desktop.records.vault.rotation import Rotation, rotate_office_key
from desktop.records.vault.trail import Anchor
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import (
    MEI,
    MadeUpOffice,
    added,
    deeds,
    linked,
    received,
    whole_facts,
)

pytestmark = [pytest.mark.requirement("R106"), pytest.mark.requirement("R115")]

PASSWORD, OTHER = "rātā kettle anvil moss", "lantern gravel swim oat"
HANA = NewPerson(name="Hana Pōtae", office_role=OfficeRole.CLERK)


@dataclass
class KeyedOffice:
    """An office whose key lies in a keyring, as in life."""

    folder: Path
    made: MadeUpOffice
    recovery: str
    anchor: Anchor

    def key(self, user: str = MEI.name, password: str = PASSWORD) -> OfficeKey:
        return keyring.unlock(self.folder, user=user, password=password)

    def open(self, user: str = MEI.name, password: str = PASSWORD) -> Vault:
        with self.key(user, password) as key:
            return Vault.open(self.folder, key=key, clock=self.made.clock)

    def rotate(self) -> Rotation:
        with self.key() as key:
            return rotate_office_key(
                self.folder,
                key=key,
                by=MEI,
                passwords={MEI.name: PASSWORD},
                clock=self.made.clock,
                cost=LEAST_COST,
            )


def made_office(folder: Path) -> KeyedOffice:
    made = MadeUpOffice(folder=folder)
    key, recovery = keyring.create_keyring(
        folder, office=made.office.id, user=MEI.name, password=PASSWORD, cost=LEAST_COST
    )
    made.secret = bytes(key.secret)
    with key, made.create() as vault:
        patient = added(vault)
        for number in range(3):
            image = received(vault, b"a wound %d" % number, f"{number}.JPG")
            file_image(vault, image=image.id, link=linked(patient), facts=whole_facts(), by=MEI)
            vault.renditions.put(image.id, b"a thumbnail")
            vault.renditions.put_preview(image.id, "picture", b"a preview", is_seen=False)
        clerk = add_person(vault, new=HANA, by=MEI)
        keyring.set_password(folder, key, user=clerk.name, password=OTHER, cost=LEAST_COST)
        head = vault.verify_trail()
    return KeyedOffice(
        folder=folder,
        made=made,
        recovery=str(recovery),
        anchor=Anchor(seq=head.lines, mac=head.head),
    )


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> KeyedOffice:
    return made_office(tmp_path_factory.mktemp("kept") / "office")


@pytest.fixture
def office(kept: KeyedOffice, tmp_path: Path) -> KeyedOffice:
    folder = Path(shutil.copytree(kept.folder, tmp_path / "office"))
    return KeyedOffice(folder=folder, made=kept.made, recovery=kept.recovery, anchor=kept.anchor)


def prove_whole(office: KeyedOffice, vault: Vault) -> None:
    report = verify(vault, originals=True)
    assert report.is_whole
    assert report.images == 3
    assert vault.verify_trail(anchor=office.anchor).is_whole
    with vault.look() as look:
        (patient,) = look.patients.search("pomare", today=office.made.clock().date())
    images = images_of(vault, patient.id)
    assert len(vault.renditions.get_many([image.id for image in images])) == 3
    assert {vault.renditions.preview(image.id, "picture") for image in images} == {b"a preview"}


def test_everything_opens_with_the_new_key_and_nothing_with_the_old(office: KeyedOffice) -> None:
    old = office.key()
    rotation = office.rotate()
    assert rotation.without_password == (HANA.name,)
    assert rotation.unreadable == 0
    with office.open() as vault:
        prove_whole(office, vault)
        told = [deed for deed, _ in deeds(vault)]
        assert told.index("office key rotated") == told.index("office key rotation begun") + 1
    with pytest.raises(RecordsDamaged), old:
        Vault.open(office.folder, key=old)
    assert sorted(path.name for path in office.folder.glob("*rotated*")) == []


def test_an_original_is_not_read_by_who_kept_the_old_key(office: KeyedOffice) -> None:
    with office.key() as key:
        wrapping = key.subkey("wrapping")
    office.rotate()
    with office.open() as vault:
        old = Originals(vault.store, wrapping)
        with vault.look() as look:
            for _, sealed in look.images.every_original():
                assert isinstance(old.check(sealed), OriginalDamaged)
                assert vault.originals.check(sealed) is None


def test_passwords_nobody_knew_and_old_recovery_sheets_open_nothing(office: KeyedOffice) -> None:
    rotation = office.rotate()
    with pytest.raises(WrongPassword):
        office.key(HANA.name, OTHER)
    with pytest.raises(WrongRecoveryKey):
        keyring.unlock_with_recovery(office.folder, recovery=office.recovery)
    with keyring.unlock_with_recovery(office.folder, recovery=str(rotation.recovery)) as key:
        Vault.open(office.folder, key=key).close()
    previous = office.folder / "keyring.previous.json"
    assert previous.read_bytes() == (office.folder / "keyring.json").read_bytes()


def test_a_key_is_rotated_again_and_the_trail_is_still_one(office: KeyedOffice) -> None:
    office.rotate()
    office.rotate()
    with office.open() as vault:
        prove_whole(office, vault)
        received(vault, b"after it")
        assert vault.verify_trail(anchor=office.anchor).is_whole


def test_a_clerk_rotates_nothing_and_leaves_nothing(office: KeyedOffice) -> None:
    with office.open() as vault, vault.look() as look:
        clerk = next(one for one in look.office.people() if one.name == HANA.name)
    before = (office.folder / "keyring.json").read_bytes()
    with pytest.raises(NotAllowed), office.key(HANA.name, OTHER) as key:
        rotate_office_key(
            office.folder, key=key, by=clerk, passwords={HANA.name: OTHER}, cost=LEAST_COST
        )
    assert (office.folder / "keyring.json").read_bytes() == before
    assert list(office.folder.glob("*rotated*")) == []


def test_a_data_key_that_was_damaged_before_stops_nothing(office: KeyedOffice) -> None:
    with office.key() as key:
        database = Database(office.folder / "records.db", key.subkey("records"))
    with database.write() as connection:
        connection.execute(
            sa.text(
                "UPDATE original SET wrapped_key = zeroblob(60) WHERE image_id = "
                "(SELECT min(image_id) FROM original)"
            )
        )
    database.close()
    assert office.rotate().unreadable == 1
    with office.open() as vault:
        assert len(verify(vault, originals=True).damaged) == 1


def spoil_new(folder: Path) -> None:
    (folder / "records.rotated.db").write_bytes(b"\0" * 8192)


def test_a_file_that_waits_and_is_empty_does_not_take_the_place_of_the_records(
    office: KeyedOffice,
) -> None:
    """An export that a crash cut short at its beginning leaves one, and it opens with every key."""
    (office.folder / "records.rotated.db").touch()
    with office.open() as vault:
        prove_whole(office, vault)
    assert list(office.folder.glob("*rotated*")) == []


def spoil_both(folder: Path) -> None:
    spoil_new(folder)
    (folder / "records.db").write_bytes(b"\1" * 8192)


def test_a_file_that_waits_and_does_not_open_goes(office: KeyedOffice) -> None:
    spoil_new(office.folder)
    with office.open() as vault:
        prove_whole(office, vault)
    assert list(office.folder.glob("*rotated*")) == []


def test_a_journal_of_a_file_that_waited_goes_too(office: KeyedOffice) -> None:
    """What a power cut leaves of an export; it belongs to no file any more."""
    for name in ("records.rotated.db-journal", "renditions.rotated.db-journal"):
        (office.folder / name).write_bytes(b"\xd9\xd5\x05\xf9" * 128)
    with office.open() as vault:
        prove_whole(office, vault)
    assert list(office.folder.glob("*rotated*")) == []


def test_new_data_keys_left_in_the_journal_are_not_dropped_with_it(
    office: KeyedOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closing brings a journal into its file, unless it cannot; then it says nothing."""
    held = []
    check = Database.check_pages

    def hold(database: Database) -> None:
        check(database)
        held.append(database._connect())

    monkeypatch.setattr(Database, "check_pages", hold)
    office.rotate()
    monkeypatch.undo()
    (connection,) = held
    connection.close()
    with office.open() as vault:
        prove_whole(office, vault)


def test_the_files_that_wait_are_on_the_drive_before_the_keyring_gives_their_key(
    office: KeyedOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []

    def noted(place: object, name: str) -> None:
        real = getattr(place, name)

        def call(*args: object, **kwargs: object) -> object:
            order.append(name)
            return real(*args, **kwargs)

        monkeypatch.setattr(place, name, call)

    noted(rotation, "_rewrap")
    noted(rotation, "sync_folder")
    noted(keyring, "put_in_place")
    office.rotate()
    assert order == ["_rewrap", "sync_folder", "put_in_place"]


def test_a_drive_that_fails_once_it_is_decided_does_not_keep_the_recovery_key_back(
    office: KeyedOffice,
) -> None:
    """Nobody would ever see it, and the sheets from before open nothing any more."""
    in_the_way = office.folder / "keyring.previous.json.new"
    in_the_way.mkdir()
    rotation = office.rotate()
    assert isinstance(rotation.unsettled, DiskFailed)
    in_the_way.rmdir()
    keyring.unlock_with_recovery(office.folder, recovery=str(rotation.recovery)).wipe()
    with office.open() as vault:
        prove_whole(office, vault)
    assert list(office.folder.glob("*rotated*")) == []
    previous = office.folder / "keyring.previous.json"
    assert previous.read_bytes() == (office.folder / "keyring.json").read_bytes()


def test_damaged_thumbnails_do_not_keep_the_old_key_in_use(office: KeyedOffice) -> None:
    with office.open() as vault, vault.look() as look:
        ((image, _), *_) = look.images.every_original()
        vault.renditions.put(image, b"a large thumbnail" * 5_000)
    renditions = office.folder / "renditions.db"
    content = bytearray(renditions.read_bytes())
    content[-5_000] ^= 1
    renditions.write_bytes(content)
    assert office.rotate().unsettled is None
    with office.open() as vault:
        assert verify(vault, originals=True).is_whole
        assert vault.renditions.get(image) is None
        vault.renditions.put(image, b"another")
    assert list(office.folder.glob("*rotated*")) == []


def test_where_neither_file_opens_both_are_left_for_whoever_can_help(office: KeyedOffice) -> None:
    spoil_both(office.folder)
    with pytest.raises(RecordsDamaged):
        office.open()
    assert (office.folder / "records.rotated.db").exists()


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device")])
def test_a_drive_that_fills_up_leaves_the_office_as_it_was(
    office: KeyedOffice, fault: OSError, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise fault

    monkeypatch.setattr("desktop.records.vault.durable.os.fsync", full)
    refuse: Callable[[], Rotation] = office.rotate
    with pytest.raises(Problem, match="full"):
        refuse()
    monkeypatch.undo()
    assert list(office.folder.glob("*rotated*")) == []
    with office.open() as vault:
        prove_whole(office, vault)
