"""The commands on retention, each parsed as typed and run on an open office."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import WRONG_USAGE, main, parser
from desktop.commands_retention import harm_in_archive, is_mine, run
from desktop.printing.laid_out import whole
from desktop.problem import Problem
from desktop.records.facts.sheet import grouped
from desktop.verbs.backups import back_up
from desktop.verbs.office import Office
from desktop.verbs.sheets import SheetOrder, prepare_sheet
from tests.unit.printing.reading import page_texts
from tests.unit.records.made_up import MadeUpOffice
from tests.unit.retention.old_office import OldOffice
from tests.unit.retention.test_archive import opened

NUMBER = "ZZZ0016"


def told(office: Office, *words: str) -> Any:
    options = parser().parse_args(words)
    assert is_mine(options.command)
    return run(options, office, lambda _progress: None)


def refused(office: Office, *words: str) -> str:
    with pytest.raises(Problem) as problem:
        told(office, *words)
    return str(problem.value)


@pytest.fixture
def first(old: OldOffice, made: MadeUpOffice) -> Office:
    return opened(old.vault, made)


@pytest.fixture
def second(old: OldOffice, made: MadeUpOffice) -> Office:
    return opened(old.vault, made, old.second)


@pytest.mark.requirement("R107", "R109")
def test_held_then_destroyed_by_two(first: Office, second: Office, tmp_path: Path) -> None:
    assert len(told(first, "retention", "due")) == 5
    place = ("hold", "place", "--patient", NUMBER, "--kind", "court", "--reason", "case 7")
    hold = told(first, *place)
    assert told(first, "retention", "due") == []
    held = told(first, "retention", "due", "--all")
    why = "held (court or legal proceedings) by Mei Tānaka: case 7"
    assert [one["in_the_way"] for one in held] == [why] * 5
    assert "within its retention time or under a hold" in refused(first, "dispose", "propose")
    assert [one["id"] for one in told(first, "hold", "list")] == [hold["id"]]
    told(second, "hold", "lift", hold["id"], "--reason", "closed")
    assert told(first, "hold", "list") == []
    assert "There is no hold x" in refused(second, "hold", "lift", "x", "--reason", "y")
    number = told(first, "dispose", "propose")["number"]
    assert len(told(second, "dispose", "show", number)) == 5
    assert "somebody else has to approve" in refused(first, "dispose", "approve", number)
    carry_out = ("dispose", "carry-out", number, "--certificate", str(tmp_path / "out.pdf"))
    assert "not approved yet" in refused(first, *carry_out)
    assert not (tmp_path / "out.pdf").exists()
    told(second, "dispose", "approve", number)
    assert [one["number"] for one in told(first, "dispose", "list")] == [number]
    done = told(first, *carry_out)
    assert done["destroyed"] == 5
    assert done["paper_to_destroy"] == ["RS7K3QX9FM copy 1"]
    assert [one["name"] for one in told(first, "dispose", "paper")] == ["RS7K3QX9FM copy 1"]
    (text,) = page_texts((tmp_path / "out.pdf").read_bytes())
    assert grouped(number) in text
    assert told(first, "dispose", "list") == []
    assert told(first, *carry_out)["destroyed"] == 5


@pytest.mark.requirement("R105")
def test_services_and_the_schedule(first: Office) -> None:
    kept = told(first, "retention", "show", "--patient", NUMBER)
    assert kept["last_service"] == "2026-11-23"
    assert "shorter than the law allows" in refused(first, "retention", "schedule", "9")
    assert told(first, "retention", "schedule", "12") == {"years": 12}
    assert told(first, "retention", "due") == []
    on = ("retention", "service", "--patient", NUMBER, "--on", "2001-02-03")
    assert told(first, *on)["last_service"] == "2026-11-23"


@pytest.mark.requirement("R116")
def test_an_archive_warns_that_everybody_can_read_it(first: Office, tmp_path: Path) -> None:
    made = told(first, "archive", str(tmp_path / "out"), "--patient", NUMBER)
    assert "Everybody who has this folder can read it" in made["note"]
    assert (made["images"], harm_in_archive(made)) == (5, "")
    assert "is there already" in refused(first, "archive", str(tmp_path / "out"))


@pytest.mark.requirement("R116")
def test_an_encrypted_archive_opens_without_an_office(
    first: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret, out, into = tmp_path / "secret.txt", tmp_path / "out.sealed", tmp_path / "opened"
    secret.write_text("copper lantern brisk tooth\n")
    with_it = ("--archive-password-file", str(secret))
    made = told(first, "archive", str(out), "--patient", NUMBER, "--encrypt", *with_it)
    assert "Nobody can open this file without its passphrase" in made["note"]
    assert Path(made["open_with"]).name == "open_archive.py"
    nowhere = ("--office", str(tmp_path / "no-office"), "--json")
    assert main(["open-archive", str(out), "--into", str(into), *with_it, *nowhere]) == 0
    opened_ = json.loads(capsys.readouterr().out)
    assert opened_["files"] == sum(path.is_file() for path in into.rglob("*"))
    assert main(["open-archive", str(out), "--into", str(into), *with_it, *nowhere]) == 1
    assert "archive_exists" in capsys.readouterr().out
    with pytest.raises(SystemExit) as wrong:
        main(["archive", str(out), *with_it])
    assert wrong.value.code == WRONG_USAGE
    assert "needs --encrypt" in capsys.readouterr().err


@pytest.mark.requirement("R107")
def test_the_certificate_tells_which_backups_hold_the_keys(
    first: Office, second: Office, tmp_path: Path
) -> None:
    for _ in range(2):
        back_up(first, to=tmp_path / "STICK", keep=2)
    old = told(first, "dispose", "propose")["number"]
    assert told(second, "dispose", "withdraw", old) == {"number": old, "withdrawn": True}
    assert told(first, "dispose", "list") == []
    number = told(first, "dispose", "propose")["number"]
    told(second, "dispose", "approve", number)
    carry_out = ("dispose", "carry-out", number, "--certificate", str(tmp_path / "out.pdf"))
    first.vault.clock = second.vault.clock = _later(first, minutes=5)
    told(first, *carry_out)
    (text,) = page_texts((tmp_path / "out.pdf").read_bytes())
    assert "STICK: generation 2 of" in text
    assert "goes with 2 more backups there, by about" in text
    first.vault.clock = _later(first, minutes=5)
    for _ in range(2):
        back_up(first, to=tmp_path / "STICK", keep=2)
    told(first, *carry_out)
    (text,) = page_texts((tmp_path / "out.pdf").read_bytes())
    assert "were on record in STICK; newer ones have taken their place" in text
    told(first, *carry_out, "--backups-until", "2040-01-31")
    (text,) = page_texts((tmp_path / "out.pdf").read_bytes())
    assert "until 31 Jan 2040" in text
    assert f"so said by {first.person.name}" in text


def _later(office: Office, *, minutes: int) -> Callable[[], datetime]:
    then = office.vault.clock() + timedelta(minutes=minutes)
    return lambda: then


@pytest.mark.requirement("R105", "R78")
def test_a_sheet_says_until_when_its_images_are_kept(first: Office, old: OldOffice) -> None:
    told(first, "retention", "service", "--patient", NUMBER, "--on", "2030-03-14")
    ready = prepare_sheet(first, SheetOrder(patient=old.patient.id, per_page=4))
    for text in page_texts(whole(ready.laid)):
        assert "Keep until 14 Mar 2040 or longer." in text
