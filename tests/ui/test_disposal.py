"""A disposal in the window: put forward, approved by a second person, carried out, certified."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from desktop.printing.record_sheet_model import Paper
from desktop.ui.parts.asking import PathQuestion
from desktop.ui.worklists.disposal_page import DisposalPage
from tests.ui.made_facts import HINEMOA
from tests.ui.made_retention import hold
from tests.ui.screens import CTRL, WorklistsScreen, press, type_in
from tests.ui.stand_ins import WrongWord

pytestmark = pytest.mark.requirement("R107")


@pytest.fixture
def page(qtbot: QtBot, worklists: WorklistsScreen) -> DisposalPage:
    """The page on a list of all that may go, put forward by keyboard."""
    worklists.office.retention.with_some()
    worklists.come_in()
    due = worklists.due
    assert not due.propose_button.isEnabled()
    due.table.setFocus()
    press(Qt.Key.Key_A, CTRL)
    assert due.propose_button.text() == "Put 3 images on a list…"
    due.propose_button.setFocus()
    with qtbot.waitSignal(due.disposal.loaded):
        press(Qt.Key.Key_Return)
    return due.disposal


def test_a_second_person_approves_with_their_own_passphrase(
    qtbot: QtBot, worklists: WorklistsScreen, page: DisposalPage
) -> None:
    retention, due = worklists.office.retention, worklists.due
    assert "put forward by Mere Parata" in page.told.text()
    assert "3 images will be destroyed for good" in page.warning.text
    assert "this cannot be undone" in page.warning.text
    assert page.who.hasFocus()
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    assert "Rangi Tūī has to type their own passphrase" in page.notice.text
    type_in("four other plain words")
    with qtbot.waitSignal(due.certificate.loaded):
        press(Qt.Key.Key_Return)
    assert retention.approvals == [("DC7K3QX9F0", "Rangi Tūī", "four other plain words")]
    assert not page.passphrase.text()
    assert [one.what for one in retention.images] == ["back"]
    assert due.certificate.stage.shown == 1
    qtbot.waitUntil(lambda: "Retention due, 0 waiting" in worklists.names)


def test_a_wrong_passphrase_destroys_nothing(
    qtbot: QtBot, worklists: WorklistsScreen, page: DisposalPage
) -> None:
    worklists.office.retention.problem = WrongWord()
    page.passphrase.setFocus()
    type_in("not this one")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Caps Lock" in page.notice.text)
    assert page.passphrase.hasFocus()
    assert not page.passphrase.text()
    assert len(worklists.office.retention.images) == 4


def test_what_was_held_meanwhile_says_so_beside_it(
    qtbot: QtBot, worklists: WorklistsScreen, page: DisposalPage
) -> None:
    retention = worklists.office.retention
    retention.placed = [hold(HINEMOA, "HDC 7", image=retention.images[0].due.image)]
    with qtbot.waitSignal(page.loaded):
        page.open_for("DC7K3QX9F0")
    column = [str(page.model.index(row, 3).data()) for row in range(3)]
    assert column == ["Image left heel is held (complaint).", "", ""]
    assert "2 images will be destroyed" in page.warning.text
    assert "1 image will stay; the reason stands beside it." in page.warning.text
    assert page.approve_button.text() == "Approve and destroy 2 images"


def test_where_nobody_else_may_approve_it_says_who_is_needed(
    qtbot: QtBot, worklists: WorklistsScreen, page: DisposalPage
) -> None:
    worklists.office.retention.approvers = ()
    with qtbot.waitSignal(page.loaded):
        page.open_for("DC7K3QX9F0")
    assert "a second privacy officer or office manager is needed" in page.warning.text
    assert not page.approve_button.isVisible()


def test_what_was_stopped_goes_on_later(
    qtbot: QtBot, worklists: WorklistsScreen, page: DisposalPage
) -> None:
    retention, due = worklists.office.retention, worklists.due
    retention.until_stopped = True
    page.passphrase.setFocus()
    type_in("words")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.stop_button.hasFocus)
    press(Qt.Key.Key_Escape)
    assert page.isVisible(), "nobody walks away from a disposal under way"
    qtbot.waitUntil(lambda: "1 of 3 images" in page.how_far.text())
    with qtbot.waitSignal(page.loaded):
        press(Qt.Key.Key_Return)
    assert "Approved by Rangi Tūī" in page.told.text()
    assert not page.approve_button.isVisible()
    retention.until_stopped = False
    page.destroy_button.setFocus()
    press(Qt.Key.Key_Return)
    assert page.sure_button.text() == "Yes, destroy 3 images for good"
    with qtbot.waitSignal(due.certificate.loaded):
        press(Qt.Key.Key_Return)
    assert [one.what for one in retention.images] == ["back"]


def test_a_list_waits_and_can_be_taken_back(
    qtbot: QtBot, worklists: WorklistsScreen, page: DisposalPage
) -> None:
    due = worklists.due
    with qtbot.waitSignal(due.loaded):
        press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: due.lists.count() == 1)
    assert "put forward by Mere Parata, waits for somebody else" in due.lists.item(0).text()
    assert worklists.rows[0][4] == "on list DC7K3QX9F0 already"
    due.lists.setFocus()
    with qtbot.waitSignal(page.loaded):
        press(Qt.Key.Key_Return)
    page.withdraw_button.setFocus()
    with qtbot.waitSignal(due.loaded):
        press(Qt.Key.Key_Return)
    assert worklists.rows[0][4] == ""
    qtbot.waitUntil(lambda: not due.lists.isVisible())


def test_the_certificate_is_printed_saved_and_shown_again(
    qtbot: QtBot, worklists: WorklistsScreen, page: DisposalPage, tmp_path: Path
) -> None:
    retention, due = worklists.office.retention, worklists.due
    certificate = due.certificate
    questions: list[PathQuestion] = []
    certificate._ask = questions.append
    page.passphrase.setFocus()
    type_in("words")
    with qtbot.waitSignal(certificate.loaded):
        press(Qt.Key.Key_Return)
    qtbot.waitUntil(certificate.print_button.isEnabled)
    certificate.print_button.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Sent to Office-Laser" in certificate.notice.text)
    assert retention.printed == [("DC7K3QX9F0", "Office-Laser")]
    certificate.save_button.click()
    assert questions[0].suggested == "DC7K3QX9F0.pdf"
    questions[0].then(tmp_path / "out.pdf")
    qtbot.waitUntil(lambda: "Saved as out.pdf" in certificate.notice.text)
    with qtbot.waitSignal(due.loaded):
        press(Qt.Key.Key_Escape)
    # the list may be filled anew just now: then there is no first row for a moment
    qtbot.waitUntil(lambda: any("Enter shows the certificate" in row for row in _rows(due.lists)))
    due.lists.setFocus()
    with qtbot.waitSignal(certificate.loaded):
        press(Qt.Key.Key_Return)


def test_a_typed_day_stands_on_the_certificate(
    qtbot: QtBot, worklists: WorklistsScreen, page: DisposalPage
) -> None:
    retention, certificate = worklists.office.retention, worklists.due.certificate
    page.passphrase.setFocus()
    type_in("words")
    with qtbot.waitSignal(certificate.loaded):
        press(Qt.Key.Key_Return)
    assert retention.certificates[-1].backups_until is None
    certificate.until.setFocus()
    type_in("soon")
    press(Qt.Key.Key_Return)
    assert "soon" in certificate.notice.text
    certificate.until.clear()
    type_in("31 1 2040")
    with qtbot.waitSignal(certificate.loaded):
        press(Qt.Key.Key_Return)
    assert retention.certificates[-1].backups_until == date(2040, 1, 31)
    with qtbot.waitSignal(certificate.loaded):
        certificate.paper.setCurrentIndex(1)
    assert retention.certificates[-1].paper is Paper.LETTER


def test_what_cannot_be_put_forward_is_said(qtbot: QtBot, worklists: WorklistsScreen) -> None:
    retention, due = worklists.office.retention, worklists.due
    retention.with_some()
    worklists.come_in()
    due.table.setFocus()
    press(Qt.Key.Key_A, CTRL)
    retention.problem = WrongWord()
    due.propose_button.click()
    qtbot.waitUntil(lambda: "Caps Lock" in due.notice.text)
    assert due.propose_button.isEnabled()
    assert due.table.isVisible()


def _rows(listed: QListWidget) -> list[str]:
    return [listed.item(row).text() for row in range(listed.count())]
