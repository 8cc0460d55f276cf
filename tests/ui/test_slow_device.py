"""A slow device with very many images never keeps the window waiting."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import current_thread, main_thread
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.devices.source import MediaItem, SourceInfo
from desktop.media.describer import Describer
from desktop.records.facts.capture import Route
from desktop.settings import Settings
from desktop.ui.desk.desk_page import DeskPage
from desktop.ui.desk.verbs import Stopped, TellItems
from desktop.ui.parts.background import Background
from desktop.ui.parts.tick_grid import turn_ticks
from desktop.ui.parts.tiles import Role
from desktop.verbs.open_sources import OpenSources
from tests.ui.made_facts import PHONE, TODAY, todays_items
from tests.ui.stand_ins import StandInOffice
from tests.unit.devices.ptp_script import Script
from tests.unit.devices.ptpip_camera import PtpIpCamera

pytest.importorskip("gphoto2", reason="no libgphoto2 here: PTP cameras are not proven")

_PHOTOS = 12


@pytest.fixture
def camera() -> Iterator[PtpIpCamera]:
    """Twelve photos, each question answered late."""
    with closing(PtpIpCamera(Script(delay=0.02))) as made:
        made.add_photos(
            {f"IMG_{n:04}.JPG": b"\xff\xd8\xff" + bytes([n]) * 99 for n in range(_PHOTOS)}
        )
        yield made


def test_the_window_turns_while_a_slow_camera_is_listed_and_pictured(
    qtbot: QtBot, background: Background, camera: PtpIpCamera, tmp_path: Path
) -> None:
    source = SourceInfo(id=camera.source_id, route=Route.PTP, name="Slow camera")
    asked_in: set[str] = set()
    turns: Counter[str] = Counter()
    blind = cast(Describer, SimpleNamespace(preview=lambda _untrusted, longest: None))
    with OpenSources(Settings(office=tmp_path), blind) as sources:

        def list_items(source_id: str, tell: TellItems, stopped: Stopped) -> None:
            asked_in.add(current_thread().name)
            sources.list_items(source_id, tell, stopped)

        def thumbnail(source_id: str, one: MediaItem) -> bytes | None:
            asked_in.add(current_thread().name)
            return sources.thumbnail(source_id, one)

        desk = StandInOffice(sources=[source]).desk
        page = DeskPage(
            background=background, verbs=replace(desk, list_items=list_items, thumbnail=thumbnail)
        )
        qtbot.addWidget(page)
        page.resize(1200, 800)
        page.show()
        doing = ["listing"]
        turning = QTimer(page)
        turning.timeout.connect(lambda: turns.update(doing))
        turning.start(0)
        with qtbot.waitSignal(page.items.listed, timeout=60_000):
            page.items.open_source(source)
        doing[:] = ["pictures"]
        for day in page.items.model.counts:
            page.items.days.model.tick(day)
        assert page.items.model.rowCount() == _PHOTOS
        pictured = page.items.model.index(0)
        qtbot.waitUntil(lambda: bool(pictured.data(Role.NO_PICTURE)), timeout=60_000)
        background.close()
    assert turns["listing"] > _PHOTOS, "it turned more often than the camera answered"
    assert turns["pictures"] > 1
    assert main_thread().name not in asked_in


def test_twenty_thousand_images_are_ticked_with_one_piece_of_news(
    qtbot: QtBot, background: Background
) -> None:
    """One tick of all is one piece of news, and no image has a widget of its own."""
    office = StandInOffice(sources=[PHONE])
    page = DeskPage(background=background, verbs=office.desk, today=lambda: TODAY)
    qtbot.addWidget(page)
    page.show()
    items = [replace(one, key=f"{n}") for n, one in enumerate(todays_items(1) * 20_000)]
    widgets = len(page.findChildren(QWidget))
    told: list[int] = []
    page.items.ticks_changed.connect(lambda: told.append(1))
    page.items.model.start(frozenset({TODAY}))
    told.clear()
    for first in range(0, len(items), 480):
        page.items.model.append(items[first : first + 480])
    page.items.grid.selectAll()
    turn_ticks(page.items.grid, only_on=True)
    assert len(page.items.ticked) == 20_000
    assert len(told) == 1
    assert len(page.findChildren(QWidget)) == widgets
