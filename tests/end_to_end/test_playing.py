"""A filed film is played from its sealed original: one look in the trail, nothing in the clear, and
a lock in the middle ends it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from desktop.lanes import Lane
from desktop.media.player_facts import RATE, SECOND, Want
from desktop.records.deeds.looking import images_of
from desktop.records.deeds.patients import patient_with_number
from desktop.records.deeds.trail_reading import trail_page
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.identifiers import nhi
from desktop.records.facts.trail import TrailFilter
from desktop.records.vault.keyring import LEAST_COST
from desktop.settings import Settings
from desktop.verbs.rooms import rooms_of
from desktop.verbs.window import fetch_rooms
from desktop.verbs.workstation import OfficeLocked, Workstation
from tests.end_to_end.command_line import PASSWORD, USER, CommandLine
from tests.faults.test_nothing_in_the_clear import FILE, leaks
from tests.unit.media.made_films import HEIGHT, WIDTH, made_film, number_in

_STEP = SECOND // 25


@pytest.fixture(scope="module")
def film() -> bytes:
    return made_film()


@pytest.fixture
def station(
    chartroom: CommandLine, film: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workstation]:
    """An unlocked office with this film in a record."""
    (tmp_path / "card").mkdir()
    (tmp_path / "card" / "VID_1.webm").write_bytes(film)
    chartroom.json(*FILE, "--from", str(tmp_path / "card"))
    shutil.rmtree(tmp_path / "card")
    monkeypatch.setattr(tempfile, "tempdir", str(chartroom.temp))
    made = Workstation(Settings(office=chartroom.office, office_was_named=True), cost=LEAST_COST)
    made.unlock(USER, PASSWORD)
    fetch_rooms(made)
    yield made
    made.lock()


def _image(station: Workstation) -> ClinicalImage:
    patient = patient_with_number(station.office.vault, number=nhi("ZZZ0016"))
    (image,) = images_of(station.office.vault, patient.id)
    return image


def _want(number: int, *, most: int = 1) -> Want:
    return Want(which="at", time=number * _STEP, most=most, width=WIDTH, height=HEIGHT)


def _looks(station: Workstation) -> int:
    return len(trail_page(station.office.vault, wanted=TrailFilter(deed="original viewed"), most=9))


def _workers() -> set[int]:
    children = psutil.Process().children(recursive=True)
    return {one.pid for one in children if "desktop.media.player_jobs" in one.cmdline()}


@pytest.mark.requirement("R8", "R11", "R106")
def test_a_film_is_played_with_one_line_in_the_trail_and_nothing_in_the_clear(
    station: Workstation, chartroom: CommandLine, film: bytes
) -> None:
    before = _looks(station)
    playing = rooms_of(station).patients.viewer.play(_image(station).id)
    assert playing.film.has_sound
    marks = {"film": film[2000:2048]}
    for number in (60, 3, 30):
        (one,) = playing.frames(_want(number)).frames
        assert number_in(one.rgb, one.width, one.height) == number
        pcm = playing.sound(number * _STEP, RATE // 10).pcm
        marks |= {f"frame {number}": bytes(one.rgb[:48]), f"sound {number}": pcm[-48:]}
    # black and silence are everywhere
    marks = {name: mark for name, mark in marks.items() if any(mark)}
    assert len(marks) > 3
    folders = [chartroom.office, chartroom.home, chartroom.temp]
    assert not list(leaks(folders, marks))
    playing.close()
    assert _workers() == set()
    assert not list(leaks(folders, marks))
    assert _looks(station) == before + 1


@pytest.mark.requirement("R115")
def test_a_lock_ends_the_film_that_plays(station: Workstation) -> None:
    playing = rooms_of(station).patients.viewer.play(_image(station).id)
    played: list[int] = []

    def play_on() -> None:
        for number in range(10_000):
            played.append(len(playing.frames(_want(number % 75)).frames))

    with Lane("play") as lane:
        until = lane.submit(play_on)
        while not played:
            assert not until.done()
        station.lock(why="idle")
        with pytest.raises(OfficeLocked):
            until.result()
    assert set(played) == {1}
    assert _workers() == set()
    playing.close()
    # nor does it come back to life in the next office
    station.unlock(USER, PASSWORD)
    with pytest.raises(OfficeLocked):
        playing.frames(_want(0))
