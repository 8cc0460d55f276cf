"""A device is asked whether it can be relied on, from the window, and the report is saved."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from desktop.devices.self_test import Outcome, self_test
from desktop.devices.self_test_report import about, as_json, as_text
from desktop.devices.source import ClearingSource, Compared, MediaItem, SourceInfo, unheard
from desktop.intake.report import Progress, Stopped, Tell
from desktop.problem import Cancelled
from desktop.records.facts.capture import Route
from desktop.ui.office.verbs import SelfTested, SelfTestVerbs
from desktop.verbs.output import write_whole
from desktop.verbs.problems import SourceBeingTested
from desktop.verbs.workstation import Workstation


def self_test_verbs(station: Workstation) -> SelfTestVerbs:
    """The verbs of the self-test in the Office room."""
    return SelfTestVerbs(
        sources=partial(_sources, station),
        run=partial(_run, station),
        save=partial(_save, station),
    )


def _sources(station: Workstation) -> Sequence[SourceInfo]:
    """What a test could be made of: a scanner holds nothing, and would scan."""
    with station.using():
        return [one for one in station.sources.look() if one.route is not Route.SCANNER]


def _run(station: Workstation, source_id: str, tell: Tell, stopped: Stopped) -> SelfTested:
    def hear(name: str, step: int, steps: int) -> None:
        if stopped():
            raise Cancelled
        tell(Progress(done=step, total=steps, bytes_done=0, bytes_total=0, name=name))

    now = datetime.now(UTC).astimezone().replace(tzinfo=None)
    wanted = next(one for one in _sources(station) if one.id == source_id)
    with (
        station.using(),
        station.sources.being_cleared(source_id, SourceBeingTested) as open_fresh,
    ):
        info, checks = self_test(lambda: _Stoppable(open_fresh(), stopped), now=now, tell=hear)
    if stopped():  # in the last check: what it found is not what the device did
        raise Cancelled
    told = about(info or wanted, program=_program(), now=now, was_opened=info is not None)
    return SelfTested(
        source=wanted.name,
        failed=sum(check.outcome is Outcome.FAILED for check in checks),
        checks=len(checks),
        text=as_text(told, checks),
        json=as_json(told, checks),
    )


def _save(station: Workstation, tested: SelfTested, path: Path) -> None:
    with station.using() as office:
        text = tested.json if path.suffix.casefold() == ".json" else tested.text
        write_whole(path, text.encode(), office=office.folder)


def _program() -> str:
    try:
        return version("chartroom")
    except PackageNotFoundError:
        return "of a checkout"


class _Stoppable:
    """A source that raises Cancelled once it is to be stopped, also in the middle of a file."""

    def __init__(self, source: ClearingSource, stopped: Stopped) -> None:
        self._source = source
        self._stopped = stopped

    @property
    def info(self) -> SourceInfo:
        return self._source.info

    def items(self) -> Iterator[MediaItem]:
        for item in self._source.items():
            self._go_on()
            yield item

    def read_into(self, item: MediaItem, offset: int, buffer: memoryview) -> int:
        self._go_on()
        return self._source.read_into(item, offset, buffer)

    def thumbnail(self, item: MediaItem) -> bytes | None:
        self._go_on()
        return self._source.thumbnail(item)

    def check_clearing(self) -> None:
        self._source.check_clearing()

    def identity(self) -> str:
        return self._source.identity()

    def notes_beside(self, item: MediaItem) -> Sequence[MediaItem]:
        return self._source.notes_beside(item)

    def companions(self, item: MediaItem) -> Sequence[MediaItem]:
        return self._source.companions(item)

    def delete_verified(
        self, item: MediaItem, *, sha256: bytes, compared: Compared = unheard
    ) -> None:
        """A test deletes nothing, whatever it comes to ask."""
        raise AssertionError("a self-test would delete")

    def close(self) -> None:
        self._source.close()

    def _go_on(self) -> None:
        if self._stopped():
            raise Cancelled
