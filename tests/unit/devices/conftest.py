"""Photos, a card, a virtual camera and a camera on loopback, made anew for each test."""

import io
import os
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from tests.unit.devices.ptpip_camera import PtpIpCamera

TAKEN = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001 - a camera's clock has no zone


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A line that a source cannot be asked is data of its exam, not a test that was skipped."""
    not_asked = [item for item in items if _is_not_asked(item)]
    config.hook.pytest_deselected(items=not_asked)
    items[:] = [item for item in items if item not in not_asked]


def _is_not_asked(item: pytest.Item) -> bool:
    mark, exam = item.get_closest_marker("contract"), getattr(item, "cls", None)
    if mark is None or exam is None:
        return False
    return mark.args[0] in exam.not_applicable or mark.args[0] in exam.elsewhere


def _photo(seed: int, side: int) -> bytes:
    """A JPEG that compresses badly, so that it has some size."""
    noise = bytes(
        (seed * 31 + place * place * 7 + place // 3) % 256 for place in range(side * side)
    )
    buffer = io.BytesIO()
    Image.frombytes("L", (side, side), noise).save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def photos() -> dict[str, bytes]:
    """Three photos by name; the last is larger than one block."""
    large = _photo(3, 600)
    return {
        "IMG_0001.JPG": _photo(1, 64),
        "IMG_0002.JPG": _photo(2, 200),
        "IMG_0003.JPG": large + bytes(3 << 20),
    }


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """libgphoto2 keeps settings in the home folder; and no virtual camera but a test's own."""
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.delenv("VCAMERADIR", raising=False)


@pytest.fixture
def card(tmp_path: Path, photos: dict[str, bytes]) -> Path:
    """A folder laid out like a camera's card."""
    root = tmp_path / "card"
    folder = root / "DCIM" / "100TEST"
    folder.mkdir(parents=True)
    for name, content in photos.items():
        put(folder / name, content)
    return root


@pytest.fixture
def bare_camera() -> Iterator[PtpIpCamera]:
    """A camera on loopback with nothing on it, for the real driver to talk to."""
    pytest.importorskip("gphoto2")
    with closing(PtpIpCamera()) as made:
        yield made


@pytest.fixture
def camera(bare_camera: PtpIpCamera, photos: dict[str, bytes]) -> PtpIpCamera:
    """A camera on loopback with the photos."""
    folder = bare_camera.add_folder("100CANON", bare_camera.add_folder("DCIM"))
    for name, content in photos.items():
        bare_camera.add_file(name, content, parent=folder, thumbnail=photos["IMG_0001.JPG"])
    return bare_camera


def put(path: Path, content: bytes) -> Path:
    """Write a file as a camera would have at nine in the morning of its own clock."""
    path.write_bytes(content)
    seconds = TAKEN.timestamp()
    os.utime(path, (seconds, seconds))
    return path
