"""The papers of images that nobody here took: filled in from the record, or blank for a pen."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from desktop.printing.copy_given_form import CopyGivenForm, copy_given_form_pdf
from desktop.printing.papers.letterhead import Letterhead
from desktop.printing.query_to_sender import SenderPaper, notice_pdf, query_to_sender_pdf
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.came_from import (
    Channel,
    CopyGiven,
    Received,
    Relationship,
    Sender,
)
from desktop.records.facts.devices import Answer
from desktop.records.rules.came_from import CHECKLIST, NO_DUTY, RETAINED
from tests.unit.printing.reading import page_texts

PRINTED = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
BANNER = "PŌMARE, Aroha · ZZZ0016 · born 04 Mar 1961"
HEAD = Letterhead(
    organisation="Te Whare Hauora o Tūī",
    address="1 Tūī Street\nTe Awamutu",
    printed_by="Mei Tānaka",
    printed_at=PRINTED,
    banner=BANNER,
)
SENT = SenderPaper(
    head=HEAD,
    received=Received(
        sender=Sender(name="Dr Ana Solé", organisation="Kōwhai Clinic"),
        received_on=date(2026, 11, 22),
        channel=Channel.EMAIL,
    ),
    image="3F2A-0011-88AC (IMG_1.JPG)",
    purposes="clinical care",
)
FORM = CopyGivenForm(
    head=HEAD,
    copy=CopyGiven(
        given_by="Hemi Pōmare",
        relationship=Relationship.PARENT,
        used_for="how it looked at first",
        use_explained=Answer.YES,
        stored_where="in the health record",
        storage_explained=Answer.NO,
        retention_explained=Answer.YES,
    ),
    image="3F2A-0011-88AC (IMG_1.JPG)",
)


def flat(pdf: bytes) -> list[str]:
    return [" ".join(text.split()) for text in page_texts(pdf)]


@pytest.mark.requirement("R120")
@pytest.mark.parametrize("paper", Paper)
def test_the_query_asks_all_six_and_names_the_patient_on_every_page(paper: Paper) -> None:
    pages = flat(query_to_sender_pdf(replace(SENT, head=replace(HEAD, paper=paper))))
    whole = " ".join(pages)
    assert all(BANNER in page for page in pages)
    for item in CHECKLIST:
        assert item.query in whole
    assert "Dr Ana Solé, Kōwhai Clinic" in whole
    assert "22 Nov 2026" in whole


@pytest.mark.requirement("R119")
def test_the_notice_says_what_rule_3a_asks_for() -> None:
    (page,) = flat(notice_pdf(SENT))
    for wanted in (
        *(BANNER, "Rule 3A", "Dr Ana Solé, Kōwhai Clinic", "clinical care", "Who will see it"),
        *("Te Whare Hauora o Tūī", "1 Tūī Street, Te Awamutu", "Health Act 1956"),
        *("ask to see the image", "ask for it to be corrected", "Privacy Commissioner"),
    ):
        assert wanted in page, wanted


@pytest.mark.requirement("R122", "R123", "R124")
def test_the_form_says_that_it_is_kept_and_that_nobody_has_to() -> None:
    (page,) = flat(copy_given_form_pdf(FORM))
    for wanted in (RETAINED, NO_DUTY, BANNER, "Hemi Pōmare", "stays yours", "I do not"):
        assert wanted in page, wanted
    assert page.count("X") == 5  # who, three answers, and that a copy is given


@pytest.mark.requirement("R120", "R122")
def test_a_blank_one_names_nobody_and_fits_one_page() -> None:
    nobody = replace(HEAD, banner="")
    blank = replace(SENT, head=nobody, received=Received(), image="", purposes="")
    form = replace(FORM, head=nobody, copy=CopyGiven(), image="")
    for pdf in (query_to_sender_pdf(blank), notice_pdf(blank), copy_given_form_pdf(form)):
        (page,) = flat(pdf)
        assert "Number" in page
        assert "Date of birth" in page
        assert "X" not in page.replace("EXPLAINED", "")
