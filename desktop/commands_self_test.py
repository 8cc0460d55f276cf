"""What `self-test-device` does: asks a device whether it keeps the reading half of the contract."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desktop.devices.finding import open_source, source_called
from desktop.devices.self_test import Outcome, self_test
from desktop.devices.self_test_report import PROMISE, about, as_json, as_text, result_of
from desktop.devices.source import ClearingSource
from desktop.intake.report import Progress, Tell
from desktop.settings import Settings
from desktop.verbs.output import write_whole


def grammar(commands: Any, common: ArgumentParser) -> None:
    """`self-test-device`."""
    here = commands.add_parser(
        "self-test-device",
        parents=[common],
        help="ask a device by reading alone whether it can be relied on",
    )
    here.add_argument("--from", dest="source", required=True, metavar="ID|FOLDER")
    here.add_argument("--out", type=Path, metavar="REPORT.txt|REPORT.json", help="to be sent")


def run(options: Namespace, settings: Settings, program: str, tell: Tell) -> Mapping[str, Any]:
    """Every check with its result; with `--out` also a report that can be sent.

    Raises SourceUnknown and FileNotWritable. A device that will not open is a report, too.
    """

    def opens() -> ClearingSource:
        return open_source(options.source, folders=settings.folders)

    def hear(name: str, step: int, steps: int) -> None:
        tell(Progress(done=step, total=steps, bytes_done=0, bytes_total=0, name=name))

    now = datetime.now(UTC).astimezone().replace(tzinfo=None)
    wanted = source_called(options.source, folders=settings.folders)
    info, checks = self_test(opens, now=now, tell=hear)
    told = about(info or wanted, program=program, now=now, was_opened=info is not None)
    if options.out is not None:
        made = as_json if options.out.suffix.casefold() == ".json" else as_text
        write_whole(options.out, made(told, checks).encode(), office=settings.office)
    return {
        **told,
        "checks": [{"name": check.name, "why": result_of(check)} for check in checks],
        "failed": sum(check.outcome is Outcome.FAILED for check in checks),
        "report": "" if options.out is None else str(options.out),
        "said": PROMISE,
    }


def harm_found(result: Mapping[str, Any]) -> str:
    """The sentence for a device that does not keep its part."""
    if not result["failed"]:
        return ""
    return (
        f"Checks that the device failed: {result['failed']}. Take its card and a card reader, or "
        "copy the images to a folder; and send the report (--out) to whoever looks after Chartroom."
    )
