"""Clearing a device: nothing unkept is ever deleted, and nothing unproved is called cleared."""

import pytest

from desktop.devices.problems import (
    ClearingRefused,
    DeleteNotHonoured,
    DeleteRefused,
    ItemProtected,
    MoreWentMissing,
    NotTheImportedItem,
    SourceChanged,
    SourceGone,
)
from desktop.intake.notes_beside import COMPANION_AT_MOST
from desktop.intake.report import Progress
from desktop.problem import Cancelled
from desktop.records.facts.clearance_problems import (
    CompanionLeft,
    CompanionTooLarge,
    NotOnDeviceNow,
    NotOursToClear,
    NotSeenAbsent,
    SiblingNotKept,
)
from tests.unit.intake.clearable_device import Trouble
from tests.unit.intake.clearing_scenes import CAMERA, Scene, names, photos, scene


@pytest.mark.requirement("R74")
def test_what_was_received_is_gone_and_the_rest_is_left() -> None:
    here = scene("IMG_1.JPG", "IMG_2.JPG", "IMG_3.JPG", also=["family.jpg"])
    report = here.clear()
    assert names(report) == ["IMG_1.JPG", "IMG_2.JPG", "IMG_3.JPG"]
    assert (report.refused, report.not_reached, report.stopped_by) == ([], [], None)
    assert list(here.device.held) == [(CAMERA, "family.jpg")]
    assert here.device.sessions == 3


@pytest.mark.requirement("R74")
def test_a_device_that_wipes_itself_is_stopped_after_the_first() -> None:
    here = scene("IMG_1.JPG", "IMG_2.JPG", also=["family.jpg"], trouble=Trouble(wipes_at=0))
    report = here.clear()
    assert here.device.asked == 1
    assert report.cleared == []
    assert isinstance(report.stopped_by, MoreWentMissing)
    assert [one.file_name for one in report.not_reached] == ["IMG_2.JPG"]


@pytest.mark.requirement("R74")
@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_device_that_says_yes_and_keeps_it_is_found_out(count: int) -> None:
    everything = [f"IMG_{number}.JPG" for number in range(count)]
    here = scene(*everything, trouble=Trouble(lies_from=0))
    report = here.clear()
    assert (report.cleared, here.device.asked) == ([], 1)
    assert isinstance(report.stopped_by, DeleteNotHonoured)
    assert len(here.device.held) == count


def test_a_device_that_begins_to_lie_is_believed_for_what_it_did() -> None:
    here = scene("IMG_1.JPG", "IMG_2.JPG", "IMG_3.JPG", trouble=Trouble(lies_from=2))
    report = here.clear()
    assert names(report) == ["IMG_1.JPG", "IMG_2.JPG"]
    assert [type(one.problem) for one in report.refused] == [DeleteNotHonoured]


@pytest.mark.parametrize("at", [0, 1, 2])
def test_an_unplugged_device_leaves_nothing_claimed(at: int) -> None:
    here = scene("IMG_1.JPG", "IMG_2.JPG", "IMG_3.JPG", trouble=Trouble(gone_after=at))
    report = here.clear()
    assert report.cleared == []
    assert isinstance(report.stopped_by, SourceGone)
    assert all(isinstance(one.problem, NotSeenAbsent) for one in report.refused[-1:])
    assert len(report.refused) + len(report.not_reached) == 3


def test_another_card_in_its_place_is_left_alone() -> None:
    here = scene("IMG_1.JPG", "IMG_2.JPG", trouble=Trouble(swapped_at=1))
    here.device.other_card = photos("IMG_2.JPG", "wedding.jpg")
    here.device.other_card[CAMERA, "IMG_2.JPG"] = b"another photo of the same name"
    report = here.clear()
    assert len(here.device.other_card) == 2
    assert report.cleared == []
    assert isinstance(report.stopped_by, NotTheImportedItem | SourceChanged)


def test_what_was_changed_after_it_was_received_is_left_alone() -> None:
    here = scene("IMG_1.JPG", trouble=Trouble(changed=frozenset({(CAMERA, "IMG_1.JPG")})))
    report = here.clear()
    assert here.device.asked == 0
    assert isinstance(report.stopped_by, NotTheImportedItem)


def test_a_protected_item_stays_and_the_others_go() -> None:
    here = scene(
        "IMG_1.JPG", "IMG_2.JPG", trouble=Trouble(protected=frozenset({(CAMERA, "IMG_1.JPG")}))
    )
    report = here.clear()
    assert names(report) == ["IMG_2.JPG"]
    assert [type(one.problem) for one in report.refused] == [ItemProtected]
    assert [type(problem) for _, problem in here.record.refused] == [ItemProtected]


@pytest.mark.requirement("R73")
def test_a_stored_copy_that_cannot_be_read_back_saves_the_one_on_the_device() -> None:
    here = scene("IMG_1.JPG", "IMG_2.JPG")
    broken = Scene(here.device, here.received, damaged=frozenset({(CAMERA, "IMG_1.JPG")}))
    report = broken.clear()
    assert list(here.device.held) == [(CAMERA, "IMG_1.JPG")]
    assert names(report) == ["IMG_2.JPG"]


@pytest.mark.requirement("R74")
def test_a_live_photo_goes_whole_or_not_at_all() -> None:
    alone = scene("IMG_1.HEIC", also=["IMG_1.MOV"])
    report = alone.clear()
    assert [type(one.problem) for one in report.refused] == [SiblingNotKept]
    assert len(alone.device.held) == 2
    both = scene("IMG_1.HEIC", "IMG_1.MOV")
    assert names(both.clear()) == ["IMG_1.HEIC", "IMG_1.MOV"]


@pytest.mark.requirement("R74")
def test_the_notes_beside_an_image_are_kept_and_go_with_it() -> None:
    here = scene("IMG_1.HEIC")
    here.device.beside = {(CAMERA, "IMG_1.AAE"): b"<plist/>", (CAMERA, "IMG_2.AAE"): b"<other/>"}
    here.clear()
    assert here.record.companions == {"IMG_1.AAE": b"<plist/>"}
    assert list(here.device.beside) == [(CAMERA, "IMG_2.AAE")]


@pytest.mark.requirement("R74")
def test_a_small_picture_that_stays_keeps_its_image_from_being_called_cleared() -> None:
    here = scene("IMG_1.MP4", "IMG_2.MP4")
    here.device.beside = {(CAMERA, "IMG_1.THM"): b"small", (CAMERA, "IMG_2.THM"): b"small"}
    here.device.trouble.keeps_beside = frozenset({(CAMERA, "IMG_1.THM")})
    report = here.clear()
    assert names(report) == ["IMG_2.MP4"]
    assert [type(one.problem) for one in report.refused] == [CompanionLeft]
    assert set(here.record.companions) == {"IMG_1.THM", "IMG_2.THM"}


@pytest.mark.requirement("R74")
@pytest.mark.parametrize(("name", "cleared"), [("IMG_1.XMP", ["IMG_1.JPG"]), ("IMG_1.THM", [])])
def test_what_is_too_large_for_a_note_is_left_and_named(name: str, cleared: list[str]) -> None:
    here = scene("IMG_1.JPG")
    here.device.beside = {(CAMERA, name): bytes(COMPANION_AT_MOST + 1)}
    report = here.clear()
    assert names(report) == cleared
    assert report.left_beside == ([name] if cleared else [])
    assert [type(one.problem) for one in report.refused] == [CompanionTooLarge][len(cleared) :]
    assert here.device.beside
    assert not here.record.companions


@pytest.mark.requirement("R74")
def test_the_small_film_of_an_action_camera_goes_with_the_large_one_or_both_stay() -> None:
    large, small = "GX010001.MP4", "GL010001.LRV"
    assert names(scene(large, small).clear()) == [small, large]
    alone = scene(large, also=[small])
    (refused,) = alone.clear().refused
    assert refused.problem == SiblingNotKept(name=large, sibling=small)
    assert len(alone.device.held) == 2


def test_what_the_device_does_not_show_is_not_called_cleared() -> None:
    here = scene("IMG_1.JPG", "IMG_2.JPG")
    del here.device.held[CAMERA, "IMG_1.JPG"]
    report = here.clear()
    assert names(report) == ["IMG_2.JPG"]
    assert [type(one.problem) for one in report.refused] == [NotOnDeviceNow]


def test_a_source_that_refuses_is_not_touched() -> None:
    here = scene("IMG_1.JPG", trouble=Trouble(denies_all=True))
    report = here.clear()
    assert (here.device.asked, len(report.not_reached)) == (0, 1)
    assert isinstance(report.stopped_by, ClearingRefused)


@pytest.mark.requirement("R74")
@pytest.mark.parametrize("asked", range(7))
def test_who_stops_gets_what_is_proved_by_then(asked: int) -> None:
    here = scene("IMG_1.JPG", "IMG_2.JPG", "IMG_3.JPG")
    here.stop_after = asked  # before a file, and in each of its two readings
    report = here.clear()
    assert names(report) == ["IMG_1.JPG", "IMG_2.JPG"][: asked // 3]
    assert len(report.not_reached) == 3 - asked // 3
    assert report.refused == []
    assert isinstance(report.stopped_by, Cancelled)


def test_its_progress_counts_both_readings_of_every_file() -> None:
    here = scene(
        "IMG_1.JPG", "IMG_2.JPG", trouble=Trouble(protected=frozenset({(CAMERA, "IMG_1.JPG")}))
    )
    size = sum(map(len, here.received.values()))
    told: list[Progress] = []
    here.clear(told.append)
    read = [one.bytes_done for one in told]
    assert read == sorted(read)
    assert (read[0], read[-1]) == (0, 2 * size)
    assert {one.bytes_total for one in told} == {2 * size}


@pytest.mark.requirement("R74")
@pytest.mark.parametrize(("from_session", "orders"), [(2, 1), (3, 2)])
def test_a_folder_that_cannot_be_listed_is_no_proof_of_absence(
    from_session: int, orders: int
) -> None:
    trouble = Trouble(lies_from=0 if from_session == 2 else 1, unlisted_from=from_session)
    here = scene("IMG_1.JPG", "IMG_2.JPG", trouble=trouble)
    report = here.clear()
    assert (report.cleared, len(here.device.orders)) == ([], orders)
    assert {type(one.problem) for one in report.refused} == {NotSeenAbsent}


@pytest.mark.requirement("R74")
def test_a_card_that_is_swapped_while_it_is_listed_proves_nothing() -> None:
    report = scene("IMG_1.JPG", trouble=Trouble(lies_from=0, swapped_in_listing=2)).clear()
    assert (report.cleared, type(report.stopped_by)) == ([], SourceChanged)


@pytest.mark.requirement("R74")
def test_a_no_that_was_a_yes_takes_no_proof_from_the_others() -> None:
    here = scene("IMG_1.JPG", "IMG_2.JPG", "IMG_3.JPG", trouble=Trouble(deletes_and_denies_at=1))
    report = here.clear()
    assert names(report) == ["IMG_1.JPG", "IMG_3.JPG"]
    assert [type(one.problem) for one in report.refused] == [DeleteRefused]
    assert report.stopped_by is None


@pytest.mark.requirement("R74")
def test_a_device_that_says_no_and_wipes_itself_is_found_out() -> None:
    trouble = Trouble(deletes_and_denies_at=0, wipes_at=0)
    report = scene("IMG_1.JPG", also=["family.jpg"], trouble=trouble).clear()
    assert report.cleared == []
    assert isinstance(report.stopped_by, MoreWentMissing)


@pytest.mark.requirement("R74")
def test_a_fault_of_ours_leaves_what_was_deleted_looked_at_and_noted() -> None:
    here = scene("IMG_1.JPG", "IMG_2.JPG")
    del here.record.stored[here.deposits[CAMERA, "IMG_2.JPG"].id]
    with pytest.raises(KeyError):
        here.clear()
    noted = [proof.deposit for proof in here.record.proofs]
    assert noted == [here.deposits[CAMERA, "IMG_1.JPG"].id]


@pytest.mark.requirement("R74")
def test_one_proof_that_cannot_be_noted_keeps_no_other_off_the_record() -> None:
    here = scene("IMG_1.JPG", "IMG_2.JPG")
    here.record.not_ours = here.deposits[CAMERA, "IMG_1.JPG"].id
    report = here.clear()
    assert names(report) == ["IMG_2.JPG"]
    assert [type(one.problem) for one in report.refused] == [NotOursToClear]
