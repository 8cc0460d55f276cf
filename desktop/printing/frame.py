"""The frame of every page: who the patient is, which sheet and page it is, where it belongs."""

from dataclasses import dataclass
from datetime import date

from desktop.printing.boxes import Box, Layout, LayoutFault
from desktop.printing.document import PdfDocument
from desktop.printing.fonts import BOLD, MONO, MONO_BOLD, SANS
from desktop.printing.foot import Foot, file_words, one_line, printed_words, return_words
from desktop.printing.lettering import (
    SMALLEST,
    Lettering,
    SetText,
    fitted,
    fitted_name,
    shrunk,
    wrapped,
)
from desktop.printing.margins import begin_page, printing_area
from desktop.printing.pen import Pen
from desktop.printing.problems import TextTooLong
from desktop.printing.record_sheet_model import Paper, RecordSheet, SheetPatient, copy_words
from desktop.printing.stationery import beside_logo_mm, logo_mm, split_line
from desktop.records.facts.patient import banner_name, short_date
from desktop.records.facts.sheet import grouped, page_code

OWNERSHIP = "Part of the clinical record; property of the organisation."

_PADDING_MM = 1.6
_GAP_MM = 3.0
_QR_MM = 24.0
_SIGN_MM = 12.0
_SIGN_BOXES = ("Checked against the screen by", "Clinician", "Filed in chart by", "Date filed")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measures:
    """What of the frame depends on the paper, in mm: `title` is the width of the sheet's title
    beside the patient, or 0 where it stands below; `row` is where number, birth and sex stand."""

    header: float
    title: float
    row: tuple[tuple[float, float], ...]
    least_body: float


_WIDE = _Measures(
    header=28.0,
    title=39.0,
    row=((0.0, 40.0), (42.0, 40.0), (84.0, 0.0)),
    least_body=150.0,
)
_SMALL = _Measures(
    header=37.0,
    title=0.0,
    row=((0.0, 32.0), (33.0, 34.0), (68.0, 0.0)),
    least_body=90.0,
)

_LABEL = Lettering(font=SANS, size=SMALLEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFrame:
    """The frame of one sheet, set once: the same boxes on each of its pages."""

    sheet: RecordSheet
    header: Box
    body: Box
    signatures: Box
    footer: Box
    name: SetText
    organisation: SetText
    number: SetText
    foot: Foot

    def draw(self, document: PdfDocument, pen: Pen, *, page: int, total: int) -> Layout:
        """Draw the frame of one page; gives the layout of the page with the frame placed in it."""
        begin_page(document, pen, page=page, two_sided=self.sheet.two_sided)
        layout = Layout(printing_area(self.sheet.paper))
        for name in ("header", "signatures", "footer"):
            layout.place(name, getattr(self, name))
        pen.outline(self.header, line_mm=0.35)
        measures = _measures(self.sheet.paper)
        patient = self.header.left(_patient_mm(self.header, measures))
        if measures.title:
            self._draw_patient(pen, patient)
            self._draw_title(pen, self.header.beside(patient.width), page, total)
        else:
            high = patient.height - _SMALL.header + _WIDE.header
            self._draw_patient(pen, patient.top(high))
            self._draw_title_below(pen, patient.below(high), page, total)
        self._draw_qr(pen, page)
        self._draw_signatures(pen)
        self.foot.draw(pen, self.footer, page=page, total=total)
        return layout

    def _draw_patient(self, pen: Pen, box: Box) -> None:
        inside = Layout(box)
        room = box.inset(_PADDING_MM)
        line = self._organisation_mm
        logo, words = split_line(
            self.sheet.own.logo, room.top(line), text_mm=self.organisation.height_mm
        )
        pen.write(self.organisation, inside.place("organisation", words))
        if self.sheet.own.logo is not None:
            pen.picture(self.sheet.own.logo, inside.place("logo", logo))
        low = 9.8
        name = room.below(line + 0.4)
        name = inside.place("name", name.top(name.height - low))
        pen.write(self.name, name)
        row = room.below(room.height - low)
        sheet, patient = self.sheet, self.sheet.patient
        number, born, sex = (
            row.beside(x).left(width or row.width - x) for x, width in _measures(sheet.paper).row
        )
        captions = (patient.number_label, age_words(patient.born, sheet.printed_at.date()), "sex")
        values = (
            self.number,
            _born(patient, born.width),
            _identity(patient.sex or "not on record", sex.width),
        )
        for place, value, caption in zip((number, born, sex), values, captions, strict=True):
            _captioned(pen, inside.place(f"{caption} {place.x}", place), value, caption)

    def _draw_title(self, pen: Pen, box: Box, page: int, total: int) -> None:
        pen.fill(Box(box.x, box.y, 0.2, box.height))
        inside = Layout(box)
        title = box.inset(_PADDING_MM).left(_measures(self.sheet.paper).title - _PADDING_MM)
        words = inside.place("title", title)
        y = 0.0
        for text, font, size in (
            ("Clinical image", BOLD, 9.5),
            ("record sheet", BOLD, 9.5),
            (f"Page {page} of {total}", SANS, 10),
            (self._copy_words, BOLD, 8),
            ("Sheet no.", SANS, SMALLEST),
            (grouped(page_code(self.sheet.sheet_number, page)), MONO, 8.5),
        ):
            line = SetText(lines=(text,), lettering=Lettering(font=font, size=float(size)))
            pen.write(line, words.below(y))
            y += line.height_mm

    def _draw_title_below(self, pen: Pen, box: Box, page: int, total: int) -> None:
        """The title in two lines under the patient, where the paper is narrow."""
        pen.rule(x=box.x, y=box.y, width=box.width)
        words = Layout(box).place("title", box.inset(0.9).beside(_PADDING_MM - 0.9))
        code = grouped(page_code(self.sheet.sheet_number, page))
        for y, text, lettering in (
            (0.0, "Clinical image record sheet", Lettering(font=BOLD, size=9.0)),
            (3.9, f"Sheet no. {code}", Lettering(font=MONO, size=SMALLEST)),
        ):
            pen.write(SetText(lines=(text,), lettering=lettering), words.below(y))
        pages = SetText(lines=(f"Page {page} of {total}", self._copy_words), lettering=_LABEL)
        pen.write(pages, words, align="right")

    def _draw_qr(self, pen: Pen, page: int) -> None:
        header = self.header
        x = header.right - _QR_MM - _PADDING_MM
        qr = Box(x, header.y + (header.height - _QR_MM) / 2, _QR_MM, _QR_MM)
        if not header.holds(qr):
            raise LayoutFault(f"the code {qr} leaves {header}")
        pen.qr(page_code(self.sheet.sheet_number, page), qr)

    @property
    def _organisation_mm(self) -> float:
        return max(self.organisation.height_mm, logo_mm(self.sheet.own.logo)[1])

    @property
    def _copy_words(self) -> str:
        return copy_words(self.sheet.copy, is_grey=self.sheet.is_grey)

    def _draw_signatures(self, pen: Pen) -> None:
        inside = Layout(self.signatures)
        width = self.signatures.width / len(_SIGN_BOXES)
        pen.outline(self.signatures)
        for place, caption in enumerate(_SIGN_BOXES):
            box = inside.place(caption, self.signatures.beside(place * width).left(width))
            if place:
                pen.fill(Box(box.x, box.y, 0.2, box.height))
            inner = box.inset(1.0)
            pen.write(wrapped(caption, _LABEL, inner.width), inner)


def frame_for(sheet: RecordSheet) -> SheetFrame:
    """Set the frame of a sheet whose texts are printable. Raises TextTooLong where a text that
    may not be cut has no room even at the smallest size."""
    area = printing_area(sheet.paper)
    patient = sheet.patient
    measures = _measures(sheet.paper)
    name_width = _patient_mm(area, measures) - 2 * _PADDING_MM
    organisation = shrunk(
        sheet.organisation,
        font=SANS,
        steps=((8.0, 1), (7.5, 1), (SMALLEST, 3)),
        width_mm=name_width - beside_logo_mm(sheet.own.logo),
        what="The organisation's name",
    )
    first = max(organisation.height_mm, logo_mm(sheet.own.logo)[1])
    more = first - organisation.lettering.line_mm
    foot = _foot(sheet)
    foot_height = foot.height(area.width)
    header = area.top(measures.header + more)
    footer = area.below(area.height - foot_height)
    signatures = Box(area.x, footer.y - _SIGN_MM - 1.5, area.width, _SIGN_MM)
    body = area.below(header.height + _GAP_MM)
    body = body.top(signatures.y - _GAP_MM - body.y)
    if body.height < measures.least_body:
        raise TextTooLong(what="The organisation's address", text=one_line(sheet.address))
    return SheetFrame(
        sheet=sheet,
        header=header,
        body=body,
        signatures=signatures,
        footer=footer,
        name=fitted_name(
            banner_name(patient.family_name, patient.given_names),
            font=BOLD,
            width_mm=name_width,
            height_mm=11.2,
            what="The patient's name",
        ),
        organisation=organisation,
        number=fitted(
            patient.number,
            font=MONO_BOLD,
            sizes=(14.0, 13.0, 12.0, 11.0, 9.0, 8.0, SMALLEST),
            width_mm=measures.row[0][1],
            what="The patient's number",
        ),
        foot=foot,
    )


def _foot(sheet: RecordSheet) -> Foot:
    patient = sheet.patient
    born = f"born {short_date(patient.born)}" if patient.born else "born: not on record"
    return Foot(
        lines=(
            printed_words(sheet.printed_at, sheet.printed_by),
            return_words(sheet.organisation, sheet.address),
            *sheet.own.foot_lines,
            f"{OWNERSHIP}{_kept(sheet.retain_until)} {file_words(sheet.volume)}",
        ),
        identifiers=(
            f"{banner_name(patient.family_name, patient.given_names)} · {patient.number_label} "
            f"{patient.number} · {born}"
        ),
        paper=sheet.paper,
        has_colours=True,
    )


def _kept(until: date | None) -> str:
    return f" Keep until {short_date(until)} or longer." if until else ""


def age_words(born: date | None, on: date) -> str:
    """The age in whole years; months under two years, days under two months."""
    if born is None or born > on:
        return "age not known"
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if months >= 24:
        return f"age {months // 12} years"
    return f"age {months} months" if months >= 2 else f"age {(on - born).days} days"


def _born(patient: SheetPatient, width: float) -> SetText:
    return _identity(
        f"Born {short_date(patient.born)}" if patient.born else "Born: not on record", width
    )


def _identity(text: str, width: float) -> SetText:
    sizes = (12.0, 11.0, 10.0, 9.0, 8.0, SMALLEST)
    return fitted(text, font=BOLD, sizes=sizes, width_mm=width, what="The patient's details")


def _captioned(pen: Pen, box: Box, value: SetText, caption: str) -> None:
    caption_line = fitted(
        caption, font=SANS, sizes=(SMALLEST,), width_mm=box.width, what="A label of the header"
    )
    value_box = box.top(box.height - caption_line.height_mm)
    # Values of different sizes stand on one baseline.
    drop = value_box.height - 1.1 - value.lettering.baseline_mm
    pen.write(value, value_box.below(max(drop, 0.0)).top(value.height_mm))
    pen.write(caption_line, box.below(value_box.height))


def _measures(paper: Paper) -> _Measures:
    return _SMALL if paper is Paper.A5 else _WIDE


def _patient_mm(box: Box, measures: _Measures) -> float:
    """The width of the patient's part of the header."""
    return box.width - measures.title - _QR_MM - 2 * _PADDING_MM
