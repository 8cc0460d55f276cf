"""What comes out of the worker's pipe is checked before a byte of it is believed."""

import io
import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.media.worker_messages import (
    BadMessage,
    EndOfMessages,
    Message,
    completed,
    read_message,
    write_message,
)


def _raw(header: object, rest: bytes = b"") -> io.BytesIO:
    said = json.dumps(header).encode()
    return io.BytesIO(struct.pack(">I", len(said)) + said + rest)


@given(
    st.dictionaries(st.text(max_size=8), st.one_of(st.none(), st.integers(), st.text(max_size=20))),
    st.lists(st.binary(max_size=100), max_size=4),
)
def test_a_message_arrives_as_it_was_sent(facts: dict[str, object], blobs: list[bytes]) -> None:
    pipe = io.BytesIO()
    write_message(pipe, Message(facts=facts, blobs=tuple(blobs)))
    pipe.seek(0)
    assert read_message(pipe, most_bytes=400) == Message(facts=facts, blobs=tuple(blobs))


@pytest.mark.parametrize(
    "header",
    [
        [],
        "words",
        {"facts": {}},
        {"facts": [], "blobs": []},
        {"facts": {}, "blobs": 3},
        {"facts": {}, "blobs": [-1]},
        {"facts": {}, "blobs": [True]},
        {"facts": {}, "blobs": [1.0]},
        {"facts": {}, "blobs": [1 << 60]},
        {"facts": {}, "blobs": [0] * 17},
        {"facts": {"done": float("nan")}, "blobs": []},
        {"facts": {"done": float("inf")}, "blobs": []},
    ],
)
def test_a_header_that_promises_nonsense_is_refused(header: object) -> None:
    with pytest.raises(BadMessage):
        read_message(_raw(header), most_bytes=1000)


def test_a_header_of_gigabytes_is_refused_before_it_is_read() -> None:
    with pytest.raises(BadMessage):
        read_message(io.BytesIO(b"\xff\xff\xff\xff"), most_bytes=1000)


def test_a_pipe_that_ends_is_an_end() -> None:
    with pytest.raises(EndOfMessages):
        read_message(io.BytesIO(b""), most_bytes=1000)
    with pytest.raises(EndOfMessages):
        read_message(_raw({"facts": {}, "blobs": [10]}, b"short"), most_bytes=1000)


@given(st.binary(max_size=200))
def test_random_bytes_raise_nothing_else(noise: bytes) -> None:
    framed = struct.pack(">I", len(noise)) + noise
    for raw in (noise, framed):
        with pytest.raises((BadMessage, EndOfMessages)):
            read_message(io.BytesIO(raw), most_bytes=1000)


def test_an_answer_takes_from_the_file_what_it_names() -> None:
    answer = Message(facts={"then": [[1, 3], [4, 5]]}, blobs=(b"head", b"profile"))
    whole = completed(answer, memoryview(b"012345"), most_bytes=14)
    assert whole.blobs == (b"head124", b"profile")
    with pytest.raises(BadMessage):
        completed(answer, memoryview(b"012345"), most_bytes=13)


@pytest.mark.parametrize(
    "then",
    [
        7,
        [7],
        [[1, 2, 3]],
        [[-1, 2]],
        [[2, 2]],
        [[0, 7]],
        [[0.0, 1.0]],
        [["0", "1"]],
        [[0, 1]] * 1001,
    ],
)
def test_places_that_are_not_in_the_file_are_refused(then: object) -> None:
    answer = Message(facts={"then": then}, blobs=(b"head",))
    with pytest.raises(BadMessage):
        completed(answer, memoryview(b"012345"), most_bytes=10_000)
