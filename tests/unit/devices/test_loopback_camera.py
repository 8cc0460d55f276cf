"""The camera on loopback is what it says: deletion and card changes, as libgphoto2 meets them.

What the driver does here is why the program never trusts it with a deletion that was not compared.
"""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.unit.devices.bare_driver import BareDriver
from tests.unit.devices.ptp_card import EVERYTHING
from tests.unit.devices.ptp_datasets import Operation, Response
from tests.unit.devices.ptp_script import Script
from tests.unit.devices.ptpip_camera import PtpIpCamera

pytest.importorskip("gphoto2")

FOLDER = "/store_00010001/DCIM/100CANON"
PHOTOS = {f"IMG_{number:04}.JPG": b"\xff\xd8\xff%d" % number for number in range(1, 4)}
REST = ["IMG_0002.JPG", "IMG_0003.JPG"]
ALL = ["IMG_0001.JPG", *REST]
GENERAL, NOT_SUPPORTED, FILE_NOT_FOUND = -1, -6, -108
OTHER_EVENT = 0


@pytest.fixture
def camera() -> Iterator[PtpIpCamera]:
    """Three photos."""
    with closing(PtpIpCamera()) as made:
        made.add_photos(PHOTOS)
        yield made


@pytest.fixture(scope="module")
def driver() -> Iterator[BareDriver]:
    """The real driver, loaded once."""
    with closing(BareDriver()) as made:
        yield made


def _delete_first(driver: BareDriver) -> object:
    answer = driver.ask("delete", FOLDER, ALL[0])
    return answer if answer is None else answer[0]


@pytest.mark.parametrize(
    ("script", "answer", "left"),
    [
        (Script(), None, REST),
        (Script(lying_delete=True), None, ALL),
        (Script(greedy_delete=True), None, []),
        (Script(greedy_delete=True, protected={ALL[2]}), GENERAL, ALL[2:]),
        (Script(protected={ALL[0]}), GENERAL, ALL),
        (Script(read_only=True), GENERAL, ALL),
        (Script(refused={Operation.DELETE_OBJECT}), GENERAL, ALL),
        (Script(cannot_delete=True), NOT_SUPPORTED, ALL),
        (Script(unplug_before=Operation.DELETE_OBJECT), GENERAL, ALL),
        (Script(unplug_instead_of_answering=Operation.DELETE_OBJECT), GENERAL, REST),
        (Script(swap_card_on=Operation.DELETE_OBJECT), GENERAL, ALL[:1]),
        (Script(swap_card_on=Operation.DELETE_OBJECT, reuses_handles=True), None, []),
    ],
)
def test_one_deletion(
    driver: BareDriver, camera: PtpIpCamera, script: Script, answer: int | None, left: list[str]
) -> None:
    camera.script = script
    with driver.session(camera.driver_port):
        assert driver.ask("list") == ALL
        assert driver.ask("may delete", FOLDER, ALL[0]) is (ALL[0] not in script.protected)
        assert _delete_first(driver) == answer
    assert camera.names() == left


def test_only_a_fresh_session_tells_of_a_lie(driver: BareDriver, camera: PtpIpCamera) -> None:
    camera.script.lying_delete = True
    with driver.session(camera.driver_port):
        assert _delete_first(driver) is None
        assert driver.ask("list") == REST
    with driver.session(camera.driver_port):
        assert driver.ask("list") == ALL


def test_the_driver_wipes_another_card_and_calls_it_done(
    driver: BareDriver, camera: PtpIpCamera
) -> None:
    with driver.session(camera.driver_port):
        assert driver.ask("list") == ALL
        camera.swap_card({"OTHER_1.JPG": b"of another", "OTHER_2.JPG": b"patient"})
        assert _delete_first(driver) is None
    assert camera.names() == []
    assert camera.asked_to_delete() == ["*"]
    (wipe,) = (line for line in camera.log if line.name == "*")
    assert wipe.parameters[0] == EVERYTHING
    assert wipe.response == Response.OK


def test_the_driver_deletes_the_namesake_on_another_card(
    driver: BareDriver, camera: PtpIpCamera
) -> None:
    with driver.session(camera.driver_port):
        assert driver.ask("list") == ALL
        camera.swap_card()
        assert _delete_first(driver) is None
    assert camera.names() == []


def test_a_driver_that_listens_first_knows_the_other_card(
    driver: BareDriver, camera: PtpIpCamera
) -> None:
    with driver.session(camera.driver_port):
        assert driver.ask("list") == ALL
        camera.swap_card({"OTHER.JPG": b"of another patient"})
        assert driver.ask("wait", 2) == [OTHER_EVENT, OTHER_EVENT]
        assert _delete_first(driver) == FILE_NOT_FOUND
        assert driver.ask("list") == ["OTHER.JPG"]
    assert camera.asked_to_delete() == []


@pytest.mark.parametrize(("told", "answer"), [(True, FILE_NOT_FOUND), (False, GENERAL)])
def test_a_photo_that_a_person_deleted(
    driver: BareDriver, camera: PtpIpCamera, told: bool, answer: int
) -> None:
    with driver.session(camera.driver_port):
        assert driver.ask("list") == ALL
        camera.remove(ALL[0], told=told)
        if told:
            assert driver.ask("wait", 1) == [OTHER_EVENT]
        assert _delete_first(driver) == answer
    assert camera.names() == REST


def test_the_driver_leaves_out_what_the_camera_fails_to_tell(
    driver: BareDriver, camera: PtpIpCamera
) -> None:
    """Nothing that it offers shows this to a program."""
    camera.script.not_told = {ALL[0]}
    with driver.session(camera.driver_port):
        assert driver.ask("list") == REST


def test_it_is_there_again_with_the_same_things(driver: BareDriver, camera: PtpIpCamera) -> None:
    camera.unplug()
    camera.plug_in()
    with driver.session(camera.driver_port):
        assert driver.ask("list") == ALL
