"""Life size on paper, measured in the pixels of the page; and what a picture says of its scale."""

import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from desktop.media.paper_image import PaperImage
from desktop.printing.boxes import Box
from desktop.printing.print_scale import (
    COARSE,
    LIFE_SIZE,
    NOT_CALIBRATED,
    NOT_CALIBRATED_AT_ALL,
    picture_box,
    plan_scale,
)
from desktop.printing.problems import TooLargeForLifeSize
from desktop.printing.record_sheet import record_sheet_pdf
from desktop.printing.record_sheet_model import Paper, RecordSheet, SheetImage
from desktop.records.facts.printer_check import LifeSize
from tests.unit.printing.made_sheets import image, paper_image, photo, sheet
from tests.unit.printing.reading import page_texts, pages

pytestmark = pytest.mark.requirement("R80")

CERTAIN = LifeSize(
    is_certain=True, words="100 mm bars print 100.1 mm on lobby; checked 23 Nov 2026 by Mei."
)
UNCERTAIN = LifeSize(is_certain=False, words="This printer was not checked.")
DPI = 600
Size = tuple[float, float]


@cache
def ruled() -> PaperImage:
    """A picture of 100 × 75 mm with two black lines that are 50 mm apart."""
    picture = Image.new("RGB", (1600, 1200), (205, 160, 130))
    pen = ImageDraw.Draw(picture)
    for x in (400, 1200):
        pen.rectangle((x, 400, x + 15, 800), fill=(0, 0, 0))
    return paper_image(picture)


def of(
    real_mm: tuple[float, float] | None, *, pixels: tuple[int, int] = (1600, 1200)
) -> SheetImage:
    return replace(image(picture=lambda: photo(*pixels)), real_mm=real_mm)


def life(*images: SheetImage, **changes: object) -> RecordSheet:
    made = sheet(images=images)
    return replace(made, **{"life_size": UNCERTAIN, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("paper", Paper)
def test_what_is_fifty_millimetres_is_fifty_on_paper(paper: Paper) -> None:
    shown = replace(image(picture=ruled), real_mm=(100.0, 75.0))
    (page, *_) = pages(record_sheet_pdf(life(shown, paper=paper)), dpi=DPI)
    dark = np.asarray(page.convert("L")) < 80
    upright = dark[mm(62) : mm(105)].sum(axis=0) > mm(20)  # frame, line, line, frame
    starts = np.flatnonzero(upright[1:] & ~upright[:-1])
    assert len(starts) == 4
    assert (starts[2] - starts[1]) / DPI * 25.4 == pytest.approx(50.0, abs=0.1)
    assert (starts[3] - starts[0]) / DPI * 25.4 == pytest.approx(100.0, abs=0.2)
    below = np.flatnonzero(dark[: mm(145)].sum(axis=1) > mm(95))[-1]
    bar = dark[below + mm(1) : below + mm(6), : mm(130)]
    runs = [
        len(run) for row in bar for run in b"".join(b"x" if one else b" " for one in row).split()
    ]
    assert max(runs) / DPI * 25.4 == pytest.approx(50.0, abs=0.1)


def mm(millimetres: float) -> int:
    return round(millimetres / 25.4 * DPI)


def text_of(made: RecordSheet) -> str:
    return " ".join(page_texts(record_sheet_pdf(made)))


def test_life_size_says_what_is_known_of_the_printer() -> None:
    both = (of((60.0, 45.0)), of(None))
    sure = text_of(life(*both, life_size=CERTAIN))
    assert sure.count(LIFE_SIZE) == 1
    assert "Life size certified: 100 mm bars print 100.1 mm on lobby; checked 23 Nov 2026" in sure
    assert sure.count(NOT_CALIBRATED_AT_ALL) == 1
    unsure = text_of(life(*both))
    assert "Life size not certified: this printer was not checked; in the plane" in unsure
    assert "certified:" not in unsure.replace("not certified:", "")


def test_what_has_no_room_is_refused_or_printed_clearly_smaller() -> None:
    large = life(of((130.0, 97.5)), paper=Paper.A5)
    with pytest.raises(TooLargeForLifeSize, match=r"130 × 98 mm.* A5.*Choose A4 or Letter"):
        record_sheet_pdf(large)
    with pytest.raises(TooLargeForLifeSize, match=r"nothing is cut off\. Have it printed smaller"):
        record_sheet_pdf(life(of((400.0, 300.0))))
    text = text_of(replace(large, smaller=True))
    (said,) = re.findall(r"(\d\.\d\d) × life size", text)
    assert 0.3 < float(said) <= 0.85
    assert "Too large for life size on this paper" in text
    assert LIFE_SIZE not in text


def test_every_picture_says_its_scale_and_whether_it_is_coarse() -> None:
    text = text_of(sheet(images=(of((600.0, 450.0)), of(None, pixels=(400, 300)))))
    assert "0.30 × life size" in text  # 178 mm of 600
    assert text.count(NOT_CALIBRATED) == 1
    assert "only 150 ppi on paper, too coarse for fine detail" in text
    assert text.count(COARSE) == 1
    # a preview of another shape than what was measured leaves something out
    assert NOT_CALIBRATED in text_of(sheet(images=(of((60.0, 60.0)),)))


@given(
    real=st.tuples(st.floats(1, 900), st.floats(0.4, 2.5)),
    room=st.tuples(st.floats(34, 190), st.floats(34, 210)),
    is_life=st.booleans(),
)
def test_no_picture_is_nearly_life_size(
    real: tuple[float, float], room: tuple[float, float], is_life: bool
) -> None:
    """It is life size or clearly not, inside its room, and the shape it was."""
    wide, high = real[0], real[0] * real[1]
    fits = wide <= room[0] and high <= room[1]
    picture = PaperImage(
        jpeg=b"", width=2000, height=round(2000 * real[1]), orientation=1, components=3,
        icc=None, unchanged=True,
    )  # fmt: skip
    plan = plan_scale(
        of((wide, high)), width=room[0], life_size=UNCERTAIN if is_life else None, fits=fits
    )
    box, factor = picture_box(plan, picture, Box(10.0, 10.0, *room))
    assert Box(10.0, 10.0, *room).holds(box)
    assert box.width == pytest.approx(factor * wide, rel=1e-6)
    assert box.height == pytest.approx(factor * high, rel=0.011)
    assert (factor == 1.0) if is_life and fits else not 0.85 + 1e-9 < factor < 1.1 - 1e-9
