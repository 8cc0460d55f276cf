"""Every document about a patient, from what is said."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from desktop.printing.papers import bedside, consent_form
from desktop.printing.papers import refusal_and_withdrawal as refused
from desktop.printing.papers.access_cover import AccessCover, access_cover_pdf
from desktop.printing.papers.comparison_sheet import (
    ComparedImage,
    ComparisonSheet,
    comparison_sheet_pdf,
)
from desktop.printing.papers.contact_sheet import ContactSheet, contact_sheet_pdf
from desktop.printing.papers.disclosure_letter import (
    DisclosureLetter,
    RecallLetter,
    disclosure_letter_pdf,
    recall_letter_pdf,
)
from desktop.printing.papers.disclosures import DisclosureLine, Disclosures, disclosures_pdf
from desktop.printing.papers.hard_file_index import HardFileIndex, IndexLine, hard_file_index_pdf
from desktop.printing.papers.labels import STOCKS, Labels, labels_pdf
from desktop.printing.papers.letterhead import Letterhead
from desktop.printing.papers.pictures import ListedImage
from desktop.printing.papers.schedule import ScheduleItem
from desktop.printing.record_sheet import record_sheet_pdf
from desktop.printing.record_sheet_model import Paper, RecordSheet
from desktop.printing.recording_block import STORY_FRAMES
from desktop.records.facts.printer_check import LifeSize
from tests.unit.printing.made_sheets import photo
from tests.unit.printing.said import SHAPES, Make, Said, board, head, record_sheet, wave


def sheet_of(per_page: int) -> Make:
    return lambda said, paper: record_sheet_pdf(record_sheet(said, paper, per_page=per_page))


def life_size(said: Said, paper: Paper) -> bytes:
    """Some have room, some have not, and of each third nobody knows how large it is."""
    made = record_sheet(replace(said, count=min(said.count, 6)), paper)
    images = []
    for n, one in enumerate(made.images):
        wide, high = SHAPES[n % 4]
        across = 20.0 + n * 37 % 150
        real = None if n % 3 == 2 else (across, across * high / wide)
        images.append(replace(one, real_mm=real))
    on = f"100 mm bars print 100.1 mm on {said.words[:80]}; checked by {said.by}."
    known = LifeSize(is_certain=not said.is_blank, words=" ".join(on.split()))
    return record_sheet_pdf(replace(made, images=tuple(images), life_size=known, smaller=True))


def storyboard(said: Said, paper: Paper) -> bytes:
    film = board(STORY_FRAMES[1])
    one = replace(said, count=1)
    return record_sheet_pdf(_without_scale(record_sheet(one, paper, shows=lambda _: film)))


def audio_sheet(said: Said, paper: Paper) -> bytes:
    sound = wave()
    one = replace(said, count=1)
    return record_sheet_pdf(_without_scale(record_sheet(one, paper, shows=lambda _: sound)))


def _without_scale(sheet: RecordSheet) -> RecordSheet:
    """What moves or sounds is not measured on paper."""
    return replace(sheet, images=tuple(replace(one, has_scale=False) for one in sheet.images))


def _listed(said: Said, place: int) -> ListedImage:
    return ListedImage(
        number=f"7B2C-11F0-{place:04X}",
        site=said.words or "not stated",
        taken="12 Nov 2026 10:42",
        picture=lambda: photo(*SHAPES[place % 4], seed=place) if place % 7 != 5 else None,
        real_mm=(120.0, 90.0),
    )


def contact_sheet(said: Said, paper: Paper) -> bytes:
    images = [_listed(said, n) for n in range(said.count)]
    return contact_sheet_pdf(ContactSheet(head=head(said, paper, "CT"), images=images))


def comparison_sheet(said: Said, paper: Paper) -> bytes:
    images = [
        ComparedImage(image=_listed(said, n), day=date(2026, 11, 1) + timedelta(days=7 * n))
        for n in range(min(max(said.count, 2), 6))
    ]
    site = said.words or "not stated"
    return comparison_sheet_pdf(
        ComparisonSheet(head=head(said, paper, "CP"), site=site, images=images)
    )


def consent(said: Said, paper: Paper) -> bytes:
    return consent_form.consent_form_pdf(
        consent_form.ConsentForm(
            head=head(said, paper, "CF"),
            site=said.words,
            purpose=said.words,
            photographer=said.words,
            stored=said.words,
        )
    )


def refusal(said: Said, paper: Paper) -> bytes:
    made = refused.Refusal(head=head(said, paper, "CR"), site=said.words, why=said.words)
    return refused.refusal_pdf(made)


def withdrawal(said: Said, paper: Paper) -> bytes:
    lists = [f"7B2C-11F0-{n:04X} {said.words}" for n in range(said.count)]
    told = None if said.is_blank else lists
    return refused.withdrawal_pdf(
        refused.Withdrawal(
            head=head(said, paper, "CW"), why=said.words, images=told, recall=told, told=told
        )
    )


def labels(stock: str) -> Make:
    def make(said: Said, _: Paper) -> bytes:
        return labels_pdf(
            Labels(
                stock=STOCKS[stock],
                family_name=said.family,
                given_names=said.given,
                patient_number="ZZZ0016",
                born=said.born,
                sex="F",
                number="LB7K3QX9FM",
            )
        )

    return make


def slip(said: Said, paper: Paper) -> bytes:
    return bedside.capture_slip_pdf(
        bedside.CaptureSlip(
            head=head(said, paper, "CS"),
            site=said.words,
            purpose=said.words,
            photographer=said.words,
        )
    )


def note(said: Said, paper: Paper) -> bytes:
    sentences = () if said.is_blank else [said.words] * said.count
    return bedside.progress_note_pdf(
        bedside.ProgressNote(head=head(said, paper, "PN"), sentences=sentences)
    )


def advice(said: Said, paper: Paper) -> bytes:
    contacts = "" if said.is_blank else "\n".join([said.words] * said.count)
    return bedside.advice_sheet_pdf(
        bedside.AdviceSheet(head=head(said, paper, "AD"), contacts=contacts, question=said.words)
    )


def copy(said: Said, paper: Paper) -> bytes:
    images = () if said.is_blank else [said.words] * said.count
    return bedside.patient_copy_pdf(
        bedside.PatientCopy(head=head(said, paper, "PT"), images=images)
    )


def index(said: Said, paper: Paper) -> bytes:
    lines = [
        IndexLine(
            volume=str(n // 20 + 1) if n % 5 else "",
            kind="record sheet",
            number="RS 7K3Q X9FM",
            copy="1",
            pages="2",
            printed="12 Nov 2026",
            in_chart="13 Nov 2026" if n % 3 else "",
            left=said.words if n % 4 == 1 else "",
        )
        for n in range(said.count)
    ]
    return hard_file_index_pdf(HardFileIndex(head=head(said, paper, "HI"), lines=lines))


def accounting(said: Said, paper: Paper) -> bytes:
    line = DisclosureLine(
        heading=f"23 Nov 2026 14:05 NZDT · to {said.by}",
        facts=[("What", "the original, one"), ("For", said.words), ("SHA-256", "6f" * 32)],
    )
    lines = [] if said.is_blank else [line] * said.count
    return disclosures_pdf(Disclosures(head=head(said, paper, "DA"), lines=lines))


def _scheduled(said: Said) -> list[ScheduleItem]:
    one = ScheduleItem(words=f"7B2C-11F0, {said.words}", sha256="6f" * 32)
    return [] if said.is_blank else [one] * said.count


def letter(said: Said, paper: Paper) -> bytes:
    made = DisclosureLetter(head=head(said, paper, "DL"))
    if not said.is_blank:
        made = replace(
            made,
            recipient=said.by,
            purpose=said.words,
            allowed_by="consent on record for this purpose",
            consent="written, CF 7K3Q X9FM",
            asked_on="20 Nov 2026",
            given_on="23 Nov 2026",
            items=_scheduled(said),
            withheld=said.words,
        )
    return disclosure_letter_pdf(made)


def recall(said: Said, paper: Paper) -> bytes:
    made = RecallLetter(head=head(said, paper, "RL"))
    if not said.is_blank:
        made = replace(made, recipient=said.by, given_on="23 Nov 2026", items=_scheduled(said))
    return recall_letter_pdf(made)


def access(said: Said, paper: Paper) -> bytes:
    made = AccessCover(head=head(said, paper, "AC"))
    if not said.is_blank:
        made = replace(made, requester=said.by, asked_on="20 Nov 2026", items=_scheduled(said))
    return access_cover_pdf(made)


def of_head(make: Callable[[Letterhead], bytes]) -> Make:
    return lambda said, paper: make(head(said, paper, patient=False))
