"""What the Desk and the Office room can ask about devices, filled in from one workstation."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from desktop.records.deeds import came_from
from desktop.records.deeds import devices as deeds
from desktop.records.facts.came_from import CopyDeclined
from desktop.records.facts.capture import CaptureDevice, DeviceOwner
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.devices import (
    Answers,
    Declaration,
    Device,
    HandoverOffer,
    KnownDevice,
    NewDevice,
)
from desktop.records.facts.ids import DeviceId, PatientId
from desktop.ui.desk.verbs import HandoverVerbs
from desktop.ui.office.verbs import DevicesVerbs
from desktop.verbs.phone_check_card import save_phone_check_card
from desktop.verbs.self_testing import self_test_verbs
from desktop.verbs.workstation import Workstation


def handover_verbs(station: Workstation) -> HandoverVerbs:
    """The verbs of the handover at the desk."""

    def offer(source_name: str) -> HandoverOffer:
        with station.using() as office:
            serial = station.sources.serial_of(source_name)
            return deeds.offer_for(office.vault, source_name, serial=serial)

    def note_device(new: NewDevice) -> KnownDevice:
        if not new.serial and new.owner is not DeviceOwner.PATIENT and new.source_name:
            new = replace(new, serial=station.sources.serial_of(new.source_name))
        with station.using() as office:
            added = deeds.add_device(office.vault, new=new, by=office.person)
            return deeds.remembered(office.vault, added.id)

    def declare(device: DeviceId, answers: Answers) -> KnownDevice:
        with station.using() as office:
            deeds.note_declaration(office.vault, device=device, answers=answers, by=office.person)
            return deeds.remembered(office.vault, device)

    def unknown(images: Sequence[ClinicalImage]) -> Sequence[CaptureDevice]:
        with station.using() as office:
            return deeds.unknown_devices(office.vault, images)

    def decline(patient: PatientId, what: str) -> CopyDeclined:
        today = datetime.now(UTC).astimezone().date()
        with station.using() as office:
            return came_from.note_declined(
                office.vault, patient=patient, what=what, asked_on=today, by=office.person
            )

    return HandoverVerbs(
        offer=offer, decline=decline, note_device=note_device, declare=declare, unknown=unknown
    )


def devices_verbs(station: Workstation) -> DevicesVerbs:
    """The verbs of the register in the Office room."""

    def add(new: NewDevice) -> Device:
        with station.using() as office:
            return deeds.add_device(office.vault, new=new, by=office.person)

    def change(device: DeviceId, said: NewDevice) -> Device:
        with station.using() as office:
            return deeds.change_device(office.vault, device=device, said=said, by=office.person)

    def check_clock(device: DeviceId, shown: str) -> Device:
        with station.using() as office:
            return deeds.note_clock_check(
                office.vault, device=device, shown=shown, by=office.person
            )

    def declare(device: DeviceId, answers: Answers) -> Declaration:
        with station.using() as office:
            return deeds.note_declaration(
                office.vault, device=device, answers=answers, by=office.person
            )

    def lost(device: DeviceId, note: str) -> Device:
        with station.using() as office:
            return deeds.mark_lost(office.vault, device=device, note=note, by=office.person)

    return DevicesVerbs(
        devices=partial(_devices, station),
        checks=partial(_checks, station),
        add=add,
        change=change,
        check_clock=check_clock,
        declare=declare,
        lost=lost,
        found=partial(_found, station),
        retire=partial(_retire, station),
        save_card=partial(_save_card, station),
        self_test=self_test_verbs(station),
    )


def _devices(station: Workstation) -> Sequence[KnownDevice]:
    with station.using() as office:
        return deeds.devices(office.vault)


def _checks(station: Workstation, device: DeviceId) -> Sequence[Declaration]:
    with station.using() as office:
        return deeds.declarations(office.vault, device)


def _found(station: Workstation, device: DeviceId) -> Device:
    with station.using() as office:
        return deeds.take_back_lost(office.vault, device=device, by=office.person)


def _retire(station: Workstation, device: DeviceId) -> Device:
    with station.using() as office:
        return deeds.retire(office.vault, device=device, by=office.person)


def _save_card(station: Workstation, path: Path) -> None:
    with station.using() as office:
        save_phone_check_card(office, path)
