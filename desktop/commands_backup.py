"""`chartroom backup`, `restore` and `verify`: keep copies, bring them back, prove what is there."""

import argparse
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from desktop.commands_telling import Row, counting
from desktop.intake.report import Progress, Tell
from desktop.records.deeds.checking import Broken, VerifyReport
from desktop.records.facts.backup import CopyProgress
from desktop.records.rules.shares import Share
from desktop.records.vault.backup import KEPT_GENERATIONS
from desktop.typed_password import written_recovery_key
from desktop.verbs import backups
from desktop.verbs.office import Office
from desktop.verbs.problems import UserNotNamed
from desktop.verbs.stopping import stopped_by_signals

_SHARE = re.compile(r"(\d{1,6})/(\d{1,6})")


def verify_grammar(to: argparse.ArgumentParser) -> None:
    """What may follow `chartroom verify`."""
    to.add_argument("--originals", action="store_true", help="unseal and hash every original")
    to.add_argument(
        "--share", type=_share, metavar="N/T", help="with --originals: only part N of T"
    )
    to.add_argument("--repair-from", type=Path, metavar="BACKUP", help="bring good copies back")


def backup_grammar(to: argparse.ArgumentParser) -> None:
    """What may follow `chartroom backup`."""
    to.add_argument("target", type=Path, metavar="DIR")
    to.add_argument("--keep", type=_at_least_one, default=KEPT_GENERATIONS, metavar="COUNT",
                    help="generations of the records to keep")  # fmt: skip
    to.add_argument("--read-all", action="store_true", help="read again what lies there already")


def restore_grammar(to: argparse.ArgumentParser) -> None:
    """What may follow `chartroom restore`."""
    to.add_argument("backup", type=Path, metavar="DIR")
    to.add_argument("--into", type=Path, required=True, metavar="DIR", help="new or empty")
    to.add_argument("--generation", type=_at_least_one, metavar="N", help="an older one")
    to.add_argument("--recovery-file", type=Path, metavar="FILE", help="holds the recovery key")


def verify(options: argparse.Namespace, office: Office, tell: Tell) -> Row:
    """Whether the trail is whole and, with `--originals`, every sealed original too."""
    with stopped_by_signals() as stopped:
        report = backups.check_office(
            office,
            originals=options.originals,
            share=options.share,
            tell=counting(tell, "checked"),
            stopped=stopped,
        )
        rows = _report_rows(report)
        if options.share:
            rows |= {"share": options.share.words}
        if not options.repair_from:
            return rows
        repair = backups.repair(office, report, backup=options.repair_from, stopped=stopped)
    repaired = {one.image for one in repair.repaired}
    why = {one.broken.image: str(one.problem) for one in repair.not_repaired}
    left = {"damaged": report.damaged, "missing": report.missing}
    return {
        **rows,
        **{
            name: [
                _broken_row(one) | ({"in_backup": why[one.image]} if one.image in why else {})
                for one in broken
                if one.image not in repaired
            ]
            for name, broken in left.items()
        },
        "repaired": [
            {**_broken_row(one), "why": "as good as new", "was": str(one.problem)}
            for one in repair.repaired
        ],
    }


def backup(options: argparse.Namespace, office: Office, tell: Tell) -> Row:
    """Back the office up into a folder, a stick or a share."""
    with stopped_by_signals() as stopped:
        report = backups.back_up(
            office,
            to=options.target,
            keep=options.keep,
            read_all=options.read_all,
            tell=_copying(tell),
            stopped=stopped,
        )
    made = report.made
    return {
        "backup": str(options.target),
        "generation": made.number,
        "generations": list(report.generations),
        "made_at": made.made_at.isoformat(),
        "images": made.images,
        "bytes": report.bytes,
        "copied": report.copied,
        "copied_bytes": report.copied_bytes,
        "read_again": report.read_again,
        "copied_again": report.copied_again,
        "unsaved": [{"image": str(one.image), "why": one.why} for one in report.unsaved],
        "head": made.head.text,
    }


def restore(options: argparse.Namespace, password: Callable[[], str], tell: Tell) -> Row:
    """An office in a new or empty folder, proved by a full check."""
    user = options.user
    if user is None:
        users = backups.users_in(options.backup, number=options.generation)
        if len(users) != 1:
            raise UserNotNamed(users=", ".join(users))
        user = users[0]
    if options.recovery_file:
        opening = backups.Opening(user=user, recovery=written_recovery_key(options.recovery_file))
    else:
        opening = backups.Opening(user=user, password=password())
    with stopped_by_signals() as stopped:
        report = backups.restore_office(
            options.backup,
            into=options.into,
            opening=opening,
            number=options.generation,
            tell=_copying(tell),
            tell_check=counting(tell, "checked"),
            stopped=stopped,
        )
    return {
        "office": str(report.folder),
        "generation": report.generation.number,
        "made_at": report.generation.made_at.isoformat(),
        **_report_rows(report.checked),
    }


def harm_found(verified: Mapping[str, Any]) -> str:
    """What a script must not take for a success, in a sentence."""
    said = []
    if broken := len(verified["damaged"]) + len(verified["missing"]):
        said.append(f"{broken:,} of {verified['images']:,} originals are damaged or missing.")
    if verified["trail"] != "ok":
        said.append("The trail is broken: somebody or something changed what it says.")
    return " ".join(said)


def harm_in_backup(made: Mapping[str, Any]) -> str:
    """As `harm_found`, of a backup."""
    if not made["unsaved"]:
        return ""
    return (
        f"{len(made['unsaved']):,} of {made['images']:,} originals could not be backed up: they "
        "are damaged or missing in the office. Find them with “chartroom verify --originals”."
    )


def _report_rows(report: VerifyReport) -> dict[str, Any]:
    trail = report.trail
    broken_trail = {"trail_broken_at": trail.broken_at, "trail_why": trail.why}
    return {
        "images": report.images,
        "bytes": report.bytes,
        "checked": report.checked,
        "damaged": [_broken_row(broken) for broken in report.damaged],
        "missing": [_broken_row(broken) for broken in report.missing],
        "trail": "ok" if trail.is_whole else "broken",
        **({} if trail.is_whole else broken_trail),
    }


def _broken_row(broken: Broken) -> dict[str, Any]:
    return {
        "image": str(broken.image),
        "file_name": broken.file_name,
        "patient": broken.banner,
        "why": str(broken.problem),
    }


def _copying(tell: Tell) -> Callable[[CopyProgress], None]:
    return lambda now: tell(
        Progress(
            done=now.files,
            total=now.files_total,
            bytes_done=now.bytes,
            bytes_total=now.bytes_total,
            name=f"{now.rate / 1e6:,.0f} MB/s",
        )
    )


def _share(text: str) -> Share:
    found = _SHARE.fullmatch(text)
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        raise argparse.ArgumentTypeError(f"{text} is not a part like 3/30")
    return Share(number=int(found[1]), of=int(found[2]))


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 on")
    return int(text)
