"""Forms, cards and lists: their words, their patient and their code on every page, and blank."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop.printing.papers import consent_form as consent
from desktop.printing.papers import refusal_and_withdrawal as refused
from desktop.printing.papers.letterhead import Letterhead
from desktop.printing.problems import UnprintableText
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.sheet import page_code, read_paper_code
from tests.unit.printing.reading import codes, page_texts, pages

BANNER = "PŌMARE, Aroha · ZZZ0016 · born 04 Mar 1961"
HEAD = Letterhead(
    organisation="Te Whare Hauora o Tūī",
    address="1 Tūī Street\nTe Awamutu",
    printed_by="Mei Tānaka (nurse)",
    printed_at=datetime(2026, 11, 23, 2, 30, tzinfo=UTC),
    banner=BANNER,
    number="CF7K3QX9FM",
)

Make = Callable[[Letterhead], bytes]
FORMS: dict[str, tuple[Make, tuple[str, ...]]] = {
    "consent": (
        lambda head: consent.consent_form_pdf(consent.ConsentForm(head=head)),
        (
            *(consent.RECORD, consent.TEACHING, consent.PUBLICATION, consent.RIGHTS, "Withdrawal"),
            *(*consent.EXPLAINED, "Support person", "Interpreter", "Tikanga", "Explained by"),
        ),
    ),
    "refusal": (
        lambda head: refused.refusal_pdf(refused.Refusal(head=head)),
        (refused.CARE, refused.NOTHING_FILED, "What was done instead", "Refused by"),
    ),
    "withdrawal": (
        lambda head: refused.withdrawal_pdf(refused.Withdrawal(head=head)),
        (refused.STAYS, "all consent", "to be called back", "to be told"),
    ),
}
"""Each form, and words that stand on it whoever it is about."""


@pytest.mark.requirement("R32", "R34", "R43", "R46", "R49", "R51", "R54")
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("name", FORMS)
def test_a_form_names_the_patient_on_every_page_or_is_blank(name: str, paper: Paper) -> None:
    make, words = FORMS[name]
    filled = page_texts(make(replace(HEAD, paper=paper)))
    blank = page_texts(make(replace(HEAD, paper=paper, banner="")))
    for place, text in enumerate(filled, start=1):
        assert BANNER in text
        assert f"Page {place} of {len(filled)}" in text
    for texts in (filled, blank):
        whole = " ".join(texts)
        for wanted in words:
            assert wanted in whole, wanted
    assert not any("ZZZ0016" in text for text in blank)
    assert "Number and date of birth" in " ".join(" ".join(blank).split())


@pytest.mark.requirement("R43")
def test_the_code_of_each_page_is_read_at_150_dpi_and_tells_nothing() -> None:
    pdf = FORMS["consent"][0](replace(HEAD, paper=Paper.A5))
    for place, page in enumerate(pages(pdf, dpi=150), start=1):
        (code,) = codes(page)
        assert code == page_code("CF7K3QX9FM", place)
        assert read_paper_code(code) == ("CF7K3QX9FM", place)
    assert read_paper_code("CF7K3QX9FM0199") is None


@pytest.mark.requirement("R49", "R54")
def test_a_withdrawal_lists_what_it_has_to_reach_and_holds_without_images() -> None:
    listed = refused.Withdrawal(head=HEAD, images=["7B2C-11F0-0001"], told=["ACC"], recall=["RS 7"])
    (text,) = page_texts(refused.withdrawal_pdf(listed))
    assert all(wanted in text for wanted in ("7B2C-11F0-0001", "ACC", "RS 7"))
    (text,) = page_texts(refused.withdrawal_pdf(replace(listed, images=[], told=[], recall=[])))
    assert refused.NO_IMAGES in text


def test_a_name_that_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(UnprintableText, match="The patient"):
        FORMS["refusal"][0](replace(HEAD, banner="⠉⠇ · ZZZ0016"))
