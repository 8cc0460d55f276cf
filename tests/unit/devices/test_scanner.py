"""Scanners: SANE's own test backend, with paper and faults as a test wants them."""

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from desktop.devices.finding import open_source, source_called
from desktop.devices.problems import (
    ClearingRefused,
    FeederEmpty,
    ItemGone,
    ScannerCoverOpen,
    ScannerDenied,
    ScannerJammed,
    ScannerToolMissing,
    SourceBusy,
    SourceGone,
    SourceUnknown,
)
from desktop.devices.scanner import find_scanners
from desktop.devices.source import ClearingSource, MediaItem
from desktop.problem import Problem
from desktop.records.facts.capture import Route
from tests.unit.devices.rig import read_all

Paper = Callable[..., None]
_TOOL = shutil.which("scanimage")

needs_scanimage = pytest.mark.skipif(_TOOL is None, reason="scanimage (sane-utils) is not here")


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paper:
    """Three pages, and then what is told: each page is asked for by a process of its own, and the
    test backend's feeder would be full again for each."""
    settings = tmp_path / "sane.d"
    settings.mkdir()
    (settings / "dll.conf").write_text("test\n")
    (settings / "test.conf").write_text("number_of_devices 1\n")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(settings))
    tools = tmp_path / "tools"
    tools.mkdir()
    monkeypatch.setenv("PATH", str(tools), prepend=":")

    def lay(then: str, pages: int = 3) -> None:
        count = tmp_path / "pages"
        count.write_text("0")
        tool = tools / "scanimage"
        tool.write_text(
            "#!/bin/sh\nfault=\n"
            f'case "$*" in *--format=png*) page=$(($(cat {count}) + 1)); echo $page > {count}\n'
            f"[ $page -gt {pages} ] && fault=--read-return-value=SANE_STATUS_{then};; esac\n"
            f'exec {_TOOL} "$@" $fault\n'
        )
        tool.chmod(0o755)

    lay("NO_DOCS")
    return lay


@pytest.fixture
def feeder(paper: Paper) -> Iterator[ClearingSource]:
    with closing(open_source("feeder:test:0")) as source:
        yield source


@needs_scanimage
def test_scanners_are_found_with_glass_and_feeder(paper: Paper) -> None:
    found = find_scanners()
    assert [info.id for info in found] == ["scanner:test:0", "feeder:test:0"]
    assert "frontend-tester, glass" in found[0].name
    assert {info.route for info in found} == {Route.SCANNER}


@needs_scanimage
@pytest.mark.requirement("R69")
def test_the_glass_gives_one_page_at_300_dpi_in_colour(paper: Paper) -> None:
    with closing(open_source("scanner:test:0")) as source:
        (item,) = source.items()
        assert list(source.items()) == [item], "scanned once"
        page = read_all(source, item)
    with Image.open(io.BytesIO(page)) as image:
        assert (image.format, image.mode) == ("PNG", "RGB")
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)


@needs_scanimage
def test_the_feeder_gives_all_its_pages(feeder: ClearingSource) -> None:
    items = list(feeder.items())
    assert [item.name for item in items] == ["scan 001.png", "scan 002.png", "scan 003.png"]
    assert all(read_all(feeder, item).startswith(b"\x89PNG") for item in items)
    with pytest.raises(ClearingRefused, match="keeps nothing"):
        feeder.check_clearing()


@needs_scanimage
@pytest.mark.parametrize(
    ("status", "pages", "problem"),
    [
        ("JAMMED", 2, ScannerJammed),
        ("COVER_OPEN", 0, ScannerCoverOpen),
        ("DEVICE_BUSY", 0, SourceBusy),
        ("ACCESS_DENIED", 0, ScannerDenied),
        ("IO_ERROR", 1, SourceGone),
        ("NO_DOCS", 0, FeederEmpty),
    ],
)
def test_what_goes_wrong_is_told_and_nothing_of_the_stack_is_held(
    status: str, pages: int, problem: type[Problem], paper: Paper, feeder: ClearingSource
) -> None:
    paper(status, pages)
    heard: list[MediaItem] = []
    with pytest.raises(problem, match="Scanner test:0, feeder") as told:
        heard.extend(feeder.items())
    assert told.value.ends_the_trip
    for item in heard:
        with pytest.raises((ItemGone, SourceGone)):
            read_all(feeder, item)


@needs_scanimage
def test_after_a_jam_the_whole_stack_is_scanned_again(paper: Paper, feeder: ClearingSource) -> None:
    paper("JAMMED")
    with pytest.raises(ScannerJammed):
        list(feeder.items())
    paper("NO_DOCS")
    assert len(list(feeder.items())) == 3


@needs_scanimage
def test_a_scanner_that_is_not_there(paper: Paper) -> None:
    with pytest.raises(SourceUnknown):
        open_source("scanner:nosuch:0")


def test_without_its_program_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ScannerToolMissing, match="sane-utils"):
        find_scanners()


def test_it_is_called_by_its_id() -> None:
    info = source_called("feeder:net:host:epson:1")
    assert (info.name, info.route) == ("Scanner net:host:epson:1, feeder", Route.SCANNER)
    assert info.cannot_clear
