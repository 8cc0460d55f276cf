"""What images show is said with a few keys, remembered for this patient and for no other, and how
good they are is said while the patient may still be there (R12, R13, R126)."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.devices.problems import SourceGone
from desktop.intake.filing_report import FileReport
from desktop.intake.problems import NoteTooLarge
from desktop.intake.report import NoteLeft, NotesReport
from desktop.records.facts.clinical_image import Description, MediaKind
from desktop.records.facts.depiction import Depiction, Distance, Laterality, Subject, View
from desktop.records.facts.ids import ImageId, new_uuid
from desktop.records.facts.quality import Finding, Quality
from desktop.ui.desk.depicts_box import DepictsBox
from desktop.ui.desk.report_words import report_lines, sum_line
from tests.ui.made_facts import clinical_image, item
from tests.ui.screens import DeskScreen, press, type_in

LEFT_FOREARM = Depiction(
    subject=Subject.LESION,
    site_code="14975008",
    laterality=Laterality.LEFT,
    view=View.FRONT,
    distance=Distance.CLOSE_UP,
)


@pytest.fixture
def box(qtbot: QtBot) -> DepictsBox:
    made = DepictsBox()
    qtbot.addWidget(made)
    made.show()
    made.site.setFocus()
    return made


@pytest.mark.requirement("R12", "R13")
def test_a_site_and_its_side_are_chosen_with_a_few_keys(qtbot: QtBot, box: DepictsBox) -> None:
    entered: list[bool] = []
    box.entered.connect(lambda: entered.append(True))
    type_in("l fore")
    qtbot.waitUntil(box.popup.isVisible)
    press(Qt.Key.Key_Down, on=box.popup)  # offscreen nothing grabs the keyboard for it
    press(Qt.Key.Key_Return, on=box.popup)
    assert box.site.text() == "left forearm"
    assert not entered
    assert not box.understood.text()
    for expected in (box.subject, box.view, box.distance):
        press(Qt.Key.Key_Tab)
        assert expected.hasFocus()
        press(Qt.Key.Key_Down)
    said = box.depiction
    assert (said.site_code, said.laterality) == ("14975008", Laterality.LEFT)
    assert (said.subject, said.view, said.distance) == (
        Subject.INJURY,
        View.FRONT,
        Distance.OVERVIEW,
    )


@pytest.mark.requirement("R12")
def test_words_that_are_not_in_the_list_stay_and_a_missing_side_is_asked_for(
    qtbot: QtBot, box: DepictsBox
) -> None:
    entered: list[bool] = []
    box.entered.connect(lambda: entered.append(True))
    type_in("near the old scar")
    assert "kept as typed" in box.understood.text()
    assert box.depiction.site_code == ""
    press(Qt.Key.Key_Return)
    assert entered
    box.site.setText("turi matau")
    assert box.understood.text() == "Right knee"
    box.site.setText("knee")
    assert "left, right or both?" in box.understood.text()
    for subject in Subject:
        box.put("knee", Depiction(subject=subject))
        assert box.depiction.subject is subject
    box.clear()
    assert box.depiction == Depiction()


@pytest.mark.requirement("R12", "R66")
def test_what_was_said_comes_back_for_the_same_patient_and_never_for_another(
    desk_screen: DeskScreen,
) -> None:
    screen = desk_screen.with_phone()
    filed: list[Depiction] = []
    for number in ("ZZZ0016", "ZZZ0016", "ZZZ0024"):
        screen.tick(1)
        screen.scan(number)
        screen.wait_for_patient()
        form = screen.facts.form
        filed.append(form.facts().depicts)
        if not filed[-1].site_code:
            form.depicts.put("left forearm", LEFT_FOREARM)
        assert form.site.text() == "left forearm"
        if number == "ZZZ0024":
            break
        screen.say_all()
        screen.read_back("4 Mar 1961")
        screen.wait_for_report()
    assert filed == [Depiction(), LEFT_FOREARM, Depiction()]


def _measured(*findings: Finding) -> Description:
    quality = Quality(findings=findings, sharpness=40.0)
    return Description(kind=MediaKind.PHOTO, media_type="image/jpeg", quality=quality)


@pytest.mark.requirement("R11")
def test_the_report_says_which_notes_were_kept_and_which_were_not() -> None:
    first, second = (item(f"IMG_{number}.JPG") for number in (1, 2))
    left = [
        NoteLeft(item=first, problem=NoteTooLarge(name="IMG_1.AAE")),
        NoteLeft(item=second, problem=SourceGone(source="iPhone")),
    ]
    noted = NotesReport(kept=2, images={ImageId(new_uuid())}, left=left)
    filing = FileReport(filed=[clinical_image("IMG_1.JPG")], notes=noted)
    _, kept, not_kept = report_lines(filing)
    assert kept.heading == "1 image kept with a note from the device"
    assert "shown as its file came" in kept.details[0]
    assert not_kept.heading.startswith("2 kept, perhaps without a note from the device")
    assert "IMG_1.JPG: IMG_1.AAE is larger than 8 MiB" in "\n".join(not_kept.details)
    assert sum_line(filing) == "1 chosen = 1 filed"
    assert len(report_lines(FileReport(filed=[clinical_image("IMG_1.JPG")]))) == 1


@pytest.mark.requirement("R126", "R128")
def test_the_report_says_what_is_worth_another_look_with_advice_and_adds_up_all_the_same() -> None:
    blurred = replace(clinical_image("IMG_1.JPG"), description=_measured(Finding.BLURRED))
    report = replace(
        clinical_image("IMG_1.JPG"),
        description=_measured(Finding.HARD_TO_READ, Finding.TOO_BRIGHT),
        depicts=Depiction(subject=Subject.PATHOLOGY_REPORT),
    )
    lesion = replace(report, depicts=Depiction(subject=Subject.LESION))
    never_measured = replace(clinical_image("IMG_1.JPG"), description=None)
    filing = FileReport(filed=[blurred, report, never_measured], incomplete=[lesion])
    (line,) = [one for one in report_lines(filing) if "another look" in one.heading]
    assert line.heading == "3 worth another look"
    said = "\n".join(line.details)
    assert "May be blurred. Look at it 1:1." in said
    assert "Its writing may be too small to read. Ask for the primary copy" in said
    assert "Too bright" in said
    assert sum_line(filing) == "4 chosen = 3 filed + 1 incomplete"
