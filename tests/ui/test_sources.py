"""What the Desk says of a device that is not ready, and how a card is let go."""

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.devices.eject_problems import CardBeingRead, CardBusy
from desktop.devices.problems import (
    SourceBusy,
    SourceEmpty,
    SourceLocked,
    SourceNoStorage,
    SourceNotSharing,
    SourceRefused,
    SourceUnreachable,
    SourceUnreadable,
    SourceUnsupported,
)
from desktop.devices.scanner import info_of
from desktop.devices.scanner_problems import FeederEmpty, ScannerJammed, ScannerToolMissing
from desktop.devices.source import SourceInfo, SourceState
from desktop.devices.states import state_of
from desktop.problem import Problem
from desktop.records.facts.scan_settings import ScanColour, ScanPage, ScanSettings
from desktop.shipped import shipped
from desktop.ui.desk.desk_page import DeskPage
from desktop.ui.desk.item_pane import ItemPane
from desktop.ui.desk.scan_form import ScanForm
from desktop.ui.desk.source_pane import SourcePane
from desktop.ui.desk.source_words import WORDS
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import EmptyState
from tests.ui.made_facts import CARD, PHONE, todays_items
from tests.ui.screens import CTRL, press, type_in
from tests.ui.stand_ins import StandInOffice

PROBLEMS: list[Problem] = [
    SourceLocked(source="Pixel 8"),
    SourceNotSharing(source="Pixel 8"),
    SourceNoStorage(source="Pixel 8"),
    SourceBusy(source="Pixel 8"),
    SourceUnreadable(source="Pixel 8", reason="error -1"),
    SourceUnsupported(source="Pixel 8"),
    SourceUnreachable(source="Pixel 8"),
    SourceRefused(source="Pixel 8"),
    SourceEmpty(source="Pixel 8"),
]


LOCKED_PHONE = replace(PHONE, state=SourceState.LOCKED, detail=str(SourceLocked(source="Pixel 8")))


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The Desk without the window around it."""

    office: StandInOffice
    page: DeskPage
    qtbot: QtBot

    @property
    def sources(self) -> SourcePane:
        return self.page.sources

    @property
    def items(self) -> ItemPane:
        return self.page.items

    @property
    def shown(self) -> EmptyState:
        """What stands in the place of the images."""
        widget = self.items._stack.currentWidget()
        assert isinstance(widget, EmptyState)
        return widget

    @property
    def action(self) -> QPushButton:
        """The one thing to do there."""
        assert self.shown.action is not None
        return self.shown.action

    @property
    def picture(self) -> str:
        return str(self.shown._icon.property("icon_name"))

    @property
    def tiles(self) -> int:
        return self.items.model.rowCount()

    def plug(self, source: SourceInfo) -> None:
        self.office.sources.append(source)
        self.look()
        self.qtbot.waitUntil(lambda: self.items.source == source)

    def look(self) -> None:
        self.sources.look_now()
        self.qtbot.waitUntil(lambda: not self.sources._looking)


@pytest.fixture
def desk(qtbot: QtBot, background: Background, office: StandInOffice) -> Desk:
    page = DeskPage(background=background, verbs=office.desk)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return Desk(office=office, page=page, qtbot=qtbot)


def _not_ready(problem: Problem) -> SourceInfo:
    return replace(PHONE, state=state_of(problem), detail=str(problem))


def test_every_state_has_words_and_a_picture_of_its_own() -> None:
    assert set(WORDS) == set(SourceState)
    waiting = [said for state, said in WORDS.items() if state is not SourceState.READY]
    for what in ("caption", "heading", "picture"):
        assert len({getattr(said, what) for said in waiting}) == len(waiting)
    for said in waiting:
        assert shipped("icons", f"{said.picture}.svg").is_file()


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.code)
@pytest.mark.parametrize("when", ["seen", "opened"])
def test_each_has_its_sentence_its_picture_and_one_way_on(
    desk: Desk, problem: Problem, when: str
) -> None:
    is_empty = isinstance(problem, SourceEmpty)
    if when == "seen" and not is_empty:
        desk.plug(_not_ready(problem))
    else:
        desk.office.list_problem = problem
        with desk.qtbot.waitSignal(desk.items.listed):
            desk.plug(PHONE)
    assert str(problem) in desk.shown.text
    assert desk.picture == ("state-empty" if is_empty else WORDS[state_of(problem)].picture)
    assert desk.action.isVisible()
    assert desk.action.text() == "Try again"


def test_with_nothing_plugged_in_it_asks_for_a_device(desk: Desk) -> None:
    assert "Plug in a phone, camera or card" in desk.shown.text
    assert desk.picture == "state-plug-in"


def test_a_phone_that_was_unlocked_is_tried_again_by_keyboard(desk: Desk) -> None:
    desk.office.items[PHONE.id] = todays_items(2)
    desk.plug(LOCKED_PHONE)
    button = desk.action
    button.setFocus()
    press(Qt.Key.Key_Space)
    assert "Asking Pixel 8 again" in desk.shown.text
    desk.qtbot.waitUntil(button.isVisible)
    assert desk.office.tried == [PHONE.id]
    assert "Unlock it" in desk.shown.text, "it is still locked, and says so again"
    desk.office.on_try = lambda: desk.office.sources.__setitem__(0, PHONE)
    button.setFocus()
    press(Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: desk.tiles == 2)


def test_a_phone_that_was_unlocked_opens_by_itself(desk: Desk) -> None:
    desk.office.items[PHONE.id] = todays_items(3)
    desk.plug(LOCKED_PHONE)
    desk.office.sources[0] = PHONE
    desk.look()
    desk.qtbot.waitUntil(lambda: desk.tiles == 3)


@pytest.fixture
def card_in(desk: Desk) -> Desk:
    """A card with two images is plugged in."""
    desk.office.items[CARD.id] = todays_items(2)
    desk.plug(CARD)
    desk.qtbot.waitUntil(lambda: desk.tiles == 2)
    return desk


@pytest.mark.parametrize("way", ["button", "keys"])
def test_a_card_is_ejected_and_may_be_taken_out(card_in: Desk, way: str) -> None:
    pane = card_in.sources
    assert pane.eject_button.isVisible()
    with card_in.qtbot.waitSignal(pane.source_ejected):
        if way == "button":
            pane.eject_button.setFocus()
            press(Qt.Key.Key_Space)
        else:
            pane.list.setFocus()
            press(Qt.Key.Key_E, CTRL)
    card_in.qtbot.waitUntil(lambda: pane.model.rowCount() == 0)
    assert pane.notice.text == "You can take EOS_DIGITAL out now."
    assert card_in.picture == "state-plug-in"
    assert "unplugged" not in card_in.items.notice.text
    assert not pane.eject_button.isVisible()


def test_a_card_that_is_held_says_by_whom_and_shows_its_images_again(card_in: Desk) -> None:
    pane = card_in.sources
    card_in.office.eject_problem = CardBusy(source=CARD.name, holders="gimp")
    pane.eject_button.click()
    assert card_in.tiles == 0, "nothing may be read from it meanwhile"
    card_in.qtbot.waitUntil(lambda: "still open in gimp" in pane.notice.text)
    card_in.qtbot.waitUntil(lambda: card_in.tiles == 2)
    card_in.look()
    assert "still open in gimp" in pane.notice.text, "it stays to be read"


def test_a_card_that_images_are_filed_from_is_not_disturbed(card_in: Desk) -> None:
    pane = card_in.sources
    left: list[SourceInfo] = []
    card_in.office.eject_problem = CardBeingRead(source=CARD.name)
    pane.source_leaving.connect(left.append)
    pane.hold(held=True)
    pane.eject_button.click()
    card_in.qtbot.waitUntil(lambda: "being taken from Card EOS_DIGITAL" in pane.notice.text)
    assert left == []
    assert card_in.tiles == 2


def test_only_a_card_is_ejected(desk: Desk) -> None:
    desk.plug(PHONE)
    assert not desk.sources.eject_button.isVisible()
    desk.sources.eject()
    desk.look()
    assert desk.sources.model.rowCount() == 1


class TestNetworkCamera:
    def test_is_added_by_its_address_and_remembered_if_so_ticked(self, desk: Desk) -> None:
        pane = desk.sources
        pane.camera_button.setFocus()
        press(Qt.Key.Key_Space)
        assert pane.camera_form.address.hasFocus()
        type_in("192.168.1.20")
        press(Qt.Key.Key_Tab)
        press(Qt.Key.Key_Space)
        pane.camera_form.address.setFocus()
        press(Qt.Key.Key_Return)
        desk.qtbot.waitUntil(lambda: desk.tiles == 2)
        assert desk.items.source is not None
        assert desk.items.source.name == "Camera at 192.168.1.20"
        assert desk.office.remembered_cameras == ["192.168.1.20"]
        assert not pane.camera_form.isVisible()
        assert pane.remove_button.isVisible()
        pane.remove_button.click()
        desk.qtbot.waitUntil(lambda: pane.model.rowCount() == 0)
        assert "unplugged" not in desk.items.notice.text

    def test_one_that_refuses_keeps_what_was_typed_and_escape_leaves(self, desk: Desk) -> None:
        form = desk.sources.camera_form
        desk.office.camera_problem = SourceRefused(source="Camera at 10.0.0.2")
        desk.sources.camera_button.click()
        type_in("10.0.0.2")
        press(Qt.Key.Key_Return)
        desk.qtbot.waitUntil(lambda: "refuses this computer" in form.notice.text)
        assert (form.address.text(), form.address.hasFocus()) == ("10.0.0.2", True)
        assert desk.office.remembered_cameras == []
        press(Qt.Key.Key_Escape)
        assert not form.isVisible()
        assert desk.sources.camera_button.hasFocus()


GLASS, FEEDER = info_of("scanner:made:1", "Made Up"), info_of("feeder:made:1", "Made Up")


class TestScanner:
    def _picking(self, desk: Desk) -> ScanForm:
        """Two choices are offered."""
        desk.office.scanners = [GLASS, FEEDER]
        desk.office.items = {one.id: todays_items(2) for one in (GLASS, FEEDER)}
        desk.sources.scan_button.setFocus()
        press(Qt.Key.Key_Space)
        desk.qtbot.waitUntil(desk.sources.scan_form.list.hasFocus)
        return desk.sources.scan_form

    def _scanned(self, desk: Desk) -> None:
        """The pages of the feeder are shown."""
        self._picking(desk)
        press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Return)
        desk.qtbot.waitUntil(lambda: desk.tiles == 2)

    def test_glass_or_feeder_is_picked_by_keyboard_and_remembered(self, desk: Desk) -> None:
        self._scanned(desk)
        assert desk.items.source == FEEDER
        desk.sources.scan_button.setFocus()
        press(Qt.Key.Key_Space)
        form = desk.sources.scan_form
        assert (form.list.currentIndex().row(), desk.office.looked) == (1, 1)
        press(Qt.Key.Key_Return)
        desk.qtbot.waitUntil(lambda: desk.tiles == 3)

    def test_more_pages_come_when_asked_and_ticks_stay(self, desk: Desk) -> None:
        self._scanned(desk)
        desk.qtbot.waitUntil(lambda: desk.items.stop_button.text() == "Scan more pages")
        desk.items.model.turn_rows([0], only_on=True)
        desk.items.stop_button.setFocus()
        press(Qt.Key.Key_Space)
        desk.qtbot.waitUntil(lambda: desk.tiles == 3)
        assert len(desk.items.ticked) == 1
        assert "3 pages" in desk.items._found.text()

    def test_what_fails_later_keeps_the_pages_that_were_held(self, desk: Desk) -> None:
        self._scanned(desk)
        desk.qtbot.waitUntil(lambda: desk.items.stop_button.text() == "Scan more pages")
        desk.office.scan_problem = FeederEmpty(source=FEEDER.name)
        desk.items.stop_button.click()
        desk.qtbot.waitUntil(lambda: "no paper" in desk.items.notice.text)
        desk.qtbot.waitUntil(lambda: desk.tiles == 2)

    def test_a_jam_is_told_and_tried_again(self, desk: Desk) -> None:
        desk.office.list_problem = ScannerJammed(source=FEEDER.name)
        self._picking(desk)
        with desk.qtbot.waitSignal(desk.items.listed):
            press(Qt.Key.Key_Return)
        assert "jammed" in desk.shown.text
        assert not desk.items.stop_button.isVisible()
        desk.office.list_problem = None
        desk.action.setFocus()
        press(Qt.Key.Key_Space)
        desk.qtbot.waitUntil(lambda: desk.tiles == 2)
        assert desk.office.tried == [GLASS.id]

    def test_how_a_scanner_was_set_is_chosen_again(self, desk: Desk) -> None:
        settings = ScanSettings(colour=ScanColour.GREY, dpi=200, page=ScanPage.A5)
        desk.office.scan_settings["made:1"] = settings
        form = self._picking(desk)
        assert form.choices.settings == settings
        form.choices.dpi.setCurrentText("600 dpi")
        form.scan_button.click()
        kept = desk.office.scan_settings
        desk.qtbot.waitUntil(lambda: kept["made:1"] == replace(settings, dpi=600))

    def test_the_only_choice_scans_at_once_and_can_be_removed(self, desk: Desk) -> None:
        desk.office.scanners, desk.office.items = [GLASS], {GLASS.id: todays_items(1)}
        desk.sources.scan_button.click()
        desk.qtbot.waitUntil(lambda: desk.tiles == 1)
        assert not desk.sources.scan_form.isVisible()
        assert desk.sources.remove_button.text() == "Remove scanner"
        desk.sources.remove_button.click()
        desk.qtbot.waitUntil(lambda: desk.sources.model.rowCount() == 0)
        assert desk.tiles == 0

    @pytest.mark.parametrize("problem", [None, ScannerToolMissing()])
    def test_without_any_the_way_out_is_told(self, desk: Desk, problem: Problem | None) -> None:
        desk.office.find_problem = problem
        form = desk.sources.scan_form
        desk.sources.scan_button.click()
        assert "half a minute" in form.notice.text
        desk.qtbot.waitUntil(form.look_button.hasFocus)
        assert "scan to a folder" in form.notice.text
        press(Qt.Key.Key_Escape)
        assert not form.isVisible()
        assert desk.sources.scan_button.hasFocus()
