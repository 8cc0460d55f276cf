"""Papers of a chart and their register: numbers with check digits, copies, who and when (R79)."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from stdnum.iso7064 import mod_97_10

from desktop.records.facts.ids import ImageId, PatientId, SheetId

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

SEALED_PDF = "sealed pdf"
"""The target of a copy in a file that only a passphrase opens: made to be handed over."""

MOST_PAGE_CODES = 8
"""As many codes of one picture are kept: more pages than that lie in no photo."""


class SheetKind(StrEnum):
    """Papers about a patient that belong into the chart: all of them stand in the register."""

    RECORD = "record"
    CONTACT = "contact"
    COMPARISON = "comparison"
    CONSENT = "consent"
    REFUSAL = "refusal"
    WITHDRAWAL = "withdrawal"
    NOTE = "note"
    ADVICE = "advice"
    INDEX = "index"
    LETTER = "letter"
    RECALL = "recall"
    ACCESS = "access"
    PATIENT_COPY = "patient-copy"
    DISCLOSURES = "disclosures"
    QUERY = "query"
    NOTICE = "notice"
    OWN_COPY = "own-copy"

    @property
    def words(self) -> str:
        """What it is called."""
        return _KINDS[self][1]

    @property
    def prefix(self) -> str:
        """The two capitals that its numbers begin with."""
        return _KINDS[self][0]

    @property
    def shows_images(self) -> bool:
        """Whether images stand on it, and not only their numbers."""
        return self in {SheetKind.RECORD, SheetKind.CONTACT, SheetKind.COMPARISON}

    @property
    def is_for_people(self) -> bool:
        """Whether it is written to somebody, who takes it along."""
        return self in _FOR_PEOPLE

    @property
    def is_signed(self) -> bool:
        """Whether a patient signs it: that copy belongs into the chart, a further one is theirs."""
        return self in {SheetKind.CONSENT, SheetKind.REFUSAL, SheetKind.WITHDRAWAL}


_KINDS = {
    SheetKind.RECORD: ("RS", "record sheet"),
    SheetKind.CONTACT: ("CT", "contact sheet"),
    SheetKind.COMPARISON: ("CP", "comparison sheet"),
    SheetKind.CONSENT: ("CF", "consent form"),
    SheetKind.REFUSAL: ("CR", "refusal"),
    SheetKind.WITHDRAWAL: ("CW", "withdrawal of consent"),
    SheetKind.NOTE: ("PN", "progress note"),
    SheetKind.ADVICE: ("AD", "advice sheet"),
    SheetKind.INDEX: ("HI", "hard-file index"),
    SheetKind.LETTER: ("DL", "disclosure letter"),
    SheetKind.RECALL: ("RL", "letter calling copies back"),
    SheetKind.ACCESS: ("AC", "access request cover"),
    SheetKind.PATIENT_COPY: ("PT", "cover of copies for the patient"),
    SheetKind.DISCLOSURES: ("DA", "accounting of disclosures"),
    SheetKind.QUERY: ("QS", "query to the sender"),
    SheetKind.NOTICE: ("NT", "notice to the patient"),
    SheetKind.OWN_COPY: ("GC", "form for a copy of their own image"),
}

_FOR_PEOPLE = frozenset(
    {
        SheetKind.LETTER,
        SheetKind.RECALL,
        SheetKind.ACCESS,
        SheetKind.PATIENT_COPY,
        SheetKind.DISCLOSURES,
        SheetKind.QUERY,
        SheetKind.NOTICE,
        SheetKind.OWN_COPY,
    }
)

PREFIXES = frozenset(kind.prefix for kind in SheetKind)
"""What the number of a paper for the chart can begin with."""


def new_sheet_number() -> str:
    """`RS` and eight random characters of Crockford's base 32: nothing about the patient."""
    return new_paper_number(SheetKind.RECORD.prefix)


def new_paper_number(prefix: str) -> str:
    """As a sheet number, for another kind of paper: two capitals say which, like `CF`."""
    return prefix + "".join(secrets.choice(_CROCKFORD) for _ in range(8))


def number_of(prefix: str, record: UUID) -> str:
    """The number of a paper that goes with one record: two capitals, and eight characters of the
    chance in its id. The same record has the same number every time."""
    chance = record.int & (1 << 40) - 1
    return prefix + "".join(_CROCKFORD[chance >> 5 * place & 31] for place in range(7, -1, -1))


def page_code(number: str, page: int) -> str:
    """What the QR code of a page holds: sheet number, page in two digits, two check digits
    (ISO 7064 MOD 97-10). Fourteen capitals and digits, nothing identifying."""
    body = f"{number}{page:02d}"
    return body + mod_97_10.calc_check_digits(body)


def grouped(code: str) -> str:
    """A page code in groups, as it is printed: RS 7K3Q X9FM 01 46."""
    return " ".join((code[:2], code[2:6], code[6:10], code[10:12], code[12:])).strip()


def read_page_code(text: str) -> tuple[str, int] | None:
    """Number and page of a scanned or typed page code of a paper for the chart, or None if the
    check digits fail."""
    read = read_paper_code(text)
    return read if read is not None and read[0][:2] in PREFIXES else None


def read_paper_code(text: str) -> tuple[str, int] | None:
    """As `read_page_code`, for the code of any paper: what two capitals it begins with is left to
    whoever asks."""
    code = _as_meant(text)
    if not re.fullmatch(rf"[A-Z]{{2}}[{_CROCKFORD}]{{8}}[0-9]{{4}}", code):
        return None
    return (code[:10], int(code[10:12])) if mod_97_10.is_valid(code) else None


def read_paper_number(text: str) -> str | None:
    """The number of any paper as somebody typed it, with its page and check digits or without; None
    where it is none."""
    number = _as_meant(text)
    if read := read_paper_code(number):
        return read[0]
    return number if re.fullmatch(rf"[A-Z]{{2}}[{_CROCKFORD}]{{8}}", number) else None


def _as_meant(text: str) -> str:
    """Without gaps, in capitals, and with digits for the letters that no number has because they
    look like one: O is 0, I and L are 1."""
    typed = re.sub(r"[\s-]", "", text).upper()
    return typed[:2] + typed[2:].translate(str.maketrans("OIL", "011"))


def is_printed_code(text: str) -> bool:
    """Whether this is what the square code of one of our own pages holds, to the letter."""
    read = read_paper_code(text)
    return read is not None and page_code(*read) == text


class SheetState(StrEnum):
    """How far a copy is on its way into the chart, or to whoever it is for (R79)."""

    MADE = "made"
    IN_HAND = "in-hand"
    IN_CHART = "in-chart"
    HANDED_OVER = "handed-over"
    NOT_PRINTED = "not-printed"
    RECALLED = "recalled"
    DESTROYED = "destroyed"

    @property
    def words(self) -> str:
        """The state in plain words."""
        return {
            SheetState.MADE: "printed, not confirmed",
            SheetState.IN_HAND: "in hand, not in the chart",
            SheetState.IN_CHART: "in the chart",
            SheetState.HANDED_OVER: "handed over",
            SheetState.NOT_PRINTED: "not printed: it failed on its way",
            SheetState.RECALLED: "recalled: to be taken out",
            SheetState.DESTROYED: "destroyed",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedAs:
    """How a copy came to paper: how many images stand on a page at most, 0 on a form; on which size
    of paper; and whether without colours, None where nobody can tell, as of a file."""

    per_page: int
    paper: str
    is_grey: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSheet:
    """What is to be registered; see `Sheet`."""

    patient: PatientId
    images: Sequence[ImageId]
    pages: int
    number: str
    target: str
    why: str = ""
    kind: SheetKind = SheetKind.RECORD
    written: tuple[tuple[str, str], ...] = ()
    printed: PrintedAs | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One line of the register: a copy that was printed or saved. All `_at` are UTC.

    `images` are those it shows or names; a form may name none. `target` is where it went: `pdf`,
    SEALED_PDF or `printer NAME`. `written` is what was put on a form beforehand, by field.
    `printed` is None for a copy from before the register kept it. `why`
    is why a further copy was made, `volume` which volume of the hard file it is in, `handed_to` who
    took it, in words, and `ended_why` why it was recalled or destroyed or did not print; each is
    empty where it does not apply.
    """

    id: SheetId
    number: str
    copy: int
    patient: PatientId
    images: tuple[ImageId, ...]
    pages: int
    target: str
    made_at: datetime
    made_by: str
    kind: SheetKind = SheetKind.RECORD
    written: tuple[tuple[str, str], ...] = ()
    printed: PrintedAs | None = None
    why: str = ""
    state: SheetState = SheetState.MADE
    in_hand_at: datetime | None = None
    in_hand_by: str = ""
    in_chart_at: datetime | None = None
    in_chart_by: str = ""
    volume: str = ""
    handed_at: datetime | None = None
    handed_by: str = ""
    handed_to: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""
    ended_why: str = ""

    @property
    def may_leave(self) -> bool:
        """Whether it is a copy that a person may have."""
        for_them = self.kind.is_for_people or self.kind.is_signed
        return for_them or self.target == SEALED_PDF

    @property
    def stands(self) -> str:
        """How things stand with it, and with whom it is where somebody took it."""
        if self.state is SheetState.HANDED_OVER:
            return f"handed over to {self.handed_to}"
        if self.state is SheetState.RECALLED and self.handed_to and self.in_chart_at is None:
            return f"recalled: to come back from {self.handed_to}"
        return self.state.words
