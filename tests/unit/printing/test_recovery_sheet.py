"""The recovery key sheet: everything to type, nothing to scan."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from desktop.printing.problems import UnprintableText
from desktop.printing.record_sheet_model import Paper
from desktop.printing.recovery_sheet import recovery_sheet_pdf
from tests.unit.printing.reading import codes, page_texts, pages

_LINES = (("4F7K9QXM", "59"), ("2TRD8HWC", "89"), ("N5PZV3JA", "66"), ("6YSE1BGK", "20"))


def _pdf(paper: Paper = Paper.A4, organisation: str = "Kererū Clinic") -> bytes:
    return recovery_sheet_pdf(
        organisation=organisation,
        office_number="7K3QX9FM",
        lines=_LINES,
        made_by="T. Aroha",
        made_at=datetime(2026, 11, 23, 14, 5, tzinfo=ZoneInfo("Pacific/Auckland")),
        paper=paper,
    )


@pytest.mark.parametrize("paper", Paper)
def test_every_line_is_on_the_one_page(paper: Paper) -> None:
    (text,) = page_texts(_pdf(paper))
    for characters, check in _LINES:
        assert characters[:4] in text
        assert characters[4:] in text
        assert f"check {check}" in text
    for expected in ("Kererū Clinic · office 7K3QX9FM", "Made 23 Nov 2026 14:05 NZDT by T. Aroha."):
        assert expected in text


def test_nothing_on_it_can_be_scanned() -> None:
    (page,) = pages(_pdf(), dpi=150)
    assert codes(page) == []


def test_an_unprintable_name_is_refused() -> None:
    with pytest.raises(UnprintableText, match="The organisation"):
        _pdf(organisation="診療所")
