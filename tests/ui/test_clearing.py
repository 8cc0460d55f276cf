"""The device after a filing: asked in words, cleared one by one, attested, and its receipt."""

from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.devices.never_cleared import APPLE
from desktop.devices.problems import ItemProtected
from desktop.intake.report import Progress
from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.clearance_problems import NotBackedUp
from desktop.ui.desk.clear_step import ClearStep
from desktop.ui.parts.clearing_verbs import Stopped, TellProgress
from tests.ui.made_facts import PHONE, todays_items
from tests.ui.screens import DeskScreen, press, type_in


class ClearScreen:
    """A filing from the phone that is done, and what is offered next."""

    def __init__(self, qtbot: QtBot, desk: DeskScreen) -> None:
        self.qtbot = qtbot
        self.desk = desk
        self.report = desk.filing.report_step
        self.step: ClearStep = desk.filing.clear_step
        self.clearing = desk.office.clearing

    def filed(self, *, owner: DeviceOwner = DeviceOwner.PERSONAL, cannot_clear: str = "") -> None:
        """Two images of a phone are filed by keyboard."""
        phone = replace(PHONE, cannot_clear=cannot_clear)
        self.desk.office.items[phone.id] = todays_items(3)
        self.desk.plug_in(phone, tiles=3)
        self.desk.tick(2)
        self.desk.scan("ZZZ0016")
        self.desk.wait_for_patient()
        self.desk.say_all()
        form = self.desk.facts.form
        form.owner.setCurrentIndex(form.owner.findData(owner))
        self.desk.read_back("4 Mar 1961")
        self.desk.wait_for_report()
        self.settle()

    def settle(self) -> None:
        """Wait until every answer has come."""
        self.qtbot.waitUntil(lambda: self.desk.filing._background.is_idle)

    def ask(self) -> str:
        """Press the button of the report; what is asked then."""
        self.report.clear_button.setFocus()
        press(Qt.Key.Key_Return)
        self.qtbot.waitUntil(self.step.offer_face.isVisible)
        return self.step.offer_face.text

    def agree(self) -> None:
        """From where the keyboard is: Tab to the button that deletes, and Enter."""
        for _ in range(2):
            press(Qt.Key.Key_Tab)
        assert self.step.offer_face.agree_button.hasFocus()
        press(Qt.Key.Key_Return)

    def wait_result(self) -> str:
        """What became of every image."""
        self.qtbot.waitUntil(self.step.result.isVisible)
        return self.step.result.text


@pytest.fixture
def screen(qtbot: QtBot, desk_screen: DeskScreen) -> ClearScreen:
    return ClearScreen(qtbot, desk_screen)


@pytest.mark.requirement("R74")
def test_a_phone_is_cleared_by_keyboard_and_its_owner_gets_a_receipt(screen: ClearScreen) -> None:
    screen.filed()
    asked = screen.ask()
    assert "Delete 2 images from Pixel 8?" in asked
    shown = " ".join(label.text() for label in screen.step.offer_face.findChildren(QLabel))
    for reminder in ("Recently Deleted", "chat threads", "iCloud"):
        assert reminder in shown
    assert screen.step.offer_face.back.hasFocus(), "Enter alone deletes nothing"
    screen.desk.office.items[PHONE.id] = todays_items(3)[2:]
    screen.agree()
    said = screen.wait_result()
    assert "The device is cleared" in said
    assert "2 confirmed absent" in said
    assert "IMG_0001.JPG, IMG_0002.JPG" in said
    assert [source for _, source in screen.clearing.asked] == [PHONE.id]
    screen.qtbot.waitUntil(lambda: screen.desk.tiles == ["IMG_0003.JPG"])
    assert not screen.step.result.attest_button.isVisible()
    assert screen.step.result.receipt_button.hasFocus()
    press(Qt.Key.Key_Return)
    page = screen.desk.page.receipt
    screen.qtbot.waitUntil(page.print_button.hasFocus)
    assert page.pages_shown == 1
    press(Qt.Key.Key_Return)
    screen.qtbot.waitUntil(lambda: "Sent to Office-Laser" in page.notice.text)
    assert screen.clearing.printed == ["Office-Laser"]
    press(Qt.Key.Key_Escape)
    assert screen.step.result.receipt_button.hasFocus()


@pytest.mark.requirement("R74")
def test_no_filing_is_taken_back_once_its_device_is_being_cleared(screen: ClearScreen) -> None:
    screen.filed()
    assert screen.report.undo_button.isVisible()
    screen.ask()
    press(Qt.Key.Key_Escape)
    assert screen.report.undo_button.isVisible(), "nothing was deleted yet"
    screen.ask()
    screen.agree()
    screen.wait_result()
    assert screen.report.undo_button.isHidden()


@pytest.mark.requirement("R122")
def test_a_patients_own_device_is_never_offered_for_clearing(screen: ClearScreen) -> None:
    screen.filed(owner=DeviceOwner.PATIENT)
    assert screen.report.clear_button.isHidden()
    assert "lear" not in screen.report.text


@pytest.mark.requirement("R74")
def test_an_apple_device_says_why_and_its_owner_attests(screen: ClearScreen) -> None:
    screen.filed(cannot_clear=APPLE)
    assert screen.report.clear_button.text() == "Deleted from the device by hand…"
    assert screen.ask() == APPLE
    assert not screen.step.offer_face.agree_button.isVisible()
    press(Qt.Key.Key_Return)
    form = screen.step.attest_form
    assert form.name.hasFocus()
    assert form.name.text() == "Mere Parata"
    assert "witnessed by you, Mere Parata" in form.sentence
    press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_Return)
    screen.qtbot.waitUntil(lambda: "type the person's name" in form.notice.text)
    type_in("Wiremu Rata")
    press(Qt.Key.Key_Return)
    said = screen.wait_result()
    assert "2 attested" in said
    assert "IMG_0001.JPG, IMG_0002.JPG: by the word of Wiremu Rata" in said
    assert screen.clearing.attested == [("Wiremu Rata", 2)]
    assert screen.clearing.asked == []


@pytest.mark.requirement("R73")
def test_what_is_in_the_way_is_said_with_its_way_out(screen: ClearScreen) -> None:
    screen.clearing.refused = str(NotBackedUp(count=2))
    screen.filed()
    assert "Make a backup first" in screen.ask()
    assert not screen.step.offer_face.agree_button.isVisible()


@pytest.mark.requirement("R74")
def test_what_the_device_keeps_is_told_image_by_image_and_stays_outstanding(
    screen: ClearScreen,
) -> None:
    kept = ItemProtected(name="IMG_0002.JPG")
    screen.clearing.keeps["IMG_0002.JPG"] = kept
    screen.filed()
    screen.ask()
    screen.agree()
    said = screen.wait_result()
    assert "1 of 2 images may still be there" in said
    assert "1 confirmed absent" in said
    assert "1 refused" in said
    assert str(kept) in said
    screen.step.result.attest_button.setFocus()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    screen.qtbot.waitUntil(lambda: "1 attested" in screen.step.result.text)
    assert screen.clearing.attested == [("Mere Parata", 1)]


def test_a_clearing_stops_between_two_images_and_the_device_is_left_alone_meanwhile(
    screen: ClearScreen,
) -> None:
    go_on = Event()

    def slowly(tell: TellProgress, stopped: Stopped) -> None:
        tell(Progress(done=1, total=2, bytes_done=0, bytes_total=1, name="IMG_0001.JPG"))
        while not stopped():
            go_on.wait(0.01)

    screen.clearing.on_clear = slowly
    screen.filed()
    screen.ask()
    screen.agree()
    progress = screen.step.progress
    screen.qtbot.waitUntil(lambda: progress.text.startswith("1 of 2 dealt with"))
    assert screen.desk.tiles == []
    assert not screen.desk.page.items.isEnabled()
    assert screen.desk.filing.is_filing, "what can wait gives way"
    assert progress.stop_button.hasFocus()
    press(Qt.Key.Key_Space)
    said = screen.wait_result()
    assert "Stopped, as asked" in said
    assert "2 outstanding" in said
    screen.qtbot.waitUntil(lambda: len(screen.desk.tiles) == 3)


def test_a_device_that_cannot_be_opened_says_so_and_can_be_tried_again(screen: ClearScreen) -> None:
    screen.clearing.clear_problem = NotBackedUp(count=2)
    screen.filed()
    screen.ask()
    screen.agree()
    face = screen.step.offer_face
    screen.qtbot.waitUntil(lambda: "Make a backup first" in face.text)
    screen.clearing.clear_problem = None
    assert face.agree_button.isVisible()
    face.agree_button.setFocus()
    press(Qt.Key.Key_Return)
    assert "2 confirmed absent" in screen.wait_result()
