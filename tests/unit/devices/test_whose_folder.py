"""Folders that are more than folders: a phone that somebody mounted, a copy of a cloud."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from desktop.devices import never_cleared
from desktop.devices.cloud_folders import cloud_service
from desktop.devices.finding import find_sources, open_source
from desktop.devices.source import SourceInfo
from tests.unit.devices.conftest import put

Gvfs = Callable[[str], Path]


@pytest.fixture(autouse=True)
def mounts(monkeypatch: pytest.MonkeyPatch) -> list[SimpleNamespace]:
    """What is mounted: nothing of this machine, unless a test says so."""
    made: list[SimpleNamespace] = []
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: made if all else [])  # noqa: A006
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    return made


@pytest.fixture
def gvfs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Gvfs:
    """Mounts a phone as gvfs does; gives its folder."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))

    def mount(name: str) -> Path:
        place = tmp_path / "run" / "gvfs" / name
        place.mkdir(parents=True)
        return place

    return mount


def _only(sources: list[SourceInfo]) -> SourceInfo:
    (found,) = sources
    return found


class TestMountedPhones:
    def test_one_of_gvfs_is_found_and_named(self, gvfs: Gvfs) -> None:
        place = gvfs("mtp:host=Google_Pixel_8_37301FDJH001")
        info = _only(find_sources([]))
        assert info.id == f"folder:{place}"
        assert info.name == "Phone (mounted): Google Pixel 8"
        assert info.cannot_clear == never_cleared.MOUNTED

    @pytest.mark.parametrize(
        "name", ["gphoto2:host=Apple_Inc._iPhone_0000810", "afc:host=00008101001E3D2A0C01001E"]
    )
    def test_an_apple_one_is_never_cleared(self, gvfs: Gvfs, name: str) -> None:
        gvfs(name)
        assert _only(find_sources([])).cannot_clear == never_cleared.APPLE

    def test_another_mount_of_gvfs_is_no_phone(self, gvfs: Gvfs) -> None:
        gvfs("smb-share:server=nas,share=photos")
        assert find_sources([]) == []

    def test_only_the_images_of_a_phone_are_listed(self, gvfs: Gvfs) -> None:
        place = gvfs("mtp:host=SAMSUNG_SAMSUNG_Android_R58M12ABCDE")
        for folder in ("Internal storage/DCIM/Camera", "Internal storage/WhatsApp", "Card/DCIM"):
            (place / folder).mkdir(parents=True)
            put(place / folder / f"{folder[-3:]}.jpg", b"photo")
        with closing(open_source(str(place))) as source:
            assert source.info.name == "Phone (mounted): SAMSUNG SAMSUNG Android"
            assert [item.name for item in source.items()] == ["CIM.jpg", "era.jpg"]

    def test_a_folder_of_a_phone_is_of_the_phone(self, gvfs: Gvfs) -> None:
        folder = gvfs("mtp:host=Pixel") / "Internal" / "DCIM"
        folder.mkdir(parents=True)
        with closing(open_source(str(folder))) as source:
            assert source.info.name == "Phone (mounted): Pixel, DCIM"
            assert source.info.cannot_clear == never_cleared.MOUNTED

    def test_one_of_ifuse(self, mounts: list[SimpleNamespace], card: Path) -> None:
        mounts.append(SimpleNamespace(mountpoint=str(card), fstype="fuse.ifuse"))
        info = _only(find_sources([]))
        assert (info.name, info.cannot_clear) == ("Phone (mounted): card", never_cleared.APPLE)


@pytest.mark.parametrize(
    ("model", "is_apple"),
    [("Apple iPhone 14", True), ("Apple iPad Air", True), ("Nikon DSC D750", False), ("", False)],
)
def test_an_apple_model_is_never_cleared(model: str, is_apple: bool) -> None:
    assert bool(never_cleared.of_model(model)) is is_apple


@pytest.mark.requirement("R74")
@pytest.mark.parametrize(
    ("model", "may_be"),
    [("Canon EOS R5", False), ("USB PTP Class Camera", False), ("Nikon DSC D750", True)],
)
def test_a_device_whose_news_nobody_hears_is_never_cleared(model: str, may_be: bool) -> None:
    assert (never_cleared.over_the_driver(model) == "") is may_be


@pytest.mark.requirement("R113")
class TestCloudFolders:
    @pytest.mark.parametrize(
        ("folder", "service"),
        [
            ("OneDrive/Photos", "OneDrive"),
            ("OneDrive - Te Awa Clinic/Photos", "OneDrive"),
            ("Library/CloudStorage/GoogleDrive-mere@example.org/My Drive", "Google Drive"),
            ("Library/Mobile Documents/com~apple~CloudDocs/Photos", "iCloud Drive"),
            ("iCloudDrive", "iCloud Drive"),
            ("Dropbox (Clinic)", "Dropbox"),
            ("nextcloud/DCIM", "Nextcloud"),
            ("ownCloud", "ownCloud"),
            ("google-drive:host=gmail.com,user=mere/0AB", "Google Drive"),
            ("Dropboxes/Photos", ""),
            ("Photos", ""),
        ],
    )
    def test_is_known_by_its_name(self, tmp_path: Path, folder: str, service: str) -> None:
        assert cloud_service(tmp_path / folder) == service

    @pytest.mark.parametrize(
        ("mark", "service"),
        [
            (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
            (".dropbox.cache", "Dropbox"),
            (".tmp.drivedownload", "Google Drive"),
            (".nextcloudsync.log", "Nextcloud"),
            (".owncloudsync.log", "ownCloud"),
            (".sync_3f2a91bc00de.db", "Nextcloud or ownCloud"),
            (".stfolder", "Syncthing"),
            (".dropbox", ""),
            ("IMG_0001.JPG", ""),
        ],
    )
    def test_is_known_by_what_its_program_left_above(
        self, card: Path, mark: str, service: str
    ) -> None:
        assert cloud_service(card / "DCIM") == ""
        (card / mark).mkdir()
        assert cloud_service(card / "DCIM") == service

    def test_is_known_through_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "Dropbox" / "Photos").mkdir(parents=True)
        (tmp_path / "Photos").symlink_to(tmp_path / "Dropbox" / "Photos")
        assert cloud_service(tmp_path / "Photos") == "Dropbox"

    def test_is_known_as_the_system_says(self, card: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OneDriveCommercial", str(card))
        assert cloud_service(card / "DCIM") == "OneDrive"

    def test_a_person_is_warned_and_nothing_is_cleared_from_it(self, tmp_path: Path) -> None:
        folder = tmp_path / "Dropbox" / "Wounds"
        folder.mkdir(parents=True)
        with closing(open_source(str(folder))) as source:
            assert "Wounds is a folder that Dropbox copies by itself" in source.info.caution
            assert "Dropbox" in source.info.cannot_clear
            assert source.info == _only(find_sources([folder]))


def test_a_plain_folder_and_a_card_may_be_cleared(
    card: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounted = [SimpleNamespace(mountpoint=str(card), fstype="vfat")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: [] if all else mounted)  # noqa: A006
    found = find_sources([tmp_path])
    assert len(found) == 2
    assert [(info.cannot_clear, info.caution) for info in found] == [("", ""), ("", "")]
