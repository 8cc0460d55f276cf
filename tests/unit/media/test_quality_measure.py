"""How good a picture is: what is made bad is called bad, and what is good is not (R126, R128)."""

import io
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from desktop.media.decoding import describe
from desktop.media.description_wire import read_description
from desktop.media.line_pitch import line_pitch
from desktop.media.quality_measure import (
    LONGEST,
    PAGE_PIXELS,
    Grey,
    PictureHeader,
    jpeg_quality,
    measure,
)
from desktop.media.sandboxed_describer import SandboxedDescriber
from desktop.media.worker_file import WorkerFile
from desktop.records.facts.depiction import Subject
from desktop.records.facts.quality import Finding, Grade, Quality
from desktop.shipped import shipped
from tests.unit.media.corpus import content, needs_corpus
from tests.unit.media.made_photos import exif_block, jpeg

pytestmark = pytest.mark.requirement("R126", "R128")

CAMERA = PictureHeader(
    media_type="image/jpeg", width=4032, height=3024, has_maker=True, has_capture_time=True
)
CAMERA_ORIGINALS = (
    *(
        "22-canon_tags",
        "28-hex_value",
        "33-type_error",
        "35-empty",
        "36-memory_error",
        "87_OSError",
    ),
    *(
        "42_IndexError",
        "HMD_Nokia_8.3_5G",
        "Xiaomi_Mi_9T_KeyError",
        "canon_hdr_NO",
        "canon_hdr_YES",
    ),
    *("corrupted", "iphone_hdr_NO", "iphone_hdr_YES", "jolla", "Sony_DSLR-A200"),
)


def scene() -> Image.Image:
    """Blotches of every size and shapes with edges, as sharp and as light as real photos are."""
    chance = np.random.default_rng(7)
    wide, high = 1008, 756
    down, across = np.fft.fftfreq(high)[:, None], np.fft.rfftfreq(wide)[None, :]
    spectrum = 1 / np.maximum(np.hypot(down, across), 1 / wide) ** 1.1
    blotches = np.fft.irfft2(
        np.fft.rfft2(chance.normal(size=(high, wide))) * spectrum, (high, wide)
    )
    drawn = Image.fromarray(np.clip(118 + 38 * blotches / blotches.std(), 8, 245).astype(np.uint8))
    pen = ImageDraw.Draw(drawn)
    for _ in range(40):
        x, y, size = (int(chance.integers(0, most)) for most in (wide, high, 90))
        pen.ellipse((x, y, x + size, y + size), fill=int(chance.integers(30, 225)))
    return drawn


SCENE = scene()


def grey(picture: Image.Image) -> Grey:
    return np.asarray(picture.convert("L"))


def told(picture: Image.Image, header: PictureHeader = CAMERA) -> set[Finding]:
    """What is said of it where nobody says that it is a report."""
    return set(measure(grey(picture), header).for_subject(None).findings)


def moved(picture: Image.Image, by: int) -> Image.Image:
    shifted = [np.roll(grey(picture), step, axis=1).astype(np.float32) for step in range(by)]
    return Image.fromarray(np.mean(shifted, axis=0).astype(np.uint8))


def light(factor: float, more: float = 0) -> Callable[[Image.Image], Image.Image]:
    return lambda picture: picture.point(lambda v: min(int(v * factor + more), 255))


def soft(radius: float) -> Callable[[Image.Image], Image.Image]:
    return lambda picture: picture.filter(ImageFilter.GaussianBlur(radius))


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (light(1), set()),
        (soft(1), {Finding.BLURRED}),
        (soft(4), {Finding.VERY_BLURRED}),
        (lambda picture: moved(picture, 16), {Finding.SHAKEN}),
        (light(0.33), {Finding.TOO_DARK}),
        (light(0.05), {Finding.TOO_DARK, Finding.LOW_CONTRAST, Finding.BLURRED}),
        (light(2.2), {Finding.TOO_BRIGHT}),
        (light(1.5), {Finding.HIGHLIGHTS_LOST}),
        (light(1, -75), {Finding.SHADOWS_LOST}),
        (light(0.2, 90), {Finding.LOW_CONTRAST}),
    ],
)
def test_what_was_spoilt_is_said_and_nothing_else(
    spoil: Callable[[Image.Image], Image.Image], expected: set[Finding]
) -> None:
    found = told(spoil(SCENE))
    if Finding.TOO_BRIGHT in expected:
        found -= {Finding.HIGHLIGHTS_LOST}
    assert found == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (replace(CAMERA, width=640, height=480), {Finding.SMALL}),
        (replace(CAMERA, width=1600, height=1200), set()),
        (replace(CAMERA, width=1600, height=1200, declared=4032), {Finding.SCALED}),
        (replace(CAMERA, declared=4033), set()),
        (replace(CAMERA, said_screenshot=True), {Finding.SCREENSHOT}),
    ],
)
def test_what_the_header_gives_away(header: PictureHeader, expected: set[Finding]) -> None:
    assert told(SCENE, header) == expected


@pytest.mark.parametrize(
    ("quality", "progressive", "width", "is_forwarded"),
    [
        (75, False, 1500, True),
        (92, True, 1500, True),
        (92, False, 1600, True),
        (92, False, 1500, False),
    ],
)
def test_a_chat_copy_is_suspected_only_where_maker_and_time_are_gone(
    quality: int, progressive: bool, width: int, is_forwarded: bool
) -> None:
    made = io.BytesIO()
    SCENE.convert("RGB").save(made, "JPEG", quality=quality)
    with Image.open(io.BytesIO(made.getvalue())) as again:
        table = tuple(again.quantization[0])  # type: ignore[attr-defined]
    assert jpeg_quality(table) == (quality, True)
    bare = replace(CAMERA, width=width, height=1200, luminance=table, is_progressive=progressive)
    assert Finding.FORWARDED not in told(SCENE, bare)
    bare = replace(bare, has_maker=False, has_capture_time=False)
    assert (Finding.FORWARDED in told(SCENE, bare)) == is_forwarded


def test_a_phone_shaped_picture_without_a_maker_is_taken_for_a_screenshot_and_a_scan_is_not() -> (
    None
):
    screen = PictureHeader(media_type="image/png", width=1170, height=2532)
    assert Finding.SCREENSHOT in told(SCENE, screen)
    page = PictureHeader(media_type="image/png", width=1240, height=1754)
    assert Finding.SCREENSHOT not in told(SCENE, page)


def page(longest: int) -> Image.Image:
    """A page of A4 with lines of 10 points, at this size."""
    sheet = Image.new("L", (1654, 2339), 244)  # 200 pixels an inch
    pen, font = ImageDraw.Draw(sheet), ImageFont.truetype(shipped("fonts/NotoSans-Regular.ttf"), 28)
    words = "Section shows a compound naevus without atypia; margins are clear by 2 mm. "
    for line in range(54):
        pen.text((120, 120 + line * 38), (words * 2)[line % 9 :][: 92 - line % 13], 30, font=font)
    sheet.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return sheet


@pytest.mark.parametrize(
    ("longest", "is_readable"), [(640, False), (800, False), (1600, True), (2339, True)]
)
def test_a_report_of_few_pixels_is_flagged_and_one_of_enough_is_not(
    longest: int, is_readable: bool
) -> None:
    sheet = page(longest)
    header = replace(CAMERA, width=sheet.width, height=sheet.height)
    sheet.thumbnail((LONGEST, LONGEST), Image.Resampling.BOX)
    for turned in (sheet, sheet.rotate(90, expand=True), sheet.rotate(1.5, fillcolor=244)):
        said = measure(grey(turned), header).for_subject(Subject.PATHOLOGY_REPORT)
        assert (Finding.HARD_TO_READ in said.findings) != is_readable
        assert not set(said.findings) & {Finding.TOO_BRIGHT, Finding.HIGHLIGHTS_LOST}
        if not is_readable:
            assert said.grade is Grade.POOR
            assert "primary copy" in said.advice


def test_small_writing_in_a_third_of_a_page_is_flagged_too() -> None:
    """A list, a label, a column: most strips of such a page are blank."""
    column = page(640)
    sheet = Image.new("L", (3 * column.width, column.height), 244)
    sheet.paste(column)
    header = replace(CAMERA, width=sheet.width, height=sheet.height)
    assert max(sheet.size) > PAGE_PIXELS
    sheet.thumbnail((LONGEST, LONGEST), Image.Resampling.BOX)
    said = measure(grey(sheet), header).for_subject(Subject.PATHOLOGY_REPORT)
    assert Finding.HARD_TO_READ in said.findings


def test_lines_of_writing_are_found_whichever_way_the_page_lies() -> None:
    sheet = page(LONGEST)
    expected = 38 * LONGEST / 2339
    for turned in (sheet, sheet.rotate(90, expand=True)):
        assert line_pitch(grey(turned)) == pytest.approx(expected, rel=0.1)
    assert line_pitch(grey(SCENE)) is None


def test_a_photo_of_a_screen_is_known_by_its_stripes() -> None:
    sheet = page(LONGEST)
    down, across = np.mgrid[: sheet.height, : sheet.width]
    grid = 14 * np.sin(0.9 * across + 0.55 * down)
    striped = Image.fromarray(np.clip(grey(sheet) - 15 + grid, 0, 255).astype(np.uint8))
    for picture, is_striped in ((striped, True), (sheet, False), (SCENE, False)):
        found = measure(grey(picture), CAMERA).for_subject(Subject.DIAGNOSTIC_IMAGE).findings
        assert (Finding.MOIRE in found) == is_striped


def test_legibility_is_said_of_copies_of_records_alone() -> None:
    found = Quality(findings=(Finding.BLURRED, Finding.TOO_BRIGHT, Finding.HARD_TO_READ))
    assert found.for_subject(None).findings == (Finding.BLURRED, Finding.TOO_BRIGHT)
    assert found.for_subject(Subject.LESION) == found.for_subject(None)
    report = found.for_subject(Subject.PATHOLOGY_REPORT)
    assert report.findings == (Finding.BLURRED, Finding.HARD_TO_READ)


@settings(max_examples=25, deadline=None)
@given(
    softer=st.floats(0.3, 6),
    darker=st.floats(0.05, 1),
    one=st.integers(80, 5000),
    other=st.integers(80, 5000),
)
def test_worse_is_never_called_better(softer: float, darker: float, one: int, other: int) -> None:
    small = SCENE.resize((504, 378))
    sharp, blurred = (measure(grey(p), CAMERA) for p in (small, soft(softer)(small)))
    assert (blurred.sharpness or 0) <= (sharp.sharpness or 0)
    dark = measure(grey(light(darker)(small)), CAMERA)
    assert (dark.brightness or 0) <= (sharp.brightness or 0) + 1
    fewer, more = sorted((one, other))
    if Finding.SMALL in told(small, replace(CAMERA, width=more, height=60)):
        assert Finding.SMALL in told(small, replace(CAMERA, width=fewer, height=60))


@settings(max_examples=40, deadline=None)
@given(wide=st.integers(1, 40), high=st.integers(1, 400), value=st.integers(0, 255))
def test_no_picture_is_too_odd_to_be_measured(wide: int, high: int, value: int) -> None:
    found = measure(np.full((high, wide), value, dtype=np.uint8), CAMERA)
    assert found.grade is Grade.POOR
    assert 0 <= (found.dark_share or 0) <= 1


@pytest.mark.requirement("R127")
def test_the_confined_worker_measures_each_photo_on_its_way_and_suspects_aloud(
    describer: SandboxedDescriber,
) -> None:
    mine = exif_block(
        {0x010F: "Maker"}, {0x9003: "2026:01:02 10:11:12", 0xA002: 4032, 0xA003: 3024}
    )
    for exif, expected in (
        (mine, {Finding.SCALED}),
        (exif_block(photo={0x9286: b"ASCII\0\0\0Screenshot"}), {Finding.SCREENSHOT}),
    ):
        made = jpeg(SCENE.convert("RGB"), exif=exif)
        answer = describer.describe(made, file_name="a.jpg").description.quality
        assert answer is not None
        assert answer == _described(made)
        assert set(answer.for_subject(None).findings) == expected
        assert answer.jpeg_quality == 90


def _described(whole: bytes) -> Quality:
    asked = {"now": "2026-11-23T12:00:00+13:00", "pixels": True, "file_name": "a.jpg"}
    answer = describe(WorkerFile(len(whole), whole=whole), asked, lambda news: news)
    quality = read_description(answer.facts).quality
    assert quality is not None
    return quality


@needs_corpus
def test_real_photos_are_hardly_ever_warned_about() -> None:
    found = {
        name: _described(content(f"exif-py/{name}.jpg")).for_subject(None).findings
        for name in CAMERA_ORIGINALS
    }
    warned = {name: findings for name, findings in found.items() if findings}
    assert warned == {
        "jolla": (Finding.BLURRED,),  # of a phone of 2013, soft when it is looked at 1:1
        "Sony_DSLR-A200": (Finding.TOO_DARK,),  # taken at night
    }
