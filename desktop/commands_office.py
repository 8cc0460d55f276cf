"""The commands on the office as a whole: `settings`."""

import argparse
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from desktop.records.deeds.settings import office_settings
from desktop.records.facts.office_settings import OfficeSettings
from desktop.verbs.office import Office
from desktop.verbs.settings import change_settings

Result = Mapping[str, Any] | Sequence[Mapping[str, Any]]


def grammar(commands: Any, common: argparse.ArgumentParser) -> None:
    """The words of these commands; `commands` is what `add_subparsers` gave."""
    of_settings = commands.add_parser("settings", parents=[common], help="what the office decided")
    of_settings.add_argument("--idle-minutes", type=int, metavar="N", help="lock after so many")
    of_settings.add_argument(
        "--backup-days", type=int, metavar="N", help="remind of the backup after so many"
    )
    of_settings.add_argument("--address", metavar="TEXT", help="printed on every sheet")


def run(options: Namespace, office: Office) -> Result:
    """Do what one of these commands says."""
    return _VERBS[options.command](options, office)


def is_mine(command: str) -> bool:
    """Whether `run` knows the command."""
    return command in _VERBS


def settings(options: Namespace, office: Office) -> Result:
    """The settings as they stand, after what was named of them was changed."""
    before = asdict(office_settings(office.vault))
    said = {name: getattr(options, name) for name in before}
    wanted = before | {name: value for name, value in said.items() if value is not None}
    return asdict(change_settings(office, OfficeSettings(**wanted)))


_VERBS: Mapping[str, Callable[[Namespace, Office], Result]] = {"settings": settings}
