"""What the papers name is there: a promise points to the code and the test that hold it."""

import re

import pytest

from tests.house.tracked import ROOT

NAMED = re.compile(r"`((?:desktop|tests|docs|benchmarks)/[\w./-]+)`")


@pytest.mark.parametrize(
    "paper", ["archive-format.md", "security.md", "reliability.md", "speed.md"]
)
def test_every_file_that_a_paper_names_is_there(paper: str) -> None:
    named = NAMED.findall((ROOT / "docs" / paper).read_text(encoding="utf-8"))
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []
