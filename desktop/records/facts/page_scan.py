"""Pages of ours that come back as an image: what one shows, and which forms are still out."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desktop.problem import Problem
from desktop.records.facts.ids import ImageId, PatientId
from desktop.records.facts.patient import Patient
from desktop.records.facts.sheet import SheetKind, grouped

FORM_OF_CONSENT = SheetKind.CONSENT.prefix
"""What the number of a consent form begins with."""

_TITLES = {kind.prefix: kind.words for kind in SheetKind} | {"CS": "capture slip"}


def paper_title(number: str) -> str:
    """What the paper with such a number is called."""
    return _TITLES.get(number[:2], "paper")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScan:
    """An image that is the scan of one page of a numbered paper; `attached_at` is in UTC."""

    image: ImageId
    number: str
    page: int
    patient: PatientId
    attached_at: datetime
    attached_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSeen:
    """A page whose code an image shows, and what is known of its paper.

    `title` is what the paper is called. `pages` and `patient` are None where the register does not
    name it: it was printed blank, or elsewhere. `attached` tells whether this very image is on
    record as the scan of this page.
    """

    code: str
    number: str
    page: int
    title: str
    pages: int | None = None
    patient: Patient | None = None
    attached: bool = False

    @property
    def words(self) -> str:
        """Which page of what, and whose: one line for screen and report."""
        of = f" of {self.pages}" if self.pages else ""
        whose = self.patient.banner if self.patient else "of nobody yet"
        return f"{self.title.capitalize()} {grouped(self.number)}, page {self.page}{of}: {whose}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDue:
    """A consent form that has not come back: images stand on record as taken under it.

    `since` is when the first of them was received (UTC); `pages_in` of its `pages` were scanned,
    `pages` is None where the form was printed blank.
    """

    number: str
    patient: Patient
    images: int
    since: datetime
    pages_in: int = 0
    pages: int | None = None


@dataclass(unsafe_hash=True)
class PageOfAnotherPatient(Problem):
    """An image shows a page that belongs to somebody else than whom it was to be filed with."""

    name: str
    page: str
    other: str
    chosen: str
    words: ClassVar[str] = (
        "{name} shows a page that belongs to another patient: {page} is of {other}, and {chosen} "
        "was chosen. It was not filed. File it with the patient that the page names, or take the "
        "picture again without that page."
    )


@dataclass(unsafe_hash=True)
class FormOfAnotherPatient(Problem):
    """Consent was said to stand on a form that somebody else signed."""

    name: str
    form: str
    other: str
    chosen: str
    words: ClassVar[str] = (
        "Consent form {form} is of {other}, and {name} was to be filed with {chosen}. It was not "
        "filed. Look at the number on the form that this patient signed, or leave it empty."
    )
