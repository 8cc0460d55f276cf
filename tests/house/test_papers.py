"""The project's own papers agree with each other."""

import argparse
import re
import tomllib
from typing import Any

import pytest
from packaging.requirements import Requirement

from desktop.cli import parser
from tests.house.tracked import ROOT, files


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _pinned(name: str) -> dict[str, str]:
    """What a requirements file pins: each project with its whole entry."""
    lines = (ROOT / "requirements" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line for line in lines.splitlines() if line.strip() and not line.startswith("#")]
    entries = [line for line in entries if not line.lstrip().startswith("#")]
    return {re.split(r"[=\[ ;]", line)[0].lower().replace("_", "-"): line for line in entries}


def _extras(project: dict[str, Any]) -> list[str]:
    """What an installation may have besides."""
    parts = project["project"].get("optional-dependencies", {})
    return [word for words in parts.values() for word in words]


def test_the_change_log_starts_with_this_version() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    top = re.search(r"^## \[([^\]]+)\]", changes, flags=re.MULTILINE)
    assert top is not None
    assert top[1] == _project()["project"]["version"]


@pytest.mark.parametrize("name", ["runtime.txt", "dev.txt"])
def test_requirements_are_pinned_and_hashed_and_name_no_index(name: str) -> None:
    whole = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    assert not re.search(r"^\s*-(?!-hash)|://|--(?:extra-)?index|--find-links", whole, re.MULTILINE)
    pinned = _pinned(name)
    assert len(pinned) > 10
    for entry in pinned.values():
        assert re.match(r"^[\w.\-\[\]]+==[\w.]+", entry), entry
        assert "--hash=sha256:" in entry


def test_every_dependency_is_pinned() -> None:
    project = _project()
    runtime = {Requirement(word).name.lower() for word in project["project"]["dependencies"]}
    extras = {Requirement(word).name.lower() for word in _extras(project)}
    dev = {Requirement(word).name.lower() for word in project["dependency-groups"]["dev"]}
    assert runtime <= _pinned("runtime.txt").keys()
    assert runtime | extras | dev <= _pinned("dev.txt").keys()
    assert not extras & _pinned("runtime.txt").keys()  # who did not ask for one has none of it


def test_what_runs_here_is_what_is_pinned_for_the_users() -> None:
    versions = {
        name: {
            project: re.findall(r"==([\w.]+)", entry.split("--hash")[0])[:1]
            for project, entry in _pinned(name).items()
        }
        for name in ("runtime.txt", "dev.txt")
    }
    differing = {
        project
        for project, version in versions["runtime.txt"].items()
        if versions["dev.txt"].get(project) != version
    }
    assert not differing


def test_every_dependency_has_its_reason_written_down() -> None:
    reasons = (ROOT / "docs/decisions/0002-dependencies.md").read_text(encoding="utf-8").lower()
    project = _project()
    runtime, dev = project["project"]["dependencies"], project["dependency-groups"]["dev"]
    wanted = [*runtime, *_extras(project), *dev]
    without = {
        Requirement(word).name for word in wanted if Requirement(word).name.lower() not in reasons
    }
    assert not without


def test_the_readme_says_the_command_that_ci_runs() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "python3 dev.py test" in readme
    assert "python3 dev.py demo" in readme
    assert "python3 dev.py test" in ci


def test_decisions_are_numbered_without_gaps() -> None:
    decisions = [path.name for path in files() if path.parent.name == "decisions"]
    assert [name[:4] for name in decisions] == [f"{n:04}" for n in range(1, len(decisions) + 1)]


def test_the_readme_lists_every_command_as_the_parser_helps_with_it() -> None:
    of_commands = next(
        action for action in parser()._actions if isinstance(action, argparse._SubParsersAction)
    )
    rows = ["| command | what it does |", "| --- | --- |"]
    for told in of_commands._choices_actions:
        verbs = ", ".join(f"`{verb}`" for verb in _verbs_of(of_commands.choices[told.dest]))
        rows.append(f"| `{told.dest}`{': ' if verbs else ''}{verbs} | {told.help} |")
    table = "\n".join(rows)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert table in readme, f"the table of commands in README.md has to be:\n{table}"


def test_every_verb_of_a_command_says_what_it_does() -> None:
    """What has no help is left out of the list that `--help` shows."""
    (of_commands,) = _subparsers(parser())
    for name, command in of_commands.choices.items():
        for verbs in _subparsers(command):
            told = {action.dest for action in verbs._choices_actions if action.help}
            assert told == set(verbs.choices), name


def _subparsers(of: argparse.ArgumentParser) -> list[Any]:
    return [one for one in of._actions if isinstance(one, argparse._SubParsersAction)]


def _verbs_of(command: argparse.ArgumentParser) -> list[str]:
    """What may follow a command like `patients`."""
    return [
        verb
        for action in command._actions
        if isinstance(action, argparse._SubParsersAction)
        for verb in action.choices
    ]
