"""Real photos of some seventy devices, and real crashers, through the real worker process."""

from collections import Counter
from pathlib import Path

import pytest

from desktop.media.describer import Described
from desktop.media.notes import OF_THE_CAMERA, Failure
from desktop.media.sandboxed_describer import SandboxedDescriber
from desktop.records.facts.media import CaptureMode, Part
from tests.unit.media.agreement import compared, described_stills, table
from tests.unit.media.corpus import CORPUS, content, expected, needs_corpus, said_to_be
from tests.unit.media.made_photos import opened

pytestmark = [needs_corpus, pytest.mark.first]

BROKE_THE_WORKER = {failure.words for failure in Failure} - {Failure.REFUSED.words}

NO_FIX = {"immich/empty_gps.jpg"}
"""Has the tags of a place with nothing in them."""


@pytest.fixture(scope="module")
def described(describer: SandboxedDescriber) -> dict[str, Described]:
    return described_stills(describer)


def test_every_file_is_described_and_none_breaks_the_worker(
    described: dict[str, Described],
) -> None:
    shown: Counter[str] = Counter()
    for name, found in described.items():
        said = found.description
        assert said.note not in BROKE_THE_WORKER, name
        assert found.thumbnail is not None or said.note, name
        assert not said.note or found.thumbnail is None or said.note == OF_THE_CAMERA, name
        shown[said.media_type] += found.thumbnail is not None
    assert shown["image/jpeg"] >= 140
    assert shown["image/heic"] >= 17
    assert shown["image/avif"] >= 7
    assert shown["image/tiff"] >= 11
    assert shown["image/x-adobe-dng"] == 2


@pytest.mark.requirement("R68", "R69")
def test_no_value_differs_from_exiftools_and_the_papers_say_so(
    described: dict[str, Described],
) -> None:
    cells = compared(described)
    for (value, family), counted in cells.items():
        assert not counted["different"], (value, family)
        assert not counted["only ours"], (value, family)
        # what cannot be opened at all has no size
        assert value == "size in pixels" or not counted["not found"], (value, family)
    papers = Path("docs/media.md").read_text(encoding="utf-8")
    assert table(cells) in papers, "python -m tests.unit.media.agreement"


@pytest.mark.requirement("R127")
def test_what_contradicts_itself_says_so_and_stands_upright(
    described: dict[str, Described],
) -> None:
    doubtful = {
        n for n, found in described.items() if found.description.detail.orientation_doubtful
    }
    assert doubtful == {"mei/Issue 437 (dotnet).heic", "mei/Issue 487.heic"}
    for name in doubtful:
        thumbnail = described[name].thumbnail
        assert thumbnail is not None
        width, height = opened(thumbnail).size
        assert width < height, name


@pytest.mark.requirement("R11", "R69")
def test_real_phones_tell_how_they_recorded(described: dict[str, Described]) -> None:
    live = described["mei/IMG_2927.HEIC"].description.detail
    assert live.capture_mode is CaptureMode.LIVE_PHOTO
    assert live.pair_key == "1745E022-9712-43C7-B024-F308EC6413CB"
    assert live.colour == "Display P3"
    moving = described["immich/samsung-one-ui-6.heic"].description.detail
    assert moving.capture_mode is CaptureMode.MOTION_PHOTO
    assert Part.MOTION_VIDEO in moving.parts
    mapped = described["exif-py/iphone_13_pro_max.heic"].description.detail
    assert set(mapped.parts) == {Part.THUMBNAIL, Part.GAIN_MAP}
    assert described["immich/10bit-HDR-P3-nclx.avif"].description.detail.colour == (
        "Display P3 PQ (HDR)"
    )


@pytest.mark.requirement("R103")
def test_a_place_is_told_exactly_where_exiftool_finds_one(described: dict[str, Described]) -> None:
    with_place = 0
    for name in said_to_be("JPEG"):
        has_place = "GPS:GPSLatitude" in expected()[name] and name not in NO_FIX
        assert described[name].description.has_location is has_place, name
        with_place += has_place
    assert with_place >= 19


@pytest.mark.parametrize("shape", ["Landscape", "Portrait"])
def test_all_eight_orientations_look_the_same(described: dict[str, Described], shape: str) -> None:
    upright = described[f"orientation/{shape}_1.jpg"].thumbnail
    assert upright is not None
    first = opened(upright).convert("L").resize((32, 32))
    for orientation in range(2, 9):
        turned = described[f"orientation/{shape}_{orientation}.jpg"].thumbnail
        assert turned is not None
        assert opened(turned).size == opened(upright).size
        other = opened(turned).convert("L").resize((32, 32))
        apart = [abs(a - b) for a, b in zip(first.tobytes(), other.tobytes(), strict=True)]
        assert sum(apart) / len(apart) < 6, orientation


@pytest.mark.requirement("R103")
def test_real_photos_go_to_paper_without_metadata(
    describer: SandboxedDescriber, described: dict[str, Described]
) -> None:
    sent: Counter[bool] = Counter()
    for name in said_to_be("JPEG"):
        data = content(name)
        if described[name].thumbnail is None or len(data) > 300_000:
            continue
        paper = describer.for_paper(data, longest=1200)
        assert paper is not None, name
        shown = opened(paper.jpeg)
        assert shown.size == (paper.width, paper.height), name
        assert max(shown.size) <= 1200, name
        assert not shown.getexif(), name
        assert not {"comment", "xmp", "photoshop", "mp"} & set(shown.info), name
        if paper.unchanged:
            assert shown.convert("RGB").tobytes() == opened(data).convert("RGB").tobytes(), name
        sent[paper.unchanged] += 1
    assert sent[True] >= 60
    assert sent[False] >= 15


def test_the_crashers_never_bring_the_worker_down(describer: SandboxedDescriber) -> None:
    for crasher in sorted(path for path in (CORPUS / "fuzz").rglob("*") if path.is_file()):
        found = describer.describe(crasher.read_bytes(), file_name=crasher.name)
        assert found.description.note not in BROKE_THE_WORKER
        if found.description.media_type == "image/jpeg":
            describer.preview(crasher.read_bytes(), longest=640)
