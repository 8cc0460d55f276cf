"""Scanners: SANE's own test backend, with paper and faults as a test wants them."""

import io
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, nullcontext
from pathlib import Path

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop.devices.finding import open_source, source_called
from desktop.devices.helper_source import HelperSource
from desktop.devices.problems import (
    ClearingRefused,
    ItemGone,
    SourceBusy,
    SourceGone,
    SourceUnknown,
)
from desktop.devices.scanner import choices, find_scanners
from desktop.devices.scanner_options import GLASS, options_in
from desktop.devices.scanner_options import WAYS as WAY_IDS
from desktop.devices.scanner_problems import (
    FeederEmpty,
    ScannerCoverOpen,
    ScannerDenied,
    ScannerHasNoDuplex,
    ScannerJammed,
    ScannerToolMissing,
)
from desktop.devices.source import ClearingSource, MediaItem
from desktop.media.describer import Describer
from desktop.problem import Cancelled, Problem
from desktop.records.facts.capture import Route
from desktop.records.facts.scan_settings import ScanColour, ScanPage, ScanSettings
from desktop.settings import Settings
from desktop.verbs.open_sources import OpenSources
from tests.unit.devices.rig import read_all

Paper = Callable[..., None]
_TOOL = shutil.which("scanimage")
WAYS = ["scanner", "feeder", "duplex"]

needs_scanimage = pytest.mark.skipif(_TOOL is None, reason="scanimage (sane-utils) is not here")


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paper:
    """Three pages, and then what is told: each page is asked for by a process of its own, and the
    test backend's feeder would be full again for each. Once in some forty faults that backend
    waits for itself for ever; then it is asked again."""
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
            f'[ -z "$fault" ] && exec {_TOOL} "$@"\n'
            "while :; do\n"
            f'timeout -s KILL 20 {_TOOL} "$@" $fault; code=$?\n'
            "[ $code -eq 137 ] || exit $code; done\n"
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
    ways = ["scanner:test:0", "feeder:test:0", "duplex:test:0"]
    assert [info.id for info in found] == ways
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


@needs_scanimage
def test_the_only_scanner_is_asked_what_it_has_and_looking_can_be_stopped(paper: Paper) -> None:
    assert [info.id for info in choices()] == ["scanner:test:0", "feeder:test:0"]

    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        choices(stop)


@pytest.mark.parametrize(
    ("told", "ways"),
    [
        ("--source Flatbed|Automatic Document Feeder [Flatbed]", ["scanner", "feeder"]),
        ("--source Flatbed [Flatbed]", ["scanner"]),
        ("--source ADF Front|ADF Duplex [ADF Front]", ["feeder", "duplex"]),
        ("--source Flatbed|ADF [Flatbed]\n --adf-mode Simplex|Duplex [inactive]", WAYS),
        ("--source Flatbed|ADF [Flatbed]\n --duplex[=(yes|no)] [no]", WAYS),
        ("--resolution 300dpi", ["scanner"]),
    ],
)
def test_only_what_the_only_scanner_has_is_a_choice(
    told: str, ways: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "scanimage"
    said = f'case "$*" in *-A) echo "{told}";; *) echo "made:1|Made Up";; esac'
    tool.write_text(f"#!/bin/sh\n{said}\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert [info.id for info in choices()] == [f"{way}:made:1" for way in ways]


@needs_scanimage
@pytest.mark.parametrize(
    ("settings", "mode", "width"),
    [
        (ScanSettings(colour=ScanColour.GREY, dpi=150, page=ScanPage.A5), "L", 148 / 25.4 * 150),
        (
            ScanSettings(colour=ScanColour.COLOUR, dpi=200, page=ScanPage.A4),
            "RGB",
            200 / 25.4 * 200,
        ),
    ],
)
def test_it_scans_as_it_is_set_and_no_further_than_it_reaches(
    paper: Paper, settings: ScanSettings, mode: str, width: float
) -> None:
    with closing(open_source("scanner:test:0", scan=settings)) as source:
        page = read_all(source, next(iter(source.items())))
    with Image.open(io.BytesIO(page)) as image:
        assert (image.mode, round(image.info["dpi"][0])) == (mode, settings.dpi)
        assert image.width == pytest.approx(width, abs=2)


@pytest.mark.parametrize(
    ("told", "settings", "wanted"),
    [
        ("--resolution 75|150|300|600dpi [75]", ScanSettings(dpi=200), "--resolution=300"),
        ("--resolution 75|150dpi [75]", ScanSettings(dpi=600), "--resolution=150"),
        ("--resolution 50..240dpi [50]", ScanSettings(dpi=300), "--resolution=240"),
        ("--mode Lineart|Gray [Gray]", ScanSettings(), "--mode=Gray"),
        ("--mode Gray|24bit Color [Gray]", ScanSettings(), "--mode=24bit Color"),
        (
            "--mode Lineart|Gray [Gray]",
            ScanSettings(colour=ScanColour.LINEART),
            "--mode=Lineart",
        ),
        ("-x 0..100.5mm [100.5]", ScanSettings(page=ScanPage.A4), "-x 100.5"),
    ],
)
def test_what_a_scanner_does_not_have_it_does_as_nearly_as_it_can(
    told: str, settings: ScanSettings, wanted: str
) -> None:
    told_to = options_in(f"    {told}\n").arguments(GLASS, settings)
    assert told_to is not None
    assert " ".join(told_to) == wanted


@given(st.text())
def test_whatever_a_scanner_says_of_itself_is_told_in_options_or_left_out(told: str) -> None:
    for way in WAY_IDS:
        options_in(told).arguments(way, ScanSettings(page=ScanPage.LETTER))


@needs_scanimage
def test_both_sides_of_a_sheet_are_two_pages_and_never_a_file(
    paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test backend has one side; its feeder's next page stands for the other here."""
    tools, real = tmp_path / "duplex", shutil.which("scanimage")
    tools.mkdir()
    feeder = "--source=Automatic Document Feeder"
    tool = tools / "scanimage"
    tool.write_text(
        "#!/bin/bash\n"
        f'case "$*" in *-A) {real} "$@" | sed "s/Flatbed|Auto/ADF Duplex|Auto/"; exit;; esac\n'
        f'exec {real} "${{@/--source=ADF Duplex/{feeder}}}"\n'
    )
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tools), prepend=":")
    paper("NO_DOCS", 2)
    with closing(open_source("duplex:test:0")) as source:
        items = list(source.items())
        assert [item.name for item in items] == [f"scan {n:03}.png" for n in range(1, 5)]
        assert all(read_all(source, item).startswith(b"\x89PNG") for item in items)


@needs_scanimage
@pytest.mark.parametrize(
    ("way", "problem"), [("duplex", ScannerHasNoDuplex), ("scanner", None), ("feeder", None)]
)
def test_a_way_in_that_it_does_not_have_is_refused(
    paper: Paper, way: str, problem: type[Problem] | None
) -> None:
    with nullcontext() if problem is None else pytest.raises(problem, match="both sides"):
        open_source(f"{way}:test:0").close()


@pytest.mark.skipif(sys.platform == "win32", reason="scanners are asked through SANE")
@pytest.mark.parametrize("is_killed", [False, True])
def test_a_tool_that_hangs_never_outlives_its_helper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_killed: bool
) -> None:
    noted, tool = tmp_path / "noted", tmp_path / "scanimage"
    os.mkfifo(noted)
    hang = f"sleep 600 & echo $$ $! > {noted}; wait"
    tool.write_text(f'#!/bin/sh\ncase "$*" in *-A) exit 0;; esac\n{hang}\n')
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    source = open_source("scanner:made:1")
    assert isinstance(source, HelperSource)
    source._helper.send({"do": "walk", "walk": 1, "more": False, "scan": ""})
    source._helper.send({"do": "more", "walk": 1})
    tools = [psutil.Process(int(number)) for number in noted.read_text().split()]
    if is_killed:
        os.kill(source.process_id, signal.SIGKILL)
    source.close()
    _, alive = psutil.wait_procs(tools, timeout=10)
    assert not alive


@needs_scanimage
class TestInTheWindow:
    """A scanner among the sources that a window holds open."""

    @pytest.fixture
    def sources(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenSources]:
        monkeypatch.setattr("psutil.disk_partitions", lambda all: [])  # noqa: A006
        describer: Describer = object()  # type: ignore[assignment]
        with closing(OpenSources(Settings(office=tmp_path / "office"), describer)) as made:
            yield made

    def test_it_scans_once_and_again_only_when_asked(
        self, paper: Paper, sources: OpenSources
    ) -> None:
        feeder = find_scanners()[1]
        sources.add_scanner(feeder, ScanSettings())
        assert sources.look() == [feeder]
        told: list[list[str]] = []

        def tell(items: Sequence[MediaItem]) -> None:
            told.append([item.name for item in items])

        pages = [[f"scan {n:03}.png"] for n in range(1, 6)]
        sources.list_items(feeder.id, tell, lambda: False)
        assert told == pages[:3], "each page is told alone"
        assert sources.source(feeder.id).info.name == feeder.name, "as it was called when found"
        told.clear()
        sources.list_items(feeder.id, tell, lambda: False)
        assert told == pages[:3]
        told.clear()
        paper("JAMMED", 1)
        with pytest.raises(ScannerJammed):
            sources.scan_more(feeder.id, tell, lambda: False)
        told.clear()
        sources.list_items(feeder.id, tell, lambda: False)
        assert told == pages[:3], "what was held before the jam stays, and no more"
        told.clear()
        paper("NO_DOCS", 2)
        sources.scan_more(feeder.id, tell, lambda: False)
        assert told == pages
        sources.remove_scanner(feeder.id)
        assert sources.look() == []
