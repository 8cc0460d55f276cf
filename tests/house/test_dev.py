"""dev.py speaks in sentences: it lists its verbs, and names what a machine lacks."""

import subprocess
import sys

import pytest

import dev
from tests.house.tracked import ROOT


def _dev(*words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(ROOT / "dev.py"), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_without_a_word_it_lists_its_verbs() -> None:
    answer = _dev()
    assert answer.returncode == 0
    for verb in ("run", "demo", "test", "check", "fmt", "lint", "bench", "package"):
        assert f"  {verb} " in answer.stdout


def test_an_unknown_verb_is_wrong_usage() -> None:
    answer = _dev("tset")
    assert answer.returncode == 2
    assert "There is no “tset”" in answer.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian's packages are meant")
def test_a_missing_library_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "QT_LIBRARIES", {"libNoSuchThing.so.9": "libnosuchthing9"})
    monkeypatch.setattr(dev, "_as_root", lambda: None)
    with pytest.raises(SystemExit) as said:
        dev.require_libraries()
    assert "libNoSuchThing.so.9" in str(said.value)
    assert "apt-get install libnosuchthing9" in str(said.value)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian's packages are meant")
def test_missing_printing_programs_do_not_stop_the_tests(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "PRINTING_PROGRAMS", {"no-such-program": "no-such-package"})
    monkeypatch.setattr(dev, "_as_root", lambda: None)
    dev.offer_printing_programs()
    said = capsys.readouterr().out
    assert "skipped" in said
    assert "no-such-package" in said


def test_changed_requirements_ask_for_a_new_set_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    before = dev._stamp()
    changed = tmp_path_factory.mktemp("requirements") / "dev.txt"
    changed.write_text("other==1\n", encoding="utf-8")
    monkeypatch.setattr(dev, "REQUIREMENTS", changed)
    assert dev._stamp() != before
