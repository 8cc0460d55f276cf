"""Boxes stay in their area, and text in its box."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.printing.boxes import Box, Layout, LayoutFault
from desktop.printing.fonts import BOLD, SANS
from desktop.printing.lettering import Lettering, fitted, fitted_name, wrapped
from desktop.printing.problems import TextTooLong


def test_a_box_outside_its_area_is_a_fault() -> None:
    with pytest.raises(LayoutFault, match="leaves its area"):
        Layout(Box(0, 0, 10, 10)).place("tall", Box(0, 0, 5, 11))


def test_two_boxes_may_touch_but_not_overlap() -> None:
    layout = Layout(Box(0, 0, 10, 10))
    layout.place("first", Box(0, 0, 5, 5))
    layout.place("beside", Box(5, 0, 5, 5))
    with pytest.raises(LayoutFault, match="overlaps first"):
        layout.place("over", Box(4, 4, 2, 2))


def test_a_box_without_size_is_a_fault() -> None:
    with pytest.raises(LayoutFault, match="no size"):
        Layout(Box(0, 0, 10, 10)).place("flat", Box(0, 0, 5, 0))


@settings(max_examples=100)
@given(st.text(alphabet="āBc -\n", max_size=120), st.floats(6, 80))
def test_wrapping_loses_nothing(text: str, width: float) -> None:
    words = wrapped(text, Lettering(font=SANS, size=8.0), width)
    assert words.width_mm <= width + 1e-6
    assert "".join("".join(words.lines).split()) == "".join(text.split())


def test_a_name_shrinks_before_it_breaks_and_is_never_cut() -> None:
    short = fitted_name("AROHA, Mere", font=BOLD, width_mm=108, height_mm=11.2, what="Name")
    assert (short.lettering.size, len(short.lines)) == (14.0, 1)
    long = fitted_name("WHĀTUA " * 8 + "END", font=BOLD, width_mm=108, height_mm=11.2, what="Name")
    assert " ".join(long.lines).endswith("END")
    assert long.height_mm <= 11.2
    with pytest.raises(TextTooLong, match="may not be cut"):
        fitted_name("WHĀTUA " * 60, font=BOLD, width_mm=108, height_mm=11.2, what="Name")


def test_one_line_that_cannot_fit_is_refused() -> None:
    with pytest.raises(TextTooLong, match="The number"):
        fitted("8" * 80, font=SANS, sizes=(9.0, 7.0), width_mm=40, what="The number")
