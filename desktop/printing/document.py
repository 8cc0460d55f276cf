"""A PDF that leaves piece by piece: pictures go out as they are drawn, so memory stays small.

Every one is PDF/A-2b (ISO 19005-2): it carries its fonts and the meaning of its colours, so that it
can be opened as long as it has to be kept.
"""

import io
from collections.abc import Callable
from datetime import UTC, datetime

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from desktop.printing.fonts import SANS, register_fonts
from desktop.printing.pdf_metadata import PRODUCER, xmp
from desktop.printing.record_sheet_model import Paper
from desktop.shipped import shipped

POINTS_PER_MM = 72 / 25.4

Write = Callable[[bytes], object]


class _AlreadyWritten(pdfdoc.PDFObject):  # type: ignore[misc]
    """Holds the number of an object whose bytes have left already."""

    __RefOnly__ = 1


class _Info(pdfdoc.PDFObject):  # type: ignore[misc]
    """The document information, with nothing in it that the XMP does not say."""

    def __init__(self, title: str, made_at: datetime) -> None:
        self._title, self._made_at = title, made_at

    def format(self, document: object) -> bytes:
        moment = pdfdoc.PDFString(f"D:{self._made_at:%Y%m%d%H%M%S}+00'00'")
        facts = {
            "Title": pdfdoc.PDFString(self._title),
            "Producer": pdfdoc.PDFString(PRODUCER),
            "CreationDate": moment,
            "ModDate": moment,
        }
        return bytes(pdfdoc.PDFDictionary(facts).format(document))


class PdfDocument:
    """One PDF written through `write`, a page at a time, on paper of one size.

    Everything that is written leaves in order and is forgotten; `close` ends the file. It rests on
    the object store of reportlab 5.1, which is pinned for that reason: reportlab itself gathers
    the whole file in memory first.
    """

    def __init__(self, write: Write, *, paper: Paper, title: str) -> None:
        register_fonts()
        rl_config.useA85 = 0  # the default makes every stream a quarter larger
        width, height = paper.size_mm
        self.paper = paper
        self.pages = 0
        self.canvas = Canvas(
            io.BytesIO(),
            pagesize=(width * POINTS_PER_MM, height * POINTS_PER_MM),
            pageCompression=1,
            pdfVersion=(1, 6),
            initialFontName=SANS,
            lang="en-NZ",
        )
        self.canvas.setViewerPreference("PrintScaling", "None")
        self._store = self.canvas._doc  # noqa: SLF001 - the object store has no public name
        self._write = write
        self._offset = 0
        self._title, self._made_at = title, datetime.now(UTC).replace(microsecond=0)
        self._emit(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n")

    def has(self, name: str) -> bool:
        """Whether an object of that name was written."""
        return name in self._store.idToObject

    def write_stream(self, name: str, entries: str, content: bytes) -> None:
        """Write a stream object now, its bytes unchanged. `entries` are those of its dictionary."""
        self._store.Reference(_AlreadyWritten(), name)
        number = self._begin(name)
        self._emit(f"{number} 0 obj\n<< {entries} /Length {len(content)} >>\nstream\n".encode())
        self._emit(content)
        self._emit(b"\nendstream\nendobj\n")

    def object_name(self, drawing: str) -> str:
        """The name under which the canvas looks for an external drawing."""
        return str(self._store.getXObjectName(drawing))

    def reference(self, name: str) -> str:
        """How other objects refer to a written object."""
        return f"{self._store.idToObjectNumberAndVersion[name][0]} 0 R"

    def end_page(self) -> None:
        """Finish the page and start another."""
        self.canvas.showPage()
        self.pages += 1

    def close(self) -> None:
        """Write what is still held (pages, fonts, catalogue) and the cross-reference table."""
        store = self._store
        for font in store.delayedFonts:
            font.addObjects(store)
        store.info.digest(store.signature)
        self._write_archive_facts()
        store.Reference(store.Catalog)
        store.Outlines.prepare(store, self.canvas)
        if store.Outlines.ready < 0:
            store.Catalog.Outlines = None
        store.encrypt.prepare(store)
        self._write_objects()
        self._write_trailer()

    def _write_archive_facts(self) -> None:
        """What ISO 19005-2 asks for: what the colours mean (6.2.3), and the metadata, the same in
        both of their places (6.6)."""
        store = self._store
        self.write_stream("srgb", "/N 3", shipped("colour", "sRGB.icc").read_bytes())
        self.write_stream("xmp", "/Type /Metadata /Subtype /XML", xmp(self._title, self._made_at))
        meaning = {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": pdfdoc.PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": pdfdoc.PDFObjectReference("srgb"),
        }
        catalog = store.Catalog
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.OutputIntents = pdfdoc.PDFArray([pdfdoc.PDFDictionary(meaning)])
        catalog.Metadata = pdfdoc.PDFObjectReference("xmp")
        store.Reference(_Info(self._title, self._made_at), "info")
        store.info = store.idToObject["info"]

    def _write_objects(self) -> None:
        store = self._store
        number = 1
        while number in store.numberToId:  # formatting one object may call for another
            name = store.numberToId[number]
            held = store.idToObject[name]
            if isinstance(held, pdfdoc.PDFPage):
                held.Trans = None  # an effect of slides, which paper does not know
            if not isinstance(held, _AlreadyWritten):
                self._begin(name)
                self._emit(pdfdoc.PDFIndirectObject(name, held).format(store))
            number += 1

    def _write_trailer(self) -> None:
        store = self._store
        names = [store.numberToId[number] for number in sorted(store.numberToId)]
        table = pdfdoc.PDFCrossReferenceTable()
        table.addsection(0, names)
        start = self._offset
        self._emit(table.format(store))
        trailer = pdfdoc.PDFTrailer(
            startxref=start,
            Size=len(names) + 1,
            Root=store.Reference(store.Catalog),
            Info=store.Reference(store.info),
            ID=store.ID(),
        )
        self._emit(trailer.format(store))

    def _begin(self, name: str) -> int:
        self._store.idToOffset[name] = self._offset
        return int(self._store.idToObjectNumberAndVersion[name][0])

    def _emit(self, piece: bytes) -> None:
        self._offset += len(piece)
        self._write(piece)
