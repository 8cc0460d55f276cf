"""The page of de-identified copies: masks by mouse and by keyboard, the checklist, the result."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.records.facts.clinical_image import ClinicalImage, Description, MediaKind
from desktop.records.facts.consent import Purpose
from desktop.records.facts.copies import Feature, Found, GivenOut
from desktop.records.facts.media import MediaDetail, Part
from desktop.ui.copies.copy_page import CopyPage
from desktop.ui.parts.asking import PathQuestion
from desktop.ui.parts.background import Background
from desktop.ui.parts.choices import choose
from tests.ui.made_copies import FACE, MadeCopies
from tests.ui.made_facts import HINEMOA, clinical_image
from tests.ui.screens import PatientsScreen
from tests.ui.test_accessibility import _nameless

NOTHING = Qt.KeyboardModifier.NoModifier

pytestmark = pytest.mark.requirement("R101", "R102", "R103")


def an_image(kind: MediaKind = MediaKind.PHOTO) -> ClinicalImage:
    seen = Description(kind=kind, media_type="image/jpeg")
    return replace(clinical_image("IMG_1.JPG"), description=seen)


class CopyScreen:
    """The page as a person uses it."""

    def __init__(
        self, qtbot: QtBot, background: Background, folder: Path, copies: MadeCopies
    ) -> None:
        self.qtbot, self.copies = qtbot, copies
        self.page = CopyPage(
            background=background, verbs=copies.verbs, ask=lambda asked: self._answer(asked, folder)
        )
        self.asked: list[PathQuestion] = []
        qtbot.addWidget(self.page)
        self.page.resize(1000, 760)
        self.page.show()

    def open_for(self, image: ClinicalImage) -> None:
        with self.qtbot.waitSignal(self.page.looked):
            self.page.open_for(HINEMOA, image, what="Left forearm")

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NOTHING) -> None:
        QTest.keyClick(self.page.picture.stage, key, held)

    def drag(self, start: QPoint, end: QPoint) -> None:
        stage, left = self.page.picture.stage, Qt.MouseButton.LeftButton
        QTest.mousePress(stage, left, pos=start)
        QTest.mouseMove(stage, end)
        QTest.mouseRelease(stage, left, pos=end)

    def make(self) -> str:
        self.page.side.make_button.click()
        return self.page.side.notice.text

    def fill(self, purpose: Purpose = Purpose.TEACHING) -> None:
        side = self.page.side
        side.release.recipient.setText("Dr Mere Test")
        choose(side.release.purpose, purpose.value)
        side.features.rest.click()

    def _answer(self, asked: PathQuestion, folder: Path) -> None:
        self.asked.append(asked)
        asked.then(folder)


MakeScreen = Callable[[MadeCopies], CopyScreen]


@pytest.fixture
def screen_of(qtbot: QtBot, background: Background, tmp_path: Path) -> MakeScreen:
    return lambda copies: CopyScreen(qtbot, background, tmp_path, copies)


@pytest.fixture
def screen(screen_of: MakeScreen) -> CopyScreen:
    made = screen_of(MadeCopies())
    made.open_for(an_image())
    return made


def test_masks_by_keyboard_alone(screen: CopyScreen) -> None:
    masks = screen.page.masks
    screen.press(Qt.Key.Key_N)
    screen.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    screen.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    (mask,) = masks.masks
    assert (round(mask.left, 3), round(mask.height, 3)) == (0.45, 0.205)
    screen.press(Qt.Key.Key_N)
    assert masks.chosen == 1
    screen.press(Qt.Key.Key_PageUp)
    screen.press(Qt.Key.Key_Delete)
    assert len(masks.masks) == 1
    listed = screen.page.side.masks.list
    assert "Mask 1: 20% wide" in listed.item(0).text()


def test_a_mask_is_drawn_moved_and_sized_by_mouse(screen: CopyScreen) -> None:
    stage, masks = screen.page.picture.stage, screen.page.masks
    frame = stage._frame().toRect()
    corner = frame.topLeft() + QPoint(20, 20)
    screen.drag(corner, corner + QPoint(60, 40))
    (drawn,) = masks.masks
    assert round(drawn.width * frame.width()) == 60
    screen.drag(corner + QPoint(20, 20), corner + QPoint(50, 20))
    assert round((masks.masks[0].left - drawn.left) * frame.width()) == 30
    edge = stage.box_of(masks.masks[0]).bottomRight().toPoint()
    screen.drag(edge, edge + QPoint(0, 30))
    assert round((masks.masks[0].height - drawn.height) * frame.height()) == 30


def test_suggested_faces_are_taken_or_dismissed_by_the_person(screen: CopyScreen) -> None:
    side, masks = screen.page.side, screen.page.masks
    assert not masks.masks
    assert "1 possible face found" in side.masks._said.text()
    side.masks.take.click()
    assert masks.masks == (FACE,)
    assert not masks.suggested


def test_nothing_is_made_before_every_line_is_answered(screen: CopyScreen) -> None:
    assert screen.make() == "Choose what the copy is for."
    choose(screen.page.side.release.purpose, Purpose.TEACHING.value)
    assert "Not answered yet" in screen.make()
    screen.fill()
    choose(screen.page.side.features.answers[Feature.FACE], Found.MASKED.value)
    assert "Draw a mask over it" in screen.make()
    screen.press(Qt.Key.Key_N)
    rare = screen.page.side.features.answers[Feature.RARE_CONDITION]
    choose(rare, Found.MASKED.value)
    assert "second person" in screen.make()
    assert screen.asked == []
    screen.page.side.features.second.setText("Dr Tama Rua")
    with screen.qtbot.waitSignal(screen.page.copy_made):
        screen.make()
    (wish,) = screen.copies.wishes
    assert wish.features is not None
    assert wish.features.second_reviewer == "Dr Tama Rua"
    said = screen.page.side.notice.text
    assert "image-0011.jpg" in said
    assert "Removed: camera, time, place" in said


def test_a_film_has_a_slider_times_and_no_sound_unless_asked(screen_of: MakeScreen) -> None:
    screen = screen_of(MadeCopies(seconds=4.0))
    screen.open_for(an_image(MediaKind.VIDEO))
    page = screen.page
    with screen.qtbot.waitSignal(page.looked):
        page.picture.slider.setValue(15)
    assert screen.copies.looked == [(0.0, True), (1.5, False)]
    screen.press(Qt.Key.Key_N)
    page.side.masks.end.setValue(2.0)
    page.side.masks.start.setValue(1.0)
    screen.fill()
    choose(page.side.features.answers[Feature.VOICE], Found.MASKED.value)
    page.side.sound.setChecked(True)
    assert "turn the sound off" in screen.make()
    page.side.sound.setChecked(False)
    with screen.qtbot.waitSignal(page.copy_made):
        screen.make()
    (wish,) = screen.copies.wishes
    assert (wish.masks[0].start, wish.masks[0].end, wish.sound) == (1.0, 2.0, False)


def test_each_page_is_looked_at_and_what_stays_behind_is_said_before(
    screen_of: MakeScreen,
) -> None:
    screen = screen_of(MadeCopies(pages=3))
    parts = (Part.THUMBNAIL, Part.GAIN_MAP, Part.MORE_FRAMES)
    seen = Description(
        kind=MediaKind.PHOTO, media_type="image/tiff", detail=MediaDetail(parts=parts)
    )
    screen.open_for(replace(an_image(), description=seen))
    picture, said = screen.page.picture, screen.page.side.left_out
    assert said.isVisible()
    assert said.text().endswith("a brightness map for bright screens.")
    assert "pages" not in said.text()
    assert (picture.slider.isVisible(), picture.slider.maximum()) == (True, 2)
    with screen.qtbot.waitSignal(screen.page.looked):
        picture.slider.setValue(1)
    assert screen.copies.looked == [(0.0, True), (1.0, False)]
    assert "page 2 of 3" in picture._second.text()


def test_a_mask_is_laid_on_every_page_or_by_keyboard_on_the_one_that_is_shown(
    screen_of: MakeScreen,
) -> None:
    screen = screen_of(MadeCopies(pages=3))
    screen.open_for(an_image())
    page, panel = screen.page, screen.page.side.masks
    with screen.qtbot.waitSignal(page.looked):
        QTest.keyClick(page.picture.slider, Qt.Key.Key_Right)
    assert panel.pages.isVisible()
    assert not panel.pages.isEnabled()  # no mask to be asked about
    screen.press(Qt.Key.Key_N)
    assert panel.list.item(0).text().endswith("every page")
    screen.press(Qt.Key.Key_N)
    QTest.keyClick(panel.pages, Qt.Key.Key_Down)
    assert panel.pages.currentText() == "only this page (2)"
    assert panel.list.item(1).text().endswith("only page 2")
    with screen.qtbot.waitSignal(page.looked):
        QTest.keyClick(page.picture.slider, Qt.Key.Key_Right)
    assert [page.masks.is_shown(one) for one in page.masks.masks] == [True, False]
    assert panel.pages.currentText() == "only page 2"
    QTest.keyClick(panel.pages, Qt.Key.Key_Down)
    assert panel.pages.currentText() == "only this page (3)"
    screen.fill()
    with screen.qtbot.waitSignal(page.copy_made):
        screen.make()
    (wish,) = screen.copies.wishes
    assert [one.page for one in wish.masks] == [None, 3]
    assert not list(_nameless(page))


def test_a_face_under_a_mask_of_another_page_is_suggested_all_the_same(
    screen_of: MakeScreen,
) -> None:
    screen = screen_of(MadeCopies(pages=3))
    screen.open_for(an_image())
    page = screen.page
    page.masks.take_all()
    page.masks.put(replace(FACE, page=1))
    with screen.qtbot.waitSignal(page.looked):
        page.picture.slider.setValue(1)
    assert len(page.masks.suggested) == 1
    page.masks.dismiss_all()
    page.masks.put(FACE)
    with screen.qtbot.waitSignal(page.looked):
        page.picture.slider.setValue(2)
    assert not page.masks.suggested


def test_a_copy_can_be_stopped_and_the_page_is_there_again(screen_of: MakeScreen) -> None:
    screen = screen_of(MadeCopies(waits=True))
    screen.open_for(an_image())
    screen.fill()
    screen.make()
    assert screen.copies.begun.wait(10)
    side = screen.page.side
    side.stop_button.click()
    screen.qtbot.waitUntil(side.make_button.isVisible)
    assert side.notice.text.startswith("Stopped")
    assert side.make_button.hasFocus(), "the keyboard stays on the page"


def test_everything_on_the_page_has_a_name(screen: CopyScreen) -> None:
    screen.press(Qt.Key.Key_N)
    assert list(_nameless(screen.page)) == []
    assert screen.page.picture.stage.accessibleName()
    screen.page.clear()
    assert not screen.page.picture.stage.has_picture


def test_the_chart_offers_a_copy_of_the_one_image_that_is_ticked(
    qtbot: QtBot, patients_screen: PatientsScreen
) -> None:
    screen = patients_screen
    screen.office.charts[HINEMOA.id] = [an_image(), an_image()]
    screen.open_chart("ZZZ0016")
    chart, page = screen.page.chart, screen.page.copying
    index = chart.model.index(1)
    chart.model.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    with qtbot.waitSignal(page.looked):
        chart.tools.copy.click()
    assert page.isVisible()
    assert page._image == chart.model.images[1]
    page.side.back.click()
    assert chart.isVisible()
    chart.model.setData(chart.model.index(0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert not chart.tools.copy.isEnabled()


@pytest.mark.requirement("R81", "R90", "R96")
def test_an_original_leaves_only_where_something_covers_it_and_says_what_it_holds(
    screen: CopyScreen,
) -> None:
    side, copies = screen.page.side, screen.copies
    side.release.original.click()
    assert not side.features.isVisible()
    assert not side.masks.isVisible()
    side.release.recipient.setText("Constable Test")
    choose(side.release.purpose, Purpose.LEGAL.value)
    assert "Not yet" in side.standing.text()
    assert "Nothing was copied" in screen.make()
    assert not copies.wishes
    side.release.authority.setText("Search warrant 12")
    assert "by the authority" in side.standing.text()
    with screen.qtbot.waitSignal(screen.page.copy_made):
        screen.make()
    (wish,) = copies.wishes
    assert (wish.release.is_deidentified, wish.features, wish.masks) == (False, None, ())


def test_an_identifiable_original_for_teaching_needs_its_reason(screen: CopyScreen) -> None:
    side = screen.page.side
    side.release.original.click()
    assert not side.release.why.isVisible()
    screen.fill(Purpose.TEACHING)
    assert side.release.why.isVisibleTo(side)
    assert "leave de-identified" in side.standing.text()
    assert "say why" in screen.make()
    assert not screen.copies.wishes
    side.release.deidentified.click()
    choose(side.features.answers[Feature.FACE], None)
    assert "Answer the list" in side.standing.text()
    side.features.rest.click()
    assert "identifies nobody" in side.standing.text()
    assert not side.release.why.isVisibleTo(side)


def a_gift(image: ClinicalImage, *, failed: bool = False) -> GivenOut:
    return GivenOut(
        image=image.id,
        number=image.short_number,
        at=datetime(2026, 11, 3, 1, tzinfo=UTC),
        by="Mere Parata",
        recipient="Dr Mere Test",
        purpose="teaching",
        is_deidentified=not failed,
        ground="the copy does not identify the person",
        features_by="Aroha Test",
        failed=failed,
    )


@pytest.mark.requirement("R97")
def test_what_was_given_before_is_told_and_listed(
    qtbot: QtBot, patients_screen: PatientsScreen
) -> None:
    screen, page = patients_screen, patients_screen.page
    screen.office.charts[HINEMOA.id] = [an_image(), an_image()]
    screen.open_chart("ZZZ0016")
    image, other = page.chart.model.images
    screen.office.copies.given[:] = [a_gift(image), a_gift(other, failed=True)]
    with qtbot.waitSignal(page.given.loaded):
        page.chart.given_button.click()
    rows = [
        [page.given.model.index(row, column).data() for column in (1, 2, 4)] for row in range(2)
    ]
    assert rows[0] == [image.short_number, "Dr Mere Test", "De-identified copy"]
    assert rows[1][2] == "The original: did not come to be"
    assert "Looked for what identifies: Aroha Test" in page.given.detail.text()
    page.given.back.click()
    page.chart.grid.opened.emit(page.chart.model.index(0, 0))
    assert page.chart.is_large
    with qtbot.waitSignal(page.copying.looked):
        page.chart.large.copy_button.click()
    qtbot.waitUntil(lambda: "once, last to Dr Mere Test" in page.copying.side.before.text())
    with qtbot.waitSignal(page.given.loaded):
        page.copying.side.given.click()
    assert len(page.given.model.rows) == 1
    page.given.back.click()
    assert page.copying.isVisible()
    page.copying.side.back.click()
    assert page.chart.is_large
