"""Every document the program can print, by a name: from what is said, and the paper."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from desktop.printing.papers import cards
from desktop.printing.papers.card_words import Language
from desktop.printing.papers.labels import STOCKS
from desktop.printing.papers.printer_check import PrinterCheck, printer_check_pdf
from desktop.printing.phone_check_card import phone_check_card_pdf
from desktop.printing.query_to_sender import notice_pdf, query_to_sender_pdf
from tests.unit.printing import papers_of_offices as offices
from tests.unit.printing import papers_of_patients as patients
from tests.unit.printing.said import Make, head

EVERY: Mapping[str, Make] = {
    "record-sheet-1": patients.sheet_of(1),
    "record-sheet-2": patients.sheet_of(2),
    "record-sheet-4": patients.sheet_of(4),
    "record-sheet-6": patients.sheet_of(6),
    "record-sheet-life-size": patients.life_size,
    "storyboard": patients.storyboard,
    "audio": patients.audio_sheet,
    "contact-sheet": patients.contact_sheet,
    "comparison": patients.comparison_sheet,
    "consent": patients.consent,
    "refusal": patients.refusal,
    "withdrawal": patients.withdrawal,
    "capture-slip": patients.slip,
    "progress-note": patients.note,
    "advice": patients.advice,
    "patient-copy": patients.copy,
    "hard-file-index": patients.index,
    "disclosures": patients.accounting,
    "disclosure-letter": patients.letter,
    "recall-letter": patients.recall,
    "access-cover": patients.access,
    "before-card": patients.of_head(cards.before_card_pdf),
    "collection-chart": patients.of_head(cards.collection_chart_pdf),
    "disclosure-chart": patients.of_head(cards.disclosure_chart_pdf),
    "before-card-mi": patients.of_head(partial(cards.before_card_pdf, language=Language.MI)),
    "collection-chart-mi": patients.of_head(
        partial(cards.collection_chart_pdf, language=Language.MI)
    ),
    "disclosure-chart-mi": patients.of_head(
        partial(cards.disclosure_chart_pdf, language=Language.MI)
    ),
    "printer-check": patients.of_head(lambda of: printer_check_pdf(PrinterCheck(head=of))),
    "printer-check-of-one": lambda said, paper: printer_check_pdf(
        PrinterCheck(
            head=replace(head(said, paper), number="PC7K3QX9FM"),
            printer=said.words.replace("\n", " ")[:120] or "lobby",
            tray=said.by[:40],
        )
    ),
    "clearance-receipt": offices.receipt,
    "lost-device": offices.lost,
    "disposal-certificate": offices.disposal,
    "month-end": offices.month_end,
    "recovery-sheet": offices.recovery,
    "phone-check": lambda said, paper: phone_check_card_pdf(
        said.organisation, paper=paper, own=said.own
    ),
    "query-to-sender": lambda said, paper: query_to_sender_pdf(offices.sent(said, paper, "QS")),
    "notice": lambda said, paper: notice_pdf(offices.sent(said, paper, "NT")),
    "own-copy": offices.own_copy,
    **{f"labels-{name}": patients.labels(name) for name in STOCKS},
}
"""By a name, each from what is said and the paper."""

OF_THE_CHART = (
    *(f"record-sheet-{images}" for images in (1, 2, 4, 6)),
    *("storyboard", "audio", "contact-sheet", "comparison", "consent", "refusal", "withdrawal"),
    *("disclosure-letter", "recall-letter", "access-cover"),
    *("progress-note", "advice", "hard-file-index", "patient-copy", "disclosures"),
    *("query-to-sender", "notice", "own-copy"),
)
"""Those that belong into a patient's chart, so that each of their pages has the whole frame."""
