"""A drive with a bad moment, a jumping clock, two programs at once, a read-only drive."""

import hashlib
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.records.deeds.checking import verify
from desktop.records.deeds.filing import file_image
from desktop.records.deeds.looking import images_of, tray
from desktop.records.deeds.receiving import receive
from desktop.records.vault.office_lock import OfficeLock
from desktop.records.vault.originals import Originals
from desktop.records.vault.problems import DiskFailed, OfficeInUse
from desktop.records.vault.vault import Vault
from tests.faults.campaign.drives import tmpfs, why_not
from tests.faults.failing_store import FailingStore
from tests.unit.records.made_up import (
    MEI,
    MadeUpOffice,
    added,
    arrival,
    intake,
    linked,
    reading,
    received,
    whole_facts,
)

ROOT = Path(__file__).parents[2]
IMAGES = 4
pytestmark = pytest.mark.requirement("R46", "R73", "R106")


@pytest.fixture
def office(tmp_path: Path) -> MadeUpOffice:
    return MadeUpOffice(folder=tmp_path / "office")


def test_an_io_error_in_any_call_costs_one_image_a_second_try(office: MadeUpOffice) -> None:
    """By a store that raises: device-mapper's error target is not on every machine."""
    vault = office.create()
    call = 0
    while True:
        call += 1
        store = FailingStore(vault._store, fail_at=call)
        keep_through(office, vault, store, call)
        if not store.failed:
            break
    assert call > 10
    assert verify(vault, originals=True).is_whole
    images = tray(vault)
    assert len(images) == len({image.sha256 for image in images}) == IMAGES * call
    files = [path for path in (office.folder / "originals").rglob("*") if path.is_file()]
    with vault.look() as look:
        assert {path.name for path in files} == set(look.images.original_names())
    vault.close()


def keep_through(office: MadeUpOffice, vault: Vault, store: FailingStore, call: int) -> None:
    """Receive four images; whatever is refused is tried once more, and then it works."""
    with office.key() as key:
        originals = Originals(store, key.subkey("wrapping"))
    desk = intake(vault)
    for number in range(IMAGES):
        content = b"%d of call %d" % (number, call) * 500
        for attempt in range(2):
            try:
                sealed = originals.keep(reading(content), expected=len(content))
            except DiskFailed:
                assert attempt == 0
                continue
            receive(vault, sealed=[(sealed, arrival(desk, f"{call}-{number}.JPG"))], by=MEI)
            break
    originals.close()


@pytest.mark.requirement("R68")
@pytest.mark.parametrize("seed", range(4))
def test_a_jumping_clock_loses_nothing(office: MadeUpOffice, seed: int) -> None:
    """Forwards and back by years, between any two deeds: order and proof do not hang on it."""
    chance = random.Random(seed)
    with office.create() as vault:
        patient = added(vault)
        for number in range(8):
            office.clock.move(days=chance.uniform(-4_000, 4_000))
            image = received(vault, b"%d" % number, f"{number}.JPG")
            office.clock.move(days=chance.uniform(-4_000, 4_000))
            if number % 2:
                link = linked(patient)
                file_image(vault, image=image.id, link=link, facts=whole_facts(), by=MEI)
    with office.open() as vault:
        report = verify(vault, originals=True)
        assert report.is_whole
        assert report.images == 8
        assert len(tray(vault)) == len(images_of(vault, patient.id)) == 4


HOLDER = """
import sys
from pathlib import Path
from desktop.records.vault.office_lock import OfficeLock
lock = OfficeLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


def test_the_second_program_is_turned_away_until_the_first_is_dead(office: MadeUpOffice) -> None:
    with office.create() as vault:
        received(vault)
    command = [sys.executable, "-c", HOLDER, str(office.folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with pytest.raises(OfficeInUse):
            OfficeLock(office.folder).acquire()
        first.kill()
    with OfficeLock(office.folder), office.open() as vault:
        assert verify(vault, originals=True).is_whole


@pytest.fixture
def drive(tmp_path: Path) -> Iterator[Path]:
    if reason := why_not():
        pytest.skip(reason)
    with tmpfs(tmp_path / "drive", size=32 << 20):
        yield tmp_path / "drive"


def read_only(drive: Path, *, state: bool) -> None:
    option = f"remount,{'ro' if state else 'rw'}"
    subprocess.run(["mount", "-o", option, str(drive)], check=True)


def test_a_read_only_drive_is_named_and_stays_as_it_is(drive: Path) -> None:
    office = MadeUpOffice(folder=drive / "office")
    with office.create() as vault:
        received(vault)
    before = fingerprint(drive)
    read_only(drive, state=True)
    with pytest.raises(DiskFailed, match=str(drive)):
        OfficeLock(office.folder).acquire()
    with pytest.raises(DiskFailed, match=str(drive)):
        office.open()
    assert fingerprint(drive) == before
    read_only(drive, state=False)
    with office.open() as vault:
        assert verify(vault, originals=True).is_whole


def fingerprint(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
