"""A film as a storyboard, a sound recording as its waveform: drawn in the place of a picture."""

from collections.abc import Sequence
from itertools import pairwise

from desktop.media.storyboard import Storyboard, Waveform
from desktop.printing.boxes import Box
from desktop.printing.document import PdfDocument
from desktop.printing.fonts import SANS
from desktop.printing.lettering import SMALLEST, Lettering, SetText
from desktop.printing.pen import Pen
from desktop.printing.photo import draw_photo, upright_size

STORY_FRAMES = {1: 12, 2: 8, 4: 6, 6: 4}
"""How many frames a storyboard has, by the images on a page."""

STORY_PIXELS = 720
"""The longest side of a frame: 300 to the inch where three stand side by side."""

WAVE_COLUMNS = 720

_STAMP = Lettering(font=SANS, size=SMALLEST)
_GAP_MM = 2.0
_UNDER_MM = 0.6
_ROW_MM = 26.0
_MOST_ROWS = 3
_ONE_ROW_MS = 30_000
_BAR_MM, _PITCH_MM = 0.45, 0.75
_TICKS = 5
_QUIETEST = 0.05


def draw_storyboard(document: PdfDocument, pen: Pen, board: Storyboard, room: Box) -> Box:
    """The frames in rows, as large as they fit, each with its time under it. Gives what was used
    of the room."""
    stamps = [SetText(lines=(clock(frame.at_ms),), lettering=_STAMP) for frame in board.frames]
    sizes = [upright_size(frame.picture) for frame in board.frames]
    stamp_mm = max(stamp.width_mm for stamp in stamps)
    columns = _best_columns(sizes, stamp_mm, room)
    width, height = _frame_mm(sizes, columns, room)
    pitch = max(width, stamp_mm) + _GAP_MM
    step = height + _under_mm() + _GAP_MM
    for place, (frame, stamp) in enumerate(zip(board.frames, stamps, strict=True)):
        row, column = divmod(place, columns)
        cell = Box(room.x + column * pitch, room.y + row * step, width, height)
        shown = _fitted(upright_size(frame.picture), cell)
        draw_photo(document, frame.picture, shown)
        pen.outline(shown)
        under = Box(cell.x, cell.bottom + _UNDER_MM, pitch - _GAP_MM, stamp.height_mm)
        pen.write(stamp, under)
    rows = -(-len(board.frames) // columns)
    return room.top(rows * step - _GAP_MM)


def draw_waveform(pen: Pen, wave: Waveform, room: Box) -> Box:
    """The recording in up to three rows of bars around a line, with times under each. Gives what
    was used of the room."""
    rows = min(_MOST_ROWS, int((room.height + _GAP_MM) // (_ROW_MM + _GAP_MM)))
    rows = 1 if wave.duration_ms < _ONE_ROW_MS else max(rows, 1)
    bars = int((room.width + _PITCH_MM - _BAR_MM) // _PITCH_MM)
    heights = _heights(wave.peaks, rows * bars)
    height = min(_ROW_MM, room.height)
    for row in range(rows):
        box = Box(room.x, room.y + row * (height + _GAP_MM), room.width, height)
        part = (row * wave.duration_ms // rows, (row + 1) * wave.duration_ms // rows)
        _draw_row(pen, heights[row * bars : (row + 1) * bars], part, box)
    return room.top(rows * (height + _GAP_MM) - _GAP_MM)


def clock(milliseconds: int) -> str:
    """A time in a recording: minutes, seconds and tenths, after an hour with hours."""
    tenths = milliseconds // 100
    seconds, tenth = divmod(tenths, 10)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    if hour:
        return f"{hour}:{minute:02d}:{second:02d}.{tenth}"
    return f"{minute}:{second:02d}.{tenth}"


def _under_mm() -> float:
    return _UNDER_MM + _STAMP.line_mm


def _best_columns(sizes: Sequence[tuple[int, int]], stamp_mm: float, room: Box) -> int:
    """The number of columns with the largest frames, wide enough for the times under them."""
    possible = range(1, len(sizes) + 1)
    fit = [columns for columns in possible if _column_mm(columns, room) >= stamp_mm] or [1]
    return max(fit, key=lambda columns: _frame_mm(sizes, columns, room)[1])


def _column_mm(columns: int, room: Box) -> float:
    return (room.width - (columns - 1) * _GAP_MM) / columns


def _frame_mm(sizes: Sequence[tuple[int, int]], columns: int, room: Box) -> tuple[float, float]:
    """Width and height of the place for one frame, in the shape of the tallest."""
    rows = -(-len(sizes) // columns)
    tallest = max(height / width for width, height in sizes)
    most = (room.height - (rows - 1) * _GAP_MM) / rows - _under_mm()
    height = min(most, _column_mm(columns, room) * tallest)
    return height / tallest, height


def _fitted(size: tuple[int, int], cell: Box) -> Box:
    width, height = size
    scale = min(cell.width / width, cell.height / height)
    return Box(cell.x, cell.y, width * scale, height * scale)


def _heights(peaks: Sequence[float], bars: int) -> list[float]:
    """From 0 to 1 for each bar; the root, for quiet speech would be a flat line beside a cough."""
    count = len(peaks)
    loudest = max(*peaks, _QUIETEST)
    edges = [bar * count // bars for bar in range(bars + 1)]
    parts = (peaks[start : max(end, start + 1)] for start, end in pairwise(edges))
    return [(max(part) / loudest) ** 0.5 for part in parts]


def _draw_row(pen: Pen, heights: Sequence[float], part: tuple[int, int], box: Box) -> None:
    shown = box.top(box.height - _under_mm())
    middle = shown.y + shown.height / 2
    pen.rule(x=shown.x, y=middle - 0.05, width=shown.width, line_mm=0.1)
    for bar, height in enumerate(heights):
        reach = max(height * shown.height / 2, 0.1)
        pen.fill(Box(shown.x + bar * _PITCH_MM, middle - reach, _BAR_MM, 2 * reach))
    start, end = part
    for tick in range(_TICKS):
        text = clock(start + (end - start) * tick // (_TICKS - 1))
        stamp = SetText(lines=(text,), lettering=_STAMP)
        left = (shown.width - stamp.width_mm) * tick / (_TICKS - 1)
        under = Box(shown.x + left, shown.bottom + _UNDER_MM, shown.width - left, stamp.height_mm)
        pen.write(stamp, under)
