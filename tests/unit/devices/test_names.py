"""Names from a device, made fit to be shown and judged; and the driver's numbers, made words."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.devices.source import SourceInfo, SourceState
from desktop.devices.untrusted_names import is_media_name, looks_like_media, shadowed, shown
from desktop.problem import Problem
from tests.unit.devices.contract import Line

gp = pytest.importorskip("gphoto2")

from desktop.devices.camera_watch import CameraWatch  # noqa: E402
from desktop.devices.gphoto_problems import item_problem, source_problem  # noqa: E402
from desktop.devices.gphoto_session import DriverError  # noqa: E402


@given(st.text(st.characters(exclude_categories=()), max_size=30))
@settings(max_examples=100)
def test_a_shown_name_is_one_line_that_can_be_written_anywhere(name: str) -> None:
    safe = shown(name)
    assert len(safe) == len(name)
    assert len(safe.splitlines()) <= 1
    safe.encode()
    assert shown(safe) == safe


@given(st.lists(st.text("ab.", max_size=4), max_size=8))
@settings(max_examples=200)
def test_shadowed_are_those_that_begin_another(names: list[str]) -> None:
    assert shadowed(names) == {
        name for name in names if any(other != name and other.startswith(name) for other in names)
    }


@pytest.mark.parametrize("name", ["a.JPG", "c.Mov", "e.f.dng", "g.DS2", "h.dss", "i.jp2"])
def test_media_are_known_by_name(name: str) -> None:
    assert is_media_name(name)


@pytest.mark.parametrize("name", ["jpg", "a.txt", "", ".", "a.jpg.exe"])
def test_others_are_not(name: str) -> None:
    assert not is_media_name(name)


@pytest.mark.parametrize("head", [b"\xff\xd8\xff\xe1", b"\0\0\0\x18ftypheic", b"#!AMR\n"])
def test_media_are_known_by_content(head: bytes) -> None:
    assert looks_like_media(head)


@pytest.mark.contract(Line.BUSY, "PTP/IP camera")
@pytest.mark.parametrize(
    ("code", "text", "of_the_source", "of_the_item"),
    [
        (-53, "Could not claim the USB device", "source_busy", "source_busy"),
        (-110, "I/O in progress", "source_busy", "source_busy"),
        (-7, "I/O problem", "source_gone", "source_gone"),
        (-52, "Could not find the USB device", "source_gone", "source_gone"),
        (-105, "Unknown model", "source_gone", "source_gone"),
        (-10, "Timeout", "source_gone", "source_gone"),
        (-1, "PTP Access Denied", "source_locked", "access_denied"),
        (-108, "File not found", "source_unreadable", "item_gone"),
        (-2, "Bad parameters", "source_unreadable", "item_gone"),
        (-6, "Unsupported operation", "source_unsupported", "item_unreadable"),
        (-1, "Unspecified\nerror", "source_unreadable", "item_unreadable"),
    ],
)
def test_every_driver_error_has_its_problem(
    code: int, text: str, of_the_source: str, of_the_item: str
) -> None:
    error = DriverError(code, text)
    assert source_problem(error, "Nikon").code == of_the_source
    assert item_problem(error, "Nikon", "A.JPG").code == of_the_item
    assert "\n" not in str(item_problem(error, "Nikon", "A.JPG"))


class _Session:
    def __init__(self, storages: list[tuple[int, int]]) -> None:
        self._storages = storages

    def storages(self) -> list[tuple[int, int]]:
        return self._storages

    def close(self) -> None:
        """Nothing is held."""


class _Bus:
    """A USB bus whose one camera answers in turn as told."""

    def __init__(self, answers: Iterator[Problem | int | list[tuple[int, int]]]) -> None:
        self._answers = answers
        self.plugged = True
        self.opened = 0

    def cameras(self) -> list[tuple[str, str]]:
        return [("Nikon", "usb:001,004")] if self.plugged else []

    def open(self, _model: str, _port: str, _alive: object) -> _Session:
        self.opened += 1
        answer = next(self._answers)
        if isinstance(answer, int):
            raise DriverError(answer, "the driver says no")
        assert isinstance(answer, list)
        return _Session(answer)


def _look(bus: _Bus) -> tuple[CameraWatch, SourceInfo]:
    watch = CameraWatch(bus, alive=lambda: None)  # type: ignore[arg-type]
    (info,) = watch.look()
    return watch, info


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ([(100, 50)], SourceState.READY),
        ([], SourceState.NO_STORAGE),
        (-6, SourceState.UNSUPPORTED),
        (-53, SourceState.BUSY),
        (-1, SourceState.UNREADABLE),
    ],
)
def test_each_state_of_a_camera_has_its_sentence(
    answer: int | list[tuple[int, int]], state: SourceState
) -> None:
    _, info = _look(_Bus(iter([answer])))
    assert info.state is state
    assert bool(info.detail) is (state is not SourceState.READY)


def test_a_ready_camera_is_left_alone_until_it_is_plugged_in_again() -> None:
    bus = _Bus(iter([[(100, 50)], []]))
    watch, _ = _look(bus)
    watch.look()
    assert bus.opened == 1
    bus.plugged = False
    assert watch.look() == []
    bus.plugged = True
    (info,) = watch.look()
    assert info.state is SourceState.NO_STORAGE


def test_a_person_who_asks_again_does_not_wait() -> None:
    bus = _Bus(iter([[], [], [(100, 50)]]))
    watch, _ = _look(bus)
    watch.look()
    assert bus.opened == 1
    watch.look(again=True)
    (info,) = watch.look(again=True)
    assert info.state is SourceState.READY
