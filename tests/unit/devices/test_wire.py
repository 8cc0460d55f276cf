"""The line between program and helper: what is said arrives, and nonsense breaks it in one way."""

import json
import socket
import struct
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.devices import problems
from desktop.devices.source import MediaItem, SourceInfo, SourceState
from desktop.devices.wire import (
    Wire,
    WireBroken,
    WireSilent,
    info_from,
    info_message,
    item_from,
    item_message,
    problem_from,
    problem_message,
)
from desktop.problem import Problem
from desktop.records.facts.capture import Route

any_text = st.text(st.characters(exclude_categories=()), max_size=20)
any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


def _hear(said: bytes) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(said)
        theirs.shutdown(socket.SHUT_WR)
        Wire(ours).receive(memoryview(bytearray(16)))


def _frame(text: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">II", len(text), len(content)) + text + content


@given(
    key=any_text,
    name=any_text,
    size=st.integers(0, 1 << 70),
    local=st.none() | st.datetimes(),
    problem=st.none() | any_text,
)
@settings(max_examples=50)
def test_an_item_arrives_as_it_was_sent(
    key: str, name: str, size: int, local: datetime | None, problem: str | None
) -> None:
    item = MediaItem(
        key=key, folder=name, name=name, size=size, modified_local=local, problem=problem
    )
    assert item_from(json.loads(json.dumps(item_message(item)))) == item


@pytest.mark.parametrize(
    "problem",
    [
        problems.SourceGone(source="Karen’s camera"),
        problems.ShortRead(name="a.jpg", got=1, size=2),
        problems.ItemUnsafe(name="a", reason="b"),
    ],
)
def test_a_problem_arrives_as_it_was_sent(problem: Problem) -> None:
    assert problem_from(problem_message(problem)) == problem


def test_a_source_arrives_as_it_was_sent() -> None:
    info = SourceInfo(
        id="ptp:usb:001,004",
        cannot_clear="never",
        caution="beware",
        route=Route.PTP,
        name="Nikon",
        state=SourceState.LOCKED,
        detail="Unlock it.",
    )
    assert info_from(info_message(info)) == info


@given(st.binary(max_size=60))
@settings(max_examples=50)
def test_noise_breaks_the_line(noise: bytes) -> None:
    with pytest.raises(WireBroken):
        _hear(noise + b"\xff" * 4)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        _frame(b"{}")[:-1],
        _frame(b"[]"),
        _frame(b"not json"),
        _frame(b"\xff\xfe"),
        _frame(b"[" * 100_000),
        _frame(b"{}", bytes(17)),
        struct.pack(">II", 0xFFFFFFFF, 0),
    ],
)
def test_nonsense_breaks_the_line(said: bytes) -> None:
    with pytest.raises(WireBroken):
        _hear(said)


@given(st.dictionaries(st.sampled_from(["key", "folder", "name", "size", "problem"]), any_json))
@settings(max_examples=50)
def test_an_item_that_makes_no_sense_breaks_the_line(message: dict[str, object]) -> None:
    for parse in (item_from, info_from):
        try:
            parse(message)
        except WireBroken:
            continue
        assert parse is item_from
        assert {"key", "folder", "name", "size"} <= message.keys()


@pytest.mark.parametrize(
    "message",
    [
        {"problem": "Problem", "facts": {}},
        {"problem": "os.system", "facts": {}},
        {"problem": "SourceGone"},
        {"problem": "SourceGone", "facts": {}},
        {"problem": "SourceGone", "facts": {"source": 1}},
        {"problem": "SourceGone", "facts": {"source": "a", "more": "b"}},
        {"problem": "ShortRead", "facts": {"name": "a", "got": True, "size": 2}},
        {"problem": "OriginalMissing", "facts": {"name": "a"}},
        {"problem": ["SourceGone"], "facts": {}},
    ],
)
def test_a_problem_that_is_none_of_ours_breaks_the_line(message: dict[str, object]) -> None:
    with pytest.raises(WireBroken):
        problem_from(message)


def test_silence_is_not_a_broken_line() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        wire = Wire(ours)
        wire.patience(0.01)
        with pytest.raises(WireSilent):
            wire.receive()
