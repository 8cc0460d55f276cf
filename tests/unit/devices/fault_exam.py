"""The exam for every place that images come from: what goes wrong with it, and how that is told."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from desktop.devices.helper_source import HelperSource
from desktop.devices.problems import (
    AccessDenied,
    ItemGone,
    ItemUnreadable,
    ItemUnsafe,
    ShortRead,
    SourceBusy,
    SourceChanged,
    SourceGone,
    SourceHelperDied,
    SourceLocked,
    SourceNoStorage,
    SourceRefused,
    SourceUnreadable,
)
from desktop.devices.source import ImportSource, MediaItem
from desktop.problem import Problem
from tests.unit.devices.contract import Line
from tests.unit.devices.ptp_card import Pattern
from tests.unit.devices.rig import BLOCK, Rig, read_all
from tests.unit.devices.source_exam import SourceExam, begin, by_name

LONG = Pattern(12 * BLOCK)[:]
"""Longer than what a helper is asked for in advance."""


class FaultExam(SourceExam):
    """What `ImportSource` promises of a device that fails, and of one that leaves."""

    @pytest.mark.contract(Line.SHORT)
    def test_a_short_read_is_never_the_whole(self, source: ImportSource, rig: Rig) -> None:
        items = by_name(source)
        rig.cut("IMG_0003.JPG", 2_500_000)
        with pytest.raises((ShortRead, ItemUnreadable), match="IMG_0003") as told:
            read_all(source, items["IMG_0003.JPG"])
        assert not told.value.ends_the_trip
        assert read_all(source, items["IMG_0001.JPG"]) == rig.photos["IMG_0001.JPG"]

    @pytest.mark.contract(Line.VANISHED)
    def test_a_photo_that_went_away_is_told(self, source: ImportSource, rig: Rig) -> None:
        items = list(source.items())
        rig.remove(items[0].name)
        with pytest.raises((ItemGone, ItemUnreadable), match="IMG_0001") as told:
            read_all(source, items[0])
        assert not told.value.ends_the_trip
        assert read_all(source, items[1]) == rig.photos[items[1].name]

    @pytest.mark.contract(Line.VANISHING)
    def test_a_photo_that_goes_away_in_mid_copy(self, rig: Rig) -> None:
        rig.add("LONG.JPG", LONG)
        with closing(rig.open()) as source:
            items = by_name(source)
            begin(source, items["LONG.JPG"])
            rig.remove("LONG.JPG")
            told = _told_or_whole(source, items["LONG.JPG"])
            assert rig.holds_what_is_open or isinstance(told, ItemGone | ItemUnreadable)
            assert told is None or not told.ends_the_trip
            assert read_all(source, items["IMG_0001.JPG"]) == rig.photos["IMG_0001.JPG"]

    @pytest.mark.contract(Line.UNPLUGGED)
    def test_unplugged_in_mid_file(self, rig: Rig) -> None:
        rig.add("LONG.JPG", LONG)
        with closing(rig.open()) as source:
            items = by_name(source)
            begin(source, items["LONG.JPG"])
            rig.unplug()
            told = _told_or_whole(source, items["LONG.JPG"])
            assert rig.holds_what_is_open or isinstance(told, SourceGone)
            with pytest.raises(SourceGone) as gone:
                read_all(source, items["IMG_0001.JPG"])
            assert gone.value.ends_the_trip
            with pytest.raises(SourceGone):
                list(source.items())
        with pytest.raises(Problem):
            rig.open()

    @pytest.mark.contract(Line.RESUMED)
    def test_a_file_goes_on_in_a_new_session(self, rig: Rig) -> None:
        rig.add("LONG.JPG", LONG)
        with closing(rig.open()) as source:
            begin(source, by_name(source)["LONG.JPG"])
            if Line.UNPLUGGED not in self.not_applicable:
                rig.unplug()
        if Line.UNPLUGGED not in self.not_applicable:
            rig.plug_in()
        with closing(rig.open()) as source:
            item = by_name(source)["LONG.JPG"]
            assert read_all(source, item, start=2 * BLOCK) == LONG[2 * BLOCK :]

    @pytest.mark.contract(Line.ANOTHER_CARD)
    def test_nothing_of_another_card_is_taken(self, source: ImportSource, rig: Rig) -> None:
        items = list(source.items())
        rig.swap_card({item.name: b"x" * item.size for item in items})
        with pytest.raises((SourceChanged, SourceGone)) as told:
            read_all(source, items[0])
        assert told.value.ends_the_trip
        with pytest.raises((SourceChanged, SourceGone)):
            list(source.items())

    @pytest.mark.contract(Line.BEGINS_A_NAME)
    def test_a_name_that_begins_another(self, rig: Rig) -> None:
        files = {"IMG_1.JPG.X.JPG": b"the longer one", "IMG_1.JPG": b"the shorter"}
        for name, content in files.items():
            rig.add(name, content)
        with closing(rig.open()) as source:
            items = by_name(source)
            assert read_all(source, items["IMG_1.JPG.X.JPG"]) == b"the longer one"
            if rig.finds_by_prefix:
                with pytest.raises(ItemUnsafe, match="its name begins another name"):
                    read_all(source, items["IMG_1.JPG"])
                assert source.thumbnail(items["IMG_1.JPG"]) is None
            else:
                assert read_all(source, items["IMG_1.JPG"]) == b"the shorter"

    @pytest.mark.contract(Line.BEGINS_A_FOLDER)
    def test_a_folder_whose_name_begins_another(self, rig: Rig) -> None:
        rig.add("A.JPG", b"from the roll", folder="Camera Roll")
        rig.add("A.JPG", b"from the camera", folder="Camera")
        with closing(rig.open()) as source:
            items = {item.folder.rpartition("/")[2]: item for item in source.items()}
            assert read_all(source, items["Camera Roll"]) == b"from the roll"
            if rig.finds_by_prefix:
                with pytest.raises(ItemUnsafe, match="name of its folder begins another"):
                    read_all(source, items["Camera"])
            else:
                assert read_all(source, items["Camera"]) == b"from the camera"

    @pytest.mark.contract(Line.TWINS)
    def test_two_files_of_one_name(self, rig: Rig) -> None:
        rig.add("A.JPG", b"one", folder="TWINS")
        rig.add("A.JPG", b"other", folder="TWINS")
        with closing(rig.open()) as source:
            if rig.tells_twins_apart:
                twins = [item for item in source.items() if item.name == "A.JPG"]
                assert {read_all(source, item) for item in twins} == {b"one", b"other"}
                return
            items = by_name(source)
            assert set(items) == {*rig.photos, "TWINS"}
            with pytest.raises(ItemUnsafe, match="same name"):
                read_all(source, items["TWINS"])
            assert read_all(source, items["IMG_0001.JPG"]) == rig.photos["IMG_0001.JPG"]

    @pytest.mark.contract(Line.DENIED)
    def test_access_denied(self, rig: Rig) -> None:
        with closing(rig.open()) as source:
            items = by_name(source)
            rig.deny("IMG_0001.JPG")
            with pytest.raises((AccessDenied, ItemUnreadable), match="IMG_0001") as told:
                read_all(source, items["IMG_0001.JPG"])
            assert not told.value.ends_the_trip
            assert read_all(source, items["IMG_0002.JPG"]) == rig.photos["IMG_0002.JPG"]

    @pytest.mark.contract(Line.LOCKED)
    def test_locked(self, rig: Rig) -> None:
        rig.lock()
        with pytest.raises(SourceLocked, match="Unlock it"):
            rig.open()

    @pytest.mark.contract(Line.NO_STORAGE)
    def test_no_storage(self, rig: Rig) -> None:
        """An Android phone that is locked or only charges, or a camera without a card."""
        rig.hide_storages()
        with pytest.raises(SourceNoStorage, match=r"Unlock it.*see that its card is in"):
            rig.open()

    @pytest.mark.contract(Line.EMPTY)
    def test_empty(self, rig: Rig) -> None:
        rig.clear()
        with closing(rig.open()) as source:
            assert list(source.items()) == []

    @pytest.mark.contract(Line.HIDDEN)
    def test_in_use_and_shows_nothing(self, rig: Rig) -> None:
        for parent in rig.hide():
            with closing(rig.open()) as source, pytest.raises(SourceUnreadable, match="in use"):
                pytest.fail(f"root {parent:#x} listed {list(source.items())}")

    @pytest.mark.contract(Line.BUSY)
    def test_held_by_another_program(self, rig: Rig) -> None:
        rig.hold()
        with pytest.raises((SourceBusy, SourceRefused)):
            rig.open()

    @pytest.mark.contract(Line.SLOW)
    def test_a_slow_device_keeps_nobody_waiting(self, rig: Rig) -> None:
        """It goes on only when this thread, which would be waiting too, says so."""
        with closing(rig.open()) as source, ThreadPoolExecutor(1) as lane:
            assert isinstance(source, HelperSource)
            *_, item = source.items()
            rig.stall(source)
            reading = lane.submit(read_all, source, item)
            assert not reading.done()
            rig.go_on(source)
            assert reading.result() == rig.photos[item.name]

    @pytest.mark.contract(Line.KILLED)
    def test_a_helper_that_is_killed_in_mid_copy(self, rig: Rig) -> None:
        with closing(rig.open()) as source:
            assert isinstance(source, HelperSource)
            *_, item = source.items()
            begin(source, item)
            os.kill(source.process_id, signal.SIGKILL)
            with pytest.raises(SourceHelperDied) as told:
                read_all(source, item)
            assert told.value.ends_the_trip
        with closing(rig.open()) as source:
            assert read_all(source, item) == rig.photos[item.name]


def _told_or_whole(source: ImportSource, item: MediaItem) -> Problem | None:
    """Go on with the long one: its own bytes to the end, or the problem that says why not."""
    try:
        assert read_all(source, item, start=2 * BLOCK) == LONG[2 * BLOCK :]
    except Problem as problem:
        return problem
    return None
