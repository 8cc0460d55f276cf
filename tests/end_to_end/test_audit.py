"""`chartroom audit`: the trail read, copied out, proved, and its head noted outside."""

import json
from pathlib import Path

import pytest

from desktop.records.facts.anchor import Anchor
from tests.end_to_end.command_line import USER
from tests.end_to_end.test_bad_input import Desk, desk
from tests.unit.printing.reading import page_texts

__all__ = ["desk"]

pytestmark = pytest.mark.requirement("R106")


def test_the_trail_is_read_newest_first_and_by_filter(desk: Desk) -> None:
    lines = desk.json("audit")
    assert [line["deed"] for line in lines] == [
        "unlocked", "locked", "patient added", "office created",
    ]  # fmt: skip
    assert lines[0]["by"] == USER
    of_patient = desk.json("audit", "--patient", "zzz 0016", "--from", "1 Jan 2020")
    assert [line["deed"] for line in of_patient] == ["patient added"]
    assert "NGĀTAI-WHĀTUA" in of_patient[0]["patient"]
    assert desk.json("audit", "--to", "1 Jan 2020") == []
    assert "no image" in desk.refused("audit", "--image", "nothing")


def test_the_trail_is_proved_against_a_head_on_paper(desk: Desk, tmp_path: Path) -> None:
    sheet = tmp_path / "month-end.pdf"
    head = desk.json("audit", "--head", "--sheet", str(sheet))["head"]
    assert head in page_texts(sheet.read_bytes())[0]
    proved = desk.json("audit", "--verify", "--anchor", head.lower())
    assert proved["trail"] == "ok"
    other = Anchor(seq=Anchor.read(head).seq, mac=bytes(32)).text
    broken = desk.json("audit", "--verify", "--anchor", other, code=1)
    assert "noted outside" in broken["why"]
    assert "not the head of a trail" in desk.refused("audit", "--verify", "--anchor", "TR1")


def test_a_copy_is_written_whole_and_noted(desk: Desk, tmp_path: Path) -> None:
    copy = tmp_path / "trail.jsonl"
    desk.json("audit", "--deed", "office", "--export", str(copy))
    told = [json.loads(line) for line in copy.read_text(encoding="utf-8").splitlines()]
    assert [line["deed"] for line in told] == ["office created"]
    assert desk.json("audit", "--deed", "trail")[0]["deed"] == "trail exported"
    assert "cannot be written" in desk.refused("audit", "--export", str(tmp_path / "no" / "x"))
