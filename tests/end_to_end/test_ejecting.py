"""A card is let go while nothing uses it, and never while images are filed from it."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from desktop.devices.eject_problems import CardBeingRead, CardBusy, NotACard
from desktop.devices.problems import SourceGone, SourceUnknown
from desktop.devices.source import SourceInfo
from desktop.media.describer import Describer
from desktop.settings import Settings
from desktop.shipped import sample_photos
from desktop.verbs import open_sources
from desktop.verbs.open_sources import OpenSources
from desktop.verbs.problems import SourceBeingCleared
from tests.end_to_end.command_line import CommandLine


@pytest.fixture
def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a card with one photo, mounted."""
    folder = tmp_path / "EOS_DIGITAL" / "DCIM"
    folder.mkdir(parents=True)
    shutil.copy(sample_photos()[0], folder)
    mounted = [SimpleNamespace(mountpoint=str(folder.parent), device="/dev/sdb1", fstype="vfat")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: [] if all else mounted)  # noqa: A006
    return f"folder:{folder.parent}"


@pytest.fixture
def sources(tmp_path: Path) -> Iterator[OpenSources]:
    """The sources of a window that has looked once; nothing is described here."""
    describer: Describer = object()  # type: ignore[assignment]
    with closing(OpenSources(Settings(office=tmp_path / "office"), describer)) as made:
        made.look()
        yield made


def test_its_session_is_closed_and_nobody_opens_another_meanwhile(
    card: str, sources: OpenSources, monkeypatch: pytest.MonkeyPatch
) -> None:
    helper = sources.source(card)
    let_go: list[SourceInfo] = []

    def eject(info: SourceInfo) -> None:
        with pytest.raises(SourceGone):
            sources.source(card)
        with pytest.raises(SourceGone):
            list(helper.items())
        let_go.append(info)

    monkeypatch.setattr(open_sources, "eject", eject)
    assert sources.eject(card) == "You can take EOS_DIGITAL out now."
    assert [info.id for info in let_go] == [card]


def test_not_while_images_are_filed_from_it(
    card: str, sources: OpenSources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_sources, "eject", lambda _info: pytest.fail("it was ejected"))
    with sources.being_filed(card) as source:
        with pytest.raises(CardBeingRead, match="are being taken from Card EOS_DIGITAL"):
            sources.eject(card)
        assert len(list(source.items())) == 1


def test_a_card_that_is_held_can_be_used_again(
    card: str, sources: OpenSources, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(info: SourceInfo) -> None:
        raise CardBusy(source=info.name, holders="gimp")

    monkeypatch.setattr(open_sources, "eject", refuse)
    with pytest.raises(CardBusy, match="still open in gimp"):
        sources.eject(card)
    assert len(list(sources.source(card).items())) == 1


def test_what_is_not_there_and_what_is_no_card(sources: OpenSources, tmp_path: Path) -> None:
    with pytest.raises(SourceUnknown):
        sources.eject("folder:/nowhere")
    sources.watch([tmp_path])
    (folder,) = sources.look()
    with pytest.raises(NotACard):
        sources.eject(folder.id)


def test_on_the_command_line(tmp_path: Path) -> None:
    chartroom = CommandLine(world=tmp_path)
    (tmp_path / "photos").mkdir()
    assert "no card or stick" in chartroom.refused("eject", str(tmp_path / "photos"))
    assert "EOS_DIGITAL" in chartroom.refused("eject", "EOS_DIGITAL")


@pytest.mark.requirement("R74")
def test_while_it_is_cleared_nobody_else_reads_files_or_ejects_it(
    card: str, sources: OpenSources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_sources, "eject", lambda _info: pytest.fail("it was ejected"))
    shared = sources.source(card)
    (item,) = shared.items()
    with sources.being_cleared(card) as open_fresh:
        with pytest.raises(SourceGone):
            list(shared.items())
        others = (
            lambda: sources.thumbnail(card, item),
            lambda: sources.list_items(card, lambda _items: None, lambda: False),
            lambda: sources.being_filed(card).__enter__(),
            lambda: sources.being_cleared(card).__enter__(),
            lambda: sources.eject(card),
        )
        for other in others:
            with pytest.raises(SourceBeingCleared, match="from Card EOS_DIGITAL just now"):
                other()
        for _ in range(2):
            with closing(open_fresh()) as fresh:
                assert [one.name for one in fresh.items()] == [item.name]
    assert len(list(sources.source(card).items())) == 1


@pytest.mark.requirement("R74")
def test_nothing_is_cleared_while_images_are_filed_from_it(card: str, sources: OpenSources) -> None:
    with sources.being_filed(card), pytest.raises(CardBeingRead), sources.being_cleared(card):
        pytest.fail("it was cleared")
