"""A filing at the Desk: what is remembered, doubted, missing, stopped, reported, taken back."""

from datetime import timedelta
from threading import Event

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.devices.problems import ShortRead
from desktop.intake.filing_report import DeskFacts, FileReport
from desktop.intake.report import Progress, ReceiveReport, Refused
from desktop.records.facts.capture import DeviceOwner, TimeBasis
from desktop.records.facts.consent import Consent, ConsentForm, Purpose
from desktop.records.facts.people import Photographer, Role
from desktop.records.facts.problems import IdentifiersDisagree
from desktop.ui.desk.verbs import TellProgress
from desktop.ui.parts.tiles import face_of
from tests.ui.made_facts import CARD, HINEMOA, NOW, clinical_image, item, todays_items
from tests.ui.screens import CTRL, DeskScreen, press
from tests.ui.stand_ins import Stopped


@pytest.mark.requirement("R66")
def test_after_a_filing_nobody_is_chosen_and_nothing_is_ticked(
    desk_screen: DeskScreen,
) -> None:
    screen = desk_screen.with_phone()
    screen.tick(2)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    screen.say_all()
    screen.read_back("4 Mar 1961")
    screen.wait_for_report()
    assert screen.filing.chosen_patient is None
    assert screen.facts.banner.text == "No patient chosen"
    assert screen.search.typed == ""
    assert screen.ticked == []
    model = screen.page.items.model
    assert face_of(model.index(0)).mark_words == "in the record"
    press(Qt.Key.Key_K, CTRL, on=screen.window)
    assert screen.search.field.hasFocus()
    assert HINEMOA.family_name.upper() not in screen.filing.report_step.text


@pytest.mark.requirement("R70")
def test_what_is_not_said_makes_images_incomplete_and_is_told(desk_screen: DeskScreen) -> None:
    screen = desk_screen.with_phone()
    screen.tick(1)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    assert "who took it, whose device it is, consent" in screen.facts.reason.text()
    screen.read_back("04031961")
    said = screen.wait_for_report()
    assert "1 kept, but incomplete" in said
    assert "who took it" in said
    assert "1 chosen = 1 incomplete" in said


def test_the_last_facts_of_a_source_are_offered_but_never_consent(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    screen = desk_screen
    screen.office.facts = DeskFacts(
        photographer=Photographer(name="Dr Tom Reed", role=Role.GENERAL_PRACTITIONER),
        owner=DeviceOwner.PERSONAL,
        purposes=frozenset({Purpose.CARE, Purpose.REFERRAL}),
        consent=Consent(form=ConsentForm.WRITTEN, reference="F-1"),
        site="left forearm",
    )
    screen.with_phone()
    screen.tick(1)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    form = screen.facts.form
    qtbot.waitUntil(lambda: form.name.text() == "Dr Tom Reed")
    assert form.role.currentText() == "GP"
    assert form.owner.currentData() == DeviceOwner.PERSONAL
    assert form.purposes[Purpose.REFERRAL].isChecked()
    assert form.consent.currentData() == ConsentForm.NONE_YET
    assert form.site.text() == form.reference.text() == ""


def test_what_is_typed_is_not_overwritten_by_what_is_remembered(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    screen = desk_screen.with_phone()
    screen.tick(1)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    form = screen.facts.form
    qtbot.waitUntil(lambda: screen.page.filing._background.is_idle)
    form.name.setText("Tina Ward")
    form.recall(
        DeskFacts(
            photographer=Photographer(name="Dr Tom Reed", role=Role.GENERAL_PRACTITIONER),
            owner=DeviceOwner.PERSONAL,
            purposes=frozenset({Purpose.CARE}),
            consent=Consent(form=ConsentForm.NONE_YET),
        )
    )
    assert form.name.text() == "Tina Ward"


@pytest.mark.requirement("R68")
def test_a_time_in_the_future_is_doubted_and_asked_for(desk_screen: DeskScreen) -> None:
    screen = desk_screen
    screen.office.items[CARD.id] = [item("IMG_1.JPG", at=NOW + timedelta(days=400))]
    screen.office.sources.append(CARD)
    screen.look()
    empty = screen.page.items._empty
    screen._qtbot.waitUntil(lambda: "clock of this device seems to be off" in empty.text)
    assert empty.action is not None
    empty.action.click()
    assert screen.tiles == ["IMG_1.JPG"]
    screen.tick(1)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    form = screen.facts.form
    assert "in the future" in form.summary.text()
    assert form.when.isVisible()
    screen.say_all()
    form.when.setText("1/11/2026")
    screen.read_back("4/3/1961")
    assert "not a date that Chartroom understands" in screen.facts.notice.text
    form.when.setText("1/11/2026 10:42")
    form.when.setFocus()
    press(Qt.Key.Key_Return)
    screen.wait_for_report()
    taken = screen.office.requests[0].facts.taken
    assert taken is not None
    assert taken.basis is TimeBasis.ENTERED
    assert f"{taken.local:%d %m %Y %H:%M}" == "01 11 2026 10:42"


def test_a_filing_shows_progress_and_stops_when_asked(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    screen = desk_screen.with_phone()
    go_on = Event()

    def slowly(tell: TellProgress, stopped: Stopped) -> None:
        tell(Progress(done=1, total=2, bytes_done=500, bytes_total=1000, name="IMG_0001.JPG"))
        while not stopped():
            go_on.wait(0.01)

    screen.office.on_file = slowly
    screen.tick(2)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    screen.read_back("4/3/1961")
    progress = screen.filing.progress_step
    qtbot.waitUntil(lambda: progress.text.startswith("1 of 2 · 500 B of"))
    assert progress.bar.value() == 500
    assert "TĀWHIRI" in progress.banner.text
    assert not screen.page.items.isEnabled(), "what is being filed cannot be changed"
    assert progress.cancel.hasFocus()
    press(Qt.Key.Key_Space)
    said = screen.wait_for_report()
    assert "2 not reached" in said
    assert "Stopped, as asked" in said
    assert screen.page.items.isEnabled()


def test_a_report_names_every_fate_and_adds_up(qtbot: QtBot, desk_screen: DeskScreen) -> None:
    screen = desk_screen.with_phone()
    short = ShortRead(name="IMG_0004.JPG", got=10, size=20)
    screen.office.report = FileReport(
        receive=ReceiveReport(refused=[Refused(item=todays_items(4)[3], problem=short)]),
        filed=[clinical_image("IMG_0001.JPG")],
        already=[clinical_image("IMG_0002.JPG"), clinical_image("IMG_0003.JPG")],
    )
    screen.tick(4)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    screen.say_all()
    screen.read_back("4/3/1961")
    said = screen.wait_for_report()
    assert "4 chosen = 1 filed + 2 already here + 1 refused" in said
    assert str(short) in said
    marks = [
        face_of(screen.page.items.model.index(row)).mark_words for row in range(len(screen.tiles))
    ]
    assert marks == ["in the record"] * 3 + [""]


def test_a_refused_filing_keeps_what_was_typed(qtbot: QtBot, desk_screen: DeskScreen) -> None:
    screen = desk_screen.with_phone()
    screen.office.file_problem = IdentifiersDisagree(number="ZZZ0016", given="born 04 Mar 1961")
    screen.tick(1)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    screen.say_all()
    screen.read_back("4/3/1961")
    qtbot.waitUntil(lambda: "Nothing was filed" in screen.facts.notice.text)
    assert screen.facts.form.name.text() == "Mere Parata"
    assert screen.ticked == ["IMG_0001.JPG"]


def test_a_filing_can_be_taken_back_for_some_seconds(qtbot: QtBot, desk_screen: DeskScreen) -> None:
    screen = desk_screen.with_phone()
    screen.tick(2)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    screen.say_all()
    screen.read_back("4/3/1961")
    screen.wait_for_report()
    step = screen.filing.report_step
    assert step.undo_button.text() == "Undo (10 s)"
    for _ in range(9):
        step._tick()
    assert step.undo_button.isVisible()
    step.undo_button.click()
    qtbot.waitUntil(lambda: "Taken back" in step.text)
    assert len(screen.office.taken_back) == 2
    assert face_of(screen.page.items.model.index(0)).mark_words == ""
    assert not step.undo_button.isVisible()


def test_the_offer_to_take_back_ends(desk_screen: DeskScreen) -> None:
    screen = desk_screen.with_phone()
    screen.tick(1)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    screen.say_all()
    screen.read_back("4/3/1961")
    screen.wait_for_report()
    step = screen.filing.report_step
    for _ in range(10):
        step._tick()
    assert not step.undo_button.isVisible()
    assert not step._clock.isActive()
