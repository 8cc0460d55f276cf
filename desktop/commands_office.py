"""The commands on the office as a whole: `settings` and `orphans`."""

import argparse
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desktop.commands_telling import Result
from desktop.records.deeds import orphans as deeds
from desktop.records.deeds.settings import office_settings
from desktop.records.facts.logo import Logo
from desktop.records.facts.office_settings import OfficeSettings
from desktop.records.facts.orphan import Orphan
from desktop.records.vault.kept_slots import owners
from desktop.ui.parts.words import moment, size_words
from desktop.verbs.office import Office
from desktop.verbs.settings import change_settings
from desktop.verbs.stationery import NO_LOGO, read_logo


def grammar(commands: Any, common: argparse.ArgumentParser) -> None:
    """The words of these commands; `commands` is what `add_subparsers` gave."""
    of_settings = commands.add_parser("settings", parents=[common], help="what the office decided")
    of_settings.add_argument("--idle-minutes", type=int, metavar="N", help="lock after so many")
    of_settings.add_argument(
        "--backup-days", type=int, metavar="N", help="remind of the backup after so many"
    )
    of_settings.add_argument("--address", metavar="TEXT", help="printed on every sheet")
    of_settings.add_argument(
        "--remind-days", type=int, metavar="N", help="remind of what is not cleared after so many"
    )
    of_settings.add_argument(
        "--manager-days", type=int, metavar="N", help="and tell the manager after so many"
    )
    of_settings.add_argument(
        "--advice-contacts", metavar="TEXT", help="whom to ask when uncertain, one to a line"
    )
    of_settings.add_argument(
        "--paper-days",
        type=int,
        metavar="N",
        help="so long after its sheet came into the chart a photo may be disposed of; 0 keeps both",
    )
    of_settings.add_argument(
        "--paper-basis",
        metavar="TEXT",
        help="whose written advice says that paper may stand for it",
    )
    of_settings.add_argument(
        "--consent-text", metavar="TEXT", help="on the consent form, instead of ours on rights"
    )
    of_settings.add_argument("--foot-text", metavar="TEXT", help="a line at the foot of papers")
    of_settings.add_argument(
        "--logo", metavar="FILE", help="a PNG or JPEG for the head of papers; “none” takes it off"
    )
    _yes_or_no(of_settings, "--clear-after-backup", "clear devices of what is in a backup only")
    _yes_or_no(of_settings, "--written-consent", "file nothing before its signed form is back")
    _yes_or_no(of_settings, "--may-remember", "a computer may keep a key; “no” takes back all")
    set_aside = commands.add_parser(
        "orphans", parents=[common], help="sealed images that no record names"
    )
    set_aside.add_argument("--backup", type=Path, metavar="DIR", help="ask this backup for them")


def _yes_or_no(to: argparse.ArgumentParser, name: str, help_: str) -> None:
    to.add_argument(name, type=_decided, metavar="yes|no", help=help_)


def _decided(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise argparse.ArgumentTypeError(f"{text} is neither yes nor no")
    return text == "yes"


def run(options: Namespace, office: Office) -> Result:
    """Do what one of these commands says."""
    return _VERBS[options.command](options, office)


def is_mine(command: str) -> bool:
    """Whether `run` knows the command."""
    return command in _VERBS


def settings(options: Namespace, office: Office) -> Result:
    """The settings after what was named of them was changed, and whose keys computers keep."""
    before = asdict(office_settings(office.vault))
    said = {name: getattr(options, name) for name in before}
    if said["logo"] is not None:
        said["logo"] = "" if said["logo"] == NO_LOGO else read_logo(office, Path(said["logo"]))
    wanted = before | {name: value for name, value in said.items() if value is not None}
    now = asdict(change_settings(office, OfficeSettings(**wanted)))
    kept = Logo.read(now["logo"])
    now["logo"] = f"{kept.width} × {kept.height} pixels" if kept else ""
    return now | {"remembered": sorted(owners(office.folder).values())}


def orphans(options: Namespace, office: Office) -> Result:
    """Sealed images that no record names, and with `--backup` which generation knows each."""
    found = deeds.orphans(office.vault, backup=options.backup)
    return {
        "orphans": [_orphan_row(one) for one in found],
        "bytes": sum(one.size for one in found),
        "note": _note(found),
    }


def _orphan_row(one: Orphan) -> dict[str, Any]:
    row: dict[str, Any] = {
        "name": one.name,
        "size": one.size,
        "written_at": one.written_at.isoformat(timespec="seconds"),
    }
    told = f"{size_words(one.size)}, written {moment(one.written_at.astimezone())}"
    if one.generations is not None:
        numbers = ", ".join(map(str, one.generations))
        told += f", known to generation {numbers}" if numbers else ", not known to this backup"
        row["generations"] = list(one.generations)
    return {**row, "state": told}


def _note(found: Sequence[Orphan]) -> str:
    if not found:
        return "None: every sealed image is on record."
    if any(one.generations for one in found):
        return (
            "A generation that knows one has its row, its patient and its key: restore it into a "
            "new folder and look there. These records are older than that backup, or lost a change."
        )
    return (
        "No row means no key and no patient: nothing here opens them. Most are what a crash left "
        "of an import. Should newer records turn up, they come back by themselves at the next "
        "opening. Chartroom deletes none: each may be the only copy of an image whose records are "
        "lost."
    )


_VERBS: Mapping[str, Callable[[Namespace, Office], Result]] = {
    "settings": settings,
    "orphans": orphans,
}
