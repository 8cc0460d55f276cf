"""One bit flipped in each file of an office: exactly that is named, and nothing else is harmed."""

import os
import random
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.problem import Problem
from desktop.records.deeds.checking import verify
from desktop.records.deeds.looking import thumbnails, tray
from desktop.records.facts.ids import OfficeId
from desktop.records.vault import keyring
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.problems import KeyringDamaged, KeyringTooNew
from desktop.records.vault.refusals import RecordsDamaged
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, MadeUpOffice, received

PASSWORD, FLIPS, IMAGES = "four words and one", 4, 3
pytestmark = pytest.mark.requirement("R46", "R73")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An office as a power cut leaves it, its journals beside it."""

    folder: Path
    secret: bytes
    office: OfficeId

    def copy(self, folder: Path) -> "Made":
        shutil.copytree(self.folder, folder)
        return Made(folder=folder, secret=self.secret, office=self.office)

    def unlock(self) -> OfficeKey:
        return keyring.unlock(self.folder, user=MEI.name, password=PASSWORD)

    def open(self) -> Vault:
        with OfficeKey(bytearray(self.secret), office=self.office) as key:
            return Vault.open(self.folder, key=key)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    scratch = tmp_path_factory.mktemp("bytes")
    new = MadeUpOffice(folder=scratch / "open")
    key, _ = keyring.create_keyring(
        new.folder,
        office=new.office.id,
        user=MEI.name,
        password=PASSWORD,
        cost=keyring.LEAST_COST,
    )
    new.secret = bytes(key.secret)
    key.wipe()
    with new.create() as vault:
        images = [received(vault, b"image %d" % n * 9_000, f"{n}.JPG") for n in range(IMAGES)]
        for image in images:
            vault.renditions.put(image.id, image.sha256 * 300)
        shutil.copytree(new.folder, scratch / "cut off")
    return Made(folder=scratch / "cut off", secret=new.secret, office=new.office.id)


@pytest.fixture(params=range(FLIPS))
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def flip(path: Path, seed: int, *, until: int | None = None) -> None:
    """Turn one bit of the file, or of its first bytes."""
    content = bytearray(path.read_bytes())
    place = random.Random(f"{path.name} {seed}").randrange(8 * (until or len(content)))
    content[place // 8] ^= 1 << place % 8
    path.write_bytes(content)


def is_whole(office: Made) -> bool:
    with office.open() as vault:
        return verify(vault, originals=True).is_whole and len(tray(vault)) == IMAGES


def test_without_a_flip_all_is_well(made: Made, tmp_path: Path) -> None:
    office = made.copy(tmp_path / "office")
    names = {path.name for path in office.folder.iterdir()}
    assert {"records.db", "records.db-wal", "renditions.db", "keyring.json"} <= names
    office.unlock().wipe()
    assert is_whole(office)


def test_keyring(made: Made, tmp_path: Path, seed: int) -> None:
    """A right password is never called wrong, and the previous copy brings the keyring back."""
    office = made.copy(tmp_path / "office")
    flip(office.folder / keyring.FILE, seed)
    with suppress(KeyringDamaged, KeyringTooNew):
        office.unlock().wipe()
    shutil.copy(office.folder / keyring.PREVIOUS, office.folder / keyring.FILE)
    office.unlock().wipe()
    assert is_whole(office)


@pytest.mark.parametrize("name", [keyring.PREVIOUS, "records.db-shm", "renditions.db-wal"])
def test_what_can_be_made_again_harms_nothing(
    made: Made, tmp_path: Path, name: str, seed: int
) -> None:
    office = made.copy(tmp_path / "office")
    flip(office.folder / name, seed)
    office.unlock().wipe()
    assert is_whole(office)


def test_records(made: Made, tmp_path: Path, seed: int) -> None:
    """They are named, and nothing beside them is touched."""
    office = made.copy(tmp_path / "office")
    office.open().close()
    before = originals(office)
    flip(office.folder / "records.db", seed)
    with pytest.raises(RecordsDamaged, match=r"records\.db is"), office.open() as vault:
        verify(vault, originals=True)
    assert originals(office) == before


def test_journal_of_the_records(made: Made, tmp_path: Path, seed: int) -> None:
    """It is named. What it alone held is not forgotten in silence, nor is anything moved for it."""
    office = made.copy(tmp_path / "office")
    before = originals(office)
    journal = office.folder / "records.db-wal"
    flip(journal, seed, until=last_transaction(journal))
    with pytest.raises(RecordsDamaged, match=r"records\.db-wal is"):
        office.open()
    assert originals(office) == before


def test_a_torn_last_transaction_is_no_damage(made: Made, tmp_path: Path, seed: int) -> None:
    """It was never acknowledged. Its original lies whole without a row and is set aside."""
    office = made.copy(tmp_path / "office")
    journal = office.folder / "records.db-wal"
    start, end = last_transaction(journal), journal.stat().st_size
    os.truncate(journal, random.Random(seed).randrange(start, end))
    with office.open() as vault:
        assert verify(vault, originals=True).is_whole
        assert len(tray(vault)) == IMAGES - 1
        assert vault.swept is not None
        assert len(vault.swept.set_aside) == 1


def last_transaction(journal: Path) -> int:
    """Where in the file the last transaction begins."""
    content, frame = journal.read_bytes(), 24 + 4096
    ends = [
        start + frame
        for start in range(32, len(content), frame)
        if any(content[start + 4 : start + 8])
    ]
    return ends[-2]


def originals(office: Made) -> dict[str, bytes]:
    files = (office.folder / "originals").rglob("*")
    return {str(path): path.read_bytes() for path in files if path.is_file()}


def test_original(made: Made, tmp_path: Path, seed: int) -> None:
    """The image is named, that one alone."""
    office = made.copy(tmp_path / "office")
    files = sorted(path for path in (office.folder / "originals").rglob("*") if path.is_file())
    broken = files[seed % len(files)]
    flip(broken, seed)
    with office.open() as vault:
        report = verify(vault, originals=True)
        assert [str(one.problem).split()[3] for one in report.damaged] == [broken.name]
        assert (report.missing, report.trail.is_whole, report.checked) == ([], True, IMAGES)
        assert len(tray(vault)) == IMAGES


def test_renditions(made: Made, tmp_path: Path, seed: int) -> None:
    """A thumbnail is right or it is not there, and can be made again."""
    office = made.copy(tmp_path / "office")
    office.open().close()
    flip(office.folder / "renditions.db", seed)
    with office.open() as vault:
        images = tray(vault)
        right = {image.id: image.sha256 * 300 for image in images}
        shown = thumbnails(vault, list(right))
        assert shown.items() <= right.items()
        for image, jpeg in right.items():
            vault.renditions.put(image, jpeg)
        assert thumbnails(vault, list(right)) == right
    assert is_whole(office)


def test_every_file_of_an_office_was_flipped(made: Made) -> None:
    """A new kind of file has to say here what becomes of it."""
    kinds = {path.name for path in made.folder.iterdir() if path.is_file()}
    assert kinds == {
        *(keyring.FILE, keyring.PREVIOUS),
        *("records.db", "records.db-wal", "records.db-shm"),
        *("renditions.db", "renditions.db-wal", "renditions.db-shm"),
    }


def test_a_page_torn_while_the_journal_is_written_back_is_no_damage(
    made: Made, tmp_path: Path
) -> None:
    """The journal still has the page whole, so nobody is sent to the backup for it."""
    office = made.copy(tmp_path / "office")
    with office.open() as vault:
        received(vault, b"one more", "9.JPG")
        path = office.folder / "records.db"
        content = bytearray(path.read_bytes())
        frames = journal_pages(office.folder / "records.db-wal")
        page = max(number for number in frames if number * 4096 <= len(content))
        content[(page - 1) * 4096 + 2000 : page * 4096] = bytes(2096)
        path.write_bytes(content)
        assert verify(vault, originals=True).is_whole


def journal_pages(journal: Path) -> set[int]:
    """The numbers of the pages that lie in a journal."""
    content = journal.read_bytes()
    return {
        int.from_bytes(content[start : start + 4], "big")
        for start in range(32, len(content), 24 + 4096)
    }


def test_no_problem_is_a_fault(made: Made, tmp_path: Path) -> None:
    """What the program says of a damaged keyring is a sentence with a way out."""
    office = made.copy(tmp_path / "office")
    (office.folder / keyring.FILE).write_bytes(b"")
    with pytest.raises(Problem, match=r"keyring\.previous\.json"):
        office.unlock()
