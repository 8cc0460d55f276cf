"""The exam for every place that images come from. A subclass gives a `rig` and inherits it."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from desktop.devices.problems import ItemGone, ItemUnreadable
from desktop.devices.source import ImportSource, MediaItem
from tests.unit.devices.conftest import TAKEN
from tests.unit.devices.rig import Rig, read_all


class SourceExam:
    """What `ImportSource` promises."""

    @pytest.fixture
    def source(self, rig: Rig) -> Iterator[ImportSource]:
        with closing(rig.open()) as opened:
            yield opened

    def test_says_which_it_is(self, source: ImportSource) -> None:
        assert source.info.id.startswith(("folder:", "ptp:"))
        assert source.info.name

    def test_lists_every_photo_in_name_order(self, source: ImportSource, rig: Rig) -> None:
        items = list(source.items())
        assert [item.name for item in items] == sorted(rig.photos)
        assert [item.size for item in items] == [len(rig.photos[item.name]) for item in items]
        assert all(item.problem is None for item in items)

    def test_lists_the_same_again(self, source: ImportSource) -> None:
        assert list(source.items()) == list(source.items())

    @pytest.mark.requirement("R68")
    def test_tells_the_devices_own_wall_time(self, source: ImportSource) -> None:
        assert [item.modified_local for item in source.items()] == [TAKEN] * 3

    @pytest.mark.parametrize("block", [1 << 20, 100_003, 1 << 21])
    def test_reads_are_byte_identical(self, source: ImportSource, rig: Rig, block: int) -> None:
        for item in list(source.items()):
            assert read_all(source, item, block=block) == rig.photos[item.name]

    def test_reads_from_any_place(self, source: ImportSource, rig: Rig) -> None:
        item = _last(source)
        content = rig.photos[item.name]
        buffer = memoryview(bytearray(1000))
        for offset in (0, 2_000_000, 2_001_000, 2_002_000, 5, item.size - 10, 1_000_000):
            got = source.read_into(item, offset, buffer)
            assert buffer[:got] == content[offset : offset + 1000]

    def test_items_can_be_read_while_the_list_goes_on(self, source: ImportSource, rig: Rig) -> None:
        names = []
        for item in source.items():
            names.append(item.name)
            assert read_all(source, item) == rig.photos[item.name]
        assert names == sorted(rig.photos)

    def test_a_half_read_item_does_not_disturb_the_next(
        self, source: ImportSource, rig: Rig
    ) -> None:
        items = list(source.items())
        buffer = memoryview(bytearray(1 << 20))
        for offset in (0, 1 << 20):
            source.read_into(items[-1], offset, buffer)
        assert read_all(source, items[0]) == rig.photos[items[0].name]

    def test_a_thumbnail_is_a_jpeg_or_none(self, source: ImportSource) -> None:
        for item in list(source.items()):
            small = source.thumbnail(item)
            assert small is None or small.startswith(b"\xff\xd8\xff")

    def test_a_photo_that_went_away_is_told_and_the_rest_goes_on(
        self, source: ImportSource, rig: Rig
    ) -> None:
        items = list(source.items())
        rig.remove(items[0].name)
        with pytest.raises((ItemGone, ItemUnreadable), match="IMG_0001") as told:
            read_all(source, items[0])
        assert not told.value.ends_the_trip
        assert read_all(source, items[1]) == rig.photos[items[1].name]

    def test_an_item_that_was_never_there_is_gone(self, source: ImportSource) -> None:
        for key in ("", "../x", "/a?b.jpg", "DCIM/%2e%2e/x", "x?"):
            stray = MediaItem(
                key=key, folder="", name="X.JPG", size=9, modified_local=None, problem=None
            )
            with pytest.raises((ItemGone, ItemUnreadable)):
                read_all(source, stray)

    def test_nothing_on_the_device_is_changed(self, source: ImportSource, rig: Rig) -> None:
        for item in list(source.items()):
            read_all(source, item)
        source.close()
        assert rig.left() == rig.photos

    def test_closes_twice(self, source: ImportSource) -> None:
        next(source.items())
        source.close()
        source.close()


def _last(source: ImportSource) -> MediaItem:
    return list(source.items())[-1]
