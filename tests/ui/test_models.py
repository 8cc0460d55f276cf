"""Every model passes Qt's own examination, filled and while it changes."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.devices.private_images import Apart
from desktop.records.facts.patient import short_date
from desktop.ui.desk.day_list import DayModel
from desktop.ui.desk.item_model import ItemModel
from desktop.ui.desk.source_list import SourceList
from desktop.ui.parts.background import Background
from desktop.ui.parts.patient_list import PatientList
from desktop.ui.parts.pictures import Pictures
from desktop.ui.parts.tiles import Role, face_of, is_ticked, opposite
from desktop.ui.parts.wishes import Wishes
from desktop.ui.patients.chart_model import ChartModel
from desktop.ui.patients.list_table import ListTable
from tests.ui.made_facts import (
    ANA,
    CARD,
    HINEMOA,
    LOCKED,
    PHONE,
    TODAY,
    clinical_image,
    item,
    jpeg,
    todays_items,
)


@pytest.fixture
def pictures(background: Background) -> Pictures:
    return Pictures(background, QObject(background))


def _items(pictures: Pictures) -> ItemModel:
    return ItemModel(
        pictures=pictures,
        fetch=lambda one: lambda: jpeg(1) if one.name != "NONE.JPG" else None,
        parent=pictures,
    )


def test_items(qtmodeltester: ModelTester, pictures: Pictures) -> None:
    model = _items(pictures)
    qtmodeltester.check(model)
    model.start(frozenset({TODAY}))
    model.append(todays_items(5))
    model.append([item("X.JPG", problem="no"), item("OLD.JPG", at=None)])
    assert (model.rowCount(), model.hidden) == (6, 1)
    model.show_days(frozenset({TODAY, Apart.UNDATED}))
    assert model.rowCount() == 7
    model.setData(model.index(0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert len(model.ticked) == 1
    refused = model.setData(model.index(5), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert not refused
    model.start(None)
    assert model.rowCount() == 0


def test_days(qtmodeltester: ModelTester) -> None:
    model = DayModel()
    qtmodeltester.check(model)
    before, after = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    model.start(today=TODAY, ticked=frozenset({before}))
    model.show({Apart.NO_CAMERA_IMAGE: 1, before: 14, TODAY: 9})
    model.show({Apart.NO_CAMERA_IMAGE: 31, before: 14, TODAY: 9, after: 1, Apart.UNDATED: 2})
    said = [str(model.index(row).data()) for row in range(model.rowCount())]
    assert said == [
        f"{short_date(after)} — 1 image, after today",
        f"{short_date(before)} — 14 images",
        "No date — 2 images",
        "Screenshots, downloads, chat apps — 31 files",
    ]
    assert [is_ticked(model.index(row)) for row in range(4)] == [False, True, False, False]


def test_sources(qtmodeltester: ModelTester) -> None:
    model = SourceList()
    qtmodeltester.check(model)
    model.show([PHONE, CARD, LOCKED])
    came, left = model.show([CARD, LOCKED])
    assert (came, left) == ([], [PHONE])
    came, _ = model.show([PHONE, CARD, LOCKED])
    assert came == [PHONE]
    assert model.index(0).data() == CARD.name, "what was there keeps its place"


def test_patients(qtmodeltester: ModelTester) -> None:
    model = PatientList()
    qtmodeltester.check(model)
    model.show([HINEMOA, ANA])
    assert "born 04 Mar 1961" in str(model.index(0).data(Role.CAPTION))


def test_chart(qtmodeltester: ModelTester, pictures: Pictures) -> None:
    model = ChartModel(pictures=pictures, thumbnail=lambda _: jpeg(2), parent=pictures)
    qtmodeltester.check(model)
    model.show([clinical_image("A.JPG"), clinical_image("B.JPG", at=None)])
    assert face_of(model.index(1)).caption == "time not known", "without a time it comes last"
    tick = opposite(model.index(0).data(Qt.ItemDataRole.CheckStateRole))
    model.setData(model.index(0), tick, Qt.ItemDataRole.CheckStateRole)
    assert len(model.ticked) == 1


def test_list_rows(qtmodeltester: ModelTester) -> None:
    model = ListTable()
    qtmodeltester.check(model)
    model.show(("NHI", "Name"), [("ZZZ0016",), ("ZZZ0024", "Tāwhai")])
    assert model.index(0, 1).data() == ""
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Name"


def test_a_picture_is_fetched_once_and_its_lack_is_remembered(
    qtbot: QtBot, pictures: Pictures
) -> None:
    model = _items(pictures)
    model.start(None)
    model.append([item("A.JPG"), item("NONE.JPG")])
    assert model.index(0).data(Role.PICTURE) is None
    with qtbot.waitSignal(pictures.arrived):
        pass
    qtbot.waitUntil(lambda: model.index(0).data(Role.PICTURE) is not None)
    model.index(1).data(Role.PICTURE)
    qtbot.waitUntil(lambda: bool(model.index(1).data(Role.NO_PICTURE)))
    assert model.index(1).data(Role.PICTURE) is None


def test_what_is_on_screen_is_fetched_before_what_may_come() -> None:
    wishes = Wishes()
    for key in ("later", "soon"):
        wishes.expect(key, lambda: None)
    for key in ("early", "late", "soon"):
        wishes.want(key, lambda: None)
    wishes.expect("late", lambda: None)
    taken = [wish[0] for wish in iter(wishes.take, None)]
    assert taken == ["soon", "late", "early", "later"]
    wishes.want("late", lambda: None)
    assert not wishes, "it was begun, and comes once"
    wishes.end("late")
    wishes.want("late", lambda: None)
    assert wishes
