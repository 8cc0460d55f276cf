"""What the window needs to clear devices; the composition root fills it in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.intake.clearing_report import ClearOffer, ClearReport
from desktop.intake.report import Progress
from desktop.printing.print_options import PrintOptions
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.clearance import Deposit, receipt_number
from desktop.records.facts.ids import DepositId, IntakeId
from desktop.records.facts.sheet import grouped
from desktop.ui.parts.paper_page import PaperOrder
from desktop.ui.parts.paper_stage import PreviewPage
from desktop.ui.parts.print_verbs import PrintVerbs

TellProgress = Callable[[Progress], None]
Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearingVerbs:
    """All block and run in a lane, but for `user`; all raise problems.

    `offer` tells what may be cleared of one intake. `clear` deletes it from the source of this id,
    in sessions of its own. `attest` puts a person's word on record, witnessed by `user`, who is at
    the desk. `make_receipt` gives the PDF; `save_receipt` and `print_receipt` take it out, with a
    line in the trail. `overdue` says what has been on devices for too long by the office's policy,
    and whom to tell (R75), or is empty.
    """

    user: str
    overdue: Callable[[], str]
    offer: Callable[[IntakeId], ClearOffer]
    clear: Callable[[IntakeId, str, TellProgress, Stopped], ClearReport]
    attest: Callable[[Sequence[DepositId], str], Sequence[Deposit]]
    make_receipt: Callable[[IntakeId, Paper], bytes]
    save_receipt: Callable[[IntakeId, bytes, Path], object]
    print_receipt: Callable[[IntakeId, bytes, Paper, PrintOptions], object]
    printing: PrintVerbs
    preview_page: PreviewPage


def receipt_order(verbs: ClearingVerbs, intake: IntakeId) -> PaperOrder:
    """The clearance receipt of an intake, to be shown, printed and saved."""
    number = receipt_number(intake)
    return PaperOrder(
        title=f"Clearance receipt {grouped(number)}",
        sentence=(
            "For the owner of the device: what became of each file, and what they still have to "
            "do. It names no patient."
        ),
        file_name=f"{number}.pdf",
        after="It is noted in the trail.",
        make=lambda paper: verbs.make_receipt(intake, paper),
        save=lambda pdf, path: verbs.save_receipt(intake, pdf, path),
        print=lambda pdf, paper, printer: verbs.print_receipt(intake, pdf, paper, printer),
    )
