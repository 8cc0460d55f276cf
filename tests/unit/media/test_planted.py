"""A name planted wherever a picture's file has room: no byte of it comes along into a copy."""

import hashlib
import io
import struct
import zlib
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image, ImageCms

from desktop.media.copier import Copier
from desktop.media.jpeg_segments import segments
from desktop.media.png_pixels import PNG_SIGN, chunk
from tests.unit.media.made_photos import SRGB, exif_block, jpeg, picture, segment, with_segment

pytestmark = pytest.mark.requirement("R88", "R103")

NAME = b"Ngaire Example 1952"
DHT, DQT, SOS, DRI, APP0, APP2, APP14, TEM, JPG3 = (
    *(0xC4, 0xDB, 0xDA, 0xDD, 0xE0, 0xE2, 0xEE, 0x01, 0xF3),
)
PHOTO = jpeg(picture((48, 40)))
SLOW = jpeg(picture((48, 40)), progressive=True)


@pytest.fixture(scope="module")
def copier() -> Iterator[Copier]:
    shared = Copier()
    yield shared
    shared.close()


def before(photo: bytes, marker: int, what: bytes, *, nth: int = 0) -> bytes:
    """`what` just before the nth segment of this marker."""
    at = [one.start for one in segments(photo) if one.marker == marker][nth]
    return photo[:at] + what + photo[at:]


def behind_scan(photo: bytes, what: bytes, *, nth: int = 0) -> bytes:
    at = [one.end for one in segments(photo) if one.marker == SOS][nth]
    return photo[:at] + what + photo[at:]


def codes(name: int, symbols: bytes) -> bytes:
    counts = bytes(7) + bytes([len(symbols)]) + bytes(8)
    return segment(DHT, bytes([name]) + counts + symbols)


def steps(name: int) -> bytes:
    return segment(DQT, bytes([name]) + NAME.ljust(64, b"\1"))


def own_codes() -> bytes:
    made = io.BytesIO()
    picture((48, 40)).save(made, "JPEG", quality=90, optimize=True)
    return made.getvalue()


def longer_codes(photo: bytes) -> bytes:
    """The last codes of a table stand for letters, and no pixel has them."""
    table = [one for one in segments(photo) if one.marker == DHT][1]
    at, body_end = table.body, table.body_end
    body = bytearray(photo[at:body_end])
    body[16] += len(NAME)  # the longest ones, of 16 bits
    body += NAME
    return photo[: at - 4] + segment(DHT, bytes(body)) + photo[body_end:]


def restarting() -> bytes:
    made = io.BytesIO()
    picture((48, 40)).save(made, "JPEG", restart_marker_blocks=2)
    return made.getvalue()


def before_a_restart(photo: bytes) -> bytes:
    at = photo.index(b"\xff\xd1")
    return photo[:at] + NAME + photo[at:]


def many_intervals(photo: bytes) -> bytes:
    told = b"".join(segment(DRI, NAME[at : at + 2]) for at in range(0, 18, 2))
    return before(photo, SOS, told + segment(DRI, b"\0\0"))


def other_picture_below(photo: bytes) -> bytes:
    """Two whole sets of scans: a decoder shows the second."""
    first = jpeg(picture((48, 40)).rotate(180), progressive=True)
    scans = [one for one in segments(first) if one.marker in {DHT, SOS}]
    return before(photo, DHT, b"".join(first[one.start : one.end] for one in scans))


def profile_saying(what: bytes) -> bytes:
    """sRGB whose copyright is a text, and longer than it was."""
    count = int.from_bytes(SRGB[128:132], "big")
    table = bytearray(SRGB[: 132 + 12 * count])
    at = table.index(b"cprt")
    text = b"text\0\0\0\0" + what + b"\0"
    table[at + 4 : at + 12] = struct.pack(">II", len(SRGB), len(text))
    whole = bytes(table) + SRGB[132 + 12 * count :] + text
    return len(whole).to_bytes(4, "big") + whole[4:]


OWN_CODES = own_codes()
JPEGS = {
    "unused codes": before(PHOTO, SOS, codes(0x13, bytes(range(65, 65 + 40)) + NAME)),
    "codes of a scan, twice": before(PHOTO, DHT, codes(0x00, NAME)),
    "unused steps": before(PHOTO, SOS, steps(3)),
    "steps twice": before(PHOTO, DQT, steps(0)),
    "steps behind the last scan": behind_scan(PHOTO, steps(0)),
    "codes behind the last scan": behind_scan(PHOTO, codes(0x00, NAME)),
    "codes that no pixel has": longer_codes(OWN_CODES),
    "restart intervals": many_intervals(PHOTO),
    "before a restart marker": before_a_restart(restarting()),
    "a restart marker that nobody asked for": behind_scan(PHOTO, b"\xff\xd0" + NAME),
    "behind the codes": behind_scan(PHOTO, NAME),
    "behind the codes of a middle scan": behind_scan(SLOW, NAME, nth=3),
    "below the scans": other_picture_below(SLOW),
    "between segments": before(PHOTO, DHT, NAME),
    "between segments, before filler": before(PHOTO, SOS, NAME + b"\xff\xff\xff\xff"),
    "behind a marker without length": before(PHOTO, SOS, bytes([0xFF, TEM]) + NAME),
    "behind the end": PHOTO + NAME,
    "a reserved marker": with_segment(PHOTO, JPG3, NAME),
    "a comment": jpeg(picture((48, 40)), comment=NAME),
    "EXIF": jpeg(picture((48, 40)), exif=exif_block({0x0112: 6, 0x010E: NAME.decode()})),
    "a longer Adobe block": with_segment(PHOTO, APP14, b"Adobe\0\x64\0\0\0\0\1" + NAME),
    "flags of an Adobe block": with_segment(PHOTO, APP14, b"Adobe" + NAME[:6] + b"\1"),
    "the small picture of JFIF": with_segment(PHOTO, APP0, b"JFIF\0\1\2\0\0\1\0\1\3\2" + NAME[:18]),
    "a second JFIF": with_segment(PHOTO, APP0, b"JFIF\0" + NAME),
    "a profile's copyright": jpeg(picture((48, 40)), icc=profile_saying(NAME)),
    "pictures' index": with_segment(PHOTO, APP2, b"MPF\0" + NAME),
}


@pytest.mark.parametrize("kind", JPEGS)
def test_no_name_stays_in_a_jpeg(copier: Copier, kind: str) -> None:
    planted = JPEGS[kind]
    parts = (NAME, NAME[:6], NAME[:2] + NAME[2:4]) if "interval" in kind else (NAME[:6],)
    copy = copied(copier, planted)
    assert not any(part in copy for part in parts)
    reference = planted if "below" in kind else PHOTO
    shown, meant = (np.asarray(Image.open(io.BytesIO(one))) for one in (copy, reference))
    assert np.abs(shown.astype(int) - meant).max() < 40


def copied(copier: Copier, planted: bytes) -> bytes:
    into = io.BytesIO()
    made = copier.make(planted, into, name="IMG_1")
    assert made.sha256 == hashlib.sha256(into.getvalue()).digest()
    return into.getvalue()


@pytest.mark.parametrize("kind", JPEGS)
def test_whoever_checks_finds_a_name_in_a_jpeg_by_himself(copier: Copier, kind: str) -> None:
    """The planted file handed to the check as if it were a copy."""
    planted = JPEGS[kind]
    assert copier._left_in(io.BytesIO(planted), len(planted), "IMG_1", lambda: False)


def png(header: bytes, *chunks: tuple[bytes, bytes], behind: bytes = b"") -> bytes:
    listed = ((b"IHDR", header), *chunks, (b"IEND", b""))
    return PNG_SIGN + b"".join(chunk(kind, body) for kind, body in listed) + behind


def head(colour: int, depth: int = 8) -> bytes:
    return struct.pack(">IIBBBBB", 16, 16, depth, colour, 0, 0, 0)


GREY = zlib.compress(bytes(17 * 16))
ERASED = zlib.compress(b"".join(b"\0" + (NAME[:3] + b"\0") * 16 for _ in range(16)))
NAMED = png(head(0), (b"iCCP", NAME + b"\0\0" + zlib.compress(SRGB)), (b"IDAT", GREY))
PNGS = {
    "a palette's colours that no pixel has": png(
        head(3), (b"PLTE", b"\0\0\0" + NAME[:18]), (b"IDAT", GREY)
    ),
    "how transparent they are": png(
        head(3), (b"PLTE", bytes(57)), (b"tRNS", NAME), (b"IDAT", GREY)
    ),
    "below what is transparent": png(head(6), (b"IDAT", ERASED)),
    "behind the rows": png(head(0), (b"IDAT", GREY + NAME)),
    "rows below": png(head(0), (b"IDAT", zlib.compress(bytes(17 * 16) + NAME))),
    "a second stream": png(head(0), (b"IDAT", GREY), (b"IDAT", NAME)),
    "the points of its colours": png(head(0), (b"cHRM", NAME.ljust(32, b"!")), (b"IDAT", GREY)),
    "many a gamma": png(
        head(0), *((b"gAMA", b"\0\0" + NAME[n : n + 2]) for n in range(0, 18, 2)), (b"IDAT", GREY)
    ),
    "a profile's name": NAMED,
    "a profile's copyright": png(
        head(2),
        (b"iCCP", b"icc\0\0" + zlib.compress(profile_saying(NAME))),
        (b"IDAT", zlib.compress(bytes(49 * 16))),
    ),
    "behind a profile": png(
        head(2),
        (b"iCCP", b"icc\0\0" + zlib.compress(SRGB) + NAME),
        (b"IDAT", zlib.compress(bytes(49 * 16))),
    ),
    "text": png(head(0), (b"tEXt", b"Author\0" + NAME), (b"IDAT", GREY)),
    "a private chunk": png(head(0), (b"ngAr", NAME), (b"IDAT", GREY)),
    "behind the end": png(head(0), (b"IDAT", GREY), behind=NAME),
}


@pytest.mark.parametrize("kind", PNGS)
def test_no_name_stays_in_a_png(copier: Copier, kind: str) -> None:
    planted = PNGS[kind]
    copy = copied(copier, planted)
    shown = Image.open(io.BytesIO(copy))
    unpacked = b"".join(
        zlib.decompress(body) if name == b"IDAT" else zlib.decompress(body[5:])
        for name, body in chunks(copy)
        if name in {b"IDAT", b"iCCP"}
    )
    assert not any(NAME[:3] in one for one in (copy, unpacked, shown.tobytes()))
    assert copier._left_in(io.BytesIO(planted), len(planted), "IMG_1", lambda: False)
    # what is transparent lies on white, as it is shown
    white = {"below what is transparent": 255, "how transparent they are": 255 - NAME[0]}
    assert set(shown.convert("L").tobytes()) == {white.get(kind, 0)}


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(PNG_SIGN)
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        at += 12 + size


def test_a_profile_keeps_its_colours_and_nothing_else(copier: Copier) -> None:
    copy = copied(copier, jpeg(icc=profile_saying(NAME)))
    kept = Image.open(io.BytesIO(copy)).info["icc_profile"]
    assert NAME[:6] not in kept
    colours = Image.fromarray(np.arange(768, dtype=np.uint8).reshape(16, 16, 3))
    srgb = ImageCms.ImageCmsProfile(io.BytesIO(SRGB))
    lab = ImageCms.createProfile("LAB")
    seen = [
        np.asarray(
            ImageCms.applyTransform(
                colours,
                ImageCms.buildTransform(
                    profile,
                    lab,
                    "RGB",
                    "LAB",
                    renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
                ),
            )
        ).astype(int)
        for profile in (srgb, ImageCms.ImageCmsProfile(io.BytesIO(kept)))
    ]
    assert np.abs(seen[0] - seen[1]).max() <= 1
