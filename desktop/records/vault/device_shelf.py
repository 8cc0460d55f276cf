"""Where the register of devices lies, and what was declared of each."""

from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from desktop.records.facts.devices import Declaration, Depositor, Device, KnownDevice, NewDevice
from desktop.records.facts.ids import DeclarationId, DeviceId
from desktop.records.facts.people import Person, Photographer
from desktop.records.vault.device_tables import declaration, deposit, device, handover
from desktop.records.vault.image_rows import storable
from desktop.records.vault.schema import image, intake

_LOOKED_BACK = 2000  # so many handovers name everybody who comes to a desk
_OF_A_DEVICE = tuple(field.name for field in fields(Device))
_NOT_RETIRED = device.c.retired_at.is_(None)


class DeviceShelf:
    """Devices and declarations, in one transaction. What is put here was checked by a deed."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, device_id: DeviceId, said: NewDevice, *, at: datetime, by: Person) -> Device:
        """Put a device on the register."""
        values = _texts(said) | {"id": device_id, "lost_note": "", "added_at": at}
        self._connection.execute(sa.insert(device).values(**values, added_by=by.name))
        return self.get(device_id)

    def change(self, device_id: DeviceId, said: NewDevice) -> Device:
        """Describe a device anew."""
        return self._update(device_id, **_texts(said))

    def check_clock(self, device_id: DeviceId, *, on: date, off_seconds: int) -> Device:
        """Note how far its clock is ahead."""
        return self._update(device_id, clock_checked_on=on, clock_off_seconds=off_seconds)

    def set_lost(self, device_id: DeviceId, *, at: datetime | None, note: str) -> Device:
        """Note that it is lost since a moment, or (None) that it is not."""
        return self._update(device_id, lost_at=at, lost_note=storable(note))

    def retire(self, device_id: DeviceId, *, at: datetime) -> Device:
        """Offer it no more."""
        return self._update(device_id, retired_at=at)

    def find(self, device_id: DeviceId) -> Device | None:
        """The device with this id, or None."""
        query = sa.select(device).where(device.c.id == device_id)
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else _device(row)

    def get(self, device_id: DeviceId) -> Device:
        """The device with this id, which must be on the register."""
        found = self.find(device_id)
        if found is None:
            raise KeyError(device_id)
        return found

    def every(self, *, retired: bool = False) -> list[Device]:
        """The register in the order of names; `retired`: what is not offered any more as well."""
        query = sa.select(device) if retired else sa.select(device).where(_NOT_RETIRED)
        found = [_device(row) for row in self._connection.execute(query).mappings()]
        return sorted(found, key=lambda one: (one.name.casefold(), one.id))

    def handed_over_as(self, source_name: str, *, serial: str = "") -> list[Device]:
        """Devices that call themselves so, or did when they were handed over last; with a serial
        only those that have it or none. The one handed over last comes first."""
        named = storable(source_name)
        last = (
            sa.select(handover.c.intake_id)
            .where(handover.c.device_id == device.c.id)
            .order_by(handover.c.intake_id.desc())
            .limit(1)
            .scalar_subquery()
        )
        query = (
            sa.select(device)
            .select_from(device)
            .outerjoin(intake, intake.c.id == last)
            .where(
                _NOT_RETIRED,
                sa.or_(
                    device.c.source_name == named,
                    intake.c.source_name == named,
                    sa.and_(device.c.serial == serial, sa.literal(bool(serial))),
                ),
            )
            .order_by(intake.c.id.desc().nulls_last(), device.c.name, device.c.id)
        )
        found = [_device(row) for row in self._connection.execute(query).mappings()]
        return [one for one in found if not serial or one.serial in {"", serial}]

    def remembered(self, of: Device) -> KnownDevice:
        """The device with its last phone check and its last handover."""
        query = (
            sa.select(handover)
            .where(handover.c.device_id == of.id)
            .order_by(handover.c.intake_id.desc())
            .limit(1)
        )
        row = self._connection.execute(query).one_or_none()
        checks = self.declarations(of.id)
        return KnownDevice(
            device=of,
            declaration=checks[0] if checks else None,
            depositor=_depositor(row) if row is not None else None,
            photographer=self._photographer(row.intake_id) if row is not None else None,
        )

    def depositors(self, *, most: int) -> list[Depositor]:
        """Who brought devices before, the most recent first, each name and role once."""
        query = (
            sa.select(handover.c.depositor_name, handover.c.depositor_role)
            .order_by(handover.c.intake_id.desc())
            .limit(_LOOKED_BACK)
        )
        found = (_depositor(row) for row in self._connection.execute(query))
        return list(dict.fromkeys(one for one in found if one is not None))[:most]

    def declare(self, said: Declaration) -> None:
        """Put a phone check on record."""
        values = asdict(said)
        values["device_id"] = values.pop("device")
        for name in ("answered_by", "shared_with"):
            values[name] = storable(values[name])
        self._connection.execute(sa.insert(declaration).values(**values))

    def declarations(self, device_id: DeviceId) -> list[Declaration]:
        """The phone checks of a device, the newest first."""
        query = (
            sa.select(declaration)
            .where(declaration.c.device_id == device_id)
            .order_by(declaration.c.answered_at.desc(), declaration.c.id.desc())
        )
        return [_declaration(row) for row in self._connection.execute(query).mappings()]

    def _photographer(self, intake_id: object) -> Photographer | None:
        query = (
            sa.select(image.c.photographer_name, image.c.photographer_role)
            .join(deposit, deposit.c.image_id == image.c.id)
            .where(deposit.c.intake_id == intake_id, image.c.photographer_name.is_not(None))
            .limit(1)
        )
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        return Photographer(name=row.photographer_name, role=row.photographer_role)

    def _update(self, device_id: DeviceId, **values: object) -> Device:
        self._connection.execute(sa.update(device).where(device.c.id == device_id).values(**values))
        return self.get(device_id)


def _texts(said: NewDevice) -> dict[str, Any]:
    return {
        name: storable(value) if type(value) is str else value
        for name, value in asdict(said).items()
    }


def _device(row: sa.RowMapping) -> Device:
    values = {name: row[name] for name in _OF_A_DEVICE}
    return Device(**(values | {"id": DeviceId(row["id"])}))


def _declaration(row: sa.RowMapping) -> Declaration:
    values: dict[str, Any] = dict(row)
    values |= {"id": DeclarationId(row["id"]), "device": DeviceId(values.pop("device_id"))}
    return Declaration(**values)


def _depositor(row: sa.Row[Any, Any]) -> Depositor | None:
    if not row.depositor_name or row.depositor_role is None:
        return None
    return Depositor(name=row.depositor_name, role=row.depositor_role)
