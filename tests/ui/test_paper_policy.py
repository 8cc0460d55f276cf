"""Whether paper may stand for a photo, as the settings ask it (R77)."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.records.facts.office_settings import OfficeSettings
from desktop.ui.office.paper_policy_box import PaperPolicyBox


@pytest.mark.requirement("R77")
def test_paper_may_stand_for_a_photo_only_by_somebodys_advice(qtbot: QtBot) -> None:
    """Nothing of it is asked until it is ticked, and then who answers for it."""
    box = PaperPolicyBox()
    qtbot.addWidget(box)
    box.show()
    stands = OfficeSettings(address="2 Kōwhai Road")
    box.show_settings(stands)
    assert not box.basis.isVisible()
    assert box.said(stands) == stands
    box.may_stand.setChecked(True)
    assert box.basis.isVisible()
    box.days.setValue(45)
    box.basis.setText(" Records committee, 3 March 2026 ")
    said = box.said(stands)
    assert (said.paper_days, said.paper_basis) == (45, "Records committee, 3 March 2026")
    box.show_settings(said)
    assert box.said(stands) == said
    box.may_stand.setChecked(False)
    assert box.said(said) == stands
