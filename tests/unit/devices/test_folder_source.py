"""What lies on cards besides honest photos, and what happens to a card while it is read."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

import desktop
from desktop.devices.folder_source import FolderSource
from desktop.devices.problems import (
    ItemEmpty,
    ItemGone,
    ItemUnreadable,
    ShortRead,
    SourceGone,
    SourceUnknown,
)
from desktop.devices.source import MediaItem, SourceInfo
from desktop.records.facts.capture import Route
from tests.unit.devices.conftest import put
from tests.unit.devices.contract import Line
from tests.unit.devices.rig import read_all

JPEG = b"\xff\xd8\xff\xe0 as good as a photo"


def _open(folder: Path) -> FolderSource:
    info = SourceInfo(id=f"folder:{folder}", route=Route.FOLDER, name="the card")
    return FolderSource(folder, info=info)


@pytest.fixture
def source(tmp_path: Path) -> Iterator[FolderSource]:
    """An open folder, empty as yet."""
    with closing(_open(tmp_path)) as opened:
        yield opened


def _names(source: FolderSource) -> list[str]:
    return [item.name for item in source.items()]


def _only(source: FolderSource) -> MediaItem:
    (item,) = source.items()
    return item


class TestWhatIsListed:
    def test_only_the_cameras_own_folders_where_there_are_any(
        self, source: FolderSource, tmp_path: Path
    ) -> None:
        for folder in ("DCIM", "private", "MP_ROOT", "holiday"):
            (tmp_path / folder).mkdir()
            put(tmp_path / folder / f"{folder}.JPG", JPEG)
        put(tmp_path / "root.JPG", JPEG)
        assert _names(source) == ["DCIM.JPG", "MP_ROOT.JPG", "private.JPG"]

    def test_everything_below_a_plain_folder_in_name_order(
        self, source: FolderSource, tmp_path: Path
    ) -> None:
        (tmp_path / "b" / "c").mkdir(parents=True)
        for path in ("z.jpg", "a.jpg", "b/2.jpg", "b/1.jpg", "b/c/0.jpg"):
            put(tmp_path / path, JPEG)
        assert _names(source) == ["a.jpg", "z.jpg", "1.jpg", "2.jpg", "0.jpg"]
        assert [item.folder for item in source.items()] == ["", "", "b", "b", "b/c"]

    @pytest.mark.parametrize(
        "name", ["a.txt", "._a.jpg", ".a.jpg", "Thumbs.db", "a.THM", "a.xmp", "a.JPG.part", "a"]
    )
    def test_not_what_is_no_image(self, source: FolderSource, tmp_path: Path, name: str) -> None:
        is_text = name in {"a.txt", "a"}
        put(tmp_path / name, b"to do: ring the lab" if is_text else JPEG)
        assert _names(source) == []

    @pytest.mark.parametrize("name", ["IMG_0001", "photo.orig"])
    def test_a_photo_without_a_telling_name(
        self, source: FolderSource, tmp_path: Path, name: str
    ) -> None:
        put(tmp_path / name, JPEG)
        assert _names(source) == [name]

    def test_a_text_that_is_called_jpg(self, source: FolderSource, tmp_path: Path) -> None:
        put(tmp_path / "note.jpg", b"to do: ring the lab")
        assert read_all(source, _only(source)) == b"to do: ring the lab"

    def test_an_empty_photo_with_its_problem(self, source: FolderSource, tmp_path: Path) -> None:
        put(tmp_path / "a.jpg", b"")
        item = _only(source)
        assert item.problem is not None
        with pytest.raises(ItemEmpty):
            source.read_into(item, 0, memoryview(bytearray(9)))

    def test_nothing_where_there_is_nothing(self, source: FolderSource) -> None:
        assert _names(source) == []

    def test_folders_that_are_too_deep_are_told(self, source: FolderSource, tmp_path: Path) -> None:
        folder = tmp_path.joinpath(*["d"] * 20)
        folder.mkdir(parents=True)
        put(folder / "a.jpg", JPEG)
        item = _only(source)
        assert item.problem is not None
        with pytest.raises(ItemUnreadable, match="too many folders deep"):
            source.read_into(item, 0, memoryview(bytearray(9)))


class TestLinks:
    def test_are_not_listed(self, source: FolderSource, tmp_path: Path) -> None:
        elsewhere = tmp_path / ".elsewhere"
        elsewhere.mkdir()
        put(elsewhere / "private.jpg", JPEG)
        (tmp_path / "file.jpg").symlink_to(elsewhere / "private.jpg")
        (tmp_path / "folder").symlink_to(elsewhere)
        (tmp_path / "loop").symlink_to(tmp_path)
        (tmp_path / "loop.jpg").symlink_to("loop.jpg")
        (tmp_path / "DCIM").symlink_to(elsewhere)
        os.mkfifo(tmp_path / "pipe.jpg")
        assert _names(source) == []

    def test_a_photo_that_became_a_link_is_not_read(
        self, source: FolderSource, tmp_path: Path
    ) -> None:
        path = put(tmp_path / "a.jpg", JPEG)
        item = _only(source)
        path.rename(tmp_path / ".kept")
        path.symlink_to(".kept")
        with pytest.raises(ItemUnreadable):
            read_all(source, item)

    def test_nor_one_whose_folder_became_a_link(self, source: FolderSource, tmp_path: Path) -> None:
        folder = tmp_path / "b"
        folder.mkdir()
        put(folder / "a.jpg", JPEG)
        item = _only(source)
        folder.rename(tmp_path / ".kept")
        folder.symlink_to(".kept")
        with pytest.raises((ItemUnreadable, ItemGone)):
            read_all(source, item)

    def test_nor_one_that_became_a_pipe(self, source: FolderSource, tmp_path: Path) -> None:
        path = put(tmp_path / "a.jpg", JPEG)
        item = _only(source)
        path.unlink()
        os.mkfifo(path)
        with pytest.raises((ItemUnreadable, ItemGone)):
            read_all(source, item)

    def test_the_folder_that_a_person_names_may_be_one(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        put(tmp_path / "real" / "a.jpg", JPEG)
        (tmp_path / "link").symlink_to("real")
        with closing(_open(tmp_path / "link")) as source:
            assert read_all(source, _only(source)) == JPEG


class TestNames:
    @pytest.mark.parametrize(
        ("name", "is_shown_as"),
        [
            (b"new\nline.jpg", "new\N{REPLACEMENT CHARACTER}line.jpg"),
            (b"\xff\xfe.jpg", "\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}.jpg"),
            ("\N{GRINNING FACE} Māori.jpg".encode(), "\N{GRINNING FACE} Māori.jpg"),
            (b"a?b%2e%2e\\.jpg", "a?b%2e%2e\\.jpg"),
            (b"n" * 200 + b".jpg", "n" * 200 + ".jpg"),
            (b"...jpg", None),
        ],
    )
    def test_are_shown_safely_and_still_find_the_file(
        self, source: FolderSource, tmp_path: Path, name: bytes, is_shown_as: str | None
    ) -> None:
        put(tmp_path / os.fsdecode(name), JPEG)
        items = list(source.items())
        assert [item.name for item in items] == ([is_shown_as] if is_shown_as else [])
        for item in items:
            assert item.key.isascii()
            assert read_all(source, item) == JPEG


class TestWhileItIsRead:
    @pytest.mark.parametrize("content", [JPEG[:-1], JPEG + b"!", b""])
    def test_a_file_of_another_size_is_a_short_read(
        self, source: FolderSource, tmp_path: Path, content: bytes
    ) -> None:
        path = put(tmp_path / "a.jpg", JPEG)
        item = _only(source)
        path.write_bytes(content)
        with pytest.raises(ShortRead):
            read_all(source, item)

    def test_another_file_of_the_same_size_is_refused(
        self, source: FolderSource, tmp_path: Path
    ) -> None:
        path = put(tmp_path / "a.jpg", JPEG)
        item = _only(source)
        path.write_bytes(JPEG[::-1])
        with pytest.raises(ItemUnreadable, match="another file than was listed"):
            read_all(source, item)
        assert read_all(source, _only(source)) == JPEG[::-1]

    def test_a_file_that_is_written_meanwhile_is_refused(
        self, source: FolderSource, tmp_path: Path
    ) -> None:
        path = put(tmp_path / "a.jpg", JPEG)
        item = _only(source)
        buffer = memoryview(bytearray(10))
        source.read_into(item, 0, buffer)
        path.write_bytes(bytes(len(JPEG)))
        with pytest.raises(ItemUnreadable, match="changed while"):
            source.read_into(item, 10, memoryview(bytearray(100)))

    @pytest.mark.parametrize("leave", ["rename", "replace"])
    def test_a_card_that_left_is_not_a_photo_that_left(self, tmp_path: Path, leave: str) -> None:
        card = tmp_path / "card"
        card.mkdir()
        put(card / "a.jpg", JPEG)
        with closing(_open(card)) as source:
            item = _only(source)
            card.rename(tmp_path / "pocket")
            if leave == "replace":
                card.mkdir()  # the mount point that stays behind
            with pytest.raises(SourceGone):
                read_all(source, item)

    def test_a_card_that_left_is_told_by_the_list(self, tmp_path: Path) -> None:
        card = tmp_path / "card"
        (card / "sub").mkdir(parents=True)
        for name in ("a.jpg", "b.jpg", "sub/c.jpg"):
            put(card / name, JPEG)
        with closing(_open(card)) as source:
            walk = source.items()
            next(walk)
            card.rename(tmp_path / "pocket")
            with pytest.raises(SourceGone):
                list(walk)
            with pytest.raises(SourceGone):
                list(source.items())


@pytest.mark.parametrize("is_file", [True, False])
def test_no_folder_no_source(tmp_path: Path, is_file: bool) -> None:
    if is_file:
        put(tmp_path / "card", JPEG)
    with pytest.raises(SourceUnknown, match="card"):
        _open(tmp_path / "card")


_AS_NOBODY = """
import json, os, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from desktop.devices.folder_source import FolderSource
from desktop.devices.problems import SourceUnreadable
from desktop.devices.refusal import refusal
from desktop.devices.source import SourceInfo
from desktop.records.facts.capture import Route
from tests.unit.devices.rig import read_all
import encodings.idna
if os.getuid() == 0:
    os.setuid(65534)
def opened(folder):
    return FolderSource(Path(folder), info=SourceInfo(id="x", route=Route.FOLDER, name="card"))
source = opened(sys.argv[2])
told = {}
for item in source.items():
    try:
        told[item.name] = read_all(source, item).decode()
    except Exception as problem:
        told[item.name] = type(problem).__name__
    if refusal(item):
        told[item.name] = type(refusal(item)).__name__
try:
    opened(sys.argv[2] + "/closed")
except SourceUnreadable as problem:
    told["root"] = problem.reason
print(json.dumps(told))
"""


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that any user may reach: those of pytest are the owner's alone."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)
        for closed in Path(name).iterdir():
            closed.chmod(0o755)


@pytest.mark.contract(Line.DENIED, "folder")
def test_what_may_not_be_opened_is_told_and_the_rest_goes_on(open_to_all: Path) -> None:
    (open_to_all / "closed").mkdir(mode=0)
    put(open_to_all / "a.jpg", b"readable").chmod(0o644)
    put(open_to_all / "b.jpg", b"secret").chmod(0)
    home = str(Path(desktop.__file__).parent.parent)
    told = subprocess.run(
        [sys.executable, "-P", "-c", _AS_NOBODY, home, str(open_to_all)],
        capture_output=True,
        check=True,
        text=True,
    )
    assert json.loads(told.stdout) == {
        "a.jpg": "readable",
        "b.jpg": "ItemUnreadable",
        "closed": "ItemUnreadable",
        "root": "Permission denied",
    }


def test_reading_is_possible_without_descriptors_for_folders(
    source: FolderSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows."""
    supported: set[Callable[..., object]] = set()
    monkeypatch.setattr(os, "supports_dir_fd", supported)
    put(tmp_path / "a.jpg", JPEG)
    assert read_all(source, _only(source)) == JPEG
