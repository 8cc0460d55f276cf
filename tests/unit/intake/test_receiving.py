"""The trip from a device into the tray: nothing is lost, nothing is claimed too early."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from typing import ClassVar, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.devices.problems import AccessDenied, SourceGone
from desktop.devices.refusal import NAME_BEGINS_ANOTHER
from desktop.devices.source import MediaItem
from desktop.intake.receiving import GROUP, KeepVerbs, receive_items
from desktop.intake.report import Progress, ReceiveReport
from desktop.media.describer import Described
from desktop.problem import Cancelled, Problem
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.ids import IntakeId, new_uuid
from tests.unit.intake.shelf_of_bytes import MemorySource, MemoryVault, item

T = TypeVar("T")
U = TypeVar("U")


@dataclass(unsafe_hash=True)
class DriveFull(Problem):
    """What the vault would say of a full disk."""

    words: ClassVar[str] = "full"
    ends_the_trip: ClassVar[bool] = True


def received(
    source: MemorySource,
    vault: MemoryVault,
    items: list[MediaItem] | None = None,
    tell: Callable[[Progress], None] = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
) -> ReceiveReport:
    return receive_items(
        source=source,
        items=list(source.items()) if items is None else items,
        intake=IntakeId(new_uuid()),
        verbs=vault.verbs(),
        tell=tell,
        stopped=stopped,
    )


def photos(count: int) -> dict[str, bytes]:
    return {f"IMG_{n}.JPG": f"photo {n} ".encode() * 400 for n in range(count)}


@pytest.mark.requirement("R73")
def test_every_item_is_received_described_and_committed_in_groups() -> None:
    vault = MemoryVault()
    report = received(MemorySource(photos(23)), vault)
    assert [i.arrival.file_name for i in report.received] == list(photos(23))
    assert all(image.description for image in report.received)
    assert vault.commits == [GROUP, GROUP, 3]
    assert not report.refused
    assert report.stopped_by is None


def test_one_bad_item_never_stops_the_rest() -> None:
    source = MemorySource(photos(5), fail={"IMG_2.JPG": AccessDenied(name="IMG_2.JPG")})
    report = received(source, MemoryVault())
    assert len(report.received) == 4
    assert [r.problem.code for r in report.refused] == ["access_denied"]


def test_a_short_read_is_refused_and_never_received() -> None:
    report = received(MemorySource(photos(3), short=frozenset({"IMG_1.JPG"})), MemoryVault())
    assert [i.arrival.file_name for i in report.received] == ["IMG_0.JPG", "IMG_2.JPG"]
    assert report.refused[0].problem.code == "short_read"
    assert "only" in str(report.refused[0].problem)


def test_empty_and_unsafe_items_are_told_and_not_read() -> None:
    source = MemorySource({"EMPTY.JPG": b"", "GOOD.JPG": b"x" * 50})
    items = [*source.items(), item("A.JPG", 10, problem=NAME_BEGINS_ANOTHER)]
    report = received(source, MemoryVault(), items=items)
    assert {r.problem.code for r in report.refused} == {"item_empty", "item_unsafe"}
    assert len(report.received) == 1


@pytest.mark.requirement("R121")
def test_the_same_bytes_twice_are_one_original() -> None:
    source = MemorySource({"A.JPG": b"same" * 99, "B.JPG": b"same" * 99})
    report = received(source, MemoryVault())
    assert len(report.received) == 1
    assert [i.id for i in report.already] == [report.received[0].id]


@pytest.mark.requirement("R73")
def test_an_unplugged_device_keeps_what_was_received_and_names_the_rest() -> None:
    source = MemorySource(photos(6), fail={"IMG_3.JPG": SourceGone(source="Card")})
    report = received(source, MemoryVault())
    assert len(report.received) == 3
    assert report.stopped_by == SourceGone(source="Card")
    assert [i.name for i in report.not_reached] == ["IMG_3.JPG", "IMG_4.JPG", "IMG_5.JPG"]


def test_cancel_leaves_whole_images_only() -> None:
    seen: list[str] = []
    source = MemorySource(photos(9))

    def stopped() -> bool:
        return "IMG_4.JPG" in seen

    report = received(source, MemoryVault(), tell=lambda p: seen.append(p.name), stopped=stopped)
    assert report.stopped_by == Cancelled()
    assert len(report.received) == 4
    assert report.not_reached[0].name == "IMG_4.JPG"


@pytest.mark.requirement("R73")
def test_what_cannot_be_described_now_is_received_all_the_same() -> None:
    def describe(_: ClinicalImage) -> Described:
        raise DriveFull

    verbs = replace(MemoryVault().verbs(), describe=describe)
    report = receive_items(
        source=MemorySource(photos(5)),
        items=[*MemorySource(photos(5)).items()],
        intake=IntakeId(new_uuid()),
        verbs=verbs,
        tell=lambda _: None,
        stopped=lambda: False,
    )
    assert len(report.received) == 5
    assert report.stopped_by == DriveFull()


def test_a_full_disk_ends_the_trip_once_and_claims_nothing() -> None:
    vault = MemoryVault(settle_problem=lambda n: DriveFull() if n == 3 else None)
    report = received(MemorySource(photos(30)), vault)
    total = len(report.received) + len(report.refused) + len(report.not_reached)
    assert total == 30
    assert report.stopped_by == DriveFull()
    assert "IMG_2.JPG" not in [i.arrival.file_name for i in report.received]


@given(
    st.lists(st.sampled_from(["good", "short", "denied", "empty", "twice"]), max_size=25),
    st.integers(min_value=0, max_value=30),
)
def test_the_totals_always_add_up(kinds: list[str], stop_after: int) -> None:
    held, fail, short = {}, {}, set()
    for place, kind in enumerate(kinds):
        name = f"{place}.JPG"
        held[name] = b"" if kind == "empty" else (b"t" if kind == "twice" else name.encode()) * 500
        if kind == "short":
            short.add(name)
        if kind == "denied":
            fail[name] = AccessDenied(name=name)
    asked = 0

    def stopped() -> bool:
        nonlocal asked
        asked += 1
        return asked > stop_after * 3

    source = MemorySource(held, fail=dict(fail), short=frozenset(short))
    report = received(source, MemoryVault(), stopped=stopped)
    told = (
        len(report.received) + len(report.already) + len(report.refused) + len(report.not_reached)
    )
    assert told == len(kinds)


@given(
    st.lists(st.sampled_from("abcdefghijklmnopqrst"), min_size=1, max_size=30),
    st.sampled_from(["settle", "receive", "describe", "put_on_record", "none"]),
    st.integers(1, 30),
    st.booleans(),
    st.integers(0, 120),
)
@pytest.mark.requirement("R73", "R121")
def test_whatever_fails_no_image_is_lost_or_counted_twice(
    contents: list[str], step: str, at: int, ends: bool, stop_after: int
) -> None:
    """The same bytes may come twice, and any call may fail once, with or without ending the trip;
    a person may stop it meanwhile."""
    problem = DriveFull() if ends else AccessDenied(name="x")
    vault = MemoryVault(settle_problem=lambda n: problem if (step, n) == ("settle", at) else None)
    asked = count()
    source = MemorySource({f"{n}.JPG": one.encode() * 500 for n, one in enumerate(contents)})
    report = receive_items(
        source=source,
        items=list(source.items()),
        intake=IntakeId(new_uuid()),
        verbs=failing_once(vault.verbs(), step, at, problem),
        tell=lambda _: None,
        stopped=lambda: next(asked) > stop_after * 3,
    )
    told = [*report.received, *report.already, *report.refused, *report.not_reached]
    assert len(told) == len(contents)
    noted = {image.id: image for image in vault.images.values()}
    assert len(noted) == len(report.received)
    assert all(noted[image.id] == image for image in report.received)
    assert {image.id for image in report.already} <= noted.keys()
    places = [int(one.arrival.file_name[:-4]) for one in report.received]
    assert places == sorted(places)
    is_whole = step == "none" and report.stopped_by is None
    # else it would be filed without its time
    assert not is_whole or all(image.description for image in report.received)


def failing_once(verbs: KeepVerbs, step: str, at: int, problem: Problem) -> KeepVerbs:
    """The same verbs, of which one raises when it is called for the so-many-th time."""
    calls = count(1)

    def failing(verb: Callable[[T], U]) -> Callable[[T], U]:
        def call(said: T) -> U:
            if next(calls) == at:
                raise problem
            return verb(said)

        return call

    match step:
        case "receive":
            return replace(verbs, receive=failing(verbs.receive))
        case "describe":
            return replace(verbs, describe=failing(verbs.describe))
        case "put_on_record":
            return replace(verbs, put_on_record=failing(verbs.put_on_record))
        case _:
            return verbs


def test_what_an_earlier_run_did_not_live_to_describe_is_described_now() -> None:
    vault, source = MemoryVault(), MemorySource(photos(1))
    first = received(source, vault)
    undescribed = replace(first.received[0], description=None)
    vault.images[undescribed.sha256] = undescribed
    again = received(source, vault)
    assert again.already[0].description is not None
    assert not again.received


def test_progress_counts_every_byte() -> None:
    told: list[Progress] = []
    source = MemorySource(photos(4))
    received(source, MemoryVault(), tell=told.append)
    assert told[-1].done == told[-1].total == 4
    assert told[-1].bytes_done == told[-1].bytes_total == sum(map(len, source.held.values()))
