"""What cameras and phones do wrong, played by the camera on loopback to libgphoto2's own driver."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest

from desktop.devices.finding import open_source
from desktop.devices.problems import (
    AccessDenied,
    ItemEmpty,
    ItemGone,
    ItemUnreadable,
    ItemUnsafe,
    ShortRead,
    SourceChanged,
    SourceGone,
    SourceRefused,
    SourceUnreadable,
)
from desktop.devices.source import ImportSource, MediaItem
from tests.unit.devices.ptp_card import Pattern
from tests.unit.devices.ptp_datasets import Operation, android
from tests.unit.devices.ptpip_camera import PtpIpCamera
from tests.unit.devices.rig import read_all

pytest.importorskip("gphoto2")

Open = Callable[[PtpIpCamera], ImportSource]


@pytest.fixture
def empty() -> Iterator[PtpIpCamera]:
    """A camera with a formatted card and nothing on it."""
    with closing(PtpIpCamera()) as made:
        made.script.used = 1 << 20
        yield made


@pytest.fixture
def opened() -> Iterator[Open]:
    """Opens a camera; closes what was opened."""
    with ExitStack() as stack:
        yield lambda camera: stack.enter_context(closing(open_source(camera.source_id)))


def _by_name(source: ImportSource) -> dict[str, MediaItem]:
    return {item.name: item for item in source.items()}


def test_a_file_that_begins_a_folder_is_refused(empty: PtpIpCamera, opened: Open) -> None:
    root = empty.add_folder("DCIM")
    empty.add_folder("A.JPGS", root)
    empty.add_file("A.JPG", b"a photo", parent=root)
    assert _by_name(opened(empty))["A.JPG"].problem is not None


@pytest.mark.requirement("R27")
def test_an_open_camera_tells_its_serial_number(empty: PtpIpCamera, opened: Open) -> None:
    assert opened(empty).info.serial == empty.make.serial != ""


class TestSizes:
    def test_4_gib_and_more_is_refused_though_android_could_read_it(
        self, camera: PtpIpCamera, opened: Open
    ) -> None:
        camera.make = android()
        camera.add_file("BIG.MP4", Pattern(5 << 30), parent=camera.folder("100CANON"))
        source = opened(camera)
        with pytest.raises(ItemUnsafe, match="4 GiB or larger"):
            read_all(source, _by_name(source)["BIG.MP4"])

    def test_an_empty_video_is_not_taken_for_a_file(
        self, camera: PtpIpCamera, opened: Open
    ) -> None:
        camera.add_file("CLIP.MP4", b"", parent=camera.folder("100CANON"))
        source = opened(camera)
        with pytest.raises(ItemUnsafe, match="0 bytes"):
            source.read_into(_by_name(source)["CLIP.MP4"], 0, memoryview(bytearray(9)))

    def test_an_empty_photo_is_told(self, camera: PtpIpCamera, opened: Open) -> None:
        camera.add_file("NONE.JPG", b"", parent=camera.folder("100CANON"))
        source = opened(camera)
        with pytest.raises(ItemEmpty):
            source.read_into(_by_name(source)["NONE.JPG"], 0, memoryview(bytearray(9)))

    def test_a_device_that_stops_early_is_found_out(
        self, camera: PtpIpCamera, opened: Open
    ) -> None:
        camera.script.stops_at = 2_500_000
        source = opened(camera)
        item = _by_name(source)["IMG_0003.JPG"]
        with pytest.raises(ShortRead) as told:
            read_all(source, item)
        assert (told.value.got, told.value.size) == (2_500_000, item.size)

    @pytest.mark.parametrize("stops_at", [None, 2_500_000])
    def test_a_device_without_partial_reads_hands_over_the_whole(
        self,
        camera: PtpIpCamera,
        opened: Open,
        photos: dict[str, bytes],
        stops_at: int | None,
    ) -> None:
        camera.make.operations.remove(Operation.GET_PARTIAL_OBJECT)
        camera.script.stops_at = stops_at
        source = opened(camera)
        items = _by_name(source)
        assert read_all(source, items["IMG_0001.JPG"]) == photos["IMG_0001.JPG"]
        if stops_at is None:
            assert read_all(source, items["IMG_0003.JPG"]) == photos["IMG_0003.JPG"]
        else:
            with pytest.raises(ShortRead):
                read_all(source, items["IMG_0003.JPG"])
        assert Operation.GET_OBJECT in camera.asked


class TestStates:
    def test_an_empty_card_is_empty(self, empty: PtpIpCamera, opened: Open) -> None:
        empty.add_folder("DCIM")
        assert list(opened(empty).items()) == []

    def test_a_formatted_card_without_a_folder_is_empty(
        self, empty: PtpIpCamera, opened: Open
    ) -> None:
        assert list(opened(empty).items()) == []

    def test_storage_in_use_that_shows_nothing_is_not_called_empty(
        self, empty: PtpIpCamera, opened: Open
    ) -> None:
        empty.script.used = 8 << 30
        with pytest.raises(SourceUnreadable, match="in use"):
            list(opened(empty).items())

    def test_a_cleared_phone_is_empty_whatever_else_it_holds(
        self, empty: PtpIpCamera, opened: Open
    ) -> None:
        empty.script.used = 20 << 30
        empty.add_folder("Camera", empty.add_folder("DCIM"))
        assert list(opened(empty).items()) == []

    def test_a_device_that_denies_access_says_so(self, camera: PtpIpCamera, opened: Open) -> None:
        camera.script.refused = {Operation.GET_PARTIAL_OBJECT}
        source = opened(camera)
        with pytest.raises(AccessDenied, match="refuses to hand over IMG_0001"):
            read_all(source, _by_name(source)["IMG_0001.JPG"])

    def test_a_device_that_will_not_be_opened_has_words(
        self, camera: PtpIpCamera, opened: Open
    ) -> None:
        camera.script.busy = True
        with pytest.raises(SourceRefused, match=r"Camera at 127\.0\.0\.1.* disconnect any other"):
            opened(camera)

    def test_what_is_no_image_is_not_listed(self, camera: PtpIpCamera, opened: Open) -> None:
        for name in ("NOTES.TXT", "IMG_0001.THM", "._IMG_0001.JPG", ".hidden.jpg"):
            camera.add_file(name, b"not an image", parent=camera.folder("100CANON"))
        assert set(_by_name(opened(camera))) == {
            "IMG_0001.JPG",
            "IMG_0002.JPG",
            "IMG_0003.JPG",
        }


class TestLeaving:
    def test_unplugged_in_mid_file_nothing_more_is_told(
        self, camera: PtpIpCamera, opened: Open
    ) -> None:
        source = opened(camera)
        items = list(source.items())
        camera.script.unplug_after = 2_000_000
        with pytest.raises(SourceGone):
            read_all(source, items[-1])
        # libgphoto2 would still answer these from its memory.
        with pytest.raises(SourceGone):
            list(source.items())
        with pytest.raises(SourceGone):
            source.thumbnail(items[0])
        with pytest.raises(SourceGone):
            read_all(source, items[0])
        source.close()

    def test_nobody_there_is_told(self, opened: Open) -> None:
        with closing(PtpIpCamera()) as gone:
            gone.unplug()
            with pytest.raises(SourceRefused):
                opened(gone)


class TestAnotherCard:
    """Whatever is read after a card was changed would be the photo of another patient."""

    @pytest.mark.parametrize("reuses_handles", [False, True])
    def test_is_told_and_nothing_of_it_is_taken(
        self, camera: PtpIpCamera, opened: Open, reuses_handles: bool
    ) -> None:
        camera.script.reuses_handles = reuses_handles
        source = opened(camera)
        items = list(source.items())
        camera.swap_card({item.name: b"x" * item.size for item in items})
        with pytest.raises(SourceChanged, match="List it again"):
            read_all(source, items[0])
        with pytest.raises(SourceChanged):
            list(source.items())
        with pytest.raises(SourceChanged):
            source.thumbnail(items[0])

    def test_in_mid_file_no_mixture_is_taken(self, camera: PtpIpCamera, opened: Open) -> None:
        source = opened(camera)
        items = list(source.items())
        camera.script.reuses_handles = True
        camera.script.other_card = {item.name: b"x" * item.size for item in items}
        camera.script.swap_card_on = Operation.GET_PARTIAL_OBJECT
        with pytest.raises(SourceChanged):
            read_all(source, items[-1])

    def test_is_not_listed_as_the_old_one(self, camera: PtpIpCamera, opened: Open) -> None:
        source = opened(camera)
        list(source.items())
        camera.swap_card()
        with pytest.raises(SourceChanged):
            list(source.items())
        assert set(_by_name(opened(camera))) == set(camera.script.other_card)

    def test_a_photo_that_comes_or_goes_is_no_other_card(
        self, camera: PtpIpCamera, opened: Open, photos: dict[str, bytes]
    ) -> None:
        source = opened(camera)
        items = _by_name(source)
        camera.remove("IMG_0001.JPG", told=True)
        with pytest.raises((ItemGone, ItemUnreadable)):
            read_all(source, items["IMG_0001.JPG"])
        assert read_all(source, items["IMG_0002.JPG"]) == photos["IMG_0002.JPG"]
        assert set(_by_name(source)) == {"IMG_0002.JPG", "IMG_0003.JPG"}


class TestHostileNames:
    @pytest.mark.parametrize(
        ("name", "is_shown_as"),
        [
            ("we/ird.jpg", "we/ird.jpg"),
            ("a/../../b.jpg", "a/../../b.jpg"),
            ("new\nline.jpg", "new\N{REPLACEMENT CHARACTER}line.jpg"),
            ("gpj.\N{RIGHT-TO-LEFT OVERRIDE}x.jpg", "gpj.\N{REPLACEMENT CHARACTER}x.jpg"),
            ("n" * 200 + ".jpg", "n" * 200 + ".jpg"),
            ("Tāmaki ? % \\.jpg", "Tāmaki ? % \\.jpg"),
        ],
    )
    def test_a_name_is_text_and_never_a_path(
        self, empty: PtpIpCamera, opened: Open, name: str, is_shown_as: str
    ) -> None:
        empty.add_file(name, b"the bytes", parent=empty.add_folder("DCIM"))
        source = opened(empty)
        (item,) = source.items()
        assert item.name == is_shown_as
        assert read_all(source, item) == b"the bytes"

    @pytest.mark.parametrize("name", ["/IMG_0001.JPG", "IMG_0001.JPG/", "//x.jpg", "/"])
    def test_a_slash_never_leads_to_another_file(
        self, camera: PtpIpCamera, opened: Open, photos: dict[str, bytes], name: str
    ) -> None:
        camera.add_file(name, photos["IMG_0002.JPG"], parent=camera.folder("100CANON"))
        source = opened(camera)
        with pytest.raises(ItemUnsafe):
            read_all(source, _by_name(source)[name])

    @pytest.mark.parametrize("name", ["/", "b/c"])
    def test_nor_does_one_in_the_name_of_a_folder(
        self, camera: PtpIpCamera, opened: Open, name: str
    ) -> None:
        folder = camera.add_folder(name, camera.folder("DCIM"))
        camera.add_file("X.JPG", b"the bytes", parent=folder)
        source = opened(camera)
        (folder_item,) = (item for item in source.items() if not item.name.startswith("IMG_"))
        with pytest.raises(ItemUnsafe, match="slash"):
            source.read_into(folder_item, 0, memoryview(bytearray(9)))

    def test_characters_that_the_driver_cannot_say_do_not_lose_the_photo(
        self, empty: PtpIpCamera, opened: Open
    ) -> None:
        empty.add_file("\N{GRINNING FACE}.jpg", b"the bytes", parent=empty.add_folder("DCIM"))
        source = opened(empty)
        (item,) = source.items()
        assert item.name.endswith(".jpg")
        assert read_all(source, item) == b"the bytes"


def test_nothing_is_ever_asked_to_be_deleted(camera: PtpIpCamera, opened: Open) -> None:
    source = opened(camera)
    for item in source.items():
        source.thumbnail(item)
        read_all(source, item)
    source.close()
    assert Operation.DELETE_OBJECT not in camera.asked
