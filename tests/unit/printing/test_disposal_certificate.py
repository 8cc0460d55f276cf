"""The certificate of disposal: everything that was destroyed, by whom, and what is left to do."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from desktop.printing.disposal_certificate import DisposalCertificate, disposal_certificate_pdf
from desktop.printing.plain_page import WHOLE_PAGES
from desktop.printing.problems import UnprintableText
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.backup import OlderBackup, OlderBackups
from desktop.records.facts.clinical_image import short_number
from desktop.records.facts.disposal import (
    Disposal,
    DisposalBatch,
    PaperToDestroy,
    Spared,
    Tombstone,
)
from desktop.records.facts.ids import ImageId, PatientId, PersonId, new_uuid
from tests.unit.printing.reading import page_texts

pytestmark = pytest.mark.requirement("R107")

DONE = datetime(2037, 1, 5, 2, 30, tzinfo=UTC)


def stone(patient: PatientId, place: int) -> Tombstone:
    return Tombstone(
        image=ImageId(new_uuid()),
        patient=patient,
        sha256=hashlib.sha256(bytes([place % 256])).digest(),
        size=1000,
        received_at=DONE - timedelta(days=3700),
        disposed_at=DONE,
        disposed_by="Mei Tānaka",
        certificate="DC7K3QX9FM",
    )


def certificate(*, images: int = 3, spared: int = 0, sheets: int = 1) -> DisposalCertificate:
    """Two patients, taking turns."""
    banners = {
        PatientId(new_uuid()): "PŌMARE, Aroha · ZZZ0016 · born 04 Mar 1961",
        PatientId(new_uuid()): "NGĀTAI-WHĀTUA, Kahurangi · ZZZ0024 · born 29 Feb 1948",
    }
    patients = list(banners)
    gone = tuple(stone(patients[place % 2], place) for place in range(images))
    kept = [f"Image {n} of PŌMARE is held (court), by Rangi Tūī." for n in range(spared)]
    batch = DisposalBatch(
        number="DC7K3QX9FM",
        images=tuple(one.image for one in gone),
        proposed_at=DONE - timedelta(days=2),
        proposed_by="Mei Tānaka",
        proposer=PersonId(new_uuid()),
        approved_at=DONE - timedelta(days=1),
        approved_by="Rangi Tūī",
        finished_at=DONE,
        finished_by="Mei Tānaka",
    )
    paper = tuple(
        PaperToDestroy(
            number=f"RS7K3QX9{n:02}",
            copy=1,
            patient=patients[0],
            target="printer front desk",
            since=DONE,
        )
        for n in range(sheets)
    )
    disposal = Disposal(
        batch=batch,
        gone=gone,
        spared=tuple(Spared(image=ImageId(new_uuid()), why=why) for why in kept),
        paper=paper,
        banners=banners,
    )
    return DisposalCertificate(
        organisation="Te Whare Hauora o Tūī",
        disposal=disposal,
        older_backups=OlderBackups(),
        backups_until=None,
        printed_by="Mei Tānaka",
        printed_at=DONE,
        paper=Paper.A4,
    )


@pytest.mark.parametrize("paper", WHOLE_PAGES)
def test_everything_that_went_is_on_it(paper: Paper) -> None:
    made = replace(certificate(spared=1), paper=paper)
    (text,) = page_texts(disposal_certificate_pdf(made))
    for one in made.disposal.gone:
        assert short_number(one.image) in text
        assert one.sha256.hex() in text
    for banner in made.disposal.banners.values():
        assert banner in text
    for word in (
        *("DC 7K3Q X9FM 01", "Page 1 of 1", "Destroyed: 3", "Te Whare Hauora o Tūī"),
        *("by Mei Tānaka", "by Rangi Tūī", "Sheet RS7K3QX900, copy 1", "Not destroyed: 1"),
        "is held (court)",
    ):
        assert word in text


def test_it_says_until_when_older_backups_hold_the_keys() -> None:
    open_end = certificate()
    (text,) = page_texts(disposal_certificate_pdf(open_end))
    assert "No backup made before" in text
    assert "still holds the keys" in text
    assert "Write down when that is" in text
    stick = OlderBackup(
        where="STICK",
        generation=12,
        made_at=DONE - timedelta(days=1),
        left=1,
        gone_by=DONE + timedelta(days=2),
    )
    told = replace(open_end, older_backups=OlderBackups(places=(stick,), gone=("Shelf",)))
    (text,) = page_texts(disposal_certificate_pdf(told))
    assert "were on record in Shelf; newer ones have taken their place" in text
    assert "STICK: generation 12 of" in text
    assert "goes with 1 more backup there, by about" in text
    assert "the last of them is gone by about" in text
    once = replace(stick, left=7, gone_by=None)
    told = replace(open_end, older_backups=OlderBackups(places=(stick, once)))
    (text,) = page_texts(disposal_certificate_pdf(told))
    assert "goes with 7 more backups there" in text
    assert "the last of them is gone by about" not in text
    assert "Write down when that is" in text


def test_a_day_that_somebody_said_stands_there_as_said() -> None:
    said = replace(certificate(), backups_until=date(2037, 4, 1))
    (text,) = page_texts(disposal_certificate_pdf(said))
    assert "still hold the keys until 01 Apr 2037" in text
    assert "so said by Mei Tānaka, and not taken from the history" in text
    assert "Write down" not in text


def test_nothing_destroyed_is_said_and_needs_no_word_on_backups() -> None:
    (text,) = page_texts(disposal_certificate_pdf(certificate(images=0, spared=2, sheets=0)))
    assert "No image was destroyed." in text
    assert "Older backups" not in text


def test_a_long_list_runs_over_numbered_pages() -> None:
    made = certificate(images=300, sheets=60)
    texts = page_texts(disposal_certificate_pdf(made))
    assert len(texts) > 3
    for place, text in enumerate(texts, start=1):
        assert f"Page {place} of {len(texts)}" in text
        assert f"DC 7K3Q X9FM {place:02}" in text
    whole = " ".join(texts)
    assert all(short_number(one.image) in whole for one in made.disposal.gone)
    assert all(sheet.number in whole for sheet in made.disposal.paper)


def test_an_unprintable_name_is_refused() -> None:
    with pytest.raises(UnprintableText, match="The organisation"):
        disposal_certificate_pdf(replace(certificate(), organisation="⠉⠇⠊⠝⠊⠉"))
