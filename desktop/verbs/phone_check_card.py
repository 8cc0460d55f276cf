"""The blank phone-check card: printed, filled in with a pen, and typed in later (R6)."""

from datetime import UTC, datetime
from pathlib import Path

from desktop.printing.foot import printed_words
from desktop.printing.phone_check_card import phone_check_card_pdf
from desktop.printing.record_sheet_model import Paper
from desktop.verbs.office import Office
from desktop.verbs.output import write_whole
from desktop.verbs.stationery import stationery


def save_phone_check_card(office: Office, path: Path, *, paper: Paper = Paper.A4) -> None:
    """Write the card to a file. Raises FileNotWritable."""
    by = f"{office.person.name} ({office.person.role.words})"
    printed = printed_words(datetime.now(UTC).astimezone(), by)
    card = phone_check_card_pdf(
        office.facts.organisation, paper=paper, foot=(printed,), own=stationery(office)
    )
    write_whole(path, card, office=office.folder)
