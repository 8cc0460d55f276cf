"""Not cleared: what may still be on a device, for how long, and the ways out of the list."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.clinical_image import ImageState
from desktop.records.facts.ids import IntakeId, new_uuid
from desktop.records.facts.office_settings import OfficeSettings
from desktop.ui.worklists.not_cleared import NotCleared
from desktop.ui.worklists.not_filed import NotFiled
from desktop.ui.worklists.uncleared_model import Grouping, UnclearedModel, days_words, handed
from tests.ui.made_clearing import deposit
from tests.ui.made_facts import NOW, PHONE
from tests.ui.screens import CTRL, DeskScreen, WorklistsScreen, press, type_in
from tests.ui.stand_ins import StandInOffice

MANAGER = "Tell the manager, and remind Tom Reed"
WHY = "IMG_7.JPG is write-protected on the device."


class NotClearedScreen:
    """The list as a person meets it."""

    def __init__(self, qtbot: QtBot, room: WorklistsScreen) -> None:
        self.qtbot = qtbot
        self.room = room
        self.clearing = room.office.clearing
        (self.list,) = (one for one in room.page.lists if isinstance(one, NotCleared))

    def come_in(self) -> None:
        """Ctrl+3, and down to the list."""
        self.room.come_in()
        with self.qtbot.waitSignal(self.list.loaded):
            press(Qt.Key.Key_Down)
        self.list.table.setFocus()

    @property
    def rows(self) -> list[list[str]]:
        model = self.list.model
        columns, rows = range(model.columnCount()), range(model.rowCount())
        return [[str(model.index(row, column).data()) for column in columns] for row in rows]


def some(office: StandInOffice) -> list[IntakeId]:
    """Three handovers of two people and two devices, and one device that is a patient's."""
    old, card, new, theirs = (IntakeId(new_uuid()) for _ in range(4))
    office.clearing.intakes = {
        new: [deposit("IMG_9.JPG", intake=new)],
        card: [
            deposit("IMG_7.JPG", intake=card, source="Card EOS", days=3, refused_why=WHY),
            deposit("IMG_8.JPG", intake=card, source="Card EOS", days=3, refused_why=WHY),
        ],
        old: [deposit("IMG_1.JPG", intake=old, depositor="Tom Reed", days=14)],
        theirs: [deposit("A.JPG", intake=theirs, owner=DeviceOwner.PATIENT, days=90)],
    }
    return [old, card, new]


@pytest.fixture
def screen(qtbot: QtBot, worklists: WorklistsScreen) -> NotClearedScreen:
    return NotClearedScreen(qtbot, worklists)


@pytest.mark.requirement("R75", "R122")
def test_what_may_still_be_on_a_device_stands_there_with_its_age(screen: NotClearedScreen) -> None:
    some(screen.room.office)
    screen.come_in()
    assert screen.room.names[1] == "Not cleared, 4 waiting"
    assert screen.rows == [
        ["Pixel 8", "Tom Reed", "1 image", "for 14 days", MANAGER, "not cleared yet"],
        ["Pixel 8", "Mere Parata", "1 image", "since today", "nothing yet", "not cleared yet"],
        ["Card EOS", "Mere Parata", "2 images", "for 3 days", "nothing yet", WHY],
    ]
    said = screen.list.summary.text()
    assert said == (
        "4 images on 2 devices. The longest: still on Pixel 8 for 14 days. The manager is to be "
        "told of 1 handover."
    )


@pytest.mark.requirement("R75")
def test_the_offices_policy_says_who_is_told_when(screen: NotClearedScreen) -> None:
    some(screen.room.office)
    screen.clearing.policy = OfficeSettings(remind_days=3, manager_days=30)
    screen.come_in()
    assert [row[4] for row in screen.rows] == [
        "Remind Tom Reed",
        "nothing yet",
        "Remind Mere Parata",
    ]
    assert "manager" not in screen.list.summary.text()


@pytest.mark.requirement("R75", "R76")
def test_it_stands_by_person_too(screen: NotClearedScreen) -> None:
    some(screen.room.office)
    screen.come_in()
    by_person = screen.list.groupings.button(1)
    by_person.setFocus()
    press(Qt.Key.Key_Space)
    assert [row[:2] for row in screen.rows] == [
        ["Pixel 8", "Tom Reed"],
        ["Card EOS", "Mere Parata"],
        ["Pixel 8", "Mere Parata"],
    ]


@pytest.mark.requirement("R74")
def test_enter_clears_a_connected_device_at_the_desk(
    screen: NotClearedScreen, desk_screen: DeskScreen
) -> None:
    old, *_ = some(screen.room.office)
    desk_screen.with_phone()
    screen.come_in()
    press(Qt.Key.Key_Home, CTRL)
    press(Qt.Key.Key_Return)
    step = desk_screen.filing.clear_step
    screen.qtbot.waitUntil(step.offer_face.isVisible)
    assert "Delete 1 image from Pixel 8?" in step.offer_face.text
    step.offer_face.agree_button.setFocus()
    press(Qt.Key.Key_Return)
    screen.qtbot.waitUntil(step.result.isVisible)
    assert screen.clearing.asked == [(old, PHONE.id)]


@pytest.mark.requirement("R74")
def test_a_device_that_is_away_is_asked_for(
    screen: NotClearedScreen, desk_screen: DeskScreen
) -> None:
    some(screen.room.office)
    screen.come_in()
    press(Qt.Key.Key_End, CTRL)
    press(Qt.Key.Key_Return)
    face = desk_screen.filing.clear_step.offer_face
    screen.qtbot.waitUntil(face.isVisible)
    assert "Card EOS is not connected. Connect it" in face.text
    assert not face.agree_button.isVisible()


@pytest.mark.requirement("R74")
def test_somebodys_word_takes_it_off_the_list(screen: NotClearedScreen) -> None:
    some(screen.room.office)
    screen.come_in()
    press(Qt.Key.Key_End, CTRL)
    screen.list.attest_button.setFocus()
    press(Qt.Key.Key_Return)
    form = screen.list.attest_form
    assert form.name.text() == "Mere Parata"
    type_in("Wiremu Rata")
    with screen.qtbot.waitSignal(screen.list.loaded):
        press(Qt.Key.Key_Return)
    assert screen.clearing.attested == [("Wiremu Rata", 2)]
    assert [row[0] for row in screen.rows] == ["Pixel 8", "Pixel 8"]
    screen.qtbot.waitUntil(lambda: screen.room.names[1] == "Not cleared, 2 waiting")


@pytest.mark.requirement("R114")
def test_a_lost_device_opens_a_breach_record_that_is_listed_and_printed(
    screen: NotClearedScreen,
) -> None:
    some(screen.room.office)
    screen.come_in()
    press(Qt.Key.Key_Home, CTRL)
    screen.list.lost_button.setFocus()
    press(Qt.Key.Key_Return)
    form = screen.list.lost_form
    assert form.what.hasFocus()
    type_in("left on a bus")
    form.day.setText("someday")
    press(Qt.Key.Key_Return)
    assert form.day.hasFocus()
    assert screen.clearing.breaches.records == []
    form.day.setText("20 11 2025")
    press(Qt.Key.Key_Return)
    page = screen.list.paper
    screen.qtbot.waitUntil(page.print_button.hasFocus)
    assert "Lost or stolen: Pixel 8" in page.title.text()
    press(Qt.Key.Key_Return)
    screen.qtbot.waitUntil(lambda: "privacy officer" in page.notice.text)
    [opened] = screen.clearing.breaches.records
    assert (opened.source_name, opened.depositor, opened.what) == (
        "Pixel 8",
        "Tom Reed",
        "left on a bus",
    )
    assert screen.clearing.breaches.printed == ["Office-Laser"]
    with screen.qtbot.waitSignal(screen.list.loaded):
        press(Qt.Key.Key_Escape)
    assert screen.list.table.hasFocus()


def test_where_nothing_is_left_it_says_so(screen: NotClearedScreen) -> None:
    screen.come_in()
    assert screen.list.empty.isVisible()
    assert not screen.list.lost_button.isEnabled()


def test_days_are_counted_whole_and_the_model_keeps_the_rules(qtmodeltester: object) -> None:
    assert days_words(NOW - timedelta(hours=23), now=NOW) == "since today"
    assert days_words(NOW - timedelta(hours=25), now=NOW) == "for 1 day"
    office = StandInOffice()
    some(office)
    model = UnclearedModel()
    model.show(handed(office.clearing.waiting(), Grouping.DEVICE))
    qtmodeltester.check(model)  # type: ignore[attr-defined]


@pytest.mark.requirement("R76")
def test_who_brought_images_answers_for_them_until_they_are_filed(
    qtbot: QtBot, worklists: WorklistsScreen
) -> None:
    first, second = IntakeId(new_uuid()), IntakeId(new_uuid())
    waits = ImageState.RECEIVED
    worklists.office.clearing.intakes = {
        first: [
            deposit("A.JPG", intake=first, days=2, state=waits),
            deposit("B.JPG", intake=first, state=waits),
            deposit("C.JPG", intake=first),
        ],
        second: [deposit("D.JPG", intake=second, depositor="Tom Reed", days=9, state=waits)],
    }
    worklists.come_in()
    assert worklists.names[2] == "Not filed yet, 3 waiting"
    (shown,) = (one for one in worklists.page.lists if isinstance(one, NotFiled))
    with qtbot.waitSignal(shown.loaded):
        press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Down)
    model = shown.model
    rows = [[model.index(row, column).data() for column in range(4)] for row in range(2)]
    assert rows == [
        ["Tom Reed", "1 image", "Pixel 8", "for 9 days"],
        ["Mere Parata", "2 images", "Pixel 8", "for 2 days"],
    ]
    assert "Tray: not yet filed" in shown.summary.text()
