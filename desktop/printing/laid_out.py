"""Papers that are laid out: written whole when they leave, looked at a page at a time."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.printing.document import Write
from desktop.printing.pdfium import opened
from desktop.records.facts.ids import ImageId, PatientId
from desktop.records.facts.sheet import Sheet, SheetKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPage:
    """A PDF that holds one page to look at, and where in it that page stands (from 0)."""

    pdf: bytes
    place: int


class LaidOut(Protocol):
    """A paper whose every text was checked. Pages count from 0."""

    @property
    def pages(self) -> int:
        """How many there are."""
        ...

    def write(self, write: Write) -> None:
        """Write the PDF piece by piece. What `write` or a picture raises comes through; what was
        written until then is no document, and whoever took it throws it away."""
        ...

    def page(self, page: int) -> ShownPage:
        """One page, in a PDF that is no larger than it has to be."""
        ...


@dataclass(frozen=True, slots=True)
class HeldPdf:
    """A small paper that lies in memory as it is."""

    pdf: bytes

    @property
    def pages(self) -> int:
        """How many there are."""
        with opened(self.pdf) as document:
            return document.pages

    def write(self, write: Write) -> None:
        """Write it, in one piece."""
        write(self.pdf)

    def page(self, page: int) -> ShownPage:
        """One page, where it stands."""
        return ShownPage(pdf=self.pdf, place=page)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOutPages:
    """A paper that is drawn anew each time it is written or looked at, so that it may have more
    pictures than fit into memory. `draw` draws the pages of those numbers, in that order."""

    pages: int
    draw: Callable[[Sequence[int], Write], object]

    def write(self, write: Write) -> None:
        """Draw every page; each picture is asked for shortly before its page is, and let go of."""
        self.draw(range(self.pages), write)

    def page(self, page: int) -> ShownPage:
        """Draw that page alone."""
        gathered = io.BytesIO()
        self.draw((page,), gathered.write)
        return ShownPage(pdf=gathered.getvalue(), place=0)


def whole(laid: LaidOut) -> bytes:
    """All of it in memory: for what has to be, such as a PDF that is sealed with a passphrase."""
    if isinstance(laid, HeldPdf):
        return laid.pdf
    gathered = io.BytesIO()
    laid.write(gathered.write)
    return gathered.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReady:
    """A paper for the chart that is laid out. `written` is what was put on it beforehand, `line`
    its copy in the register, once it went out, and `earlier` the copies that went out before it at
    the same time. `waits` says why it still waits at its printer, or is empty."""

    laid: LaidOut
    number: str
    copy: int
    patient: PatientId
    images: tuple[ImageId, ...]
    kind: SheetKind = SheetKind.RECORD
    written: tuple[tuple[str, str], ...] = ()
    line: Sheet | None = None
    earlier: tuple[Sheet, ...] = ()
    waits: str = ""

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return self.laid.pages
