"""Disposal: reviewed batches, their certificates, and what is kept of an image that is gone."""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime

from desktop.records.facts.ids import ImageId, PatientId, PersonId, SheetId
from desktop.records.facts.patient import Patient
from desktop.records.facts.retention import Hold
from desktop.records.facts.sheet import Sheet

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_certificate_number() -> str:
    """`DC` and eight random characters of Crockford's base 32: nothing about any patient."""
    return "DC" + "".join(secrets.choice(_CROCKFORD) for _ in range(8))


@dataclass(frozen=True, slots=True, kw_only=True)
class DueImage:
    """An image that may be destroyed, for nothing holds it and its time is over; or `paper`, a
    sheet in the chart, stands for it until that is (R77)."""

    image: ImageId
    patient: PatientId
    banner: str
    received_at: datetime
    last_service: date
    retain_until: date
    paper: Sheet | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueImage:
    """An image whose time is over or that is on paper in the chart, and what is in the way of
    destroying it.

    `what` is its body site or the name it came with, `holds` block it, and `waits_in` is the number
    of a list that is not done yet and names it, or empty. `why_not` says which paper does not stand
    for it, and why; empty where paper does, or its time is over.
    """

    due: DueImage
    owner: Patient
    what: str
    holds: tuple[Hold, ...] = ()
    waits_in: str = ""
    why_not: str = ""

    @property
    def is_free(self) -> bool:
        """Whether it may be put on a list now."""
        return not self.holds and not self.waits_in and not self.why_not


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalBatch:
    """Images that one person proposed to destroy. `number` is that of the certificate.

    It is approved by somebody else or not at all; `finished_at` is when the last image was done.
    """

    number: str
    images: tuple[ImageId, ...]
    proposed_at: datetime
    proposed_by: str
    proposer: PersonId
    approved_at: datetime | None = None
    approved_by: str = ""
    finished_at: datetime | None = None
    finished_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedImage:
    """An image on a list that is still to be decided on, as a second person looks at it.

    `why_not` says in a sentence why it would be spared if the list were carried out now, or is
    empty. Of an image that is gone already, only that sentence is left.
    """

    image: ImageId
    banner: str
    what: str
    received_at: datetime | None
    retain_until: date | None
    why_not: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spared:
    """An image of a batch that was not destroyed after all, and why in a sentence."""

    image: ImageId
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is kept of an image that was destroyed: that it was here, whose, and when it went.

    `sha256` and `size` are those of the original's bytes. `file` is the name of its sealed file
    while that still has to be removed, else empty. `kept_on` is the sheet that has stood for it
    since, to be kept until `paper_until`; None where nothing of it had to be kept any more.
    """

    image: ImageId
    patient: PatientId
    sha256: bytes
    size: int
    received_at: datetime
    disposed_at: datetime
    disposed_by: str
    certificate: str
    file: str = ""
    kept_on: SheetId | None = None
    paper_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperToDestroy:
    """A copy in the sheet register that shows a destroyed image: the paper has to go too."""

    number: str
    copy: int
    patient: PatientId
    target: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposal:
    """What became of a batch: what is gone, what was spared, what paper is left that has to go,
    and on which sheets some of it is kept."""

    batch: DisposalBatch
    gone: tuple[Tombstone, ...]
    spared: tuple[Spared, ...]
    paper: tuple[PaperToDestroy, ...]
    banners: dict[PatientId, str]
    kept_on: dict[SheetId, Sheet] = field(default_factory=dict)
