"""Disposal as a person asks for it: the second person's word, and the certificate as paper."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from desktop.printing.disposal_certificate import DisposalCertificate, disposal_certificate_pdf
from desktop.printing.record_sheet_model import Paper
from desktop.records.deeds import backups
from desktop.records.deeds.disposal import approve_disposal
from desktop.records.deeds.people import people, person_named
from desktop.records.facts.backup import OlderBackups
from desktop.records.facts.disposal import Disposal, DisposalBatch
from desktop.records.rules.rights import is_allowed
from desktop.verbs.failed_unlocks import proved_key
from desktop.verbs.office import Office
from desktop.verbs.problems import PasswordNotTheirOwn
from desktop.verbs.stationery import stationery


def certificate_pdf(
    office: Office, disposal: Disposal, *, backups_until: date | None, paper: Paper = Paper.A4
) -> bytes:
    """The certificate of a finished disposal.

    Until when older backups hold the keys is told from the history of backups, unless somebody says
    `backups_until`. Raises the problems of printing.
    """
    finished = disposal.batch.finished_at
    older = backups.backups_before(office.vault, done=finished) if finished else OlderBackups()
    return disposal_certificate_pdf(
        DisposalCertificate(
            organisation=office.facts.organisation,
            disposal=disposal,
            older_backups=older,
            backups_until=backups_until,
            printed_by=office.person.name,
            printed_at=datetime.now(UTC).astimezone(),
            paper=paper,
            own=stationery(office),
        )
    )


def may_approve(office: Office, batch: DisposalBatch) -> Sequence[str]:
    """The names of those who may approve a batch: officers, and not who proposed it (R107)."""
    return [
        person.name
        for person in people(office.vault)
        if is_allowed("disposal approved", person.office_role) and person.id != batch.proposer
    ]


def approve_as(office: Office, *, number: str, user: str, password: str) -> DisposalBatch:
    """Approve a batch in the name of a second person, who proves by a password who they are.

    Raises WrongPassword, TooManyAttempts, PasswordNotTheirOwn, PersonUnknown, NotAllowed, and as
    `approve_disposal`.
    """
    with proved_key(office.folder, user=user, password=password) as key:
        person = person_named(office.vault, key.opened_by)
        if key.must_change:
            raise PasswordNotTheirOwn(user=person.name)
    return approve_disposal(office.vault, number=number, by=person)
