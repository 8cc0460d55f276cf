"""What a clean aperture hides is cut off whole, however coarse the colours of a film are."""

from fractions import Fraction

import pytest
from av.video.frame import VideoFrame

from desktop.media.film_aperture import Cut, Cutter


@pytest.mark.requirement("R97")
@pytest.mark.parametrize("form", ["yuv420p", "yuv411p", "yuv410p"])
def test_no_hidden_column_stays_where_four_pixels_share_a_colour(form: str) -> None:
    stored = VideoFrame(64, 32, form)
    stored.pts, stored.time_base = 0, Fraction(1, 25)
    grey = stored.planes[0]
    grey.update(bytes(range(grey.line_size)) * (grey.buffer_size // grey.line_size))
    cut = Cut(stored=(64, 32), left=6, top=2, width=50, height=26)
    seen = Cutter(cut).of(stored)
    assert (seen.width, seen.height) == (50, 26)
    assert bytes(seen.planes[0])[:2] == b"\x06\x07"
