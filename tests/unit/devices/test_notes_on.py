"""Which notes are on which image, and that a folder is looked at once for all of them."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.devices.folder_source import FolderSource
from desktop.devices.notes_on import Notes
from desktop.devices.source import SourceInfo
from desktop.records.facts.capture import Route

CARD = SourceInfo(id="folder:x", route=Route.CARD, name="card")
NOTES = (
    "IMG_7.AAE",
    "IMG_O7.aae",
    "IMG_7.JPG.XMP",
    "IMG_70.AAE",
    "7.AAE",
    "IMG_7.THM",
    "IMG_7.TXT",
)


@pytest.mark.requirement("R11")
@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("IMG_7.JPG", ["IMG_7.AAE", "IMG_7.JPG.XMP", "IMG_O7.aae"]),
        ("img_e7.heic", ["IMG_7.AAE", "IMG_7.JPG.XMP", "IMG_O7.aae"]),
        ("IMG_70.HEIC", ["IMG_70.AAE"]),
        ("IMG_8.JPG", []),
        ("DSC_E7.JPG", []),
    ],
)
def test_a_note_is_on_the_images_of_its_shot(image: str, expected: list[str]) -> None:
    assert list(Notes((name, name) for name in NOTES).on(image)) == expected


def test_a_folder_that_was_made_to_hold_many_fills_nothing() -> None:
    names = [f"IMG_7.{ending}" for ending in ("AAE", "AAe", "AaE", "Aae", "aAE", "aAe", "aaE")]
    names += [f"IMG_7.{ending}" for ending in ("XMP", "XMp", "XmP", "Xmp")]
    assert len(Notes((name, name) for name in names).on("IMG_7.JPG")) == 8


@pytest.mark.requirement("R11")
def test_a_folder_is_listed_once_for_all_of_its_images(
    card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 4):
        (card / "DCIM" / "100TEST" / f"IMG_000{number}.AAE").write_bytes(b"note")
    with closing(FolderSource(card, info=CARD)) as source:
        items = list(source.items())
        listed: list[object] = []
        scandir = os.scandir

        def counted(folder: Path) -> Iterator[os.DirEntry[str]]:
            listed.append(folder)
            return scandir(folder)

        monkeypatch.setattr("desktop.devices.folder_source.os.scandir", counted)
        assert [len(source.notes_beside(item)) for item in items] == [1, 1, 1]
        assert len(listed) == 1
        monkeypatch.undo()
        (card / "DCIM" / "100TEST" / "IMG_0001.XMP").write_bytes(b"later")
        again = next(source.items())
        assert [note.name for note in source.notes_beside(again)] == [
            "IMG_0001.AAE",
            "IMG_0001.XMP",
        ]


@pytest.mark.requirement("R11")
def test_a_link_is_no_note(card: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"of this computer")
    (card / "DCIM" / "100TEST" / "IMG_0001.AAE").symlink_to(tmp_path / "secret")
    with closing(FolderSource(card, info=CARD)) as source:
        assert list(source.notes_beside(next(source.items()))) == []


@pytest.mark.requirement("R11")
def test_a_camera_is_asked_for_a_folder_once() -> None:
    gphoto_source = pytest.importorskip("desktop.devices.gphoto_source")

    class Session:
        asked: list[str]

        def __init__(self) -> None:
            self.asked = []

        def storages(self) -> list[tuple[int, int]]:
            return [(1, 1)]

        def files(self, folder: str) -> list[str]:
            self.asked.append(folder)
            return [f"IMG_{number:04}.JPG" for number in range(300)] + ["IMG_0000.AAE"]

        def folders(self, _folder: str) -> list[str]:
            return []

        def facts(self, _folder: str, name: str) -> tuple[int, None, str]:
            self.asked.append(name)
            return 9, None, ""

    session = Session()
    source = gphoto_source.GPhotoSource(session, info=CARD)
    items = [
        gphoto_source._item("/store/DCIM", f"IMG_{number:04}.JPG", (9, None, ""), None)
        for number in range(300)
    ]
    assert sum(len(source.notes_beside(item)) for item in items) == 1
    assert session.asked == ["/store/DCIM", "IMG_0000.AAE"]
