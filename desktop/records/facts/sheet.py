"""The hard copy and its register: sheet numbers with check digits, copies, who and when (R79)."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stdnum.iso7064 import mod_97_10

from desktop.records.facts.ids import ImageId, PatientId, SheetId

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

MOST_PAGE_CODES = 8
"""As many codes of one picture are kept: more pages than that lie in no photo."""


def new_sheet_number() -> str:
    """`RS` and eight random characters of Crockford's base 32: nothing about the patient."""
    return "RS" + "".join(secrets.choice(_CROCKFORD) for _ in range(8))


def new_paper_number(kind: str) -> str:
    """As a sheet number, for another kind of paper: two capitals say which, like `CF`."""
    return kind + new_sheet_number()[2:]


def page_code(number: str, page: int) -> str:
    """What the QR code of a page holds: sheet number, page in two digits, two check digits
    (ISO 7064 MOD 97-10). Fourteen capitals and digits, nothing identifying."""
    body = f"{number}{page:02d}"
    return body + mod_97_10.calc_check_digits(body)


def grouped(code: str) -> str:
    """A page code in groups, as it is printed: RS 7K3Q X9FM 01 46."""
    return " ".join((code[:2], code[2:6], code[6:10], code[10:12], code[12:])).strip()


def read_page_code(text: str) -> tuple[str, int] | None:
    """Sheet number and page of a scanned or typed page code, or None if the check digits fail."""
    code = re.sub(r"[\s-]", "", text).upper()
    if not re.fullmatch(rf"RS[{_CROCKFORD}]{{8}}[0-9]{{4}}", code) or not mod_97_10.is_valid(code):
        return None
    return code[:10], int(code[10:12])


def read_paper_code(text: str) -> tuple[str, int] | None:
    """As `read_page_code`, for the code of any paper: what two capitals it begins with is left to
    whoever asks."""
    code = re.sub(r"[\s-]", "", text).upper()
    if not re.fullmatch(rf"[A-Z]{{2}}[{_CROCKFORD}]{{8}}[0-9]{{4}}", code):
        return None
    return (code[:10], int(code[10:12])) if mod_97_10.is_valid(code) else None


def is_printed_code(text: str) -> bool:
    """Whether this is what the square code of one of our own pages holds, to the letter."""
    read = read_paper_code(text)
    return read is not None and page_code(*read) == text


class SheetState(StrEnum):
    """How far a copy is on its way into the chart (R79)."""

    MADE = "made"
    IN_HAND = "in-hand"
    IN_CHART = "in-chart"
    RECALLED = "recalled"
    DESTROYED = "destroyed"

    @property
    def words(self) -> str:
        """The state in plain words."""
        return {
            SheetState.MADE: "printed, not confirmed",
            SheetState.IN_HAND: "in hand, not in the chart",
            SheetState.IN_CHART: "in the chart",
            SheetState.RECALLED: "recalled: to be taken out",
            SheetState.DESTROYED: "destroyed",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One line of the sheet register: a copy that was printed or saved. All `_at` are UTC.

    `target` is where it went: `pdf`, `sealed pdf` or `printer NAME`. `why` is why a further copy
    was made, `volume` which volume of the hard file it is in, `ended_why` why it was recalled or
    destroyed; each is empty where it does not apply.
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
    why: str = ""
    state: SheetState = SheetState.MADE
    in_hand_at: datetime | None = None
    in_hand_by: str = ""
    in_chart_at: datetime | None = None
    in_chart_by: str = ""
    volume: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""
    ended_why: str = ""
