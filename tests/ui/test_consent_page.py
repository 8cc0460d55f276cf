"""The consent page: a withdrawal, a refusal without an image, and consent given again."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.records.facts.consent import Purpose
from desktop.records.facts.consent_end import EndKind
from desktop.records.facts.ids import ImageId, new_uuid
from desktop.ui.parts.background import Background
from desktop.ui.patients.consent_page import ConsentPage
from tests.ui.made_consent import StandInConsent
from tests.ui.made_facts import HINEMOA
from tests.ui.screens import press, type_in


@pytest.fixture
def office() -> StandInConsent:
    named = [(ImageId(new_uuid()), f"7B2C-11F0-000{n}, left knee") for n in range(3)]
    return StandInConsent(images=named)


@pytest.fixture
def page(qtbot: QtBot, background: Background, office: StandInConsent) -> ConsentPage:
    made = ConsentPage(background=background, verbs=office.verbs)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.loaded):
        made.open_for(HINEMOA)
    return made


@pytest.mark.requirement("R54")
def test_a_withdrawal_is_recorded_and_can_be_lifted(
    qtbot: QtBot, page: ConsentPage, office: StandInConsent
) -> None:
    assert page.empty.isVisible()
    press(Qt.Key.Key_Return, on=page.record_button)
    qtbot.waitUntil(lambda: "Say who" in page.notice.text)
    page.purposes[Purpose.TEACHING].setChecked(True)
    qtbot.waitUntil(page.images.isVisible)
    page.images.setCurrentRow(1)
    press(Qt.Key.Key_Space, on=page.images)
    page.said_by.setFocus()
    type_in("her mother")
    with qtbot.waitSignal(page.loaded):
        press(Qt.Key.Key_Return, on=page.record_button)
    (end,) = office.ends
    assert (end.said.kind, end.said.purposes) == (EndKind.WITHDRAWN, frozenset({Purpose.TEACHING}))
    assert end.said.images == {office.images[1][0]}
    assert f"holds from now on: {end.scope}." in page.notice.text
    assert end.scope.startswith("teaching of image ")
    assert not page.images.ticked
    assert page.said_by.text() == ""
    page.again_why.setFocus()
    type_in("signed again")
    with qtbot.waitSignal(page.loaded):
        press(Qt.Key.Key_Return, on=page.again_button)
    assert not office.ends[0].stands
    assert not page.again_button.isEnabled()


@pytest.mark.requirement("R49")
def test_a_refusal_needs_no_image(qtbot: QtBot, page: ConsentPage, office: StandInConsent) -> None:
    assert not page.what.isVisible()
    page.kind.setCurrentIndex(1)
    assert page.what.isVisible()
    assert not page.images.isVisible()  # a refusal is of images that were not taken
    page.what.setText("left knee")
    page.said_by.setText("the patient")
    with qtbot.waitSignal(page.loaded):
        press(Qt.Key.Key_Return, on=page.record_button)
    (end,) = office.ends
    assert (end.said.kind, end.said.what) == (EndKind.REFUSED, "left knee")
