"""Pictures on lists: what stands for an image in a box, as large as the box allows."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.media.paper_image import PaperImage
from desktop.media.storyboard import Storyboard, Waveform
from desktop.printing.boxes import Box
from desktop.printing.document import PdfDocument
from desktop.printing.fonts import SANS
from desktop.printing.lettering import SMALLEST, Lettering, wrapped
from desktop.printing.pen import Pen
from desktop.printing.photo import draw_photo, upright_size
from desktop.printing.record_sheet_model import Shown
from desktop.records.rules.measuring import is_of_shape

_PANEL = Lettering(font=SANS, size=SMALLEST)
NO_PICTURE = "no picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedImage:
    """An image on a list. `picture` is called while its page is drawn. `real_mm` is how wide and
    high what it shows really is, upright, where somebody laid a scale on it."""

    number: str
    site: str
    taken: str
    picture: Callable[[], Shown | None]
    real_mm: tuple[float, float] | None = None


def draw_listed(
    document: PdfDocument, pen: Pen, image: ListedImage, room: Box, *, factor: float = 0.0
) -> Box:
    """Draw the picture in the middle of `room`, and give where it stands. With a `factor` it is so
    many times as large as what it shows, else as large as the room allows."""
    shown = image.picture()
    if isinstance(shown, Storyboard) and shown.frames:
        shown = shown.frames[0].picture
    if not isinstance(shown, PaperImage):
        pen.outline(room)
        words = "sound recording" if isinstance(shown, Waveform) else NO_PICTURE
        pen.write(wrapped(words, _PANEL, room.width - 2.0), room.inset(1.0), align="centre")
        return room
    width, height = upright_size(shown)
    scale = min(room.width / width, room.height / height)
    if factor and image.real_mm and is_of_shape((width, height), image.real_mm):
        scale = min(scale, image.real_mm[0] * factor / width)
    box = Box(
        room.x + (room.width - width * scale) / 2,
        room.y + (room.height - height * scale) / 2,
        width * scale,
        height * scale,
    )
    draw_photo(document, shown, box)
    pen.outline(box)
    return box
