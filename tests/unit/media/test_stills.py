"""Stills of every format, made in memory, through the worker: seen, upright, in true colours."""

import io
import struct
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageStat

from desktop.media.colours import CodedColours, adobe_rgb
from desktop.media.heif_boxes import boxes, heif_facts
from desktop.media.sandboxed_describer import SandboxedDescriber
from desktop.records.facts.media import CaptureMode, Part
from tests.unit.media.made_photos import SRGB, exif_block, jpeg, opened, picture, with_segment

SIZE = (400, 300)


def saved(drawn: Image.Image, plugin: str, **options: Any) -> bytes:
    made = io.BytesIO()
    drawn.save(made, plugin, **options)
    return made.getvalue()


def _far_apart(one: Image.Image, other: Image.Image) -> float:
    small = other.convert("RGB").resize(one.size)
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), small)).mean)


DEEP = Image.fromarray((np.linspace(0, 65535, 120_000).reshape(300, 400)).astype(np.uint16))
XRAY = Image.fromarray((np.linspace(0, 4095, 120_000).reshape(300, 400)).astype(np.uint16))
SLOPE = Image.fromarray((np.linspace(0, 255, 120_000).reshape(300, 400)).astype(np.uint8))

SAMPLES = [
    ("PNG", saved(picture(), "PNG"), picture(), "image/png"),
    ("palette", saved(picture().quantize(8), "PNG"), picture(), "image/png"),
    ("16 bits", saved(DEEP, "PNG"), SLOPE, "image/png"),
    ("12 of 16 bits", saved(XRAY, "TIFF"), SLOPE, "image/tiff"),
    ("black and white", saved(SLOPE.convert("1"), "PNG"), None, "image/png"),
    ("GIF", saved(picture(), "GIF"), picture(), "image/gif"),
    ("WebP", saved(picture(), "WEBP", quality=90), picture(), "image/webp"),
    ("BMP", saved(picture(), "BMP"), picture(), "image/bmp"),
    ("TIFF", saved(picture(), "TIFF", compression="tiff_lzw"), picture(), "image/tiff"),
    ("ink", saved(picture(mode="CMYK"), "TIFF"), picture(), "image/tiff"),
    ("Lab", saved(Image.new("LAB", SIZE, (128, 128, 128)), "TIFF"), None, "image/tiff"),
    ("floats", saved(SLOPE.convert("F"), "TIFF"), SLOPE, "image/tiff"),
    ("JPEG 2000", saved(picture(), "JPEG2000"), picture(), "image/jp2"),
    ("AVIF", saved(picture(), "AVIF", quality=90), picture(), "image/avif"),
    ("grey JPEG", jpeg(SLOPE), SLOPE, "image/jpeg"),
]


@pytest.mark.requirement("R11", "R127")
@pytest.mark.parametrize(
    ("data", "drawn", "media_type"),
    [sample[1:] for sample in SAMPLES],
    ids=[sample[0] for sample in SAMPLES],
)
def test_every_format_is_seen_and_goes_to_paper(
    describer: SandboxedDescriber, data: bytes, drawn: Image.Image | None, media_type: str
) -> None:
    described = describer.describe(data, file_name="a")
    said = described.description
    assert (said.media_type, said.width, said.height, said.note) == (media_type, *SIZE, "")
    assert said.quality is not None
    assert described.thumbnail is not None
    small, paper = describer.preview(data, longest=200), describer.for_paper(data, longest=160)
    assert small is not None
    assert paper is not None
    assert (opened(small).size, opened(paper.jpeg).size) == ((200, 150), (160, 120))
    for shown in (described.thumbnail, small, paper.jpeg):
        if drawn is not None:
            assert _far_apart(opened(shown), drawn) < (40 if "CMYK" in said.detail.colour else 8)


@pytest.mark.parametrize("plugin", ["PNG", "WEBP", "AVIF", "TIFF"])
def test_what_is_transparent_lies_on_white(describer: SandboxedDescriber, plugin: str) -> None:
    seen = Image.new("RGBA", SIZE, (200, 30, 40, 255))
    seen.paste((0, 0, 0, 0), (0, 0, 200, 300))
    small = describer.preview(saved(seen, plugin), longest=200)
    assert small is not None
    assert min(opened(small).getpixel((20, 20))) > 245  # type: ignore[arg-type]
    assert opened(small).getpixel((180, 20))[0] > 180  # type: ignore[index]


@pytest.mark.parametrize("orientation", [3, 6, 7])
@pytest.mark.parametrize("plugin", ["PNG", "WEBP", "AVIF", "TIFF"])
def test_each_is_turned_upright_once(
    describer: SandboxedDescriber, plugin: str, orientation: int
) -> None:
    undo = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90}
    stored = picture().transpose(undo.get(orientation, Image.Transpose.TRANSVERSE))
    exif = Image.Exif()
    exif[0x0112] = orientation
    described = describer.describe(saved(stored, plugin, exif=exif), file_name="a")
    assert described.thumbnail is not None
    assert opened(described.thumbnail).size == (320, 240)
    assert _far_apart(opened(described.thumbnail), picture()) < 8


@pytest.mark.parametrize("plugin", ["GIF", "TIFF", "WEBP", "PNG"])
def test_of_several_frames_the_first_is_shown(describer: SandboxedDescriber, plugin: str) -> None:
    several = saved(picture(), plugin, save_all=True, append_images=[Image.new("RGB", SIZE)])
    described = describer.describe(several, file_name="a")
    assert described.description.detail.parts == (Part.MORE_FRAMES,)
    assert described.thumbnail is not None
    assert _far_apart(opened(described.thumbnail), picture()) < 8


def _claiming(data: bytes, place: int, size: bytes) -> bytes:
    return data[:place] + size + data[place + len(size) :]


def _tiff_claiming(width: int, height: int) -> bytes:
    made = saved(picture(), "TIFF")
    for tag, side in ((256, width), (257, height)):
        place = made.index(struct.pack("<H", tag), 8)
        made = _claiming(made, place, struct.pack("<HHII", tag, 4, 1, side))
    return made


LARGE = 60_000
BOMBS = {
    "GIF": _claiming(saved(picture(), "GIF"), 6, struct.pack("<HH", LARGE, LARGE)),
    "BMP": _claiming(saved(picture(), "BMP"), 18, struct.pack("<ii", LARGE, LARGE)),
    "TIFF": _tiff_claiming(LARGE, LARGE),
}


@pytest.mark.parametrize("plugin", sorted(BOMBS))
def test_a_bomb_is_too_large_and_nothing_more(describer: SandboxedDescriber, plugin: str) -> None:
    described = describer.describe(BOMBS[plugin], file_name="a")
    assert described.thumbnail is None
    assert described.description.note == "too large to preview safely (60,000 × 60,000 pixels)"
    assert describer.preview(BOMBS[plugin], longest=100) is None
    assert describer.for_paper(BOMBS[plugin], longest=100) is None


@pytest.mark.parametrize("sample", SAMPLES[:14], ids=[sample[0] for sample in SAMPLES[:14]])
def test_half_a_file_is_kept_and_said_to_be_broken(
    describer: SandboxedDescriber, sample: tuple[str, bytes, Image.Image, str]
) -> None:
    described = describer.describe(sample[1][: len(sample[1]) // 2], file_name="a")
    assert described.description.media_type == sample[3]
    assert (described.thumbnail is None) == ("kept" in described.description.note)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    data=st.sampled_from([sample[1] for sample in SAMPLES]),
    changes=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=8),
)
def test_changed_bytes_are_always_described(
    describer: SandboxedDescriber, data: bytes, changes: list[tuple[int, int]]
) -> None:
    changed = bytearray(data)
    for place, byte in changes:
        changed[place % len(changed)] = byte
    described = describer.describe(bytes(changed), file_name="a")
    assert described.thumbnail is not None or described.description.note
    paper = describer.for_paper(bytes(changed), longest=100)
    assert paper is None or max(opened(paper.jpeg).size) <= 100


# What other programs make of a colour: the six and a grey of a chart, in sRGB.
PATCHES = [
    (115, 82, 68),
    (194, 150, 130),
    (98, 122, 157),
    (87, 108, 67),
    (200, 60, 60),
    (90, 90, 90),
]


def _lab(picture_: Image.Image) -> np.ndarray[Any, Any]:
    srgb = ImageCms.createProfile("sRGB")
    lab = ImageCms.createProfile("LAB")
    turned = ImageCms.profileToProfile(picture_.convert("RGB"), srgb, lab, outputMode="LAB")
    assert turned is not None
    values = np.asarray(turned).astype(float)
    signed = np.where(values[..., 1:] > 127, values[..., 1:] - 256, values[..., 1:])
    return np.concatenate([values[..., :1] / 2.55, signed], axis=-1)


def _chart(icc: bytes | None) -> Image.Image:
    """The patches as a camera of that colour space would store them."""
    drawn = Image.new("RGB", (len(PATCHES) * 40, 40))
    for place, patch in enumerate(PATCHES):
        drawn.paste(patch, (place * 40, 0, place * 40 + 40, 40))
    if icc is None:
        return drawn
    own = ImageCms.ImageCmsProfile(io.BytesIO(icc))
    stored = ImageCms.profileToProfile(drawn, ImageCms.createProfile("sRGB"), own)
    assert stored is not None
    return stored


P3 = CodedColours(primaries=12, transfer=13).profile()
BT2020 = CodedColours(primaries=9, transfer=1).profile()
R03 = exif_block({}, {0xA005: {1: "R03"}, 0xA001: 0xFFFF})


@pytest.mark.requirement("R127")
@pytest.mark.parametrize(
    ("name", "data", "colour"),
    [
        ("sRGB", jpeg(_chart(None), icc=SRGB), "sRGB"),
        ("silent", saved(_chart(None), "PNG"), ""),
        ("P3", saved(_chart(P3), "PNG", icc_profile=P3), "made by Chartroom"),
        ("BT.2020", saved(_chart(BT2020), "TIFF", icc_profile=BT2020), "made by Chartroom"),
        ("Adobe", saved(_chart(adobe_rgb()), "WEBP", lossless=True, icc_profile=adobe_rgb()), ""),
        ("DCF", jpeg(_chart(adobe_rgb()), exif=R03), "Adobe RGB"),
    ],
)
def test_colours_come_out_as_they_were(
    describer: SandboxedDescriber, name: str, data: bytes, colour: str
) -> None:
    """CIE76 below 3 at the middle of each patch: what most people cannot tell apart side by side,
    with what 8 bits and a JPEG take."""
    said = describer.describe(data, file_name="a").description
    assert said.detail.colour == (colour or said.detail.colour)
    small = describer.preview(data, longest=240)
    assert small is not None
    apart = np.linalg.norm(_lab(opened(small)) - _lab(_chart(None)), axis=-1)
    middles = apart[20, 20::40]
    assert middles.max() < 3, name
    paper = describer.for_paper(data, longest=240)
    assert paper == describer.for_paper(data, longest=240, proved=True)
    if name == "DCF":
        assert paper is not None
        assert paper.icc == adobe_rgb()


@pytest.mark.requirement("R127")
def test_without_its_profile_a_chart_is_far_off() -> None:
    apart = np.linalg.norm(_lab(_chart(P3)) - _lab(_chart(None)), axis=-1)
    assert apart[20, 20::40].max() > 6


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body


def _heif(properties: bytes, *, of_main: bytes) -> bytes:
    associations = bytes([len(of_main)]) + of_main
    items = struct.pack(">IIH", 0, 1, 7) + associations
    inside = _box(b"iprp", _box(b"ipco", properties) + _box(b"ipma", items))
    meta = _box(b"meta", bytes(4) + _box(b"pitm", struct.pack(">IH", 0, 7)) + inside)
    return _box(b"ftyp", b"heic\0\0\0\0") + meta


def test_a_heif_tells_whether_its_main_picture_is_turned() -> None:
    coded = _box(b"colr", b"nclx" + struct.pack(">HHHB", 12, 16, 1, 0))
    two = _box(b"irot", b"\1") + coded
    assert heif_facts(_heif(two, of_main=b"\x81")).turned
    only_coloured = heif_facts(_heif(two, of_main=b"\x02"))
    assert not only_coloured.turned
    assert only_coloured.colours == CodedColours(primaries=12, transfer=16)
    assert only_coloured.colours.is_hdr
    assert only_coloured.colours.words == "Display P3 PQ (HDR)"


def test_broken_boxes_say_nothing() -> None:
    whole = _heif(_box(b"irot", b"\1"), of_main=b"\x81")
    for end in range(len(whole)):
        heif_facts(whole[:end])
    assert list(boxes(struct.pack(">I4s", 4, b"free"), 0, 8)) == []


@pytest.mark.requirement("R11", "R69")
def test_parts_and_modes(describer: SandboxedDescriber) -> None:
    film = struct.pack(">I4s4sI", 16, b"ftyp", b"mp42", 0) + b"moving"
    moving = describer.describe(jpeg() + film, file_name="a.jpg").description.detail
    assert moving.parts == (Part.MOTION_VIDEO,)
    assert moving.capture_mode is CaptureMode.MOTION_PHOTO
    note = b"Apple iOS\0\0\1MM" + struct.pack(">HHHIII", 1, 0x0011, 2, 37, 32, 0)
    identifier = b"6F6E8E1C-1B1B-4B7C-9B0D-0123456789AB"
    live = jpeg(exif=exif_block({0x010F: "Apple"}, {0x927C: note + identifier + b"\0"}))
    detail = describer.describe(live, file_name="IMG_1.JPG").description.detail
    assert (detail.capture_mode, detail.pair_key) == (CaptureMode.LIVE_PHOTO, identifier.decode())
    told = jpeg(exif=exif_block({}, {0x9286: b"ASCII\0\0\0Screenshot"}))
    assert describer.describe(told, file_name="a.jpg").description.detail.capture_mode is (
        CaptureMode.SCREENSHOT
    )
    tall = saved(picture((390, 844)), "PNG")
    shape = describer.describe(tall, file_name="IMG_2.PNG").description.detail
    assert shape.capture_mode is CaptureMode.SCREENSHOT
    two = saved(picture(), "MPO", save_all=True, append_images=[picture()])
    assert describer.describe(two, file_name="a").description.detail.parts == (Part.SECOND_PICTURE,)
    mapped = with_segment(jpeg(), 0xE1, b"http://ns.adobe.com/xap/1.0/\0<x hdrgm:Version='1.0'/>")
    assert describer.describe(mapped, file_name="a").description.detail.parts == (Part.GAIN_MAP,)
    scanned = jpeg(exif=exif_block({}, {0xA300: b"\2"}))
    assert describer.describe(scanned, file_name="a.jpg").description.detail.capture_mode is (
        CaptureMode.SCAN
    )
