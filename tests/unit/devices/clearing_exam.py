"""The exam for every source that can be cleared. A subclass gives a `rig` and inherits it."""

import hashlib
from collections.abc import Iterator
from contextlib import closing

import pytest

from desktop.devices.problems import (
    ItemGone,
    ItemUnreadable,
    NotTheImportedItem,
)
from desktop.devices.source import ClearingSource, MediaItem
from desktop.problem import Cancelled
from tests.unit.devices.rig import ClearingRig

FIRST = "IMG_0001.JPG"


def digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def item_called(source: ClearingSource, name: str) -> MediaItem:
    return next(item for item in source.items() if item.name == name)


class ClearingExam:
    """What `ClearingSource` promises: only what was compared goes, and only that."""

    @pytest.fixture
    def source(self, clearing_rig: ClearingRig) -> Iterator[ClearingSource]:
        with closing(clearing_rig.open()) as opened:
            opened.check_clearing()
            yield opened

    @pytest.mark.requirement("R74")
    def test_deletes_the_one_that_was_compared(
        self, source: ClearingSource, clearing_rig: ClearingRig
    ) -> None:
        content = dict(clearing_rig.left())
        item = item_called(source, FIRST)
        source.delete_verified(item, sha256=digest(content.pop(FIRST)))
        assert clearing_rig.left() == content
        with closing(clearing_rig.open()) as fresh:
            assert [one.name for one in fresh.items()] == sorted(content)

    @pytest.mark.requirement("R74")
    def test_deletes_one_after_the_other(
        self, source: ClearingSource, clearing_rig: ClearingRig
    ) -> None:
        content = clearing_rig.left()
        for item in list(source.items()):
            source.delete_verified(item, sha256=digest(content[item.name]))
        assert clearing_rig.left() == {}

    @pytest.mark.requirement("R74")
    def test_leaves_what_is_not_the_stored_one(
        self, source: ClearingSource, clearing_rig: ClearingRig
    ) -> None:
        content = dict(clearing_rig.left())
        for item in list(source.items()):
            with pytest.raises(NotTheImportedItem, match=item.name):
                source.delete_verified(item, sha256=digest(b"other bytes"))
        assert clearing_rig.left() == content

    @pytest.mark.requirement("R74")
    def test_leaves_what_was_replaced_since_it_was_listed(
        self, source: ClearingSource, clearing_rig: ClearingRig
    ) -> None:
        content = clearing_rig.left()[FIRST]
        item = item_called(source, FIRST)
        other = content[:-1] + bytes([content[-1] ^ 1])
        clearing_rig.replace(FIRST, other)
        with pytest.raises(NotTheImportedItem):
            source.delete_verified(item, sha256=digest(content))
        assert clearing_rig.left()[FIRST] == other

    @pytest.mark.requirement("R74")
    @pytest.mark.parametrize("at_the_end", [False, True])
    def test_what_is_stopped_in_mid_comparison_is_not_deleted(
        self, source: ClearingSource, clearing_rig: ClearingRig, *, at_the_end: bool
    ) -> None:
        content = bytes(3 << 20) + b"end"
        clearing_rig.replace(FIRST, content)
        with closing(clearing_rig.open()) as fresh:
            item, heard = item_called(fresh, FIRST), list[int]()

            def stop(done: int) -> None:
                heard.append(done)
                if done == len(content) or not at_the_end:
                    raise Cancelled

            with pytest.raises(Cancelled):
                fresh.delete_verified(item, sha256=digest(content), compared=stop)
            assert heard
            assert clearing_rig.left()[FIRST] == content
            fresh.delete_verified(item, sha256=digest(content))
        assert FIRST not in clearing_rig.left()

    def test_what_went_away_is_told(
        self, source: ClearingSource, clearing_rig: ClearingRig
    ) -> None:
        content = dict(clearing_rig.left())
        item = item_called(source, FIRST)
        clearing_rig.remove(FIRST)
        with pytest.raises((ItemGone, ItemUnreadable)):
            source.delete_verified(item, sha256=digest(content.pop(FIRST)))
        assert clearing_rig.left() == content

    def test_is_the_same_in_every_session(
        self, source: ClearingSource, clearing_rig: ClearingRig
    ) -> None:
        with closing(clearing_rig.open()) as fresh:
            assert fresh.identity() == source.identity() != ""

    @pytest.mark.requirement("R74")
    def test_tells_the_small_files_beside_an_image(
        self, source: ClearingSource, clearing_rig: ClearingRig
    ) -> None:
        for name in ("IMG_0001.AAE", "IMG_0002.AAE"):
            clearing_rig.add(name, b"<plist/>")
        with closing(clearing_rig.open()) as fresh:
            [beside] = fresh.companions(item_called(fresh, FIRST))
            assert (beside.name, beside.size) == ("IMG_0001.AAE", 8)
            fresh.delete_verified(beside, sha256=digest(b"<plist/>"))
        assert "IMG_0001.AAE" not in clearing_rig.left()
        assert {FIRST, "IMG_0002.AAE"} < clearing_rig.left().keys()
