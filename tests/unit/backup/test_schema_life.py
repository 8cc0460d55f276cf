"""Every released layout opens in this program, is brought up to date, and is safe meanwhile."""

from pathlib import Path
from shutil import copytree

import pytest
import sqlalchemy as sa

from desktop.records.deeds.checking import verify
from desktop.records.deeds.patients import find_patients
from desktop.records.vault import keyring, upgrade
from desktop.records.vault.engine import Database
from desktop.records.vault.safe_copy import SAFE_COPY
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import TODAY
from tools.office_fixture import CONTENTS, PASSWORD, USER

RELEASED = sorted((Path(__file__).parents[2] / "data").glob("office-*"))
pytestmark = pytest.mark.requirement("R73")


@pytest.fixture(params=RELEASED, ids=lambda path: path.name)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    copytree(request.param, folder)
    return folder


def opened(folder: Path) -> Vault:
    with keyring.unlock(folder, user=USER, password=PASSWORD) as key:
        return Vault.open(folder, key=key)


def layout_of(folder: Path, file: str) -> str:
    with keyring.unlock(folder, user=USER, password=PASSWORD) as key:
        database = Database(folder / file, key.subkey("records"), frozen=True)
    with database.read() as connection:
        found: str = connection.execute(sa.text("SELECT * FROM schema_version")).scalar_one()
    database.close()
    return found


def test_there_is_an_office_of_every_release() -> None:
    assert [path.name for path in RELEASED][:1] == ["office-0.1.0"]


def test_a_released_office_opens_whole_and_up_to_date(released: Path) -> None:
    with opened(released) as vault:
        report = verify(vault, originals=True)
        assert report.is_whole
        assert report.checked == len(CONTENTS)
        (patient,) = find_patients(vault, text="pomare", today=TODAY)
        for typed in ("po", "poma", "zzz0016", "0016"):  # names and numbers are indexed anew
            assert find_patients(vault, text=typed, today=TODAY) == [patient]
        with vault.look() as look:
            images = look.images.of_patient(patient.id)
            kept = [vault.originals.read(look.images.sealed(image.id)) for image in images]
            assert len(look.images.tray()) == 1
        assert sorted(kept) == sorted(CONTENTS[:3])
    assert layout_of(released, "records.db") == upgrade.LAYOUTS[-1]


def test_the_records_are_kept_beside_until_the_next_good_opening(released: Path) -> None:
    before = layout_of(released, "records.db")
    assert before != upgrade.LAYOUTS[-1]
    opened(released).close()
    assert layout_of(released, SAFE_COPY) == before
    opened(released).close()
    assert not (released / SAFE_COPY).exists()


def test_an_upgrade_that_fails_leaves_the_office_and_its_copy(
    released: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step of tomorrow with a fault in it; the real steps run before it."""
    before = layout_of(released, "records.db")
    steps = upgrade._run_steps

    def faulty(connection: sa.Connection) -> None:
        steps(connection)
        connection.execute(sa.text("SELECT * FROM nowhere"))

    monkeypatch.setattr(upgrade, "_run_steps", faulty)
    with pytest.raises(sa.exc.OperationalError, match="nowhere"):
        opened(released)
    monkeypatch.undo()
    assert layout_of(released, "records.db") == before
    assert layout_of(released, SAFE_COPY) == before
    with opened(released) as vault:
        assert verify(vault, originals=True).is_whole
