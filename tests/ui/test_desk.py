"""The Desk by keyboard: plug in, tick, scan, read back, file, print; and what goes wrong."""

from datetime import timedelta
from threading import Event

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.devices.problems import ShortRead, SourceEmpty, SourceLocked
from desktop.intake.filing_report import DeskFacts, FileReport
from desktop.intake.report import Progress, ReceiveReport, Refused
from desktop.records.facts.capture import DeviceOwner, TimeBasis
from desktop.records.facts.consent import Consent, ConsentForm, Purpose
from desktop.records.facts.people import Photographer, Role
from desktop.records.facts.problems import IdentifiersDisagree
from desktop.ui.desk.verbs import TellProgress
from desktop.ui.parts.tiles import Role as TileRole
from tests.ui.screens import CTRL, DeskScreen, press, type_in
from tests.ui.stand_ins import (
    ANA,
    CARD,
    HINEMOA,
    LOCKED,
    NOW,
    PHONE,
    Stopped,
    clinical_image,
    item,
    todays_items,
)


def _with_phone(screen: DeskScreen, count: int = 4) -> DeskScreen:
    screen.office.items[PHONE.id] = todays_items(count)
    screen.plug_in(PHONE, tiles=count)
    return screen


def _say_all(screen: DeskScreen) -> None:
    form = screen.facts.form
    form.name.setText("Mere Parata")
    form.role.setCurrentIndex(form.role.findData(Role.NURSE))
    form.owner.setCurrentIndex(form.owner.findData(DeviceOwner.ORGANISATION))
    form.consent.setCurrentIndex(form.consent.findData(ConsentForm.VERBAL))


@pytest.mark.requirement("R66", "R67", "R68", "R69", "R71")
def test_from_plug_to_paper_without_a_mouse(qtbot: QtBot, desk_screen: DeskScreen) -> None:
    screen = _with_phone(desk_screen)
    screen.tick(3)
    assert screen.ticked == ["IMG_0001.JPG", "IMG_0002.JPG", "IMG_0003.JPG"]
    screen.scan("ZZZ0016")
    assert screen.wait_for_patient() == HINEMOA
    assert "TĀWHIRI, Hinemoa" in screen.facts.banner.text
    assert "test number" in screen.facts.banner.text
    assert screen.facts.file_button.text() == "File 3 images"
    _say_all(screen)
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
def test_after_a_filing_nobody_is_chosen_and_nothing_is_ticked(
    desk_screen: DeskScreen,
) -> None:
    screen = _with_phone(desk_screen)
    screen.tick(2)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    _say_all(screen)
    screen.read_back("4 Mar 1961")
    screen.wait_for_report()
    assert screen.filing.chosen_patient is None
    assert screen.facts.banner.text == "No patient chosen"
    assert screen.search.typed == ""
    assert screen.ticked == []
    model = screen.page.items.model
    assert model.index(0).data(TileRole.MARK_WORDS) == "in the record"
    press(Qt.Key.Key_K, CTRL, on=screen.window)
    assert screen.search.field.hasFocus()
    assert HINEMOA.family_name.upper() not in screen.filing.report_step.text


@pytest.mark.requirement("R66")
def test_a_date_of_birth_that_disagrees_files_nothing(desk_screen: DeskScreen) -> None:
    screen = _with_phone(desk_screen)
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
    screen = _with_phone(desk_screen)
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
    screen = _with_phone(desk_screen)
    screen.tick(1)
    screen.scan("mahaki")
    assert screen.wait_for_patient() == ANA
    _say_all(screen)
    screen.read_back("zzz00ac")
    screen.wait_for_report()
    assert screen.office.requests[0].number == ANA.number
    assert screen.office.requests[0].born == ANA.born


def test_enter_never_picks_one_of_several(qtbot: QtBot, desk_screen: DeskScreen) -> None:
    screen = _with_phone(desk_screen)
    screen.tick(1)
    screen.scan("taw")
    qtbot.waitUntil(screen.search.list.hasFocus)
    assert screen.filing.chosen_patient is None
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert screen.wait_for_patient().given_names == "Wiremu"


@pytest.mark.requirement("R70")
def test_what_is_not_said_makes_images_incomplete_and_is_told(desk_screen: DeskScreen) -> None:
    screen = _with_phone(desk_screen)
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
    _with_phone(screen)
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
    screen = _with_phone(desk_screen)
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
    screen.page.items._periods.button(2).click()
    screen._qtbot.waitUntil(lambda: screen.tiles == ["IMG_1.JPG"])
    screen.tick(1)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    form = screen.facts.form
    assert "in the future" in form.summary.text()
    assert form.when.isVisible()
    _say_all(screen)
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


def test_only_todays_images_are_pictures_and_the_others_a_count(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    screen = desk_screen
    old = [item(f"OLD_{n}.JPG", at=NOW - timedelta(days=3)) for n in range(5)]
    older = [item(f"OLDER_{n}.JPG", at=NOW - timedelta(days=30)) for n in range(7)]
    screen.office.items[PHONE.id] = [*todays_items(2), *old, *older]
    with qtbot.waitSignal(screen.page.items.listed):
        screen.plug_in(PHONE, tiles=2)
    assert screen.page.items._count.text() == "12 images from other days not shown"
    screen.grid.setFocus()
    press(Qt.Key.Key_A, CTRL)
    assert len(screen.ticked) == 2
    screen.page.items._periods.button(1).click()
    assert len(screen.tiles) == 7
    press(Qt.Key.Key_A, CTRL, on=screen.grid)
    assert len(screen.ticked) == 7
    screen.page.items._periods.button(0).click()
    assert len(screen.ticked) == 2, "what is hidden loses its tick"


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
    assert index.data(TileRole.DIMMED) is True
    assert index.data(TileRole.MARK_WORDS) == "cannot be read"


def test_sources_come_and_go(desk_screen: DeskScreen) -> None:
    screen = _with_phone(desk_screen)
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


def test_a_filing_shows_progress_and_stops_when_asked(
    qtbot: QtBot, desk_screen: DeskScreen
) -> None:
    screen = _with_phone(desk_screen)
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
    screen = _with_phone(desk_screen)
    short = ShortRead(name="IMG_0004.JPG", got=10, size=20)
    screen.office.report = FileReport(
        receive=ReceiveReport(refused=[Refused(item=todays_items(4)[3], problem=short)]),
        filed=[clinical_image("IMG_0001.JPG")],
        already=[clinical_image("IMG_0002.JPG"), clinical_image("IMG_0003.JPG")],
    )
    screen.tick(4)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    _say_all(screen)
    screen.read_back("4/3/1961")
    said = screen.wait_for_report()
    assert "4 chosen = 1 filed + 2 already here + 1 refused" in said
    assert str(short) in said
    marks = [
        screen.page.items.model.index(row).data(TileRole.MARK_WORDS)
        for row in range(len(screen.tiles))
    ]
    assert marks == ["in the record"] * 3 + [""]


def test_a_refused_filing_keeps_what_was_typed(qtbot: QtBot, desk_screen: DeskScreen) -> None:
    screen = _with_phone(desk_screen)
    screen.office.file_problem = IdentifiersDisagree(number="ZZZ0016", given="born 04 Mar 1961")
    screen.tick(1)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    _say_all(screen)
    screen.read_back("4/3/1961")
    qtbot.waitUntil(lambda: "Nothing was filed" in screen.facts.notice.text)
    assert screen.facts.form.name.text() == "Mere Parata"
    assert screen.ticked == ["IMG_0001.JPG"]


def test_a_filing_can_be_taken_back_for_some_seconds(qtbot: QtBot, desk_screen: DeskScreen) -> None:
    screen = _with_phone(desk_screen)
    screen.tick(2)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    _say_all(screen)
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
    assert not step.undo_button.isVisible()


def test_the_offer_to_take_back_ends(desk_screen: DeskScreen) -> None:
    screen = _with_phone(desk_screen)
    screen.tick(1)
    screen.scan("ZZZ0016")
    screen.wait_for_patient()
    _say_all(screen)
    screen.read_back("4/3/1961")
    screen.wait_for_report()
    step = screen.filing.report_step
    for _ in range(10):
        step._tick()
    assert not step.undo_button.isVisible()
    assert not step._clock.isActive()


def test_a_patient_not_on_record_is_added_on_the_way(qtbot: QtBot, desk_screen: DeskScreen) -> None:
    screen = _with_phone(desk_screen)
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
