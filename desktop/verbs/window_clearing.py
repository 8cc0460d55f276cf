"""Clearing as the window asks for it: the same verbs as `chartroom clear` and `clearances`."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from desktop.intake.clearing_report import ClearOffer, ClearReport
from desktop.intake.report import Stopped, Tell
from desktop.printing.print_options import PrintOptions
from desktop.printing.record_sheet_model import Paper
from desktop.records.deeds import clearing
from desktop.records.deeds.settings import office_settings
from desktop.records.facts.clearance import Deposit
from desktop.records.facts.ids import DepositId, IntakeId
from desktop.records.rules.ageing import overdue_words
from desktop.ui.parts.clearing_verbs import ClearingVerbs
from desktop.verbs.clearance_papers import print_receipt, receipt_pdf, save_receipt
from desktop.verbs.clearing import clear_intake, clear_offer
from desktop.verbs.window_printing import print_verbs
from desktop.verbs.window_sheets import preview_page
from desktop.verbs.workstation import Workstation


def clearing_verbs(station: Workstation) -> ClearingVerbs:
    """Offer, clear, attest, and the receipt. Raises OfficeLocked."""

    def offer(intake: IntakeId) -> ClearOffer:
        with station.using() as office:
            return clear_offer(office, intake)

    def overdue() -> str:
        with station.using() as office:
            return overdue_words(
                clearing.outstanding(office.vault),
                now=datetime.now(UTC),
                policy=office_settings(office.vault),
            )

    def clear(intake: IntakeId, source_id: str, tell: Tell, stopped: Stopped) -> ClearReport:
        with station.using() as office, station.sources.being_cleared(source_id) as open_fresh:
            return clear_intake(
                office, intake=intake, open_fresh=open_fresh, tell=tell, stopped=stopped
            )

    def attest(deposits: Sequence[DepositId], name: str) -> Sequence[Deposit]:
        with station.using() as office:
            return clearing.attest(
                office.vault, deposits=deposits, attested_by=name, by=office.person
            )

    def make_receipt(intake: IntakeId, paper: Paper) -> bytes:
        with station.using() as office:
            return receipt_pdf(office, intake, paper=paper)

    def save(intake: IntakeId, pdf: bytes, path: Path) -> object:
        with station.using() as office:
            return save_receipt(office, intake, pdf, path)

    def to_printer(intake: IntakeId, pdf: bytes, paper: Paper, to: PrintOptions) -> object:
        with station.using() as office:
            return print_receipt(office, intake, pdf, paper=paper, to=to)

    return ClearingVerbs(
        user=station.office.person.name,
        overdue=overdue,
        offer=offer,
        clear=clear,
        attest=attest,
        make_receipt=make_receipt,
        save_receipt=save,
        print_receipt=to_printer,
        printing=print_verbs(station),
        preview_page=preview_page,
    )
