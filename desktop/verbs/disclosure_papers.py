"""What of a patient's images was given to others, from the record to paper."""

from collections.abc import Iterator

from desktop.printing.foot import zoned
from desktop.printing.papers.disclosures import DisclosureLine, Disclosures, disclosures_pdf
from desktop.records.deeds.given_out import given_out
from desktop.records.facts.copies import GivenOut
from desktop.verbs.office import Office
from desktop.verbs.paper_order import PaperOrder, letterhead, patient_of


def accounting_pdf(office: Office, order: PaperOrder) -> bytes:
    """Every time that something of the patient's images left the office. Raises PaperNeedsPatient
    and the problems of printing."""
    patient = patient_of(order, "Accounting of disclosures")
    lines = [_line(one) for one in given_out(office.vault, patient)]
    return disclosures_pdf(Disclosures(head=letterhead(office, order), lines=lines))


def _line(given: GivenOut) -> DisclosureLine:
    return DisclosureLine(
        heading=f"{zoned(given.at.astimezone())} · to {given.recipient}",
        facts=[(caption, text) for caption, text in _facts(given) if text],
    )


def _facts(given: GivenOut) -> Iterator[tuple[str, str]]:
    what = "a de-identified copy" if given.is_deidentified else "the original"
    yield "What", f"{what}, did not come to be" if given.failed else f"{what}, one"
    yield "For", given.purpose
    yield "Allowed by", given.ground
    yield "Authority", given.authority
    yield "Why named", given.why_identifiable
    yield "Approval", given.reference
    yield "Consent", given.consent
    yield "Checked by", given.features_by
    yield "Released by", given.by
    yield "Image", f"{given.number}, {given.image}"
    yield "SHA-256", given.sha256
