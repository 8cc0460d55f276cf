"""The month-end sheet: the head of the trail to read, to scan and to sign."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from desktop.printing.month_end_sheet import MonthEndSheet, month_end_sheet_pdf
from desktop.printing.plain_page import WHOLE_PAGES
from desktop.printing.problems import UnprintableText
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.anchor import Anchor
from tests.unit.printing.reading import codes, page_texts, pages

_HEAD = Anchor(seq=1_204_331, mac=bytes(range(100, 110)))


def _pdf(paper: Paper = Paper.A4, organisation: str = "Kererū Clinic") -> bytes:
    sheet = MonthEndSheet(
        organisation=organisation,
        office_number="7K3QX9FM",
        made_by="T. Aroha",
        made_at=datetime(2026, 11, 30, 17, 5, tzinfo=ZoneInfo("Pacific/Auckland")),
        lines=_HEAD.seq,
        head=_HEAD.text,
        paper=paper,
    )
    return month_end_sheet_pdf(sheet)


@pytest.mark.requirement("R106")
@pytest.mark.parametrize("paper", WHOLE_PAGES)
def test_the_head_is_there_to_read_and_to_scan(paper: Paper) -> None:
    (text,) = page_texts(_pdf(paper))
    for expected in (
        "Kererū Clinic · office 7K3QX9FM",
        "Printed 30 Nov 2026 17:05 NZDT by T. Aroha.",
        "1,204,331",
        _HEAD.text,
        "Privacy officer · sign",
    ):
        assert expected in text
    (page,) = pages(_pdf(paper), dpi=150)
    (scanned,) = codes(page)
    assert Anchor.read(scanned) == _HEAD


def test_an_unprintable_name_is_refused() -> None:
    with pytest.raises(UnprintableText, match="The organisation"):
        _pdf(organisation="⠉⠇⠊⠝⠊⠉")
