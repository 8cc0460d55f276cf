"""The command line: the same verbs without a window (design section 9).

Exit codes: 0 done; 1 a problem, one sentence on standard error; 2 wrong usage.
"""

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from desktop import (
    commands,
    commands_advice,
    commands_archive,
    commands_audit,
    commands_backup,
    commands_breaches,
    commands_choosing,
    commands_clearing,
    commands_consent,
    commands_devices,
    commands_images,
    commands_office,
    commands_papers,
    commands_people,
    commands_printers,
    commands_prints,
    commands_received,
    commands_remembering,
    commands_retention,
    commands_scanning,
    commands_self_test,
    commands_sheets,
    commands_sources,
)
from desktop.commands_opening import opened, user_of
from desktop.commands_telling import Result
from desktop.commands_typed import typed_instant
from desktop.intake.report import Progress
from desktop.printing.record_sheet_model import Paper
from desktop.problem import Problem
from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.consent import ConsentForm, Purpose
from desktop.records.facts.patient import Sex
from desktop.records.facts.people import Role
from desktop.settings import Settings, read_settings
from desktop.typed_password import asked_password
from desktop.verbs.office import Office

DONE, PROBLEM, WRONG_USAGE = 0, 1, 2
_PARTS = (
    *(commands_people, commands_sheets, commands_devices, commands_received),
    *(commands_breaches, commands_office, commands_images),
    *(commands_papers, commands_printers, commands_prints),
    *(commands_consent, commands_advice),
)
_EMPTY = {
    "sources": "Nothing is connected. Plug in a phone, a camera or a card, or name a folder: "
    "chartroom file --from FOLDER.",
    "patients find": "Nobody found. Type less of the name, or add the patient.",
    "images": "No images in this record yet. File some with “chartroom file”.",
}


def main(arguments: Sequence[str]) -> int:
    """Run one command; the exit code says how it went."""
    options = parser().parse_args(arguments)
    _speak_safely(as_json=options.json)
    if (garbled := _garbled(options)) is not None:
        parser().error(f"--{garbled.replace('_', '-')} is not text in this system's encoding")
    if options.command == "file" and options.taken_by and not options.role:
        parser().error("--taken-by needs --role: what the photographer is")
    if options.command == "archive" and options.archive_password_file and not options.encrypt:
        parser().error("--archive-password-file needs --encrypt: the plain form has no passphrase")
    settings = read_settings()
    if options.office:
        settings = replace(settings, office=options.office, office_was_named=True)
    try:
        result = _run(options, settings)
    except Problem as problem:
        _complain(problem, as_json=options.json)
        return PROBLEM
    except KeyboardInterrupt:
        print("chartroom: Stopped. What was finished before that is kept.", file=sys.stderr)
        return PROBLEM
    was_told = _tell(result, command=options.command, as_json=options.json)
    _warn(result)
    if harm := _harm(options, result):
        print(f"chartroom: {harm}", file=sys.stderr)
    return DONE if was_told and not harm else PROBLEM


def _run(options: argparse.Namespace, settings: Settings) -> Result:
    match options.command:
        case "init":
            password = asked_password(options.password_file, twice=True)
            return commands.init(options, settings, password)
        case "sources" | "eject" | "self-test-device":
            return _of_devices(options, settings)
        case "restore":
            ask = partial(asked_password, options.password_file)
            return commands_backup.restore(options, ask, _teller(quiet=_is_quiet(options)))
        case "open-archive":
            return commands_archive.open_(options, _teller(quiet=True))
        case "rotate-key":
            return commands_people.rotate(options, settings, user_of(options, settings))
    with opened(options, settings) as office:
        return _run_inside(options, office, settings)


def _of_devices(options: argparse.Namespace, settings: Settings) -> Result:
    if options.command == "self-test-device":
        tell = _teller(quiet=_is_quiet(options))
        return commands_self_test.run(options, settings, program_version(), tell)
    return commands_sources.run(options, settings, partial(print, flush=True))


def _run_inside(options: argparse.Namespace, office: Office, settings: Settings) -> Result:
    tell = _teller(quiet=_is_quiet(options))
    if commands_retention.is_mine(options.command):
        return commands_retention.run(options, office, tell)
    for part in _PARTS:
        if part.is_mine(options.command):
            result: Result = part.run(options, office)
            return result
    if commands_clearing.is_mine(options.command):
        return commands_clearing.run(options, office, settings, tell)
    inside: Mapping[str, Callable[[], Result]] = {
        "patients add": lambda: commands.patients_add(options, office),
        "patients find": lambda: commands.patients_find(options, office),
        "patients import": lambda: commands.patients_import(options, office),
        "file": lambda: commands.file(options, office, settings, tell),
        "images": lambda: commands.images(options, office),
        "verify": lambda: commands_backup.verify(options, office, tell),
        "backup": lambda: commands_backup.backup(options, office, tell),
        "audit": lambda: commands_audit.audit(options, office, tell),
        "remember": lambda: commands_remembering.remember(options, office),
        "forget": lambda: commands_remembering.forget(options, office),
    }
    return inside[options.command]()


def _harm(options: argparse.Namespace, result: Result) -> str:
    """The sentence of a result that, though told, a script must not take for a success."""
    if not isinstance(result, Mapping):
        return ""
    failed = str(result["words"]) if "words" in result else ""
    of_command: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
        "verify": commands_backup.harm_found,
        "backup": commands_backup.harm_in_backup,
        "restore": commands_backup.harm_found,
        "file": _harm_in_filing,
        "clear": commands_clearing.harm_in_clearing,
        "archive": commands_retention.harm_in_archive,
        "export": commands_retention.harm_in_export,
        "init": _harm_in_init,
        "self-test-device": commands_self_test.harm_found,
        "patients import": _harm_in_list,
        "audit": commands_audit.harm_in_audit,
    }
    found = of_command[options.command](result) if options.command in of_command else ""
    return f"{failed} {found}".strip()


def _harm_in_filing(report: Mapping[str, Any]) -> str:
    said = [report["stopped_by"]] if report["stopped_by"] else []
    if left := len(report["refused"]) + len(report["not_reached"]):
        said.append(f"Not filed: {left:,}. The report names each.")
    return " ".join(said)


def _harm_in_list(report: Mapping[str, Any]) -> str:
    refused = len(report["refused"])
    return f"Rows not imported: {refused:,}. The report names each." if refused else ""


def _harm_in_init(made: Mapping[str, Any]) -> str:
    if "words" not in made:
        return ""
    return "The office was made. Write its recovery key down from above: it is shown only once."


def _is_quiet(options: argparse.Namespace) -> bool:
    return bool(options.json or sys.stderr is None or not sys.stderr.isatty())


def _teller(*, quiet: bool) -> Callable[[Progress], None]:
    def tell(progress: Progress) -> None:
        if not quiet:
            print(
                f"\r{progress.done} of {progress.total}  {progress.name:.40}",
                end="",
                file=sys.stderr,
            )

    return tell


def _warn(result: Result) -> None:
    """What a person should know of a source, though what was asked for is done (R113)."""
    if isinstance(result, Mapping) and result.get("caution"):
        print(f"chartroom: {result['caution']}", file=sys.stderr)


def _complain(problem: Problem, *, as_json: bool) -> None:
    print(f"chartroom: {problem}", file=sys.stderr)
    if as_json:
        print(json.dumps({"problem": problem.code, "words": str(problem)}, ensure_ascii=False))


def _speak_safely(*, as_json: bool) -> None:
    """A name that this terminal cannot show is no reason to fall silent; JSON is always UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
            if as_json and stream is sys.stdout:
                stream.reconfigure(encoding="utf-8")


def _garbled(options: argparse.Namespace) -> str | None:
    """The option whose text has bytes that are no characters; file names may."""
    for name, value in vars(options).items():
        texts = value if isinstance(value, list) else [value]
        if name != "source" and any(isinstance(t, str) and not _is_text(t) for t in texts):
            return name
    return None


def _is_text(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _tell(result: Result, *, command: str, as_json: bool) -> bool:
    """Show the result; whether it came through. A reader who had enough (`| head`) is no fault."""
    try:
        if result is not commands_sources.TOLD:
            _show(result, command=command, as_json=as_json)
        print(end="", flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return True
        reason = error.strerror or str(error)
        print(f"chartroom: Done, but the report cannot be written ({reason}).", file=sys.stderr)
        return False
    return True


def _show(result: Result, *, command: str, as_json: bool) -> None:
    if as_json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
        return
    rows = [result] if isinstance(result, Mapping) else result
    for row in rows:
        print("\n".join(_lines(row)))
        if len(rows) > 1:
            print()
    if not rows:
        print(_EMPTY.get(command, "Nothing found."))


def _lines(row: Mapping[str, Any], indent: str = "") -> list[str]:
    lines: list[str] = []
    for name, value in row.items():
        if isinstance(value, Mapping):
            lines += [f"{indent}{name}:", *_lines(value, indent + "  ")]
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            lines.append(f"{indent}{name}: {len(value)}")
            lines += [f"{indent}  {_said_of(one)}" for one in value]
        elif isinstance(value, list):
            lines.append(f"{indent}{name}: {', '.join(map(str, value)) or 'none'}")
        elif value is not None and value != "":
            lines.append(f"{indent}{name}: {value}")
    return lines


def _said_of(row: Mapping[str, Any]) -> str:
    name = row.get("name") or row.get("file_name") or (f"row {row['row']}" if "row" in row else "")
    patient = row.get("patient") if "file_name" in row else ""
    left = "That backup cannot bring it back." if row.get("in_backup") else ""
    return "  ".join(
        filter(None, (name, patient, row.get("why") or row.get("state") or row.get("how"), left))
    )


def parser() -> argparse.ArgumentParser:
    """The grammar of the command line."""
    common = argparse.ArgumentParser(add_help=False)
    _common(common, default=argparse.SUPPRESS)
    top = argparse.ArgumentParser(
        prog="chartroom",
        description="Clinical images: from the device into the record and onto paper. "
        "Without a command the window opens.",
    )
    top.add_argument("--version", action="version", version=f"chartroom {program_version()}")
    _common(top, default=None)
    commands_ = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _init_grammar(commands_.add_parser("init", parents=[common], help="create an office"))
    commands_sources.grammar(commands_, common)
    commands_self_test.grammar(commands_, common)
    _patients_grammar(
        commands_.add_parser("patients", help="put patients on record, and find them"), common
    )
    _file_grammar(
        commands_.add_parser("file", parents=[common], help="from a device into a record")
    )
    of_images = commands_.add_parser("images", parents=[common], help="a patient's images")
    of_images.add_argument("--patient", required=True, metavar="N")
    check = commands_.add_parser("verify", parents=[common], help="check trail and originals")
    commands_backup.verify_grammar(check)
    save = commands_.add_parser("backup", parents=[common], help="back the office up")
    commands_backup.backup_grammar(save)
    back = commands_.add_parser("restore", parents=[common], help="an office out of a backup")
    commands_backup.restore_grammar(back)
    of_trail = commands_.add_parser("audit", parents=[common], help="read and prove the trail")
    commands_audit.audit_grammar(of_trail)
    apart = (commands_remembering, commands_retention, commands_clearing)
    for part in (commands_people, *apart, *_PARTS[1:]):
        part.grammar(commands_, common)
    return top


def _common(to: argparse.ArgumentParser, default: Any) -> None:
    to.add_argument("--office", type=Path, metavar="DIR", default=default)
    to.add_argument("--user", metavar="NAME", default=default)
    to.add_argument("--password-file", type=Path, metavar="FILE", default=default)
    to.add_argument("--json", action="store_true", default=False if default is None else default)


def _init_grammar(to: argparse.ArgumentParser) -> None:
    to.add_argument("--organisation", required=True, metavar="NAME")
    to.add_argument("--address", default="", help="return address, printed on every sheet")
    to.add_argument("--role", choices=[r.value for r in Role], default=Role.CLERK.value)
    to.add_argument("--recovery-sheet", type=Path, metavar="OUT.pdf")
    to.add_argument("--no-code", action="store_true", help="the sheet without a code to scan")
    to.add_argument("--paper", choices=[p.value for p in Paper], default=Paper.A4.value)


def _patients_grammar(to: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    verbs = to.add_subparsers(dest="verb", metavar="VERB", required=True)
    add = verbs.add_parser("add", parents=[common], help="put a patient on record")
    add.add_argument("--nhi", metavar="N")
    add.add_argument("--local", metavar="N", help="the office's own number")
    add.add_argument("--family", required=True, metavar="F")
    add.add_argument("--given", default="", metavar="G")
    add.add_argument("--born", metavar="YYYY-MM-DD")
    add.add_argument("--sex", choices=[s.value for s in Sex], default=Sex.UNKNOWN.value)
    add.set_defaults(command="patients add")
    find = verbs.add_parser("find", parents=[common], help="by number, name or date of birth")
    find.add_argument("text", nargs="*")
    find.set_defaults(command="patients find")
    bring = verbs.add_parser("import", parents=[common], help="a list of patients, as CSV")
    bring.add_argument("csv", type=Path)
    bring.add_argument("--preview", action="store_true", help="show how it would be read")
    bring.add_argument("--map", action="append", default=[], metavar="FIELD=COLUMN")
    bring.set_defaults(command="patients import")


def _file_grammar(to: argparse.ArgumentParser) -> None:
    to.add_argument("--from", dest="source", required=True, metavar="ID|FOLDER|ptpip:HOST")
    commands_choosing.grammar(to)
    commands_scanning.grammar(to)
    to.add_argument("--patient", required=True, metavar="N")
    to.add_argument("--born", metavar="YYYY-MM-DD", help="the second identifier")
    to.add_argument("--taken-by", metavar="NAME")
    to.add_argument("--role", choices=[r.value for r in Role], help="the photographer's role")
    to.add_argument("--taken-at", type=typed_instant, metavar="YYYY-MM-DDTHH:MM")
    to.add_argument("--depositor", metavar="NAME", help="who brought the device, if not they")
    to.add_argument("--depositor-role", choices=[r.value for r in Role])
    to.add_argument("--device", metavar="DEVICE", help="a device of the register, by name or id")
    to.add_argument("--device-owner", choices=[o.value for o in DeviceOwner])
    to.add_argument(
        "--purpose", action="extend", nargs="+", default=[], choices=[p.value for p in Purpose]
    )
    to.add_argument(
        "--consent", choices=[c.value for c in ConsentForm], default=ConsentForm.NONE_YET.value
    )
    to.add_argument("--consent-reference", default="", metavar="TEXT")
    commands_received.filing_grammar(to)
    commands_images.filing_grammar(to)
    to.add_argument("--sheet", type=Path, metavar="OUT.pdf")
    commands_sheets.layout(to)


def program_version() -> str:
    """The version of the installed program, or of the checkout."""
    try:
        return version("chartroom")
    except PackageNotFoundError:
        return "0.1.0 (checkout)"
