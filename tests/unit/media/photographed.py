"""Our own pages as they come back: rendered like a scan, or photographed by hand on a table."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

import numpy as np
import zxingcpp
from PIL import Image, ImageFilter

from desktop.printing.papers.consent_form import ConsentForm, consent_form_pdf
from desktop.printing.papers.letterhead import Letterhead
from desktop.printing.record_sheet import record_sheet_pdf
from desktop.records.facts.sheet import page_code
from tests.unit.printing.made_sheets import NUMBER, sheet
from tests.unit.printing.reading import pages

FORM_CODE, SHEET_CODE = page_code("CF7K3QX9FM", 1), page_code(NUMBER, 1)
_HEAD = Letterhead(
    organisation="Te Whare Hauora o Tūī",
    address="1 Tūī Street",
    printed_by="Mei Tānaka (nurse)",
    printed_at=datetime(2026, 11, 23, 2, 30, tzinfo=UTC),
    banner="PŌMARE, Aroha · ZZZ0016 · born 04 Mar 1961",
    number="CF7K3QX9FM",
)


@cache
def consent_page(dpi: int, number: str = "CF7K3QX9FM") -> Image.Image:
    """The first page of a real consent form, as a scanner sees it."""
    head = Letterhead(**{name: getattr(_HEAD, name) for name in _NAMES} | {"number": number})
    return pages(consent_form_pdf(ConsentForm(head=head)), dpi=dpi)[0].convert("L")


@cache
def sheet_page(dpi: int) -> Image.Image:
    """The page of a real record sheet."""
    return pages(record_sheet_pdf(sheet(1)), dpi=dpi)[0].convert("L")


_NAMES = ("organisation", "address", "printed_by", "printed_at", "banner", "number")


def qr(text: str, scale: int = 4) -> Image.Image:
    """Any square code."""
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    return Image.fromarray(np.array(made.to_image(scale=scale, add_quiet_zones=True)))


@cache
def photographed_form(turned: float = 0) -> bytes:
    """A consent form on a table."""
    return photographed(consent_page(200), turned=turned)


def photographed(
    *laid: Image.Image, size: tuple[int, int] = (2600, 1950), turned: float = 0, lean: float = 0.05
) -> bytes:
    """Pages side by side on a dark table, by hand: in perspective, blurred, noisy, darker towards
    one corner, as a JPEG of quality 60."""
    table = Image.new("L", size, 70)
    share = size[0] // len(laid)
    for place, page in enumerate(laid):
        there = page.rotate(turned, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
        there.thumbnail((share * 94 // 100, size[1] * 94 // 100), Image.Resampling.BOX)
        left = place * share + (share - there.width) // 2
        table.paste(there, (left, (size[1] - there.height) // 2))
    wide, high = size
    seen = [(lean * wide, 0), (wide, lean * high), (wide * (1 - lean), high), (0, high * 0.98)]
    leant = table.transform(
        size, Image.Transform.PERSPECTIVE, _leaning(seen, size), Image.Resampling.BICUBIC
    )
    light = np.linspace(1, 0.6, wide)[None, :] * np.linspace(1, 0.8, high)[:, None]
    noise = np.random.default_rng(7).normal(0, 5, (high, wide))
    blurred = np.asarray(leant.filter(ImageFilter.GaussianBlur(0.9)), dtype=np.float32)
    pixels = np.clip(blurred * light + noise, 0, 255).astype(np.uint8)
    return as_jpeg(Image.fromarray(pixels), quality=60)


def as_jpeg(picture: Image.Image, *, quality: int = 90) -> bytes:
    made = io.BytesIO()
    picture.convert("RGB").save(made, "JPEG", quality=quality)
    return made.getvalue()


def _leaning(seen: Sequence[tuple[float, float]], size: tuple[int, int]) -> list[float]:
    """Pillow's eight numbers for the picture whose corners are seen there."""
    wide, high = size
    whole = ((0, 0), (wide, 0), (wide, high), (0, high))
    rows, wanted = [], []
    for (x, y), (u, v) in zip(seen, whole, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    return [float(one) for one in np.linalg.solve(np.array(rows), np.array(wanted))]
