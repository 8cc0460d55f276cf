"""The commands on archives: `archive`, in the clear or encrypted, and `open-archive`."""

import argparse
from argparse import Namespace
from pathlib import Path
from typing import Any

from desktop.commands_telling import Row
from desktop.intake.report import Tell
from desktop.records.facts.ids import PatientId
from desktop.shipped import shipped
from desktop.typed_password import asked_password
from desktop.verbs.archive import WARNING, WARNING_SEALED, write_archive
from desktop.verbs.archive_opening import open_archive
from desktop.verbs.office import Office
from desktop.verbs.stopping import stopped_by_signals

OPENER = "open_archive.py"
_PROMPT = "Passphrase of the archive"


def grammar(commands: Any, common: argparse.ArgumentParser) -> None:
    """The words of these commands; `commands` is what `add_subparsers` gave."""
    write = commands.add_parser("archive", parents=[common], help="a copy for everybody to read")
    write.add_argument("out", type=Path, metavar="OUT", help="what is not there yet")
    write.add_argument("--patient", metavar="N", help="one patient; else the whole office")
    write.add_argument("--encrypt", action="store_true", help="one file, under a passphrase")
    write.add_argument(
        "--with-withdrawn",
        metavar="WHY",
        help="with images whose consent was withdrawn; else they are named and left out",
    )
    _passphrase_grammar(write)
    opening = commands.add_parser(
        "open-archive", parents=[common], help="a folder out of an encrypted archive"
    )
    opening.add_argument("file", type=Path, metavar="FILE")
    opening.add_argument("--into", type=Path, required=True, metavar="DIR", help="a new folder")
    _passphrase_grammar(opening)


def _passphrase_grammar(to: argparse.ArgumentParser) -> None:
    to.add_argument("--archive-password-file", type=Path, metavar="FILE", help="holds it")


def write(options: Namespace, office: Office, patient: PatientId | None, tell: Tell) -> Row:
    """`chartroom archive`; the passphrase is asked for twice where no file holds it."""
    passphrase = None
    if options.encrypt:
        passphrase = asked_password(options.archive_password_file, prompt=_PROMPT, twice=True)
    with stopped_by_signals() as stopped:
        report = write_archive(
            office,
            options.out,
            patient=patient,
            passphrase=passphrase,
            with_withdrawn=options.with_withdrawn,
            tell=tell,
            stopped=stopped,
        )
    return {
        "path": str(report.path),
        "patients": report.patients,
        "images": report.images,
        "bytes": report.bytes,
        "sheets": report.sheets,
        "trail_lines": report.trail_lines,
        "not_included": report.not_included,
        "left_out": report.left_out,
        "withdrawn_included": report.withdrawn,
        "note": WARNING_SEALED if options.encrypt else WARNING,
        **({"open_with": str(shipped("archive", OPENER))} if options.encrypt else {}),
    }


def open_(options: Namespace, tell: Tell) -> Row:
    """`chartroom open-archive`, which needs no office."""
    passphrase = asked_password(options.archive_password_file, prompt=_PROMPT)
    with stopped_by_signals() as stopped:
        opened = open_archive(
            options.file, into=options.into, passphrase=passphrase, tell=tell, stopped=stopped
        )
    return {
        "path": str(opened.path),
        "files": opened.files,
        "bytes": opened.bytes,
        "note": WARNING,
    }
