"""The box walker: what it finds, and that no box is believed further than the file goes."""

import io
import struct
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.media.bmff import CONTENT_IDENTIFIER, BoxFacts, box_facts


def box(kind: bytes, *content: bytes, size: int | None = None) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4s", 8 + len(body) if size is None else size, kind) + body


def long_box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4sQ", 1, kind, 16 + len(body)) + body


def mvhd(seconds: int, *, wide: bool = False) -> bytes:
    raw = seconds.to_bytes(8 if wide else 4, "big")
    return box(b"mvhd", bytes([wide, 0, 0, 0]), raw, bytes(80))


def keyed(*pairs: tuple[bytes, int, bytes], plain: bool = True) -> bytes:
    names = b"".join(struct.pack(">I4s", 8 + len(n), b"mdta") + n for n, _, _ in pairs)
    items = b"".join(
        box(number.to_bytes(4, "big"), box(b"data", struct.pack(">II", kind, 0), value))
        for number, (_, kind, value) in enumerate(pairs, start=1)
    )
    inside = (
        box(b"hdlr", bytes(24)),
        box(b"keys", struct.pack(">II", 0, len(pairs)), names),
        box(b"ilst", items),
    )
    return box(b"meta", *inside) if plain else box(b"meta", bytes(4), *inside)


def track(turn: tuple[int, int, int, int], handler: bytes = b"vide") -> bytes:
    a, b, c, d = (n << 16 for n in turn)
    matrix = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    header = box(b"tkhd", bytes(4), bytes(36), matrix, bytes(8))
    return box(b"trak", header, box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(12))))


def read(*boxes: bytes) -> BoxFacts:
    file = b"".join(boxes)
    return box_facts(io.BytesIO(file), len(file))


def moov(*content: bytes) -> bytes:
    return box(b"moov", *content)


SINCE_1904 = 3_792_447_020


@pytest.mark.requirement("R68")
@pytest.mark.parametrize(
    ("header", "created"),
    [
        (mvhd(SINCE_1904), datetime(2024, 3, 5, 1, 30, 20, tzinfo=UTC)),
        (mvhd(SINCE_1904, wide=True), datetime(2024, 3, 5, 1, 30, 20, tzinfo=UTC)),
        (mvhd(SINCE_1904 - 2_082_844_800), datetime(2024, 3, 5, 1, 30, 20, tzinfo=UTC)),
        (mvhd(0), None),
        (mvhd(2**64 - 1, wide=True), None),
        (box(b"mvhd", b"\0\0\0\0\1"), None),
    ],
)
def test_the_movie_header_counts_from_1904_or_by_mistake_from_1970(
    header: bytes, created: datetime | None
) -> None:
    assert read(box(b"ftyp", b"qt  "), moov(header)).created == created


@pytest.mark.requirement("R68", "R69")
@pytest.mark.parametrize("plain", [True, False])
def test_keys_and_user_data(plain: bool) -> None:
    facts = read(
        long_box(b"mdat", bytes(100)),
        moov(
            keyed(
                (CONTENT_IDENTIFIER.encode(), 1, b"5B2C"),
                (b"com.apple.quicktime.model", 2, "iPhone 14".encode("utf-16-be")),
                (b"com.android.capture.fps", 23, struct.pack(">f", 240)),
                (b"count", 21, b"\xff"),
                (b"picture", 13, b"\xff\xd8"),
                plain=plain,
            ),
            box(
                b"udta",
                box(b"\xa9mak", struct.pack(">HH", 5, 0x15C7), b"Maker, and more"),
                box(b"date", b"2024-03-05T14:30:20+1300\0"),
                box(b"auth", bytes(4), b"\x15\xc7", b"Author\0"),
                box(b"meta", bytes(4), box(b"ilst", box(b"\xa9day", bytes(20)))),
            ),
        ),
    )
    assert facts.said == {
        CONTENT_IDENTIFIER: "5B2C",
        "com.apple.quicktime.model": "iPhone 14",
        "com.android.capture.fps": "240.0",
        "count": "-1",
        "©mak": "Maker",
        "date": "2024-03-05T14:30:20+1300",
        "auth": "Author",
    }
    assert facts.whole


@pytest.mark.requirement("R103")
@pytest.mark.parametrize(
    ("place", "has_place"),
    [
        (box(b"\xa9xyz", struct.pack(">HH", 18, 0), b"+51.4169-000.0806/"), True),
        (box(b"\xa9xyz", struct.pack(">HH", 18, 0), b"+00.0000+000.0000/"), False),
        (box(b"loci", bytes(4), b"\x15\xc7", b"Here\0", b"\0", struct.pack(">ii", 9, 9)), True),
        (box(b"loci", bytes(4), b"\x15\xc7", b"\0", b"\0", bytes(12)), False),
        (box(b"loci", bytes(4), b"\x15\xc7", b"endless"), False),
    ],
)
def test_a_place_of_zeros_is_none(place: bytes, has_place: bool) -> None:
    assert read(moov(box(b"udta", place))).has_place is has_place


@pytest.mark.parametrize(
    ("turn", "degrees"),
    [((1, 0, 0, 1), 0), ((0, 1, -1, 0), 90), ((-1, 0, 0, -1), 180), ((0, -1, 1, 0), 270)],
)
def test_the_turn_is_that_of_the_pictures(turn: tuple[int, int, int, int], degrees: int) -> None:
    assert read(moov(track((0, 1, -1, 0), b"soun"), track(turn))).turn == degrees


def test_what_ends_inside_a_box_is_cut_short() -> None:
    index = moov(mvhd(SINCE_1904))
    assert read(index, box(b"mdat", size=0)).whole
    assert not read(index, box(b"mdat", b"short", size=900)).whole
    assert not read(index[:-1]).whole
    assert read(index, box(b"mdat", b"short", size=900)).created is not None
    assert not read(box(b"free", size=7)).whole


class Watched(io.BytesIO):
    asked = 0

    def read(self, size: int | None = -1, /) -> bytes:
        assert size is not None
        assert size >= 0
        self.asked += size
        return super().read(size)


def test_a_million_tiny_boxes_are_not_all_looked_at() -> None:
    file = moov(*[box(b"free")] * 100_000)
    watched = Watched(file)
    box_facts(watched, len(file))
    assert watched.asked < 100_000


SOUND = box(b"ftyp", b"isom") + moov(
    mvhd(SINCE_1904),
    track((0, 1, -1, 0)),
    keyed((b"a.key", 1, b"value")),
    box(b"udta", box(b"date", b"2024-03-05T14:30:20Z"), box(b"loci", bytes(30))),
)


@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), max_size=12).map(
            lambda changes: _changed(dict(changes))
        ),
    )
)
def test_no_bytes_are_too_strange(file: bytes) -> None:
    watched = Watched(file)
    facts = box_facts(watched, len(file))
    assert facts.turn in {0, 90, 180, 270}
    assert all(len(text) <= 64 and text.isprintable() for text in facts.said.values())
    assert watched.asked < 200 * (len(file) + 16)


def _changed(changes: dict[int, int]) -> bytes:
    changed = bytearray(SOUND)
    for place, byte in changes.items():
        changed[place] = byte
    return bytes(changed)
