"""No document changes its looks without somebody having looked at it."""

import pytest

from tests.unit.printing.every_paper import EVERY
from tests.unit.printing.looks import KEPT, differences, kept_looks, looks_of


@pytest.mark.requirement("R77")
@pytest.mark.parametrize("name", EVERY)
def test_a_document_looks_as_when_it_was_looked_at_last(name: str) -> None:
    assert not differences(looks_of(name), kept_looks(name)), (
        "Look at it: python -m tests.unit.printing.gallery OUT " + name + ". If it is right, "
        "python -m tests.unit.printing.looks keeps its new looks."
    )


def test_looks_are_kept_of_these_and_no_others() -> None:
    assert {path.stem for path in KEPT.iterdir()} == set(EVERY)


def test_a_line_that_is_missing_or_moved_is_seen() -> None:
    kept = kept_looks("consent")
    moved = "\n".join([kept.split("\n")[0], *kept.split("\n")[:-1]])
    assert differences(moved[: len(kept)], kept)
    assert differences(kept + kept, kept)
    assert not differences(kept, kept)
