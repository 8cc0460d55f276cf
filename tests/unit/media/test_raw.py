"""Raw pictures: the largest preview in them is shown and called one; they are never developed."""

import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.media.notes import OF_THE_CAMERA
from desktop.media.raw_previews import raw_facts
from desktop.media.sandboxed_describer import SandboxedDescriber
from desktop.media.true_type import true_type
from desktop.records.facts.capture import CaptureDevice, TimeBasis
from tests.unit.media.made_photos import exif_block, jpeg, opened, picture

SMALL, LARGE = jpeg(picture((160, 120))), jpeg(picture((1200, 900)))
LOSSLESS = LARGE.replace(b"\xff\xc0", b"\xff\xc3", 1)
"""The raw data of a DNG are a JPEG too, of a kind that shows nothing."""

Tags = dict[int, tuple[int, int, bytes]]


def short(value: int) -> tuple[int, int, bytes]:
    return 3, 1, struct.pack("<HH", value, 0)


def long(value: int) -> tuple[int, int, bytes]:
    return 4, 1, struct.pack("<I", value)


def directory(tags: Tags, following: int = 0) -> bytes:
    entries = b"".join(
        struct.pack("<HHI", tag, kind, count) + value
        for tag, (kind, count, value) in sorted(tags.items())
    )
    return struct.pack("<H", len(tags)) + entries + struct.pack("<I", following)


def raw(*, model: Tags, preview: bytes = LARGE, magic: bytes = b"II*\0") -> bytes:
    """A first directory with a small strip, one below it with the raw data, one with a preview."""
    parts = {"small": SMALL, "raw": LOSSLESS, "preview": preview, "make": b"Phonemaker\0\0"}
    places, at = {}, 512
    for name, part in parts.items():
        places[name] = at
        at += len(part) + len(part) % 2
    below = {0x0111: long(places["raw"]), 0x0117: long(len(LOSSLESS))}
    sizes = {0x0100: long(2400), 0x0101: long(1800)}
    seen = {0x0201: long(places["preview"]), 0x0202: long(len(preview))}
    first: Tags = {
        0x010F: (2, 11, struct.pack("<I", places["make"])),
        0x0111: long(places["small"]),
        0x0117: long(len(SMALL)),
        0x014A: (4, 1, struct.pack("<I", 300)),
        **model,
    }
    block = (magic + struct.pack("<I", 8) + directory(first)).ljust(300, b"\0")
    block = (block + directory(below | sizes, following=400)).ljust(400, b"\0")
    block = (block + directory(seen)).ljust(512, b"\0")
    return block + b"".join(part + bytes(len(part) % 2) for part in parts.values())


DNG: Tags = {0xC612: (1, 4, b"\1\4\0\0"), 0x0112: short(6)}
EXIF = exif_block({0x010F: "Phonemaker", 0x0112: 3}, {0x9003: "2024:03:05 14:30:20"})
CMT = [
    struct.pack(">I", 8 + len(block)) + name + block
    for name, block in (
        (b"CMT1", exif_block({0x010F: "Phonemaker", 0x0112: 1})),
        (b"CMT2", exif_block({0x9003: "2024:03:05 14:30:20"})),
        (b"CMT4", exif_block({0x001D: "2024:03:05"})),
    )
]


@pytest.mark.requirement("R11")
@pytest.mark.parametrize(
    ("data", "media_type", "size"),
    [
        (raw(model=DNG), "image/x-adobe-dng", (2400, 1800)),
        (raw(model={}, magic=b"IIRO"), "image/x-olympus-orf", (2400, 1800)),
        (
            b"FUJIFILMCCD-RAW ".ljust(200, b"\0") + jpeg(picture((1200, 900)), exif=EXIF),
            "image/x-fuji-raf",
            (1200, 900),
        ),
        (b"\0\0\0\x10ftypcrx \0\0\0\1" + b"".join(CMT) + LARGE, "image/x-canon-cr3", (1200, 900)),
    ],
    ids=["DNG", "ORF", "RAF", "CR3"],
)
def test_the_largest_preview_is_shown_and_called_one(
    describer: SandboxedDescriber, data: bytes, media_type: str, size: tuple[int, int]
) -> None:
    described = describer.describe(data, file_name="a")
    said = described.description
    assert (said.media_type, said.width, said.height) == (media_type, *size)
    assert said.note == OF_THE_CAMERA
    assert said.device == CaptureDevice(make="Phonemaker")
    assert described.thumbnail is not None
    assert opened(described.thumbnail).size == ((240, 320) if said.orientation == 6 else (320, 240))
    paper = describer.for_paper(data, longest=900)
    assert paper is not None
    assert max(paper.width, paper.height) == 900
    assert not paper.unchanged


@pytest.mark.requirement("R68")
def test_a_raw_picture_tells_when_it_was_taken(describer: SandboxedDescriber) -> None:
    data = b"\0\0\0\x10ftypcrx \0\0\0\1" + b"".join(CMT) + LARGE
    taken = describer.describe(data, file_name="a").description.taken
    assert taken is not None
    assert (taken.local.year, taken.basis) == (2024, TimeBasis.EXIF_NAIVE)


def test_without_a_sound_preview_it_is_kept_and_named(describer: SandboxedDescriber) -> None:
    none = raw(model=DNG, preview=LOSSLESS)
    assert [one.width for one in raw_facts(none).previews] == [160]
    bare = none.replace(SMALL, bytes(len(SMALL)))
    described = describer.describe(bare, file_name="a")
    assert described.thumbnail is None
    assert described.description.note == (
        "no picture that can be shown in this DNG raw file; it is kept as it is"
    )
    broken = raw(model=DNG, preview=LARGE[:-2000])
    smaller = describer.describe(broken, file_name="a")  # the next one is tried
    assert smaller.thumbnail is not None


@given(st.lists(st.tuples(st.integers(0, 511), st.integers(0, 255)), max_size=12))
def test_no_directory_makes_the_walk_fail_or_go_on_for_ever(changes: list[Any]) -> None:
    data = bytearray(raw(model=DNG, preview=SMALL))
    for place, byte in changes:
        data[place] = byte
    facts = raw_facts(bytes(data))
    assert len(facts.previews) <= 64
    true_type(bytes(data))
