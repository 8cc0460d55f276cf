"""The notes beside images: kept once these are, told when they cannot be, and in nobody's way."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from desktop.devices.problems import ItemUnreadable, SourceGone
from desktop.devices.source import MediaItem
from desktop.intake.filing_report import FileReport
from desktop.intake.notes_beside import COMPANION_AT_MOST, keep_notes
from desktop.intake.report import NotesReport
from desktop.problem import Problem
from desktop.records.facts.companions import Companion
from desktop.records.facts.ids import ImageId, new_uuid
from desktop.records.vault.problems import DiskFull
from tests.unit.intake.shelf_of_bytes import MemorySource, item
from tests.unit.intake.test_filing import Desk, request

PHOTOS = {"A.JPG": b"a" * 9, "B.JPG": b"b" * 9, "C.JPG": b"c" * 9}
GONE = SourceGone(source="Card")


@dataclass
class NotedSource(MemorySource):
    """Beside each photo lies what `notes` says; `unlisted` names photos of which none is told."""

    notes: dict[str, dict[str, int]] = field(default_factory=dict)
    unlisted: dict[str, Problem] = field(default_factory=dict)

    def notes_beside(self, item: MediaItem) -> Sequence[MediaItem]:
        if item.name in self.unlisted:
            raise self.unlisted[item.name]
        sizes = self.notes.get(item.name, {})
        return [_note(name, size) for name, size in sizes.items()]


def _note(name: str, size: int) -> MediaItem:
    return item(name, size, None if size else "it is empty (0 bytes)")


def noted(**more: object) -> NotedSource:
    """Three photos, each with a note of four bytes."""
    notes = {name: {name.replace("JPG", "AAE"): 4} for name in PHOTOS}
    held = PHOTOS | {name.replace("JPG", "AAE"): b"note" for name in PHOTOS}
    made = NotedSource(held=held, notes=notes)
    for name, value in more.items():
        setattr(made, name, value)
    return made


class Shelf:
    """Remembers what is kept, and how many at a time."""

    def __init__(self, problem: Problem | None = None) -> None:
        self.problem = problem
        self.names: list[str] = []
        self.groups: list[int] = []

    def keep(self, found: Sequence[Companion]) -> Sequence[Companion]:
        if self.problem is not None:
            raise self.problem
        self.groups.append(len(found))
        self.names += [one.file_name for one in found]
        return found


def kept(source: NotedSource, shelf: Shelf, *, stop: bool = False) -> NotesReport:
    taken = [(one, ImageId(new_uuid())) for one in source.items() if one.name.endswith("JPG")]
    return keep_notes(
        source=source, taken=taken, keep=shelf.keep, stopped=lambda: stop, say=lambda _: None
    )


def left(report: NotesReport) -> list[tuple[str, str]]:
    return [(one.item.name, one.problem.code) for one in report.left]


@pytest.mark.requirement("R11")
def test_the_notes_of_all_are_kept_in_one_go() -> None:
    shelf = Shelf()
    report = kept(noted(), shelf)
    assert (report.kept, len(report.images), report.left, shelf.groups) == (3, 3, [], [3])


@pytest.mark.requirement("R11")
def test_what_cannot_be_read_is_told_of_its_image_and_the_rest_is_kept() -> None:
    shelf = Shelf()
    source = noted(
        fail={"A.AAE": ItemUnreadable(name="A.AAE", reason="worn out")}, short=frozenset({"B.AAE"})
    )
    report = kept(source, shelf)
    assert left(report) == [("A.JPG", "item_unreadable"), ("B.JPG", "note_cut_short")]
    assert (report.kept, shelf.names) == (1, ["C.AAE"])
    unlisted = noted(unlisted={"A.JPG": ItemUnreadable(name="A.JPG", reason="worn out")})
    assert left(kept(unlisted, Shelf())) == [("A.JPG", "item_unreadable")]


@pytest.mark.requirement("R11")
def test_what_is_too_large_is_left_unread_and_what_is_empty_says_nothing() -> None:
    source = noted()
    source.notes["A.JPG"] = {"A.AAE": COMPANION_AT_MOST + 1}
    source.notes["B.JPG"] = {"B.AAE": 0}
    source.fail = {"A.AAE": GONE}
    report = kept(source, Shelf())
    assert (report.kept, left(report)) == (1, [("A.JPG", "note_too_large")])


@pytest.mark.requirement("R11")
@pytest.mark.parametrize("where", ["fail", "unlisted"])
def test_a_device_that_leaves_is_asked_for_no_more(where: str) -> None:
    shelf = Shelf()
    at = "B.AAE" if where == "fail" else "B.JPG"
    report = kept(noted(**{where: {at: GONE}}), shelf)
    assert left(report) == [("B.JPG", GONE.code), ("C.JPG", GONE.code)]
    assert shelf.names == ["A.AAE"], "what was read by then is kept"


@pytest.mark.requirement("R11")
def test_a_stop_and_a_full_disk_are_told() -> None:
    assert left(kept(noted(), Shelf(), stop=True)) == [(name, "cancelled") for name in PHOTOS]
    full = kept(noted(), Shelf(DiskFull(drive="D:")))
    assert (full.kept, left(full)) == (0, [(name, "disk_full") for name in PHOTOS])


@pytest.mark.requirement("R11")
def test_little_is_held_in_memory() -> None:
    source = noted()
    size = COMPANION_AT_MOST // 2
    for name in PHOTOS:
        note = name.replace("JPG", "AAE")
        source.notes[name] = {note: size}
        source.held[note] = bytes(size)
    source.block = size
    shelf = Shelf()
    kept(source, shelf)
    assert shelf.groups == [2, 1]


def _filed(source: NotedSource, shelf: Shelf) -> FileReport:
    desk = Desk()
    verbs = replace(desk.verbs(), keep_notes=shelf.keep)
    desk.verbs = lambda: verbs  # type: ignore[method-assign]
    asked = request(source)
    photos = tuple(one for one in asked.items if one.name.endswith("JPG"))
    return desk.file(source, replace(asked, items=photos))


@pytest.mark.requirement("R11", "R66")
def test_images_are_filed_whatever_becomes_of_their_notes() -> None:
    broken = dict.fromkeys(("A.JPG", "B.JPG", "C.JPG"), GONE)
    report = _filed(noted(unlisted=broken), Shelf())
    assert (len(report.filed), report.total) == (3, 3)
    assert left(report.notes) == [(name, GONE.code) for name in PHOTOS]


@pytest.mark.requirement("R11", "R66")
def test_of_a_trip_that_ended_nothing_more_is_asked() -> None:
    source, shelf = noted(fail={"B.JPG": GONE}), Shelf()
    report = _filed(source, shelf)
    assert [one.arrival.file_name for one in report.filed] == ["A.JPG"]
    assert (left(report.notes), shelf.names) == ([("A.JPG", GONE.code)], [])
