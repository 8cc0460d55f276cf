"""Papers for pages under test: made at once, remembered when they go out."""

from dataclasses import dataclass, field
from pathlib import Path

from desktop.printing.laid_out import LaidOut
from desktop.printing.papers.cards import before_card_pdf
from desktop.printing.papers.letterhead import Letterhead
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.sheet import SheetKind
from desktop.ui.parts.paper_page import PaperOrder
from desktop.ui.parts.paper_verbs import PaperOffer, PaperVerbs, PaperWanted
from tests.ui.made_facts import NOW, page_png
from tests.ui.made_printing import print_verbs

OFFERS = (
    PaperOffer(
        name="consent",
        title="Consent form",
        kind=SheetKind.CONSENT,
        of_patient=True,
        blank=True,
        takes_images=False,
        fields=("site", "purpose", "photographer"),
    ),
    PaperOffer(
        name="contact-sheet",
        title="Contact sheet",
        kind=SheetKind.CONTACT,
        of_patient=True,
        blank=False,
        takes_images=True,
        fields=(),
    ),
    PaperOffer(
        name="labels",
        title="Patient labels",
        kind=None,
        of_patient=True,
        blank=True,
        takes_images=False,
        fields=(),
    ),
    PaperOffer(
        name="before-card",
        title="Before you photograph",
        kind=None,
        of_patient=False,
        blank=True,
        takes_images=False,
        fields=(),
        languages=(("en", "English"), ("mi", "Te reo Māori")),
    ),
    PaperOffer(
        name="advice",
        title="Ask for advice",
        kind=SheetKind.ADVICE,
        of_patient=True,
        blank=True,
        takes_images=False,
        fields=("why",),
    ),
)


@dataclass
class StandInPapers:
    """What was asked for, and what went out."""

    wanted: list[PaperWanted] = field(default_factory=list)
    saved: list[Path] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)

    def verbs(self) -> PaperVerbs:
        """For the page."""
        return PaperVerbs(
            offers=OFFERS,
            stocks=(("L7160", 21), ("L7163", 14)),
            order=self._order,
            printing=print_verbs(),
            preview_page=self._page,
        )

    def _order(self, wanted: PaperWanted) -> PaperOrder:
        self.wanted.append(wanted)

        def make(_paper: Paper) -> bytes:
            return one_page()

        return PaperOrder(
            title=wanted.offer.title,
            sentence="",
            file_name="paper.pdf",
            after="",
            make=make,
            save=lambda _pdf, path: self.saved.append(path),
            print=lambda _pdf, _paper, to: self.printed.append(to.printer),
        )

    def _page(self, _laid: LaidOut, page: int, _width: int) -> bytes:
        return page_png(f"Page {page + 1}")


def one_page() -> bytes:
    """A PDF of one page."""
    return before_card_pdf(
        Letterhead(organisation="Ākau", address="", printed_by="Mere", printed_at=NOW)
    )
