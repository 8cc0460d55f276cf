"""The exam for every place that images come from: what it lists, and how it is read.

A subclass gives a `rig` and says which lines of the contract are not applicable to it, and why.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

import pytest

from desktop.devices.helper_source import HelperSource
from desktop.devices.problems import ItemEmpty, ItemGone, ItemUnreadable, ItemUnsafe
from desktop.devices.source import ImportSource, MediaItem
from tests.unit.devices.conftest import TAKEN
from tests.unit.devices.contract import Line
from tests.unit.devices.ptp_card import Pattern
from tests.unit.devices.rig import BLOCK, Rig, read_all

LARGE = 96 << 20
ROOM = 64 << 20
"""How much a helper may grow while it reads a file that is larger than that."""


class SourceExam:
    """What `ImportSource` promises of a device that does nothing wrong."""

    source_name: ClassVar[str]
    """Its column in the table; empty for a source that has none of its own."""
    not_applicable: ClassVar[Mapping[Line, str]]
    """The lines that this source cannot be asked, each with the reason."""

    elsewhere: ClassVar[Mapping[Line, str]] = MappingProxyType({})
    """The lines that need a test of this source's own, each with the file that has it."""

    @pytest.fixture
    def source(self, rig: Rig) -> Iterator[ImportSource]:
        with closing(rig.open()) as opened:
            yield opened

    @pytest.fixture(params=["UTC", "America/New_York", "Asia/Kolkata"])
    def zone(
        self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
    ) -> Iterator[str]:
        """The zone of this computer while the device is filled and read."""
        with monkeypatch.context() as patched:
            patched.setenv("TZ", request.param)
            time.tzset()
            yield request.param
        time.tzset()

    @pytest.mark.requirement("R68")
    @pytest.mark.contract(Line.FACTS)
    def test_lists_names_sizes_and_the_devices_own_time(
        self, zone: str, source: ImportSource, rig: Rig
    ) -> None:
        assert source.info.id.startswith(("folder:", "ptp:", "ptpip:", "wpd:"))
        assert source.info.name
        items = list(source.items())
        assert [item.name for item in items] == sorted(rig.photos)
        assert [item.size for item in items] == [len(rig.photos[item.name]) for item in items]
        assert [item.modified_local for item in items] == [TAKEN] * 3
        assert all(item.problem is None for item in items)
        assert list(source.items()) == items

    @pytest.mark.contract(Line.IDENTICAL)
    def test_reads_are_byte_identical(self, source: ImportSource, rig: Rig) -> None:
        items = list(source.items())
        for block in (BLOCK, 100_003, 2 * BLOCK):
            for item in items:
                assert read_all(source, item, block=block) == rig.photos[item.name]

    @pytest.mark.contract(Line.IDENTICAL)
    def test_reads_from_any_place(self, source: ImportSource, rig: Rig) -> None:
        *_, item = source.items()
        content = rig.photos[item.name]
        buffer = memoryview(bytearray(1000))
        for offset in (0, 2_000_000, 2_001_000, 2_002_000, 5, item.size - 10, 1_000_000):
            got = source.read_into(item, offset, buffer)
            assert buffer[:got] == content[offset : offset + 1000]

    @pytest.mark.contract(Line.IDENTICAL)
    def test_a_half_read_item_does_not_disturb_the_next(
        self, source: ImportSource, rig: Rig
    ) -> None:
        items = list(source.items())
        begin(source, items[-1])
        assert read_all(source, items[0]) == rig.photos[items[0].name]

    @pytest.mark.contract(Line.UNCHANGED)
    def test_items_and_thumbnails_are_read_while_the_list_goes_on(
        self, source: ImportSource, rig: Rig
    ) -> None:
        names = []
        for item in source.items():
            names.append(item.name)
            small = source.thumbnail(item)
            assert small is None or small.startswith(b"\xff\xd8\xff")
            assert read_all(source, item) == rig.photos[item.name]
        assert names == sorted(rig.photos)
        source.close()
        source.close()
        assert rig.left() == rig.photos

    @pytest.mark.contract(Line.MEMORY)
    def test_a_large_file_does_not_fill_the_memory(self, rig: Rig) -> None:
        content = rig.add_large("LONG.MP4", LARGE)
        with closing(_helped(rig)) as source:
            item = by_name(source)["LONG.MP4"]
            before = _peak(source)
            _compare(source, item, content)
            assert _peak(source) - before < ROOM

    @pytest.mark.contract(Line.LARGE)
    def test_more_than_4_gib_is_read_whole_or_refused(self, rig: Rig) -> None:
        size = (5 << 30) + 7
        content = rig.add_large("LONG.MP4", size)
        with closing(rig.open()) as source:
            item = by_name(source)["LONG.MP4"]
            buffer = memoryview(bytearray(BLOCK))
            if item.problem is not None:
                with pytest.raises(ItemUnsafe, match="4 GiB or larger"):
                    source.read_into(item, 0, buffer)
                return
            assert item.size == size
            for offset in (0, (4 << 30) - 9, (4 << 30) + 9, size - 9):
                got = source.read_into(item, offset, buffer)
                assert buffer[:got] == content[offset : offset + BLOCK]

    @pytest.mark.long
    @pytest.mark.contract(Line.LARGE)
    def test_more_than_4_gib_to_the_last_byte(self, rig: Rig) -> None:
        content = rig.add_large("LONG.MP4", (5 << 30) + 7)
        with closing(rig.open()) as source:
            item = by_name(source)["LONG.MP4"]
            if item.problem is None:  # else it is refused, as the test above shows
                _compare(source, item, content)

    @pytest.mark.contract(Line.NO_BYTES)
    def test_no_bytes_are_told(self, rig: Rig) -> None:
        rig.add("NONE.JPG", b"")
        rig.add("NONE.MP4", b"")
        with closing(rig.open()) as source:
            items = by_name(source)
            for name in ("NONE.JPG", "NONE.MP4"):
                assert items[name].problem is not None
                with pytest.raises((ItemEmpty, ItemUnsafe), match="0 bytes"):
                    source.read_into(items[name], 0, memoryview(bytearray(9)))

    @pytest.mark.contract(Line.HOSTILE)
    def test_hostile_names_are_text(self, rig: Rig) -> None:
        for number, name in enumerate(rig.hostile):
            rig.add(name, b"the bytes of %d" % number)
        with closing(rig.open()) as source:
            items = [item for item in source.items() if item.name not in rig.photos]
            assert "".join(item.name for item in items).isprintable()
            told = {read_all(source, item) for item in items if item.problem is None}
        listed = [number for number, name in enumerate(rig.hostile) if name.endswith(".jpg")]
        assert told == {b"the bytes of %d" % number for number in listed}

    @pytest.mark.contract(Line.HOSTILE)
    def test_no_key_leads_out_of_the_device(self, source: ImportSource) -> None:
        for key in ("", "../x", "/a?b.jpg", "DCIM/%2e%2e/x", "x?", "%2Fetc%2Fhosts"):
            stray = MediaItem(
                key=key, folder="", name="X.JPG", size=9, modified_local=None, problem=None
            )
            with pytest.raises((ItemGone, ItemUnreadable)):
                read_all(source, stray)

    @pytest.mark.contract(Line.MANY)
    def test_many_items_are_listed_as_they_are_found(self, rig: Rig) -> None:
        _fill(rig, folders=3, photos=100)
        with closing(rig.open()) as source:
            next(source.items())
        asked = rig.asked_about()
        if asked is not None:
            assert asked < 250, "the first came, or the end, when all had been asked about"
        with closing(rig.open()) as source:
            assert len(list(source.items())) == 303

    @pytest.mark.long
    @pytest.mark.contract(Line.TWENTY_THOUSAND)
    def test_twenty_thousand_items(self, rig: Rig) -> None:
        _fill(rig, folders=20, photos=1000)
        with closing(rig.open()) as source:
            names = [item.name for item in source.items()]
        assert len(names) == len(set(names)) == 20_003

    @pytest.mark.contract(Line.STORAGES)
    def test_two_storages(self, rig: Rig) -> None:
        other = rig.add_storage()
        with closing(rig.open()) as source:
            items = list(source.items())
            folders = sorted({item.folder for item in items})
            assert len(folders) == 2
            for folder, photos in zip(folders, (rig.photos, other), strict=True):
                there = [item for item in items if item.folder == folder]
                assert {item.name: read_all(source, item) for item in there} == photos

    @pytest.mark.contract(Line.LINKS)
    def test_links_are_not_followed(self, rig: Rig, tmp_path: Path) -> None:
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        (elsewhere / "PRIVATE.JPG").write_bytes(b"\xff\xd8\xff of this computer")
        rig.link("FILE.JPG", elsewhere / "PRIVATE.JPG")
        rig.link("FOLDER", elsewhere)
        with closing(rig.open()) as source:
            assert set(by_name(source)) == set(rig.photos)

    @pytest.mark.requirement("R11")
    @pytest.mark.contract(Line.NOTES)
    def test_notes_are_told_beside_the_images_of_their_shot(self, rig: Rig) -> None:
        notes = {
            "IMG_0001.AAE": b"<plist>one</plist>",
            "IMG_O0001.AAE": b"<plist>of the camera</plist>",
            "IMG_0002.JPG.xmp": b"<x:xmpmeta/>",
        }
        others = {"IMG_0004.AAE": b"of no image", "IMG_0001.THM": b"no note", "IMG_0001.TXT": b"no"}
        rig.add("IMG_E0001.JPG", rig.photos["IMG_0001.JPG"])
        for name, content in (notes | others).items():
            rig.add(name, content)
        rig.add("IMG_0003.AAE", b"of another folder", folder="200TEST")
        with closing(rig.open()) as source:
            items = by_name(source)
            assert set(items) == {*rig.photos, "IMG_E0001.JPG"}
            told = {name: source.notes_beside(item) for name, item in items.items()}
            for beside in told.values():
                for note in beside:
                    if rig.withholds and note.name.endswith(rig.withholds):
                        with pytest.raises(ItemUnreadable, match=note.name):
                            read_all(source, note)
                    else:
                        assert read_all(source, note) == notes[note.name]
            # a read between two questions costs neither
            assert source.notes_beside(items["IMG_0001.JPG"]) == told["IMG_0001.JPG"]
        of_the_shot = ["IMG_0001.AAE", "IMG_O0001.AAE"]
        assert {name: [note.name for note in beside] for name, beside in told.items()} == {
            "IMG_0001.JPG": of_the_shot,
            "IMG_E0001.JPG": of_the_shot,
            "IMG_0002.JPG": ["IMG_0002.JPG.xmp"],
            "IMG_0003.JPG": [],
        }


def by_name(source: ImportSource) -> dict[str, MediaItem]:
    """What it lists, by name."""
    return {item.name: item for item in source.items()}


def begin(source: ImportSource, item: MediaItem) -> None:
    """Read two blocks, after which a helper is asked for more in advance."""
    buffer = memoryview(bytearray(BLOCK))
    for offset in (0, BLOCK):
        assert source.read_into(item, offset, buffer) == BLOCK


def _fill(rig: Rig, *, folders: int, photos: int) -> None:
    for folder in range(folders):
        for photo in range(photos):
            rig.add(f"P{folder:02}{photo:04}.JPG", b"\xff\xd8\xff", folder=f"2{folder:02}MANY")


def _helped(rig: Rig) -> HelperSource:
    source = rig.open()
    assert isinstance(source, HelperSource)
    return source


def _compare(source: ImportSource, item: MediaItem, content: Pattern) -> None:
    buffer = memoryview(bytearray(BLOCK))
    for offset in range(0, item.size, BLOCK):
        got = source.read_into(item, offset, buffer)
        assert buffer[:got] == content[offset : offset + BLOCK]


def _peak(source: HelperSource) -> int:
    """The most memory that the helper ever had, in bytes."""
    status = Path(f"/proc/{source.process_id}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) << 10
