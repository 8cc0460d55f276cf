"""What the documents of tests say: calm, blank, hard, and in other scripts."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from desktop.media.storyboard import Storyboard, StoryFrame, Waveform
from desktop.printing.papers.letterhead import Letterhead
from desktop.printing.record_sheet_model import Paper, RecordSheet, SheetImage, SheetPatient, Shown
from desktop.printing.stationery import PLAIN, Stationery
from desktop.records.facts.patient import banner_name, short_date
from tests.unit.printing.made_sheets import FACTS, photo

ZONE = ZoneInfo("Pacific/Auckland")
NOW = datetime(2026, 11, 23, 14, 5, tzinfo=ZONE)
SHAPES = ((1200, 900), (900, 1200), (1600, 900), (700, 700))


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a document is made of. `words` goes wherever a person may write a sentence, `count` is
    how many of whatever is listed; an empty `words` leaves lines for a pen."""

    family: str = "Ngātai-Whātua"
    given: str = "Kahurangi Āwhina"
    born: date | None = date(1961, 3, 4)
    organisation: str = "Kererū Clinic"
    address: str = "12 Rātā Street\nTāmaki Makaurau 1010"
    by: str = "T. Aroha (records clerk)"
    words: str = "left medial ankle"
    count: int = 3
    is_blank: bool = False
    is_two_sided: bool = False
    own: Stationery = PLAIN

    @property
    def banner(self) -> str:
        """As a patient's own."""
        born = short_date(self.born) if self.born else "not on record"
        return f"{banner_name(self.family, self.given)} · ZZZ0016 · born {born}"


Make = Callable[[Said, Paper], bytes]


def head(said: Said, paper: Paper, prefix: str = "", *, patient: bool = True) -> Letterhead:
    """The head of a paper of the folder `papers`."""
    return Letterhead(
        organisation=said.organisation,
        address=said.address,
        printed_by=said.by,
        printed_at=NOW,
        banner=said.banner if patient and not said.is_blank else "",
        number=f"{prefix}7K3QX9FM" if prefix else "",
        copy=1 if prefix else 0,
        paper=paper,
        two_sided=said.is_two_sided,
        own=said.own,
    )


def board(frames: int) -> Storyboard:
    """A film of so many frames."""
    return Storyboard(
        frames=tuple(
            StoryFrame(at_ms=n * 7_010, picture=photo(640, 360, seed=n)) for n in range(frames)
        )
    )


def wave() -> Waveform:
    """A recording of three minutes."""
    return Waveform(
        peaks=tuple(((n * 37) % 101) / 101 * (0.2 + (n % 180) / 200) for n in range(720)),
        duration_ms=184_300,
    )


def record_sheet(
    said: Said,
    paper: Paper,
    *,
    per_page: int = 1,
    shows: Callable[[int], Shown | None] | None = None,
) -> RecordSheet:
    """A record sheet of `said.count` images."""
    shows = shows or (lambda n: photo(*SHAPES[n % 4], seed=n))
    facts = tuple((label, said.words if label == "Body site" else text) for label, text in FACTS)
    return RecordSheet(
        organisation=said.organisation,
        address=said.address,
        patient=SheetPatient(
            family_name=said.family,
            given_names=said.given,
            number="ZZZ0016",
            number_label="NHI (test number)",
            born=said.born,
            sex="female",
        ),
        images=tuple(
            SheetImage(
                number=f"7B2C-11F0-{n:04X}",
                sha256=hashlib.sha256(bytes([n % 256])).digest(),
                picture=partial(shows, n),
                facts=facts,
                no_picture_text="This file is kept sealed in the office.",
            )
            for n in range(said.count)
        ),
        sheet_number="RS7K3QX9FM",
        copy=2,
        printed_by=said.by,
        printed_at=NOW,
        per_page=per_page,
        paper=paper,
        retain_until=date(2036, 11, 12),
        two_sided=said.is_two_sided,
        own=said.own,
    )


OWN = Stationery(
    logo=photo(600, 220),
    foot_text="Kererū Clinic · Private Bag 12, Tāmaki Makaurau · privacy@kereru.example",
    consent_text="You may say no. Nothing about your care changes.\n\nKa taea e koe te kī kāo.",
)
HARD_OWN = Stationery(
    logo=photo(150, 600), foot_text="Wharenui o te WHĀNAU " * 5, consent_text="Whānau WM, " * 130
)
"""As long as the settings permit, with a logo that is high."""
CALM = Said()
BLANK = Said(is_blank=True, words="")
HARD = Said(
    family="Featherstonehaugh-Cholmondeley-Montgomery-Ngāti-Porou Wharenui",
    given="Kahurangi Āwhina Wilhelmina Te Rangi Hīroa Papatūānuku o te Moana",
    born=None,
    organisation="Te Whare Hauora o Ngāti Porou me Te Tairāwhiti, Outpatients and Wound Care",
    address="Level 4, 1024 Featherston Street\nPrivate Bag 12345\nTāmaki Makaurau 1010\nAotearoa",
    by="Wilhelmina Featherstonehaugh-Cholmondeley (registered nurse)",
    words=(
        "Right lower leg, medial, about four fingers above the ankle, seen from behind; the wound "
        "was measured twice and reached the bone, says the ward; "
    )
    * 3,
    count=45,
)
"""Long, with macrons, and many."""

SCRIPTS = Said(
    family="王小明 محمد",
    given="राजेश शर्मा Ирина Ελένη",
    organisation="東京クリニック 서울",
    by="สมชาย ใจดี (nurse)",
    words="محمد بن علي · 王小明 · राजेश शर्मा · Łukasz Źdźbło",
    born=None,
)
"""Names in other scripts."""
