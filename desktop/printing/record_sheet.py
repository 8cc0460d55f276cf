"""The clinical image record sheet: from plain data to the pages of a PDF (R77, R78)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from desktop.printing.ahead import Ahead
from desktop.printing.boxes import Box
from desktop.printing.document import PdfDocument, Write
from desktop.printing.fonts import BOLD, printable
from desktop.printing.foot import MOST_PAGES
from desktop.printing.frame import SheetFrame, frame_for
from desktop.printing.laid_out import LaidOutPages, whole
from desktop.printing.lettering import Lettering, SetText
from desktop.printing.margins import printing_area
from desktop.printing.pen import Pen
from desktop.printing.picture_block import (
    BlockPlan,
    FactRow,
    draw_block,
    draw_rows,
    fact_rows,
    life_size_room,
    plan_block,
    room_for_picture,
)
from desktop.printing.problems import PaperTooSmall, SheetTooLong, TooLargeForLifeSize
from desktop.printing.record_sheet_model import Paper, RecordSheet, SheetImage, SheetPatient

PASS_THROUGH_PPI = 600
"""A picture that has no more than this on paper goes into the PDF as it is."""

_GRIDS = {1: (1, 1), 2: (1, 2), 4: (2, 2), 6: (2, 3)}
_LEAST_CELL_MM = 38.0
_HEADING = Lettering(font=BOLD, size=10.0)
_COLUMN_GAP_MM = 5.0
_ROW_GAP_MM = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Followed:
    """Facts of one image that stand on a page of their own."""

    heading: str
    rows: tuple[FactRow, ...]

    @property
    def height_mm(self) -> float:
        return _HEADING.line_mm + sum(row.height_mm for row in self.rows) + _ROW_GAP_MM


_Page = tuple[BlockPlan | _Followed, ...]


def record_sheet_pdf(sheet: RecordSheet) -> bytes:
    """The whole sheet as a PDF, in memory. Raises as `lay_out` does, and what a picture raises."""
    return whole(lay_out(sheet))


def lay_out(sheet: RecordSheet) -> LaidOutPages:
    """Check all text and find where everything stands; no picture is asked for yet.

    Raises UnprintableText, TextTooLong or SheetTooLong.
    """
    sheet = printable_sheet(sheet)
    frame = frame_for(sheet)
    pages = _plan(sheet, frame)
    if len(pages) > MOST_PAGES:
        raise SheetTooLong(pages=len(pages), most=MOST_PAGES)
    return LaidOutPages(pages=len(pages), draw=partial(_draw, sheet, frame, pages))


def _draw(
    sheet: RecordSheet,
    frame: SheetFrame,
    pages: Sequence[_Page],
    wanted: Sequence[int],
    write: Write,
) -> None:
    document = PdfDocument(write, paper=sheet.paper, title=sheet.sheet_number)
    pen = Pen(document)
    blocks = (item for number in wanted for item in pages[number] if isinstance(item, BlockPlan))
    with Ahead(block.image.picture for block in blocks) as pictures:
        for number in wanted:
            layout = frame.draw(document, pen, page=number + 1, total=len(pages))
            page = pages[number]
            boxes = _boxes(page, frame.body, sheet.per_page)
            for place, (item, box) in enumerate(zip(page, boxes, strict=True)):
                layout.place(f"image {place}", box)
                if isinstance(item, _Followed):
                    _draw_followed(pen, item, box)
                else:
                    image = replace(item.image, picture=pictures.take)
                    draw_block(document, pen, replace(item, image=image), box)
            document.end_page()
    document.close()


def longest_for(per_page: int, paper: Paper) -> int:
    """The pixels that the longer side of a picture can use on this paper, at 600 to the inch."""
    area = printing_area(paper)
    cell = _cells(area.below(31.0).top(area.height - 66.0), per_page)[0]
    return round(room_for_picture(cell) / 25.4 * PASS_THROUGH_PPI)


def printable_sheet(sheet: RecordSheet) -> RecordSheet:
    """The sheet with every text as it will be drawn; raises UnprintableText for the first that
    cannot be."""
    patient = sheet.patient
    return replace(
        sheet,
        organisation=_line(sheet.organisation, "The organisation's name"),
        address=printable(sheet.address, what="The organisation's address"),
        printed_by=_line(sheet.printed_by, "The name of who prints"),
        patient=SheetPatient(
            family_name=_line(patient.family_name.upper(), "The patient's family name"),
            given_names=_line(patient.given_names, "The patient's given names"),
            number=_line(patient.number, "The patient's number", mono=True),
            number_label=_line(patient.number_label, "The label of the patient's number"),
            born=patient.born,
            sex=_line(patient.sex, "The patient's sex"),
        ),
        images=tuple(map(_printable_image, sheet.images)),
    )


def _printable_image(image: SheetImage) -> SheetImage:
    return replace(
        image,
        number=_line(image.number, "The image number", mono=True),
        facts=tuple(
            (_line(label, "A label"), printable(text, what=f"“{label}” of image {image.number}"))
            for label, text in image.facts
        ),
        no_picture_text=printable(image.no_picture_text, what="The note in place of a picture"),
    )


def _line(text: str, what: str, *, mono: bool = False) -> str:
    return " ".join(printable(text, what=what, mono=mono).split("\n"))


def _plan(sheet: RecordSheet, frame: SheetFrame) -> list[_Page]:
    if sheet.per_page not in _GRIDS:
        raise ValueError(f"{sheet.per_page} images on a page is not a layout")
    if not sheet.images:
        raise ValueError("a sheet without images")
    cells = _cells(frame.body, sheet.per_page)
    if cells[0].height < _LEAST_CELL_MM:
        raise PaperTooSmall(what=f"A sheet of {sheet.per_page} images", size=sheet.paper.value)
    if sheet.life_size is not None and not sheet.smaller:
        _check_life_size(sheet, cells[0])
    pages: list[_Page] = []
    for first in range(0, len(sheet.images), sheet.per_page):
        blocks = tuple(
            plan_block(
                image,
                caption=f"Image {first + place + 1} of {len(sheet.images)}",
                cell=cells[place],
                life_size=sheet.life_size,
            )
            for place, image in enumerate(sheet.images[first : first + sheet.per_page])
        )
        pages.append(blocks)
        pages += _followed_pages(blocks, frame.body)
    return pages


def _check_life_size(sheet: RecordSheet, cell: Box) -> None:
    """Raise TooLargeForLifeSize for the first picture that has no room in its cell."""
    for image in sheet.images:
        if image.real_mm is None or _fits(sheet, image, cell):
            continue
        room = life_size_room(image, cell, sheet.life_size)
        larger = [
            paper.value
            for paper in Paper
            if _fits(sheet, image, _cells(_body_on(sheet, paper), sheet.per_page)[0])
        ]
        wide, high = image.real_mm
        raise TooLargeForLifeSize(
            number=image.number,
            shows=f"{wide:.0f} × {high:.0f} mm",
            room=f"{room.width:.0f} × {room.height:.0f} mm",
            paper=sheet.paper.value,
            way=f"Choose {' or '.join(larger)}, or have" if larger else "Have",
        )


def _fits(sheet: RecordSheet, image: SheetImage, cell: Box) -> bool:
    room = life_size_room(image, cell, sheet.life_size)
    return image.real_mm is not None and room.holds(Box(room.x, room.y, *image.real_mm))


def _body_on(sheet: RecordSheet, paper: Paper) -> Box:
    return frame_for(replace(sheet, paper=paper)).body


def _followed_pages(blocks: Sequence[BlockPlan], body: Box) -> list[tuple[_Followed, ...]]:
    pages: list[list[_Followed]] = []
    room = 0.0
    for block in blocks:
        heading = f"{block.caption} · {block.image.number}, continued"
        for row, _ in fact_rows(block.left_over, width=body.width):
            followed = _Followed(heading=heading, rows=(row,))
            same = bool(pages) and bool(pages[-1]) and pages[-1][-1].heading == heading
            height = row.height_mm if same else followed.height_mm
            if height > room:
                pages.append([])
                room, same, height = body.height, False, followed.height_mm
            if same:
                rows = (*pages[-1][-1].rows, row)
                pages[-1][-1] = _Followed(heading=heading, rows=rows)
            else:
                pages[-1].append(followed)
            room -= height
    return [tuple(page) for page in pages]


def _boxes(page: _Page, body: Box, per_page: int) -> list[Box]:
    followed = [item.height_mm for item in page if isinstance(item, _Followed)]
    if not followed:
        return _cells(body, per_page)[: len(page)]
    return [body.below(sum(followed[:place])).top(height) for place, height in enumerate(followed)]


def _cells(body: Box, per_page: int) -> list[Box]:
    columns, rows = _GRIDS[per_page]
    width = (body.width - (columns - 1) * _COLUMN_GAP_MM) / columns
    height = (body.height - (rows - 1) * _ROW_GAP_MM) / rows
    return [
        Box(
            body.x + column * (width + _COLUMN_GAP_MM),
            body.y + row * (height + _ROW_GAP_MM),
            width,
            height,
        )
        for row in range(rows)
        for column in range(columns)
    ]


def _draw_followed(pen: Pen, item: _Followed, box: Box) -> None:
    pen.write(SetText(lines=(item.heading,), lettering=_HEADING), box)
    draw_rows(pen, item.rows, box.below(_HEADING.line_mm))
