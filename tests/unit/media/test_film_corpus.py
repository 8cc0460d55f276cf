"""Real films and recordings, and real crashers of the kind, through the real worker process."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from desktop.media.describer import Described
from desktop.media.notes import Failure
from desktop.media.sandboxed_describer import SandboxedDescriber
from desktop.media.true_type import true_type
from desktop.records.facts.capture import TimeBasis
from desktop.records.facts.clinical_image import MediaKind
from desktop.records.facts.media import Part
from tests.unit.media.corpus import CORPUS, content, expected, needs_corpus

pytestmark = needs_corpus

BROKE_THE_WORKER = {failure.words for failure in Failure} - {Failure.REFUSED.words}
MOVING = {MediaKind.VIDEO, MediaKind.AUDIO}


@pytest.fixture(scope="module")
def described(describer: SandboxedDescriber) -> dict[str, Described]:
    return {
        name: describer.describe(content(name), file_name="")
        for name in expected()
        if not name.startswith("fuzz/") and true_type(content(name)).kind in MOVING
    }


def _apart(local: datetime, theirs: str) -> timedelta:
    return abs(local - datetime.strptime(theirs[:19], "%Y:%m:%d %H:%M:%S"))


@pytest.mark.requirement("R68", "R69")
def test_facts_are_what_exiftool_says(described: dict[str, Described]) -> None:
    same: Counter[str] = Counter()
    for name, found in described.items():
        theirs, said = expected()[name], found.description
        if found.thumbnail is None:
            continue
        length = theirs.get("QuickTime:Duration")
        if length is not None:
            assert said.detail.duration_ms is not None, name
            assert abs(said.detail.duration_ms / 1000 - length) < 0.05, name
            same["duration"] += 1
        if "Composite:ImageSize" in theirs and name != "file-type/fixture.3gp":
            assert f"{said.width} {said.height}" == theirs["Composite:ImageSize"], name
            turns = {1: 0, 6: 90, 3: 180, 8: 270}
            assert turns[said.orientation] == theirs["Composite:Rotation"], name
            same["size and turn"] += 1
        local = theirs.get("Keys:CreationDate") or theirs.get("UserData:DateTimeOriginal")
        written = theirs.get("QuickTime:CreateDate", "0000")
        if local or not written.startswith("0000"):
            assert said.taken is not None, name
            assert said.taken.basis is not TimeBasis.FILE_NAME, name
            assert _apart(said.taken.local, local or written) < timedelta(seconds=1), name
            same["local time" if local else "UTC"] += 1
        assert (said.device.make, said.device.model) == (
            theirs.get("Keys:Make"),
            theirs.get("Keys:Model"),
        ), name
        same["make"] += said.device.make is not None
        place = theirs.get("Keys:GPSCoordinates") or theirs.get("UserData:GPSCoordinates")
        if place is not None:
            assert said.has_location is (place != "0 0"), name
            same["place"] += 1
    assert same == {
        "duration": 21,
        "size and turn": 18,
        "local time": 5,
        "UTC": 13,
        "make": 2,
        "place": 3,
    }


@pytest.mark.requirement("R11")
def test_what_is_whole_is_shown(described: dict[str, Described]) -> None:
    shown = {name for name, found in described.items() if found.thumbnail is not None}
    assert len(shown) >= 29
    for name, found in described.items():
        assert (found.thumbnail is None) == bool(found.description.note), name
    songbook = described["file-type/fixture-babys-songbook.m4b.m4a"].description
    assert songbook.kind is MediaKind.AUDIO
    assert "no sound of this recording" in songbook.note
    cover = described["file-type/fixture-id3v2.aac"].description
    assert (cover.kind, cover.media_type) == (MediaKind.AUDIO, "audio/aac")
    assert Part.COVER_ART in cover.detail.parts
    trimmed = described["file-type/fixture.mov"].description.detail
    assert Part.TRIMMED_FRAMES in trimmed.parts
    assert Part.DATA_TRACK in described["mei/with-gps.mov"].description.detail.parts


def test_crashers_of_the_kind_never_bring_the_worker_down(describer: SandboxedDescriber) -> None:
    for crasher in sorted(path for path in (CORPUS / "fuzz").rglob("*") if path.is_file()):
        untrusted = crasher.read_bytes()
        if true_type(untrusted).kind not in MOVING:
            continue
        found = describer.describe(untrusted, file_name="")
        assert found.description.note not in BROKE_THE_WORKER
        describer.storyboard(untrusted, count=2, longest=200)
        describer.waveform(untrusted, columns=20)
