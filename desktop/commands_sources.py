"""What is plugged in, once or as it comes and goes."""

import json
import signal
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any, Final

from desktop.commands_choosing import today
from desktop.commands_telling import Result
from desktop.devices.arrivals import Event, events
from desktop.devices.ejecting import eject, may_go
from desktop.devices.finding import SourceWatcher, find_sources, open_source, source_called
from desktop.devices.private_images import counts_by_day
from desktop.devices.scanner import find_scanners
from desktop.devices.source import SourceInfo, SourceState
from desktop.problem import Problem
from desktop.settings import Settings

Say = Callable[[str], None]

TOLD: Final[Result] = {"told": True}
"""The result of a command that said everything while it ran."""

_LOOK_EVERY_SECONDS: Final = 1.0


def grammar(commands: Any, common: ArgumentParser) -> None:
    """`sources` and `eject`."""
    here = commands.add_parser("sources", parents=[common], help="what is plugged in")
    here.add_argument(
        "--watch", action="store_true", help="a line for each arrival and departure until Ctrl+C"
    )
    here.add_argument(
        "--scanners", action="store_true", help="look for scanners instead; takes a while"
    )
    out = commands.add_parser("eject", parents=[common], help="let a card go")
    out.add_argument("card", metavar="ID|NAME", help="as “chartroom sources” tells it")


def run(options: Namespace, settings: Settings, say: Say) -> Result:
    """Every source that is connected now, with how many images it holds and how many are of today;
    with `--watch` what comes and goes from now on. Or let one go."""
    if options.command == "eject":
        return _ejected(options, settings)
    if options.scanners:
        return [_row(info) for info in find_scanners()]
    if not options.watch:
        return [_counted(info, settings) for info in find_sources(settings.folders)]
    _watch(settings, say, as_json=options.json)
    return TOLD


def _ejected(options: Namespace, settings: Settings) -> Result:
    card = source_called(options.card, folders=settings.folders)
    eject(card)
    return {"id": card.id, "name": card.name, "ejected": True, "said": may_go(card)}


def _watch(settings: Settings, say: Say, *, as_json: bool) -> None:
    """Say what arrives, changes its state and leaves, until Ctrl+C or a polite end."""
    seen: Sequence[SourceInfo] = ()
    with _until_interrupted(), closing(SourceWatcher(settings.folders)) as watcher:
        while True:
            now = watcher.look()
            for event, info in events(seen, now):
                say(_as_json(event, info) if as_json else _as_line(event, info))
            seen = now
            time.sleep(_LOOK_EVERY_SECONDS)


@contextmanager
def _until_interrupted() -> Iterator[None]:
    """Ctrl+C, SIGTERM and a reader who had enough are how a watch ends: no fault, no problem."""
    # SIGINT as well: what a script starts in the background begins with it ignored
    ends = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, signal.default_int_handler) for number in ends}
    try:
        yield
    except (KeyboardInterrupt, BrokenPipeError):
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _as_json(event: Event, info: SourceInfo) -> str:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    row = {"event": event.value, "at": now, **_row(info)}
    return json.dumps(row, ensure_ascii=False)


def _as_line(event: Event, info: SourceInfo) -> str:
    said = info.detail or info.state.value.replace("_", " ")
    ending = "" if event is Event.LEFT else f": {said}"
    now = datetime.now(UTC).astimezone()
    return f"{now:%H:%M:%S}  {event.value:8} {info.name} ({info.id}){ending}"


def _counted(info: SourceInfo, settings: Settings) -> dict[str, Any]:
    """How many there are, and how many of today. No name: a phone is somebody's private life."""
    row = _row(info) | {"images": None, "today": None}
    if info.state is SourceState.READY:
        try:
            with closing(open_source(info.id, folders=settings.folders)) as source:
                counts = counts_by_day(source.items())
                row |= {"images": counts.total(), "today": counts[today()]}
        except Problem as problem:
            row |= {"state": problem.code, "detail": str(problem)}
    return row


def _row(info: SourceInfo) -> dict[str, Any]:
    said = {"detail": info.detail, "caution": info.caution, "cannot_clear": info.cannot_clear}
    return {
        "id": info.id,
        "kind": info.route.value,
        "name": info.name,
        "state": info.state.value,
        **{name: sentence for name, sentence in said.items() if sentence},
    }
