"""The certificate of a disposal, as paper."""

from datetime import UTC, date, datetime

from desktop.printing.disposal_certificate import DisposalCertificate, disposal_certificate_pdf
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.disposal import Disposal
from desktop.verbs.office import Office


def certificate_pdf(
    office: Office, disposal: Disposal, *, backups_until: date | None, paper: Paper = Paper.A4
) -> bytes:
    """The certificate of a finished disposal. `backups_until` is the day by which the last backup
    made before it will be gone, if somebody knows. Raises the problems of printing."""
    return disposal_certificate_pdf(
        DisposalCertificate(
            organisation=office.facts.organisation,
            disposal=disposal,
            backups_until=backups_until,
            printed_by=office.person.name,
            printed_at=datetime.now(UTC).astimezone(),
            paper=paper,
        )
    )
