"""No name and no picture lies readable on disk, neither after a session nor in mid-session."""

import hashlib
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.shipped import sample_photos
from tests.end_to_end.command_line import CommandLine
from tests.end_to_end.made_office import FAMILY, GIVEN

FILE = (
    "file", "--patient", "ZZZ0016", "--born", "1961-03-04", "--taken-by", "Hana Parata",
    "--role", "nurse", "--device-owner", "personal", "--purpose", "care", "--consent", "verbal",
)  # fmt: skip


def marks(card: Path) -> dict[str, bytes]:
    """What must not be found: names in the usual encodings, and pieces of each picture."""
    found = {}
    for name in (FAMILY, GIVEN, FAMILY.upper(), "Hana Parata"):
        found[f"{name} as utf-8"] = name.encode()
        found[f"{name} as utf-16"] = name.encode("utf-16-le")
    for photo in card.rglob("*.JPG"):
        content = photo.read_bytes()
        for place in (0, len(content) // 2, len(content) - 64):
            found[f"{photo.name} at {place}"] = content[place : place + 48]
    return found


def leaks(folders: list[Path], wanted: dict[str, bytes]) -> Iterator[str]:
    """Every mark that lies in a file below these folders."""
    for folder in folders:
        for path in folder.rglob("*"):
            if not path.is_file() or path.is_symlink():
                continue
            content = path.read_bytes()
            yield from (
                f"{what} in {path.name}" for what, mark in wanted.items() if mark in content
            )


@pytest.fixture
def card(tmp_path: Path) -> Path:
    folder = tmp_path / "CARD" / "DCIM"
    folder.mkdir(parents=True)
    for place, sample in enumerate(sample_photos()):
        for again in range(3):
            # Other bytes behind the end of the picture make another original.
            content = sample.read_bytes() + hashlib.sha512(bytes([again])).digest()
            (folder / f"IMG_{place}{again}.JPG").write_bytes(content)
    return folder.parent


@pytest.mark.requirement("R8", "R106", "R115")
def test_a_whole_session_leaves_nothing_readable(
    chartroom: CommandLine, card: Path, tmp_path: Path
) -> None:
    chartroom.extra = {"VCAMERADIR": str(card)}
    chartroom.json(*FILE, "--from", str(card), "--select", "IMG_0*")
    chartroom.json("sources")
    chartroom.json("sheet", "--patient", "ZZZ0016", "--out", str(tmp_path / "asked-for.pdf"))
    chartroom.json("patients", "find", "ngatai")
    wanted = marks(card)
    assert not list(leaks([chartroom.office, chartroom.home, chartroom.temp], wanted))
    # The scan itself can find what it looks for.
    assert list(leaks([card], wanted))


@pytest.mark.requirement("R73", "R106")
@pytest.mark.parametrize("seed", range(4))
def test_kill_in_the_middle_of_filing_leaves_whole_images_and_no_plaintext(
    chartroom: CommandLine, card: Path, seed: int
) -> None:
    process = chartroom.start(
        "--json", "--password-file", str(chartroom.password_file), *FILE, "--from", str(card)
    )
    originals = chartroom.office / "originals"
    wanted_files = random.Random(seed).randrange(1, 20)
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if sum(1 for p in originals.rglob("*") if p.is_file()) >= wanted_files:
            break
    process.kill()
    process.communicate()

    assert not list(leaks([chartroom.office, chartroom.home, chartroom.temp], marks(card)))
    checked = chartroom.json("verify", "--originals")
    assert (checked["damaged"], checked["missing"], checked["trail"]) == ([], [], "ok")

    report = chartroom.json(*FILE, "--from", str(card))
    rows = chartroom.json("images", "--patient", "ZZZ0016")
    photos = sum(1 for _ in card.rglob("*.JPG"))
    assert len(rows) == len({row["sha256"] for row in rows}) == photos
    assert {row["state"] for row in rows} == {"filed"}
    assert len(report["filed"]) + len(report["duplicates"]) == photos
    # What was durable but not committed was set aside: no row names it and nobody has its key.
    left = [p for p in originals.rglob("*") if p.is_file() and p.parent.name != "orphans"]
    assert len(left) == photos
    assert not [p for p in left if p.suffix == ".part"]
