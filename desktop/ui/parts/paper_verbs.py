"""What the window needs to bring forms, cards and lists out; the composition root fills it in."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import Patient
from desktop.records.facts.sheet import SheetKind
from desktop.ui.parts.paper_page import PaperOrder
from desktop.ui.parts.paper_stage import PreviewPage
from desktop.ui.parts.print_verbs import PrintVerbs


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperOffer:
    """A paper that can be asked for. `kind` is what it is in the register, where a patient's goes
    into the chart. `fields` name what can be written into it beforehand. It may be `blank`, about a
    patient, or either; `takes_images`: of those that are ticked. `languages` are those that it can
    be had in, each by its tag and its own name, the first unless another is chosen."""

    name: str
    title: str
    kind: SheetKind | None
    of_patient: bool
    blank: bool
    takes_images: bool
    fields: tuple[str, ...]
    languages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWanted:
    """What a person chose. Without a patient it is blank; `stock`, `start` and `count` are for
    labels: the maker's number, the first free one (0: after the last one used), and how many, 0 for
    all that are left. `language` is a tag of the offer's, or empty where it has but one."""

    offer: PaperOffer
    patient: Patient | None
    images: tuple[ImageId, ...] = ()
    written: tuple[tuple[str, str], ...] = ()
    stock: str = ""
    start: int = 0
    count: int = 0
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperVerbs:
    """`offers` are all papers and `stocks` all label sheets, each with how many labels it has.
    `order` says how a paper that is of no register is made, saved and printed; what is in there
    blocks, as what `printing` has does."""

    offers: tuple[PaperOffer, ...]
    stocks: tuple[tuple[str, int], ...]
    order: Callable[[PaperWanted], PaperOrder]
    printing: PrintVerbs
    preview_page: PreviewPage
