"""The logo and the words of the office's own, as the settings ask for them."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.problem import Problem
from desktop.records.facts.logo import Logo
from desktop.records.facts.office_settings import OfficeSettings
from desktop.ui.office.stationery_box import StationeryBox
from desktop.ui.parts.background import Background
from desktop.verbs.stationery import LogoNotUsable

_LOGO = str(Logo(jpeg=b"a small one", width=300, height=120, components=3))


def test_a_logo_is_chosen_said_and_taken_off(qtbot: QtBot, background: Background) -> None:
    def read(path: Path) -> str:
        if path.suffix == ".txt":
            raise LogoNotUsable(name=path.name)
        return _LOGO

    chosen = Path("logo.png")
    box = StationeryBox(
        background=background, read_logo=read, ask=lambda question: question.then(chosen)
    )
    qtbot.addWidget(box)
    stands = OfficeSettings(consent_text="You may say no.", foot_text="Ext. 12")
    box.show_settings(stands)
    assert box.said(stands) == stands
    assert not box.remove_button.isEnabled()
    with qtbot.waitSignal(box.logo_chosen):
        box.choose_button.click()
    assert "300 × 120" in box.state.text()
    box.foot.setText(" Ext. 14 ")
    said = box.said(stands)
    assert (said.logo, said.foot_text, said.consent_text) == (_LOGO, "Ext. 14", "You may say no.")
    chosen = Path("words.txt")
    with qtbot.waitSignal(box.logo_refused) as refused:
        box.choose_button.click()
    assert isinstance(refused.args[0], Problem)
    assert box.said(stands).logo == _LOGO
    box.remove_button.click()
    assert box.said(stands).logo == ""
