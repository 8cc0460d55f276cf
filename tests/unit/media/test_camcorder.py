"""The clock that AVCHD camcorders hide in their pictures."""

import io
import shutil
import subprocess
from pathlib import Path
from typing import cast

import av
import pytest
from av.bitstream import BitStreamFilterContext
from av.container import InputContainer
from hypothesis import given
from hypothesis import strategies as st

from desktop.media.camcorder import camcorder_facts
from desktop.media.sandboxed_describer import SandboxedDescriber
from desktop.records.facts.capture import CaptureDevice, TimeBasis, TimeTrust
from tests.unit.media.corpus import content, needs_corpus

UUID = bytes.fromhex("17ee8c60f84d11d98cd60800200c9a66")
SONY = (
    b"\x18\x19\x20\x25\x03",
    b"\x19\x12\x10\x15\x22",
    b"\xb2\x00\x24\x00\x01",
    b"\xe0\x01\x08\x00\x00",
    b"\xe4HDR-",
    b"\xe5CX55",
    b"\xe60\0\0\0",
)


def message(*packs: bytes) -> bytes:
    """A supplemental message of H.264, with what keeps it from looking like a start."""
    told = UUID + b"MDPM" + bytes([len(packs)]) + b"".join(packs)
    unit = bytes([5, len(told)]) + told + b"\x80"
    escaped = unit
    for byte in range(4):
        escaped = escaped.replace(b"\0\0" + bytes([byte]), b"\0\0\3" + bytes([byte]))
    return b"\0\0\0\1\x06" + escaped


@pytest.mark.requirement("R68", "R69")
def test_a_camcorder_says_when_and_which() -> None:
    facts = camcorder_facts(b"\0\0\0\1\x09\x10" + message(*SONY) + b"\0\0\1\x65 picture")
    assert facts is not None
    assert facts.taken is not None
    assert facts.taken.local.isoformat() == "2025-03-12T10:15:22"
    assert (facts.taken.utc_offset_minutes, facts.taken.trust) == (None, TimeTrust.ASSUMED)
    assert facts.device == CaptureDevice(make="Sony", model="HDR-CX550")
    assert facts.has_location


@pytest.mark.parametrize(
    "packs",
    [
        (),
        (b"\x18\xff\xff\xff\xff", b"\x19\xff\xff\xff\xff"),
        (SONY[0],),
        (SONY[0], b"\x19\x32\x25\x61\x61"),
        (b"\xb2\x00\x24\x00\x01", b"\xbeV\0\0\0"),
    ],
)
def test_a_clock_that_says_nothing_is_none(packs: tuple[bytes, ...]) -> None:
    facts = camcorder_facts(message(*packs))
    assert facts is not None
    assert (facts.taken, facts.device, facts.has_location) == (None, CaptureDevice(), False)


@given(st.binary(max_size=80), st.integers(0, 80))
def test_no_picture_is_too_strange(rest: bytes, cut: int) -> None:
    assert camcorder_facts(rest) is None
    camcorder_facts(UUID + b"MDPM" + rest)
    camcorder_facts(message(*SONY)[:cut])


def avchd(mov: bytes) -> bytes:
    """The H.264 pictures of a film as a camcorder would have written them."""
    made = io.BytesIO()
    read = cast(InputContainer, av.open(io.BytesIO(mov)))
    with read, av.open(made, "w", format="mpegts") as out:
        pictures = read.streams.video[0]
        written = out.add_stream_from_template(pictures)
        as_units = BitStreamFilterContext("h264_mp4toannexb", pictures)
        first = True
        for packet in read.demux(pictures):
            for unit in as_units.filter(packet):
                told = av.Packet(message(*SONY) + bytes(unit)) if first else unit
                told.pts, told.dts, told.time_base = unit.pts, unit.dts, unit.time_base
                told.stream, first = written, False
                out.mux(told)
    return made.getvalue()


@needs_corpus
@pytest.mark.requirement("R68", "R69")
def test_a_film_of_a_camcorder(describer: SandboxedDescriber, tmp_path: Path) -> None:
    """The same as exiftool says, where there is one."""
    made = avchd(content("mei/with-gps.mov"))
    found = describer.describe(made, file_name="00001.MTS")
    said = found.description
    assert said.media_type == "video/mp2t"
    assert said.taken is not None
    assert said.taken.basis is TimeBasis.RECORDER_CLOCK
    assert said.device == CaptureDevice(make="Sony", model="HDR-CX550")
    assert found.thumbnail is not None
    if shutil.which("exiftool"):
        path = tmp_path / "00001.MTS"
        path.write_bytes(made)
        command = ["exiftool", "-s3", "-DateTimeOriginal", "-Make", "-Model", str(path)]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        assert f"{said.taken.local:%Y:%m:%d %H:%M:%S}".split() == [told[0], told[1][:8]]
        assert told[-2:] == ["Sony", "HDR-CX550"]
