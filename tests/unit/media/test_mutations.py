"""Real files with bytes changed, cut or put in: each is described or says why not, and the worker
is there for the next one."""

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.media.notes import Failure
from desktop.media.sandboxed_describer import SandboxedDescriber
from tests.unit.media.corpus import CORPUS, content, expected, needs_corpus

pytestmark = [needs_corpus, pytest.mark.requirement("R11", "R126")]

LARGEST = 60_000
HURT_THE_WORKER = {failure.words for failure in Failure} - {Failure.REFUSED.words}


@cache
def seeds() -> list[str]:
    """A few small files of every type there is."""
    by_type: dict[str, list[str]] = {}
    if not (CORPUS / "exiftool-expected.json").is_file():
        return []
    for name, said in expected().items():
        if (CORPUS / name).stat().st_size <= LARGEST:
            by_type.setdefault(str(said.get("File:FileType")), []).append(name)
    return [name for names in by_type.values() for name in names[:6]]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """One of them, changed in a few places: mostly in its head, where the structure is."""
    data = bytearray(content(draw(st.sampled_from(seeds()))))
    for _ in range(draw(st.integers(1, 6))):
        where = draw(
            st.integers(0, min(len(data) - 1, draw(st.sampled_from([64, 2_000, LARGEST]))))
        )
        match draw(st.sampled_from(["set", "cut", "put", "swap"])):
            case "set":
                data[where] = draw(st.sampled_from([0, 1, 0x7F, 0x80, 0xFF]))
            case "cut" if len(data) > 16:
                del data[where : where + draw(st.integers(1, 64))]
            case "put":
                data[where:where] = draw(st.binary(min_size=1, max_size=16))
            case _:
                data[where : where + 4] = data[where : where + 4][::-1]
    return bytes(data or b"\0")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=mutated())
def test_no_change_of_bytes_hurts_the_worker(describer: SandboxedDescriber, data: bytes) -> None:
    found = describer.describe(data, file_name="IMG_0001.JPG")
    assert found.description.note not in HURT_THE_WORKER
    assert found.thumbnail is not None or found.description.note
    small = describer.preview(data, longest=200)
    assert small is None or len(small) < 200_000
