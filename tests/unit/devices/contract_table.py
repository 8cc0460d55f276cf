"""The contract of sources as a table: each line, and what became of it with each source.

`python -m tests.unit.devices.contract_table` sits the exam, the long lines too, and prints it; the
test beside it holds the copy in docs/devices.md to what the exam says of itself.
"""

import sys
from collections.abc import Iterator, Mapping
from typing import Final

import pytest

from tests.unit.devices.contract import Line
from tests.unit.devices.source_exam import SourceExam
from tests.unit.devices.test_every_source import (
    TestFolder,
    TestNetworkCamera,
    TestPort,
    TestVirtualCamera,
)

SUBJECTS: Final[tuple[type[SourceExam], ...]] = (
    TestFolder,
    TestVirtualCamera,
    TestNetworkCamera,
    TestPort,
)
PROVEN: Final = "proven"

Cells = Mapping[tuple[Line, str], str]


def declared() -> Cells:
    """What every cell says when every test passes."""
    return {
        (line, subject.source_name): _reason(subject, line)
        or (PROVEN if line in _lines_sat(subject) else "NOT SAT")
        for subject in SUBJECTS
        for line in Line
    }


def table(cells: Cells) -> str:
    """The table in Markdown."""
    names = [subject.source_name for subject in SUBJECTS]
    rows = [[line.value, *(cells[line, name] for name in names)] for line in Line]
    return "\n".join(
        "| " + " | ".join(row) + " |"
        for row in (["line", *names], ["---"] * (1 + len(names)), *rows)
    )


class _Sitting:
    """Hears what becomes of each test that proves a line."""

    def __init__(self) -> None:
        self._cells: dict[str, tuple[Line, str]] = {}
        self._failed: set[tuple[Line, str]] = set()
        self._passed: set[tuple[Line, str]] = set()
        self._skipped: dict[tuple[Line, str], str] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            if (cell := cell_of(item)) is not None:
                self._cells[item.nodeid] = cell

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        cell = self._cells.get(report.nodeid)
        if cell is None:
            return
        if report.failed:
            self._failed.add(cell)
        elif report.skipped:
            self._skipped[cell] = str(report.longrepr[2] if report.longrepr else "")  # type: ignore[index]
        elif report.when == "call":
            self._passed.add(cell)

    def cells(self) -> Cells:
        """What became of every cell."""
        return {cell: self._outcome(cell, said) for cell, said in declared().items()}

    def _outcome(self, cell: tuple[Line, str], said: str) -> str:
        if cell in self._failed:
            return "**FAILED**"
        if cell in self._passed or said not in {PROVEN, "NOT SAT"}:
            return said
        return f"skipped: {self._skipped.get(cell, 'no test was run')}"


def cell_of(item: pytest.Item) -> tuple[Line, str] | None:
    """The cell of the table that a test proves: a line, and its own source or its class's."""
    mark = item.get_closest_marker("contract")
    if mark is None:
        return None
    line, *named = mark.args
    name = named[0] if named else getattr(getattr(item, "cls", None), "source_name", "")
    return (line, name) if name else None


def _reason(subject: type[SourceExam], line: Line) -> str:
    why = subject.not_applicable.get(line)
    return "" if why is None else f"not applicable: {why}"


def _lines_sat(subject: type[SourceExam]) -> set[Line]:
    return {*_marked(subject), *subject.elsewhere}


def _marked(subject: type[SourceExam]) -> Iterator[Line]:
    for name in dir(subject):
        for mark in getattr(getattr(subject, name), "pytestmark", ()):
            if mark.name == "contract":
                yield mark.args[0]


def main() -> int:
    """Sit the exam and print the table; the exit code of the tests."""
    sitting = _Sitting()
    options = ["-q", "--long", "-m", "contract", "-p", "no:cacheprovider", *sys.argv[1:]]
    code = pytest.main([*options, "tests/unit/devices"], plugins=[sitting])
    sys.stdout.write(f"\n{table(sitting.cells())}\n")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
