"""What the list of breach records needs to be handed; the composition root fills it in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.printing.print_options import PrintOptions
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.breach import Breach, BreachStep
from desktop.records.facts.ids import BreachId
from desktop.records.facts.sheet import grouped
from desktop.ui.parts.paper_page import PaperOrder
from desktop.ui.parts.paper_stage import PreviewPage
from desktop.ui.parts.print_verbs import PrintVerbs


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachVerbs:
    """All block, run in a lane, and raise problems.

    `open_ones` gives the breach records that nobody closed. `lose` opens one for a lost device of a
    name and a depositor, with what happened and when, and notes a device of the register as lost.
    `step` notes what was done on a day, `close` what it came to. `make` gives the paper of a record
    with what may be on the device; `save` and `print` take it out, with a line in the trail.
    """

    open_ones: Callable[[], Sequence[Breach]]
    lose: Callable[[str, str, str, date], Breach]
    step: Callable[[BreachId, BreachStep, date, str], Breach]
    close: Callable[[BreachId, str], Breach]
    make: Callable[[BreachId, Paper], bytes]
    save: Callable[[BreachId, bytes, Path], object]
    print: Callable[[BreachId, bytes, Paper, PrintOptions], object]
    printing: PrintVerbs
    preview_page: PreviewPage


def breach_order(verbs: BreachVerbs, breach: Breach) -> PaperOrder:
    """The paper of a breach record, to be shown, printed and saved."""
    return PaperOrder(
        title=f"Lost or stolen: {breach.source_name}",
        sentence=(
            f"Breach record {grouped(breach.number)} with exactly what may still be on the "
            "device, by patient, and what to do now. For the privacy officer only: it names "
            "patients."
        ),
        file_name=f"{breach.number}.pdf",
        after="That is noted. Give the list to the privacy officer.",
        make=lambda paper: verbs.make(breach.id, paper),
        save=lambda pdf, path: verbs.save(breach.id, pdf, path),
        print=lambda pdf, paper, printer: verbs.print(breach.id, pdf, paper, printer),
    )
