"""Films and sound recordings on the record sheet: frames and loudness with their times."""

import ctypes
from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2 import raw

from desktop.media.storyboard import Storyboard, StoryFrame, Waveform
from desktop.printing.print_scale import NOT_CALIBRATED
from desktop.printing.record_sheet import lay_out, record_sheet_pdf
from desktop.printing.record_sheet_model import Paper, SheetImage, Shown
from desktop.printing.recording_block import STORY_FRAMES, clock
from desktop.printing.recording_facts import said_length
from tests.unit.printing.made_sheets import FACTS, image, photo, sheet
from tests.unit.printing.reading import page_texts

pytestmark = pytest.mark.requirement("R11")


def board(count: int, *, size: tuple[int, int] = (640, 360), step: int = 7_010) -> Storyboard:
    frames = (
        StoryFrame(at_ms=place * step, picture=photo(*size, seed=place)) for place in range(count)
    )
    return Storyboard(frames=tuple(frames))


def wave(duration_ms: int, *, columns: int = 720) -> Waveform:
    peaks = tuple((place % 17) / 17 for place in range(columns))
    return Waveform(peaks=peaks, duration_ms=duration_ms)


def shown(what: Shown, place: int = 0) -> SheetImage:
    is_sound = isinstance(what, Waveform)
    return replace(image(place), picture=lambda: what, has_scale=not is_sound)


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("per_page", [1, 2, 4])
@pytest.mark.parametrize("size", [(640, 360), (360, 640), (176, 144)])
def test_a_film_is_its_frames_with_their_times(
    paper: Paper, per_page: int, size: tuple[int, int]
) -> None:
    films = tuple(shown(board(STORY_FRAMES[per_page], size=size), n) for n in range(per_page))
    made = sheet(images=films, per_page=per_page, paper=paper)
    pdf = record_sheet_pdf(made)
    texts = page_texts(pdf)
    # on A5 what has no room beside the frames stands on a page that follows
    assert len(texts) == 1 or (paper is Paper.A5 and per_page > 1)
    text = " ".join(texts)
    for place in range(STORY_FRAMES[per_page]):
        assert text.count(clock(place * 7_010)) >= per_page
    assert text.count(NOT_CALIBRATED) == per_page
    for _, words in FACTS:
        assert text.count(words) == per_page


def test_a_recording_is_its_loudness_with_times() -> None:
    recordings = (shown(wave(862_000)), shown(wave(4_200), 1))
    pdf = record_sheet_pdf(sheet(images=recordings))
    long, short = page_texts(pdf)
    for stamp in ("0:00.0", "4:47.3", "9:34.6", "14:22.0"):
        assert stamp in long
    assert "0:02.1" in short
    assert "0:04.2" in short
    assert NOT_CALIBRATED not in long + short


def test_times_are_black_and_large_enough() -> None:
    made = sheet(images=(shown(board(6)), shown(wave(60_000), 1)), per_page=4)
    document = pypdfium2.PdfDocument(record_sheet_pdf(made))
    page = document[0]
    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        parts = [ctypes.c_uint() for _ in range(4)]
        assert raw.FPDFPageObj_GetFillColor(each, *parts)
        assert [part.value for part in parts] == [0, 0, 0, 255]
        size = ctypes.c_float()
        assert raw.FPDFTextObj_GetFontSize(each, size)
        assert size.value >= 7.0
    page.close()
    document.close()


@settings(max_examples=25, deadline=None)
@given(
    count=st.integers(1, 12),
    size=st.tuples(st.sampled_from([16, 320, 720]), st.sampled_from([16, 320, 720])),
    step=st.sampled_from([1, 999, 61_000, 3_600_000]),
    per_page=st.sampled_from([1, 2, 4]),
    duration_ms=st.sampled_from([1, 29_000, 31_000, 86_400_000]),
    columns=st.integers(1, 900),
)
def test_no_recording_leaves_its_place(
    count: int,
    size: tuple[int, int],
    step: int,
    per_page: int,
    duration_ms: int,
    columns: int,
) -> None:
    """The layout raises for whatever is not inside its box."""
    both = (
        shown(board(count, size=size, step=step)),
        shown(wave(duration_ms, columns=columns), 1),
    )
    made = sheet(images=both, per_page=per_page, paper=Paper.LETTER)
    assert len(page_texts(record_sheet_pdf(made))) == lay_out(made).pages


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [
        (None, "not said by the file"),
        (4_180, "4.2 s"),
        (125_400, "2 min 5 s"),
        (3_603_000, "1 h 0 min 3 s"),
        (12, "0.1 s"),
        (59_970, "1 min 0 s"),
        (3_599_700, "1 h 0 min 0 s"),
    ],
)
def test_lengths_in_words(milliseconds: int | None, words: str) -> None:
    assert said_length(milliseconds) == words


def test_times_by_the_clock() -> None:
    assert [clock(n) for n in (0, 59_999, 61_250, 3_723_400)] == [
        "0:00.0",
        "0:59.9",
        "1:01.2",
        "1:02:03.4",
    ]
