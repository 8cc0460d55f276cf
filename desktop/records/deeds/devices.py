"""The register of devices: added, described anew, checked, lost, found, retired, declared of."""

from collections import Counter
from collections.abc import Collection
from dataclasses import asdict, fields

from desktop.records.deeds.breaches import MOST_ON_A_DEVICE, open_within
from desktop.records.facts.capture import CaptureDevice, DeviceOwner
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.device_problems import (
    DeviceAlreadyLost,
    DeviceAlreadyThere,
    DeviceNameMissing,
    DeviceNotLost,
    DeviceRetired,
    DeviceUnknown,
    NobodyAnswered,
    NotOursToCheck,
)
from desktop.records.facts.devices import (
    Answers,
    Declaration,
    Depositor,
    Device,
    HandoverOffer,
    KnownDevice,
    NewDevice,
)
from desktop.records.facts.ids import DeclarationId, DeviceId, new_uuid
from desktop.records.facts.patient import short_date
from desktop.records.facts.people import Person
from desktop.records.rules.device_clock import clock_off_seconds
from desktop.records.vault.vault import Change, Look, Vault

_MOST_DEPOSITORS = 200
_TEXTS = tuple(field.name for field in fields(NewDevice) if field.name != "owner")


def devices(vault: Vault, *, retired: bool = False) -> list[KnownDevice]:
    """The register in the order of names, with what is remembered of each."""
    with vault.look() as look:
        return [look.devices.remembered(one) for one in look.devices.every(retired=retired)]


def devices_of_source(vault: Vault, source_name: str, *, serial: str = "") -> list[KnownDevice]:
    """Devices that may be this source, the one handed over last first. Only a person can say which:
    two phones of one model call themselves the same."""
    with vault.look() as look:
        found = look.devices.handed_over_as(source_name, serial=serial)
        return [look.devices.remembered(one) for one in found]


def device_named(vault: Vault, text: str) -> Device:
    """The device with this id, name, serial or asset number; one in use before a retired one.

    Raises DeviceUnknown.
    """
    wanted = _clean(text).casefold()
    with vault.look() as look:
        every = look.devices.every(retired=True)
    named = [
        one
        for one in sorted(every, key=lambda one: one.retired_at is not None)
        if wanted
        and wanted
        in {
            str(one.id),
            one.name.casefold(),
            one.serial.casefold(),
            one.asset_number.casefold(),
        }
    ]
    if not named:
        raise DeviceUnknown(name=text)
    return named[0]


def device(vault: Vault, device_id: DeviceId) -> Device:
    """The device with this id, retired or not. Raises DeviceUnknown."""
    with vault.look() as look:
        found = look.devices.find(device_id)
    if found is None:
        raise DeviceUnknown(name=str(device_id))
    return found


def declarations(vault: Vault, device: DeviceId) -> list[Declaration]:
    """The phone checks of a device, the newest first."""
    with vault.look() as look:
        return look.devices.declarations(device)


def depositors(vault: Vault) -> list[Depositor]:
    """Who brought devices before, the most recent first."""
    with vault.look() as look:
        return look.devices.depositors(most=_MOST_DEPOSITORS)


def offer_for(vault: Vault, source_name: str, *, serial: str = "") -> HandoverOffer:
    """What is offered when a source of this name is handed over: the second time, it is all there
    (R26, R67, R76). Where it tells its `serial`, the device with that serial comes first, and none
    with another is offered for it."""
    with vault.look() as look:
        every = look.devices.every()
        ours = [one for one in every if one.owner is DeviceOwner.ORGANISATION]
        fitting = look.devices.handed_over_as(source_name, serial=serial)
        fitting.sort(key=lambda one: not serial or one.serial != serial)
        return HandoverOffer(
            fitting=tuple(look.devices.remembered(one) for one in fitting),
            organisation=tuple(look.devices.remembered(one) for one in ours),
            depositors=tuple(look.devices.depositors(most=_MOST_DEPOSITORS)),
        )


def remembered(vault: Vault, device_id: DeviceId) -> KnownDevice:
    """A device with what is remembered of it. Raises DeviceUnknown."""
    with vault.look() as look:
        found = look.devices.find(device_id)
        if found is None:
            raise DeviceUnknown(name=str(device_id))
        return look.devices.remembered(found)


def unknown_devices(vault: Vault, images: Collection[ClinicalImage]) -> list[CaptureDevice]:
    """What files of the organisation's devices say took them and the register does not have, each
    once: somebody is asked to add it (R27)."""
    with vault.look() as look:
        known = {one.serial.casefold() for one in look.devices.every() if one.serial}
    found: dict[str, CaptureDevice] = {}
    for image in images:
        said = image.description.device if image.description else CaptureDevice()
        ours = image.mode is not None and image.mode.owner is DeviceOwner.ORGANISATION
        serial = (said.serial or "").strip()
        if ours and serial and serial.casefold() not in known:
            found.setdefault(serial.casefold(), said)
    return list(found.values())


def add_device(vault: Vault, *, new: NewDevice, by: Person) -> Device:
    """Put a device on the register. The organisation's own are for officers and managers; what
    somebody brings, anybody may note (R26, R27).

    Raises DeviceNameMissing, DeviceAlreadyThere, NotAllowed.
    """
    with vault.change() as change:
        said = _checked(change, new)
        added = change.devices.add(DeviceId(new_uuid()), said, at=change.now, by=by)
        ours = said.owner is DeviceOwner.ORGANISATION
        change.note(
            "organisation device added" if ours else "device noted",
            by=by,
            device=added.id,
            name=added.name,
            owner=added.owner,
            serial=added.serial,
            asset=added.asset_number,
        )
    return added


def change_device(vault: Vault, *, device: DeviceId, said: NewDevice, by: Person) -> Device:
    """Describe a device anew; the trail says what was before and what is now. What does not differ
    leaves no line. Raises as `add_device`, DeviceUnknown and DeviceRetired."""
    with vault.look() as look:
        if _said_of(_in_use(look, device)) == _checked(look, said, but=device):
            return look.devices.get(device)
    with vault.change() as change:
        before = _in_use(change, device)
        after = change.devices.change(device, _checked(change, said, but=device))
        was, now = asdict(_said_of(before)), asdict(_said_of(after))
        ours = DeviceOwner.ORGANISATION in {before.owner, after.owner}
        change.note(
            "organisation device changed" if ours else "device changed",
            by=by,
            device=device,
            name=after.name,
            changed=[f"{key}: {was[key]} → {now[key]}" for key in was if was[key] != now[key]],
        )
    return after


def note_clock_check(vault: Vault, *, device: DeviceId, shown: str, by: Person) -> Device:
    """Note what the device's clock shows at this moment; how far it is off is computed.

    Raises ClockNotUnderstood, DeviceUnknown, DeviceRetired, NotAllowed.
    """
    with vault.change() as change:
        before = _in_use(change, device)
        here = change.now.astimezone()
        off = clock_off_seconds(shown, now=here.replace(tzinfo=None))
        after = change.devices.check_clock(device, on=here.date(), off_seconds=off)
        change.note("device clock checked", by=by, device=device, name=before.name, off_seconds=off)
    return after


def retire(vault: Vault, *, device: DeviceId, by: Person) -> Device:
    """Offer a device no more; what it brought stays on record.

    Raises DeviceUnknown, DeviceRetired, NotAllowed.
    """
    with vault.change() as change:
        before = _in_use(change, device)
        after = change.devices.retire(device, at=change.now)
        ours = before.owner is DeviceOwner.ORGANISATION
        change.note(
            "organisation device retired" if ours else "device retired",
            by=by,
            device=device,
            name=before.name,
        )
    return after


def mark_lost(vault: Vault, *, device: DeviceId, note: str = "", by: Person) -> Device:
    """Note that a device is lost or stolen (R114): anybody may, at once. It opens a breach record
    with exactly what nobody proved or attested to be off it; a patient's own device opens none, for
    what is on it is theirs.

    Raises DeviceUnknown, DeviceRetired, DeviceAlreadyLost.
    """
    with vault.change() as change:
        before = _in_use(change, device)
        if before.lost_at is not None:
            since = short_date(before.lost_at.astimezone().date())
            raise DeviceAlreadyLost(name=before.name, since=since)
        after = change.devices.set_lost(device, at=change.now, note=_clean(note))
        change.note("device lost", by=by, device=device, name=before.name, said=after.lost_note)
        if before.owner is not DeviceOwner.PATIENT:
            _open_breach(change, after, by=by)
    return after


def _open_breach(change: Change, lost: Device, *, by: Person) -> None:
    may_be = change.deposits.outstanding(most=MOST_ON_A_DEVICE, device=lost.id)
    named = Counter((one.source_name, one.depositor) for one in may_be).most_common(1)
    source, depositor = named[0][0] if named else (lost.source_name or lost.name, lost.keeper)
    if change.breaches.open_of(source, depositor, devices=[lost.id]) is None:
        open_within(
            change,
            source=source,
            depositor=depositor,
            device=lost.id,
            may_be=may_be,
            what=lost.lost_note,
            by=by,
        )


def take_back_lost(vault: Vault, *, device: DeviceId, by: Person) -> Device:
    """Note that a lost device was found. Raises DeviceUnknown, DeviceRetired, DeviceNotLost."""
    with vault.change() as change:
        before = _in_use(change, device)
        if before.lost_at is None:
            raise DeviceNotLost(name=before.name)
        after = change.devices.set_lost(device, at=None, note="")
        change.note(
            "device found", by=by, device=device, name=before.name, lost_since=before.lost_at
        )
    return after


def note_declaration(
    vault: Vault, *, device: DeviceId, answers: Answers, by: Person
) -> Declaration:
    """Put a phone check on record, word for word as it was answered. Without a name the keeper of
    the device answered.

    Raises DeviceUnknown, DeviceRetired, NotOursToCheck, NobodyAnswered.
    """
    with vault.change() as change:
        of = _in_use(change, device)
        if of.owner is DeviceOwner.PATIENT:
            raise NotOursToCheck(name=of.name)
        who = _clean(answers.answered_by) or of.keeper
        if not who:
            raise NobodyAnswered
        values = asdict(answers) | {"answered_by": who, "shared_with": _clean(answers.shared_with)}
        said = Declaration(
            id=DeclarationId(new_uuid()),
            device=device,
            answered_at=change.now,
            recorded_by=by.name,
            **values,
        )
        change.devices.declare(said)
        change.note(
            "phone check noted",
            by=by,
            device=device,
            name=of.name,
            answered_by=who,
            answers=[answer.value for answer in said.answers],
        )
    return said


def _checked(look: Look | Change, said: NewDevice, *, but: DeviceId | None = None) -> NewDevice:
    """With surplus spaces gone; under a name and a serial that no other device in use has."""
    cleaned = {name: _clean(getattr(said, name)) for name in _TEXTS}
    new = NewDevice(owner=said.owner, **cleaned)
    if not new.name:
        raise DeviceNameMissing
    for one in look.devices.every():
        if one.id == but:
            continue
        if one.name.casefold() == new.name.casefold():
            raise DeviceAlreadyThere(what=f"A device called “{new.name}”", name=one.name)
        if new.serial and one.serial.casefold() == new.serial.casefold():
            raise DeviceAlreadyThere(what=f"The serial number {new.serial}", name=one.name)
    return new


def _in_use(look: Look | Change, device: DeviceId) -> Device:
    found = look.devices.find(device)
    if found is None:
        raise DeviceUnknown(name=str(device))
    if found.retired_at is not None:
        raise DeviceRetired(name=found.name)
    return found


def _said_of(device: Device) -> NewDevice:
    return NewDevice(owner=device.owner, **{name: getattr(device, name) for name in _TEXTS})


def _clean(text: str) -> str:
    return " ".join(text.split())
