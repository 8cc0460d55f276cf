"""A phone holds its owner's private life: of what nobody picked, the office keeps nothing."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QSettings, Qt

from desktop.app import application, build_window
from desktop.records.vault.engine import Database
from desktop.records.vault.keyring import LEAST_COST
from desktop.settings import Settings
from desktop.shipped import sample_photos
from desktop.tour import Tour
from desktop.ui.parts.background import Background
from desktop.verbs.office import Office, open_office
from desktop.verbs.workstation import Workstation
from tests.end_to_end.command_line import PASSWORD, USER

PICKED = "A_PICKED.JPG"
PRIVATE = ("B_BEACH.JPG", "C_BIRTHDAY.JPG")


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """Three photos of today, of whose pictures one is picked."""
    folder = tmp_path / "CARD" / "DCIM"
    folder.mkdir(parents=True)
    for name, sample in zip((PICKED, *PRIVATE), sample_photos(), strict=False):
        shutil.copyfile(sample, folder / name)  # a fresh file time: taken today
    return folder.parent


@pytest.fixture
def station(tmp_path: Path, office_to_copy: Path, card: Path) -> Workstation:
    folder = tmp_path / "office"
    shutil.copytree(office_to_copy, folder)
    return Workstation(Settings(office=folder, folders=(card,)), cost=LEAST_COST)


@pytest.fixture
def tour(station: Workstation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tour]:
    (tmp_path / "temp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    application()
    background = Background()
    station.unlock(USER, PASSWORD)
    store = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = build_window(station, background, store)
    window.show()
    window.enter()
    yield Tour(window, background)
    window.close()
    background.close()
    station.lock()
    window.deleteLater()


def every_value(office: Office) -> bytes:
    """Each value of each row of both databases, search and trail and draft among them, in clear."""
    vault = office.vault
    databases: list[Database] = [vault._database, vault.renditions._database]
    values: list[bytes] = []
    for database in databases:
        with database.read() as connection:
            tables = sa.text("SELECT name FROM sqlite_master WHERE type = 'table'")
            for table in connection.execute(tables).scalars().all():
                for row in connection.execute(sa.text(f'SELECT * FROM "{table}"')):
                    values += [v if isinstance(v, bytes) else str(v).encode() for v in row]
    return b"\n".join(values)


def traces(content: bytes, photo: Path) -> list[str]:
    """What of a photo stands in these bytes: its name, and pieces of it."""
    whole = photo.read_bytes()
    pieces = {f"byte {at}": whole[at : at + 48] for at in (0, len(whole) // 2, len(whole) - 64)}
    known = {"its name": photo.stem.encode(), **pieces}
    return [what for what, piece in known.items() if piece in content]


def test_what_was_not_picked_leaves_no_trace(
    tour: Tour, station: Workstation, card: Path, tmp_path: Path
) -> None:
    tour.choose_source(card.name)
    tour.until(lambda: tour.desk.items.model.rowCount() == 3, "three pictures")
    tour.settle()  # all three were looked at
    tour.desk.items.grid.setFocus()
    tour.press(Qt.Key.Key_Home)
    tour.press(Qt.Key.Key_Space)
    tour.press(Qt.Key.Key_Return)
    tour.choose_patient("ngatai", "4/3/1961")
    tour.say(taken_by="Hana Parata", role="nurse", owner="personal", consent="verbal")
    tour.file()
    tour.desk.filing.next_patient()
    tour.tick_all()
    tour.choose_patient("ngatai", "4/3/1961")  # half done: it becomes a draft
    tour.press(Qt.Key.Key_L, with_ctrl=True)
    tour.settle()
    assert not station.is_open

    folder = station.settings.office
    with open_office(folder, user=USER, password=PASSWORD, cost=LEAST_COST) as office:
        assert office.vault.renditions.count() == 1
        kept = every_value(office)
        draft = office.vault.renditions.take_draft(office.person.id)
    assert "its name" in traces(kept, card / "DCIM" / PICKED), "the search finds what is there"
    assert draft, "there was a draft among what was searched"
    assert draft.encode() in kept
    files = [p for p in tmp_path.rglob("*") if p.is_file() and card not in p.parents]
    on_disk = b"\n".join(p.read_bytes() for p in files)
    for name in PRIVATE:
        assert traces(kept, card / "DCIM" / name) == []
        assert traces(on_disk, card / "DCIM" / name) == []
