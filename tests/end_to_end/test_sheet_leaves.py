"""A sheet is drawn while it leaves: whole, or nothing of it."""

import shutil
from pathlib import Path

import pytest

from tests.end_to_end.command_line import PASSWORD
from tests.end_to_end.test_bad_input import Desk
from tests.end_to_end.test_papers import file_two


@pytest.fixture
def chartroom(
    tmp_path: Path, office_to_copy: Path, least_cost: None, capsys: pytest.CaptureFixture[str]
) -> Desk:
    """Two photos are filed, and the original of the second cannot be read any more."""
    office = Path(shutil.copytree(office_to_copy, tmp_path / "office"))
    (tmp_path / "password.txt").write_text(PASSWORD, encoding="utf-8")
    desk = Desk(office=office, password_file=tmp_path / "password.txt", capture=capsys)
    before = set((office / "originals").rglob("*"))
    file_two(desk, tmp_path)
    sealed = [
        path for path in (office / "originals").rglob("*") if path.is_file() and path not in before
    ]
    last = max(sealed, key=lambda path: path.stat().st_mtime_ns)
    content = bytearray(last.read_bytes())
    content[len(content) // 2] ^= 1
    last.write_bytes(content)
    return desk


@pytest.mark.requirement("R77", "R79")
def test_a_picture_that_fails_half_way_leaves_no_file(chartroom: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    out = folder / "sheet.pdf"
    sheet = ("sheet", "--patient", "ZZZ0016", "--out", str(out))
    assert "cannot be printed" in chartroom.refused(*sheet)
    assert list(folder.iterdir()) == []
    out.write_bytes(b"what was here before")
    assert "cannot be printed" in chartroom.refused(*sheet)
    assert [path.name for path in folder.iterdir()] == ["sheet.pdf"]
    assert out.read_bytes() == b"what was here before"
    deeds = [line["deed"] for line in chartroom.json("audit")]
    assert deeds.count("sheet not printed") == 2
