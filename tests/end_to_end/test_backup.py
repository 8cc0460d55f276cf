"""Backup, loss, restore and repair on the command line."""

import shutil
from pathlib import Path

import pytest

from desktop.shipped import sample_photos
from tests.end_to_end.test_bad_input import FACTS, WHO, Desk, desk

__all__ = ["desk"]


@pytest.mark.requirement("R71", "R73", "R106")
def test_an_office_is_lost_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    card, stick, back = tmp_path / "card", tmp_path / "STICK", tmp_path / "back"
    card.mkdir()
    for sample in sample_photos()[:2]:
        shutil.copy(sample, card)
    desk.json("file", "--from", str(card), *WHO, *FACTS)
    made = desk.json("backup", str(stick))
    assert (made["generation"], made["images"], made["copied"]) == (1, 2, 2)
    assert made["head"].startswith("TR")

    harmed, lost = [path for path in desk.office.glob("originals/??/*") if path.is_file()]
    harmed.write_bytes(harmed.read_bytes()[:-1] + b"\0\0")
    lost.unlink()
    found = desk.json("verify", "--originals", "--share", "1/1", code=1)
    assert (len(found["damaged"]), len(found["missing"]), found["share"]) == (1, 1, "1/1")
    repaired = desk.json("verify", "--originals", "--repair-from", str(stick))
    assert (len(repaired["repaired"]), repaired["damaged"], repaired["missing"]) == (2, [], [])

    shutil.rmtree(desk.office)
    restored = desk.json("restore", str(stick), "--into", str(back))
    assert (restored["images"], restored["checked"], restored["trail"]) == (2, 2, "ok")
    images = desk.json("--office", str(back), "images", "--patient", "ZZZ0016")
    assert len(images) == 2
    next(path for path in stick.glob("originals/??/*") if path.is_file()).unlink()
    partly = desk.json("restore", str(stick), "--into", str(tmp_path / "x"), code=1)
    assert len(partly["missing"]) == 1
    assert "already holds files" in desk.refused("restore", str(stick), "--into", str(back))
    assert "It has: 1" in desk.refused(
        "restore", str(stick), "--into", str(tmp_path / "y"), "--generation", "9"
    )


@pytest.mark.requirement("R73", "R106")
def test_what_is_broken_is_told_with_its_patient(desk: Desk, tmp_path: Path) -> None:
    card, stick = tmp_path / "card", tmp_path / "STICK"
    card.mkdir()
    for sample in sample_photos()[:2]:
        shutil.copy(sample, card)
    desk.json("file", "--from", str(card), *WHO, *FACTS)
    desk.json("backup", str(stick))
    lost, gone = [path for path in desk.office.glob("originals/??/*") if path.is_file()]
    lost.unlink()
    gone.unlink()
    next(stick.glob(f"originals/??/{gone.name}")).unlink()
    code, told, _ = desk.run("verify", "--repair-from", str(stick))
    lines = [line for line in told.splitlines() if "ZZZ0016" in line]
    assert (code, len(lines)) == (1, 2), told
    assert lines[0].endswith("That backup cannot bring it back.")
    assert lines[1].endswith("as good as new")
