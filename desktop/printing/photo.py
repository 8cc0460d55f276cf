"""A photograph in a PDF: its JPEG bytes unchanged, its colours and its orientation kept."""

import hashlib
import zlib

from desktop.media.paper_image import PaperImage
from desktop.printing.boxes import Box
from desktop.printing.document import POINTS_PER_MM, PdfDocument

_SPACES = {1: ("DeviceGray", b"GRAY"), 3: ("DeviceRGB", b"RGB ")}
_TURNED = frozenset((5, 6, 7, 8))


def upright_size(image: PaperImage) -> tuple[int, int]:
    """Width and height in pixels after the orientation is applied."""
    if image.orientation in _TURNED:
        return image.height, image.width
    return image.width, image.height


def draw_photo(document: PdfDocument, image: PaperImage, box: Box) -> None:
    """Draw the picture upright over the whole of `box`, whose shape is that of `upright_size`.

    The bytes leave through the document at once and are not held. The same picture drawn again is
    written once: pictures are known by the hash of their content, or of the original that they are
    the unchanged picture of, never by where they came from.
    """
    drawing = f"photo-{_content(image).hex()[:32]}"
    name = document.object_name(drawing)
    if not document.has(name):
        document.write_stream(name, _entries(document, image), image.jpeg)
    canvas = document.canvas
    paper_height = document.paper.size_mm[1]
    canvas.saveState()
    canvas.translate(box.x * POINTS_PER_MM, (paper_height - box.bottom) * POINTS_PER_MM)
    width, height = box.width * POINTS_PER_MM, box.height * POINTS_PER_MM
    canvas.transform(*_matrix(image.orientation, width, height))
    canvas.doForm(drawing)
    canvas.restoreState()


def _content(image: PaperImage) -> bytes:
    """What is the same only for the same picture."""
    told = image.original or hashlib.sha256(image.jpeg).digest()
    return hashlib.sha256(told + (image.icc or b"")).digest()


def _matrix(
    orientation: int, width: float, height: float
) -> tuple[float, float, float, float, float, float]:
    """Maps the unit square of a stored picture onto the upright one (EXIF 2.32, 4.6.4 A, 274)."""
    w, h = width, height
    return {
        2: (-w, 0.0, 0.0, h, w, 0.0),
        3: (-w, 0.0, 0.0, -h, w, h),
        4: (w, 0.0, 0.0, -h, 0.0, h),
        5: (0.0, -h, -w, 0.0, w, h),
        6: (0.0, -h, w, 0.0, 0.0, h),
        7: (0.0, h, w, 0.0, 0.0, 0.0),
        8: (0.0, h, -w, 0.0, w, 0.0),
    }.get(orientation, (w, 0.0, 0.0, h, 0.0, 0.0))


def _entries(document: PdfDocument, image: PaperImage) -> str:
    return (
        "/Type /XObject /Subtype /Image /Filter /DCTDecode /BitsPerComponent 8 "
        f"/Width {image.width} /Height {image.height} "
        f"/ColorSpace {_colour_space(document, image)}"
    )


def _colour_space(document: PdfDocument, image: PaperImage) -> str:
    device, signature = _SPACES[image.components]
    # A profile for another kind of picture would make viewers drop the picture.
    if image.icc is None or image.icc[16:20] != signature:
        return f"/{device}"
    name = f"icc-{hashlib.sha256(image.icc).hexdigest()[:32]}"
    if not document.has(name):
        entries = f"/N {image.components} /Alternate /{device} /Filter /FlateDecode"
        document.write_stream(name, entries, zlib.compress(image.icc))
    return f"[/ICCBased {document.reference(name)}]"
