"""The clearing exam, sat by a folder and by a camera; and what a camera does that no folder can."""

import errno
import os
from contextlib import closing
from pathlib import Path

import pytest

from desktop.devices.finding import open_source
from desktop.devices.folder_clearing import ClearingFolderSource
from desktop.devices.problems import (
    ClearingRefused,
    DeleteRefused,
    ItemProtected,
    ItemUnreadable,
    ItemUnsafe,
    NotTheImportedItem,
    SourceChanged,
    SourceGone,
)
from desktop.devices.source import ClearingSource, MediaItem, SourceInfo
from desktop.problem import Problem
from desktop.records.facts.capture import Route
from tests.unit.devices.clearing_exam import FIRST, ClearingExam, digest, item_called
from tests.unit.devices.conftest import put
from tests.unit.devices.ptp_datasets import Operation
from tests.unit.devices.ptp_script import Script
from tests.unit.devices.ptpip_camera import PtpIpCamera
from tests.unit.devices.rig import ClearingRig


def _folder_rig(card: Path, *, in_this_process: bool) -> ClearingRig:
    info = SourceInfo(id=f"folder:{card}", route=Route.CARD, name="card")
    folder = card / "DCIM" / "100TEST"

    def replace(name: str, content: bytes) -> None:
        put(folder / name, content)

    return ClearingRig(
        open=lambda: (
            ClearingFolderSource(card, info=info)
            if in_this_process
            else open_source(f"folder:{card}")
        ),
        remove=lambda name: (folder / name).unlink(),
        replace=replace,
        add=replace,
        left=lambda: {path.name: path.read_bytes() for path in folder.iterdir()},
    )


class TestFolder(ClearingExam):
    """A folder, in a helper process."""

    @pytest.fixture
    def clearing_rig(self, card: Path) -> ClearingRig:
        return _folder_rig(card, in_this_process=False)


class TestFolderInThisProcess(ClearingExam):
    """The same without the helper."""

    @pytest.fixture
    def clearing_rig(self, card: Path) -> ClearingRig:
        return _folder_rig(card, in_this_process=True)


class TestNetworkCamera(ClearingExam):
    """libgphoto2's PTP driver on a camera that deletes as the standard says."""

    @pytest.fixture
    def clearing_rig(self, camera: PtpIpCamera) -> ClearingRig:
        folder = next(handle for handle, one in camera.objects.items() if one.name == "100CANON")

        def add(name: str, content: bytes) -> None:
            camera.add_file(name, content, parent=folder)

        return ClearingRig(
            open=lambda: open_source(camera.source_id),
            remove=camera.remove,
            replace=camera.replace,
            add=add,
            left=camera.files,
        )


def _asked(camera: PtpIpCamera, script: Script | None = None) -> Problem | None:
    """Have the first photo deleted from a camera that behaves as scripted; what it raised."""
    content = camera.files()[FIRST]
    with closing(open_source(camera.source_id)) as source:
        item = item_called(source, FIRST)
        camera.script = script or camera.script
        try:
            source.delete_verified(item, sha256=digest(content))
        except Problem as problem:
            return problem
    return None


@pytest.mark.requirement("R74")
@pytest.mark.parametrize(
    ("script", "problem"),
    [
        (Script(protected={FIRST}), DeleteRefused),
        (Script(read_only=True), DeleteRefused),
        (Script(refused={Operation.DELETE_OBJECT}), DeleteRefused),
        (Script(cannot_delete=True), ClearingRefused),
        (Script(unplug_before=Operation.DELETE_OBJECT), SourceGone),
        (Script(swap_card_on=Operation.GET_PARTIAL_OBJECT), ItemUnreadable),
        (
            Script(
                swap_card_on=Operation.GET_PARTIAL_OBJECT, reuses_handles=True, tells_events=False
            ),
            NotTheImportedItem,
        ),
        (Script(stops_at=10), NotTheImportedItem),
    ],
    ids=lambda one: one.__name__ if isinstance(one, type) else "",
)
def test_a_camera_that_will_not_or_is_another_loses_nothing(
    camera: PtpIpCamera, script: Script, problem: type[Problem]
) -> None:
    left = camera.files() if script.swap_card_on is None else script.other_card
    assert type(_asked(camera, script)) is problem
    assert camera.files() == left
    assert "*" not in camera.asked_to_delete()


@pytest.mark.requirement("R74")
def test_a_photo_that_is_listed_as_protected_is_not_asked_for(camera: PtpIpCamera) -> None:
    camera.script.protected = {FIRST}
    assert isinstance(_asked(camera), ItemProtected)
    assert camera.asked_to_delete() == []


@pytest.mark.requirement("R74")
@pytest.mark.parametrize("reuses", [True, False])
@pytest.mark.parametrize("other", [{"OTHER.JPG": b"of another"}, {FIRST: b"its namesake"}])
def test_another_card_is_never_touched(
    camera: PtpIpCamera, other: dict[str, bytes], reuses: bool
) -> None:
    content = camera.files()[FIRST]
    with closing(open_source(camera.source_id)) as source:
        item = item_called(source, FIRST)
        camera.script.reuses_handles = reuses
        camera.swap_card(other)
        with pytest.raises(SourceChanged):
            source.delete_verified(item, sha256=digest(content))
    assert (camera.files(), camera.asked_to_delete()) == (other, [])


@pytest.mark.requirement("R74")
@pytest.mark.parametrize("told", [True, False])
def test_a_photo_that_a_person_deleted_meanwhile_wipes_nothing(
    camera: PtpIpCamera, told: bool
) -> None:
    content = camera.files()[FIRST]
    with closing(open_source(camera.source_id)) as source:
        item = item_called(source, FIRST)
        camera.remove(FIRST, told=told)
        with pytest.raises(Problem):
            source.delete_verified(item, sha256=digest(content))
    assert camera.asked_to_delete() == []
    assert len(camera.files()) == 2


@pytest.mark.requirement("R74")
def test_a_name_that_begins_another_is_never_deleted(camera: PtpIpCamera) -> None:
    content = camera.files()[FIRST]
    folder = next(handle for handle, one in camera.objects.items() if one.name == "100CANON")
    with closing(open_source(camera.source_id)) as source:
        item = item_called(source, FIRST)  # listed before its namesake came
    camera.add_file(f"{FIRST}.tmp", b"another", parent=folder)
    with closing(open_source(camera.source_id)) as source, pytest.raises(ItemUnsafe):
        source.delete_verified(item, sha256=digest(content))
    assert camera.asked_to_delete() == []


@pytest.mark.requirement("R74")
def test_a_lie_is_told_by_a_fresh_session_alone(camera: PtpIpCamera) -> None:
    assert _asked(camera, Script(lying_delete=True)) is None
    assert FIRST in camera.files()
    with closing(open_source(camera.source_id)) as fresh:
        assert FIRST in [item.name for item in fresh.items()]


@pytest.mark.requirement("R74")
def test_what_comes_in_one_piece_only_is_not_deleted(
    card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("gphoto2")
    monkeypatch.setenv("VCAMERADIR", str(card))
    content = (card / "DCIM" / "100TEST" / FIRST).read_bytes()
    with closing(open_source("ptp:usb:001,001")) as source:
        item = item_called(source, FIRST)
        with pytest.raises(ClearingRefused, match="whole files only"):
            source.delete_verified(item, sha256=digest(content))


@pytest.mark.requirement("R74", "R122")
def test_a_source_that_is_never_cleared_deletes_nothing(card: Path) -> None:
    info = SourceInfo(id="folder:x", route=Route.CARD, name="card", cannot_clear="It is an iPhone.")
    with closing(ClearingFolderSource(card, info=info)) as source:
        with pytest.raises(ClearingRefused, match="It is an iPhone"):
            source.check_clearing()
        item = item_called(source, FIRST)
        with pytest.raises(ClearingRefused):
            source.delete_verified(item, sha256=digest(_bytes_of(source, item.name, card)))
    assert len(list(card.rglob("*.JPG"))) == 3


@pytest.mark.requirement("R74")
def test_a_link_on_a_card_is_never_deleted_through(card: Path, tmp_path: Path) -> None:
    folder = card / "DCIM" / "100TEST"
    info = SourceInfo(id="folder:x", route=Route.CARD, name="card")
    with closing(ClearingFolderSource(card, info=info)) as source:
        item = item_called(source, FIRST)
        elsewhere = tmp_path / "elsewhere"
        folder.rename(elsewhere)
        folder.symlink_to(elsewhere)
        with pytest.raises(Problem):
            source.delete_verified(item, sha256=digest((elsewhere / FIRST).read_bytes()))
    assert (elsewhere / FIRST).exists()


CARD = SourceInfo(id="folder:x", route=Route.CARD, name="card")


@pytest.mark.requirement("R74")
def test_what_is_written_while_it_is_compared_stays_whatever_its_time_says(card: Path) -> None:
    path = card / "DCIM" / "100TEST" / FIRST
    content, times = path.read_bytes(), path.stat()

    def write() -> None:  # one block of it was read by now
        put(path, b"a newer photo".ljust(len(content)))
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    with (
        closing(ClearingFolderSource(card, info=CARD, alive=write)) as source,
        pytest.raises(NotTheImportedItem),
    ):
        source.delete_verified(item_called(source, FIRST), sha256=digest(content))
    assert path.read_bytes().startswith(b"a newer photo")


@pytest.mark.requirement("R74")
def test_a_card_that_cannot_keep_a_deletion_is_not_believed(
    card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fsync(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr("desktop.devices.folder_clearing.os.fsync", fsync)
    content = (card / "DCIM" / "100TEST" / FIRST).read_bytes()
    with closing(ClearingFolderSource(card, info=CARD)) as source, pytest.raises(DeleteRefused):
        source.delete_verified(item_called(source, FIRST), sha256=digest(content))


@pytest.mark.requirement("R74")
def test_a_write_protected_file_on_a_card_stays(card: Path) -> None:
    path = card / "DCIM" / "100TEST" / FIRST
    path.chmod(0o444)
    info = SourceInfo(id="folder:x", route=Route.CARD, name="card")
    with closing(ClearingFolderSource(card, info=info)) as source, pytest.raises(ItemProtected):
        item = item_called(source, FIRST)
        source.delete_verified(item, sha256=digest(path.read_bytes()))
    assert path.exists()


def _bytes_of(_: ClearingSource, name: str, card: Path) -> bytes:
    return next(card.rglob(name)).read_bytes()


@pytest.mark.requirement("R74")
def test_a_session_that_hears_no_news_is_asked_for_nothing(photos: dict[str, bytes]) -> None:
    """The driver may have forgotten the photo meanwhile, and would then delete everything."""
    gphoto_clearing = pytest.importorskip("desktop.devices.gphoto_clearing")

    class Deaf:
        hears = False

        def storages(self) -> list[tuple[int, int]]:
            return [(1, 1)]

    info = SourceInfo(id="ptp:usb:001,004", route=Route.PTP, name="Canon EOS R5")
    source = gphoto_clearing.ClearingGPhotoSource(Deaf(), info=info)
    content = photos[FIRST]
    item = MediaItem(
        key=f"/store_00010001?{FIRST}",
        folder="/store_00010001",
        name=FIRST,
        size=len(content),
        modified_local=None,
    )
    with pytest.raises(ClearingRefused, match="card reader"):
        source.check_clearing()
    with pytest.raises(ClearingRefused):
        source.delete_verified(item, sha256=digest(content))
