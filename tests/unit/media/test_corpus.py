"""Real photos of some seventy devices, and real crashers, through the real worker process."""

from collections import Counter

import pytest

from desktop.media.describer import Described
from desktop.media.notes import Failure
from desktop.media.sandboxed_describer import SandboxedDescriber
from desktop.records.facts.capture import TimeBasis
from tests.unit.media.corpus import CORPUS, content, expected, needs_corpus, said_to_be
from tests.unit.media.made_photos import opened

pytestmark = needs_corpus

BROKE_THE_WORKER = {failure.words for failure in Failure} - {Failure.REFUSED.words}

OF_THE_ORIGINAL = {TimeBasis.EXIF_OFFSET, TimeBasis.EXIF_GPS, TimeBasis.EXIF_NAIVE}
NO_FIX = {"immich/empty_gps.jpg"}
"""Has the tags of a place with nothing in them."""


@pytest.fixture(scope="module")
def described(describer: SandboxedDescriber) -> dict[str, Described]:
    return {name: describer.describe(content(name), file_name=name) for name in expected()}


def test_every_file_is_described_and_none_breaks_the_worker(
    described: dict[str, Described],
) -> None:
    for name, found in described.items():
        said = found.description
        assert said.note not in BROKE_THE_WORKER, name
        assert (found.thumbnail is None) == bool(said.note), name
    shown = sum(found.thumbnail is not None for found in described.values())
    assert shown >= 140


def _says(found: Described) -> dict[str, str | None]:
    said = found.description
    taken = said.taken
    if taken is not None and taken.basis not in OF_THE_ORIGINAL:
        taken = None
    return {
        "ExifIFD:DateTimeOriginal": f"{taken.local:%Y:%m:%d %H:%M:%S}" if taken else None,
        "IFD0:Make": said.device.make,
        "IFD0:Model": said.device.model,
        "ExifIFD:SerialNumber": said.device.serial,
    }


@pytest.mark.requirement("R68", "R69")
def test_time_and_device_are_what_exiftool_says(described: dict[str, Described]) -> None:
    same: Counter[str] = Counter()
    other = []
    for name in said_to_be("JPEG"):
        for tag, ours in _says(described[name]).items():
            theirs = " ".join(str(expected()[name].get(tag, "")).split()) or None
            if tag == "ExifIFD:DateTimeOriginal" and theirs:
                theirs = theirs[:19]
            if ours == theirs:
                same[tag] += ours is not None
            else:
                other.append((name, tag, ours, theirs))
    assert other == []
    assert same["ExifIFD:DateTimeOriginal"] >= 71
    assert same["IFD0:Make"] >= 71
    assert same["IFD0:Model"] >= 71
    assert same["ExifIFD:SerialNumber"] >= 1


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
