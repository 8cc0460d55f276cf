"""What the list of images from others needs to be handed; the composition root fills it in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from desktop.printing.print_options import PrintOptions
from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.came_from import CameFrom
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.ids import ImageId
from desktop.ui.parts.paper_stage import PreviewPage
from desktop.ui.parts.print_verbs import PrintVerbs


class OtherPaper(Enum):
    """Which paper about an image that nobody here took."""

    QUERY = "query-to-sender"
    NOTICE = "notice"
    COPY_FORM = "own-copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An image that waits for who sent it or gave the copy, with its patient in one line."""

    image: ClinicalImage
    banner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FromOthersVerbs:
    """All block, run in a lane, and raise problems. `note` puts on record where an image came from.
    `make` gives a paper of an image, or a blank one for None; `save` and `print` take it out."""

    waiting: Callable[[], Sequence[Waiting]]
    note: Callable[[ImageId, CameFrom], ClinicalImage]
    make: Callable[[OtherPaper, ImageId | None, Paper], bytes]
    save: Callable[[OtherPaper, ImageId | None, bytes, Path], object]
    print: Callable[[OtherPaper, ImageId | None, bytes, Paper, PrintOptions], object]
    printing: PrintVerbs
    preview_page: PreviewPage
