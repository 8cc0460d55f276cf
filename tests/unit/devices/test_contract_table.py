"""The table in the papers says what the exam says."""

from tests.house.tracked import ROOT
from tests.unit.devices.contract_table import SUBJECTS, declared, table


def test_no_line_is_without_an_answer() -> None:
    assert "NOT SAT" not in declared().values()


def test_what_is_not_applicable_is_not_sat_elsewhere() -> None:
    for subject in SUBJECTS:
        assert not subject.not_applicable.keys() & subject.elsewhere.keys()


def test_the_papers_show_it() -> None:
    papers = (ROOT / "docs" / "devices.md").read_text(encoding="utf-8")
    assert table(declared()) in papers, "python -m tests.unit.devices.contract_table"
