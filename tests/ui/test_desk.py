"""The Desk by keyboard: plug in, tick, scan, read back, file, print; and what goes wrong."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.devices.problems import SourceEmpty, SourceLocked
from desktop.records.facts.consent import Purpose
from desktop.records.facts.patient import short_date
from desktop.records.facts.people import Photographer, Role
from desktop.records.facts.seen_files import Seen
from desktop.ui.desk.verbs import TellItems
from desktop.ui.parts.tiles import face_of
from tests.ui.made_facts import ANA, CARD, HINEMOA, LOCKED, NOW, PHONE, TODAY, item, todays_items
from tests.ui.screens import CTRL, DeskScreen, press, type_in


@pytest.mark.requirement("R66", "R67", "R68", "R69", "R71")
def test_from_plug_to_paper_without_a_mouse(qtbot: QtBot, desk_screen: DeskScreen) -> None:
    screen = desk_screen.with_phone()
    screen.tick(3)
    assert screen.ticked == ["IMG_0001.JPG", "IMG_0002.JPG", "IMG_0003.JPG"]
    screen.scan("ZZZ0016")
    assert screen.wait_for_patient() == HINEMOA
    assert "TĀWHIRI, Hinemoa" in screen.facts.banner.text
    assert "test number" in screen.facts.banner.text
    assert screen.facts.file_button.text() == "File 3 images"
    screen.say_all()
    screen.read_back("4/3/1961")
    said = screen.wait_for_report()
    assert "3 images in the record" in said
    assert "3 chosen = 3 filed" in said
    request = screen.office.requests[0]
    assert (request.number, request.born) == (HINEMOA.number, HINEMOA.born)
    assert request.facts.photographer == Photographer(name="Mere Parata", role=Role.NURSE)
    assert request.facts.purposes == {Purpose.CARE}
    assert screen.filing.report_step.print_button.hasFocus()
    press(Qt.Key.Key_Space)
    sheet = screen.page.sheet
    qtbot.waitUntil(lambda: sheet.pages_shown == 3 and sheet.print_button.isEnabled())
    qtbot.waitUntil(sheet.print_button.hasFocus)
    with qtbot.waitSignal(sheet.sheet_made):
        press(Qt.Key.Key_Space)
    assert screen.office.sheets.printed[0][1] == "Office-Laser"
    assert "Sent to Office-Laser" in sheet.notice.text


@pytest.mark.requirement("R66")
def test_a_date_of_birth_that_disagrees_files_nothing(desk_screen: DeskScreen) -> None:
    screen = desk_screen.with_phone()
    screen.tick(1)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    screen.read_back("5/3/1961")
    assert "do not belong to the same patient" in screen.facts.notice.text
    assert "do not belong to the same patient" in screen.facts.second_hint.text()
    assert screen.office.requests == []
    assert screen.facts.second.hasFocus()


@pytest.mark.requirement("R66")
def test_one_identifier_is_not_enough(desk_screen: DeskScreen) -> None:
    screen = desk_screen.with_phone()
    screen.tick(1)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    screen.read_back("")
    assert "One identifier is not enough" in screen.facts.notice.text
    assert screen.office.requests == []


@pytest.mark.requirement("R66")
def test_a_patient_found_by_name_is_proved_by_the_scanned_number(
    desk_screen: DeskScreen,
) -> None:
    screen = desk_screen.with_phone()
    screen.tick(1)
    screen.scan("mahaki")
    assert screen.wait_for_patient() == ANA
    screen.say_all()
    screen.read_back("zzz00ac")
    screen.wait_for_report()
    assert screen.office.requests[0].number == ANA.number
    assert screen.office.requests[0].born == ANA.born


def test_enter_never_picks_one_of_several(qtbot: QtBot, desk_screen: DeskScreen) -> None:
    screen = desk_screen.with_phone()
    screen.tick(1)
    screen.scan("taw")
    qtbot.waitUntil(screen.search.list.hasFocus)
    assert screen.filing.chosen_patient is None
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert screen.wait_for_patient().given_names == "Wiremu"


def test_only_todays_images_are_pictures_and_other_days_a_count(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    screen = desk_screen
    pane = screen.page.items
    old = [item(f"OLD_{n}.JPG", at=NOW - timedelta(days=3)) for n in range(5)]
    older = [item(f"OLDER_{n}.JPG", at=NOW - timedelta(days=30)) for n in range(7)]
    chat = [replace(item("IMG-20261112-WA0001.jpg"), folder="WhatsApp Images")]
    screen.office.items[PHONE.id] = [*todays_items(2), *old, *older, *chat]
    with qtbot.waitSignal(pane.listed):
        screen.plug_in(PHONE, tiles=2)
    days = [str(pane.days.model.index(row).data()) for row in range(3)]
    assert days[0] == f"{short_date(TODAY - timedelta(days=3))} — 5 images"
    assert days[2] == "Screenshots, downloads, chat apps — 1 file"
    assert "13 images not shown" in pane.days.text
    screen.grid.setFocus()
    press(Qt.Key.Key_A, CTRL)
    assert len(screen.ticked) == 2
    pane.days.view.setFocus()
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Space)
    assert len(screen.tiles) == 7
    qtbot.waitUntil(lambda: "OLD_4.JPG" in screen.office.pictured)
    assert set(screen.office.pictured) <= set(screen.tiles), "no picture of what is not shown"
    press(Qt.Key.Key_A, CTRL, on=screen.grid)
    assert len(screen.ticked) == 7
    press(Qt.Key.Key_Space, on=pane.days.view)
    press(Qt.Key.Key_Space, on=pane.days.view)
    assert len(screen.ticked) == 2, "what is hidden loses its tick, also for later"


def test_what_was_asked_for_is_forgotten_when_the_device_leaves(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    """Another phone may come under the same name."""
    screen = desk_screen
    screen.office.items[PHONE.id] = [item("OLD.JPG", at=NOW - timedelta(days=1)), *todays_items(1)]
    screen.office.items[CARD.id] = todays_items(2)
    screen.plug_in(PHONE, tiles=1)
    screen.page.items.days.model.tick(TODAY - timedelta(days=1))
    screen.office.sources.append(CARD)
    screen.look()
    for source, tiles in ((CARD, 2), (PHONE, 2)):
        screen.page.items.open_source(source)
        qtbot.waitUntil(partial(_shows, screen, tiles))
    screen.office.sources.remove(PHONE)
    screen.look()
    screen.page.items.open_source(PHONE)
    qtbot.waitUntil(partial(_shows, screen, 1))


def _shows(screen: DeskScreen, tiles: int) -> bool:
    return len(screen.tiles) == tiles


@pytest.mark.requirement("R121")
def test_what_is_here_already_is_marked_and_left_out_of_all(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    screen = desk_screen
    here, new = todays_items(2)
    at = datetime(2026, 11, 12, tzinfo=UTC)
    screen.office.seen = {here.mark: Seen(received_at=at, filed_at=at)}
    screen.office.items[PHONE.id] = [here, new]
    screen.plug_in(PHONE, tiles=2)
    tile = screen.page.items.model.index(0)
    qtbot.waitUntil(lambda: face_of(tile).mark_words.startswith("filed 1"))
    assert "here already, filed" in str(tile.data(Qt.ItemDataRole.AccessibleTextRole))
    screen.grid.setFocus()
    press(Qt.Key.Key_A, CTRL)
    assert screen.ticked == [new.name]
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Space)
    assert screen.ticked == [here.name, new.name], "who means it may take it once more"


def test_a_long_listing_counts_and_can_be_stopped(qtbot: QtBot, desk_screen: DeskScreen) -> None:
    screen, pane = desk_screen, desk_screen.page.items
    go_on = Event()

    def list_items(source_id: str, tell: TellItems, stopped: Callable[[], bool]) -> None:
        tell(screen.office.items[source_id])
        go_on.wait(timeout=30)
        assert stopped()

    screen.office.items[PHONE.id] = todays_items(3)
    pane._verbs = replace(pane._verbs, list_items=list_items)
    screen.plug_in(PHONE, tiles=3)
    assert pane._found.text() == "3 found…"
    with qtbot.waitSignal(pane.listed):
        pane.stop_button.click()
    assert pane._found.text() == "Stopped after 3 images"
    assert pane.stop_button.text() == "List all"
    go_on.set()


def test_a_camera_that_is_long_in_telling_its_list_is_seen_to_be_asked(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    screen, pane, go_on = desk_screen, desk_screen.page.items, Event()
    pane._verbs = replace(pane._verbs, list_items=lambda *_: (go_on.wait(timeout=30), None)[1])
    pane._wait._timer.setInterval(0)
    pane._wait._worth_saying = 0
    screen.plug_in(PHONE, tiles=0)
    said = f"Asking {PHONE.name} for its list…"
    qtbot.waitUntil(lambda: any(said in label.text() for label in pane.findChildren(QLabel)))
    with qtbot.waitSignal(pane.listed):
        go_on.set()
    assert not pane._wait._timer.isActive()


@pytest.mark.requirement("R74")
def test_what_belongs_to_one_shot_is_ticked_together(desk_screen: DeskScreen) -> None:
    screen = desk_screen
    shot = [item("GL010001.LRV"), item("GX010001.MP4")]
    screen.office.items[PHONE.id] = [*shot, item("IMG_1.HEIC"), item("IMG_1.MOV")]
    screen.plug_in(PHONE, tiles=4)
    screen.grid.setFocus()
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Space)
    assert screen.ticked == ["GL010001.LRV", "GX010001.MP4"]
    press(Qt.Key.Key_Space)
    assert screen.ticked == ["GX010001.MP4"], "who wants one alone may have it"


def test_an_item_with_a_problem_can_be_seen_but_not_ticked(desk_screen: DeskScreen) -> None:
    screen = desk_screen
    bad = item("IMG_9.JPG", problem="its name is the beginning of another name")
    screen.office.items[PHONE.id] = [bad]
    screen.plug_in(PHONE, tiles=1)
    screen.grid.setFocus()
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_A, CTRL)
    assert screen.ticked == []
    assert "the beginning of another name" in screen.page.items.status
    index = screen.page.items.model.index(0)
    assert face_of(index).is_dimmed
    assert face_of(index).mark_words == "cannot be read"


def test_sources_come_and_go(desk_screen: DeskScreen) -> None:
    screen = desk_screen.with_phone()
    screen.office.sources.append(CARD)
    screen.look()
    assert screen.sources == ["Pixel 8", "Card EOS_DIGITAL"]
    assert len(screen.tiles) == 4, "a second source does not take the first one's place"
    screen.office.sources.remove(PHONE)
    screen.look()
    assert screen.sources == ["Card EOS_DIGITAL"]
    screen._qtbot.waitUntil(lambda: "IMG_0001.JPG" not in screen.tiles)


def test_a_locked_phone_says_what_to_do(desk_screen: DeskScreen) -> None:
    desk_screen.office.sources.append(LOCKED)
    desk_screen.look()
    assert "Trust this computer" in desk_screen.page.items._empty.text


@pytest.mark.requirement("R113")
def test_a_folder_that_a_cloud_copies_is_warned_about(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    copied = replace(CARD, name="Wounds", caution="Dropbox copies Wounds by itself.")
    desk_screen.office.items[copied.id] = todays_items(2)
    desk_screen.plug_in(copied, tiles=2)
    assert desk_screen.page.items.notice.text == copied.caution


@pytest.mark.parametrize(
    "problem",
    [SourceEmpty(source="Pixel 8"), SourceLocked(source="Pixel 8")],
    ids=["empty", "locked"],
)
def test_a_source_that_lists_nothing_says_why(
    qtbot: QtBot, desk_screen: DeskScreen, problem: SourceEmpty | SourceLocked
) -> None:
    desk_screen.office.list_problem = problem
    desk_screen.office.sources.append(PHONE)
    with qtbot.waitSignal(desk_screen.page.items.listed):
        desk_screen.look()
    said = desk_screen.page.items._empty.text + desk_screen.page.items.notice.text
    assert str(problem) in said


def test_a_patient_not_on_record_is_added_on_the_way(qtbot: QtBot, desk_screen: DeskScreen) -> None:
    screen = desk_screen.with_phone()
    screen.tick(1)
    type_in("Ngata")
    qtbot.waitUntil(lambda: "Nobody found" in screen.search._hint.text)
    screen.filing.patient_step.add_button.click()
    form = screen.filing.patient_step.form
    assert form.family.text() == "Ngata"
    assert form.number.hasFocus()
    type_in("ZVU27KE")
    assert "test NHI number" in form.number_hint
    form.born.setText("2 Jan 1980")
    press(Qt.Key.Key_Return)
    assert screen.wait_for_patient().number.value == "ZVU27KE"


def test_a_chosen_folder_becomes_a_source(
    qtbot: QtBot, desk_screen: DeskScreen, tmp_path: pytest.TempPathFactory
) -> None:
    screen = desk_screen
    screen.page.sources._ask = lambda question: question.then(tmp_path)  # type: ignore[arg-type]
    screen.page.sources.folder_button.click()
    qtbot.waitUntil(lambda: len(screen.tiles) == 2)
    assert len(screen.sources) == 1
