"""A cable that comes out: what was kept is kept, and is not read again when the device is back."""

import random
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.end_to_end.command_line import CommandLine
from tests.unit.devices.ptp_datasets import Operation
from tests.unit.devices.ptpip_camera import PtpIpCamera

pytest.importorskip("gphoto2", reason="no libgphoto2 here: PTP cameras are not proven")

FACTS = (
    "--patient", "ZZZ0016", "--born", "1961-03-04", "--taken-by", "Hana Parata",
    "--role", "nurse", "--device-owner", "personal", "--purpose", "care", "--consent", "verbal",
)  # fmt: skip
READS = {Operation.GET_OBJECT, Operation.GET_PARTIAL_OBJECT, Operation.GET_PARTIAL_OBJECT_64}


@pytest.fixture
def camera() -> Iterator[PtpIpCamera]:
    """Three files of one megabyte."""
    content = random.Random(9)
    with closing(PtpIpCamera()) as made:
        made.add_photos({f"IMG_{n}.JPG": content.randbytes(1_000_000) for n in range(3)})
        yield made


@pytest.mark.requirement("R73", "R121")
def test_after_an_unplug_only_what_is_missing_is_read(
    chartroom: CommandLine, camera: PtpIpCamera
) -> None:
    camera.script.unplug_after = 1_500_000
    first = chartroom.json("file", "--from", camera.source_id, *FACTS, code=1)
    assert len(first["incomplete"]) == 1
    assert first["not_reached"] == ["IMG_1.JPG", "IMG_2.JPG"]
    assert first["stopped_by"]

    camera.plug_in()
    camera.log.clear()
    again = chartroom.json("file", "--from", camera.source_id, *FACTS, "--new")
    assert (again["here_already"], len(again["incomplete"]), again["refused"]) == (1, 2, [])
    read = {asked.name for asked in camera.log if asked.operation in READS}
    assert read == {"IMG_1.JPG", "IMG_2.JPG"}
    assert len(chartroom.json("images", "--patient", "ZZZ0016")) == 3
