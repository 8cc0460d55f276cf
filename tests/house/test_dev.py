"""dev.py speaks in sentences: it lists its verbs, and names what a machine lacks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from tests import in_memory
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
@pytest.mark.parametrize("tests", ["printing", "keyring", "scanner"])
def test_missing_programs_do_not_stop_the_tests(
    tests: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for each in ("PRINTING_PROGRAMS", "KEYRING_PROGRAMS", "SCANNER_PROGRAMS", "JUDGING_PROGRAMS"):
        monkeypatch.setattr(dev, each, {})
    lacking = {"no-such-program": "no-such-package"}
    monkeypatch.setattr(dev, f"{tests.upper()}_PROGRAMS", lacking)
    monkeypatch.setattr(dev, "_as_root", lambda: None)
    dev.offer_test_programs()
    said = capsys.readouterr().out
    assert f"{tests} tests will be skipped" in said
    assert said.count("skipped") == 1
    assert "no-such-package" in said


def test_changed_requirements_ask_for_a_new_set_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    before = dev._stamp()
    changed = tmp_path_factory.mktemp("requirements") / "dev.txt"
    changed.write_text("other==1\n", encoding="utf-8")
    monkeypatch.setattr(dev, "REQUIREMENTS", changed)
    assert dev._stamp() != before


@pytest.fixture
def four_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "_processors", lambda: 4)


@pytest.mark.usefixtures("four_processors")
@pytest.mark.parametrize(
    "words", ["", "tests/unit", "tests/ui/ tests/house -q", "-x --long", "--durations=20 -vv"]
)
def test_a_long_run_works_in_as_many_processes_as_there_are_processors(words: str) -> None:
    assert dev.workers_for(words.split()) == ["-n", "4", "--dist", "worksteal"]


@pytest.mark.usefixtures("four_processors")
@pytest.mark.parametrize(
    "words",
    [
        "tests/house/test_dev.py", "tests/unit/vault tests/house/test_dev.py", "no/such/folder",
        "tests/house/test_dev.py::test_x", "-k words", "-s", "--pdb", "-x --trace", "--lf",
        "--capture=no", "-n 2", "-p no:xdist", "--collect-only",
    ],
)  # fmt: skip
def test_a_short_or_watched_run_stays_in_one_process(words: str) -> None:
    assert dev.workers_for(words.split()) == []


def test_one_processor_needs_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "_processors", lambda: 1)
    assert dev.workers_for([]) == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux has files in memory")
def test_files_lie_in_memory_only_where_there_is_plenty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_memory, "memory_left", lambda: in_memory.PLENTY - 1)
    assert in_memory.room_in_memory() is None
    monkeypatch.setattr(in_memory, "PLENTY", 0)
    place = in_memory.room_in_memory()
    assert place is None or place.is_dir()


FAILS_AND_DIES = """
import os
def test_fails():
    print("said before")
    assert [1, 2] == [1, 3]
def test_dies():
    os._exit(3)
"""
DIES_LATER = """
import atexit, os
def test_passes():
    atexit.register(os.abort)
"""
LEAVES_AN_ERROR = """
import pytest
class Bad:
    def __del__(self):
        raise RuntimeError("noticed late")
@pytest.fixture(scope="session", autouse=True)
def bad():
    yield
    circle = Bad()
    circle.itself = circle
def test_passes():
    pass
"""


def _two_workers(folder: Path, tests: str) -> "subprocess.CompletedProcess[str]":
    (folder / "test_made_up.py").write_text(tests, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n", encoding="utf-8")
    (folder / "conftest.py").write_text("from tests.workers import *\n", encoding="utf-8")
    words = [
        "-n2",
        "--dist=worksteal",
        "-pno:cacheprovider",
        "-pno:pytest-qt",
        "-pno:hypothesispytest",
    ]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *words, str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONFAULTHANDLER": ""},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_fails_or_dies_in_a_worker_is_told_as_in_one_process(tmp_path: Path) -> None:
    ran = _two_workers(tmp_path, FAILS_AND_DIES)
    assert ran.returncode == 1
    for wanted in (
        "assert [1, 2] == [1, 3]",
        "said before",
        "crashed while running 'test_made_up.py::test_dies'",
        "2 failed",
    ):
        assert wanted in ran.stdout


@pytest.mark.parametrize(("tests", "said"), [(DIES_LATER, "-6"), (LEAVES_AN_ERROR, "noticed late")])
def test_a_worker_that_ends_badly_after_its_last_test_fails_the_run(
    tmp_path: Path, tests: str, said: str
) -> None:
    ran = _two_workers(tmp_path, tests)
    assert "passed" in ran.stdout
    assert ran.returncode == 1
    assert "ended badly after their tests" in ran.stderr
    assert said in ran.stderr
