"""The hard copy and its register: sheet numbers with check digits, copies, who and when (R79)."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from stdnum.iso7064 import mod_97_10

from desktop.records.facts.ids import ImageId, PatientId, SheetId

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_sheet_number() -> str:
    """`RS` and eight random characters of Crockford's base 32: nothing about the patient."""
    return "RS" + "".join(secrets.choice(_CROCKFORD) for _ in range(8))


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One line of the sheet register: a copy that was printed or saved. `made_at` is UTC.

    `target` is where it went: `pdf`, `sealed pdf` or `printer NAME`.
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
