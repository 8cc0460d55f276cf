"""The container of an encrypted archive gives back what was sealed, or says what is wrong."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.problem import Problem
from desktop.records.vault.keyring import LEAST_COST, KeyCost
from desktop.verbs.archive_problems import (
    ArchivePassphraseWrong,
    NotSealedArchive,
    SealedArchiveDamaged,
)
from desktop.verbs.archive_sealing import HEADER, SEGMENT, TAG, OpenedStream, SealingStream

pytestmark = pytest.mark.requirement("R116")

PASSPHRASE = "tūī copper lantern brisk"
OF_VERSION_1 = bytes.fromhex(
    "4352534101011201000100000000000200000004000102030405060708090a0b0c0d0e0f000102030405"
    "06005a95ef11fe6447dff00108b3d76f17b0ae877b48b070ac31c5e8e76dd6d734b3a523061ec8d71ee4"
    "b4f620feba583f7e1a4ebb6ef0ad24f78bedf8eea4a092a3fde9368b1faf1321d2f5d3746c7c8aa71968"
    "a8ec05377d17b439141ff9e42da6ea4a"
)
LONGEST = 2 * SEGMENT
NEAR_A_BOUNDARY = st.builds(
    lambda segments, more: max(0, segments * SEGMENT + more),
    st.integers(0, 2),
    st.integers(-2, 2),
)


def content(size: int) -> bytes:
    return bytes(index % 251 for index in range(4099)) * (size // 4099 + 1)


def sealed(*pieces: bytes) -> bytes:
    out = bytearray()
    stream = SealingStream(PASSPHRASE, out.extend, cost=LEAST_COST)
    for piece in pieces:
        stream.write(piece)
    stream.finish()
    return bytes(out)


def opened(container: bytes, passphrase: str = PASSPHRASE) -> bytes:
    stream = OpenedStream(io.BytesIO(container), passphrase, name="it")
    return b"".join(stream.segments())


@pytest.fixture(scope="module")
def whole() -> bytes:
    """Two full segments, the last of them full as well."""
    return sealed(content(LONGEST)[:LONGEST])


@settings(max_examples=12, deadline=None)
@given(size=NEAR_A_BOUNDARY, cut=st.integers(0, LONGEST))
def test_what_goes_in_comes_out(size: int, cut: int) -> None:
    plain = content(size)[:size]
    container = sealed(plain[:cut], b"", plain[cut:])
    assert len(container) == HEADER + size + TAG * max(1, -(-size // SEGMENT))
    assert opened(container) == plain


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_a_flipped_bit_is_found(whole: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, HEADER - 1) | st.integers(HEADER, len(whole) - 1))
    bit = data.draw(st.integers(0, 7))
    changed = bytearray(whole)
    changed[at] ^= 1 << bit
    with pytest.raises(Problem) as told:
        opened(bytes(changed))
    if at >= HEADER:
        assert isinstance(told.value, SealedArchiveDamaged)
        assert f"segment {(at - HEADER) // (SEGMENT + TAG) + 1} is damaged" in str(told.value)
    elif at < HEADER - 32:
        assert isinstance(told.value, NotSealedArchive)


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_a_cut_is_found(whole: bytes, data: st.DataObject) -> None:
    length = data.draw(st.integers(0, HEADER) | st.integers(0, len(whole) - 1))
    with pytest.raises((NotSealedArchive, SealedArchiveDamaged), match=r"cut short|does not begin"):
        opened(whole[:length])


def test_a_cut_between_segments_is_named(whole: bytes) -> None:
    with pytest.raises(SealedArchiveDamaged, match="cut short after segment 1"):
        opened(whole[: HEADER + SEGMENT + TAG])
    with pytest.raises(SealedArchiveDamaged, match="right after its beginning"):
        opened(whole[:HEADER])
    with pytest.raises(SealedArchiveDamaged, match="added after segment 2"):
        opened(whole + b"more")


def test_segments_cannot_change_places(whole: bytes) -> None:
    first, second = whole[HEADER : HEADER + SEGMENT + TAG], whole[HEADER + SEGMENT + TAG :]
    with pytest.raises(SealedArchiveDamaged, match="segment 1 is damaged"):
        opened(whole[:HEADER] + second + first)


def test_another_passphrase_is_told_from_damage(whole: bytes) -> None:
    with pytest.raises(ArchivePassphraseWrong, match="not the passphrase"):
        opened(whole, PASSPHRASE + "!")
    decomposed = PASSPHRASE.replace("ū", "u\u0304").replace("ī", "i\u0304")
    assert opened(whole, decomposed) == content(LONGEST)[:LONGEST]


def test_what_version_1_wrote_opens_for_ever() -> None:
    """These bytes are never made anew: a reader that does not open them has broken the format."""
    assert opened(OF_VERSION_1) == b"to be read in 2046"


def test_no_two_are_alike() -> None:
    assert sealed(b"same")[HEADER:] != sealed(b"same")[HEADER:]


def test_a_cost_that_would_stall_is_neither_written_nor_read(
    whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = KeyCost(memory=2**31, passes=2, lanes=4)
    with pytest.raises(ValueError, match="not a sane cost"):
        SealingStream(PASSPHRASE, bytearray().extend, cost=huge)
    monkeypatch.setattr(KeyCost, "is_sane", False)
    with pytest.raises(NotSealedArchive, match="costs less or more"):
        opened(whole)
