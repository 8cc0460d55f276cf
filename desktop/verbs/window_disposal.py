"""Disposal as the window asks for it: the same deeds as `chartroom dispose`."""

from collections.abc import Sequence
from pathlib import Path

from desktop.printing.print_options import PrintOptions
from desktop.records.deeds import disposal, papers
from desktop.records.facts.disposal import Disposal, DisposalBatch
from desktop.records.facts.ids import ImageId
from desktop.ui.worklists.verbs import (
    CertificateChoice,
    CertificateVerbs,
    DisposalReview,
    DisposalVerbs,
    Stopped,
    TellCount,
)
from desktop.verbs.disposal import approve_as, certificate_pdf, may_approve
from desktop.verbs.output import write_whole
from desktop.verbs.print_queue import send_through
from desktop.verbs.window_printing import print_verbs
from desktop.verbs.window_sheets import preview_page
from desktop.verbs.workstation import Workstation


def disposal_verbs(station: Workstation) -> DisposalVerbs:
    """Propose, review, approve, carry out, certify."""

    def lists() -> Sequence[DisposalBatch]:
        with station.using() as office:
            waiting = disposal.open_disposals(office.vault)
            return [*waiting, *disposal.finished_disposals(office.vault)]

    def propose(images: Sequence[ImageId]) -> DisposalBatch:
        with station.using() as office:
            return disposal.propose_disposal(office.vault, by=office.person, images=images)

    def review(number: str) -> DisposalReview:
        with station.using() as office:
            batch = disposal.disposal_batch(office.vault, number=number)
            return DisposalReview(
                batch=batch,
                images=tuple(disposal.listed_images(office.vault, number=number)),
                may_approve=tuple(may_approve(office, batch)),
                user=office.person.name,
            )

    def withdraw(number: str) -> None:
        with station.using() as office:
            disposal.withdraw_disposal(office.vault, number=number, by=office.person)

    def approve(number: str, name: str, password: str) -> object:
        with station.using() as office:
            return approve_as(office, number=number, user=name, password=password)

    def carry_out(number: str, tell: TellCount, stopped: Stopped) -> Disposal:
        with station.using() as office:
            return disposal.carry_out_disposal(
                office.vault,
                number=number,
                by=office.person,
                tell=lambda done, total: tell((done, total)),
                stopped=stopped,
            )

    return DisposalVerbs(
        lists=lists,
        propose=propose,
        review=review,
        withdraw=withdraw,
        approve=approve,
        carry_out=carry_out,
        certificate=_certificate_verbs(station),
    )


def _certificate_verbs(station: Workstation) -> CertificateVerbs:
    def make(choice: CertificateChoice) -> bytes:
        with station.using() as office:
            return certificate_pdf(
                office,
                disposal.disposal(office.vault, number=choice.number),
                backups_until=choice.backups_until,
                paper=choice.paper,
            )

    def save(pdf: bytes, path: Path) -> None:
        with station.using() as office:
            write_whole(path, pdf, office=office.folder)

    def to_printer(pdf: bytes, choice: CertificateChoice, to: PrintOptions) -> None:
        with station.using() as office:

            def note() -> None:
                papers.note_paper(
                    office.vault,
                    paper="disposal-certificate",
                    patient=None,
                    number=choice.number,
                    target=to.target,
                    by=office.person,
                )

            send_through(office, pdf, to=to, title=choice.number, paper=choice.paper, note=note)

    return CertificateVerbs(
        make=make,
        save=save,
        print=to_printer,
        printing=print_verbs(station),
        preview_page=preview_page,
    )
