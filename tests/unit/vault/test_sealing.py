"""A sealed original gives back its bytes or says that it is damaged; nothing in between."""

import io
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.records.vault.problems import OriginalDamaged
from desktop.records.vault.sealing import (
    HEADER,
    SEGMENT,
    TAG,
    BufferPool,
    Buffers,
    SealedReader,
    Sealing,
    sealed_size,
    segments_of,
)
from tests.unit.vault.sealed_in_memory import KEY, NAME, Change, MemoryBytes, pattern, reader, seal

near_boundaries = st.builds(
    lambda whole, more: max(0, whole * SEGMENT + more), st.integers(0, 3), st.integers(-3, 3)
)
PLAIN = pattern(3 * SEGMENT + 1_000)
SEALED = seal(PLAIN)
FULL = SEGMENT + TAG


@given(near_boundaries | st.integers(0, 2 * SEGMENT))
@settings(max_examples=40, deadline=None)
def test_every_length_comes_back(size: int) -> None:
    plain = pattern(size)
    content = seal(plain)
    assert len(content) == sealed_size(size)
    with reader(content, size) as opened:
        assert opened.readall() == plain
        assert b"".join(bytes(piece) for piece in opened.segments()) == plain


@given(near_boundaries, st.data())
@settings(max_examples=40, deadline=None)
def test_it_seeks_and_reads_as_any_file_does(size: int, data: st.DataObject) -> None:
    plain = pattern(size)
    ours: io.BufferedReader = io.BufferedReader(reader(seal(plain), size))
    theirs = io.BytesIO(plain)
    for _ in range(8):
        whence = data.draw(st.sampled_from([os.SEEK_SET, os.SEEK_CUR, os.SEEK_END]))
        offset = data.draw(st.integers(0, size + 10)) - (size if whence else 0)
        here = {os.SEEK_SET: 0, os.SEEK_CUR: ours.tell(), os.SEEK_END: size}[whence]
        if here + offset >= 0:
            assert ours.seek(offset, whence) == theirs.seek(offset, whence)
        length = data.draw(st.integers(0, SEGMENT + 10))
        assert ours.read(length) == theirs.read(length)
        assert ours.tell() == theirs.tell()
    ours.close()


def test_nobody_reads_before_the_start_or_after_closing() -> None:
    opened = reader(SEALED, len(PLAIN))
    with pytest.raises(ValueError, match="before"):
        opened.seek(-1)
    opened.close()
    opened.close()
    for use in (opened.readall, lambda: opened.seek(0), lambda: next(opened.segments())):
        with pytest.raises(ValueError, match=r"closed|I/O"):
            use()


def flip(place: int) -> Change:
    return lambda content: content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def segment(index: int) -> slice:
    return slice(HEADER + index * FULL, HEADER + (index + 1) * FULL)


def swapped(content: bytes) -> bytes:
    return (
        content[:HEADER] + content[segment(1)] + content[segment(0)] + content[HEADER + 2 * FULL :]
    )


def left_out(content: bytes) -> bytes:
    return content[:HEADER] + content[segment(0)] + content[HEADER + 2 * FULL :]


def doubled(content: bytes) -> bytes:
    return content[: HEADER + FULL] + content[segment(0)] + content[HEADER + FULL :]


def from_another(content: bytes) -> bytes:
    return content[:HEADER] + seal(PLAIN)[segment(0)] + content[HEADER + FULL :]


DAMAGE: dict[str, Change] = {
    "magic": flip(0),
    "version": flip(4),
    "algorithm": flip(5),
    "segment size": flip(6),
    "nonce prefix": flip(9),
    "name": flip(20),
    "first byte": flip(HEADER),
    "a tag": flip(HEADER + SEGMENT + 2),
    "middle": flip(HEADER + FULL + 77),
    "last byte": flip(len(SEALED) - 1),
    "swapped": swapped,
    "left out": left_out,
    "doubled": doubled,
    "from another": from_another,
    "one byte short": lambda content: content[:-1],
    "one byte more": lambda content: content + b"\0",
    "cut at a boundary": lambda content: content[: HEADER + 2 * FULL],
    "header alone": lambda content: content[:HEADER],
    "empty": lambda content: b"",
}


def plain_size_of(content: bytes) -> int:
    """The size that a row would have if it had been changed to fit the file."""
    count = max(1, -(-(len(content) - HEADER) // FULL))
    return max(0, len(content) - HEADER - count * TAG)


@pytest.mark.parametrize("change", DAMAGE.values(), ids=DAMAGE.keys())
@pytest.mark.parametrize("row_fits", [False, True], ids=["row as it was", "row made to fit"])
def test_all_damage_is_found(change: Change, *, row_fits: bool) -> None:
    content = change(SEALED)
    size = plain_size_of(content) if row_fits else len(PLAIN)
    with pytest.raises(OriginalDamaged) as told, reader(content, size) as opened:
        for _ in opened.segments():
            pass
    assert NAME in str(told.value)


@given(st.integers(0, 8 * sealed_size(1_000) - 1))
@settings(max_examples=100, deadline=None)
def test_every_flipped_bit_is_found(bit: int) -> None:
    content = bytearray(seal(pattern(1_000)))
    content[bit // 8] ^= 1 << bit % 8
    with pytest.raises(OriginalDamaged), reader(bytes(content), 1_000) as opened:
        opened.readall()


def test_an_empty_original_is_authenticated_too() -> None:
    with pytest.raises(OriginalDamaged):
        reader(flip(HEADER)(seal(b"")), 0)


@pytest.mark.parametrize(
    ("key", "name"),
    [(bytearray(32), NAME), (KEY, "ff" * 16)],
    ids=["wrong key", "wrong name"],
)
def test_it_opens_under_its_own_name_and_key_alone(key: bytearray, name: str) -> None:
    with pytest.raises(OriginalDamaged), reader(SEALED, len(PLAIN), key=key, name=name) as opened:
        opened.readall()


def test_what_is_whole_can_be_read_beside_damage_and_nothing_else() -> None:
    """The crypto library writes forged plaintext before it finds the forgery; none may get out."""
    pool, buffers = BufferPool(), Buffers()
    pool.give_back(buffers)
    content = MemoryBytes(flip(HEADER + FULL + 5)(SEALED))
    opened = SealedReader(content, key=KEY, name=NAME, size=len(PLAIN), pool=pool)
    assert opened.read(100) == PLAIN[:100]
    opened.seek(SEGMENT)
    into = bytearray(100)
    with pytest.raises(OriginalDamaged):
        opened.readinto(into)
    assert into == bytes(100)
    assert not any(buffers.plain)
    opened.seek(SEGMENT)
    roomy = bytearray(b"x" * (SEGMENT + 5))  # it would be unsealed straight into it
    with pytest.raises(OriginalDamaged):
        opened.readinto(roomy)
    assert roomy == bytes(SEGMENT) + b"xxxxx"
    opened.seek(2 * SEGMENT + 7)
    assert opened.read(100) == PLAIN[2 * SEGMENT + 7 :][:100]
    opened.close()
    assert not any(buffers.plain)


def test_the_sealed_file_is_closed_whatever_happens() -> None:
    whole, cut = MemoryBytes(SEALED), MemoryBytes(SEALED[:-1])
    SealedReader(whole, key=KEY, name=NAME, size=len(PLAIN)).close()
    with pytest.raises(OriginalDamaged):
        SealedReader(cut, key=KEY, name=NAME, size=len(PLAIN))
    assert whole.is_closed
    assert cut.is_closed


def test_nothing_is_sealed_out_of_step() -> None:
    sealing, room = Sealing(key=KEY, name=NAME, size=10), Buffers().sealed
    with pytest.raises(ValueError, match="10 bytes"):
        sealing.seal(memoryview(bytes(9)), room)
    sealing.seal(memoryview(bytes(10)), room)
    assert sealing.next_length is None
    with pytest.raises(ValueError, match="None"):
        sealing.seal(memoryview(b""), room)


def test_the_same_bytes_never_look_the_same() -> None:
    one, other = seal(PLAIN), seal(PLAIN)
    assert one[HEADER:] != other[HEADER:]
    assert not any(one[segment(n)] == other[segment(n)] for n in range(segments_of(len(PLAIN))))


def test_buffers_are_wiped_between_users() -> None:
    pool = BufferPool()
    buffers = pool.take()
    buffers.plain[:5] = b"plain"
    pool.give_back(buffers)
    assert pool.take() is buffers
    assert not any(buffers.plain)
    assert pool.take() is not buffers
