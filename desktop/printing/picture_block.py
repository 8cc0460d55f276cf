"""One image on a sheet: its number, the picture as large as the cell allows, its facts below."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.media.paper_image import PaperImage
from desktop.media.storyboard import Storyboard, Waveform
from desktop.printing.boxes import Box, Layout
from desktop.printing.document import PdfDocument
from desktop.printing.fonts import BOLD, MONO, SANS
from desktop.printing.lettering import SMALLEST, Lettering, SetText, wrapped
from desktop.printing.pen import Pen
from desktop.printing.photo import draw_photo, upright_size
from desktop.printing.print_scale import ScalePlan, draw_scale, picture_box, plan_scale
from desktop.printing.record_sheet_model import SheetImage
from desktop.printing.recording_block import draw_storyboard, draw_waveform
from desktop.records.facts.printer_check import LifeSize

Fact = tuple[str, str]

NO_PICTURE = "No picture can be shown; the original is kept in the office."
MORE_FOLLOWS = "More about it stands on a page that follows."

_LABEL = Lettering(font=SANS, size=SMALLEST)
_VALUE = Lettering(font=SANS, size=8.5)
_NARROW_VALUE = Lettering(font=SANS, size=7.5)
_NUMBER = Lettering(font=BOLD, size=10.0)
_CODE = Lettering(font=MONO, size=8.0)
_NOTE = Lettering(font=SANS, size=10.0)
_MORE = Lettering(font=BOLD, size=SMALLEST)
_CAPTION_MM = 5.4
_GAP_MM = 1.5
_WIDE_MM = 120.0
_COLUMNS = 3
_GUTTER_MM = 4.0
_LABEL_MM = 22.0
_ROW_GAP_MM = 0.9
_MOST_LINES = 16
_BETWEEN = " · "
_LEAST_PICTURE_MM = 34.0
_DENSE_MM, _LEAST_DENSE_MM = 72.0, 26.0
_SMALLEST_MM = 22.0
"""A picture in a low cell gets that small rather than a further page is printed for a line."""
_PANEL_MM = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """One row: each text with its x and y in the row."""

    texts: tuple[tuple[float, float, SetText], ...]
    gap_mm: float

    @property
    def height_mm(self) -> float:
        """The height of the row and of the gap under it."""
        return max(y + text.height_mm for _, y, text in self.texts) + self.gap_mm


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockPlan:
    """How one image is laid out, decided from its text before any picture is asked for.

    `left_over` are the facts that have no room under the picture and need a page that follows.
    """

    image: SheetImage
    caption: str
    scale: ScalePlan
    rows: tuple[FactRow, ...]
    left_over: tuple[Fact, ...]

    @property
    def facts_mm(self) -> float:
        """The height of everything under the picture."""
        more = _MORE.line_mm if self.left_over else 0.0
        return sum(row.height_mm for row in self.rows) + more


def plan_block(
    image: SheetImage, *, caption: str, cell: Box, life_size: LifeSize | None = None
) -> BlockPlan:
    """Fit the facts under the least picture that is worth printing, or under one in life size:
    closer together where all of them have room only so. Else the rest is left over."""
    fits = image.real_mm is not None and life_size_room(image, cell, life_size).holds(
        Box(cell.x, cell.y + _CAPTION_MM, *image.real_mm)
    )
    scale = plan_scale(image, width=cell.width, life_size=life_size, fits=fits)
    least = _LEAST_DENSE_MM if cell.height < _DENSE_MM else _LEAST_PICTURE_MM
    if image.real_mm and scale.is_one_to_one:
        least = image.real_mm[1]
    facts = (*image.facts, *_own_facts(image))
    is_dense = cell.height < _DENSE_MM
    dense = _dense_rows(facts, cell.width)
    rows = dense if is_dense else fact_rows(facts, width=cell.width)
    room = cell.height - _CAPTION_MM - least - _under_mm(scale)
    spare = max(least - _SMALLEST_MM, 0.0) if is_dense and not scale.is_one_to_one else 0.0
    for tried, given in ((rows, 0.0), (dense, spare)):
        if sum(row.height_mm for row, _ in tried) <= room + given:
            return _block(image, caption, scale, tried, ())
    room -= _MORE.line_mm
    fitting: list[tuple[FactRow, tuple[Fact, ...]]] = []
    for row in rows:
        room -= row[0].height_mm
        if room < 0:
            break
        fitting.append(row)
    left_over = tuple(fact for _, held in rows[len(fitting) :] for fact in held)
    return _block(image, caption, scale, fitting, left_over)


def life_size_room(image: SheetImage, cell: Box, life_size: LifeSize | None) -> Box:
    """The room that a picture in life size can have in a cell, if all its facts follow."""
    scale = plan_scale(image, width=cell.width, life_size=life_size, fits=True)
    under = _under_mm(scale) + _MORE.line_mm
    return cell.below(_CAPTION_MM).top(cell.height - _CAPTION_MM - under)


def fact_rows(facts: Sequence[Fact], *, width: float) -> list[tuple[FactRow, tuple[Fact, ...]]]:
    """The rows for facts in their order, each with the facts it holds.

    On a wide page three facts stand side by side, label above value; one that would take more
    than two lines has a row of its own. In a narrow cell the label stands before the value.
    """
    if width < _WIDE_MM:
        room = width - _LABEL_MM
        narrow = [part for fact in facts for part in _parts(fact, _NARROW_VALUE, room)]
        return [(_narrow_row(fact, width), (fact,)) for fact in narrow]
    whole = [part for fact in facts for part in _parts(fact, _VALUE, width)]
    column = (width - (_COLUMNS - 1) * _GUTTER_MM) / _COLUMNS
    rows: list[list[Fact]] = []
    open_row = False
    for fact in whole:
        long = len(wrapped(fact[1], _VALUE, column).lines) > 2
        if long or not open_row or len(rows[-1]) == _COLUMNS:
            rows.append([])
        rows[-1].append(fact)
        open_row = not long
    return [(_wide_row(row, width, column), tuple(row)) for row in rows]


def _dense_rows(facts: Sequence[Fact], width: float) -> list[tuple[FactRow, tuple[Fact, ...]]]:
    """For a low cell: as many facts on a line as it holds, each with its label before it."""
    lines: list[tuple[str, tuple[Fact, ...]]] = []
    for fact in (part for each in facts for part in _parts(each, _LABEL, width)):
        said = f"{fact[0]}: {fact[1]}"
        longer = f"{lines[-1][0]}{_BETWEEN}{said}" if lines else said
        if lines and "\n" not in longer and _LABEL.width_mm(longer) <= width:
            lines[-1] = (longer, (*lines[-1][1], fact))
        else:
            lines.append((said, (fact,)))
    return [
        (FactRow(texts=((0.0, 0.0, wrapped(line, _LABEL, width)),), gap_mm=0.1), held)
        for line, held in lines
    ]


def _wide_row(facts: Sequence[Fact], width: float, column: float) -> FactRow:
    texts = []
    for place, (label, text) in enumerate(facts):
        alone = len(wrapped(text, _VALUE, column).lines) > 2
        room, x = (width if alone else column), place * (column + _GUTTER_MM)
        above = wrapped(label, _LABEL, room)
        texts += [(x, 0.0, above), (x, above.height_mm, wrapped(text, _VALUE, room))]
    return FactRow(texts=tuple(texts), gap_mm=_ROW_GAP_MM)


def _narrow_row(fact: Fact, width: float) -> FactRow:
    label = wrapped(fact[0], _LABEL, _LABEL_MM - 1.0)
    value = wrapped(fact[1], _NARROW_VALUE, width - _LABEL_MM)
    baselines = _NARROW_VALUE.baseline_mm - _LABEL.baseline_mm
    return FactRow(texts=((0.0, baselines, label), (_LABEL_MM, 0.0, value)), gap_mm=0.2)


def draw_block(document: PdfDocument, pen: Pen, plan: BlockPlan, cell: Box) -> None:
    """Ask for the picture, draw it as large as its pixels and the cell allow, and its facts."""
    inside = Layout(cell)
    caption = inside.place("caption", cell.top(_CAPTION_MM))
    pen.write(SetText(lines=(plan.caption,), lettering=_NUMBER), caption)
    number = SetText(lines=(plan.image.number,), lettering=_CODE)
    pen.write(number, caption.below(0.5), align="right")
    room = cell.below(_CAPTION_MM)
    room = room.top(room.height - plan.facts_mm - _under_mm(plan.scale))
    shown, factor, ppi = _draw_shown(document, pen, plan, room)
    inside.place("picture", shown)
    y = shown.bottom + _GAP_MM
    if plan.scale.height_mm:
        words = Box(cell.x, y, cell.width, plan.scale.height_mm)
        draw_scale(pen, plan.scale, inside.place("scale", words), factor=factor, ppi=ppi)
        y = words.bottom + _GAP_MM
    facts = Box(cell.x, y, cell.width, plan.facts_mm)
    draw_rows(pen, plan.rows, inside.place("facts", facts))
    if plan.left_over:
        more = SetText(lines=(MORE_FOLLOWS,), lettering=_MORE)
        pen.write(more, facts.below(facts.height - more.height_mm))


def _draw_shown(
    document: PdfDocument, pen: Pen, plan: BlockPlan, room: Box
) -> tuple[Box, float, float]:
    """Draw what stands for the image; give what it took of the room, and of a picture how many
    times life size it is and its pixels to the inch, each 0 where there is none."""
    factor = ppi = 0.0
    match plan.image.picture():
        case None:
            shown = room.top(min(room.height, _PANEL_MM))
            _draw_panel(pen, plan.image.no_picture_text or NO_PICTURE, shown)
        case Storyboard() as board:
            shown = draw_storyboard(document, pen, board, room)
        case Waveform() as wave:
            shown = draw_waveform(pen, wave, room)
        case PaperImage() as picture:
            shown, factor = picture_box(plan.scale, picture, room)
            ppi = upright_size(picture)[0] / shown.width * 25.4
            draw_photo(document, picture, shown)
            pen.outline(shown)
    return shown, factor, ppi


def draw_rows(pen: Pen, rows: Sequence[FactRow], box: Box) -> None:
    """Draw fact rows from the top of `box`, each as it was set."""
    y = 0.0
    for row in rows:
        for x, down, text in row.texts:
            pen.write(text, box.below(y + down).beside(x))
        y += row.height_mm


def room_for_picture(cell: Box) -> float:
    """The longest side in millimetres that a picture in this cell can have."""
    return max(cell.width, cell.height - _CAPTION_MM)


def _draw_panel(pen: Pen, text: str, box: Box) -> None:
    pen.outline(box, line_mm=0.35)
    inner = box.inset(3.0)
    words = wrapped(text, _NOTE, inner.width)
    pen.write(words, inner.below(max((inner.height - words.height_mm) / 2, 0.0)), align="centre")


def _block(
    image: SheetImage,
    caption: str,
    scale: ScalePlan,
    rows: Sequence[tuple[FactRow, tuple[Fact, ...]]],
    left_over: tuple[Fact, ...],
) -> BlockPlan:
    return BlockPlan(
        image=image,
        caption=caption,
        scale=scale,
        rows=tuple(row for row, _ in rows),
        left_over=left_over,
    )


def _under_mm(scale: ScalePlan) -> float:
    """What stands between the picture and its facts."""
    return _GAP_MM + (scale.height_mm + _GAP_MM if scale.height_mm else 0.0)


def _own_facts(image: SheetImage) -> tuple[Fact, ...]:
    digest = image.sha256.hex()
    ends = " … ".join((f"{digest[:4]} {digest[4:8]}", f"{digest[-8:-4]} {digest[-4:]}"))
    return (("SHA-256", ends),)


def _parts(fact: Fact, value: Lettering, width: float) -> list[Fact]:
    label, text = fact
    lines = wrapped(text, value, width).lines
    if len(lines) <= _MOST_LINES:
        return [fact]
    chunks = [lines[at : at + _MOST_LINES] for at in range(0, len(lines), _MOST_LINES)]
    return [
        (label if place == 0 else f"{label} (continued)", "\n".join(chunk))
        for place, chunk in enumerate(chunks)
    ]
