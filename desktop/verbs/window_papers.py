"""Forms, cards and lists by name, as the window asks for them."""

from dataclasses import replace
from pathlib import Path

from desktop.printing.papers.card_words import Language
from desktop.printing.papers.labels import STOCKS
from desktop.printing.print_options import PrintOptions
from desktop.printing.record_sheet_model import Paper
from desktop.ui.parts.latin_name import named
from desktop.ui.parts.paper_page import PaperOrder as PaperToShow
from desktop.ui.parts.paper_verbs import PaperOffer, PaperVerbs, PaperWanted
from desktop.verbs.paper_order import LabelChoice, Needs, PaperKind, PaperOrder, Typed
from desktop.verbs.papers import PAPERS, MadePaper, make_paper
from desktop.verbs.papers_out import print_paper, save_paper
from desktop.verbs.window_printing import print_verbs
from desktop.verbs.window_sheets import preview_page
from desktop.verbs.workstation import Workstation

_LABELS = "labels"


def paper_verbs(station: Workstation) -> PaperVerbs:
    """All papers; what goes into a chart is brought out by the sheets' own verbs."""
    return PaperVerbs(
        offers=tuple(_offer(kind) for kind in PAPERS),
        stocks=tuple((name, stock.places) for name, stock in STOCKS.items()),
        order=lambda wanted: _Asked(station, wanted).order,
        printing=print_verbs(station),
        preview_page=preview_page,
    )


def _offer(kind: PaperKind) -> PaperOffer:
    return PaperOffer(
        name=kind.name,
        title=kind.title,
        kind=kind.sheet,
        of_patient=kind.needs is not Needs.NOBODY,
        blank=kind.needs is not Needs.PATIENT,
        takes_images=kind.takes_images,
        fields=kind.fields,
        languages=tuple((one.value, one.words) for one in kind.languages),
    )


class _Asked:
    """One paper as it was asked for: what is saved or printed is what was made last."""

    def __init__(self, station: Workstation, wanted: PaperWanted) -> None:
        self._station = station
        self._wanted = wanted
        self._made: MadePaper | None = None

    @property
    def order(self) -> PaperToShow:
        """How it is made, saved and printed."""
        offer, language = self._wanted.offer, self._language
        suffix = "" if language is Language.EN else f"-{language.value}"
        return PaperToShow(
            title=offer.title,
            sentence=self._wanted.patient.banner if self._wanted.patient else "",
            file_name=f"{offer.name}{suffix}.pdf",
            after="",
            make=self._make,
            save=self._save,
            print=self._print,
            named=self._named if self._wanted.patient else None,
        )

    def _named(self, name: str) -> PaperToShow:
        wanted = replace(self._wanted, written=named(self._wanted.written, name))
        return _Asked(self._station, wanted).order

    @property
    def _language(self) -> Language:
        return Language(self._wanted.language) if self._wanted.language else Language.EN

    def _make(self, paper: Paper) -> bytes:
        with self._station.using() as office:
            self._made = make_paper(office, self._ordered(paper))
        return self._made.pdf

    def _ordered(self, paper: Paper) -> PaperOrder:
        wanted = self._wanted
        labels = LabelChoice()
        if wanted.offer.name == _LABELS and wanted.stock:
            labels = LabelChoice(stock=wanted.stock, start=wanted.start, count=wanted.count)
            paper = STOCKS[wanted.stock].paper  # labels come on paper of their own
        return PaperOrder(
            name=wanted.offer.name,
            patient=wanted.patient.id if wanted.patient else None,
            images=wanted.images,
            paper=paper,
            typed=Typed(**dict(wanted.written)),
            labels=labels,
            language=self._language,
        )

    def _save(self, _pdf: bytes, path: Path) -> None:
        if self._made is not None:
            with self._station.using() as office:
                save_paper(office, self._made, path)

    def _print(self, _pdf: bytes, _paper: Paper, to: PrintOptions) -> None:
        if self._made is None:
            return
        with self._station.using() as office:
            made = self._made
            if made.kind.only_for_printer:  # its number is that of this printer
                made = make_paper(
                    office, replace(made.order, printer=to.printer, tray=to.tray, number="")
                )
            elif made.kind.name == _LABELS:  # laid out as what is known of this printer asks
                made = make_paper(office, replace(made.order, printer=to.printer, tray=to.tray))
            print_paper(office, made, to=to)
