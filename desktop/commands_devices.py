"""What `devices` does: the register, what was declared of each device, and what was lost."""

import argparse
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from desktop.commands_telling import Result
from desktop.printing.record_sheet_model import Paper
from desktop.records.deeds import breaches
from desktop.records.deeds import devices as deeds
from desktop.records.facts.capture import CaptureDevice, DeviceOwner
from desktop.records.facts.device_problems import DeviceOwnerDiffers, DeviceRetired
from desktop.records.facts.devices import (
    Answer,
    Answers,
    Declaration,
    Depositor,
    Device,
    Handover,
    KnownDevice,
    NewDevice,
)
from desktop.records.facts.people import Role
from desktop.records.rules.phone_check import (
    QUESTIONS,
    advice_on,
    clock_is_off,
    clock_words,
    device_line,
    is_flagged,
)
from desktop.verbs.office import Office
from desktop.verbs.phone_check_card import save_phone_check_card

_SAID = tuple(field.name for field in fields(NewDevice))


def grammar(commands: Any, common: argparse.ArgumentParser) -> None:
    """The words of these commands; `commands` is what `add_subparsers` gave."""
    devices = commands.add_parser("devices", help="the register of devices, and phone checks")
    verbs = devices.add_subparsers(dest="verb", metavar="VERB", required=True)
    listed = verbs.add_parser("list", parents=[common], help="the register")
    listed.add_argument("--retired", action="store_true", help="what is not used any more as well")
    add = verbs.add_parser("add", parents=[common], help="put a device on the register")
    add.add_argument("name", metavar="NAME", help="what people here call it")
    _described(add, is_new=True)
    change = _about(verbs, "change", common, "describe a device anew")
    change.add_argument("--name", metavar="NEW")
    _described(change, is_new=False)
    clock = _about(verbs, "check-clock", common, "note what its clock shows now")
    clock.add_argument("--shows", required=True, metavar="HH:MM[:SS]")
    _declare_grammar(_about(verbs, "declare", common, "note the answers of a phone check"))
    lost = _about(verbs, "lost", common, "it is lost or stolen")
    lost.add_argument("--note", default="", metavar="TEXT", help="where and how")
    _about(verbs, "found", common, "it is not lost any more")
    _about(verbs, "retire", common, "it is not used any more")
    card = verbs.add_parser("phone-check-card", parents=[common], help="blank, to fill in by pen")
    card.add_argument("--out", type=Path, required=True, metavar="OUT.pdf")
    card.add_argument("--paper", choices=[p.value for p in Paper], default=Paper.A4.value)
    for name, verb in verbs.choices.items():
        verb.set_defaults(command=f"devices {name}")


def is_mine(command: str) -> bool:
    """Whether `run` knows the command."""
    return command in _VERBS


def run(options: Namespace, office: Office) -> Result:
    """Do what one of these commands says."""
    return _VERBS[options.command](options, office)


def handover_of(options: Namespace, office: Office) -> Handover:
    """What `file` says of the handover: who brought which device; the photographer, unless somebody
    else is named. Raises DeviceUnknown, DeviceRetired and DeviceOwnerDiffers."""
    depositor = None
    if options.depositor:
        role = Role(options.depositor_role or Role.OTHER)
        depositor = Depositor(name=options.depositor, role=role)
    if not options.device:
        return Handover(depositor=depositor)
    device = deeds.device_named(office.vault, options.device)
    if device.retired_at is not None:
        raise DeviceRetired(name=device.name)
    if options.device_owner and DeviceOwner(options.device_owner) is not device.owner:
        said = DeviceOwner(options.device_owner).words
        raise DeviceOwnerDiffers(name=device.name, register=device.owner.words, said=said)
    return Handover(depositor=depositor, owner=device.owner, device=device.id)


def unknown_rows(unknown: Sequence[CaptureDevice]) -> list[dict[str, Any]]:
    """Devices that files name and the register does not have, with how to add each (R27)."""
    return [
        {
            "name": one.words,
            "make": one.make,
            "model": one.model,
            "serial": one.serial,
            "why": "not on the register of the organisation's devices: chartroom devices add NAME "
            f"--owner organisation --serial {one.serial}",
        }
        for one in unknown
    ]


def device_row(known: KnownDevice) -> dict[str, Any]:
    """A device as the command line tells it."""
    device, last = known.device, known.declaration
    return {
        "id": str(device.id),
        "name": device.name,
        "owner": device.owner.value,
        "keeper": device.keeper,
        "make": device.make,
        "model": device.model,
        "serial": device.serial,
        "asset_number": device.asset_number,
        "location": device.location,
        "source_name": device.source_name,
        "state": _state(device),
        "line": device_line(device, last),
        "clock": clock_words(device),
        "clock_off_seconds": device.clock_off_seconds,
        "clock_is_off": clock_is_off(device),
        "lost_at": device.lost_at.isoformat() if device.lost_at else None,
        "lost_note": device.lost_note,
        "last_check": _check_row(last) if last else None,
        "brought_last_by": known.depositor.name if known.depositor else None,
    }


def _described(to: argparse.ArgumentParser, *, is_new: bool) -> None:
    empty = "" if is_new else None
    to.add_argument("--owner", choices=[o.value for o in DeviceOwner], required=is_new)
    to.add_argument("--keeper", default=empty, metavar="NAME", help="who carries it")
    to.add_argument("--make", default=empty)
    to.add_argument("--model", default=empty)
    to.add_argument("--serial", default=empty, metavar="N")
    to.add_argument("--asset", dest="asset_number", default=empty, metavar="N")
    to.add_argument("--location", default=empty, metavar="PLACE")
    to.add_argument(
        "--source-name", default=empty, metavar="NAME", help="as “chartroom sources” tells it"
    )


def _declare_grammar(to: argparse.ArgumentParser) -> None:
    to.add_argument("--by", dest="answered_by", default="", metavar="NAME", help="who answered")
    for question in QUESTIONS:
        to.add_argument(
            f"--{question.field.replace('_', '-')}",
            choices=[answer.value for answer in Answer],
            default=Answer.NOT_ASKED.value,
            help=question.asks,
        )
    to.add_argument("--shared-with", default="", metavar="NAMES", help="who else uses it")


def _about(
    verbs: Any, name: str, common: argparse.ArgumentParser, told: str
) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = verbs.add_parser(name, parents=[common], help=told)
    verb.add_argument("device", metavar="DEVICE", help="name, serial, asset number or id")
    return verb


def _list(options: Namespace, office: Office) -> Result:
    return [device_row(one) for one in deeds.devices(office.vault, retired=options.retired)]


def _add(options: Namespace, office: Office) -> Result:
    said = {name: getattr(options, name) for name in _SAID} | {"owner": DeviceOwner(options.owner)}
    added = deeds.add_device(office.vault, new=NewDevice(**said), by=office.person)
    return device_row(KnownDevice(device=added))


def _change(options: Namespace, office: Office) -> Result:
    """What is not named stays."""
    before = deeds.device_named(office.vault, options.device)
    typed = {name: getattr(options, name) for name in _SAID}
    said = {
        name: getattr(before, name) if typed[name] is None else typed[name] for name in _SAID
    } | {"owner": DeviceOwner(options.owner or before.owner)}
    deeds.change_device(office.vault, device=before.id, said=NewDevice(**said), by=office.person)
    return _told(office, before)


def _check_clock(options: Namespace, office: Office) -> Result:
    device = deeds.device_named(office.vault, options.device)
    deeds.note_clock_check(office.vault, device=device.id, shown=options.shows, by=office.person)
    return _told(office, device)


def _declare(options: Namespace, office: Office) -> Result:
    """The answers, and what to do about each that is not yes."""
    device = deeds.device_named(office.vault, options.device)
    answers = Answers(
        answered_by=options.answered_by,
        shared_with=options.shared_with,
        **{one.field: Answer(getattr(options, one.field)) for one in QUESTIONS},
    )
    said = deeds.note_declaration(office.vault, device=device.id, answers=answers, by=office.person)
    return {"device": device.name, **_check_row(said)}


def _lost(options: Namespace, office: Office) -> Result:
    device = deeds.device_named(office.vault, options.device)
    deeds.mark_lost(office.vault, device=device.id, note=options.note, by=office.person)
    opened = [one for one in breaches.breaches(office.vault) if one.device == device.id]
    return {**_told(office, device), "breaches": [one.number for one in opened]}


def _found(options: Namespace, office: Office) -> Result:
    device = deeds.device_named(office.vault, options.device)
    deeds.take_back_lost(office.vault, device=device.id, by=office.person)
    return _told(office, device)


def _retire(options: Namespace, office: Office) -> Result:
    device = deeds.device_named(office.vault, options.device)
    deeds.retire(office.vault, device=device.id, by=office.person)
    return _told(office, device)


def _card(options: Namespace, office: Office) -> Result:
    save_phone_check_card(office, options.out, paper=Paper(options.paper))
    return {"path": str(options.out), "paper": options.paper}


def _told(office: Office, device: Device) -> dict[str, Any]:
    return device_row(deeds.remembered(office.vault, device.id))


def _check_row(said: Declaration) -> dict[str, Any]:
    return {
        "answered_at": said.answered_at.isoformat(),
        "answered_by": said.answered_by,
        "recorded_by": said.recorded_by,
        **{one.field: getattr(said, one.field).value for one in QUESTIONS},
        "shared_with": said.shared_with,
        "flagged": is_flagged(said),
        "advice": list(advice_on(said)),
    }


def _state(device: Device) -> str:
    if device.retired_at is not None:
        return "retired"
    return "lost" if device.lost_at is not None else "in use"


_VERBS: Mapping[str, Callable[[Namespace, Office], Result]] = {
    "devices list": _list,
    "devices add": _add,
    "devices change": _change,
    "devices check-clock": _check_clock,
    "devices declare": _declare,
    "devices lost": _lost,
    "devices found": _found,
    "devices retire": _retire,
    "devices phone-check-card": _card,
}
