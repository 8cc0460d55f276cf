"""The recovery key sheet: the key to type, its code to scan, and what that risks."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from desktop.printing.plain_page import WHOLE_PAGES
from desktop.printing.problems import UnprintableText
from desktop.printing.record_sheet_model import Paper
from desktop.printing.recovery_sheet import recovery_sheet_pdf
from desktop.records.vault.recovery_key import RecoveryKey, read_recovery_key
from tests.unit.printing.reading import codes, page_texts, pages

_LINES = (("4F7K9QXM", "59"), ("2TRD8HWC", "89"), ("N5PZV3JA", "66"), ("6YSE1BGK", "20"))


def _pdf(
    paper: Paper = Paper.A4,
    *,
    organisation: str = "Kererū Clinic",
    lines: Sequence[tuple[str, str]] = _LINES,
    with_code: bool = True,
) -> bytes:
    return recovery_sheet_pdf(
        organisation=organisation,
        office_number="7K3QX9FM",
        lines=lines,
        made_by="T. Aroha",
        made_at=datetime(2026, 11, 23, 14, 5, tzinfo=ZoneInfo("Pacific/Auckland")),
        paper=paper,
        with_code=with_code,
    )


@pytest.mark.parametrize("paper", WHOLE_PAGES)
def test_every_line_is_on_the_one_page(paper: Paper) -> None:
    (text,) = page_texts(_pdf(paper))
    for characters, check in _LINES:
        assert characters[:4] in text
        assert characters[4:] in text
        assert f"check {check}" in text
    for expected in ("Kererū Clinic · office 7K3QX9FM", "Made 23 Nov 2026 14:05 NZDT by T. Aroha."):
        assert expected in text


@pytest.mark.parametrize("paper", WHOLE_PAGES)
def test_the_code_holds_the_key_at_the_resolution_of_an_office_scanner(paper: Paper) -> None:
    key = RecoveryKey.fresh()
    (page,) = pages(_pdf(paper, lines=key.lines), dpi=150)
    (code,) = codes(page)
    assert code.startswith("CRK1:")
    assert read_recovery_key(code) == key


def test_the_code_comes_with_its_warning() -> None:
    warning = "Anyone who photographs this code can open the office with a copy of it."
    assert warning in page_texts(_pdf())[0]


def test_a_sheet_without_code_says_nothing_of_one() -> None:
    pdf = _pdf(with_code=False)
    (page,) = pages(pdf, dpi=150)
    (text,) = page_texts(pdf)
    assert codes(page) == []
    assert "code" not in text
    assert all(characters[:4] in text for characters, _ in _LINES)


def test_an_unprintable_name_is_refused() -> None:
    with pytest.raises(UnprintableText, match="The organisation"):
        _pdf(organisation="⠉⠇⠊⠝⠊⠉")
