"""Made-up sheets and pictures for the tests of paper."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw

from desktop.media.paper_image import PaperImage
from desktop.printing.record_sheet_model import Paper, RecordSheet, SheetImage, SheetPatient

FACTS = (
    ("Body site", "Left medial ankle"),
    ("Taken", "12 Nov 2026 10:42 +13:00 (from the file, with its time zone)"),
    ("Taken by", "R. Singh, nurse"),
    ("Device", "Apple iPhone 15 Pro s/n …4471"),
    ("Consent", "verbal, documented · CF-1183"),
    ("Purpose", "clinical care, monitoring"),
)
NUMBER = "RS7K3QX9FM"
CORNERS = ((220, 20, 20), (20, 160, 20), (20, 20, 220), (230, 200, 30))


@cache
def photo(width: int = 400, height: int = 300, *, seed: int = 0) -> PaperImage:
    """A picture whose four corners differ: red, green, blue, yellow, clockwise from top left."""
    picture = Image.new("RGB", (width, height), (205, 160, 130 + seed % 100))
    pen = ImageDraw.Draw(picture)
    w, h = width // 4, height // 4
    places = ((0, 0), (width - w, 0), (width - w, height - h), (0, height - h))
    for (x, y), colour in zip(places, CORNERS, strict=True):
        pen.rectangle((x, y, x + w, y + h), fill=colour)
    return paper_image(picture)


def paper_image(picture: Image.Image, *, icc: bytes | None = None, **changes: Any) -> PaperImage:
    """A picture as the media floor hands it over."""
    gathered = io.BytesIO()
    picture.save(gathered, "JPEG", quality=90)
    made = PaperImage(
        jpeg=gathered.getvalue(),
        width=picture.width,
        height=picture.height,
        orientation=1,
        components=1 if picture.mode == "L" else 3,
        icc=icc,
        unchanged=True,
    )
    return replace(made, **changes)


def image(
    place: int = 0,
    *,
    picture: Callable[[], PaperImage | None] | None = None,
    facts: tuple[tuple[str, str], ...] = FACTS,
) -> SheetImage:
    """One image of a sheet."""
    return SheetImage(
        number=f"7B2C-11F0-{place:04X}",
        sha256=hashlib.sha256(bytes([place % 256])).digest(),
        picture=picture or (lambda: photo(seed=place)),
        facts=facts,
        no_picture_text="This recording is kept sealed in the office.",
    )


def patient(**changes: Any) -> SheetPatient:
    """A made-up patient with a test number."""
    made = SheetPatient(
        family_name="Ngātai-Whātua",
        given_names="Kahurangi Āwhina",
        number="ZZZ0016",
        number_label="NHI",
        born=date(1961, 3, 4),
        sex="F",
    )
    return replace(made, **changes)


def sheet(count: int = 1, **changes: Any) -> RecordSheet:
    """A sheet of `count` images."""
    made = RecordSheet(
        organisation="Kererū Clinic",
        address="12 Rātā Street\nTāmaki Makaurau 1010",
        patient=patient(),
        images=tuple(image(place) for place in range(count)),
        sheet_number=NUMBER,
        copy=1,
        printed_by="T. Aroha",
        printed_at=datetime(2026, 11, 23, 14, 5, tzinfo=ZoneInfo("Pacific/Auckland")),
        per_page=1,
        paper=Paper.A4,
        retain_until=date(2036, 11, 12),
    )
    return replace(made, **changes)
