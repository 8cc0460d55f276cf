"""What the Worklists room needs to be handed; the composition root fills it in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.printing.print_options import PrintOptions
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.clearance import Deposit
from desktop.records.facts.disposal import Disposal, DisposalBatch, ListedImage, OverdueImage
from desktop.records.facts.ids import ImageId
from desktop.records.facts.office_settings import OfficeSettings
from desktop.records.facts.page_scan import FormDue
from desktop.ui.parts.advice_verbs import AdviceVerbs
from desktop.ui.parts.clearing_verbs import ClearingVerbs
from desktop.ui.parts.keeping_verbs import KeepingVerbs
from desktop.ui.parts.paper_stage import PreviewPage
from desktop.ui.parts.print_verbs import PrintVerbs
from desktop.ui.parts.sheet_verbs import SheetVerbs
from desktop.ui.worklists.breach_verbs import BreachVerbs
from desktop.ui.worklists.from_others_verbs import FromOthersVerbs

Stopped = Callable[[], bool]
TellCount = Callable[[tuple[int, int]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalReview:
    """A list as it stands now: what is still to be decided on it, who may approve it, and who is at
    the desk."""

    batch: DisposalBatch
    images: tuple[ListedImage, ...]
    may_approve: tuple[str, ...]
    user: str

    @property
    def free(self) -> int:
        """How many would be destroyed now."""
        return sum(not one.why_not for one in self.images)


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateChoice:
    """Which certificate, on which paper, and the day that a person typed by which the last older
    backup is gone; None takes it from the history of backups."""

    number: str
    paper: Paper
    backups_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateVerbs:
    """All block, run in a lane, and raise problems. `make` gives the PDF of a finished disposal;
    `print` takes it to a queue by name."""

    make: Callable[[CertificateChoice], bytes]
    save: Callable[[bytes, Path], None]
    print: Callable[[bytes, CertificateChoice, PrintOptions], None]
    printing: PrintVerbs
    preview_page: PreviewPage


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalVerbs:
    """All block, run in a lane, and raise problems.

    `propose` puts images on a list, and destroys nothing; `lists` names the lists that wait, then
    those that are done. `approve` takes the number, and the name and the passphrase of a second
    person. `carry_out` destroys what is approved, tells how many of how many are done, and ends
    between two images when it is stopped.
    """

    lists: Callable[[], Sequence[DisposalBatch]]
    propose: Callable[[Sequence[ImageId]], DisposalBatch]
    review: Callable[[str], DisposalReview]
    withdraw: Callable[[str], None]
    approve: Callable[[str, str, str], object]
    carry_out: Callable[[str, TellCount, Stopped], Disposal]
    certificate: CertificateVerbs


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionVerbs:
    """All block, run in a lane, and raise problems. `due_count` tells how many images may be
    destroyed, `overdue` names these and those that are held, by patient."""

    due_count: Callable[[], int]
    overdue: Callable[[], Sequence[OverdueImage]]
    keeping: KeepingVerbs
    disposal: DisposalVerbs


@dataclass(frozen=True, slots=True, kw_only=True)
class UnclearedVerbs:
    """All block, run in a lane, and raise problems. `count` tells how many images may still be on a
    device, `waiting` names them; `policy` says after how many days somebody is told (R75)."""

    count: Callable[[], int]
    waiting: Callable[[], Sequence[Deposit]]
    policy: Callable[[], OfficeSettings]
    clearing: ClearingVerbs
    breaches: BreachVerbs


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfiledVerbs:
    """All block, run in a lane, and raise problems. `count` tells how many images lie in the tray,
    `waiting` how each of them came."""

    count: Callable[[], int]
    waiting: Callable[[], Sequence[Deposit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormsVerbs:
    """All block, run in a lane, and raise problems. `count` tells how many consent forms have not
    come back, `outstanding` names them, the longest out first."""

    count: Callable[[], int]
    outstanding: Callable[[], Sequence[FormDue]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistsVerbs:
    """The verbs of each list."""

    retention: RetentionVerbs
    uncleared: UnclearedVerbs
    unfiled: UnfiledVerbs
    forms: FormsVerbs
    advice: AdviceVerbs
    from_others: FromOthersVerbs
    sheets: SheetVerbs
