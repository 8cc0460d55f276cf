"""The door: a first run in three decisions, the recovery sheet, and every refusal in words."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.printing.print_options import PrintOptions
from desktop.records.facts.passphrase import LEAST_CHARACTERS
from desktop.records.facts.recovery import recovery_code
from desktop.ui.parts.asking import PathQuestion
from desktop.ui.unlock.passphrase import is_accepted, strength
from tests.ui.screens import DoorScreen, press, type_in


def _fill_in(screen: DoorScreen, *, again: str = "korimako lamp river moss") -> None:
    card = screen.page.create_card
    type_in("Te Awa Health Centre")
    press(Qt.Key.Key_Tab)
    type_in("Mere Parata")
    press(Qt.Key.Key_Tab)
    type_in("korimako lamp river moss")
    assert "Strong" in card.passphrase.hint
    press(Qt.Key.Key_Tab)
    type_in(again)
    press(Qt.Key.Key_Return)


def test_a_first_run_by_keyboard_ends_in_an_open_office(
    qtbot: QtBot, door_screen: DoorScreen
) -> None:
    door_screen.door.exists = False
    door_screen.start()
    qtbot.waitUntil(door_screen.page.create_card.organisation.hasFocus)
    _fill_in(door_screen)
    keep = door_screen.page.keep_card
    qtbot.waitUntil(lambda: door_screen.page.card is keep and keep.print_button.isEnabled())
    keep.paper.setCurrentText("Letter")
    assert door_screen.door.created == [
        ("Te Awa Health Centre", "Mere Parata", "korimako lamp river moss")
    ]
    assert not keep.action.isEnabled()
    keep.print_button.setFocus()
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(keep.action.isEnabled)
    assert door_screen.door.printed == [(b"Letter", PrintOptions(printer="Office-Laser"))]
    with qtbot.waitSignal(door_screen.window.office_opened):
        press(Qt.Key.Key_Space)
    assert door_screen.page.create_card.passphrase.first.text() == ""


def test_the_recovery_sheet_is_postponed_only_in_so_many_words(
    qtbot: QtBot, door_screen: DoorScreen
) -> None:
    door_screen.door.exists = False
    door_screen.start()
    _fill_in(door_screen)
    keep = door_screen.page.keep_card
    qtbot.waitUntil(lambda: door_screen.page.card is keep)
    assert "risk" in keep.later.text()
    with qtbot.waitSignal(door_screen.window.office_opened):
        keep.later.click()


def test_the_recovery_sheet_can_be_a_file(
    qtbot: QtBot, door_screen: DoorScreen, tmp_path: Path
) -> None:
    door_screen.page._ask = lambda question: _answer(question, tmp_path / "sheet.pdf")
    door_screen.door.exists = False
    door_screen.start()
    _fill_in(door_screen)
    keep = door_screen.page.keep_card
    qtbot.waitUntil(lambda: door_screen.page.card is keep)
    keep.save_button.click()
    qtbot.waitUntil(keep.action.isEnabled)
    assert door_screen.door.saved == [tmp_path / "sheet.pdf"]


def _answer(question: PathQuestion, path: Path) -> None:
    question.then(path)


def test_two_different_passphrases_are_told_and_nothing_is_made(
    qtbot: QtBot, door_screen: DoorScreen
) -> None:
    door_screen.door.exists = False
    door_screen.start()
    _fill_in(door_screen, again="korimako lamp rover")
    assert "differ" in door_screen.wait_said()
    assert door_screen.door.created == []


def test_a_wrong_passphrase_is_told_and_the_keyboard_is_where_it_was(
    qtbot: QtBot, door_screen: DoorScreen
) -> None:
    door_screen.start()
    door_screen.unlock("wrong")
    assert "does not open" in door_screen.wait_said()
    assert not door_screen.window.is_open
    card = door_screen.page.open_card
    assert card.passphrase.hasFocus()
    assert card.passphrase.selectedText()
    with qtbot.waitSignal(door_screen.window.office_opened):
        door_screen.unlock(door_screen.door.passphrase)


def test_the_users_are_named(door_screen: DoorScreen) -> None:
    door_screen.start()
    users = door_screen.page.open_card.users
    assert [users.itemText(row) for row in range(users.count())] == ["Mere Parata", "Tom Reed"]


def test_the_recovery_key_opens_and_sets_a_new_passphrase(
    qtbot: QtBot, door_screen: DoorScreen
) -> None:
    door_screen.start()
    door_screen.page.open_card.recovery.click()
    card = door_screen.page.recover_card
    qtbot.waitUntil(card.key.hasFocus)
    type_in("7K3Q-X9FM")
    card.passphrase.first.setText("another long phrase")
    card.passphrase.again.setText("another long phrase")
    with qtbot.waitSignal(door_screen.window.office_opened):
        press(Qt.Key.Key_Return)
    assert door_screen.door.recovered == [("7K3Q-X9FM", "Mere Parata", "another long phrase")]
    assert card.key.text() == ""


def test_a_scanner_that_ends_with_enter_opens_nothing_before_there_is_a_passphrase(
    qtbot: QtBot, door_screen: DoorScreen
) -> None:
    door_screen.start()
    door_screen.page.open_card.recovery.click()
    card = door_screen.page.recover_card
    qtbot.waitUntil(card.key.hasFocus)
    code = recovery_code((("7K3Q X9FM", "59"), ("2TRD 8HWC", "89")) * 2)
    type_in(code)
    press(Qt.Key.Key_Return)
    assert door_screen.door.recovered == []
    assert card.key.text() == code
    card.passphrase.first.setText("another long phrase")
    card.passphrase.again.setText("another long phrase")
    with qtbot.waitSignal(door_screen.window.office_opened):
        card.submit()
    assert door_screen.door.recovered == [(code, "Mere Parata", "another long phrase")]


@pytest.mark.requirement("R115")
def test_a_passphrase_that_somebody_else_chose_has_to_be_replaced_at_the_door(
    qtbot: QtBot, door_screen: DoorScreen
) -> None:
    door_screen.door.was_given = True
    door_screen.start()
    door_screen.unlock(door_screen.door.passphrase)
    card = door_screen.page.renew_card
    qtbot.waitUntil(lambda: door_screen.page.card is card)
    qtbot.keyClicks(card.passphrase.first, "my own quiet lamp river")
    qtbot.keyClicks(card.passphrase.again, "my own quiet lamp river")
    with qtbot.waitSignal(door_screen.window.office_opened):
        qtbot.keyClick(card.passphrase.again, Qt.Key.Key_Return)
    assert door_screen.door.chosen == "my own quiet lamp river"
    assert card.passphrase.first.text() == ""


def test_strength_is_a_matter_of_length() -> None:
    assert not is_accepted("")
    assert not is_accepted("x7#Q!" * 1)
    assert not is_accepted("aaaaaaaaaaaaaaaa")
    assert strength("abcdefghi")[1].startswith(f"Too short: {LEAST_CHARACTERS - 9} more")
    assert strength("korimako lamp river")[0] == "warning"
    assert strength("korimako lamp river moss")[0] == "good"
