"""The commands on people and keys: `people`, `password`, `recovery-sheet`, `rotate-key`."""

import argparse
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from desktop.commands_recovery import recovery_result
from desktop.commands_telling import Result
from desktop.printing.record_sheet_model import Paper
from desktop.problem import Problem
from desktop.records.deeds import people
from desktop.records.facts.hpi import doubt_of_number
from desktop.records.facts.people import NewPerson, OfficeRole, Person, Role
from desktop.settings import Settings
from desktop.typed_password import asked_password
from desktop.verbs.keys import change_person, give_password, new_recovery_key
from desktop.verbs.office import Office
from desktop.verbs.rotating import rotate_key
from desktop.verbs.stationery import stationery


def grammar(commands: Any, common: argparse.ArgumentParser) -> None:
    """The words of these commands; `commands` is what `add_subparsers` gave."""
    _people(commands.add_parser("people", help="who works here, and in which role"), common)
    password_ = commands.add_parser("password", parents=[common], help="choose another password")
    password_.add_argument("--new-password-file", type=Path, metavar="FILE")
    whose = password_.add_mutually_exclusive_group()
    whose.add_argument("--for", dest="whose", metavar="NAME", help="give somebody a password")
    whose.add_argument(
        "--recovery-file",
        type=Path,
        metavar="FILE",
        help="holds the recovery key, where the old password is lost",
    )
    _recovery(commands.add_parser("recovery-sheet", parents=[common], help="a new recovery key"))
    _recovery(commands.add_parser("rotate-key", parents=[common], help="a new office key"))


def _people(to: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    verbs = to.add_subparsers(dest="verb", metavar="VERB", required=True)
    roles = [role.value for role in OfficeRole]
    listed = verbs.add_parser("list", parents=[common], help="who works here")
    listed.add_argument("--gone", action="store_true", help="who left as well")
    add = verbs.add_parser("add", parents=[common], help="somebody who works here")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--as", dest="office_role", required=True, choices=roles)
    add.add_argument("--role", choices=[r.value for r in Role], default=Role.OTHER.value)
    add.add_argument("--number", default="", metavar="N", help="HPI CPN or registration number")
    add.add_argument(
        "--first-password-file", type=Path, metavar="FILE", help="changed at the first log-in"
    )
    change = verbs.add_parser("change", parents=[common], help="another name, role or number")
    change.add_argument("name", metavar="NAME")
    change.add_argument("--name", dest="new_name", metavar="NEW")
    change.add_argument("--role", choices=[r.value for r in Role])
    change.add_argument("--number", metavar="N", help="HPI CPN or registration number")
    change.add_argument(
        "--first-password-file",
        type=Path,
        metavar="FILE",
        help="another name needs another first password",
    )
    remove = verbs.add_parser("remove", parents=[common], help="somebody who left")
    remove.add_argument("name", metavar="NAME")
    role = verbs.add_parser("role", parents=[common], help="another role at the office")
    role.add_argument("name", metavar="NAME")
    role.add_argument("office_role", metavar="ROLE", choices=roles)
    for name, verb in verbs.choices.items():
        verb.set_defaults(command=f"people {name}")


def _recovery(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--recovery-sheet", "--out", dest="recovery_sheet", type=Path, metavar="OUT.pdf"
    )
    to.add_argument("--paper", choices=[p.value for p in Paper], default=Paper.A4.value)
    to.add_argument("--no-code", action="store_true", help="the sheet without a code to scan")


def run(options: Namespace, office: Office) -> Result:
    """Do what one of these commands says."""
    return _VERBS[options.command](options, office)


def is_mine(command: str) -> bool:
    """Whether `run` knows the command."""
    return command in _VERBS


def people_list(options: Namespace, office: Office) -> Result:
    """Who works here, and with `--gone` who did."""
    return [person_row(one) for one in people.people(office.vault, gone=options.gone)]


def people_add(options: Namespace, office: Office) -> Result:
    """Somebody new, with a first password if a file holds one."""
    new = NewPerson(
        name=options.name,
        office_role=OfficeRole(options.office_role),
        role=Role(options.role),
        number=options.number,
    )
    added = people.add_person(office.vault, new=new, by=office.person)
    row = {**person_row(added), "can_log_in": False}
    if not options.first_password_file:
        return row
    try:
        _give(office, added, options.first_password_file, options.own_password)
    except Problem as problem:
        # they are on record all the same, and a second `add` would be refused
        return {**row, "problem": problem.code, "words": str(problem)}
    return {**row, "can_log_in": True}


def people_change(options: Namespace, office: Office) -> Result:
    """Another name, role in the health service or number; what is not named stays."""
    before = people.person_named(office.vault, options.name)
    said = NewPerson(
        name=before.name if options.new_name is None else options.new_name,
        office_role=before.office_role,
        role=Role(options.role) if options.role else before.role,
        number=before.number if options.number is None else options.number,
    )
    file = options.first_password_file
    first = asked_password(file, prompt=f"New passphrase for {said.name}") if file else ""
    changed = change_person(
        office, person=before.id, said=said, password=first, own_password=options.own_password
    )
    return person_row(changed)


def people_remove(options: Namespace, office: Office) -> Result:
    """Somebody who left: no password of theirs opens the office from now on."""
    person = people.person_named(office.vault, options.name)
    gone = people.remove_person(office.vault, person=person.id, by=office.person)
    return {
        **person_row(gone),
        "note": "Their password opens nothing here. If they may have copied the office's files, "
        "run “chartroom rotate-key”.",
    }


def people_role(options: Namespace, office: Office) -> Result:
    """Another role at the office."""
    person = people.person_named(office.vault, options.name)
    role = OfficeRole(options.office_role)
    changed = people.change_role(office.vault, person=person.id, office_role=role, by=office.person)
    return person_row(changed)


def password(options: Namespace, office: Office) -> Result:
    """One's own password, or with `--for` one that somebody else changes at the next log-in."""
    if options.whose:
        person = people.person_named(office.vault, options.whose)
        _give(office, person, options.new_password_file, options.own_password)
        return {"password_of": person.name, "must_change": True}
    # the office was opened with the new one: a password that must change opens it no other way
    return {"password_of": office.person.name, "must_change": False}


def new_recovery_sheet(options: Namespace, office: Office) -> Result:
    """A new recovery key; the sheets printed before open nothing any more."""
    lines = new_recovery_key(office, own_password=options.own_password)
    return recovery_result(
        options,
        office.facts,
        office.person,
        lines,
        office=office.folder,
        own=stationery(office),
    )


_OPEN_IT = "The new key stands. Open the office once: that ends the change, and the old key goes."


def rotate(options: Namespace, settings: Settings, user: str) -> Result:
    """Another office key, for one person; the others need new passwords."""
    password = asked_password(options.password_file)
    done = rotate_key(settings.office, user=user, password=password)
    lines, unsettled = done.rotation.recovery.lines, done.rotation.unsettled
    return {
        "rotated_by": done.person.name,
        **({"not_ended": f"{unsettled} {_OPEN_IT}"} if unsettled else {}),
        "need_a_new_password": list(done.rotation.without_password),
        "unreadable_originals": done.rotation.unreadable,
        **recovery_result(
            options, done.facts, done.person, lines, office=settings.office, own=done.own
        ),
        "note": "Copies of the office made before, backups above all, still open with the old "
        "passwords. Back the office up anew, and destroy what you do not need.",
    }


def person_row(person: Person) -> dict[str, Any]:
    """A person as the command line tells it."""
    return {
        "id": str(person.id),
        "name": person.name,
        "office_role": person.office_role.value,
        "role": person.role.value,
        "number": person.number,
        "state": "gone" if person.is_gone else "active",
        "gone_at": person.gone_at.isoformat() if person.gone_at else None,
        "warning": doubt_of_number(person.number),
    }


def _give(office: Office, person: Person, file: Path | None, own_password: str) -> None:
    first = asked_password(file, prompt=f"New passphrase for {person.name}", twice=True)
    give_password(office, person=person, password=first, own_password=own_password)


_VERBS: Mapping[str, Callable[[Namespace, Office], Result]] = {
    "people list": people_list,
    "people add": people_add,
    "people change": people_change,
    "people remove": people_remove,
    "people role": people_role,
    "password": password,
    "recovery-sheet": new_recovery_sheet,
}
