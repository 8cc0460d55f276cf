"""The handover at the Desk: who brings which device, known again, with its phone check."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.intake.filing_report import TRAY
from desktop.records.facts.capture import CaptureDevice, DeviceOwner
from desktop.records.facts.consent import ConsentForm
from desktop.records.facts.devices import Answer, Depositor, Handover, HandoverOffer, KnownDevice
from desktop.records.facts.people import Role
from desktop.records.facts.people_problems import NotAllowed
from desktop.ui.desk.device_box import DeviceBox
from tests.ui.made_devices import MERE, TOM, known_phone, ward_camera
from tests.ui.made_facts import PHONE, todays_items
from tests.ui.screens import DeskScreen, press, type_in

ALT = Qt.KeyboardModifier.AltModifier


def at_the_facts(qtbot: QtBot, screen: DeskScreen, *known: KnownDevice) -> DeviceBox:
    """A phone is there, an image ticked, the patient chosen, the keyboard at the read-back."""
    screen.office.devices.known.extend(known)
    screen.with_phone()
    screen.tick(1)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    box = screen.facts.device
    qtbot.waitUntil(lambda: box.combo.count() == 2 + len(known))
    return box


def say_consent(screen: DeskScreen) -> None:
    form = screen.facts.form
    form.consent.setCurrentIndex(form.consent.findData(ConsentForm.VERBAL))


@pytest.mark.requirement("R26", "R67", "R76")
def test_the_second_time_the_whole_handover_is_two_keystrokes(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    """Who took it, who brings it, whose device and which: one key accepts all, one files. What was
    read back and consented belongs to one patient, and is never remembered."""
    phone = known_phone()
    box = at_the_facts(qtbot, desk_screen, phone)
    assert box.accept.text() == "It is Mere's Pixel 8 (Alt+D)"
    assert "personal · phone check" in box.line.text()
    assert box.line.text().endswith("all yes")
    assert box.chosen is None  # two phones of one model call themselves the same
    say_consent(desk_screen)
    type_in("4 Mar 1961")
    strokes = ((Qt.Key.Key_D, ALT), (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier))
    for key, modifier in strokes:
        press(key, modifier)
    assert "filed" in desk_screen.wait_for_report()
    [request] = desk_screen.office.requests
    assert request.handover == Handover(depositor=TOM, device=phone.device.id)
    assert request.facts.photographer == MERE
    assert request.facts.owner is DeviceOwner.PERSONAL


@pytest.mark.requirement("R76")
def test_the_photographer_brings_it_unless_somebody_else_is_named(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    at_the_facts(qtbot, desk_screen)
    brought = desk_screen.facts.brought
    assert brought.depositor is None
    assert brought.role.isHidden()
    brought.name.setFocus()
    type_in("tom reed")
    qtbot.waitUntil(lambda: brought.depositor == Depositor(name="tom reed", role=Role.CLERK))
    desk_screen.say_all()
    desk_screen.facts.second.setFocus()
    desk_screen.read_back("4 Mar 1961")
    desk_screen.wait_for_report()
    [request] = desk_screen.office.requests
    assert request.handover.depositor is not None
    assert request.handover.device is None


@pytest.mark.requirement("R26", "R110", "R112", "R113", "R114")
def test_a_new_phone_is_named_and_checked_by_single_keys(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    box = at_the_facts(qtbot, desk_screen)
    desk_screen.facts.form.name.setText("Mere Parata")
    box.combo.setFocus()
    press(Qt.Key.Key_End)
    box.combo.activated.emit(box.combo.currentIndex())
    assert box.name.hasFocus()
    type_in("Mere's Pixel 8")
    press(Qt.Key.Key_Return)
    assert box.notice.text == "Say first whose device it is."
    form = desk_screen.facts.form
    form.owner.setCurrentIndex(form.owner.findData(DeviceOwner.PERSONAL))
    box.combo.setCurrentIndex(box.combo.count() - 1)
    box.name.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: box.chosen is not None)
    [new] = desk_screen.office.devices.noted
    assert (new.name, new.keeper, new.source_name) == ("Mere's Pixel 8", "Mere Parata", PHONE.name)
    qtbot.waitUntil(box.panel.yes_button.hasFocus)
    assert box.panel.text.startswith("1 of 5  Do you know")
    for key in "yyy":
        type_in(key)
    press(Qt.Key.Key_Backspace)
    for key in "Yn?":
        type_in(key)
    qtbot.waitUntil(lambda: bool(box.notice.text))
    [said] = desk_screen.office.devices.declared
    assert said.answered_by == "Mere Parata"
    assert (said.protected, said.encrypted) == (Answer.YES, Answer.YES)
    assert (said.nothing_uploads, said.remote_erase) == (Answer.NO, Answer.NOT_SURE)
    assert "Switch automatic upload off: iCloud Photos, Google Photos" in box.notice.text
    assert "Find My" in box.notice.text
    assert "2 to put right" in box.line.text()


def test_devices_that_are_told_late_leave_a_new_one_chosen(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    box = at_the_facts(qtbot, desk_screen, known_phone())
    box.combo.setCurrentIndex(box.combo.count() - 1)
    box.combo.activated.emit(box.combo.currentIndex())
    type_in("Another")
    box.offer(HandoverOffer(fitting=(), organisation=(ward_camera(),), depositors=()))
    assert box.combo.currentText() == "A new device…"
    assert box.name.text() == "Another"
    assert box.accept.isHidden()


@pytest.mark.requirement("R6", "R112")
def test_an_old_phone_check_is_asked_for_again_but_never_in_the_way(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    old = known_phone(at=datetime.now(UTC) - timedelta(days=400))
    box = at_the_facts(qtbot, desk_screen, old)
    press(Qt.Key.Key_D, ALT)
    assert not box.panel.isHidden()
    press(Qt.Key.Key_P, ALT)
    assert box.panel.yes_button.hasFocus()
    press(Qt.Key.Key_Escape)
    assert box.panel.isHidden()
    assert desk_screen.filing.chosen_patient is not None  # Escape was the panel's
    say_consent(desk_screen)
    desk_screen.facts.second.setFocus()
    desk_screen.read_back("4 Mar 1961")
    desk_screen.wait_for_report()
    assert desk_screen.office.devices.declared == []


@pytest.mark.requirement("R122")
def test_a_patients_own_device_is_asked_nothing(qtbot: QtBot, desk_screen: DeskScreen) -> None:
    box = at_the_facts(qtbot, desk_screen, known_phone(checked=None))
    press(Qt.Key.Key_D, ALT)
    assert not box.panel.isHidden()
    form = desk_screen.facts.form
    form.owner.setCurrentIndex(form.owner.findData(DeviceOwner.PATIENT))
    assert box.chosen is None
    assert box.panel.isHidden()
    assert box.accept.isHidden()
    assert not box.combo.isEnabled()
    assert box.line.text() == "Theirs: no phone check, and nothing is cleared from it."
    form.owner.setCurrentIndex(form.owner.findData(DeviceOwner.PERSONAL))
    assert not box.accept.isHidden()


@pytest.mark.requirement("R27")
def test_a_device_of_the_organisation_is_picked_from_the_register(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    camera = ward_camera()
    box = at_the_facts(qtbot, desk_screen, camera)
    assert box.accept.isHidden()  # nothing says that this source is it
    box.combo.setFocus()
    press(Qt.Key.Key_Down)
    box.combo.activated.emit(box.combo.currentIndex())
    assert box.chosen == camera
    assert box.line.text() == "organisation · asset A-77 · s/n 0123456789"
    assert box.panel.isHidden()
    assert desk_screen.facts.form.owner.currentData() == DeviceOwner.ORGANISATION


@pytest.mark.requirement("R27")
def test_a_serial_unknown_to_the_register_is_asked_about_after_the_filing(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    office = desk_screen.office
    office.devices.unknown = [CaptureDevice(make="Canon", model="EOS R5", serial="77001234")]
    at_the_facts(qtbot, desk_screen)
    desk_screen.say_all()
    desk_screen.read_back("4 Mar 1961")
    desk_screen.wait_for_report()
    asks = desk_screen.filing.unknown_device
    qtbot.waitUntil(lambda: bool(asks.text))
    assert "Canon EOS R5 s/n …1234, which is not on the register" in asks.text
    asks.name.setFocus()
    type_in("Theatre camera")
    office.devices.problem = NotAllowed(deed="organisation device added", who="A", may="manager")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "may not do this" in asks.notice.text)
    office.devices.problem = None
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(asks.isHidden)
    [new] = office.devices.noted
    assert (new.name, new.serial, new.owner) == (
        "Theatre camera", "77001234", DeviceOwner.ORGANISATION,
    )  # fmt: skip


def test_what_was_picked_outlives_a_lock(qtbot: QtBot, desk_screen: DeskScreen) -> None:
    phone = known_phone()
    box = at_the_facts(qtbot, desk_screen, phone)
    press(Qt.Key.Key_D, ALT)
    draft = desk_screen.filing.draft
    assert draft is not None
    desk_screen.filing.next_patient()
    assert box.chosen is None
    desk_screen.filing.restore(draft)
    qtbot.waitUntil(lambda: box.chosen == phone)
    assert desk_screen.facts.brought.depositor == TOM


def test_what_lies_in_the_tray_was_handed_over_before(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    tray = replace(PHONE, id=TRAY, name="Tray: not yet filed")
    desk_screen.office.items[TRAY] = todays_items(1)
    desk_screen.plug_in(tray, tiles=1)
    desk_screen.tick(1)
    desk_screen.scan("ZZZ0016")
    desk_screen.wait_for_patient()
    assert not desk_screen.facts.device.isVisible()
    assert not desk_screen.facts.brought.isVisible()
