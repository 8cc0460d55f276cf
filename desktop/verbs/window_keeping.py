"""How long images are kept, and what holds them, as the window asks for it."""

from datetime import date

from desktop.records.deeds import holds, retention
from desktop.records.facts.ids import HoldId, PatientId
from desktop.records.facts.retention import Hold
from desktop.ui.parts.keeping_verbs import Keeping, KeepingVerbs, NewHold
from desktop.verbs.workstation import Workstation


def keeping_verbs(station: Workstation) -> KeepingVerbs:
    """The same deeds as `chartroom hold` and `chartroom retention`."""

    def keeping_of(patient: PatientId) -> Keeping:
        with station.using() as office:
            return Keeping(
                retention=retention.retention_of(office.vault, patient),
                holds=tuple(holds.holds(office.vault, patient=patient)),
                years=retention.office_schedule(office.vault).years,
            )

    def place_hold(new: NewHold) -> Hold:
        with station.using() as office:
            return holds.place_hold(
                office.vault,
                patient=new.patient,
                image=new.image,
                kind=new.kind,
                reason=new.reason,
                by=office.person,
            )

    def lift_hold(hold: HoldId, reason: str) -> Hold:
        with station.using() as office:
            return holds.lift_hold(office.vault, hold=hold, reason=reason, by=office.person)

    def note_service(patient: PatientId, on: date) -> object:
        with station.using() as office:
            return retention.note_service(office.vault, patient=patient, on=on, by=office.person)

    def set_years(years: int) -> object:
        with station.using() as office:
            return retention.set_schedule(office.vault, years=years, by=office.person)

    return KeepingVerbs(
        keeping_of=keeping_of,
        place_hold=place_hold,
        lift_hold=lift_hold,
        note_service=note_service,
        set_years=set_years,
    )
