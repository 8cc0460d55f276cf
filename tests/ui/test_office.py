"""The Office room: the trail read, proved and copied out, and the settings."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from desktop.records.facts.anchor import Anchor
from desktop.records.facts.ids import PersonId, new_uuid
from desktop.records.facts.office_settings import OfficeSettings
from desktop.records.facts.people import OfficeRole, Person, Role
from desktop.records.facts.people_problems import LastManager
from desktop.ui.main_window import MainWindow
from desktop.ui.office.office_page import OfficePage
from desktop.ui.office.trail_model import TrailModel
from desktop.ui.office.trail_pane import PAGE
from desktop.ui.office.verbs import TrailChecked
from desktop.ui.parts.asking import PathQuestion
from desktop.ui.parts.background import Background
from tests.ui.made_facts import HINEMOA
from tests.ui.made_trail import trail
from tests.ui.screens import CTRL, press, type_in
from tests.ui.stand_ins import StandInOffice, WrongWord


class OfficeScreen:
    """The Office room as a person meets it."""

    def __init__(self, qtbot: QtBot, window: MainWindow, office: StandInOffice) -> None:
        self._qtbot = qtbot
        self.window = window
        self.office = office
        assert window.office is not None
        self.page: OfficePage = window.office
        self.trail = self.page.trail
        with qtbot.waitSignal(self.trail.loaded):
            press(Qt.Key.Key_4, CTRL, on=window)

    @property
    def rows(self) -> list[list[str]]:
        model = self.trail.model
        columns = range(model.columnCount())
        return [
            [str(model.index(row, column).data()) for column in columns]
            for row in range(model.rowCount())
        ]

    def said(self) -> str:
        self._qtbot.waitUntil(lambda: bool(self.trail.notice.text))
        return self.trail.notice.text

    def to_settings(self) -> None:
        self.page.list.setFocus()
        press(Qt.Key.Key_End)
        self._qtbot.waitUntil(self.page.settings.save_button.isEnabled)


@pytest.fixture
def office_screen(qtbot: QtBot, open_window: MainWindow, office: StandInOffice) -> OfficeScreen:
    return OfficeScreen(qtbot, open_window, office)


@pytest.mark.requirement("R106")
def test_the_trail_stands_there_newest_first(office_screen: OfficeScreen) -> None:
    rows = office_screen.rows
    assert [row[0] for row in rows[:3]] == ["30", "29", "28"]
    assert rows[0][2:4] == ["Mere Parata", "Original viewed"]
    assert rows[0][4] == f"{HINEMOA.banner} · image: IMG_0030"
    assert office_screen.page.list.hasFocus()
    assert [one.text() for one in office_screen.page.list.selectedItems()] == ["Trail"]


def test_the_model_keeps_the_rules_of_models(
    qtbot: QtBot, qtmodeltester: object, background: Background
) -> None:
    model = TrailModel()
    model.show(trail(12), has_older=False)
    qtmodeltester.check(model)  # type: ignore[attr-defined]


def test_lines_are_found_by_keyboard(qtbot: QtBot, office_screen: OfficeScreen) -> None:
    filters = office_screen.trail.filters
    filters.person.setFocus()
    type_in("tom")
    press(Qt.Key.Key_Tab)
    assert filters.deed.hasFocus()
    type_in("unlocked")
    with qtbot.waitSignal(office_screen.trail.loaded):
        press(Qt.Key.Key_Return)
    assert office_screen.rows == []
    assert "No line" in office_screen.said()
    filters.deed.setText("image")
    filters.patient.setText("ZZZ0016")
    filters.since.setText("1 Nov 2026")
    filters.until.setText("30 11 2026")
    with qtbot.waitSignal(office_screen.trail.loaded):
        press(Qt.Key.Key_Return, on=filters.until)
    asked = office_screen.office.trail.asked[-1]
    assert (asked.person, asked.deed, asked.patient) == ("tom", "image", HINEMOA.id)
    assert asked.since is not None
    assert asked.until is not None
    assert (asked.since.day, asked.until.day, asked.until.month) == (1, 1, 12)
    assert {row[2] for row in office_screen.rows} == {"Tom Reed"}


def test_what_is_no_date_or_number_is_said(qtbot: QtBot, office_screen: OfficeScreen) -> None:
    filters = office_screen.trail.filters
    filters.since.setText("yesterday")
    press(Qt.Key.Key_Return, on=filters.since)
    assert "yesterday" in office_screen.said()
    filters.since.clear()
    office_screen.office.trail.problem = WrongWord()
    filters.patient.setText("ABC")
    press(Qt.Key.Key_Return, on=filters.patient)
    qtbot.waitUntil(lambda: "Caps Lock" in office_screen.trail.notice.text)


def test_older_lines_come_when_the_end_is_reached(
    qtbot: QtBot, open_window: MainWindow, office: StandInOffice
) -> None:
    office.trail.entries = trail(2 * PAGE + 5)
    screen = OfficeScreen(qtbot, open_window, office)
    assert len(screen.rows) == PAGE
    for wanted in (2 * PAGE, 2 * PAGE + 5):
        with qtbot.waitSignal(screen.trail.loaded):
            screen.trail.view.scrollToBottom()
            if screen.trail.model.canFetchMore(QModelIndex()):
                screen.trail.model.fetchMore(QModelIndex())
        assert len(screen.rows) == wanted
    assert not screen.trail.model.canFetchMore(QModelIndex())
    assert screen.rows[-1][0] == "1"


@pytest.mark.requirement("R106")
def test_the_trail_is_proved_against_a_typed_head(
    qtbot: QtBot, office_screen: OfficeScreen
) -> None:
    head = Anchor(seq=12, mac=bytes(10)).text
    office_screen.trail.anchor.setFocus()
    type_in(head)
    press(Qt.Key.Key_Return)
    assert "All 30 lines" in office_screen.said()
    assert office_screen.office.trail.heads == [head]
    assert office_screen.trail.notice.property("tone") == "good"


@pytest.mark.requirement("R106")
def test_a_printed_line_is_typed_and_gets_a_plain_answer(
    qtbot: QtBot, office_screen: OfficeScreen
) -> None:
    pane = office_screen.trail
    press(Qt.Key.Key_Return, on=pane.printed_button)
    assert "from TR to the last two digits" in office_screen.said()
    assert pane.anchor.hasFocus()
    for seq, said, tone in ((12, "It fits.", "good"), (99, "It does not fit.", "problem")):
        pane.anchor.setText(Anchor(seq=seq, mac=bytes(10)).text)
        press(Qt.Key.Key_Return, on=pane.printed_button)
        qtbot.waitUntil(lambda said=said: pane.notice.text == said)  # type: ignore[misc]
        assert pane.notice.property("tone") == tone
    pane.anchor.setText("TR12-ABCD")
    press(Qt.Key.Key_Return, on=pane.printed_button)
    qtbot.waitUntil(lambda: "not the head of a trail" in pane.notice.text)


def test_a_line_with_a_damaged_time_stands_among_the_others(
    qtbot: QtBot, open_window: MainWindow, office: StandInOffice
) -> None:
    entry = office.trail.entries[2]
    office.trail.entries[2] = replace(entry, line=replace(entry.line, at=None))
    rows = OfficeScreen(qtbot, open_window, office).rows
    assert [row[1] == "time unreadable" for row in rows[:4]] == [False, False, True, False]


def test_a_broken_trail_is_said_in_red_and_in_words(office_screen: OfficeScreen) -> None:
    office_screen.office.trail.found = TrailChecked(is_whole=False, words="Broken at line 7.")
    press(Qt.Key.Key_Return, on=office_screen.trail.prove_button)
    assert office_screen.said() == "Broken at line 7."
    assert office_screen.trail.notice.property("tone") == "problem"


def test_a_proof_can_be_stopped(qtbot: QtBot, office_screen: OfficeScreen) -> None:
    pane = office_screen.trail
    office_screen.office.trail.until_stopped = True
    press(Qt.Key.Key_Return, on=pane.prove_button)
    qtbot.waitUntil(lambda: pane.bar.maximum() == 30)
    assert pane.bar.value() == 10
    assert pane.stop_button.hasFocus()
    assert not pane.prove_button.isEnabled()
    press(Qt.Key.Key_Return)
    assert "Stopped" in office_screen.said()
    assert pane.bar.isHidden()
    assert pane.prove_button.hasFocus()


def test_a_copy_and_a_month_end_sheet_are_saved(
    qtbot: QtBot, office_screen: OfficeScreen, tmp_path: Path
) -> None:
    asked: list[PathQuestion] = []
    pane = office_screen.trail
    pane._ask = asked.append
    press(Qt.Key.Key_Return, on=pane.copy_button)
    asked[-1].then(tmp_path / "trail.csv")
    assert "trail.csv" in office_screen.said()
    press(Qt.Key.Key_Return, on=pane.sheet_button)
    asked[-1].then(tmp_path / "sheet.pdf")
    qtbot.waitUntil(lambda: "sheet.pdf" in pane.notice.text)
    assert [path.name for path in office_screen.office.trail.saved] == ["trail.csv", "sheet.pdf"]


@pytest.mark.requirement("R106")
def test_a_backup_tells_how_far_it_is_and_when_the_last_was(
    qtbot: QtBot, office_screen: OfficeScreen, tmp_path: Path
) -> None:
    pane, made = office_screen.page.backup, office_screen.office.trail
    pane._ask = lambda question: question.then(tmp_path / "STICK")
    office_screen.page.list.setCurrentRow(2)
    qtbot.waitUntil(lambda: "no good backup yet" in pane.last.text())
    made.until_stopped = True
    press(Qt.Key.Key_Return, on=pane.start_button)
    qtbot.waitUntil(lambda: (pane.bar.value(), pane.bar.maximum()) == (2, 8))
    assert pane.how_far.text() == "2 of 8 originals, 9 B a second"
    assert pane.stop_button.hasFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Stopped" in pane.notice.text)
    made.until_stopped = False
    press(Qt.Key.Key_Return, on=pane.start_button)
    qtbot.waitUntil(lambda: "proved: 8 images" in pane.notice.text)
    qtbot.waitUntil(lambda: "(3 days ago), STICK, with 8 images" in pane.last.text())
    assert pane.head.text() == Anchor(seq=30, mac=bytes(10)).text


@pytest.mark.requirement("R115")
def test_somebody_is_added_and_removed(qtbot: QtBot, office_screen: OfficeScreen) -> None:
    pane, made = office_screen.page.people, office_screen.office.trail
    press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: pane.list.count() == 1)
    pane.form.name.setText("Tama Reed")
    press(Qt.Key.Key_Return, on=pane.form.name)
    assert "first passphrase" in pane.notice.text
    pane.form.office_role.setCurrentIndex(
        pane.form.office_role.findData(OfficeRole.PRIVACY_OFFICER)
    )
    pane.form.first.setText("first words of Tama")
    pane.form.own.setText("four plain words here")
    press(Qt.Key.Key_Return, on=pane.form.own)
    qtbot.waitUntil(lambda: pane.list.count() == 2)
    assert made.passphrases == [("first words of Tama", "four plain words here")]
    assert made.in_lanes[0].startswith("open")  # sealing it is slow: the records' lane goes on
    assert made.persons[-1].office_role is OfficeRole.PRIVACY_OFFICER
    assert pane.form.first.text() == pane.form.own.text() == ""
    pane.list.setCurrentRow(1)
    press(Qt.Key.Key_Return, on=pane.remove_button)
    assert len(made.persons) == 2  # asked first
    assert pane.sure_button.text() == "Yes, remove Tama Reed"
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pane.list.count() == 1)


@pytest.mark.requirement("R115", "R67")
def test_somebody_is_changed_by_keyboard(qtbot: QtBot, office_screen: OfficeScreen) -> None:
    pane, made = office_screen.page.people, office_screen.office.trail
    form = pane.form
    made.persons.append(Person(id=PersonId(new_uuid()), name="Tama Reed", role=Role.NURSE))
    press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: pane.list.count() == 2)
    pane.list.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert form.name.hasFocus()
    assert form.name.text() == "Tama Reed"
    assert form.said.role is Role.NURSE
    form.office_role.setCurrentIndex(form.office_role.findData(OfficeRole.PRIVACY_OFFICER))
    form.number.setText("99zaaa")
    assert "probably mistyped" in form.doubt.text()
    assert form.doubt.isVisible()
    press(Qt.Key.Key_Return, on=form.number)
    qtbot.waitUntil(lambda: "Tama Reed is saved." in pane.notice.text)
    assert "probably mistyped" in pane.notice.text
    assert made.persons[1].office_role is OfficeRole.PRIVACY_OFFICER
    assert made.passphrases == [("", "")]
    assert made.in_lanes[0].startswith("open")
    assert form.name.text() == ""


def test_another_passphrase_needs_ones_own_and_a_change_can_be_given_up(
    qtbot: QtBot, office_screen: OfficeScreen
) -> None:
    pane, made = office_screen.page.people, office_screen.office.trail
    form = pane.form
    made.persons.append(Person(id=PersonId(new_uuid()), name="Tama Reed", role=Role.NURSE))
    press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: pane.list.count() == 2)
    pane.list.setCurrentRow(1)
    press(Qt.Key.Key_Return, on=pane.change_button)
    form.first.setText("first words of Tama")
    press(Qt.Key.Key_Return, on=form.first)
    assert "your own" in pane.notice.text
    press(Qt.Key.Key_Return, on=form.cancel_button)
    assert form.changed is None
    assert form.first.text() == ""
    assert pane.list.hasFocus()


@pytest.mark.requirement("R115")
def test_one_changes_ones_own_name_with_ones_passphrase(
    qtbot: QtBot, office_screen: OfficeScreen
) -> None:
    pane, made = office_screen.page.people, office_screen.office.trail
    press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: pane.list.count() == 1)
    press(Qt.Key.Key_Return, on=pane.change_button)
    assert pane.form.first.isHidden()
    assert pane.form.own.isHidden()
    pane.form.name.setText("Mere Parata-Reed")
    assert pane.form.own.isVisible()
    press(Qt.Key.Key_Return, on=pane.form.name)
    assert "your own" in pane.notice.text
    pane.form.own.setText("four plain words here")
    press(Qt.Key.Key_Return, on=pane.form.own)
    qtbot.waitUntil(lambda: "Mere Parata-Reed is saved." in pane.notice.text)
    assert made.passphrases == [("", "four plain words here")]


def test_a_refused_change_keeps_what_was_typed(qtbot: QtBot, office_screen: OfficeScreen) -> None:
    pane = office_screen.page.people
    press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: pane.list.count() == 1)
    office_screen.office.trail.problem = LastManager(name="Mere Parata")
    press(Qt.Key.Key_Return, on=pane.change_button)
    pane.form.number.setText("97ZABV")
    press(Qt.Key.Key_Return, on=pane.form.add_button)
    qtbot.waitUntil(lambda: "only office manager" in pane.notice.text)
    assert pane.form.number.text() == "97ZABV"
    assert pane.form.add_button.isEnabled()


@pytest.mark.requirement("R115", "R73")
def test_changed_minutes_count_at_once(qtbot: QtBot, office_screen: OfficeScreen) -> None:
    office_screen.to_settings()
    pane = office_screen.page.settings
    assert pane.minutes.value() == 10
    pane.minutes.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Tab)
    assert pane.days.hasFocus()
    press(Qt.Key.Key_Up)
    pane.address.setPlainText("2 Kōwhai Road\nOtaki")
    press(Qt.Key.Key_Space, on=pane.clear_after_backup)
    with qtbot.waitSignal(pane.settings_changed):
        press(Qt.Key.Key_Return, on=pane.save_button)
    now = office_screen.office.trail.now
    assert (now.idle_minutes, now.backup_days, now.clear_after_backup) == (9, 8, True)
    assert now.address == "2 Kōwhai Road\nOtaki"
    assert office_screen.window.idle._seconds == 540
    assert pane.notice.text == "Saved."


@pytest.mark.requirement("R115")
def test_no_computer_keeps_a_key_until_a_manager_ticks_it(
    qtbot: QtBot, office_screen: OfficeScreen
) -> None:
    office_screen.to_settings()
    pane = office_screen.page.settings
    assert not pane.may_remember.isChecked()
    office_screen.office.trail.now = OfficeSettings(clear_after_backup=True)
    pane.load()
    qtbot.waitUntil(lambda: pane._stands.clear_after_backup)
    for ticked in (True, False):
        press(Qt.Key.Key_Space, on=pane.may_remember)
        with qtbot.waitSignal(pane.settings_changed):
            press(Qt.Key.Key_Return, on=pane.save_button)
        wanted = OfficeSettings(clear_after_backup=True, may_remember=ticked)
        assert office_screen.office.trail.now == wanted
        assert pane.may_remember.isChecked() is ticked


def test_a_refused_setting_is_said(qtbot: QtBot, office_screen: OfficeScreen) -> None:
    office_screen.to_settings()
    office_screen.office.trail.problem = WrongWord()
    pane = office_screen.page.settings
    press(Qt.Key.Key_Return, on=pane.save_button)
    qtbot.waitUntil(lambda: "Caps Lock" in pane.notice.text)
    assert pane.save_button.isEnabled()


def test_the_office_room_explains_itself(office_screen: OfficeScreen) -> None:
    press(Qt.Key.Key_F1, on=office_screen.window)
    assert office_screen.window.help.isVisible()
    press(Qt.Key.Key_F1, on=office_screen.window)
    press(Qt.Key.Key_K, CTRL, on=office_screen.window)
    assert office_screen.window.patients is not None
    assert office_screen.window.patients.search.field.hasFocus()


def test_nothing_is_asked_of_a_trail_that_nobody_looks_at(
    open_window: MainWindow, office: StandInOffice
) -> None:
    assert office.trail.asked == []
