"""Images from others, copies that are given or declined, and breach records, in the window."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from desktop.records.facts.breach import BreachStep
from desktop.records.facts.breach_problems import OfficerNotTold
from desktop.records.facts.came_from import (
    Asked,
    Channel,
    Checks,
    CopyGiven,
    Notice,
    Received,
    Relationship,
    Sender,
)
from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.clinical_image import Essential, ImageState
from desktop.records.facts.devices import Answer
from desktop.records.facts.ids import IntakeId, new_uuid
from desktop.records.facts.office_settings import OfficeSettings
from desktop.records.rules.came_from import CHECKLIST
from desktop.ui.parts.came_from_form import CameFromForm
from desktop.ui.parts.received_form import ReceivedForm
from desktop.ui.worklists.breach_records import BreachRecords
from desktop.ui.worklists.from_others import FromOthers
from desktop.ui.worklists.from_others_verbs import OtherPaper, Waiting
from tests.ui.made_breaches import breach
from tests.ui.made_clearing import deposit
from tests.ui.made_facts import HINEMOA, clinical_image
from tests.ui.screens import DeskScreen, WorklistsScreen, press, type_in


def pick(combo: QComboBox, times: int = 1) -> None:
    """By keyboard: so many choices down from nothing."""
    combo.setFocus()
    for _ in range(times):
        press(Qt.Key.Key_Down)


def fill_in(form: ReceivedForm) -> None:
    """Everything about who sent it, by keyboard."""
    for field, text in (
        (form.name, "Dr Ana Sole"),
        (form.role, "GP"),
        (form.place, "Kowhai Clinic"),
        (form.day, "5/1/2026"),
    ):
        field.setFocus()
        type_in(text)
    for combo in (form.channel, form.asked, form.notice, *form.checks.values()):
        pick(combo)


WHOLE = Received(
    sender=Sender(name="Dr Ana Sole", role="GP", organisation="Kowhai Clinic"),
    channel=Channel.TEXT_MESSAGE,
    asked=Asked.REQUESTED,
    notice=Notice.GIVEN,
    checks=Checks(**{one.field: Answer.YES for one in CHECKLIST}),
)


def at_the_facts(qtbot: QtBot, screen: DeskScreen) -> CameFromForm:
    screen.with_phone()
    screen.tick(1)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    qtbot.waitUntil(screen.facts.second.hasFocus)
    return screen.facts.came_from


def own(screen: DeskScreen, owner: DeviceOwner) -> None:
    form = screen.facts.form
    form.owner.setCurrentIndex(form.owner.findData(owner))


@pytest.mark.requirement("R119", "R120")
def test_the_desk_asks_who_sent_an_image_that_nobody_here_took(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    form = at_the_facts(qtbot, desk_screen)
    assert form.received.isHidden()
    desk_screen.say_all()
    assert "sent" not in desk_screen.facts.reason.text()
    form.sent.setFocus()
    press(Qt.Key.Key_Space)
    assert "who sent it, when and how" in desk_screen.facts.reason.text()
    assert "the checklist of a received image" in desk_screen.facts.reason.text()
    fill_in(form.received)
    assert desk_screen.facts.reason.text() == ""
    desk_screen.facts.second.setFocus()
    desk_screen.read_back("4 Mar 1961")
    desk_screen.wait_for_report()
    [request] = desk_screen.office.requests
    said = request.facts.came_from
    assert isinstance(said, Received)
    assert (said.sender, said.channel, said.asked) == (WHOLE.sender, WHOLE.channel, WHOLE.asked)
    assert (said.notice, said.checks) == (WHOLE.notice, WHOLE.checks)
    assert said.received_on is not None
    assert said.received_on.isoformat() == "2026-01-05"


@pytest.mark.requirement("R122", "R123", "R124")
def test_a_patients_own_image_asks_who_gives_the_copy_or_notes_that_nobody_does(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    form = at_the_facts(qtbot, desk_screen)
    own(desk_screen, DeviceOwner.PATIENT)
    assert form.sent.isHidden()
    assert not form.copy.isHidden()
    assert "who gave the copy" in desk_screen.facts.reason.text()
    asks = [one.accessibleName() for one in form.copy.findChildren(QComboBox)]
    assert any("cannot be deleted until its retention period ends" in one for one in asks)
    form.copy.what.setFocus()
    type_in("photo of the wound")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "no copy was given" in desk_screen.facts.notice.text)
    [(patient, what)] = desk_screen.office.devices.declined
    assert (patient, what) == (desk_screen.facts.patient.id, "photo of the wound")  # type: ignore[union-attr]


@pytest.mark.requirement("R119")
def test_what_was_typed_comes_back_and_never_goes_to_another_patient(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    form = at_the_facts(qtbot, desk_screen)
    own(desk_screen, DeviceOwner.OTHER)
    fill_in(form.received)
    held, said = desk_screen.facts.typed, form.said
    form.start()
    own(desk_screen, DeviceOwner.PERSONAL)
    assert form.said is None
    desk_screen.facts.put_back(held)
    assert form.said == said
    desk_screen.facts.clear()
    assert form.received.said == Received()


@pytest.mark.requirement("R75")
def test_the_desk_says_in_words_what_has_been_on_a_device_too_long(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    intake = IntakeId(new_uuid())
    clearing = desk_screen.office.clearing
    clearing.intakes = {intake: [deposit("A.JPG", intake=intake, depositor="Tom Reed", days=9)]}
    line = desk_screen.page.overdue
    assert line.text == ""
    desk_screen.page.enter()
    qtbot.waitUntil(lambda: line.text != "")
    assert line.text.startswith("Still on a device: Pixel 8, for 9 days: remind Tom Reed.")
    clearing.policy = OfficeSettings(remind_days=10, manager_days=20)
    desk_screen.page.enter()
    qtbot.waitUntil(lambda: line.text == "")


def the_list(room: WorklistsScreen, kind: type) -> object:
    (found,) = (one for one in room.page.lists if isinstance(one, kind))
    return found


def go_to(qtbot: QtBot, room: WorklistsScreen, kind: type) -> object:
    shown = the_list(room, kind)
    place = [type(one) for one in room.page.lists].index(kind)
    room.come_in()
    with qtbot.waitSignal(shown.loaded):  # type: ignore[attr-defined]
        for _ in range(place):
            press(Qt.Key.Key_Down)
    return shown


@pytest.fixture
def waiting() -> Callable[..., Waiting]:
    def make(name: str, *missing: Essential) -> Waiting:
        made = clinical_image(name)
        image = replace(made, state=ImageState.INCOMPLETE, missing=missing)
        return Waiting(image=image, banner=HINEMOA.banner)

    return make


@pytest.mark.requirement("R119", "R120")
def test_what_waits_stands_there_and_blank_papers_print(
    qtbot: QtBot, worklists: WorklistsScreen, waiting: Callable[..., Waiting]
) -> None:
    others = worklists.office.clearing.from_others
    others.images = [
        waiting("SENT.JPG", Essential.SENDER),
        waiting("OWN.JPG", Essential.COPY_GIVEN),
    ]
    shown = go_to(qtbot, worklists, FromOthers)
    assert isinstance(shown, FromOthers)
    assert "From others, 2 waiting" in worklists.names
    assert not shown.query_button.isEnabled()  # nobody is known to ask yet
    shown.blank.setFocus()
    press(Qt.Key.Key_Space)
    shown.query_button.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(shown.paper.print_button.hasFocus)
    assert others.made == [(OtherPaper.QUERY, None)]
    with qtbot.waitSignal(shown.loaded):
        press(Qt.Key.Key_Escape)
    assert shown.table.hasFocus()


@pytest.mark.requirement("R119", "R122")
def test_what_waits_is_noted_from_the_list(
    qtbot: QtBot, worklists: WorklistsScreen, waiting: Callable[..., Waiting]
) -> None:
    others = worklists.office.clearing.from_others
    sent = waiting("SENT.JPG", Essential.SENDER, Essential.CHECKLIST)
    others.images = [sent, waiting("OWN.JPG", Essential.COPY_GIVEN)]
    shown = go_to(qtbot, worklists, FromOthers)
    assert isinstance(shown, FromOthers)
    shown.table.setFocus()
    press(Qt.Key.Key_Return)
    assert shown.received.name.hasFocus()
    fill_in(shown.received)
    shown.save_button.setFocus()
    with qtbot.waitSignal(shown.loaded):
        press(Qt.Key.Key_Return)
    [(image, said)] = others.noted
    assert image == sent.image.id
    assert isinstance(said, Received)
    press(Qt.Key.Key_Return)
    assert shown.copy.name.hasFocus()
    type_in("Hemi Pomare")
    pick(shown.copy.fields[1], 2)  # type: ignore[arg-type]
    shown.save_button.setFocus()
    with qtbot.waitSignal(shown.loaded):
        press(Qt.Key.Key_Return)
    given = others.noted[1][1]
    assert isinstance(given, CopyGiven)
    assert (given.given_by, given.relationship) == ("Hemi Pomare", Relationship.PARENT)
    assert shown.empty.isVisible()


@pytest.mark.requirement("R114")
def test_a_breach_record_goes_step_by_step_to_its_end(
    qtbot: QtBot, worklists: WorklistsScreen
) -> None:
    records = worklists.office.clearing.breaches
    records.records = [breach()]
    shown = go_to(qtbot, worklists, BreachRecords)
    assert isinstance(shown, BreachRecords)
    assert "Breach records, 1 waiting" in worklists.names
    assert shown.what.text() == "left on a bus"
    shown.step_button.setFocus()
    press(Qt.Key.Key_Return)
    assert "Choose first" in shown.notice.text
    assert shown.step.hasFocus()
    press(Qt.Key.Key_Down)
    shown.note.setFocus()
    type_in("by the owner")
    with qtbot.waitSignal(shown.loaded):
        press(Qt.Key.Key_Return)
    [taken] = records.records[0].steps
    assert (taken.step, taken.note) == (BreachStep.ERASE_ASKED, "by the owner")
    records.problem = OfficerNotTold(number="BR1")
    shown.outcome.setFocus()
    type_in("erased in time")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "privacy officer" in shown.notice.text)
    assert shown.outcome.text() == "erased in time"
    records.problem = None
    with qtbot.waitSignal(shown.loaded):
        press(Qt.Key.Key_Return)
    assert shown.empty.isVisible()
    assert "stays on record" in shown.notice.text
