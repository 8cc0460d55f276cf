"""A photograph made ready for paper: bytes that may go into a PDF as they are."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperImage:
    """A JPEG without metadata. `width` and `height` are pixels as stored; `orientation` is EXIF
    1 to 8, still to be applied; `components` is 1 or 3; `icc` is its profile or None (then sRGB).

    `unchanged` says whether the compressed picture data is the original's own; `original` is then
    that one's SHA-256, where it is known.
    """

    jpeg: bytes
    width: int
    height: int
    orientation: int
    components: int
    icc: bytes | None
    unchanged: bool
    original: bytes = b""
